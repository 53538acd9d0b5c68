import { describe, expect, it } from '@jest/globals';
import * as nhsNumbers from 'nhs-number-validator';
import {
  FAMILY_NAMES,
  FIRST_NAMES,
  GOALS,
  NHS_NUMBER_COUNT,
  PLACES,
  PROVIDERS,
  WELLBEING_AREAS,
  bankDetailsFor,
  nhsNumberFor,
  personName,
  randomFrom,
} from './index.js';

/** The library's function; read loosely, since the library has no types of its own. */
const { validate } = nhsNumbers as unknown as { validate: (digits: string) => boolean };

const distinct = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

describe('chance', () => {
  const draws = (seed: number | string): number[] => {
    const random = randomFrom(seed);
    return Array.from({ length: 5 }, () => random.next());
  };

  it('repeats itself for the same seed and for no other', () => {
    expect(draws(1)).toEqual(draws('1'));
    expect(draws(1)).not.toEqual(draws(2));
    expect(randomFrom(1).branch('people').next()).not.toBe(randomFrom(1).branch('pools').next());
  });

  it('gives these numbers on every machine', () => {
    expect(draws(1).map((each) => each.toFixed(6))).toEqual(['0.324375', '0.107192', '0.516011', '0.106889', '0.066346']);
  });

  it('is even: each tenth gets about a tenth', () => {
    const random = randomFrom('even');
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i++) tenths[random.int(10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('draws log-normally around the median', () => {
    const random = randomFrom('money');
    const sums = Array.from({ length: 20_001 }, () => random.logNormal(10_400, 0.8)).sort((a, b) => a - b);
    expect(sums[10_000]! / 10_400).toBeCloseTo(1, 1);
    expect(sums[16_826]! / 10_400).toBeCloseTo(Math.exp(0.8), 0);
    expect(random.logNormal(5, 0)).toBe(5);
  });

  it('chooses some without repeating any, and refuses to choose from nothing', () => {
    const random = randomFrom(3);
    expect(distinct(random.some(PLACES, 6))).toBe(true);
    expect(random.some([1, 2], 5).sort()).toEqual([1, 2]);
    expect(() => random.pick([])).toThrow(RangeError);
  });
});

describe('numbers', () => {
  it('gives every NHS number of the test range once, each with a right check digit', () => {
    const all = new Set<string>();
    for (let index = 0; index < NHS_NUMBER_COUNT; index++) all.add(nhsNumberFor(index));
    expect(all.size).toBe(NHS_NUMBER_COUNT);
    for (let index = 0; index < NHS_NUMBER_COUNT; index += 997) {
      const number = nhsNumberFor(index);
      expect(number).toMatch(/^999\d{7}$/);
      expect(validate(number)).toBe(true);
    }
  });

  it.each([-1, 0.5, NHS_NUMBER_COUNT])('has no NHS number %s', (index) => {
    expect(() => nhsNumberFor(index)).toThrow(RangeError);
  });

  it('invents accounts at no bank, each its own', () => {
    const details = Array.from({ length: 5000 }, (_, index) => bankDetailsFor(index));
    expect(details.every((each) => /^00\d{4}$/.test(each.sortCode) && /^\d{8}$/.test(each.accountNumber))).toBe(true);
    expect(distinct(details.map((each) => each.sortCode + each.accountNumber))).toBe(true);
  });
});

describe('the invented district', () => {
  it('has fourteen places whose shares come to a thousand', () => {
    expect(PLACES).toHaveLength(14);
    expect(distinct(PLACES.map((place) => place.name))).toBe(true);
    expect(PLACES.reduce((sum, place) => sum + place.share, 0)).toBe(1000);
    for (const place of PLACES) {
      expect(place.postcodeDistrict).toMatch(/^[A-Z]{1,2}\d{1,2}$/);
      expect(place.latitude).toBeGreaterThan(53.3);
      expect(place.longitude).toBeLessThan(-2.2);
    }
  });

  it('has providers with sensible prices, somewhere', () => {
    expect(PROVIDERS.length).toBeGreaterThanOrEqual(60);
    expect(distinct(PROVIDERS.map((each) => each.name))).toBe(true);
    for (const each of PROVIDERS) {
      expect(each.lowestPence > 0n && each.lowestPence < each.highestPence).toBe(true);
      expect(PLACES.map((place) => place.name)).toContain(each.place);
    }
    expect(PROVIDERS.find((each) => each.unit === 'mile')).toMatchObject({ lowestPence: 45n, highestPence: 90n });
  });

  it('names people', () => {
    expect(FIRST_NAMES.length).toBeGreaterThanOrEqual(120);
    expect(FAMILY_NAMES.length).toBeGreaterThanOrEqual(120);
    expect(distinct(FIRST_NAMES) && distinct(FAMILY_NAMES)).toBe(true);
    expect(personName(randomFrom(1))).toEqual(personName(randomFrom(1)));
  });

  it('has goals in every area of wellbeing, with words of their own', () => {
    expect(GOALS.length).toBeGreaterThanOrEqual(70);
    expect(distinct(GOALS.map((goal) => goal.code)) && distinct(GOALS.map((goal) => goal.name))).toBe(true);
    expect([...new Set(GOALS.map((goal) => goal.area))].sort()).toEqual(Object.keys(WELLBEING_AREAS));
    for (const goal of GOALS) expect(goal.synonyms.length).toBeGreaterThanOrEqual(2);
  });
});
