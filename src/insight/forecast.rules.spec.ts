import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { addMonths, parsePounds } from '../kernel/index.js';
import { alertsOf, forecastOf, remindersDue } from './forecast.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const line = (agreed: string, spent: string, committed = '0', spentBefore = '0') => ({
  agreed: parsePounds(agreed),
  spent: parsePounds(spent),
  committed: parsePounds(committed),
  spentBefore: parsePounds(spentBefore),
  free: (parsePounds(agreed) - parsePounds(spent) - parsePounds(committed)) as ReturnType<typeof parsePounds>,
  fromDay: day('2026-04-01'),
  untilDay: day('2027-04-01'),
});

describe('a forecast', () => {
  it.each([
    // what, agreed, spent, committed, spent before, today, spent share, time share, runs out, alerts
    ['nothing spent yet', '1200', '0', '0', '0', '2026-04-30', 0, 0.0822, null, []],
    ['on pace half way', '1200', '600', '0', '508', '2026-09-30', 0.5, 0.5014, null, []],
    ['40% spent with 25% gone', '1200', '480', '0', '240', '2026-06-30', 0.4, 0.2493, '2026-12-16', ['over-pace']],
    ['almost all spent in summer', '1200', '1150', '0', '900', '2026-07-30', 0.9583, 0.3315, '2026-08-11', ['over-pace', 'low']],
    ['hardly used by Christmas', '1200', '100', '0', '90', '2026-12-20', 0.0833, 0.7233, null, ['surplus']],
    ['promised money counts as gone', '1200', '300', '850', '100', '2026-07-01', 0.25, 0.2521, '2026-07-16', ['low']],
  ] as const)('%s', (_what, agreed, spent, committed, before, today, spentShare, timeShare, runOutOn, alerts) => {
    const facts = line(agreed, spent, committed, before);
    const forecast = forecastOf(facts, day(today));
    expect(forecast).toMatchObject({ spentShare, timeShare, runOutOn });
    expect(alertsOf(facts, forecast)).toEqual(alerts);
  });

  it('never says that less than nothing is left', () => expect(forecastOf(line('100', '100', '0', '0'), day('2026-04-10')).leftAtEnd).toBe(0n));
});

describe('reminders of a review', () => {
  it.each([
    ['2026-05-29', []],
    ['2026-05-31', ['60 days']],
    ['2026-06-30', ['60 days', '80 days', '90 days']],
    ['2027-02-01', ['60 days', '80 days', '90 days', '10 months']],
    ['2027-04-01', ['60 days', '80 days', '90 days', '10 months', '11 months', '12 months']],
  ])('on %s: %j', (today, steps) => expect(remindersDue(day('2026-04-01'), day(today), addMonths).map((each) => each.step)).toEqual(steps));
});
