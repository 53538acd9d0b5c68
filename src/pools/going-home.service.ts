import { Injectable } from '@nestjs/common';
import { OwnLines, ownLineAccount } from '../budgets/index.js';
import type { Actor, BookId, BudgetLineId, Pence, PersonId, PoolId } from '../kernel/index.js';
import { dayOf, newId } from '../kernel/index.js';
import type { AccountKey, NewEntry } from '../ledger/index.js';
import { accountIdOf, Books, Ledger, LedgerQueries } from '../ledger/index.js';
import { Remittances } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import type { Freed, Homeward } from './going-home.entries.js';
import { crossing } from './going-home.entries.js';
import { crossesBooks, lineAccountOf, shareAccount } from './pool.entries.js';
import type { ExitFacts, ExitStatement, ShareMovement } from './pool-exit.rules.js';
import { changesOf } from './pool-exit.rules.js';
import { movesOf } from './money-holder.rows.js';
import type { ShareId, ShareRow } from './pool.rows.js';
import { shareRows } from './pool.rows.js';

/** More movements than one share can have in years of weekly sessions (our judgement, November 2026). */
const MOST_MOVEMENTS = 10_000;

/** A share as its account: a member's or a funder's. */
export interface HeldShare {
  readonly id: ShareId;
  readonly account: AccountKey;
}

type EntriesOf = (occasion: { id: string; on: ReturnType<typeof dayOf> }, freed: readonly Freed[], returns: readonly Homeward[]) => NewEntry[];

/** What somebody has had in a pool, and the way of its money back to where it came from. */
@Injectable()
export class GoingHome {
  constructor(
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly books: Books,
    private readonly remittances: Remittances,
    private readonly ownLines: OwnLines,
  ) {}

  /** What an exit statement of a member is made of; of the shares of some budget lines alone when they are named. The transaction sees pool,
   *  person and the books of their shares. */
  async factsOf(tx: Tx, poolId: PoolId, personId: PersonId, lines?: readonly BudgetLineId[]): Promise<ExitFacts> {
    const shares = (await shareRows(tx, poolId, personId)).filter((share) => !lines || lines.includes(share.lineId));
    const arrived = await tx.rows<{ amount: Pence }>(
      `select amount_pence as amount from contribution where pool_id = $1 and person_id = $2 and state = 'arrived' and remittance_id is not null order by arrived_at`,
      [poolId, personId],
    );
    const elsewhere = { arrived: arrived.map((row) => row.amount), ...(await movesOf(tx, shares)) };
    const held = shares.map((share) => ({ id: share.id, account: shareAccount(share) }));
    return this.factsOfShares(tx, held, personId, elsewhere);
  }

  /** The same of any shares of one owner. */
  async factsOfShares(tx: Tx, shares: readonly HeldShare[], subject: string, elsewhere: Parameters<typeof changesOf>[1]): Promise<ExitFacts> {
    const open = await this.balances.openReservations(tx, { accounts: shares.map((share) => share.account) });
    const debtIn = (book: BookId): AccountKey => ({ book, kind: 'receivable', subject });
    const books = [...new Set(shares.map((share) => share.account.book))];
    const posted = await this.balances.postedOf(tx, [...shares.map((share) => share.account), ...books.map(debtIn)]);
    const movements: ShareMovement[] = [];
    const facts = [];
    for (const { id, account } of shares) {
      const rows = await this.balances.statementOf(tx, account, { limit: MOST_MOVEMENTS });
      movements.push(...rows.map((row) => ({ kind: row.kind, on: row.effectiveOn, change: row.change })).reverse());
      facts.push({
        id,
        book: account.book,
        posted: posted.get(accountIdOf(account))!,
        setAside: open
          .filter((each) => each.account === accountIdOf(account))
          .map((each) => ({ reservation: each.id, purpose: each.purpose, forDay: each.forDay, left: each.left })),
      });
    }
    const debts = new Map(books.map((book) => [book, posted.get(accountIdOf(debtIn(book)))!] as const));
    return { shares: facts, debts, changes: changesOf(movements, elsewhere) };
  }

  /** Frees what is needed no longer and sends what is free to its own lines: in one book at once, to another by a remittance. `entriesOf`
   *  says on what occasion. */
  async send(tx: Tx, actor: Actor, entriesOf: EntriesOf, shares: readonly ShareRow[], statement: Pick<ExitStatement, 'freed' | 'returns'>): Promise<void> {
    const returns: Homeward[] = [];
    for (const { share: id, amount } of statement.returns) {
      const share = shares.find((each) => each.id === id)!;
      returns.push({ share, amount, ...(await this.ownHome(tx, share)) });
    }
    const freed = statement.freed.map((each) => ({ book: each.book, reservation: each.reservation, amount: each.left }));
    await this.ledger.record(tx, entriesOf({ id: newId(), on: dayOf(tx.now) }, freed, returns));
    for (const { share, amount } of crossing(returns)) {
      const book = await this.books.find(tx, share.bookId);
      await this.remittances.send(tx, actor, {
        from: shareAccount(share),
        to: lineAccountOf(share),
        amount,
        by: book?.basis === 'allocation' ? 'payer-file' : 'bank',
      });
    }
  }

  /** A member's own money that came to another money-holder with the pool's is theirs with that one from now on. */
  private async ownHome(tx: Tx, share: ShareRow): Promise<Pick<Homeward, 'to'>> {
    if (share.planLineId !== null || !crossesBooks(share)) return {};
    return { to: ownLineAccount(await this.ownLines.open(tx, share.personId, share.bookId)) };
  }
}
