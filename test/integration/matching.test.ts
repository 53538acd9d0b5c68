/** Matching: the one statement that finds pairs and the pure rules say the same. */
import { describe, expect, it } from '@jest/globals';
import { introductionChecks } from '../../src/introductions/index.js';
import { addMonths, dayOf, systemActor } from '../../src/kernel/index.js';
import type { MatchCard } from '../../src/matching/index.js';
import { bestPairs, Matching, pairsOf } from '../../src/matching/index.js';
import { introductionsHouse, PLACES } from '../support/introductions-house.js';

const morning = new Date(`${dayOf(new Date())}T10:00:00Z`);

describe('the statement that finds pairs', () => {
  it('says the same as the rules, on random cards', async () => {
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
      cards: await tx.rows<MatchCard>(
        `select id, place, goals, days, pace, group_size as "groupSize", distance_miles as "distanceMiles", needs, offers, seeks, adult_from as "adultFrom" from card where state = 'open'`,
      ),
      weights: await tx.rows<{ id: string; weight: number }>('select id, weight from goal_term'),
      miles: await tx.rows<{ a: string; b: string; miles: number }>(
        'select a.district as a, b.district as b, miles_between(a.lat, a.lon, b.lat, b.lon) as miles from place a, place b',
      ),
      pairs: await pairsOf(
        tx,
        PLACES.map(([district]) => district),
        null,
      ),
      one: await tx.row<{ id: string; place: string }>('select id, place from card order by id limit 1'),
    }));
    const miles = new Map(facts.miles.map((each) => [`${each.a} ${each.b}`, each.miles]));
    const expected = bestPairs(facts.cards, {
      today,
      weights: new Map(facts.weights.map((each) => [each.id, each.weight])),
      miles: (a, b) => miles.get(`${a} ${b}`)!,
      isBlocked: () => false,
    });
    expect(expected.length).toBeGreaterThan(200);
    expect(facts.pairs).toEqual(expected);
    const ofOne = await house.database.read(everywhere, (tx) => pairsOf(tx, [facts.one!.place], facts.one!.id));
    for (const found of ofOne) expect(expected).toContainEqual(found);
    expect(new Set(facts.weights.map((each) => each.weight)).size).toBeGreaterThan(2);
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  }, 60_000);
});
