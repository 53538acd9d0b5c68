import { describe, expect, it } from '@jest/globals';
import type { Side } from './pairing.rules.js';
import { nextPairing, suitsBoth } from './pairing.rules.js';

describe('the next pairing', () => {
  it.each([
    ['2026-11-22T10:00:00Z', '2026-11-22T18:00:00.000Z'],
    ['2026-11-22T18:00:00Z', '2026-11-23T18:00:00.000Z'],
    ['2026-07-01T10:00:00Z', '2026-07-01T17:00:00.000Z'],
    ['2026-03-28T20:00:00Z', '2026-03-29T17:00:00.000Z'],
    ['2026-10-24T20:00:00Z', '2026-10-25T18:00:00.000Z'],
  ])('after %s is %s, 18:00 in London', (now, next) => expect(nextPairing(new Date(now)).toISOString()).toBe(next));
});

describe('two answers', () => {
  const dueAt = new Date('2026-11-22T18:00:00Z');
  const yes: Side = { card: 'open', choice: 'yes', answeredAt: new Date('2026-11-20T09:00:00Z'), hasBlocked: false, isAdult: true };
  it('of yes introduce', () => expect(suitsBoth(yes, yes, dueAt)).toBe(true));

  it.each<[string, Partial<Side>]>([
    ['no answer', { choice: undefined, answeredAt: undefined }],
    ['no', { choice: 'no' }],
    ['not now', { choice: 'not-now' }],
    ['a card taken down', { card: 'taken-down' }],
    ['a block', { hasBlocked: true }],
    ['not yet 18', { isAdult: false }],
    ['a yes after the fixed time', { answeredAt: new Date('2026-11-22T18:00:01Z') }],
  ])('one of them %s: do not', (_what, over) => {
    expect(suitsBoth(yes, { ...yes, ...over }, dueAt)).toBe(false);
    expect(suitsBoth({ ...yes, ...over }, yes, dueAt)).toBe(false);
  });
});
