import { Injectable } from '@nestjs/common';
import type { AccountId, BookId, BudgetLineId, Id, LocalDate, Pence, PoolId, ReservationId } from '../kernel/index.js';
import { invariant, minus, NO_PENCE, plus } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { uuids } from '../platform/index.js';
import type { AccountKey } from './account-key.js';
import { accountIdOf } from './account-key.js';
import type { AsOf, StatementCursor, StatementPage, StatementRow } from './as-of.js';
import { balanceAsOf, statementPage, statementRows } from './as-of.js';
import { freeAsOf } from './free-as-of.js';
import type { AccountKind, BookBasis } from './chart.js';
import { CHART } from './chart.js';
import { OWNED_IN_BOOK, SUMMED_ACCOUNT, SUMS_OF_BOOKS } from './summed.sql.js';

/** Credits less debits for credit-normal accounts, the other way round for debit-normal ones. */
export interface Balance {
  readonly posted: Pence;
  /** Set aside in open reservations; 0 for accounts that are not guarded. */
  readonly reserved: Pence;
  readonly free: Pence;
}

/** What people see everywhere, but for `agreed` and `still to come`, which the room of budgets adds. */
export interface LineFigures {
  readonly line: BudgetLineId;
  /** In the line itself and in its shares, less what is set aside. */
  readonly free: Pence;
  readonly reserved: Pence;
  readonly remitting: Pence;
  readonly payable: Pence;
  /** reserved + remitting + payable. */
  readonly committed: Pence;
  /** Sent or instructed, less returns and refunds. */
  readonly spent: Pence;
}

/** What is left of a reservation: money of a line or share set aside for one purpose. */
export interface OpenReservation {
  readonly id: ReservationId;
  readonly account: AccountId;
  readonly purpose: Id<string>;
  readonly left: Pence;
  readonly forDay: LocalDate;
  readonly endsOn: LocalDate;
}

/** One share of a pool as the ledger knows it; sums since it was opened. */
export interface ShareFigures {
  readonly account: AccountId;
  readonly posted: Pence;
  readonly reserved: Pence;
  readonly free: Pence;
  /** Invoiced and not yet sent or instructed. */
  readonly payable: Pence;
  /** On its way: to the share by a contribution from another book, or from it to the line of a leaver. */
  readonly remitting: Pence;
  /** Sent or instructed, less returns and refunds. */
  readonly spent: Pence;
}

export interface BookFigures {
  readonly book: BookId;
  readonly basis: BookBasis;
  /** Per kind of account, on its normal side. */
  readonly of: Readonly<Record<AccountKind, Pence>>;
}

@Injectable()
export class LedgerQueries {
  /** An account that was never used stands at nothing. */
  async balanceOf(tx: Tx, key: AccountKey): Promise<Balance> {
    const id = accountIdOf(key);
    const sign = CHART[key.kind].normal === 'credit' ? 1n : -1n;
    if (CHART[key.kind].kept) {
      const row = await tx.row<{ posted: Pence; reserved: Pence }>('select posted_pence as posted, reserved_pence as reserved from account where id = $1', [
        id,
      ]);
      const posted = (sign * (row?.posted ?? NO_PENCE)) as Pence;
      const reserved = row?.reserved ?? NO_PENCE;
      return { posted, reserved, free: (posted - reserved) as Pence };
    }
    const row = await tx.row<{ net: Pence }>(SUMMED_ACCOUNT, [id, key.book]);
    const net = row?.net ?? NO_PENCE;
    const posted = (sign * net) as Pence;
    return { posted, reserved: NO_PENCE, free: posted };
  }

  /** Free money of several lines' or shares' accounts at once, by account id. */
  async freeOf(tx: Tx, keys: readonly AccountKey[]): Promise<Map<AccountId, Pence>> {
    const ids = keys.map(accountIdOf);
    const rows = await tx.rows<{ id: AccountId; free: Pence }>('select id, posted_pence - reserved_pence as free from account where id = any($1::uuid[])', [
      uuids(ids),
    ]);
    const found = new Map(rows.map((row) => [row.id, row.free]));
    return new Map(ids.map((id) => [id, found.get(id) ?? NO_PENCE]));
  }

