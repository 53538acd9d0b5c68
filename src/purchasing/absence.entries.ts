import type { BookId, LocalDate, ReservationId } from '../kernel/index.js';
import type { NewEntry, NewReservation } from '../ledger/index.js';

/** Somebody will not come and does not pay: what is set aside for them is freed; and where those who come take their part over, it is set
 *  aside in theirs. One entry a book, all in one transaction. */
export function absenceEntries(
  absence: { id: string; on: LocalDate },
  freed: readonly { book: BookId; reservation: ReservationId }[],
  takenOver: readonly NewReservation[],
): NewEntry[] {
  const books = [...new Set([...freed.map((each) => each.book), ...takenOver.map((each) => each.account.book)])];
  return books.map((book) => {
    const ends = freed.filter((each) => each.book === book);
    const more = takenOver.filter((each) => each.account.book === book);
    return {
      book,
      reference: `absence:${absence.id}:excused`,
      kind: ends.length > 0 ? 'commitment-ended' : 'commitment',
      effectiveOn: absence.on,
      endings: ends.map((each) => ({ reservation: each.reservation, as: 'void' })),
      reservations: more,
    };
  });
}
