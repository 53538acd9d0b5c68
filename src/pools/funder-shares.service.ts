import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, OrganisationId, Pence, PoolId } from '../kernel/index.js';
import { conflict, dayOf, edgeOf, invalid, newId, notFound, penceAsNumber, refused, spokenReference, statesAllowing, systemActor } from '../kernel/index.js';
import { Books, Ledger, LedgerQueries } from '../ledger/index.js';
import { Payments } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Matching, ReconciliationQueries } from '../reconciliation/index.js';
import { funderShareAccount, leftoverEntry, ownerOfLeftover, putInEntry } from './funder-share.entries.js';
import { FUNDER_SHARE } from './funder-share.lifecycle.js';
import type { FunderShareAction, FunderShareState } from './funder-share.lifecycle.js';
import { decidePromise, isSpent, restOf } from './funder-share.rules.js';
import type { FunderShareRow } from './funder-share.rows.js';
import { funderShareRows, funderShareNamed } from './funder-share.rows.js';
import type { AllocateToFunderShare, PromiseFunderShare } from './pool.dto.js';
import { releaseEntries } from './going-home.entries.js';
import type { PoolRow, ShareId } from './pool.rows.js';
import { agreementInState, findPool, lockPool, writeHistory } from './pool.rows.js';

export interface FunderSharePromised {
  readonly shareId: ShareId;
  readonly state: FunderShareState;
  /** What the funder quotes when it pays. */
  readonly reference: string;
}

