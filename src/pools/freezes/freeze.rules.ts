import type { LocalDate } from '../../kernel/index.js';
import { addDays, formatDay, invalid, refused } from '../../kernel/index.js';

/** The longest one stop may be said for at a time, in days. Our judgement, November 2026: frozen money is a fault that ombudsmen find again and again
 *  (domain, section 1.11), so whoever keeps money stopped has to come back and say why. */
export const LONGEST_DAYS = 28;
/** The longest that one stop may last with all its extensions, in days. Our judgement, November 2026: after that the group decides, or ends. */
export const MOST_DAYS = 84;
/** How long a member alone may stop a pool that has a broker, in days: time enough for the broker to look. Our judgement, November 2026. */
export const BRAKE_DAYS = 7;
/** How long a stop lasts where nobody says, in days. */
export const USUAL_DAYS = 14;
/** How long before its last day people are told, in days. */
export const WARN_DAYS = 3;

/** Who may lift a stop: the group it is of; the person and who represents them; the board that is responsible for the person. */
export type FreezeSide = 'group' | 'own' | 'icb';

/** What a purchase is for. Named by the provider when it quotes, and read by all who choose. */
export const SPEND_KINDS = ['activity', 'wages', 'safety'] as const;
export type SpendKind = (typeof SPEND_KINDS)[number];

/** What a stop does not stop (features.md, C15): somebody's wages, and what keeps people safe. It may be bought again from the same provider as before;
 *  nothing new may begin. */
export const GOES_ON: readonly SpendKind[] = ['wages', 'safety'];

/** Whether a purchase goes on in a freeze: it is of a kind that does, and renews what the group had before. */
export const goesOnInFreeze = (kind: SpendKind, isRenewal: boolean): boolean => isRenewal && GOES_ON.includes(kind);

/** The last day of a new stop, that day included. Refuses: last-day-wrong. */
export function checkLastDay(lastDay: LocalDate, today: LocalDate, longest: number): void {
  const last = addDays(today, longest);
  if (lastDay < today || lastDay > last)
    throw invalid('last-day-wrong', `A stop has a last day, and lasts ${longest} days at most. It can be made longer with a new reason.`, [
      { field: 'lastDay', message: `Give a day from today until ${formatDay(last)}` },
    ]);
}

/** A later last day, for a new reason. Refuses: last-day-wrong; freeze-too-long (84 days in all). */
export function checkExtension(
  freeze: { readonly beganOn: LocalDate; readonly lastDay: LocalDate },
  lastDay: LocalDate,
  today: LocalDate,
  longest: number,
): void {
  if (lastDay <= freeze.lastDay)
    throw invalid('last-day-wrong', 'It would not be longer than it is.', [{ field: 'lastDay', message: `Give a day after ${formatDay(freeze.lastDay)}` }]);
  checkLastDay(lastDay, today, longest);
  const most = addDays(freeze.beganOn, MOST_DAYS);
  if (lastDay > most)
    throw refused(
      'freeze-too-long',
      `A stop lasts ${MOST_DAYS} days at most. This one has to end by ${formatDay(most)}: then the group goes on, or decides to end.`,
    );
}
