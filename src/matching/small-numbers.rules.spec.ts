import { describe, expect, it } from '@jest/globals';
import { shownCount } from './small-numbers.rules.js';

describe('a count of people', () => {
  it.each([
    [1, undefined],
    [7, undefined],
    [8, 10],
    [12, 10],
    [13, 15],
    [102, 100],
  ])('of %i is shown as %s', (people, shown) => expect(shownCount(people)).toBe(shown));
});
