import type { LocalDate, PersonId } from '../../kernel/index.js';
import { addDays, startOfDay } from '../../kernel/index.js';
import type { CardState } from '../card.lifecycle.js';
import type { Choice } from '../pairing.rules.js';

/** A group is three people or more: two are what suggestions are for. */
export const FEWEST = 3;
/** Our judgement, November 2026: two weeks to think; and nobody is asked again at night before six weeks are over, whatever they said. */
export const ANSWER_DAYS = 14;
export const REST_DAYS = 42;

/** What a person may agree to on their card, beside being found by others one by one. */
export const AGREEMENTS = ['groups', 'brokers'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** The days of a proposal's life: they depend on the day it is made and on nothing else. Answers count to the end of `answerUntil`; at 18:00 of
 *  the next day, in London, the group is revealed or has come to nothing. */
export const datesOf = (from: LocalDate): { readonly answerUntil: LocalDate; readonly revealOn: LocalDate } => ({
  answerUntil: addDays(from, ANSWER_DAYS),
  revealOn: addDays(from, ANSWER_DAYS + 1),
});

/** At 18:00 in London, as answers to suggestions: the same in schedule.ts. */
export const revealsAt = (day: LocalDate): Date => new Date(startOfDay(addDays(day, 1)).getTime() - 6 * 3_600_000);

/** Somebody who was asked, as they stand on the day of revealing. */
export interface Asked {
  readonly person: PersonId;
  /** The newest answer; undefined for none. */
  readonly choice: Choice | undefined;
  readonly card: CardState;
  /** Whether the card still says that they may be asked about groups. */
  readonly agrees: boolean;
  /** Whom they have blocked. */
  readonly blocked: readonly PersonId[];
}

/** Who is revealed to each other: those whose newest answer is yes, whose card is open, who still agree, and who have not blocked another of these.
 *  The one who blocked falls out, so that the other sees what they would see had that card been taken down. Nobody, when fewer than three are left. */
export function revealedOf(asked: readonly Asked[]): PersonId[] {
  const willing = asked.filter((each) => each.choice === 'yes' && each.card === 'open' && each.agrees);
  const people = willing.map((each) => each.person);
  const together = willing.filter((each) => !each.blocked.some((other) => people.includes(other))).map((each) => each.person);
  return together.length < FEWEST ? [] : together.sort();
}
