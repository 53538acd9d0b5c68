import { invalid, MOST_PENCE } from '../kernel/index.js';
import type { Pence } from '../kernel/index.js';
import type { AccountKey } from './account-key.js';
import { CHART } from './chart.js';
import type { NewEntry } from './entry.js';

/** What an entry must be before the ledger looks at its figures. Our judgement, November 2026, but for truth 1 (no transfer crosses books).
 *  Refuses: amount-not-whole, amount-not-positive, amount-too-large, account-of-another-book, account-twice, account-unknown,
 *  reservation-not-possible, reference-wrong, booked-before-true. */
export function checkEntry(entry: NewEntry): void {
  if (entry.reference.length < 3 || entry.reference.length > 200) throw invalid('reference-wrong', 'An entry has a reference of 3 to 200 characters.');
  if (entry.bookOn !== undefined && entry.bookOn < entry.effectiveOn)
    throw invalid('booked-before-true', 'An entry counts in the period of its true day, or in a later one.');
  for (const { debit, credit, amount } of entry.transfers ?? []) {
    checkAmount(amount);
    for (const key of [debit, credit]) checkAccount(entry, key);
    if (sameAccount(debit, credit)) throw invalid('account-twice', 'A transfer goes from one account to another.');
  }
  for (const { account, amount, forDay, endsOn } of entry.reservations ?? []) {
    checkAmount(amount);
    checkAccount(entry, account);
    if (!CHART[account.kind].guarded || endsOn < forDay)
      throw invalid('reservation-not-possible', 'Money is set aside in a line or a share, for a day on or before its last day.');
  }
  for (const { amount } of entry.endings ?? []) if (amount !== undefined) checkAmount(amount);
}

/** Pence as the ledger takes them: a whole, positive number that JSON can carry without loss (under 2^53). */
function checkAmount(amount: Pence): void {
  if (typeof amount !== 'bigint') throw invalid('amount-not-whole', 'An amount is a whole number of pence.');
  if (amount <= 0n) throw invalid('amount-not-positive', 'An amount is more than nothing.');
  if (amount > MOST_PENCE) throw invalid('amount-too-large', 'This amount is larger than the ledger takes at once.');
}

function checkAccount(entry: NewEntry, key: AccountKey): void {
  if (key.book !== entry.book) throw invalid('account-of-another-book', 'No transfer crosses books: money goes from one to another by a remittance.');
  if (!Object.hasOwn(CHART, key.kind)) throw invalid('account-unknown', 'There is no such kind of account.');
  const isWhole = key.kind === 'line' ? key.line && key.subject && !key.pool : key.kind !== 'share' || (key.pool && key.subject);
  if (!isWhole) throw invalid('account-unknown', 'A line names its holder, and a share its pool and whose it is.');
}

const sameAccount = (a: AccountKey, b: AccountKey): boolean =>
  a.kind === b.kind && a.subject === b.subject && a.line === b.line && a.planLine === b.planLine && a.pool === b.pool && a.channel === b.channel;
