/** The best pairs kept beside the index are those the rules find anew, after any changes to a few cards. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Changes, MatchCard } from '../../src/matching/index.js';
import { AllPairs, bestPairs, MatchIndex, NearPlaces } from '../../src/matching/index.js';
import { cardOf, idOfCard, milesOf, PLACES, TODAY, weightsOf, worldOf } from './matching-worlds.js';

const CARDS = 80;

/** A card that many suit, so that lists are long and something has to be left out. */
const easy = (n: number): fc.Arbitrary<MatchCard> =>
  cardOf(n).map((card) => ({
    ...card,
    place: PLACES[Number(card.place.slice(1)) % 4]!,
    days: [...new Set([...card.days, card.distanceMiles % 2 === 0 ? '2' : '5'])].sort(),
    distanceMiles: 4 + (card.distanceMiles % 20),
    needs: card.needs.slice(0, card.distanceMiles % 5 === 0 ? 2 : 0),
    adultFrom: card.distanceMiles === 7 ? card.adultFrom : ('1990-01-01' as MatchCard['adultFrom']),
  }));

/** A crowd: everybody suits everybody, so every list is cut off and every bound is at work. */
const crowded = (n: number): fc.Arbitrary<MatchCard> =>
  easy(n).map((card) => ({
    ...card,
    place: PLACES[n % 2]!,
    goals: [...new Set(['art', ...card.goals.slice(1)])],
    days: [...new Set(['2', ...card.days])].sort(),
    needs: [],
    adultFrom: '1990-01-01' as MatchCard['adultFrom'],
  }));

const someId = fc.integer({ min: 0, max: CARDS + 9 }).map(idOfCard);
const changesOf = (card: typeof easy): fc.Arbitrary<Required<Changes>> =>
  fc.record({
    put: fc.uniqueArray(fc.integer({ min: 0, max: CARDS + 9 }), { maxLength: 10 }).chain((numbers) => fc.tuple(...numbers.map(card))),
    takenDown: fc.uniqueArray(someId, { maxLength: 24 }),
    blocked: fc.array(
      fc.tuple(someId, someId).filter(([a, b]) => a !== b),
      { maxLength: 3 },
    ),
  });

describe('the best pairs kept beside the index', () => {
  it.each([
    ['many', easy],
    ['all', crowded],
  ] as const)(
    'are those of the rules at first and after any changes, where %s suit each other',
    (_name, card) => {
      let left = 0;
      fc.assert(
        fc.property(
          weightsOf,
          fc.tuple(...Array.from({ length: CARDS }, (_, n) => card(n))),
          fc.array(changesOf(card), { minLength: 1, maxLength: 4 }),
          (weights, cards, rounds) => {
            const world = worldOf(weights);
            const index = new MatchIndex(NearPlaces.by(PLACES, milesOf), TODAY, weights);
            index.putAll(cards);
            const pairs = new AllPairs(index);
            pairs.refresh();
            const open = new Map<string, MatchCard>(cards.map((each) => [each.id, each]));
            const compare = (): void => {
              const found = [...pairs.pairs()].sort((x, y) => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1));
              const truth = bestPairs([...open.values()], world);
              expect(found).toEqual(truth);
              left += (open.size * (open.size - 1)) / 2 - truth.length;
            };
            compare();
            for (const round of rounds) {
              for (const id of round.takenDown) open.delete(id);
              for (const [a, b] of round.blocked) world.block(a, b);
              for (const each of round.put) open.set(each.id, each);
              pairs.change(round);
              compare();
            }
          },
        ),
        { numRuns: 25 },
      );
      expect(left).toBeGreaterThan(0);
    },
    120_000,
  );

  it('stay those of the rules through a long life of a crowd', () => {
    const [weights] = fc.sample(weightsOf, { numRuns: 1, seed: 7 });
    const world = worldOf(weights!);
    const index = new MatchIndex(NearPlaces.by(PLACES, milesOf), TODAY, weights!);
    const pairs = new AllPairs(index);
    const open = new Map<string, MatchCard>();
    for (const [round, { put, takenDown }] of fc.sample(changesOf(crowded), { numRuns: 120, seed: 11 }).entries()) {
      const more = round % 6 === 0 ? fc.sample(fc.tuple(...Array.from({ length: CARDS }, (_, n) => crowded(n))), { numRuns: 1, seed: round })[0]! : [];
      const cards = [...new Map([...more, ...put].map((card) => [card.id, card])).values()];
      for (const id of takenDown) open.delete(id);
      for (const card of cards) open.set(card.id, card);
      pairs.change({ put: cards, takenDown });
      const found = [...pairs.pairs()].map(({ a, b, score }) => `${a} ${b} ${score}`).sort();
      expect(found).toEqual(
        bestPairs([...open.values()], world)
          .map(({ a, b, score }) => `${a} ${b} ${score}`)
          .sort(),
      );
    }
  }, 120_000);
});
