import { describe, expect, it } from '@jest/globals';
import { pence, type LocalDate } from '../../kernel/index.js';
import { moneyChart, type MoneyChartOptions } from './money-chart.js';
import { findingOf, moneyChartView } from './money-chart.view.js';

const day = (text: string): LocalDate => text as LocalDate;
const chart: MoneyChartOptions = {
  id: 'c',
  title: 'Your money this year',
  from: day('2026-04-01'),
  until: day('2027-04-01'),
  today: day('2026-09-30'),
  agreed: pence(100000),
  plan: [
    { day: day('2026-04-01'), sum: pence(0) },
    { day: day('2027-04-01'), sum: pence(100000) },
  ],
  spent: [
    { day: day('2026-06-01'), sum: pence(20000) },
    { day: day('2026-09-01'), sum: pence(40000) },
  ],
  committed: [{ day: day('2026-05-01'), sum: pence(50000) }],
  forecast: [
    { day: day('2026-09-30'), low: pence(40000), high: pence(40000) },
    { day: day('2027-03-31'), low: pence(70000), high: pence(90000) },
  ],
};

describe('findingOf', () => {
  it.each<[string, Partial<MoneyChartOptions>, string]>([
    ['usual', {}, 'You have spent 40% with 50% of the time gone. At this pace between £100.00 and £300.00 would be left at the end.'],
    ['staff', { voice: 'staff', forecast: [] }, 'Spent 40% with 50% of the time gone.'],
    ['running out', { runsOutOn: day('2026-12-12') }, 'You have spent 40% with 50% of the time gone. At this pace the money runs out on 12 December 2026.'],
    [
      'too fast',
      { forecast: [], spent: [{ day: day('2026-06-01'), sum: pence(80000) }] },
      'You have spent 80% with 50% of the time gone. That is faster than planned.',
    ],
    ['before it starts', { today: day('2026-03-01') }, 'This money starts on 1 April 2026. Nothing has been spent yet.'],
    ['after its end', { today: day('2027-06-01') }, 'You have spent 40% with 100% of the time gone. £600.00 was not spent.'],
    ['nothing agreed', { agreed: pence(0) }, 'No money has been agreed for this time yet.'],
  ])('%s', (_, change, expected) => expect(findingOf({ ...chart, ...change })).toBe(expected));
});

describe('moneyChartView', () => {
  it('starts what is spent at nothing and carries it to today', () => {
    const { spentPath, todayAt } = moneyChartView(chart);
    expect(spentPath).toMatch(/^M0,220L/);
    expect(Number(/([\d.]+),[\d.]+$/.exec(spentPath)![1])).toBeCloseTo(todayAt! * 10, 0);
  });

  it('has no "today" outside the period, and no forecast without one', () => {
    expect(moneyChartView({ ...chart, today: day('2027-04-01') }).todayAt).toBeNull();
    expect(moneyChartView({ ...chart, forecast: [] }).forecastPath).toBe('');
  });

  it('keeps every line within the picture, even when more is spent than agreed', () => {
    const { spentPath, agreedAt } = moneyChartView({ ...chart, spent: [{ day: day('2026-06-01'), sum: pence(150000) }] });
    const heights = [...spentPath.matchAll(/,(-?[\d.]+)/g)].map((match) => Number(match[1]));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(agreedAt).toBeGreaterThan(0);
  });

  it('has a row for each month, today and the end, the plan in proportion and nothing spent in days to come', () => {
    const { rows } = moneyChartView(chart);
    expect(rows).toHaveLength(13);
    expect(rows.at(-1)).toMatchObject({ day: '2027-04-01', plan: pence(100000), spent: null });
    expect(rows.find((row) => row.day === '2026-07-01')).toMatchObject({ spent: pence(20000), plan: pence((100000n * 91n) / 365n), forecast: '' });
  });

  it('reads the forecast between its points, in days to come only', () => {
    const { rows } = moneyChartView(chart);
    expect(rows.find((row) => row.day === '2026-12-30')).toBeUndefined();
    expect(rows.find((row) => row.day === '2027-01-01')).toMatchObject({ forecast: '£553.29 to £655.49' });
    expect(rows.at(-1)).toMatchObject({ forecast: '£700.00 to £900.00' });
    expect(rows[0]).toMatchObject({ forecast: '' });
  });

  it('refuses a period without a day', () => expect(() => moneyChartView({ ...chart, until: chart.from })).toThrow('at least a day'));
});

describe('moneyChart', () => {
  it('says the finding before the picture, and names and describes the picture', () => {
    const { markup } = moneyChart(chart);
    expect(markup.indexOf('You have spent 40%')).toBeLessThan(markup.indexOf('<svg'));
    expect(markup).toContain('role="img" aria-labelledby="c-title c-desc"');
    expect(markup).toContain('<table');
  });
});
