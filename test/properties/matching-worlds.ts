/** Random small worlds of cards for the tests of matching: few goals, places and days, so that ties, clashes and near misses are many. */
import fc from 'fast-check';
import type { LocalDate } from '../../src/kernel/index.js';
import type { MatchCard, MatchWorld } from '../../src/matching/index.js';

export const TODAY = '2026-11-22' as LocalDate;
export const GOALS = ['art', 'bowls', 'cooking', 'dating', 'films', 'gardening', 'pottery', 'singing', 'walking', 'yoga'] as const;
const HELPS = ['lift', 'skill', 'space', 'time'] as const;
const NEEDS = ['assistance-dog', 'no-animals', 'quiet', 'makes-sounds', 'bright-light', 'dim-light', 'step-free', 'easy-words'] as const;
/** Places along a road, some miles apart. */
const MILES = [0, 1, 3, 4, 9, 15, 28, 45] as const;
export const PLACES: readonly string[] = MILES.map((_, at) => `P${at}`);

export const milesOf = (a: string, b: string): number => Math.abs(MILES[Number(a.slice(1))]! - MILES[Number(b.slice(1))]!);

/** Ids whose order is not that of their making. */
export const idOfCard = (n: number): string => `${((n * 7919) % 9973).toString(16).padStart(4, '0')}-${n}`;

export const cardOf = (n: number): fc.Arbitrary<MatchCard> =>
  fc.record({
    id: fc.constant(idOfCard(n)),
    place: fc.constantFrom(...PLACES),
    goals: fc.uniqueArray(fc.constantFrom(...GOALS), { minLength: 1, maxLength: 8 }),
    days: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), { minLength: 1, maxLength: 5 }),
    pace: fc.constantFrom('gentle', 'steady', 'lively', 'any'),
    groupSize: fc.constantFrom('one', 'few', 'many', 'any'),
    distanceMiles: fc.integer({ min: 1, max: 30 }),
    needs: fc.uniqueArray(fc.constantFrom(...NEEDS), { maxLength: 2 }),
    offers: fc.uniqueArray(fc.constantFrom(...HELPS), { maxLength: 3 }),
    seeks: fc.uniqueArray(fc.constantFrom(...HELPS), { maxLength: 3 }),
    adultFrom: fc.constantFrom('1990-01-01' as LocalDate, '2008-11-22' as LocalDate, TODAY, '2026-11-23' as LocalDate, '2028-01-01' as LocalDate),
  });

/** Cards much alike but for their goals, so that what is added to the goals is mostly as much as it can be, and every bound is tight. */
export const alikeCardOf = (n: number): fc.Arbitrary<MatchCard> =>
  cardOf(n).map((card) => ({
    ...card,
    place: PLACES[n % 2]!,
    days: ['1', '3', '5'],
    pace: 'steady',
    groupSize: 'few',
    distanceMiles: 9,
    needs: [],
    offers: n % 3 === 0 ? ['lift'] : [],
    seeks: n % 3 === 1 ? ['lift'] : [],
    adultFrom: '1990-01-01' as LocalDate,
  }));

export const weightsOf: fc.Arbitrary<ReadonlyMap<string, number>> = fc
  .array(fc.integer({ min: 1, max: 100 }), { minLength: GOALS.length, maxLength: GOALS.length })
  .map((points) => new Map(GOALS.map((goal, at) => [goal, points[at]!])));

/** A world that remembers who blocked whom. */
export function worldOf(weights: ReadonlyMap<string, number>): MatchWorld & { block(a: string, b: string): void } {
  const blocked = new Set<string>();
  return {
    today: TODAY,
    weights,
    miles: milesOf,
    isBlocked: (a, b) => blocked.has(`${a} ${b}`),
    block: (a, b) => void blocked.add(`${a} ${b}`).add(`${b} ${a}`),
  };
}
