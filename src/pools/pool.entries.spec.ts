import { describe, expect, it } from '@jest/globals';
import type { BookId, BudgetLineId, Id, LocalDate, PersonId, PlanLineId, PoolId, ReservationId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { ShareFacts } from './pool.entries.js';
import { contributionEntry, releaseEntries, returnEntry } from './pool.entries.js';

const on = '2026-11-20' as LocalDate;
const share: ShareFacts = {
  poolId: 'pool' as PoolId,
  personId: 'asha' as PersonId,
  lineId: 'line' as BudgetLineId,
  planLineId: 'swimming' as PlanLineId,
  lineBookId: 'n' as BookId,
  bookId: 'n' as BookId,
};
const line = { book: 'n', kind: 'line', subject: 'asha', line: 'line' };
const account = { book: 'n', kind: 'share', subject: 'asha', line: 'line', planLine: 'swimming', pool: 'pool' };
const exit = { id: 'exit' as Id<'exit'>, on };

describe('how pools move money', () => {
  it('puts money in: line / share', () => {
    expect(contributionEntry({ id: 'c' as Id<'contribution'>, share, amount: pence(12000), on })).toEqual({
      book: 'n',
      reference: 'contribution:c:made',
      kind: 'contribution',
      effectiveOn: on,
      transfers: [{ debit: line, credit: account, amount: 12000n }],
    });
  });

  it('returns money: share / line', () => {
    expect(returnEntry(exit, share, pence(13000))).toMatchObject({
      book: 'n',
      kind: 'returned',
      transfers: [{ debit: account, credit: line, amount: 13000n }],
    });
  });

  it('frees what notice does not need, one entry a book', () => {
    const freed = [
      { book: 'n' as BookId, reservation: 'r1' as ReservationId, amount: pence(1) },
      { book: 't' as BookId, reservation: 'r2' as ReservationId, amount: pence(3334) },
    ];
    expect(releaseEntries(exit, freed)).toEqual([
      { book: 'n', reference: 'exit:exit:released', kind: 'commitment-ended', effectiveOn: on, endings: [{ reservation: 'r1', amount: 1n, as: 'void' }] },
      { book: 't', reference: 'exit:exit:released', kind: 'commitment-ended', effectiveOn: on, endings: [{ reservation: 'r2', amount: 3334n, as: 'void' }] },
    ]);
    expect(releaseEntries(exit, [])).toEqual([]);
  });
});
