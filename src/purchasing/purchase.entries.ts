import type { BookId, Id, LocalDate, Pence, ReservationId } from '../kernel/index.js';
import type { AccountKey, NewEntry, NewReservation, Owner } from '../ledger/index.js';
import type { ShareFacts } from '../pools/index.js';

import type { InvoicePart } from './purchase.rules.js';

const booksOf = (all: readonly { readonly book: BookId }[]): BookId[] => [...new Set(all.map((each) => each.book))];

/** Money of shares is set aside for sessions, in each book at once: one reservation per share and session. */
export function commitmentEntries(purchase: { id: Id<'purchase'>; on: LocalDate }, reservations: readonly NewReservation[]): NewEntry[] {
  return booksOf(reservations.map((each) => each.account)).map((book) => ({
    book,
    reference: `purchase:${purchase.id}:committed`,
    kind: 'commitment',
    effectiveOn: purchase.on,
    reservations: reservations.filter((each) => each.account.book === book),
  }));
}

/** Owed to the provider: share / payable, out of what was set aside; what the invoice leaves over is freed in the same entry. */
export function invoiceEntries(
  invoice: { id: Id<'invoice'>; providerId: string; on: LocalDate },
  parts: readonly (InvoicePart & { readonly account: AccountKey })[],
): NewEntry[] {
  return booksOf(parts).map((book) => {
    const here = parts.filter((part) => part.book === book);
    return {
      book,
      reference: `invoice:${invoice.id}:split`,
      kind: 'invoice',
      effectiveOn: invoice.on,
      transfers: here.flatMap((part) =>
        part.from.map((use) => ({
          debit: part.account,
          credit: { book, kind: 'payable' as const, subject: invoice.providerId },
          amount: use.amount,
          reservation: use.reservation,
        })),
      ),
      endings: here.flatMap((part) => part.freed.map((each) => ({ reservation: each.reservation, amount: each.amount, as: 'void' as const }))),
    };
  });
}

/** Set-aside money whose invoice never came is free again: one entry a reservation, so that a repeat is a replay. */
export const expiryEntry = (reservation: { id: ReservationId; book: BookId; left: Pence; on: LocalDate }): NewEntry => ({
  book: reservation.book,
  reference: `reservation:${reservation.id}:expired`,
  kind: 'commitment-ended',
  effectiveOn: reservation.on,
  endings: [{ reservation: reservation.id, amount: reservation.left, as: 'expired' }],
});

/** Whose money a part of a payment is: what the account of a member's or funder's share says. */
export const ownerOfAccount = ({ subject, line, planLine, pool }: AccountKey): Owner => ({
  ...(subject === undefined ? {} : { subject }),
  ...(line === undefined ? {} : { line }),
  ...(planLine === undefined ? {} : { planLine }),
  ...(pool === undefined ? {} : { pool }),
});

/** Whose money a part of a payment is. */
export const ownerOf = (share: ShareFacts): Owner => ({
  subject: share.personId,
  line: share.lineId,
  planLine: share.planLineId ?? undefined,
  pool: share.poolId,
});
