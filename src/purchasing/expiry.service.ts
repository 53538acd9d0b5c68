import { Injectable } from '@nestjs/common';
import type { LocalDate, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { Ledger, LedgerQueries } from '../ledger/index.js';
import { announceAll, Database } from '../platform/index.js';
import { eachKnownPools, lockPool, PoolQueries, shareFreed, ShareMoves } from '../pools/index.js';
import { expiryEntry } from './purchase.entries.js';

const RESERVATIONS_AT_ONCE = 1000;

/** Ends what is left of reservations after their last day, so that money for sessions nobody invoiced is free again. */
@Injectable()
export class Expiry {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly pools: PoolQueries,
    private readonly moves: ShareMoves,
  ) {}

  /** Everything past on `day`. Safe to run again: an ended reservation has nothing left. Answers how many were ended. */
  async run(day: LocalDate, progress: (done: number) => void): Promise<number> {
    let ended = 0;
    for await (const pools of eachKnownPools(this.database))
      for (let past = await this.poolsWithPast(pools, day); past.length > 0; past = await this.poolsWithPast(pools, day))
        for (const pool of past) progress((ended += await this.endIn(pool, day)));
    return ended;
  }

  /** What is past in one pool, ended in one transaction that sees that pool, its books and its people alone. */
  private async endIn(pool: PoolId, day: LocalDate): Promise<number> {
    const scope = await this.database.read(systemActor('purchasing', { pools: [pool] }), (tx) => this.moves.scopeOf(tx, pool));
    return this.database.transaction(systemActor('purchasing', scope), async (tx) => {
      await lockPool(tx, pool);
      const past = await this.balances.pastReservations(tx, [pool], day, RESERVATIONS_AT_ONCE);
      await this.ledger.record(
        tx,
        past.map((each) => expiryEntry({ id: each.id, book: each.book, left: each.left, on: day })),
      );
      const subjects = new Set(past.map((each) => each.subject));
      await announceAll(
        tx,
        (await this.pools.sharesOf(tx, pool)).filter((share) => share.memberState === 'left' && subjects.has(share.personId)).map(shareFreed),
      );
      return past.length;
    });
  }

  private async poolsWithPast(pools: readonly PoolId[], day: LocalDate): Promise<PoolId[]> {
    const past = await this.database.read(systemActor('purchasing', { pools }), (tx) => this.balances.pastReservations(tx, pools, day, RESERVATIONS_AT_ONCE));
    return [...new Set(past.map((each) => each.pool))];
  }
}
