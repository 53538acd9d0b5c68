import { Injectable } from '@nestjs/common';
import type { Actor, PoolId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { FunderShares } from './funder-shares.service.js';
import { booksOfFunders, PoolEnding } from './pool-ending.service.js';
import { eachKnownPools } from './pool.rows.js';
import { OneByOne } from './one-by-one.js';

/** What is left to do when money has become free, or a day is over: funders have their rest back, and an empty pool is closed. */
@Injectable()
export class Tidying {
  constructor(
    private readonly database: Database,
    private readonly funderShares: FunderShares,
    private readonly ending: PoolEnding,
  ) {}

  /** One pool, in a transaction that sees it and the funders' books. Safe to repeat. */
  async tidy(tx: Tx, actor: Actor, pool: PoolId): Promise<void> {
    await this.funderShares.giveBackDue(tx, actor, pool);
    await this.ending.closeIfEmpty(tx, actor, pool);
  }

  /** Closes a pool that waited for nothing but a payment. To payments a pool is an id and nothing more, so one that is not ours is passed by. */
  async close(tx: Tx, actor: Actor, pool: PoolId): Promise<void> {
    const isWaiting = await tx.row(`select 1 from pool where id = $1 and state = 'closing'`, [pool]);
    if (isWaiting) await this.ending.closeIfEmpty(tx, actor, pool);
  }

  /** Every pool that is ending or holds funders' money, each in a transaction of its own. Answers how many. */
  async run(progress: (done: number) => void): Promise<number> {
    let done = 0;
    const each = new OneByOne();
    for await (const known of eachKnownPools(this.database))
      for (const pool of await this.toTidy(known)) if (await each.try(`the pool ${pool}`, () => this.tidyByItself(pool))) progress((done += 1));
    each.end();
    return done;
  }

  private async tidyByItself(pool: PoolId): Promise<true> {
    const books = await this.database.read(systemActor('pools', { pools: [pool] }), (tx) => booksOfFunders(tx, pool));
    const actor = systemActor('pools', { pools: [pool], books });
    await this.database.transaction(actor, (tx) => this.tidy(tx, actor, pool));
    return true;
  }

  private toTidy(pools: readonly PoolId[]): Promise<PoolId[]> {
    return this.database.read(systemActor('pools', { pools }), async (tx) => {
      const rows = await tx.rows<{ id: PoolId }>(
        `select p.id from pool p where p.id = any($1) and (p.state = 'closing' or exists (
           select 1 from funder_share f left join account a on a.kind = 'share' and a.pool_id = f.pool_id and a.subject_id = f.funder_id and a.book_id = f.book_id
           where f.pool_id = p.id and (f.state <> 'ended' or a.posted_pence > 0))) order by p.id`,
        [pools],
      );
      return rows.map((row) => row.id);
    });
  }
}
