import type { Pence } from '../kernel/index.js';
import { refused, sumPence } from '../kernel/index.js';
import type { RecordedEntry } from '../ledger/index.js';

/** What was put right: money that came in and was given to the wrong budget line, or counted as the wrong person's paying back. */
export type Correctable = 'allocation' | 'pay-back';

/** What sort of entry this is, if an officer may correct it here. Everything else has a way of its own that also puts right what hangs on it: a match is
 *  undone, a payment comes back, a contribution returns.
 *  Refuses: corrected-already, has-its-own-way. */
export function correctableAs(entry: RecordedEntry): Correctable {
  if (entry.correctedBy !== null) throw refused('corrected-already', 'This was corrected before. Correct what it was corrected to.', { by: entry.correctedBy });
  const goes = (from: string, to: string): boolean => entry.transfers.every(({ debit, credit }) => debit.kind === from && credit.kind === to);
  if (!entry.reserves && entry.transfers.length > 0) {
    if (entry.kind === 'allocated' && goes('unallocated', 'line')) return 'allocation';
    if (entry.kind === 'receivable-settled' && goes('unallocated', 'receivable')) return 'pay-back';
  }
  throw refused('has-its-own-way', 'This cannot be corrected here: undo the match, call off the payment, or return the money instead.', { kind: entry.kind });
}

export const amountOf = (entry: RecordedEntry): Pence => sumPence(entry.transfers.map((transfer) => transfer.amount));
