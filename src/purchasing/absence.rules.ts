import type { LocalDate, Pence, PersonId } from '../kernel/index.js';
import { addDays, invalid, NO_PENCE, refused, splitEqually, sumPence } from '../kernel/index.js';
import type { ShareId, SplitBy, Terms } from '../pools/index.js';
import type { SessionState } from './purchase.lifecycle.js';
import { drawOn } from './split.rules.js';

/** Why somebody does not come, as far as money asks. Nothing else is asked. */
export const ABSENCE_REASONS = ['away', 'hospital', 'bereavement'] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

export interface AbsenceFacts {
  readonly terms: Pick<Terms, 'absence' | 'absenceDays' | 'split'>;
  readonly session: { readonly day: LocalDate; readonly state: SessionState };
  /** Whether something is still set aside for the session in the member's own shares. */
  readonly holdsPlace: boolean;
  readonly toldBefore: boolean;
}

/** Whether somebody who does not come pays all the same. A stay in hospital and a bereavement are always excused (domain 2.3; our judgement,
 *  November 2026, that it needs no notice); else the agreement decides: pay to hold the place, or pay if you come, when it was said in time.
 *  Refuses: session-is-over, not-in-this-session, absence-told-before. */
export function decideAbsence(facts: AbsenceFacts, absence: { reason: AbsenceReason; toldOn: LocalDate }): 'pays' | 'excused' {
  const { terms, session } = facts;
  if (session.state === 'invoiced') throw refused('session-is-over', 'This session has been invoiced.');
  if (facts.toldBefore) throw refused('absence-told-before', 'We know already that this person does not come.');
  if (!facts.holdsPlace) throw refused('not-in-this-session', 'Nothing is set aside for this person in this session.');
  if (absence.reason !== 'away') return 'excused';
  if (terms.absence === 'pay-to-hold-place') return 'pays';
  return absence.toldOn <= addDays(session.day, -(terms.absenceDays ?? 1)) ? 'excused' : 'pays';
}

/** The longest time that is told at once, in days. Our judgement, November 2026. */
export const LONGEST_AWAY_DAYS = 366;

/** Whether two days make a time in which somebody is away: the last may be left out, and is then the first. Refuses: days-wrong. */
export function checkRange({ fromDay, untilDay = fromDay }: { readonly fromDay: LocalDate; readonly untilDay?: LocalDate | undefined }): void {
  if (untilDay < fromDay)
    throw invalid('days-wrong', 'The last day is before the first.', [{ field: 'untilDay', message: 'Enter the same day as the first, or a later one' }]);
  if (untilDay > addDays(fromDay, LONGEST_AWAY_DAYS))
    throw invalid('days-wrong', 'That is longer than a year.', [{ field: 'untilDay', message: 'Enter a day within a year of the first one' }]);
}

/** The most sessions of a group that are weighed at once. Our judgement, November 2026: more than one on each day of a year. */
export const MOST_SESSIONS_AT_ONCE = 400;

/** That no session of the days is left out in silence because there are so many. Refuses: too-many-sessions. */
export function checkCount(sessions: number): void {
  if (sessions > MOST_SESSIONS_AT_ONCE)
    throw invalid('too-many-sessions', 'These are too many sessions for one time.', [
      { field: 'untilDay', message: 'Enter an earlier last day, and say the rest afterwards' },
    ]);
}

/** A share of somebody who comes, and what of it is free to be set aside. */
export interface ComingShare {
  readonly id: ShareId;
  readonly personId: PersonId;
  readonly usable: Pence;
}

export interface TakenOver {
  readonly share: ShareId;
  readonly amount: Pence;
}

/** Who pays the part of somebody who is excused. Where the agreement says that those who come share the price (`attendance`), they take it over
 *  in equal parts, ties by join order, each out of their own shares; if that would not reach for one of them, nobody takes anything over. In
 *  every other split the price falls by it: the provider can invoice only what is set aside (RULE 18: nobody pays another's share). */
export function takeOver(split: SplitBy, part: Pence, coming: readonly ComingShare[]): { parts: TakenOver[]; uncovered: Pence } {
  const people = [...new Set(coming.map((share) => share.personId))];
  if (split !== 'attendance' || people.length === 0) return { parts: [], uncovered: part };
  const each = splitEqually(part, people.length);
  const drawn = people.map((person, place) =>
    drawOn(
      each[place]!,
      coming.filter((share) => share.personId === person),
    ),
  );
  if (sumPence(drawn.map(({ missing }) => missing)) > 0n) return { parts: [], uncovered: part };
  return { parts: drawn.flatMap(({ taken }) => taken.map(({ share, amount }) => ({ share: share.id, amount }))), uncovered: NO_PENCE };
}
