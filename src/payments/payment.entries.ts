import type { BookId, LocalDate, Pence } from '../kernel/index.js';
import type { AccountKey, BookBasis, NewEntry, NewTransfer, Owner } from '../ledger/index.js';
import type { Payment } from './payment.types.js';
import type { RefundSlice } from './refund.rules.js';

/** Where money waits that has left or not yet come in: a clearing account of a cash book, `spent` in an allocation book. */
export const gateOf = (book: BookId, basis: BookBasis, channel: 'bank' | 'stripe'): AccountKey =>
  basis === 'allocation' ? { book, kind: 'spent' } : { book, kind: 'clearing', channel };

const payableOf = (payment: Payment): AccountKey => ({ book: payment.book, kind: 'payable', subject: payment.payeeSubject ?? undefined });
const gateOfPayment = (payment: Payment, basis: BookBasis): AccountKey => gateOf(payment.book, basis, payment.channel === 'stripe' ? 'stripe' : 'bank');

/** A pay-out leaves (in file, or sent by Stripe): payable / clearing, or payable / spent. Each part keeps its owner. */
export const paymentEntry = (payment: Payment, basis: BookBasis, on: LocalDate): NewEntry => ({
  book: payment.book,
  reference: `payment:${payment.id}:sent:${payment.attempt}`,
  kind: 'payment',
  effectiveOn: on,
  transfers: payment.parts.map(({ owner, amount }) => ({ debit: payableOf(payment), credit: gateOfPayment(payment, basis), amount, owner })),
});

/** A pay-out came back: the debt to the payee stands again. */
export const returnEntry = (payment: Payment, basis: BookBasis, on: LocalDate): NewEntry => ({
  book: payment.book,
  reference: `payment:${payment.id}:returned:${payment.attempt}`,
  kind: 'payment-returned',
  effectiveOn: on,
  transfers: payment.parts.map(({ owner, amount }) => ({ debit: gateOfPayment(payment, basis), credit: payableOf(payment), amount, owner })),
});

const ownerOfAccount = (key: AccountKey): Owner => ({ subject: key.subject, line: key.line, planLine: key.planLine, pool: key.pool });

/** Whose money the pay-in is: the line's or share's it goes to. */
export const ownerOfPayIn = (payment: Payment): Owner => payment.parts[0]?.owner ?? (payment.toAccount ? ownerOfAccount(payment.toAccount) : {});

/** Card or Direct Debit money has come: clearing (Stripe) / share, and Stripe's fee beside it, never out of the share (RULE 26). */
export function payInEntries(payment: Payment, facts: { fee: Pence; on: LocalDate; remittance: boolean }): NewEntry[] {
  const clearing: AccountKey = { book: payment.book, kind: 'clearing', channel: 'stripe' };
  const owner = ownerOfPayIn(payment);
  const arrived: NewEntry = {
    book: payment.book,
    reference: `payment:${payment.id}:succeeded`,
    kind: facts.remittance ? 'remittance-received' : 'pay-in',
    effectiveOn: facts.on,
    transfers: [{ debit: clearing, credit: payment.toAccount!, amount: payment.amount }],
  };
  if (facts.fee === 0n) return [arrived];
  return [arrived, feeEntry(payment.book, `payment:${payment.id}:fee`, facts.fee, owner, facts.on)];
}

export const feeEntry = (book: BookId, reference: string, fee: Pence, owner: Owner, on: LocalDate): NewEntry => ({
  book,
  reference,
  kind: 'fee',
  effectiveOn: on,
  transfers: [{ debit: { book, kind: 'fees-due' }, credit: { book, kind: 'clearing', channel: 'stripe' }, amount: fee, owner }],
});

/** A payer's bank took the money back (RULE 25): a debt of that one member, and of nobody else. */
export const takenBackEntry = (payment: Payment, facts: { dispute: string; amount: Pence; on: LocalDate }): NewEntry => ({
  book: payment.book,
  reference: `payment:${payment.id}:taken-back:${facts.dispute}`,
  kind: 'receivable',
  effectiveOn: facts.on,
  transfers: [
    { debit: receivableOf(payment), credit: { book: payment.book, kind: 'clearing', channel: 'stripe' }, amount: facts.amount, owner: ownerOfPayIn(payment) },
  ],
});

/** A dispute was won: the money is back and the debt is gone. */
export const givenBackEntry = (payment: Payment, facts: { dispute: string; amount: Pence; on: LocalDate }): NewEntry => ({
  book: payment.book,
  reference: `payment:${payment.id}:given-back:${facts.dispute}`,
  kind: 'receivable-settled',
  effectiveOn: facts.on,
  transfers: [
    { debit: { book: payment.book, kind: 'clearing', channel: 'stripe' }, credit: receivableOf(payment), amount: facts.amount, owner: ownerOfPayIn(payment) },
  ],
});

const receivableOf = (payment: Payment): AccountKey => ({ book: payment.book, kind: 'receivable', subject: ownerOfPayIn(payment).subject });

/** Money that came without being asked for (a page paid twice, a withdrawn pay-in paid after all): nobody's until a person decides. */
export const unexpectedEntry = (book: BookId, facts: { intent: string; amount: Pence; on: LocalDate }): NewEntry => ({
  book,
  reference: `stripe:${facts.intent}:unexpected`,
  kind: 'arrival',
  effectiveOn: facts.on,
  transfers: [{ debit: { book, kind: 'clearing', channel: 'stripe' }, credit: { book, kind: 'unallocated' }, amount: facts.amount, owner: {} }],
});

/** A refund reached a book: each slice goes to its member's share there, or on its way to their own book. `gate` is where the money is. */
export function refundEntry(
  book: BookId,
  refund: { id: string; gate: AccountKey; on: LocalDate },
  slices: readonly { slice: RefundSlice; home: AccountKey }[],
): NewEntry {
  const transfers = slices.map(
    ({ slice, home }): NewTransfer => ({
      debit: refund.gate,
      credit: home.book === book ? home : { book, kind: 'remitting' },
      amount: slice.amount,
      owner: slice.part.owner,
    }),
  );
  return { book, reference: `refund:${refund.id}:received`, kind: 'refund', effectiveOn: refund.on, transfers };
}
