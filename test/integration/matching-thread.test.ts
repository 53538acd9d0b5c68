/** The desk of matching answers the same in a thread of its own, which runs the compiled file (made before tests), as in the one that asks. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MatchCard, Place } from '../../src/matching/index.js';
import { bestPairs, DeskThread, goalWeight, milesBetween } from '../../src/matching/index.js';
import { cardOf, GOALS, TODAY } from '../properties/matching-worlds.js';

const file = new URL('../../dist/src/matching/matching.thread.js', import.meta.url);
const places: Place[] = Array.from({ length: 8 }, (_, n) => ({ district: `P${n}`, lat: 52 + n / 50, lon: -1 - n / 70 }));
const cards = fc.sample(fc.tuple(...Array.from({ length: 400 }, (_, n) => cardOf(n))), { numRuns: 1, seed: 5 })[0]!;

async function askAll(desk: DeskThread) {
  await desk.ask('open', places, TODAY);
  for (let at = 0; at < cards.length; at += 100) await desk.ask('take', cards.slice(at, at + 100), at === 0 ? [[cards[0]!.id, cards[1]!.id]] : []);
  const weights = await desk.ask('weigh', [...GOALS]);
  const total = await desk.ask('refresh');
  const batches = [];
  for (;;) {
    const batch = await desk.ask('nextPairs', 50);
    if (batch.places.length === 0) break;
    batches.push(batch);
  }
  return { weights, total, batches, groups: await desk.ask('groups') };
}

describe('the thread of matching', () => {
  it('answers as the rules do, in batches that name their places, and so does the desk in this thread', async () => {
    const [near, far] = [DeskThread.start(undefined), DeskThread.start(file)];
    try {
      const here = await askAll(near);
      let turns = 0;
      const turning = setInterval(() => (turns += 1), 1);
      const there = await askAll(far);
      clearInterval(turning);
      expect(there).toEqual(here);
      expect(turns).toBeGreaterThan(2); // this thread had time of its own meanwhile
      const weights = new Map(GOALS.map((goal) => [goal, goalWeight(cards.length, cards.filter((card) => card.goals.includes(goal)).length)]));
      expect(new Map(here.weights)).toEqual(weights);
      const at = new Map(places.map((place) => [place.district, place]));
      const [a, b] = [cards[0]!.id, cards[1]!.id];
      const truth = bestPairs(cards, {
        today: TODAY,
        weights,
        miles: (x, y) => milesBetween(at.get(x)!, at.get(y)!),
        isBlocked: (x, y) => (x === a && y === b) || (x === b && y === a),
      });
      const order = (pairs: readonly { a: string; b: string }[]) => [...pairs].sort((x, y) => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1));
      expect(order(here.batches.flatMap((batch) => batch.pairs))).toEqual(truth);
      const placeOf = new Map(cards.map((card: MatchCard) => [card.id, card.place]));
      for (const batch of here.batches)
        for (const pair of batch.pairs) expect(batch.places).toEqual(expect.arrayContaining([placeOf.get(pair.a), placeOf.get(pair.b)]));
      expect(here.batches.at(-1)!.done).toBe(cards.length);
    } finally {
      await far.close();
    }
  }, 60_000);

  it('says what went wrong, and that it ended', async () => {
    const desk = DeskThread.start(file);
    await desk.ask('open', places, TODAY);
    await expect(desk.ask('take', [{ ...cards[0]!, place: 'P99' }], [])).rejects.toThrow('no such district: P99');
    await desk.close();
    await expect(desk.ask('refresh')).rejects.toThrow(/ended/);
  });
});
