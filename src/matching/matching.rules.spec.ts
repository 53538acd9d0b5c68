import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import type { MatchCard, MatchWorld } from './matching.rules.js';
import { BEST, bestPairs, goalWeight, suit } from './matching.rules.js';

const card = (over: Partial<MatchCard> = {}): MatchCard => ({
  id: 'a',
  place: 'M33',
  goals: ['gardening', 'singing'],
  days: ['2', '4'],
  pace: 'gentle',
  groupSize: 'few',
  distanceMiles: 5,
  needs: [],
  offers: [],
  seeks: [],
  adultFrom: '1990-01-01' as LocalDate,
  ...over,
});

const world = (over: Partial<MatchWorld> = {}): MatchWorld => ({
  today: '2026-11-22' as LocalDate,
  weights: new Map([
    ['gardening', 20],
    ['singing', 50],
    ['bowls', 90],
  ]),
  miles: (a, b) => (a === b ? 0 : 4),
  isBlocked: () => false,
  ...over,
});

describe('how two cards suit each other', () => {
  it('adds up: goals 70, one day 5, same pace 10, size 5, nearness 6', () => {
    expect(suit(card(), card({ id: 'b', place: 'M32', days: ['2'] }), world())).toEqual({ score: 96, reasons: ['goal:singing', 'goal:gardening', 'day:2'] });
  });

  it('says goal, day and miles when there is one goal in common', () => {
    expect(suit(card(), card({ id: 'b', place: 'M32', goals: ['gardening'] }), world())?.reasons).toEqual(['goal:gardening', 'day:2', 'miles:4']);
  });

  it('says when one can help the other', () => {
    expect(suit(card({ goals: ['gardening'], offers: ['lift'] }), card({ id: 'b', seeks: ['lift'], goals: ['gardening'] }), world())?.reasons).toEqual([
      'goal:gardening',
      'help:lift',
      'day:2',
    ]);
  });

  it('is the same from both sides', () => {
    const other = card({
      id: 'b',
      place: 'M32',
      goals: ['singing', 'bowls'],
      days: ['4', '5'],
      pace: 'any',
      groupSize: 'any',
      seeks: ['space'],
      offers: ['lift'],
    });
    expect(suit(card({ offers: ['space'] }), other, world())).toEqual(suit(other, card({ offers: ['space'] }), world()));
  });

  it.each<[string, Partial<MatchCard>, Partial<MatchWorld>]>([
    ['one is under 18', { adultFrom: '2026-11-23' as LocalDate }, {}],
    ['further than one of them goes', { place: 'M32', distanceMiles: 3 }, {}],
    ['no day in common', { days: ['1'] }, {}],
    ['no goal in common', { goals: ['bowls'] }, {}],
    ['a dog beside somebody who needs no animals', { needs: ['assistance-dog'] }, {}],
    ['a block', {}, { isBlocked: () => true }],
    ['the same card', { id: 'a' }, {}],
  ])('not at all when: %s', (_what, other, over) => {
    const mine = card({ needs: ['no-animals'] });
    expect(suit(mine, card({ id: 'b' }), world())).toBeDefined();
    expect(suit(mine, card({ id: 'b', ...other }), world(over))).toBeUndefined();
    expect(suit(card({ id: 'b', ...other }), mine, world(over))).toBeUndefined();
  });

  it('lets two people of 17 meet', () => {
    const young = { adultFrom: '2027-11-23' as LocalDate };
    expect(suit(card(young), card({ id: 'b', ...young }), world())).toBeDefined();
  });
});

describe('the best pairs', () => {
  it('are suggested to both when they are among the best of either', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => card({ id: `crowd-${String(i).padStart(2, '0')}`, days: ['2', '4', '6'] }));
    const lone = card({ id: 'lone', goals: ['gardening'], days: ['2'] });
    const pairs = bestPairs([...crowd, lone], world());
    expect(pairs.filter((pair) => pair.a === 'lone' || pair.b === 'lone')).toHaveLength(BEST);
    for (const pair of pairs) expect(pair.a < pair.b).toBe(true);
  });
});

describe('the weight of a goal', () => {
  it.each([
    [1000, 1],
    [1000, 100],
    [1000, 1000],
    [0, 0],
    [200000, 1],
  ])('of %i cards with %i: from 1 to 100, more when rarer', (cards, held) => {
    expect(goalWeight(cards, held)).toBeGreaterThanOrEqual(1);
    expect(goalWeight(cards, held)).toBeLessThanOrEqual(100);
    if (held > 1) expect(goalWeight(cards, held - 1)).toBeGreaterThanOrEqual(goalWeight(cards, held));
  });
});
