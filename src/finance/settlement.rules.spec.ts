import { describe, expect, it } from '@jest/globals';
import type { PersonId, PoolId } from '../kernel/index.js';
import { DomainError, newId, pence } from '../kernel/index.js';
import type { Debt, FeeDue } from './settlement.rules.js';
import { checkCover, decideFees, decidePayBack, decideReturn, gapOf, returnableOf } from './settlement.rules.js';

const person = newId<'person'>() as PersonId;
const other = newId<'person'>() as PersonId;
const [swimmers, gardeners] = [newId<'pool'>() as PoolId, newId<'pool'>() as PoolId];
const debt = (owes: number, covered: number): Debt => ({ person, owes: pence(owes), covered: pence(covered) });

function code(work: () => unknown): string {
  try {
    work();
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('a member’s debt and its cover', () => {
  it.each([
    // owes, covered, gap, to return
    [6_000, 0, 6_000, 0],
    [6_000, 2_500, 3_500, 0],
    [6_000, 6_000, 0, 0],
    [1_000, 6_000, 0, 5_000],
    [0, 6_000, 0, 6_000],
    [0, 0, 0, 0],
  ])('of %i with %i covered leaves a gap of %i and gives %i back', (owes, covered, gap, toReturn) => {
    expect([gapOf(debt(owes, covered)), returnableOf(debt(owes, covered))]).toEqual([pence(gap), pence(toReturn)]);
  });

  it.each([
    [6_000, 6_000, 6_000, 0],
    [6_000, 2_000, 2_000, 0],
    [6_000, 6_001, 6_000, 1],
  ])('of %i, paid with %i, is settled by %i and leaves %i', (owes, paid, back, rest) => {
    expect(decidePayBack(debt(owes, 0), pence(paid))).toEqual({ back: pence(back), rest: pence(rest) });
  });

  it('refuses what there is no reason for', () => {
    expect(code(() => decidePayBack(debt(0, 0), pence(1)))).toBe('nothing-owed');
    expect(code(() => checkCover(debt(6_000, 2_500), pence(3_501)))).toBe('more-than-the-gap');
    expect(code(() => checkCover(debt(6_000, 2_500), pence(3_500)))).toBe('done');
    expect(code(() => decideReturn(debt(6_000, 6_000)))).toBe('nothing-to-return');
    expect(decideReturn(debt(5_999, 6_000))).toBe(1n);
  });
});

describe('fees due', () => {
  const due: FeeDue[] = [
    { owedBy: 'money-holder', person: null, pool: null, amount: pence(650) },
    { owedBy: 'money-holder', person, pool: swimmers, amount: pence(200) },
    { owedBy: 'contributor', person, pool: gardeners, amount: pence(60) },
    { owedBy: 'contributor', person: other, pool: gardeners, amount: pence(40) },
  ];

  it('are settled in the order given, the last part cut', () => {
    expect(decideFees(due, { owedBy: 'money-holder' }, pence(700))).toEqual([
      { person: null, pool: null, amount: 650n },
      { person, pool: swimmers, amount: 50n },
    ]);
    expect(decideFees(due, { owedBy: 'money-holder', pool: swimmers }, pence(200))).toEqual([{ person, pool: swimmers, amount: 200n }]);
    expect(decideFees(due, { owedBy: 'contributor', person: other }, pence(40))).toEqual([{ person: other, pool: gardeners, amount: 40n }]);
  });

  it('are nobody else’s', () => {
    expect(code(() => decideFees(due, { owedBy: 'contributor' }, pence(1)))).toBe('contributor-not-named');
    expect(code(() => decideFees(due, { owedBy: 'contributor', person: other }, pence(41)))).toBe('more-than-due');
    expect(code(() => decideFees(due, { owedBy: 'icb' }, pence(1)))).toBe('more-than-due');
    expect(code(() => decideFees(due, { owedBy: 'money-holder' }, pence(851)))).toBe('more-than-due');
  });
});
