import { Injectable } from '@nestjs/common';
import type { LocalDate, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';
import { eachKnownPools, lockPool } from '../pool.rows.js';
import { FreezeSteps } from './freeze-steps.service.js';
import type { FreezeRow } from './freeze.rows.js';
import { freezeInForce, freezesDue } from './freeze.rows.js';
import { WARN_DAYS } from './freeze.rules.js';
import { OneByOne } from '../one-by-one.js';

const SYSTEM = 'pools.freezes';

/** The last days of stops: each ends by itself, and people are told beforehand. */
@Injectable()
export class FreezeDays {
  constructor(
    private readonly database: Database,
    private readonly steps: FreezeSteps,
  ) {}

  /** Ends what is past its last day in London, and tells people of what is about to end. Safe to run twice, and beside itself: each is looked at again
   *  under its pool's lock. Answers how many ended. */
  async thawDue(today: LocalDate): Promise<number> {
    let ended = 0;
    const each = new OneByOne();
    for await (const pools of eachKnownPools(this.database))
      for (const due of await this.due(pools, today)) ended += Number((await each.try(`the stop ${due.id}`, () => this.look(due, today))) ?? false);
    each.end();
    return ended;
  }

  private async due(pools: readonly PoolId[], today: LocalDate): Promise<FreezeRow[]> {
    const people = await this.database.read(systemActor(SYSTEM, { pools }), (tx) =>
      tx.rows<{ id: PersonId }>('select distinct person_id as id from pool_member where pool_id = any($1) and is_frozen', [pools]),
    );
    const ids = people.map((row) => row.id);
    return this.database.read(systemActor(SYSTEM, { pools, people: ids }), (tx) => freezesDue(tx, pools, ids, today, addDays(today, WARN_DAYS)));
  }

  private look(due: FreezeRow, today: LocalDate): Promise<boolean> {
    const actor = systemActor(SYSTEM, { pools: [due.poolId], people: due.personId === null ? [] : [due.personId] });
    return this.database.transaction(actor, async (tx) => {
      const pool = await lockPool(tx, due.poolId);
      const freeze = await freezeInForce(tx, due.poolId, due.personId, due.side);
      if (freeze?.id !== due.id) return false;
      if (freeze.lastDay < today) {
        await this.steps.end(tx, actor, pool, freeze, { how: 'expired', reason: 'Its last day is over.', role: 'house' });
        return true;
      }
      if (freeze.lastDay > addDays(today, WARN_DAYS)) return false;
      const warned = await tx.run('update pool_freeze set warned_at = $2 where id = $1 and warned_at is null', [freeze.id, tx.now]);
      if (warned > 0) await this.steps.tell(tx, freeze.personId === null ? 'poolFreezeEnding' : 'partFreezeEnding', freeze);
      return false;
    });
  }
}
