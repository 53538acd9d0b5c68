import type { BookId, BudgetLineId, LocalDate, Pence, PersonId } from '../../kernel/index.js';
import type { AccountKey, NewEntry, Owner } from '../../ledger/index.js';

/** A person's own money with one money-holder: a line in the ledger as a budget line is, with no plan, budget or funder behind it. */
export interface OwnLine {
  readonly id: BudgetLineId;
  readonly personId: PersonId;
  readonly bookId: BookId;
  readonly reference: string;
}

export const ownLineAccount = (line: Pick<OwnLine, 'id' | 'personId' | 'bookId'>): AccountKey => ({
  book: line.bookId,
  kind: 'line',
  subject: line.personId,
  line: line.id,
});

export const ownerOfOwnMoney = (line: Pick<OwnLine, 'id' | 'personId'>): Owner => ({ subject: line.personId, line: line.id });

/** Money that the person sent by bank transfer reached the book, and was nobody's: unallocated / line. */
export const broughtInEntry = (line: OwnLine, amount: Pence, occasion: string, on: LocalDate): NewEntry => ({
  book: line.bookId,
  reference: `own-line:${line.id}:allocated:${occasion}`,
  kind: 'allocated',
  effectiveOn: on,
  transfers: [{ debit: { book: line.bookId, kind: 'unallocated' }, credit: ownLineAccount(line), amount }],
});

const payableTo = (line: OwnLine): AccountKey => ({ book: line.bookId, kind: 'payable', subject: line.personId });

/** It goes home: line / payable to the person, and a payment follows. `occasion` names this sum among several. */
export const homewardEntry = (line: OwnLine, amount: Pence, occasion: string, on: LocalDate): NewEntry => ({
  book: line.bookId,
  reference: `own-line:${line.id}:home:${occasion}`,
  kind: 'returned',
  effectiveOn: on,
  transfers: [{ debit: ownLineAccount(line), credit: payableTo(line), amount }],
});

/** The payment home was called off, so the money is the line's again. */
export const stayedEntry = (line: OwnLine, amount: Pence, occasion: string, on: LocalDate): NewEntry => ({
  book: line.bookId,
  reference: `own-line:${line.id}:stayed:${occasion}`,
  kind: 'returned',
  effectiveOn: on,
  transfers: [{ debit: payableTo(line), credit: ownLineAccount(line), amount }],
});
