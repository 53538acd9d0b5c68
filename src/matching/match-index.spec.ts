import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { MatchIndex } from './match-index.js';
import type { MatchCard } from './matching.rules.js';
import { milesBetween, NearPlaces } from './near-places.js';

const today = '2026-11-22' as LocalDate;
const card = (id: string, over: Partial<MatchCard> = {}): MatchCard => ({
  id,
  place: 'M33',
  goals: ['gardening'],
  days: ['2'],
  pace: 'gentle',
  groupSize: 'few',
  distanceMiles: 5,
  needs: [],
  offers: [],
  seeks: [],
  adultFrom: '1990-01-01' as LocalDate,
  ...over,
});
const places = [
  { district: 'M33', lat: 53.42, lon: -2.32 },
  { district: 'M32', lat: 53.45, lon: -2.31 },
  { district: 'BL1', lat: 53.59, lon: -2.43 },
];
const indexOf = (...cards: MatchCard[]): MatchIndex => {
  const index = new MatchIndex(NearPlaces.ofMap(places), today, new Map([['gardening', 20]]));
  index.putAll(cards);
  return index;
};
const others = (index: MatchIndex, id: string): string[] => index.best(id).map((each) => each.other);

describe('the index of cards', () => {
  it('answers best first, ties by id, and never the card itself', () => {
    const index = indexOf(card('c'), card('b', { days: ['2', '3'] }), card('a'), card('d', { place: 'M32' }));
    expect(index.best('b').map(({ other, score }) => [other, score])).toEqual([
      ['a', 20 + 5 + 10 + 5 + 10],
      ['c', 20 + 5 + 10 + 5 + 10],
      ['d', 20 + 5 + 10 + 5 + 8],
    ]);
    expect(index.best('nobody')).toEqual([]);
  });

  it('puts a card where it now is, takes one out, and keeps a block when it is opened again', () => {
    const index = indexOf(card('a'), card('b'), card('c'));
    index.put(card('b', { place: 'BL1' }));
    expect(others(index, 'a')).toEqual(['c']);
    index.put(card('b'));
    index.takeDown('c');
    expect(others(index, 'a')).toEqual(['b']);
    index.block('c', 'a');
    index.put(card('c'));
    expect(others(index, 'a')).toEqual(['b']);
    expect(others(index, 'b')).toEqual(['a', 'c']);
    expect(index.size).toBe(3);
  });

  it('has room for more cards, districts and goals than it was made for', () => {
    const many = Array.from({ length: 300 }, (_, n) => card(`${1000 + n}`, { goals: [`goal-${n % 150}`, 'gardening'], place: places[n % 3]!.district }));
    const index = indexOf(...many);
    expect(index.size).toBe(300);
    expect(index.goalCounts().get('gardening')).toBe(300);
    index.weigh(new Map(many.map((each) => [each.goals[0]!, 30])));
    expect(index.best('1000')[0]).toMatchObject({ other: '1150', reasons: ['goal:goal-0', 'goal:gardening', 'day:2'] });
  });

  it('refuses a district that is on no map, and more than eight goals', () => {
    expect(() => indexOf(card('a', { place: 'ZZ9' }))).toThrow('no such district: ZZ9');
    expect(() => indexOf(card('a', { goals: Array.from({ length: 9 }, (_, n) => `g${n}`) }))).toThrow(RangeError);
  });
});

describe('near places', () => {
  it('are those within 30 miles, nearest first, itself at 0', () => {
    const near = NearPlaces.ofMap([...places, { district: 'TR1', lat: 50.26, lon: -5.05 }]);
    const [here, far] = [near.numberOf('M33'), near.numberOf('TR1')];
    expect(Array.from(near.miles.subarray(near.starts[here], near.starts[here + 1]))).toEqual([0, 2, milesBetween(places[0]!, places[2]!)]);
    expect(near.between(here, far)).toBeUndefined();
    expect(near.between(far, far)).toBe(0);
  });
});
