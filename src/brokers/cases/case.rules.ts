import type { LocalDate } from '../../kernel/index.js';
import { addDays, invalid } from '../../kernel/index.js';

/** Our judgement, November 2026: a call is written down within a year, and what is to be done next is done within one. */
const LONGEST_DAYS = 366;

/** Refuses a day to come, and one long past (call-day). */
export function requireCallDay(onDay: LocalDate, today: LocalDate): void {
  if (onDay > today || onDay < addDays(today, -LONGEST_DAYS))
    throw invalid('call-day', 'Enter the day of the call, today or before.', [{ field: 'onDay', message: 'Enter today or a day before it.' }]);
}

/** Refuses a day that is over, and one far off (follow-up-day). */
export function requireNextDay(byDay: LocalDate, today: LocalDate): void {
  if (byDay < today || byDay > addDays(today, LONGEST_DAYS))
    throw invalid('follow-up-day', 'Enter the day by which it is done, today or later, within a year.', [
      { field: 'next.byDay', message: 'Enter today or a later day, within a year.' },
    ]);
}

/** What is printed on a pack, and the part of the note that takes what is written under it. */
export const PACK_QUESTIONS = [
  { field: 'matters', asks: 'What matters most to me just now' },
  { field: 'would', asks: 'What I would like to do, and with whom' },
  { field: 'ask', asks: 'What I want to ask, or what worries me' },
] as const;