  /** What stands in several accounts that keep a running figure (a member's debts), on their normal side, by account id. */
  async postedOf(tx: Tx, keys: readonly AccountKey[]): Promise<Map<AccountId, Pence>> {
    const signs = new Map(keys.map((key) => [accountIdOf(key), CHART[key.kind].normal === 'credit' ? 1n : -1n]));
    invariant(
      keys.every((key) => CHART[key.kind].kept),
      'only running figures are read many at a time',
    );
    const rows = await tx.rows<{ id: AccountId; posted: Pence }>('select id, posted_pence as posted from account where id = any($1::uuid[])', [
      uuids([...signs.keys()]),
    ]);
    const found = new Map(rows.map((row) => [row.id, row.posted]));
    return new Map([...signs].map(([id, sign]) => [id, (sign * (found.get(id) ?? NO_PENCE)) as Pence]));
  }

  /** The figures behind the four numbers, for each line asked; lines without movements stand at nothing. Read from running figures: as quick
   *  for a line of seven years as for a new one. */
  async figuresOf(tx: Tx, lines: readonly BudgetLineId[]): Promise<Map<BudgetLineId, LineFigures>> {
    const rows = await tx.rows<Omit<LineFigures, 'committed' | 'free'> & { posted: Pence }>(
      `select line_id as line, sum(posted_pence)::bigint as posted, sum(reserved_pence)::bigint as reserved, sum(remitting_pence)::bigint as remitting,
         sum(payable_pence)::bigint as payable, sum(spent_pence)::bigint as spent from account where guarded and line_id = any($1::uuid[]) group by line_id`,
      [uuids(lines)],
    );
    const found = new Map(rows.map((row) => [row.line, lineFigures(row)]));
    return new Map(lines.map((line) => [line, found.get(line) ?? lineFigures({ line, ...NO_FIGURES })]));
  }

  /** The same apart for what stands in each line itself and what stands in its shares. */
  async figuresByKind(tx: Tx, lines: readonly BudgetLineId[]): Promise<(line: BudgetLineId, kind: 'line' | 'share') => LineFigures> {
    const rows = await tx.rows<Omit<LineFigures, 'committed' | 'free'> & { kind: string; posted: Pence }>(
      `select line_id as line, kind, sum(posted_pence)::bigint as posted, sum(reserved_pence)::bigint as reserved, sum(remitting_pence)::bigint as remitting,
         sum(payable_pence)::bigint as payable, sum(spent_pence)::bigint as spent from account where guarded and line_id = any($1::uuid[]) group by line_id, kind`,
      [uuids(lines)],
    );
    return (line, kind) => lineFigures(rows.find((row) => row.line === line && row.kind === kind) ?? { line, ...NO_FIGURES });
  }

  /** What is left of reservations in these accounts, or for these purposes; earliest day first. Spent and ended ones are left out. */
  async openReservations(tx: Tx, of: { accounts?: readonly AccountKey[]; purposes?: readonly string[] }): Promise<OpenReservation[]> {
    return tx.rows<OpenReservation>(
      `select id, account_id as account, purpose_id as purpose, left_pence as left, for_day as "forDay", ends_on as "endsOn" from reservation
       where left_pence > 0 and (account_id = any($1) or purpose_id = any($2)) order by for_day, purpose_id, account_id`,
      [(of.accounts ?? []).map(accountIdOf), of.purposes ?? []],
    );
  }

  /** Reservations in the shares of a pool whose last day is before `day`, the oldest first; what is left of them is to be freed. */
  async pastReservations(
    tx: Tx,
    pools: readonly PoolId[],
    day: LocalDate,
    limit: number,
  ): Promise<(OpenReservation & { book: BookId; pool: PoolId; subject: string })[]> {
    return tx.rows(
      `select id, account_id as account, purpose_id as purpose, left_pence as left, for_day as "forDay", ends_on as "endsOn", book_id as book, pool_id as pool, subject_id as subject
       from reservation where left_pence > 0 and pool_id = any($1) and ends_on < $2 order by ends_on, id limit $3`,
      [pools, day, limit],
    );
  }

