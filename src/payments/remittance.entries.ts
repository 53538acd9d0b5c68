import type { LocalDate, Pence, ReservationId } from '../kernel/index.js';
import type { AccountKey, BookBasis, NewEntry, Owner } from '../ledger/index.js';
import { gateOf } from './payment.entries.js';

/** What the movements of a remittance need to know. */
export interface RemittanceFacts {
  readonly id: string;
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly amount: Pence;
  readonly owner: Owner;
  readonly on: LocalDate;
  /** What was set aside at the sender for exactly this. */
  readonly reservation?: ReservationId | undefined;
}

const remittingOf = (facts: RemittanceFacts): AccountKey => ({ book: facts.from.book, kind: 'remitting' });

/** It leaves the line or share at once: line | share / remitting. It buys nothing until it arrives. */
export const sentEntry = (facts: RemittanceFacts): NewEntry => ({
  book: facts.from.book,
  reference: `remittance:${facts.id}:sent`,
  kind: 'remittance-sent',
  effectiveOn: facts.on,
  transfers: [
    {
      debit: facts.from,
      credit: remittingOf(facts),
      amount: facts.amount,
      owner: facts.owner,
      ...(facts.reservation ? { reservation: facts.reservation } : {}),
    },
  ],
});

/** The receiver books arrival by bank: bank / share, straight from the statement line; in an allocation book spent / share, on the payer's report. */
export const receivedByBankEntry = (facts: RemittanceFacts, basis: BookBasis): NewEntry => ({
  book: facts.to.book,
  reference: `remittance:${facts.id}:received`,
  kind: 'remittance-received',
  effectiveOn: facts.on,
  transfers: [
    {
      debit: basis === 'allocation' ? { book: facts.to.book, kind: 'spent' } : { book: facts.to.book, kind: 'bank' },
      credit: facts.to,
      amount: facts.amount,
      owner: facts.owner,
    },
  ],
});

/** The sender learns of arrival: remitting / clearing (bank), or remitting / spent in an allocation book. */
export const arrivedEntry = (facts: RemittanceFacts, basis: BookBasis): NewEntry => ({
  book: facts.from.book,
  reference: `remittance:${facts.id}:arrived`,
  kind: 'remittance-arrived',
  effectiveOn: facts.on,
  transfers: [{ debit: remittingOf(facts), credit: gateOf(facts.from.book, basis, 'bank'), amount: facts.amount, owner: facts.owner }],
});

/** It will not arrive: the money is where it was. A refund on its way to its owner's book cannot be put back, so only what left a line or share is. */
export const cameBackEntry = (facts: RemittanceFacts): NewEntry => ({
  book: facts.from.book,
  reference: `remittance:${facts.id}:came-back`,
  kind: 'returned',
  effectiveOn: facts.on,
  transfers: [{ debit: remittingOf(facts), credit: facts.from, amount: facts.amount, owner: facts.owner }],
});
