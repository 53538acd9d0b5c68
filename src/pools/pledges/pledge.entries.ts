import type { BookId, Id, LocalDate, Pence, ReservationId } from '../../kernel/index.js';
import type { AccountKey, NewEntry } from '../../ledger/index.js';

export type PledgeId = Id<'pledge'>;

/** Money of a member's line is set aside for their pledge: until the last day on which it may be called. It leaves the line only then. */
export const pledgedEntry = (
  pledge: { id: PledgeId; reservation: ReservationId; amount: Pence; forDay: LocalDate; endsOn: LocalDate; on: LocalDate },
  line: AccountKey,
): NewEntry => ({
  book: line.book,
  reference: `pledge:${pledge.id}:made`,
  kind: 'commitment',
  effectiveOn: pledge.on,
  reservations: [{ id: pledge.reservation, account: line, amount: pledge.amount, purpose: pledge.id, forDay: pledge.forDay, endsOn: pledge.endsOn }],
});

/** It is free in the line again. */
export const pledgeEndedEntry = (pledge: { id: PledgeId; reservation: ReservationId; book: BookId; on: LocalDate }): NewEntry => ({
  book: pledge.book,
  reference: `pledge:${pledge.id}:ended`,
  kind: 'commitment-ended',
  effectiveOn: pledge.on,
  endings: [{ reservation: pledge.reservation, as: 'void' }],
});
