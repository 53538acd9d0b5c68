import type { LocalDate } from '../kernel/index.js';
import { DomainError, refused } from '../kernel/index.js';
import { adultFrom } from './card.rules.js';
import { TRIES_A_DAY } from './acquaintance-code.rules.js';
import type { IntroductionState } from './introduction.lifecycle.js';

export interface InvitedFacts {
  readonly from: string;
  readonly to: string;
  readonly bornOn: { readonly from: LocalDate | null; readonly to: LocalDate | null };
  readonly today: LocalDate;
  /** What these two are to each other here already. */
  readonly introduction: IntroductionState | undefined;
  readonly isAsked: boolean;
}

/** Whether two may be brought together who know each other. Refuses: same-person, ages-apart (adults and under-18s are kept apart here too; our
 *  judgement, November 2026), date-of-birth-needed, already-introduced, already-asked. Nothing here depends on what the other answered. */
export function requireMayMeet(facts: InvitedFacts): void {
  if (facts.from === facts.to) throw refused('same-person', 'This is your own code. Give it to somebody you know.');
  requireSameAge(facts.bornOn, facts.today);
  if (facts.introduction !== undefined && facts.introduction !== 'stepped-back') throw refused('already-introduced', 'You already met here.');
  if (facts.isAsked) throw refused('already-asked', 'You have asked this person already.');
}

/** Both adults, or both under 18, on this day. Refuses: ages-apart, date-of-birth-needed. */
export function requireSameAge(bornOn: InvitedFacts['bornOn'], today: LocalDate): void {
  const isAdult = (born: LocalDate | null): boolean => adultFrom(born) <= today;
  if (isAdult(bornOn.from) !== isAdult(bornOn.to))
    throw refused('ages-apart', 'We keep adults and under-18s apart here. Ask somebody you trust, or a broker, to help you.');
}

/** Refuses (too-many-tries) when a person has typed in too many wrong codes since this time yesterday. */
export function requireTriesLeft(wrong: number): void {
  if (wrong >= TRIES_A_DAY) throw new DomainError('too-many', 'too-many-tries', 'That was too many wrong codes. Try again tomorrow, or ask a broker to help.');
}

export const notOurCode = (): DomainError =>
  refused('code-not-known', 'We do not know this name with this code. Check both with the person who gave it to you.');
