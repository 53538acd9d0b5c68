import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from './errors.js';
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  financialYearOf,
  formatDay,
  formatInstant,
  isLocalDate,
  isWorkingDay,
  localDate,
  startOfDay,
  weekdayOf,
  workingDayAfter,
} from './local-date.js';
import type { LocalDate } from './local-date.js';

const days = fc.integer({ min: 0, max: 365 * 60 }).map((count) => addDays('2000-01-01' as LocalDate, count));
const day = localDate;

describe('a day', () => {
  it.each(['2027-02-29', '2027-02-30', '2027-13-01', '2027-00-10', '2027-1-1', '27-01-01', '0050-01-01', ' 2027-01-01', '2027-01-01T00:00', ''])(
    'refuses %p',
    (text) => {
      expect(() => localDate(text)).toThrow(DomainError);
      expect(isLocalDate(text)).toBe(false);
    },
  );

  it('takes 29 February in leap years, and text only', () => {
    expect(day('2028-02-29')).toBe('2028-02-29');
    expect([isLocalDate('2028-02-29'), isLocalDate(20280229), isLocalDate(null)]).toEqual([true, false, false]);
  });

  it('is written as people read it', () => {
    expect(formatDay(day('2027-03-03'))).toBe('3 March 2027');
    expect(formatInstant(new Date('2027-07-03T13:05:00Z'))).toBe('3 July 2027 at 14:05');
    expect(formatInstant(new Date('2027-07-02T23:00:00Z'))).toBe('3 July 2027 at 00:00');
  });
});

describe('the two days on which the clocks change', () => {
  it.each([
    ['spring 2027, 23 hours', '2027-03-28', '2027-03-28T00:00:00Z', '2027-03-28T23:00:00Z', 23],
    ['autumn 2027, 25 hours', '2027-10-31', '2027-10-30T23:00:00Z', '2027-11-01T00:00:00Z', 25],
    ['spring 2026, 23 hours', '2026-03-29', '2026-03-29T00:00:00Z', '2026-03-29T23:00:00Z', 23],
    ['autumn 2026, 25 hours', '2026-10-25', '2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z', 25],
  ])('%s', (_, text, begins, ends, hours) => {
    const from = startOfDay(day(text));
    const until = startOfDay(addDays(day(text), 1));
    expect([from.toISOString(), until.toISOString()]).toEqual([new Date(begins).toISOString(), new Date(ends).toISOString()]);
    expect((until.getTime() - from.getTime()) / 3_600_000).toBe(hours);
    expect([dayOf(from), dayOf(new Date(from.getTime() - 1)), dayOf(new Date(until.getTime() - 1)), dayOf(until)]).toEqual([
      text,
      addDays(day(text), -1),
      text,
      addDays(day(text), 1),
    ]);
  });

  it('has 01:30 twice in autumn, both on that day', () => {
    expect(formatInstant(new Date('2027-10-31T00:30:00Z'))).toBe('31 October 2027 at 01:30');
    expect(formatInstant(new Date('2027-10-31T01:30:00Z'))).toBe('31 October 2027 at 01:30');
  });
});

describe('counting', () => {
  it('begins each day where the one before ends, always', () => {
    fc.assert(
      fc.property(days, (each) => {
        const start = startOfDay(each);
        expect(dayOf(start)).toBe(each);
        expect(dayOf(new Date(start.getTime() - 1))).toBe(addDays(each, -1));
      }),
    );
  });

  it('adds days and counts them back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (each, count) => {
        const other = addDays(each, count);
        expect(isLocalDate(other)).toBe(true);
        expect(daysBetween(each, other)).toBe(count);
        expect(other > each).toBe(count > 0);
        expect(weekdayOf(other)).toBe(((((weekdayOf(each) - 1 + count) % 7) + 7) % 7) + 1);
      }),
    );
  });

  it.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2027-12-15', 1, '2028-01-15'],
    ['2027-03-31', -1, '2027-02-28'],
    ['2027-01-15', -13, '2025-12-15'],
    ['2028-02-29', 12, '2029-02-28'],
  ])('%s and %i months is %s', (from, count, expected) => {
    expect(addMonths(day(from), count)).toBe(expected);
  });

  it("lands in the right month, on the same day or that month's last", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -100, max: 100 }), (each, count) => {
        const later = addMonths(each, count);
        const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(later) - months(each)).toBe(count);
        expect(later.slice(8) === each.slice(8) || addDays(later, 1).slice(8) === '01').toBe(true);
      }),
    );
  });

  it('knows the weekday', () => {
    expect([weekdayOf(day('2027-03-01')), weekdayOf(day('2027-03-07'))]).toEqual([1, 7]);
  });
});

describe('working days', () => {
  it.each([
    ['an ordinary Friday to Monday', '2027-03-05', 1, '2027-03-08'],
    ['over Easter', '2027-03-25', 1, '2027-03-30'],
    ['three Bacs days over Christmas with its substitute days', '2027-12-23', 3, '2027-12-30'],
    ['a working day stays where it is', '2027-03-05', 0, '2027-03-05'],
    ['a Saturday moves on', '2027-03-06', 0, '2027-03-08'],
    ['the first working day after a Saturday', '2027-03-06', 1, '2027-03-08'],
  ])('%s', (_, from, count, expected) => {
    expect(workingDayAfter(day(from), count)).toBe(expected);
  });

  it('counts exactly as many working days as were asked for', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 15 }), (from, count) => {
        const until = workingDayAfter(from, count);
        let counted = 0;
        for (let each = addDays(from, 1); each <= until; each = addDays(each, 1)) if (isWorkingDay(each)) counted += 1;
        return counted === count && isWorkingDay(until);
      }),
    );
  });
});

describe('the financial year', () => {
  it.each([
    ['2027-03-31', 2026],
    ['2027-04-01', 2027],
    ['2027-12-31', 2027],
  ])('%s falls in the year that starts in %i', (text, year) => {
    expect(financialYearOf(day(text))).toEqual({ year, from: `${year}-04-01`, until: `${year + 1}-04-01` });
  });
});
