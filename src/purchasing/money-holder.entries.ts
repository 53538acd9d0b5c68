import type { BookId, LocalDate, ReservationId } from '../kernel/index.js';
import type { NewEntry, NewReservation } from '../ledger/index.js';

/** The old money-holder sets nothing aside any more: all that is left of these reservations of its book is freed, so that the money can be
 *  sent on. */
export const handedOverEntry = (change: { id: string; book: BookId; on: LocalDate }, reservations: readonly ReservationId[]): NewEntry => ({
  book: change.book,
  reference: `money-holder-change:${change.id}:handed-over`,
  kind: 'commitment-ended',
  effectiveOn: change.on,
  endings: reservations.map((reservation) => ({ reservation, as: 'void' })),
});

/** What was set aside before is set aside again where the money has arrived: as much, for the same sessions, until the same days. */
export const takenOnEntry = (change: { id: string; part: string; book: BookId; on: LocalDate }, reservations: readonly NewReservation[]): NewEntry => ({
  book: change.book,
  reference: `money-holder-change:${change.id}:taken-on:${change.part}`,
  kind: 'commitment',
  effectiveOn: change.on,
  reservations,
});
