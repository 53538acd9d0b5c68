import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, BookId, PoolId } from '../../kernel/index.js';
import { addDays, dayOf, notFound, refused, systemActor } from '../../kernel/index.js';
import { Books } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import { Freezes } from '../freezes/freezes.service.js';
import { LONGEST_DAYS } from '../freezes/freeze.rules.js';
import { agreementInState, eachKnownPools, lockPool, membersOf, writeHistory } from '../pool.rows.js';
import { HolderCopies } from './holder-copies.service.js';
import { isClosing } from './holder-plan.rows.js';

export interface HolderClosed {
  readonly bookId: BookId;
  /** Pools that go to the successor their agreement names. */
  readonly handedOver: number;
  /** Pools whose agreement names nobody who can take over: everybody's money goes to their own accounts, and the pool is stopped so that its members
   *  can agree on somebody. */
  readonly stopped: number;
}

const SYSTEM = 'pools.holder-plans';

/** A money-holder that fails or closes (features.md, C16): it takes nothing new, a last copy is made, and each pool goes to the successor that its
 *  agreement names; where it names none, everybody's money goes home. What is in flight is settled by the one who closes, so that nothing is paid twice; what comes late lands where it belongs. */
@Injectable()
export class HolderClosings {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly copies: HolderCopies,
    private readonly freezes: Freezes,
    private readonly audit: Audit,
  ) {}

  /** Begins the closing, and goes on with one that was interrupted: each pool is done in a transaction of its own, once. By the body's finance lead or
   *  the operator. Refuses: not-a-money-holder. */
  async close(actor: Actor, book: BookId, reason: string, key?: string): Promise<HolderClosed> {
    if (!can(actor, 'book:set-up', { site: true })) requireAccess(actor, 'book:close', { book });
    await this.database.transaction(systemActor(SYSTEM, { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'holders.close', input: { book, reason } }, async () => {
        const found = await this.books.find(tx, book);
        if (!found) throw notFound('The account');
        if (found.basis !== 'cash' || found.organisationId === null) throw refused('not-a-money-holder', 'This account holds no money for others.');
        const begun = await tx.run('insert into holder_closing (book_id, reason, said_by, began_on, at) values ($1, $2, $3, $4, $5) on conflict do nothing', [
          book,
          reason,
          actor.id,
          dayOf(tx.now),
          tx.now,
        ]);
        if (begun > 0) await this.audit.record(tx, actor, { action: 'book:close', noun: 'book', nounId: book, book, why: reason });
        return {};
      }),
    );
    return { bookId: book, ...(await this.handOverAll(actor, book, reason)) };
  }

  private async handOverAll(actor: Actor, book: BookId, reason: string): Promise<Pick<HolderClosed, 'handedOver' | 'stopped'>> {
    const done = { handedOver: 0, stopped: 0 };
    for await (const pools of eachKnownPools(this.database))
      for (const pool of await this.poolsOf(book, pools)) {
        await this.copies.make(actor, book, pool);
        done[(await this.handOver(actor, book, pool, reason)) ? 'handedOver' : 'stopped'] += 1;
      }
    return done;
  }

  private poolsOf(book: BookId, pools: readonly PoolId[]): Promise<PoolId[]> {
    return this.database.read(systemActor(SYSTEM, { pools }), async (tx) =>
      (
        await tx.rows<{ id: PoolId }>(
          `select id from pool where id = any($1) and money_holder_book_id = $2 and state not in ('closing', 'closed') order by id`,
          [pools, book],
        )
      ).map((row) => row.id),
    );
  }

  /** True when a successor takes over. A pool that has changed since is left as it is. */
  private handOver(actor: Actor, book: BookId, poolId: PoolId, reason: string): Promise<boolean> {
    return this.database.transaction(systemActor(SYSTEM, { pools: [poolId], books: [book] }), async (tx) => {
      const pool = await lockPool(tx, poolId);
      if (pool.moneyHolderBookId !== book) return true;
      const successor = await this.successorOf(tx, poolId);
      const people = (await membersOf(tx, poolId)).filter((member) => member.state !== 'left').map((member) => member.personId);
      const told = {
        about: { pools: [poolId], people, books: [book, ...(successor ? [successor] : [])] },
        payload: { poolId, bookId: book, successorBookId: successor ?? null },
      };
      tx.write('update pool set money_holder_book_id = $2 where id = $1', [poolId, successor ?? null]);
      await writeHistory(tx, actor, [{ poolId, noun: 'pool', nounId: poolId, action: successor ? 'change-holder' : 'lose-holder', to: pool.state }]);
      if (!successor && pool.state === 'active') {
        await this.freezes.freezeIn(tx, systemActor(SYSTEM, { pools: [poolId] }), pool, {
          reason: `The one who holds our money closes: ${reason}`.slice(0, 1000),
          lastDay: addDays(dayOf(tx.now), LONGEST_DAYS),
        });
      }
      await announce(tx, { name: 'holderClosing', ...told });
      await this.audit.record(tx, actor, {
        action: 'holder:hand-over-pool',
        noun: 'pool',
        nounId: poolId,
        pool: poolId,
        book,
        facts: { successor: successor ?? 'none' },
      });
      return successor !== undefined;
    });
  }

  /** Whom the agreement in force names, if they can still take over. */
  private async successorOf(tx: Tx, pool: PoolId): Promise<BookId | undefined> {
    const named = (await agreementInState(tx, pool, 'in-force'))?.terms.successorBook;
    return named === undefined || (await isClosing(tx, named)) ? undefined : named;
  }
}