/** Money that a named funder puts beside the members' of a pool (design, section 4): promised, arrived, and given back where it was not needed. */
@Injectable()
export class FunderShares {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly books: Books,
    private readonly payments: Payments,
    private readonly reconciliation: ReconciliationQueries,
    private readonly matching: Matching,
    private readonly audit: Audit,
  ) {}

  /** An officer of the funder says for what, how much, until when, and what becomes of the rest. In the funder's own allocation book the money
   *  is there at once; to the group's money-holder it comes by bank. Refuses: see `decidePromise`. */
  async promise(actor: Actor, poolId: PoolId, command: PromiseFunderShare, key?: string): Promise<FunderSharePromised> {
    requireAccess(actor, 'funder-share:put-in', { icb: command.funderId });
    const seen = await this.database.read(systemActor('pools', { pools: [poolId] }), (tx) => findPool(tx, poolId));
    const bookId = command.bookId ?? seen.moneyHolderBookId;
    const scope = { pools: [poolId], books: bookId ? [bookId] : [], icbs: [command.funderId] };
    return this.database.transaction(systemActor('pools', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.promiseFunderShare', input: { poolId, ...command } }, async () => {
        const pool = await lockPool(tx, poolId);
        const book = bookId ? await this.books.find(tx, bookId) : undefined;
        const others = await funderShareRows(tx, poolId);
        const how = decidePromise(
          {
            poolState: pool.state,
            agreed: (await agreementInState(tx, poolId, 'in-force'))?.terms.funders,
            funderId: command.funderId,
            moneyHolderBookId: pool.moneyHolderBookId,
            book,
            there: others.some((share) => share.funderId === command.funderId && share.bookId === bookId),
          },
          command,
          dayOf(tx.now),
        );
        const share = await this.insert(tx, actor, pool, book!.id, command, (others.at(-1)?.drawOrder ?? 0) + 1);
        if (how === 'at-once') await this.putIn(tx, actor, share, book!.basis, 'agreed', command.amountPence);
        await announce(tx, {
          name: 'funderSharePromised',
          about: { pools: [poolId], books: [share.bookId], icbs: [share.funderId] },
          payload: { poolId, shareId: share.id, funderId: share.funderId, amountPence: penceAsNumber(command.amountPence) },
        });
        await this.audit.record(tx, actor, {
          action: 'funder-share:promise',
          noun: 'funder-share',
          nounId: share.id,
          pool: poolId,
          book: share.bookId,
          facts: { amountPence: penceAsNumber(command.amountPence), endsOn: command.endsOn },
        });
        return { shareId: share.id, state: how === 'at-once' ? ('held' as const) : ('promised' as const), reference: share.reference };
      }),
    );
  }

  /** A finance officer says that a line of the bank statement is a funder's money for a pool, by the reference it quotes. Refuses:
   *  funder-share-not-known, funder-share-is-ended; and a line that is nobody's no longer (not-found, already-allocated). */
  async arrived(actor: Actor, book: BookId, command: AllocateToFunderShare, key?: string): Promise<{ shareId: ShareId; amountPence: number }> {
    requireAccess(actor, 'match:make', { book });
    const named = await this.database.read(systemActor('pools', { books: [book] }), (tx) => funderShareNamed(tx, book, command.reference));
    if (!named)
      throw invalid('funder-share-not-known', 'No funder’s money in this account has this reference. Check it letter by letter.', [
        { field: 'reference', message: 'Enter a reference like FUN-7K3M-9QXA' },
      ]);
    return this.database.transaction(systemActor('pools', { pools: [named.poolId], books: [book], icbs: [named.funderId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'pools.funderShareArrived', input: { book, ...command } }, async () => {
        await lockPool(tx, named.poolId);
        const share = (await funderShareNamed(tx, book, command.reference))!;
        edgeOf('funder-share', FUNDER_SHARE, share.state, 'arrive');
        const [line] = await this.reconciliation.unallocatedLines(tx, book, command.statementLine);
        if (!line) throw notFound('This money');
        if (!(await this.matching.allocated(tx, line.lineId)))
          throw conflict('already-allocated', 'Somebody else has just said what this money is. Look at the line again.');
        await this.putIn(tx, actor, share, 'cash', line.lineId, line.amount);
        await this.audit.record(tx, actor, {
          action: 'funder-share:arrive',
          noun: 'funder-share',
          nounId: share.id,
          pool: share.poolId,
          book,
          facts: { statementLine: line.lineId, amountPence: penceAsNumber(line.amount) },
        });
        return { shareId: share.id, amountPence: penceAsNumber(line.amount) };
      }),
    );
  }

  /** Gives back what is left of the funders' money of a pool where its day is over or the pool has ended, and ends what has nothing more to
   *  give. Safe to call at any time; the transaction sees the pool and the funders' books. Answers how many pence go back. */
  async giveBackDue(tx: Tx, actor: Actor, poolId: PoolId): Promise<Pence> {
    const pool = await lockPool(tx, poolId);
    let given = 0n;
    for (const share of await funderShareRows(tx, poolId)) {
      const { posted, free } = await this.balances.balanceOf(tx, funderShareAccount(share));
      const back = restOf({ ...share, free, poolState: pool.state }, dayOf(tx.now));
      if (back > 0n) await this.giveBack(tx, actor, share, back);
      given += back;
      if (isSpent({ ...share, posted: (posted - back) as Pence, poolState: pool.state }, dayOf(tx.now))) await this.move(tx, actor, share, 'end');
    }
    return given as Pence;
  }

  /** The pool was wound up: what is set aside of funders' money for sessions after `today` is free again; what was held stays until it is
   *  invoiced. The transaction sees the pool and the funders' books. */
  async freeSessionsToCome(tx: Tx, poolId: PoolId, today: LocalDate): Promise<void> {
    const shares = await funderShareRows(tx, poolId);
    for (const share of shares) {
      const open = await this.balances.openReservations(tx, { accounts: [funderShareAccount(share)] });
      const freed = open.filter((each) => each.forDay > today).map((each) => ({ book: share.bookId, reservation: each.id, amount: each.left }));
      await this.ledger.record(tx, releaseEntries({ noun: 'wind-up', id: `${poolId}:${share.funderId}`, on: today }, freed));
    }
  }

  private async giveBack(tx: Tx, actor: Actor, share: FunderShareRow, amount: Pence): Promise<void> {
    const book = await this.books.find(tx, share.bookId);
    if (!book) throw refused('book-not-in-scope', 'The account of this money is not to be seen.');
    const occasion = newId();
    await this.ledger.record(tx, [leftoverEntry(share, book.basis, { occasion, amount, on: dayOf(tx.now) })]);
    if (book.basis === 'cash')
      await this.payments.planPayOut(tx, actor, {
        book: share.bookId,
        payeeSubject: share.funderId,
        amount,
        reference: share.reference,
        parts: [{ owner: ownerOfLeftover(share), amount }],
        purpose: { noun: 'funder-share', id: occasion },
      });
    await this.audit.record(tx, actor, {
      action: 'funder-share:give-back',
      noun: 'funder-share',
      nounId: share.id,
      pool: share.poolId,
      book: share.bookId,
      facts: { amountPence: penceAsNumber(amount) },
    });
  }

  private async putIn(tx: Tx, actor: Actor, share: FunderShareRow, basis: 'cash' | 'allocation', occasion: string, amount: Pence): Promise<void> {
    await this.ledger.record(tx, [putInEntry(share, basis, { occasion, amount, on: dayOf(tx.now) })]);
    await this.move(tx, actor, share, 'arrive', amount);
    await writeHistory(tx, actor, [{ poolId: share.poolId, noun: 'pool', nounId: share.id, action: 'funder-put-in', to: 'active' }]);
  }

  private async move(tx: Tx, actor: Actor, share: FunderShareRow, action: FunderShareAction, amount?: Pence): Promise<void> {
    const edge = edgeOf('funder-share', FUNDER_SHARE, share.state, action);
    tx.write('update funder_share set state = $2, ended_at = $3 where share_id = $1 and state = any($4)', [
      share.id,
      edge.to,
      action === 'end' ? tx.now : null,
      statesAllowing(FUNDER_SHARE, action),
    ]);
    await announce(tx, {
      name: edge.event!,
      about: { pools: [share.poolId], books: [share.bookId], icbs: [share.funderId] },
      payload: { poolId: share.poolId, shareId: share.id, funderId: share.funderId, ...(amount === undefined ? {} : { amountPence: penceAsNumber(amount) }) },
    });
  }

  private async insert(tx: Tx, actor: Actor, pool: PoolRow, bookId: BookId, command: PromiseFunderShare, drawOrder: number): Promise<FunderShareRow> {
    const { funderId, purpose, amountPence, endsOn, rest } = command;
    const funder = await tx.row<{ name: string }>('select name from organisation where id = $1', [funderId]);
    if (!funder) throw notFound('The funder');
    const id = newId<'share'>();
    const reference = spokenReference('FUN', id);
    tx.write('insert into pool_share (id, pool_id, funder_id, book_id, join_order, made_at) values ($1, $2, $3, $4, $5, $6)', [
      id,
      pool.id,
      funderId,
      bookId,
      drawOrder,
      tx.now,
    ]);
    tx.write(
      `insert into funder_share (share_id, pool_id, funder_id, book_id, reference, purpose, promised_pence, ends_on, rest, draw_order, state, offered_by, offered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'promised', $11, $12)`,
      [id, pool.id, funderId, bookId, reference, purpose, amountPence, endsOn, rest, drawOrder, actor.id, tx.now],
    );
    return {
      id,
      poolId: pool.id,
      funderId: funderId as OrganisationId,
      bookId,
      funderName: funder.name,
      reference,
      purpose,
      promised: amountPence,
      endsOn,
      rest,
      drawOrder,
      state: 'promised',
    };
  }
}
