import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { deliveredOn, MOST_ATTEMPTS, quietUntil, retryAt } from './post.rules.js';

describe('quiet hours', () => {
  it.each([
    ['in the evening', '2026-05-01T20:00:00Z', '2026-05-02T07:00:00.000Z'],
    ['just before the end', '2026-05-02T06:59:00Z', '2026-05-02T07:00:00.000Z'],
    ['in winter', '2026-12-01T21:00:00Z', '2026-12-02T08:00:00.000Z'],
    ['before the clocks go forward', '2027-03-27T22:00:00Z', '2027-03-28T07:00:00.000Z'],
    ['before the clocks go back', '2026-10-24T21:30:00Z', '2026-10-25T08:00:00.000Z'],
  ])('hold %s', (_when, now, until) => expect(quietUntil(new Date(now))?.toISOString()).toBe(until));

  it.each(['2026-05-01T07:00:00Z', '2026-05-01T19:59:59Z', '2026-12-01T08:00:00Z', '2026-12-01T20:59:00Z'])('do not hold at %s', (now) =>
    expect(quietUntil(new Date(now))).toBeUndefined(),
  );
});

describe('trying again', () => {
  const now = new Date('2026-05-01T10:00:00Z');
  it('waits longer each time, and ends', () => {
    expect([1, 2, 3, 4].map((attempts) => (retryAt(attempts, now)!.getTime() - now.getTime()) / 60_000)).toEqual([5, 30, 120, 480]);
    expect(retryAt(MOST_ATTEMPTS, now)).toBeUndefined();
  });
});

describe('a letter counts as delivered on the second working day after posting', () => {
  it.each([
    ['2026-05-05', '2026-05-07'],
    ['2026-05-07', '2026-05-11'],
    ['2026-05-01', '2026-05-06'], // the first Monday of May is a bank holiday
    ['2026-12-24', '2026-12-30'],
  ])('posted on %s: %s', (posted, delivered) => expect(deliveredOn(posted as LocalDate)).toBe(delivered));
});
