import { describe, expect, it } from '@jest/globals';
import { MUTABLE, standsWithout, unmutedReasons } from './mute.rules.js';

const mine = { goals: ['bowls', 'singing'], days: ['2', '4'] };
const other = { goals: ['bowls', 'singing', 'art'], days: ['2', '5'] };

describe('a suggestion once reasons are muted', () => {
  it.each<[string, string[], boolean]>([
    ['nothing', [], true],
    ['one of two goals they share', ['goal:bowls'], true],
    ['both goals they share', ['goal:bowls', 'goal:singing'], false],
    ['a goal that is the other’s alone', ['goal:art'], true],
    ['the only day they share', ['day:2'], false],
    ['another day', ['day:4'], true],
    ['a distance it is within', ['miles:4'], true],
    ['its own distance', ['miles:3'], false],
    ['less than its distance', ['miles:1'], false],
  ])('with %s muted', (_what, muted, stands) => expect(standsWithout(muted, mine, other, 3)).toBe(stands));

  it('shows the reasons that are left', () =>
    expect(unmutedReasons(['goal:bowls'], ['goal:bowls', 'goal:singing', 'day:2'])).toEqual(['goal:singing', 'day:2']));
  it.each(['goal:bowls', 'day:7', 'miles:12'])('%s may be muted', (reason) => expect(MUTABLE.test(reason)).toBe(true));
  it.each(['day:8', 'help:lift', 'goal:', 'goal:Bowls', 'known', 'miles:100'])('%s may not', (reason) => expect(MUTABLE.test(reason)).toBe(false));
});
