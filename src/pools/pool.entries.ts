import type { BookId, BudgetLineId, Id, LocalDate, Pence, PersonId, PlanLineId, PoolId, ReservationId } from '../kernel/index.js';
import type { AccountKey, NewEntry } from '../ledger/index.js';

/** Whose share, of which line and plan line, in which book: all that names its account (RULE 15). */
export interface ShareFacts {
  readonly poolId: PoolId;
  readonly personId: PersonId;
  /** A line of the budget, or the member's own money with one money-holder. */
  readonly lineId: BudgetLineId;
  /** Null for a member's own money: no plan says what it may buy. */
  readonly planLineId: PlanLineId | null;
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
  planLine: share.planLineId ?? undefined,
  pool: share.poolId,
});

export const lineAccountOf = (share: ShareFacts): AccountKey => ({ book: share.lineBookId, kind: 'line', subject: share.personId, line: share.lineId });

/** True when the money of a share and its line lie with two money-holders: it goes from one to the other by a remittance. */
export const crossesBooks = (share: ShareFacts): boolean => share.bookId !== share.lineBookId;

/** Money of a line becomes a share of the same book: line / share; from what was set aside in the line, when it was pledged. */
export const contributionEntry = (contribution: {
  id: Id<'contribution'>;
  share: ShareFacts;
  amount: Pence;
  on: LocalDate;
  pledged?: ReservationId | undefined;
}): NewEntry => ({
  book: contribution.share.bookId,
  reference: `contribution:${contribution.id}:made`,
  kind: 'contribution',
  effectiveOn: contribution.on,
  transfers: [
    {
      debit: lineAccountOf(contribution.share),
      credit: shareAccount(contribution.share),
      amount: contribution.amount,
      ...(contribution.pledged ? { reservation: contribution.pledged } : {}),
    },
  ],
});
