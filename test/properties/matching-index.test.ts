/** The index of cards says what comparing each card with every other by the rules says, whatever was opened, changed, taken down or blocked. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MatchCard } from '../../src/matching/index.js';
import { BEST, MatchIndex, NearPlaces, suit } from '../../src/matching/index.js';
import { alikeCardOf, cardOf, idOfCard, PLACES, milesOf, TODAY, weightsOf, worldOf } from './matching-worlds.js';

const CARDS = 90;

type Change =
  | { readonly kind: 'put'; readonly card: MatchCard }
  | { readonly kind: 'take-down'; readonly id: string }
  | { readonly kind: 'block'; readonly a: string; readonly b: string };

const someCard = fc.integer({ min: 0, max: CARDS - 1 });
const changesOf = (card: typeof cardOf): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 5, arbitrary: someCard.chain(card).map((each) => ({ kind: 'put' as const, card: each })) },
    { weight: 2, arbitrary: someCard.map((n) => ({ kind: 'take-down' as const, id: idOfCard(n) })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(someCard, someCard)
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => ({ kind: 'block' as const, a: idOfCard(a), b: idOfCard(b) })),
    },
  );

describe('the index of cards', () => {
  it.each([
    ['of all kinds', cardOf],
    ['much alike', alikeCardOf],
  ] as const)(
    'answers the 20 best as the rules do, with score and reasons, after any changes, of cards %s',
    (_name, cardAt) => {
      let answers = 0;
      let full = 0;
      fc.assert(
        fc.property(
          weightsOf,
          fc.tuple(...Array.from({ length: CARDS }, (_, n) => cardAt(n))),
          fc.array(fc.array(changesOf(cardAt), { maxLength: 12 }), { minLength: 1, maxLength: 3 }),
          (weights, cards, rounds) => {
            const world = worldOf(weights);
            const index = new MatchIndex(NearPlaces.by(PLACES, milesOf), TODAY, weights);
            const open = new Map<string, MatchCard>();
            for (const card of cards) {
              open.set(card.id, card);
              index.put(card);
            }
            for (const round of [[], ...rounds]) {
              for (const change of round) {
                if (change.kind === 'put') {
                  open.set(change.card.id, change.card);
                  index.put(change.card);
                } else if (change.kind === 'take-down') {
                  open.delete(change.id);
                  index.takeDown(change.id);
                } else {
                  world.block(change.a, change.b);
                  index.block(change.a, change.b);
                }
              }
              expect(index.size).toBe(open.size);
              for (const card of open.values()) {
                const truth = [...open.values()]
                  .flatMap((other) => {
                    const found = suit(card, other, world);
                    return found ? [{ other: other.id, ...found }] : [];
                  })
                  .sort((a, b) => b.score - a.score || (a.other < b.other ? -1 : 1))
                  .slice(0, BEST);
                expect(index.best(card.id)).toEqual(truth);
                answers += 1;
                if (truth.length === BEST) full += 1;
              }
            }
          },
        ),
        { numRuns: 30 },
      );
      // Worth something only where more than 20 suit a card, so that something has to be left out.
      expect(full).toBeGreaterThan(answers / 20);
    },
    120_000,
  );
});
