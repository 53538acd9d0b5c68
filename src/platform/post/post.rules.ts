import type { LocalDate } from '../../kernel/index.js';
import { addDays, dayOf, startOfDay, workingDayAfter } from '../../kernel/index.js';

/** Emails and texts make a sound beside a bed: none goes from 21:00 to 08:00 in London. No notice of ours is so urgent that it may.
 *  Our judgement, November 2026. */
const QUIET_FROM_HOUR = 21;
const QUIET_UNTIL_HOUR = 8;

const londonHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });
const hourOf = (instant: Date): number => Number(londonHour.format(instant));

/** When the quiet hours that hold at an instant end; undefined outside them. */
export function quietUntil(now: Date): Date | undefined {
  const hour = hourOf(now);
  if (hour >= QUIET_UNTIL_HOUR && hour < QUIET_FROM_HOUR) return undefined;
  const day = hour < QUIET_UNTIL_HOUR ? dayOf(now) : addDays(dayOf(now), 1);
  const guess = startOfDay(day).getTime() + QUIET_UNTIL_HOUR * 3_600_000;
  // On the two days on which clocks change, eight hours after midnight is 07:00 or 09:00.
  return new Date(guess + (QUIET_UNTIL_HOUR - hourOf(new Date(guess))) * 3_600_000);
}

/** Minutes until it is handed over again, after the first, second, third and fourth time it was not taken. Our judgement, November 2026. */
const RETRY_MINUTES = [5, 30, 120, 480] as const;
/** So often is it handed over, and then it has failed. */
export const MOST_ATTEMPTS = RETRY_MINUTES.length + 1;

/** When to try again after so many attempts; undefined when it has been tried often enough. */
export function retryAt(attempts: number, now: Date): Date | undefined {
  const minutes = RETRY_MINUTES[attempts - 1];
  return minutes === undefined ? undefined : new Date(now.getTime() + minutes * 60_000);
}

/** The day on which a letter counts as delivered: the second working day after it was posted. The regulations name no day; courts
 *  count first-class post so (CPR 6.26). Our judgement, November 2026. */
export const deliveredOn = (postedOn: LocalDate): LocalDate => workingDayAfter(postedOn, 2);
