import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Pence, PersonId } from '../../kernel/index.js';
import type { CostedIdea } from './equal-shares.rules.js';
import { byEqualShares, byVotes } from './equal-shares.rules.js';

const people = (count: number, from = 1): PersonId[] => Array.from({ length: count }, (_, n) => `p${n + from}` as PersonId);
const idea = (id: string, cost: number, wantedBy: readonly PersonId[]): CostedIdea => ({ id, cost: BigInt(cost) as Pence, wantedBy });
const pence = (sum: number): Pence => BigInt(sum) as Pence;

describe('sharing money out between ideas', () => {
  it('gives 51 in a hundred five ideas of ten and 49 the other five, where counting votes gives the 51 all ten (Wikipedia, “Method of Equal Shares”, motivation)', () => {
    const [most, fewer] = [people(51), people(49, 52)];
    const ideas = [
      ...Array.from({ length: 10 }, (_, n) => idea(`red ${n}`, 100_00, most)),
      ...Array.from({ length: 10 }, (_, n) => idea(`blue ${n}`, 100_00, fewer)),
    ];
    const fair = byEqualShares(pence(1_000_00), ideas, [...most, ...fewer]);
    expect(fair.funded.filter((id) => id.startsWith('red'))).toHaveLength(5);
    expect(fair.funded.filter((id) => id.startsWith('blue'))).toHaveLength(5);
    expect(fair.leftOut).toEqual([]);
    const counted = byVotes(pence(1_000_00), ideas);
    expect(counted.funded.filter((id) => id.startsWith('red'))).toHaveLength(10);
    expect(counted.leftOut).toEqual(fewer);
  });

  it('asks of each supporter cost over votes while purses are full, and takes what costs each least first (the first rounds of the worked example there)', () => {
    // 100 voters with 10 dollars each, projects of 200 dollars: 66 supporters pay 3.03 each, 60 pay 3.33, 56 pay at most 3.64.
    const all = people(100);
    const ideas = [idea('A', 200_00, all.slice(0, 60)), idea('C', 200_00, all.slice(44)), idea('D', 200_00, all.slice(0, 66))];
    expect(byEqualShares(pence(1_000_00), ideas, all).funded.slice(0, 2)).toEqual(['D', 'A']);
  });

  it.each([
    ['what one person wants and can pay for', [idea('a', 25_00, people(1))], 100_00, 4, ['a']],
    ['a dear idea only to those who can pay it together', [idea('a', 90_00, people(2)), idea('b', 40_00, people(2, 3))], 100_00, 4, ['b']],
    [
      'the cheaper of two that cost each supporter the same beside their cost',
      [idea('dear', 20_00, people(2)), idea('cheap', 10_00, people(2))],
      30_00,
      2,
      ['cheap', 'dear'],
    ],
    ['the first named of two that are alike', [idea('first', 50_00, people(2)), idea('second', 50_00, people(2))], 50_00, 2, ['first']],
    ['nothing to an idea that nobody wants', [idea('a', 10_00, [])], 100_00, 4, []],
    ['nothing where there are no members', [], 100_00, 0, []],
  ] as const)('gives %s', (_what, ideas, budget, members, funded) => {
    expect(byEqualShares(pence(budget), ideas, people(members)).funded).toEqual(funded);
  });

  it('uses what is left, a pound more in each purse at a time', () => {
    // Each has £10: together two supporters have £20, and the idea is £21. With £11 each it is theirs.
    const ideas = [idea('a', 21_00, people(2))];
    expect(byEqualShares(pence(30_00), ideas, people(3))).toEqual({ funded: ['a'], spent: 21_00n, leftOut: [] });
  });

  it('shares three equal purses to the last fraction of a penny', () => {
    const ideas = [idea('a', 10_00, people(3))];
    expect(byEqualShares(pence(10_00), ideas, people(3)).funded).toEqual(['a']);
  });

  const world = fc.integer({ min: 1, max: 8 }).chain((members) =>
    fc.record({
      members: fc.constant(people(members)),
      budget: fc.integer({ min: 1, max: 50_000 }).map(pence),
      ideas: fc.array(fc.record({ cost: fc.integer({ min: 1, max: 20_000 }), wanted: fc.subarray(people(members)) }), { maxLength: 10 }),
    }),
  );

  it('never spends more than there is, funds nothing that nobody wants, and says who is left out', () => {
    fc.assert(
      fc.property(world, ({ members, budget, ideas: plain }) => {
        const ideas = plain.map(({ cost, wanted }, n) => idea(`i${n}`, cost, wanted));
        for (const { funded, spent, leftOut } of [byEqualShares(budget, ideas, members), byVotes(budget, ideas)]) {
          const chosen = ideas.filter((each) => funded.includes(each.id));
          expect(new Set(funded).size).toBe(funded.length);
          expect(spent).toBe(chosen.reduce((sum, each) => sum + each.cost, 0n));
          expect(spent <= budget).toBe(true);
          expect(chosen.every((each) => each.wantedBy.length > 0)).toBe(true);
          for (const person of members) {
            const wants = ideas.some((each) => each.wantedBy.includes(person));
            const has = chosen.some((each) => each.wantedBy.includes(person));
            expect(leftOut.includes(person)).toBe(wants && !has);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('leaves nobody out who wants something that a group wanting it could pay from its own equal parts (justified representation)', () => {
    fc.assert(
      fc.property(world, ({ members, budget, ideas: plain }) => {
        const ideas = plain.map(({ cost, wanted }, n) => idea(`i${n}`, cost, wanted));
        const { funded, leftOut } = byEqualShares(budget, ideas, members);
        for (const each of ideas) {
          if (funded.includes(each.id)) continue;
          // All who want it and were given nothing: their untouched parts together do not reach its cost.
          const without = each.wantedBy.filter((person) => leftOut.includes(person)).length;
          expect(BigInt(without) * budget < each.cost * BigInt(members.length)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
