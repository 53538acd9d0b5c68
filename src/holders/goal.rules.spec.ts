import { describe, expect, it } from '@jest/globals';
import type { GoalState } from './goal.lifecycle.js';
import { closenessOf, decideGoalState, requireRatable } from './goal.rules.js';

describe('the state of a goal', () => {
  it.each<[GoalState, GoalState, GoalState | undefined | 'refused']>([
    ['open', 'met', 'met'],
    ['open', 'let-go', 'let-go'],
    ['open', 'open', undefined],
    ['met', 'open', 'open'],
    ['met', 'met', undefined],
    ['met', 'let-go', 'refused'],
    ['let-go', 'open', 'open'],
    ['let-go', 'met', 'refused'],
    ['let-go', 'let-go', undefined],
  ])('from %s to %s: %s', (now, wanted, expected) => {
    if (expected === 'refused') expect(() => decideGoalState(now, wanted)).toThrow(`the goal is ${now.replace('-', ' ')}`);
    else expect(decideGoalState(now, wanted)).toBe(expected);
  });

  it('is not rated once let go', () => {
    expect(() => requireRatable('let-go')).toThrow('let go');
    for (const state of ['open', 'met'] as const) expect(() => requireRatable(state)).not.toThrow();
  });
});

describe('closeness', () => {
  it.each([
    [[], { first: null, latest: null, change: null }],
    [[4], { first: 4, latest: 4, change: null }],
    [[4, 2, 7], { first: 4, latest: 7, change: 3 }],
    [[5, 1], { first: 5, latest: 1, change: -4 }],
  ])('of %j', (ratings, expected) => expect(closenessOf(ratings)).toEqual(expected));
});
