import type { LocalDate } from '../kernel/index.js';
import { addMonths } from '../kernel/index.js';

/** How long a confirmed listing counts as right. */
export const ASSURED_MONTHS = 12;
/** A service that no import has shown for this long, or whose provider's listing has been lapsed for this long, leaves the searches. Both are
 *  our judgement, November 2026: directories are brought up to date monthly or quarterly. */
export const SERVICE_LAPSE_MONTHS = 3;

/** What was last seen, or assured, before this day lapses on `day`. */
export const lapsesBefore = (day: LocalDate): LocalDate => addMonths(day, -SERVICE_LAPSE_MONTHS);

export const assuredUntil = (day: LocalDate): LocalDate => addMonths(day, ASSURED_MONTHS);
