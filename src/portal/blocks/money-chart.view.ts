import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveLinear, curveStepAfter, line } from 'd3-shape';
import { addMonths, daysBetween, formatDay, formatPounds, invariant, minus, NO_PENCE, penceAsNumber, type LocalDate, type Pence } from '../../kernel/index.js';
import { percentOf, portionOf } from './portion.js';

/** How much in all by the end of a day. */
export interface MoneyPoint {
  readonly day: LocalDate;
  readonly sum: Pence;
}

/** Between which sums the total is expected to be by the end of a day. */
export interface ForecastPoint {
  readonly day: LocalDate;
  readonly low: Pence;
  readonly high: Pence;
}

export interface MoneyChartOptions {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** From inclusive, until exclusive. */
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly today: LocalDate;
  readonly agreed: Pence;
  /** Running totals in order of day. */
  readonly plan: readonly MoneyPoint[];
  readonly spent: readonly MoneyPoint[];
  /** Spent and promised together. */
  readonly committed: readonly MoneyPoint[];
  readonly forecast?: readonly ForecastPoint[];
  /** The day on which the money is expected to run out, if within the period. */
  readonly runsOutOn?: LocalDate;
  /** Said instead of the sentence worked out here. */
  readonly finding?: string;
  readonly voice?: 'holder' | 'staff';
  readonly headingLevel?: 2 | 3 | 4;
}

/** Drawn on a plane 1,000 wide that stretches, and as high as on screen. */
export const PLANE = { width: 1000, height: 220 } as const;

export interface MoneyChartView {
  readonly finding: string;
  readonly planPath: string;
  readonly spentPath: string;
  readonly committedPath: string;
  readonly forecastPath: string;
  /** Percent across; null when today is outside the period. */
  readonly todayAt: number | null;
  readonly agreedAt: number;
  readonly sums: readonly { readonly label: string; readonly y: number }[];
  /** Percent across; `isMajor` ones are shown on narrow screens too. */
  readonly months: readonly { readonly label: string; readonly at: number; readonly isMajor: boolean }[];
  readonly rows: readonly {
    readonly day: LocalDate;
    readonly plan: Pence;
    readonly spent: Pence | null;
    readonly committed: Pence | null;
    readonly forecast: string;
  }[];
}

const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const atNoon = (day: LocalDate): Date => new Date(`${day}T12:00:00Z`);

export function moneyChartView(options: MoneyChartOptions): MoneyChartView {
  invariant(options.from < options.until, 'a chart covers at least a day');
  const across = scaleUtc()
    .domain([atNoon(options.from), atNoon(options.until)])
    .range([0, PLANE.width]);
  const up = scaleLinear()
    .domain([0, Math.max(1, penceAsNumber(highestOf(options)) / 100)])
    .nice(4)
    .range([PLANE.height, 0]);
  const x = (day: LocalDate): number => across(atNoon(day));
  const y = (sum: Pence): number => up(penceAsNumber(sum) / 100);
  const until = options.today < options.until ? options.today : options.until;
  const steps = line<MoneyPoint>(
    (point) => x(point.day),
    (point) => y(point.sum),
  )
    .curve(curveStepAfter)
    .digits(1);
  const slope = line<MoneyPoint>(
    (point) => x(point.day),
    (point) => y(point.sum),
  )
    .curve(curveLinear)
    .digits(1);
  const band = area<ForecastPoint>(
    (point) => x(point.day),
    (point) => y(point.low),
    (point) => y(point.high),
  ).digits(1);
  return {
    finding: options.finding ?? findingOf(options),
    planPath: slope(options.plan) ?? '',
    spentPath: steps(upTo(options.spent, options.from, until)) ?? '',
    committedPath: steps(upTo(options.committed, options.from, until)) ?? '',
    forecastPath: band(options.forecast ?? []) ?? '',
    todayAt: options.today >= options.from && options.today < options.until ? x(options.today) / 10 : null,
    agreedAt: y(options.agreed),
    sums: up
      .ticks(4)
      .filter((tick) => tick > 0)
      .map((tick) => ({ label: `£${tick.toLocaleString('en-GB')}`, y: up(tick) })),
    months: monthsOf(options, (day) => x(day) / 10),
    rows: rowsOf(options),
  };
}

