import type { LocalDate } from '../kernel/index.js';
import { daysBetween, invalid, refused } from '../kernel/index.js';

/** The longest an auditor's right may last, in days: one year's audit and its questions. Our judgement, November 2026. */
export const LONGEST_AUDIT_DAYS = 400;
/** How long an opened item shows whose money it is, in hours. Our judgement, November 2026: a working day. */
export const SHOWN_HOURS = 12;
/** The most items of one sample. Our judgement, November 2026: enough to test a control, too few to read a book by opening it. */
export const LARGEST_SAMPLE = 100;

export interface AppointmentFacts {
  /** Roles the person holds for this book today. */
  readonly rolesHere: readonly string[];
  /** They are recorded as connected to somebody who moves this book's money. */
  readonly isConnected: boolean;
  /** The one who appoints appoints themselves. */
  readonly isSelf: boolean;
}

/** Whether somebody may audit a book in these days: from-inclusive, until-exclusive, never without an end. Refuses: period-wrong, period-too-long,
 *  not-independent (whoever keeps or runs the book, or is connected to one who does, does not audit it). Our judgement, November 2026, after the
 *  two unconnected people of truth 7. */
export function decideAuditor(facts: AppointmentFacts, period: { fromDay: LocalDate; untilDay: LocalDate }, today: LocalDate): void {
  const { fromDay, untilDay } = period;
  if (untilDay <= fromDay || untilDay <= today)
    throw invalid('period-wrong', 'The right to audit ends after it begins, and not before today.', [
      { field: 'untilDay', message: 'Give a day after the first one, and after today.' },
    ]);
  if (daysBetween(fromDay, untilDay) > LONGEST_AUDIT_DAYS)
    throw invalid('period-too-long', `The right to audit lasts ${LONGEST_AUDIT_DAYS} days at most. It can be given again.`, [
      { field: 'untilDay', message: `Give a day within ${LONGEST_AUDIT_DAYS} days of the first one.` },
    ]);
  if (facts.isSelf) throw refused('not-independent', 'Nobody makes themselves an auditor.');
  if (facts.rolesHere.some((role) => role !== 'auditor')) throw refused('not-independent', 'Whoever keeps a book does not audit it.');
  if (facts.isConnected) throw refused('not-independent', 'Whoever is connected to somebody who keeps a book does not audit it.');
}

/** What of a sampled transfer may be asked: the days it was booked in, from-inclusive, until-exclusive. Refuses: period-wrong. */
export function checkSample(sample: { fromDay: LocalDate; untilDay: LocalDate }): void {
  if (sample.untilDay <= sample.fromDay)
    throw invalid('period-wrong', 'The last day comes after the first.', [{ field: 'untilDay', message: 'Give a day after the first one.' }]);
}
