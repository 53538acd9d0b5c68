import type { NewEntry, RecordedEntry } from '../ledger/index.js';

/** The exact reverse of an entry: the same sums between the same accounts, the other way, of the same owners and with the same true day. It
 *  counts in the first period that is open, and names what it corrects. */
export const reverseEntry = (wrong: RecordedEntry, correction: { readonly id: string }): NewEntry => ({
  book: wrong.book,
  reference: `correction:${correction.id}:reverse`,
  kind: 'correction',
  effectiveOn: wrong.effectiveOn,
  corrects: wrong.id,
  transfers: wrong.transfers.map((transfer) => ({ ...transfer, debit: transfer.credit, credit: transfer.debit })),
});
