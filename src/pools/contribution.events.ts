import type { BookId } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import type { Pence } from '../kernel/index.js';
import type { NewEvent } from '../platform/index.js';
import type { ShareFacts } from './pool.entries.js';
import type { ContributionId, ShareRow } from './pool.rows.js';
import { booksOf } from './pool.rows.js';

/** Money is on its way to the pool's money-holder. */
export const made = (share: ShareFacts, contribution: { id: ContributionId; amount: Pence; by: string }, books: readonly BookId[]): NewEvent => ({
  name: 'poolContributionMade',
  about: { pools: [share.poolId], people: [share.personId], books },
  payload: {
    poolId: share.poolId,
    personId: share.personId,
    contributionId: contribution.id,
    amountPence: penceAsNumber(contribution.amount),
    by: contribution.by,
  },
});

/** Money is in the pool: told alone when it had no way to go. */
export const arrived = (share: ShareRow, contributionId: ContributionId, amount: Pence): NewEvent => ({
  name: 'poolContributionArrived',
  about: {
    pools: [share.poolId],
    people: [share.personId],
    books: booksOf([share]),
  },
  payload: {
    poolId: share.poolId,
    personId: share.personId,
    contributionId,
    shareId: share.id,
    amountPence: penceAsNumber(amount),
  },
});
