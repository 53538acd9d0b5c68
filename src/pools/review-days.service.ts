import { Injectable } from '@nestjs/common';
import type { LocalDate, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { announce, Database } from '../platform/index.js';
import type { AgreementId } from './pool.rows.js';
import { eachKnownPools, membersNow, membersOf, writeHistory } from './pool.rows.js';
import { OneByOne } from './one-by-one.js';

/** The review day of an agreement, on which a group said it would look at it again: everybody is told, once for each version. */
@Injectable()
export class ReviewDays {
  constructor(private readonly database: Database) {}

  /** Tells the groups whose day has come, and who are still together. Safe to repeat. Answers how many. */
  async tellDue(today: LocalDate): Promise<number> {
    let told = 0;
    const each = new OneByOne();
    for await (const pools of eachKnownPools(this.database)) {
      const due = await this.database.read(systemActor('pools', { pools }), (tx) =>
        tx.rows<{ id: AgreementId; pool: PoolId }>(
          `select a.id, a.pool_id as pool from agreement a join pool p on p.id = a.pool_id and p.state in ('active', 'frozen')
           where a.pool_id = any($1) and a.state = 'in-force' and a.review_told_at is null and a.terms ->> 'reviewOn' <= $2 order by a.pool_id`,
          [pools, today],
        ),
      );
      for (const { id, pool } of due) told += (await each.try(`the review day of ${id}`, () => this.tell(id, pool))) ?? 0;
    }
    each.end();
    return told;
  }

  private tell(id: AgreementId, poolId: PoolId): Promise<number> {
    const actor = systemActor('pools', { pools: [poolId] });
    return this.database.transaction(actor, async (tx) => {
      const first = await tx.run(`update agreement set review_told_at = $2 where id = $1 and state = 'in-force' and review_told_at is null`, [id, tx.now]);
      if (first === 0) return 0;
      const people = membersNow(await membersOf(tx, poolId));
      await writeHistory(tx, actor, [{ poolId, noun: 'agreement', nounId: id, action: 'review', from: 'in-force', to: 'in-force' }]);
      await announce(tx, { name: 'agreementReviewDue', about: { pools: [poolId], people }, payload: { poolId, agreementId: id } });
      return 1;
    });
  }
}
