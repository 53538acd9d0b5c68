import type { BookId, LocalDate, OrganisationId, Pence, PoolId } from '../kernel/index.js';
import type { AccountKey, BookBasis, NewEntry, Owner } from '../ledger/index.js';

/** Money that a named funder put beside the members': whose, in which pool, in which book (design, section 4). No budget line is behind it. */
export interface FunderShareFacts {
  readonly poolId: PoolId;
  readonly funderId: OrganisationId;
  readonly bookId: BookId;
}

export const funderShareAccount = (share: FunderShareFacts): AccountKey => ({ book: share.bookId, kind: 'share', subject: share.funderId, pool: share.poolId });

/** The funder, outside any pool: money on its way back to it is no longer the pool's, and counts as spent nowhere. */
const funderAlone = (share: FunderShareFacts): Owner => ({ subject: share.funderId });

/** A funder puts money in. In a cash book it has reached the bank and was nobody's: unallocated / share. In the funder's own allocation
 *  book, which holds no cash: agreed / share. `occasion` names this sum among several of one share. */
export const putInEntry = (share: FunderShareFacts, basis: BookBasis, facts: { occasion: string; amount: Pence; on: LocalDate }): NewEntry => ({
  book: share.bookId,
  reference: `funder-share:${share.poolId}:${share.funderId}:${facts.occasion}`,
  kind: basis === 'cash' ? 'allocated' : 'agreed',
  effectiveOn: facts.on,
  transfers: [
    {
      debit: { book: share.bookId, kind: basis === 'cash' ? 'unallocated' : 'agreed' },
      credit: funderShareAccount(share),
      amount: facts.amount,
    },
  ],
});

/** What is left goes back to its funder, never to the others: share / payable to it in a cash book, and a payment follows; share / agreed in
 *  its own allocation book. */
export const leftoverEntry = (share: FunderShareFacts, basis: BookBasis, facts: { occasion: string; amount: Pence; on: LocalDate }): NewEntry => ({
  book: share.bookId,
  reference: `funder-share:${share.poolId}:${share.funderId}:left-over:${facts.occasion}`,
  kind: basis === 'cash' ? 'returned' : 'agreed-less',
  effectiveOn: facts.on,
  transfers: [
    basis === 'cash'
      ? {
          debit: funderShareAccount(share),
          credit: { book: share.bookId, kind: 'payable', subject: share.funderId },
          amount: facts.amount,
          owner: funderAlone(share),
        }
      : { debit: funderShareAccount(share), credit: { book: share.bookId, kind: 'agreed' }, amount: facts.amount },
  ],
});

/** Whose money a part of a payment is that takes the rest back to its funder. */
export const ownerOfLeftover = funderAlone;
