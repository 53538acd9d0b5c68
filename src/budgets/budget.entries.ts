import type { BookId, BudgetLineId, LocalDate, Pence, PersonId } from '../kernel/index.js';
import type { AccountKey, BookBasis, NewEntry } from '../ledger/index.js';

export interface LineFacts {
  readonly id: BudgetLineId;
  readonly personId: PersonId;
  readonly bookId: BookId;
}

export const lineAccount = (line: LineFacts): AccountKey => ({ book: line.bookId, kind: 'line', subject: line.personId, line: line.id });

/** What was agreed becomes the line's at once in an allocation book, which holds no cash; in a cash book a line holds only
 *  what has arrived, so nothing moves. */
export function agreedEntries(line: LineFacts, basis: BookBasis, agreed: Pence, on: LocalDate): NewEntry[] {
  if (basis === 'cash') return [];
  return [
    {
      book: line.bookId,
      reference: `budget-line:${line.id}:agreed`,
      kind: 'agreed',
      effectiveOn: on,
      transfers: [{ debit: { book: line.bookId, kind: 'agreed' }, credit: lineAccount(line), amount: agreed }],
    },
  ];
}

/** The agreed sum of an allocation line falls, out of what is free in it; the ledger refuses more. In a cash book nothing moves: its line
 *  holds what arrived, and less is still to come. */
export function agreedLessEntries(line: LineFacts, basis: BookBasis, by: Pence, decision: string, on: LocalDate): NewEntry[] {
  if (basis === 'cash') return [];
  return [
    {
      book: line.bookId,
      reference: `budget-line:${line.id}:agreed-less:${decision}`,
      kind: 'agreed-less',
      effectiveOn: on,
      transfers: [{ debit: lineAccount(line), credit: { book: line.bookId, kind: 'agreed' }, amount: by }],
    },
  ];
}

/** Money that had reached the book, and was nobody's yet, becomes this line's. */
export const allocationEntry = (line: LineFacts, amount: Pence, reference: string, on: LocalDate): NewEntry => ({
  book: line.bookId,
  reference: `budget-line:${line.id}:allocated:${reference}`,
  kind: 'allocated',
  effectiveOn: on,
  transfers: [{ debit: { book: line.bookId, kind: 'unallocated' }, credit: lineAccount(line), amount }],
});
