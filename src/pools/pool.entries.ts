import type { BookId, BudgetLineId, Id, LocalDate, Pence, PersonId, PlanLineId, PoolId, ReservationId } from '../kernel/index.js';
import type { AccountKey, NewEntry, ReservationEnding } from '../ledger/index.js';

/** Whose share, of which line and plan line, in which book: all that names its account (RULE 15). */
export interface ShareFacts {
  readonly poolId: PoolId;
  readonly personId: PersonId;
  readonly lineId: BudgetLineId;
  readonly planLineId: PlanLineId;
  /** The book of the budget line. */
  readonly lineBookId: BookId;
  /** The book in which the share lies; another one than the line's when the pool's money-holder keeps it. */
  readonly bookId: BookId;
}

export const shareAccount = (share: ShareFacts): AccountKey => ({
  book: share.bookId,
  kind: 'share',
  subject: share.personId,
  line: share.lineId,
  planLine: share.planLineId,
  pool: share.poolId,
});

export const lineAccountOf = (share: ShareFacts): AccountKey => ({ book: share.lineBookId, kind: 'line', subject: share.personId, line: share.lineId });

/** Money of a line becomes a share of the same book: line / share. */
export const contributionEntry = (contribution: { id: Id<'contribution'>; share: ShareFacts; amount: Pence; on: LocalDate }): NewEntry => ({
  book: contribution.share.bookId,
  reference: `contribution:${contribution.id}:made`,
  kind: 'contribution',
  effectiveOn: contribution.on,
  transfers: [{ debit: lineAccountOf(contribution.share), credit: shareAccount(contribution.share), amount: contribution.amount }],
});

/** What the leaver's notice does not need is no longer set aside: one entry a book. */
export function releaseEntries(
  exit: { id: Id<'exit'>; on: LocalDate },
  freed: readonly { book: BookId; reservation: ReservationId; amount: Pence }[],
): NewEntry[] {
  return [...new Set(freed.map((each) => each.book))].map((book) => ({
    book,
    reference: `exit:${exit.id}:released`,
    kind: 'commitment-ended',
    effectiveOn: exit.on,
    endings: freed.filter((each) => each.book === book).map((each): ReservationEnding => ({ reservation: each.reservation, amount: each.amount, as: 'void' })),
  }));
}

/** A leaver's free share goes back to the line it came from, in one book: share / line. */
export const returnEntry = (exit: { id: Id<'exit'>; on: LocalDate }, share: ShareFacts, amount: Pence): NewEntry => ({
  book: share.bookId,
  reference: `exit:${exit.id}:returned:${share.lineId}:${share.planLineId}`,
  kind: 'returned',
  effectiveOn: exit.on,
  transfers: [{ debit: shareAccount(share), credit: lineAccountOf(share), amount }],
});
