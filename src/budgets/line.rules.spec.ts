import { describe, expect, it } from '@jest/globals';
import type { BookId, BudgetLineId, DomainError, LocalDate, PersonId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { HeldLine, LineMoney } from './line.rules.js';
import { checkResume, checkSuspend, decideLineEnd, decideReclaim, decideReduction } from './line.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const line: HeldLine = {
  id: 'line' as BudgetLineId,
  personId: 'ann' as PersonId,
  planId: 'plan',
  bookId: 'book' as BookId,
  basis: 'allocation',
  state: 'open',
  agreed: pence(100_000),
  fromDay: day('2026-04-01'),
  untilDay: day('2027-04-01'),
  suspendedOn: null,
};
const cash: HeldLine = { ...line, basis: 'cash' };
/** 1,000.00 agreed: 300.00 free in the line, 200.00 free in a pool, 150.00 committed, 350.00 spent. */
const money: LineMoney = {
  numbers: { line: line.id, agreed: line.agreed, stillToCome: pence(0), free: pence(50_000), committed: pence(15_000), spent: pence(35_000) },
  freeInLine: pence(30_000),
};
const half: LineMoney = { ...money, numbers: { ...money.numbers, stillToCome: pence(40_000), free: pence(10_000) } };

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('a reduction (reg. 13)', () => {
  it.each([
    ['takes what is free in an allocation line', line, money, 30_000, 70_000n],
    ['takes what is still to come of a cash line', cash, half, 40_000, 60_000n],
  ] as const)('%s', (_, of, has, amount, agreed) => expect(decideReduction(of, has, pence(amount))).toEqual({ agreed }));
  it.each([
    ['more-than-free', line, money, 30_001],
    ['more-than-free', cash, half, 40_001],
    ['more-than-free', cash, { ...half, numbers: { ...half.numbers, stillToCome: pence(-5) } }, 1],
    ['amount-not-positive', line, money, 0],
    ['line-ended', { ...line, state: 'ended' as const }, money, 100],
    ['nothing-would-be-left', line, { ...money, freeInLine: pence(100_000) }, 100_000],
  ] as const)('%s', (code, of, has, amount) => expect(codeOf(() => decideReduction(of, has, pence(amount)))).toBe(code));
});

describe('a reclaim (reg. 15)', () => {
  it.each([
    ['takes what is free, and the rest stays asked', line, money, 45_000, { taken: 30_000n, agreed: 70_000n }],
    ['takes no more than was asked', line, money, 5_000, { taken: 5_000n, agreed: 95_000n }],
    ['takes nothing out of another body’s bank account', cash, half, 5_000, { taken: 0n, agreed: 100_000n }],
    [
      'may empty a line that has ended',
      { ...line, state: 'ended' as const },
      { ...money, freeInLine: pence(100_000) },
      100_000,
      { taken: 100_000n, agreed: 0n },
    ],
  ] as const)('%s', (_, of, has, amount, answer) => expect(decideReclaim(of, has, pence(amount))).toEqual(answer));
  it.each([
    ['more-than-agreed', line, money, 100_001],
    ['amount-not-positive', line, money, 0],
    ['nothing-would-be-left', line, { ...money, freeInLine: pence(100_000) }, 100_000],
  ] as const)('%s', (code, of, has, amount) => expect(codeOf(() => decideReclaim(of, has, pence(amount)))).toBe(code));
});

describe('a suspension and a stop (reg. 17)', () => {
  const suspended = { ...line, suspendedOn: day('2026-09-01') };
  it.each([
    ['allowed', checkSuspend, line],
    ['line-suspended', checkSuspend, suspended],
    ['line-ended', checkSuspend, { ...line, state: 'ended' as const }],
    ['allowed', checkResume, suspended],
    ['line-not-suspended', checkResume, line],
    ['line-ended', checkResume, { ...suspended, state: 'ended' as const }],
  ] as const)('%s', (code, check, of) => expect(codeOf(() => check(of))).toBe(code));
  it.each([
    ['2026-12-01', '2026-12-01'],
    ['2028-01-01', '2027-04-01'],
  ])('stopped on %s, it ends on %s', (asked, ends) => expect(decideLineEnd(line, day(asked))).toBe(ends));
  it.each([
    ['ends-before-it-began', line, '2026-04-01'],
    ['line-ended', { ...line, state: 'ended' as const }, '2026-12-01'],
  ] as const)('%s', (code, of, asked) => expect(codeOf(() => decideLineEnd(of, day(asked)))).toBe(code));
});
