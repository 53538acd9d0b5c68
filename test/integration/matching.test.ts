/** Matching: what is suggested through the index, its desk and PostgreSQL is what the pure rules say. */
import { describe, expect, it } from '@jest/globals';
import { introductionChecks } from '../../src/introductions/index.js';
import { addMonths, dayOf, systemActor } from '../../src/kernel/index.js';
import type { MatchCard } from '../../src/matching/index.js';
import { BEST, bestPairs, Matching, milesBetween, suit } from '../../src/matching/index.js';
import type { Tx } from '../../src/platform/index.js';
import { introductionsHouse, PLACES } from '../support/introductions-house.js';

const morning = new Date(`${dayOf(new Date())}T10:00:00Z`);

const cardsIn = (tx: Tx): Promise<MatchCard[]> =>
  tx.rows<MatchCard>(
    `select id, place, goals, days, pace, group_size as "groupSize", distance_miles as "distanceMiles", needs, offers, seeks, adult_from as "adultFrom" from card where state = 'open'`,
  );

/** The pairs that were suggested, each once. */
const suggested = (tx: Tx): Promise<{ a: string; b: string; score: number; reasons: string[] }[]> =>
  tx.rows('select card_id as a, other_card_id as b, score, reasons from suggestion where card_id < other_card_id order by 1, 2');

describe('what is suggested', () => {
  it('is what the rules say, on random cards, at night and for one card', async () => {
    const house = await introductionsHouse(morning);
    let seed = 20_261_122;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const some = <T>(of: readonly T[], least: number, most: number): T[] => [
      ...new Set(Array.from({ length: least + random(most - least + 1) }, () => of[random(of.length)]!)),
    ];
    const goals = ['gardening', 'singing', 'bowls', 'cooking', 'walking', 'films', 'art', 'pottery', 'dating'];
    const today = dayOf(morning);
    for (let i = 0; i < 150; i++) {
      const who = await house.neighbour('N', { bornOn: addMonths(today, -12 * (random(5) === 0 ? 16 : 40)) });
      await house.card(who, {
        goals: some(goals, 1, 3),
        days: some(['1', '2', '3', '4', '5', '6', '7'] as const, 1, 4),
        place: PLACES[random(PLACES.length)]![0],
        distanceMiles: 1 + random(15),
        pace: (['gentle', 'steady', 'lively', 'any'] as const)[random(4)]!,
        needs: some(['assistance-dog', 'no-animals', 'quiet', 'makes-sounds', 'step-free'] as const, 0, 2),
        offers: some(['lift', 'space', 'time', 'skill'] as const, 0, 2),
        seeks: some(['lift', 'space', 'time', 'skill'] as const, 0, 2),
      });
    }
    await house.app.get(Matching).suggestAll();
    const everywhere = systemActor('test', { places: PLACES.map(([district]) => district) });
    const facts = await house.database.read(everywhere, async (tx) => ({
      cards: await cardsIn(tx),
      weights: await tx.rows<{ id: string; weight: number }>('select id, weight from goal_term'),
      miles: await tx.rows<{ a: string; b: string; miles: number }>(
        'select a.district as a, b.district as b, miles_between(a.lat, a.lon, b.lat, b.lon) as miles from place a, place b',
      ),
      places: await tx.rows<{ district: string; lat: number; lon: number }>('select district, lat, lon from place'),
      made: await suggested(tx),
    }));
    const miles = new Map(facts.miles.map((each) => [`${each.a} ${each.b}`, each.miles]));
    const expected = bestPairs(facts.cards, {
      today,
      weights: new Map(facts.weights.map((each) => [each.id, each.weight])),
      miles: (a, b) => miles.get(`${a} ${b}`)!,
      isBlocked: () => false,
    });
    expect(expected.length).toBeGreaterThan(200);
    const saidOf = (pairs: typeof expected) => pairs.map(({ a, b, score, reasons }) => ({ a, b, score, reasons }));
    expect(facts.made).toEqual(saidOf(expected));
    for (const a of facts.places) for (const b of facts.places) expect(milesBetween(a, b)).toBe(miles.get(`${a.district} ${b.district}`));

    const newcomer = await house.neighbour('N');
    const opened = await house.card(newcomer, { goals: goals.slice(0, 3), days: ['2', '4'], distanceMiles: 12 });
    await house.database.transaction(everywhere, (tx) => house.app.get(Matching).suggestFor(tx, opened));
    const after = await house.database.read(everywhere, async (tx) => ({
      card: (await cardsIn(tx)).find((card) => card.id === opened)!,
      made: await suggested(tx),
    }));
    const world = {
      today,
      weights: new Map(facts.weights.map((each) => [each.id, each.weight])),
      miles: (a: string, b: string) => miles.get(`${a} ${b}`)!,
      isBlocked: () => false,
    };
    const own = facts.cards
      .flatMap((other) => {
        const found = suit(after.card, other, world);
        return found ? [{ other: other.id, ...found }] : [];
      })
      .sort((x, y) => y.score - x.score || (x.other < y.other ? -1 : 1))
      .slice(0, BEST)
      .map(({ other, score, reasons }) => ({ a: other < opened ? other : opened, b: other < opened ? opened : other, score, reasons }))
      .sort((x, y) => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1));
    expect(own).toHaveLength(BEST);
    expect(after.made.filter((pair) => pair.a === opened || pair.b === opened)).toEqual(own);
    expect(new Set(facts.weights.map((each) => each.weight)).size).toBeGreaterThan(2);
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  }, 60_000);
});
