import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import type { DaysTold } from '../pools/index.js';
import { daysTold } from '../pools/index.js';
import type { PurchaseHappening } from './purchase-history.rules.js';
import { purchaseSentence } from './purchase-history.rules.js';

/** A session that is confirmed again was disputed in between, which is not told: it took place once. */
const CONFIRMED_BEFORE = `noun = 'session' and action = 'confirm'
  and exists (select 1 from purchase_history x where x.pool_id = e.pool_id and x.noun_id = e.noun_id and x.action = 'confirm' and x.id < e.id)`;

/** What became of what a group buys, as plain sentences (features.md, C17). */
@Injectable()
export class PurchaseHistory {
  constructor(private readonly database: Database) {}

  /** On the days up to `last`, or to today, newest first: for the pool's members, those who act for them, and its broker. */
  async ofPool(actor: Actor, pool: PoolId, last?: LocalDate): Promise<DaysTold> {
    requireAccess(actor, 'purchase:read', { pool });
    return this.database.read(systemActor('purchasing', { pools: [pool] }), async (tx) => {
      const { since, from, until } = await daysTold(tx, 'purchase_history', pool, last);
      const rows = await tx.rows<PurchaseHappening & { at: Date }>(
        `select h.noun, h.action, h.at, coalesce(q.service, p.service) as service, n.sessions, s.day
         from (select * from purchase_history e where pool_id = $1 and from_state is distinct from to_state and not (${CONFIRMED_BEFORE})
             and ($2::timestamptz is null or e.at >= $2) and ($3::timestamptz is null or e.at < $3)) h
         left join quote q on h.noun = 'quote' and q.id = h.noun_id
         left join purchase_session s on h.noun = 'session' and s.id = h.noun_id
         left join invoice v on h.noun = 'invoice' and v.id = h.noun_id
         left join purchase p on p.id = case h.noun when 'purchase' then h.noun_id when 'session' then s.purchase_id when 'invoice' then v.purchase_id end
         left join lateral (select count(*)::int as sessions from purchase_session x where h.noun = 'purchase' and x.purchase_id = h.noun_id) n on h.noun = 'purchase'
         order by h.id desc`,
        [pool, from, until],
      );
      const items = rows.flatMap((row) => {
        const sentence = purchaseSentence(row);
        return sentence === undefined ? [] : [{ at: row.at.toISOString(), sentence }];
      });
      return { items, since };
    });
  }
}
