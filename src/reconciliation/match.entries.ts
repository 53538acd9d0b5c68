import type { BookId, EntryId, LocalDate, Pence } from '../kernel/index.js';
import { invariant, pence } from '../kernel/index.js';
import type { AccountKey, EntryKind, NewEntry, NewTransfer, Owner } from '../ledger/index.js';

/** What a match moves: sums in pence, each with whose money it is. */
export interface Movement {
  readonly book: BookId;
  readonly match: string;
  readonly on: LocalDate;
  readonly parts: readonly { readonly owner: Owner; readonly amount: Pence }[];
}

const bank = (book: BookId): AccountKey => ({ book, kind: 'bank' });
const clearing = (book: BookId, channel: 'bank' | 'stripe'): AccountKey => ({ book, kind: 'clearing', channel });

function entry(movement: Movement, kind: EntryKind, debit: AccountKey, credit: AccountKey): NewEntry {
  return {
    book: movement.book,
    reference: `match:${movement.match}:bank`,
    kind,
    effectiveOn: movement.on,
    transfers: movement.parts.map(({ owner, amount }) => ({ debit, credit, amount, owner })),
  };
}

/** Money that left shows on the statement: clearing / bank, part by part. */
export const leftEntry = (movement: Movement): NewEntry => entry(movement, 'bank-line', clearing(movement.book, 'bank'), bank(movement.book));

/** Money that came back or was given back shows on the statement: bank / clearing. */
export const cameEntry = (movement: Movement): NewEntry => entry(movement, 'bank-line', bank(movement.book), clearing(movement.book, 'bank'));

/** A Stripe pay-out: bank / clearing (Stripe). */
export const payoutEntry = (movement: Movement): NewEntry => entry(movement, 'bank-line', bank(movement.book), clearing(movement.book, 'stripe'));

/** Money that is nobody's yet: bank / unallocated. */
export const arrivalEntry = (movement: Movement): NewEntry => entry(movement, 'arrival', bank(movement.book), { book: movement.book, kind: 'unallocated' });

/** The bank's own charge is never a smaller share: fees due / bank. Our judgement, November 2026, as for Stripe's fees. */
export const chargeEntry = (movement: Movement): NewEntry => entry(movement, 'fee', { book: movement.book, kind: 'fees-due' }, bank(movement.book));

/** The mirror of an entry: the same sums between the same accounts, the other way, on the same day, naming what it corrects. */
export const undoneEntry = (made: NewEntry, corrects: EntryId, match: string): NewEntry => ({
  book: made.book,
  reference: `match:${match}:undone`,
  kind: 'correction',
  effectiveOn: made.effectiveOn,
  corrects,
  transfers: (made.transfers ?? []).map((transfer) => ({ ...transfer, debit: transfer.credit, credit: transfer.debit })),
});

/** What the account held when it was put under this system: nobody's until it is allocated. */
export const openingEntry = (book: BookId, facts: { account: string; amount: Pence; on: LocalDate }): NewEntry => ({
  book,
  reference: `bank-account:${facts.account}:opening`,
  kind: 'arrival',
  effectiveOn: facts.on,
  transfers: [{ debit: bank(book), credit: { book, kind: 'unallocated' }, amount: facts.amount, owner: {} }],
});

/** An entry as JSON: pence as text. */
export const storedEntry = (made: NewEntry): string => JSON.stringify(made, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

/** The entry from its JSON again. */
export function entryFrom(stored: Omit<NewEntry, 'transfers'> & { transfers: readonly (Omit<NewTransfer, 'amount'> & { amount: string })[] }): NewEntry {
  invariant(stored.transfers.length > 0, 'a stored entry has transfers');
  return { ...stored, transfers: stored.transfers.map((transfer) => ({ ...transfer, amount: pence(transfer.amount) })) };
}
