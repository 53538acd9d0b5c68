import type { BookId, LocalDate, OrganisationId, Pence } from '../kernel/index.js';
import { formatDay, invalid, NO_PENCE, refused } from '../kernel/index.js';
import type { BookBasis } from '../ledger/index.js';
import type { FunderShareState } from './funder-share.lifecycle.js';
import type { PoolState } from './pool.lifecycle.js';

/** What becomes of money that is left: back to its funder after its last day, or when the pool ends (a funder's way to carry a surplus). */
export const REST_RULES = ['back-at-end', 'back-when-pool-ends'] as const;
export type RestRule = (typeof REST_RULES)[number];

export interface PromiseFacts {
  readonly poolState: PoolState;
  /** What the agreement in force says of funders' money; undefined when it takes none, or none is in force. */
  readonly agreed: 'first' | 'last' | undefined;
  readonly funderId: OrganisationId;
  readonly moneyHolderBookId: BookId | null;
  readonly book: { readonly id: BookId; readonly basis: BookBasis; readonly organisationId: OrganisationId | null } | undefined;
  /** Whether this funder has a share of this pool in this book already. */
  readonly there: boolean;
}

/** Whether a funder may put money beside the members', and how it comes: at once in the funder's own allocation book, or by its bank to the
 *  pool's money-holder. Refuses: pool-not-active, agreement-takes-no-funders, nobody-holds-money, book-does-not-fit, funder-share-there-already,
 *  ends-in-the-past. */
export function decidePromise(facts: PromiseFacts, promise: { endsOn: LocalDate }, today: LocalDate): 'at-once' | 'by-bank' {
  if (facts.poolState !== 'active' && facts.poolState !== 'frozen') throw refused('pool-not-active', 'The group has not begun, or is over.');
  if (facts.agreed === undefined)
    throw refused(
      'agreement-takes-no-funders',
      'The group has not agreed to take money of funders. It can offer a new version of its agreement that says when such money is spent.',
    );
  if (!facts.book) throw refused('nobody-holds-money', 'Nobody holds money for this group together.');
  const isOwn = facts.book.basis === 'allocation' && facts.book.organisationId === facts.funderId;
  if (!isOwn && (facts.book.basis !== 'cash' || facts.book.id !== facts.moneyHolderBookId))
    throw refused('book-does-not-fit', 'This money lies with the group’s money-holder, or in the funder’s own allocation book.');
  if (facts.there) throw refused('funder-share-there-already', 'This funder has money in this group already. More of it can come under the same reference.');
  if (promise.endsOn <= today)
    throw invalid('ends-in-the-past', 'Give a last day to come.', [{ field: 'endsOn', message: `Give a day after ${formatDay(today)}.` }]);
  return isOwn ? 'at-once' : 'by-bank';
}

/** How much goes back to the funder now: what is free, once its last day is over or the pool has ended. What is set aside for a session that was
 *  held stays until it is invoiced or freed. */
export function restOf(
  share: { readonly rest: RestRule; readonly endsOn: LocalDate; readonly free: Pence; readonly poolState: PoolState },
  today: LocalDate,
): Pence {
  const isOver = share.poolState === 'closing' || share.poolState === 'closed' || (share.rest === 'back-at-end' && share.endsOn < today);
  return isOver ? share.free : NO_PENCE;
}

/** Whether a funder's share has nothing more to come or to give: it is ended when its day is over or the pool is, and nothing stands in it. */
export const isSpent = (share: { state: FunderShareState; posted: Pence; endsOn: LocalDate; poolState: PoolState }, today: LocalDate): boolean =>
  share.state !== 'ended' && share.posted === 0n && (share.endsOn < today || share.poolState === 'closing' || share.poolState === 'closed');