/** The finding first, in one or two sentences: money gone against time gone, and what happens next. */
export function findingOf(options: MoneyChartOptions): string {
  const isHolder = options.voice !== 'staff';
  const spent = lastBy(options.spent, options.today);
  const timeGone = Math.round(
    (Math.min(Math.max(daysBetween(options.from, options.today), 0), daysBetween(options.from, options.until)) / daysBetween(options.from, options.until)) *
      100,
  );
  if (options.agreed <= 0n) return 'No money has been agreed for this time yet.';
  if (options.today < options.from) return `This money starts on ${formatDay(options.from)}. Nothing has been spent yet.`;
  const share = portionOf(spent, options.agreed);
  const said = `${isHolder ? 'You have spent' : 'Spent'} ${percentOf(spent, options.agreed)} with ${timeGone}% of the time gone.`;
  if (options.runsOutOn) return `${said} At this pace the money runs out on ${formatDay(options.runsOutOn)}.`;
  if (options.today >= options.until) return `${said} ${formatPounds(minus(options.agreed, spent))} was not spent.`;
  const forecast = options.forecast?.at(-1);
  if (forecast && forecast.high < options.agreed) {
    return `${said} At this pace between ${formatPounds(minus(options.agreed, forecast.high))} and ${formatPounds(minus(options.agreed, forecast.low))} would be left at the end.`;
  }
  if (share > timeGone + 10) return `${said} That is faster than planned.`;
  return said;
}

/** From nothing on the first day to the last known sum today. */
const upTo = (points: readonly MoneyPoint[], from: LocalDate, day: LocalDate): MoneyPoint[] => {
  const kept = points.filter((point) => point.day <= day);
  const [first] = kept;
  const last = kept.at(-1);
  if (!first || !last)
    return from < day
      ? [
          { day: from, sum: NO_PENCE },
          { day, sum: NO_PENCE },
        ]
      : [];
  return [...(first.day > from ? [{ day: from, sum: NO_PENCE }] : []), ...kept, ...(last.day < day ? [{ day, sum: last.sum }] : [])];
};

const lastBy = (points: readonly MoneyPoint[], day: LocalDate): Pence => points.findLast((point) => point.day <= day)?.sum ?? NO_PENCE;

function highestOf(options: MoneyChartOptions): Pence {
  const sums = [
    options.agreed,
    ...[...options.plan, ...options.spent, ...options.committed].map((point) => point.sum),
    ...(options.forecast ?? []).map((point) => point.high),
  ];
  return sums.reduce((highest, sum) => (sum > highest ? sum : highest), NO_PENCE);
}

function monthsOf(options: MoneyChartOptions, at: (day: LocalDate) => number): MoneyChartView['months'] {
  const first = `${options.from.slice(0, 7)}-01` as LocalDate;
  const starts: LocalDate[] = [];
  for (let count = 0; addMonths(first, count) < options.until; count++) if (addMonths(first, count) >= options.from) starts.push(addMonths(first, count));
  const every = Math.max(1, Math.ceil(starts.length / 12));
  const major = Math.max(1, Math.ceil(starts.length / 4));
  return starts
    .map((day, index) => ({ label: SHORT_MONTHS[Number(day.slice(5, 7)) - 1]!, at: at(day), index }))
    .filter(({ index }) => index % every === 0)
    .map(({ label, at: place, index }) => ({ label, at: place, isMajor: index % major === 0 }));
}

/** The table behind the picture: one row a month, today, and the last day. */
function rowsOf(options: MoneyChartOptions): MoneyChartView['rows'] {
  const days = new Set<LocalDate>();
  for (let count = 1; addMonths(options.from, count) <= options.until; count++) days.add(addMonths(options.from, count));
  if (options.today > options.from && options.today < options.until) days.add(options.today);
  return [...days].sort().map((day) => {
    const low = sumBy(
      (options.forecast ?? []).map((point) => ({ day: point.day, sum: point.low })),
      day,
    );
    const high = sumBy(
      (options.forecast ?? []).map((point) => ({ day: point.day, sum: point.high })),
      day,
    );
    return {
      day,
      plan: sumBy(options.plan, day),
      spent: day <= options.today ? lastBy(options.spent, day) : null,
      committed: day <= options.today ? lastBy(options.committed, day) : null,
      forecast: day > options.today && high > 0n ? `${formatPounds(low)} to ${formatPounds(high)}` : '',
    };
  });
}

/** Plan and forecast are drawn as slopes, so the table reads them as slopes too: in proportion to the days between two points, in whole pence. */
function sumBy(points: readonly MoneyPoint[], day: LocalDate): Pence {
  const before = points.findLast((point) => point.day <= day);
  const after = points.find((point) => point.day > day);
  if (!before) return NO_PENCE;
  if (!after) return before.sum;
  return (before.sum + ((after.sum - before.sum) * BigInt(daysBetween(before.day, day))) / BigInt(daysBetween(before.day, after.day))) as Pence;
}
