import type { LocalDate } from '../kernel/index.js';
import { dayOf, workingDayAfter } from '../kernel/index.js';

/** The page on which a worry is raised promises that somebody reads it on the next working day. */
export const readBy = (raisedAt: Date): LocalDate => workingDayAfter(dayOf(raisedAt), 1);

/** True when that day has passed and nobody has taken it. */
export const isLate = (worry: { readonly stage: string; readonly raisedAt: Date }, today: LocalDate): boolean =>
  worry.stage === 'unanswered' && readBy(worry.raisedAt) < today;
