import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { addDays } from '../../kernel/index.js';
import { checkExtension, checkLastDay, goesOnInFreeze, LONGEST_DAYS, MOST_DAYS } from './freeze.rules.js';

const today = '2026-11-20' as LocalDate;

describe('the last day of a stop', () => {
  it.each([0, 1, LONGEST_DAYS])('may be %d days away', (days) => {
    expect(() => checkLastDay(addDays(today, days), today, LONGEST_DAYS)).not.toThrow();
  });
  it.each([-1, LONGEST_DAYS + 1])('may not be %d days away', (days) => {
    expect(() => checkLastDay(addDays(today, days), today, LONGEST_DAYS)).toThrow(expect.objectContaining({ code: 'last-day-wrong' }));
  });
});

describe('a longer stop', () => {
  const freeze = { beganOn: addDays(today, -70), lastDay: addDays(today, 2) };
  it('ends later than it did, and within the longest there is', () => {
    expect(() => checkExtension(freeze, addDays(freeze.beganOn, MOST_DAYS), today, LONGEST_DAYS)).not.toThrow();
  });
  it.each([
    ['last-day-wrong', addDays(today, 2)],
    ['last-day-wrong', addDays(today, LONGEST_DAYS + 1)],
    ['freeze-too-long', addDays(freeze.beganOn, MOST_DAYS + 1)],
  ])('is refused: %s', (code, lastDay) => {
    expect(() => checkExtension(freeze, lastDay, today, LONGEST_DAYS)).toThrow(expect.objectContaining({ code }));
  });
});

describe('what goes on in a freeze', () => {
  it.each([
    ['wages', true, true],
    ['safety', true, true],
    ['wages', false, false],
    ['activity', true, false],
  ] as const)('%s, bought before: %s → %s', (kind, isRenewal, goesOn) => {
    expect(goesOnInFreeze(kind, isRenewal)).toBe(goesOn);
  });
});
