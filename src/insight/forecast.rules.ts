import type { LocalDate, Pence } from '../kernel/index.js';
import { addDays, daysBetween, larger, NO_PENCE } from '../kernel/index.js';

export interface LineSpend {
  readonly agreed: Pence;
  readonly free: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
  readonly fromDay: LocalDate;
  /** Exclusive: the first day after the period. */
  readonly untilDay: LocalDate;
  /** What was spent by the end of the day eight weeks ago, or nothing if the line is younger. */
  readonly spentBefore: Pence;
}

export interface Forecast {
  /** Parts of one, four decimals as text for the database: spent of agreed, and time gone of the period. */
  readonly spentShare: number;
  readonly timeShare: number;
  /** Pence a day over the last eight weeks (or since the line began). */
  readonly daily: Pence;
  /** The first day on which what is left is gone at this pace, if that is before the period ends. */
  readonly runOutOn: LocalDate | null;
  /** What would be left on the last day at this pace; never below nothing. */
  readonly leftAtEnd: Pence;
}

/** Eight weeks hold two four-weekly pay days, so one does not count twice. Our judgement, November 2026. */
export const PACE_DAYS = 56;

/** How a line will go if it goes on as in the last eight weeks. What is promised counts as gone. */
export function forecastOf(line: LineSpend, today: LocalDate): Forecast {
  const length = daysBetween(line.fromDay, line.untilDay);
  const gone = Math.min(Math.max(daysBetween(line.fromDay, today) + 1, 0), length);
  const looked = Math.max(1, Math.min(gone, PACE_DAYS));
  const recent = larger((line.spent - line.spentBefore) as Pence, NO_PENCE);
  const daily = (recent / BigInt(looked)) as Pence;
  const left = (line.agreed - line.spent - line.committed) as Pence;
  const daysLeft = BigInt(Math.max(0, length - gone));
  const runsOutIn = daily > 0n ? larger(left, NO_PENCE) / daily : null;
  return {
    spentShare: Number((line.spent * 10_000n) / line.agreed) / 10_000,
    timeShare: length === 0 ? 1 : Math.round((gone / length) * 10_000) / 10_000,
    daily,
    runOutOn: runsOutIn !== null && runsOutIn < daysLeft ? addDays(today, Number(runsOutIn) + 1) : null,
    leftAtEnd: larger((left - daily * daysLeft) as Pence, NO_PENCE),
  };
}

export type AlertKind = 'over-pace' | 'low' | 'surplus';

/** A line is over pace when it is more than ten points ahead of time and a twelfth of the year has gone; low under a tenth
 *  free with more than a tenth of the time left; in surplus when eight weeks' money lies free above what time has used (the
 *  4 to 8 weeks that funders let people keep: RULE 29). Our judgement, November 2026; each funder will set its own. */
export function alertsOf(line: LineSpend, forecast: Forecast): AlertKind[] {
  const alerts: AlertKind[] = [];
  if (forecast.timeShare >= 1 / 12 && forecast.spentShare > forecast.timeShare + 0.1) alerts.push('over-pace');
  if (line.spent > 0n && line.free * 10n < line.agreed && forecast.timeShare < 0.9) alerts.push('low');
  const weeks = BigInt(Math.max(1, Math.round(daysBetween(line.fromDay, line.untilDay) / 7)));
  const dueByNow = (line.agreed * BigInt(Math.round(forecast.timeShare * 10_000))) / 10_000n;
  if (dueByNow - line.spent - line.committed > (line.agreed / weeks) * 8n) alerts.push('surplus');
  return alerts;
}

/** The days on which a review is called for: 60, 80 and 90 days, then 10, 11 and 12 months from the first payment (RULE 10). */
export function remindersDue(
  firstPaidOn: LocalDate,
  today: LocalDate,
  addMonths: (day: LocalDate, count: number) => LocalDate,
): { step: string; dueOn: LocalDate }[] {
  const first = addDays(firstPaidOn, 90);
  const year = addMonths(firstPaidOn, 12);
  const steps: [string, LocalDate, LocalDate][] = [
    ['60 days', addDays(firstPaidOn, 60), first],
    ['80 days', addDays(firstPaidOn, 80), first],
    ['90 days', first, first],
    ['10 months', addMonths(firstPaidOn, 10), year],
    ['11 months', addMonths(firstPaidOn, 11), year],
    ['12 months', year, year],
  ];
  return steps.filter(([, on]) => on <= today).map(([step, , dueOn]) => ({ step, dueOn }));
}
