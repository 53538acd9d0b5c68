import type { LocalDate } from '../kernel/index.js';
import { addDays, formatDay, invalid } from '../kernel/index.js';
import type { GroundOf } from './decision.grounds.js';

/** Reasonable notice of a stop, in days; where the plan says more, the officer gives a later day. Our judgement, November 2026. */
export const STOP_NOTICE_DAYS = 28;
/** Least time in which a person may answer a demand for money, in days. Our judgement, November 2026. */
export const ANSWER_DAYS = 28;
/** The longest a suspension may stand before it is looked at again, in days: frozen money is a fault that ombudsmen find again and again
 *  (domain, section 1.11). Our judgement, November 2026. */
export const MOST_SUSPENDED_DAYS = 56;

/** Stops that may not, or need not, wait: consent is gone, the holder is, or the money is in danger. */
const WITHOUT_NOTICE: readonly GroundOf<'stop'>[] = ['consent-withdrawn', 'died', 'offence'];

const wrong = (code: string, message: string, field: string, fault: string): Error => invalid(code, message, [{ field, message: fault }]);

/** The day on which a stop takes effect (reg. 17). Refuses: ends-in-the-past, notice-too-short. */
export function checkStopDay(ground: GroundOf<'stop'>, today: LocalDate, endsOn: LocalDate): void {
  if (endsOn < today) throw wrong('ends-in-the-past', 'Money is stopped from a day on, not backwards.', 'endsOn', 'Give today or a later day.');
  const first = addDays(today, STOP_NOTICE_DAYS);
  if (!WITHOUT_NOTICE.includes(ground) && endsOn < first)
    throw wrong(
      'notice-too-short',
      `The person needs ${STOP_NOTICE_DAYS} days of notice for this reason.`,
      'endsOn',
      `Give ${formatDay(first)} or a later day.`,
    );
}

/** The day until which a person may answer before they pay anything back (reg. 15). Refuses: time-too-short. */
export function checkAnswerDay(today: LocalDate, answerBy: LocalDate): void {
  const first = addDays(today, ANSWER_DAYS);
  if (answerBy < first)
    throw wrong('time-too-short', `The person has at least ${ANSWER_DAYS} days to answer.`, 'answerBy', `Give ${formatDay(first)} or a later day.`);
}

/** The day on which a suspension is looked at again. Refuses: suspended-too-long. */
export function checkSuspension(today: LocalDate, lookAgainOn: LocalDate): void {
  const last = addDays(today, MOST_SUSPENDED_DAYS);
  if (lookAgainOn <= today || lookAgainOn > last)
    throw wrong('suspended-too-long', 'A suspension is looked at again soon.', 'lookAgainOn', `Give a day after today and no later than ${formatDay(last)}.`);
}
