/** Proposed groups are stable: a checker that knows only the definition finds no fault, and names a set of people in every broken grouping. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MatchCard } from '../../src/matching/index.js';
import { AllPairs, GroupChecker, groupsOf, MatchIndex, NearPlaces } from '../../src/matching/index.js';
import { cardOf, milesOf, PLACES, TODAY, weightsOf, worldOf } from './matching-worlds.js';

const CARDS = 36;

/** Cards that form groups: few goals and places. */
const joining = (n: number): fc.Arbitrary<MatchCard> =>
  cardOf(n).map((card) => ({
    ...card,
    place: PLACES[n % 3]!,
    goals: [...new Set(card.goals.map((goal) => (goal > 'f' ? 'films' : goal)))],
    days: [...new Set([...card.days, card.distanceMiles % 2 === 0 ? '2' : '5'])].sort(),
    needs: card.needs.slice(0, 1),
    groupSize: card.groupSize === 'one' ? 'few' : card.groupSize,
    adultFrom: '1990-01-01' as MatchCard['adultFrom'],
  }));

const worlds = fc.tuple(
  weightsOf,
  fc.tuple(...Array.from({ length: CARDS }, (_, n) => joining(n))),
  fc.option(fc.integer({ min: 2, max: 5 }), { nil: undefined }),
);

function settle(weights: ReadonlyMap<string, number>, cards: readonly MatchCard[], most: number | undefined, least?: number) {
  const index = new MatchIndex(NearPlaces.by(PLACES, milesOf), TODAY, weights);
  index.putAll(cards);
  const pairs = new AllPairs(index);
  pairs.refresh();
  const groups = groupsOf(pairs, most, least === undefined ? {} : { least });
  const best = new Map(cards.map((card) => [card.id, index.best(card.id).map((each) => each.other)]));
  const check = (grouping: readonly (readonly string[])[]) =>
    new GroupChecker(
      { cards, world: worldOf(weights), bestOf: (id) => best.get(id)!, ...(most === undefined ? {} : { most }), ...(least === undefined ? {} : { least }) },
      grouping,
    ).faults();
  return { groups, grouping: groups.map((group) => group.cards), check };
}

describe('stable groups', () => {
  it('have no fault by the checker, and say rightly what their members have in common', () => {
    let large = 0;
    fc.assert(
      fc.property(worlds, ([weights, cards, most]) => {
        const { groups, grouping, check } = settle(weights, cards, most);
        expect(check(grouping)).toEqual([]);
        const byId = new Map(cards.map((card) => [card.id, card]));
        for (const { cards: ids, days, goals, widest } of groups) {
          const members = ids.map((id) => byId.get(id)!);
          expect(days).toEqual(['1', '2', '3', '4', '5', '6', '7'].filter((day) => members.every((member) => member.days.includes(day))));
          expect(new Set(goals)).toEqual(new Set(members[0]!.goals.filter((goal) => members.every((member) => member.goals.includes(goal)))));
          expect(widest).toBe(Math.max(...members.flatMap((a) => members.map((b) => milesOf(a.place, b.place)))));
          if (members.length > 2) large += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(large).toBeGreaterThan(20);
  }, 120_000);

  it('have no fault either when nobody is put together with one other alone', () => {
    let formed = 0;
    fc.assert(
      fc.property(worlds, ([weights, cards]) => {
        const { groups, grouping, check } = settle(weights, cards, undefined, 3);
        expect(check(grouping)).toEqual([]);
        for (const { cards: ids } of groups) expect(ids.length).toBeGreaterThan(2);
        formed += groups.length;
        const pairsToo = settle(weights, cards, undefined).grouping.filter((group) => group.length === 2);
        if (pairsToo[0]) expect(check([pairsToo[0]])).toMatchObject([{ kind: 'not-allowed' }]);
      }),
      { numRuns: 25 },
    );
    expect(formed).toBeGreaterThan(20);
  }, 120_000);

  it('are those of some alone when others may not be asked: as if the others were not there', () => {
    let formed = 0;
    fc.assert(
      fc.property(worlds, fc.integer({ min: CARDS / 3, max: CARDS }), ([weights, cards], asked) => {
        const index = new MatchIndex(NearPlaces.by(PLACES, milesOf), TODAY, weights);
        index.putAll(cards);
        const pairs = new AllPairs(index);
        pairs.refresh();
        const some = cards.filter((_, n) => (n * 7) % CARDS < asked);
        const alone = settle(weights, some, undefined, 3);
        const groups = groupsOf(pairs, undefined, { least: 3, among: some.map((card) => card.id) });
        expect(groups).toEqual(alone.groups);
        expect(alone.check(groups.map((group) => group.cards))).toEqual([]);
        formed += groups.length;
      }),
      { numRuns: 25 },
    );
    expect(formed).toBeGreaterThan(20);
  }, 120_000);

  it('are told from groups of which one was sent home, whose members are named', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), ([weights, cards, most], which) => {
        const { grouping, check } = settle(weights, cards, most);
        fc.pre(grouping.length > 0);
        const gone = grouping[which % grouping.length]!;
        const faults = check(grouping.filter((group) => group !== gone));
        expect(faults.length).toBeGreaterThan(0);
        for (const fault of faults) expect(fault).toMatchObject({ kind: 'would-rather' });
        expect(faults.some((fault) => fault.members.some((member) => gone.includes(member)))).toBe(true);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('are told from any other grouping: of several stable ones there is never more than this', () => {
    fc.assert(
      fc.property(worlds, fc.array(fc.nat(), { minLength: 2, maxLength: 2 }), ([weights, cards, most], [x, y]) => {
        const { grouping, check } = settle(weights, cards, most);
        const first = x! % Math.max(1, grouping.length);
        const second = y! % Math.max(1, grouping.length);
        fc.pre(first !== second);
        // Two people change places.
        const [a, b] = [grouping[first]!.at(-1)!, grouping[second]![0]!];
        const swapped = grouping.map((group) => group.map((id) => (id === a ? b : id === b ? a : id)));
        expect(check(swapped).length).toBeGreaterThan(0);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
