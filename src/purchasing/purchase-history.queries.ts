import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import type { PurchaseHappening } from './purchase-history.rules.js';
import { purchaseSentence } from './purchase-history.rules.js';

export interface ToldHappening {
  readonly at: string;
  readonly sentence: string;
}

/** More than anybody reads at once. */
const MOST_TOLD = 100;
/** A session that is confirmed again was disputed in between, which is not told: it took place once. */
const CONFIRMED_BEFORE = `noun = 'session' and action = 'confirm'
  and exists (select 1 from purchase_history x where x.pool_id = e.pool_id and x.noun_id = e.noun_id and x.action = 'confirm' and x.id < e.id)`;

/** What became of what a group buys, as plain sentences (features.md, C17). */
@Injectable()
export class PurchaseHistory {
  constructor(private readonly database: Database) {}

  /** Newest first, a hundred at most: for the pool's members, those who act for them, and its broker. */
  async ofPool(actor: Actor, pool: PoolId): Promise<ToldHappening[]> {
    requireAccess(actor, 'purchase:read', { pool });
    const rows = await this.database.read(systemActor('purchasing', { pools: [pool] }), (tx) =>
      tx.rows<PurchaseHappening & { at: Date }>(
        `select h.noun, h.action, h.at, coalesce(q.service, p.service) as service, n.sessions, s.day
         from (select * from purchase_history e where pool_id = $1 and from_state is distinct from to_state and not (${CONFIRMED_BEFORE}) order by id desc limit ${MOST_TOLD}) h
         left join quote q on h.noun = 'quote' and q.id = h.noun_id
         left join purchase_session s on h.noun = 'session' and s.id = h.noun_id
         left join invoice v on h.noun = 'invoice' and v.id = h.noun_id
         left join purchase p on p.id = case h.noun when 'purchase' then h.noun_id when 'session' then s.purchase_id when 'invoice' then v.purchase_id end
         left join lateral (select count(*)::int as sessions from purchase_session x where h.noun = 'purchase' and x.purchase_id = h.noun_id) n on h.noun = 'purchase'
         order by h.id desc`,
        [pool],
      ),
    );
    return rows.flatMap((row) => {
      const sentence = purchaseSentence(row);
      return sentence === undefined ? [] : [{ at: row.at.toISOString(), sentence }];
    });
  }
}
