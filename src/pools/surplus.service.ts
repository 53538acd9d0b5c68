import { Injectable } from '@nestjs/common';
import type { Actor, Pence, PersonId, PoolId } from '../kernel/index.js';
import { NO_PENCE, pence, penceAsNumber, plus, sumPence } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import { surplusEntries } from './going-home.entries.js';
import { GoingHome } from './going-home.service.js';
import { leftovers } from './pool-exit.rules.js';
import type { ShareId } from './pool.rows.js';
import { agreementInState, lockPool, membersNow, membersOf, shareRows } from './pool.rows.js';
import { surplusOf } from './surplus.rules.js';

/** What is left when something a group bought is over: it stays within what the agreement says, and the rest goes home. */
@Injectable()
export class Surplus {
  constructor(private readonly goingHome: GoingHome) {}

  /** Sends home what each member has left above what may stay, but for money put in after `boughtAt`. Does nothing where the agreement lets all stay.
   *  The transaction sees the pool, its people and the books of their shares. Answers how much went home. */
  async sendHome(tx: Tx, actor: Actor, poolId: PoolId, boughtAt: Date): Promise<Pence> {
    const pool = await lockPool(tx, poolId);
    const keep = (await agreementInState(tx, poolId, 'in-force'))?.terms.surplusKeepPence;
    if (keep === undefined || (pool.state !== 'active' && pool.state !== 'frozen')) return NO_PENCE;
    const since = await this.putInSince(tx, poolId, boughtAt);
    let whole = NO_PENCE;
    for (const personId of membersNow(await membersOf(tx, poolId))) {
      const free = leftovers(await this.goingHome.factsOf(tx, poolId, personId));
      const left = free.map(({ share, amount }) => ({ share, usable: amount, putInSince: since.get(share) ?? NO_PENCE }));
      const returns = surplusOf(left, pence(keep));
      if (returns.length === 0) continue;
      await this.goingHome.send(tx, actor, surplusEntries, await shareRows(tx, poolId, personId), { freed: [], returns });
      const amount = sumPence(returns.map((each) => each.amount));
      await this.tell(tx, poolId, personId, amount);
      whole = plus(whole, amount);
    }
    return whole;
  }

  private async tell(tx: Tx, poolId: PoolId, personId: PersonId, amount: Pence): Promise<void> {
    await announce(tx, {
      name: 'surplusReturned',
      about: { pools: [poolId], people: [personId] },
      payload: { poolId, personId, amountPence: penceAsNumber(amount) },
    });
  }

  private async putInSince(tx: Tx, pool: PoolId, at: Date): Promise<ReadonlyMap<ShareId, Pence>> {
    const rows = await tx.rows<{ share: ShareId; amount: Pence }>(
      `select share_id as share, sum(amount_pence)::bigint as amount from contribution where pool_id = $1 and state = 'arrived' and arrived_at > $2 group by share_id`,
      [pool, at],
    );
    return new Map(rows.map((row) => [row.share, row.amount]));
  }
}
