import { addDays, dayOf, startOfDay } from '../kernel/index.js';
import type { CardState } from './card.lifecycle.js';

export const CHOICES = ['yes', 'no', 'not-now'] as const;
export type Choice = (typeof CHOICES)[number];

/** Answers are looked at once a day, at 18:00 in London: the same in schedule.ts. Our judgement, November 2026. */
const HOURS_BEFORE_MIDNIGHT = 6;

/** The next moment at which answers are looked at: it depends on the clock alone, never on anybody's answer. */
export function nextPairing(now: Date): Date {
  const on = (count: number): Date => new Date(startOfDay(addDays(dayOf(now), count + 1)).getTime() - HOURS_BEFORE_MIDNIGHT * 3_600_000);
  const today = on(0);
  return now < today ? today : on(1);
}

export interface Side {
  readonly card: CardState;
  /** The newest answer of this side to this pair; undefined for none. */
  readonly choice: Choice | undefined;
  readonly answeredAt: Date | undefined;
  /** True when this side has blocked the other. */
  readonly hasBlocked: boolean;
  /** On the day of pairing. */
  readonly isAdult: boolean;
}

const saysYes = (side: Side, dueAt: Date): boolean =>
  side.card === 'open' && !side.hasBlocked && side.choice === 'yes' && side.answeredAt !== undefined && side.answeredAt <= dueAt;

/** Two are introduced when the newest answer of each is a yes given by the fixed time, both cards are open, neither blocked the other, and
 *  adults and under-18s are still apart (RULE 19), though one of them turned 18 since. */
export const suitsBoth = (a: Side, b: Side, dueAt: Date): boolean => saysYes(a, dueAt) && saysYes(b, dueAt) && a.isAdult === b.isAdult;
