import type { BookId, BudgetLineId, PersonId, PlanLineId, PoolId } from '../../src/kernel/index.js';
import type { ShareFacts } from '../../src/pools/pool.entries.js';

/** A share of the pool `swimmers`, for tests of pure functions: whose, in which book, and of a line in which. */
export const shareOf = (person: string, book: string, lineBook = book): ShareFacts => ({
  poolId: 'swimmers' as PoolId,
  personId: person as PersonId,
  lineId: `line-${person}` as BudgetLineId,
  planLineId: 'swimming' as PlanLineId,
  lineBookId: lineBook as BookId,
  bookId: book as BookId,
});