  /** The figures of shares of a pool, by account id; shares without movements stand at nothing. What is owed and spent is counted per
   *  member, line and plan line in every book (a refund may land in another book), and shown at the last key of these. */
  async sharesOf(tx: Tx, pool: PoolId, keys: readonly AccountKey[]): Promise<Map<AccountId, ShareFigures>> {
    const ids = keys.map(accountIdOf);
    const rows = await tx.rows<ShareFigures>(
      `with held as (
         select * from account where pool_id = $1 and kind = 'share'
       ), moved as (
         select subject_id, line_id, plan_line_id, sum(remitting_pence)::bigint as remitting, sum(payable_pence)::bigint as payable, sum(spent_pence)::bigint as spent
         from held group by subject_id, line_id, plan_line_id
       ), shares as (
         select k.*, row_number() over (partition by k.subject, k.line, k.plan_line order by k.n desc) as place
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) with ordinality as k(id, subject, line, plan_line, n)
       ) select k.id as account, coalesce(a.posted_pence, 0) as posted, coalesce(a.reserved_pence, 0) as reserved, coalesce(a.posted_pence - a.reserved_pence, 0) as free,
           coalesce(m.payable, 0) as payable, coalesce(m.remitting, 0) as remitting, coalesce(m.spent, 0) as spent
         from shares k left join held a on a.id = k.id
         left join moved m on k.place = 1 and m.subject_id = k.subject and m.line_id is not distinct from k.line and m.plan_line_id is not distinct from k.plan_line`,
      [pool, ids, keys.map((key) => key.subject ?? null), keys.map((key) => key.line ?? null), keys.map((key) => key.planLine ?? null)],
    );
    return new Map(rows.map((row) => [row.account, row]));
  }

  /** Movements of an account, newest first, `limit` at a time; `before` is the id of the last row of the page shown before. `asOf` leaves out
   *  what came later than a day or a moment. */
  statementOf(tx: Tx, key: AccountKey, page: { before?: string | undefined; limit: number; asOf?: AsOf }): Promise<StatementRow[]> {
    return statementRows(tx, key, page);
  }

  /** The same with the balance after each movement. */
  statementPageOf(tx: Tx, key: AccountKey, page: { after?: StatementCursor; limit: number; asOf?: AsOf }): Promise<StatementPage> {
    return statementPage(tx, key, page);
  }

  /** What an account stood at when a day ended, by effective date. */
  balanceOn(tx: Tx, key: AccountKey, day: LocalDate): Promise<Pence> {
    return balanceAsOf(tx, key, { effectiveOn: day });
  }

  /** What an account stood at: true on a day, counted up to a day, or known at a moment. */
  balanceAsOf(tx: Tx, key: AccountKey, asOf: AsOf): Promise<Pence> {
    return balanceAsOf(tx, key, asOf);
  }

  /** What was free in a line or share, and what was set aside of it: true on a day, counted up to a day, or known at a moment. */
  freeAsOf(tx: Tx, key: AccountKey, asOf: AsOf): Promise<Balance> {
    return freeAsOf(tx, key, asOf);
  }

  /** The sums of whole books by kind of account: what the proofs of truth 10 are made of. Read from running figures. */
  async figuresOfBooks(tx: Tx, books: readonly BookId[]): Promise<BookFigures[]> {
    const rows = await tx.rows<{
      book: BookId;
      basis: BookBasis;
      kind: AccountKind | null;
      net: Pence;
    }>(`select b.id as book, b.basis, s.kind, coalesce(s.net, 0) as net from book b left join (${SUMS_OF_BOOKS}) s on s.book_id = b.id where b.id = any($1)`, [
      books,
    ]);
    const byBook = new Map<BookId, BookFigures>();
    for (const row of rows) {
      const figures = byBook.get(row.book) ?? {
        book: row.book,
        basis: row.basis,
        of: nothingOfAnyKind(),
      };
      if (row.kind) (figures.of as Record<AccountKind, Pence>)[row.kind] = (CHART[row.kind].normal === 'credit' ? row.net : -row.net) as Pence;
      byBook.set(row.book, figures);
    }
    return [...byBook.values()];
  }

  /** What each member owns in a cash book and what they owe it: for the rule that no payment may need another's money.
   *  Unallocated money is nobody's (null), whoever a transfer out of it makes the owner. */
  async ownedIn(tx: Tx, book: BookId): Promise<{ subject: string | null; owned: Pence; owes: Pence }[]> {
    return tx.rows(OWNED_IN_BOOK, [book]);
  }
}

const NO_FIGURES = { posted: NO_PENCE, reserved: NO_PENCE, remitting: NO_PENCE, payable: NO_PENCE, spent: NO_PENCE };

/** The figures of a line from the sums over its account and its shares. */
export const lineFigures = ({ posted, ...row }: Omit<LineFigures, 'committed' | 'free'> & { posted: Pence }): LineFigures => ({
  ...row,
  free: minus(posted, row.reserved),
  committed: plus(plus(row.reserved, row.remitting), row.payable),
});

const nothingOfAnyKind = (): Record<AccountKind, Pence> => Object.fromEntries(Object.keys(CHART).map((kind) => [kind, NO_PENCE])) as Record<AccountKind, Pence>;
