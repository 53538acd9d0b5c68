import type { LocalDate } from '../../kernel/index.js';
import { addDays, daysBetween } from '../../kernel/index.js';

/** Where one person a broker works for stands. Dates are days in London; null where there is none. */
export interface CaseFacts {
  readonly signedOn: LocalDate;
  readonly untilDay: LocalDate | null;
  /** The newest visit, call or options: the day on which the person last got an answer. */
  readonly lastAnswer: LocalDate | null;
  /** What is open and waits on the broker: since when, and the first day by which it was promised. */
  readonly onBroker: { readonly count: number; readonly since: LocalDate; readonly byDay: LocalDate } | null;
  /** Notes that two devices wrote differently. */
  readonly toSettle: number;
  /** What waits on the person or on others: things to do, options not answered, papers not back; and since when. */
  readonly onOthers: { readonly count: number; readonly since: LocalDate } | null;
}

export type CaseState = 'late' | 'yours' | 'theirs' | 'ending' | 'quiet' | 'new' | 'up-to-date';

export interface CaseStanding {
  readonly state: CaseState;
  /** Days since something waits on the broker; where nothing does, days since the person last got an answer, or since they signed. */
  readonly waitingDays: number;
  readonly since: LocalDate;
}

/** Our judgement, November 2026: a person who heard nothing for six weeks is rung up; what was signed is talked about 30 days before its end. */
export const QUIET_DAYS = 42;
export const ENDS_SOON_DAYS = 30;

/** Where a person stands, the most pressing first: late, waits on the broker, ends soon, never answered, waits on others, long without a word. */
export function standingOf(facts: CaseFacts, today: LocalDate): CaseStanding {
  const since = facts.onBroker?.since ?? facts.lastAnswer ?? facts.signedOn;
  return { state: stateOf(facts, today), since, waitingDays: Math.max(0, daysBetween(since, today)) };
}

function stateOf(facts: CaseFacts, today: LocalDate): CaseState {
  if (facts.onBroker && facts.onBroker.byDay < today) return 'late';
  if (facts.onBroker || facts.toSettle > 0) return 'yours';
  if (facts.untilDay !== null && facts.untilDay <= addDays(today, ENDS_SOON_DAYS)) return 'ending';
  if (facts.lastAnswer === null) return 'new';
  if (facts.onOthers) return 'theirs';
  return daysBetween(facts.lastAnswer, today) >= QUIET_DAYS ? 'quiet' : 'up-to-date';
}

const ORDER: readonly CaseState[] = ['late', 'yours', 'new', 'ending', 'quiet', 'theirs', 'up-to-date'];

/** Most pressing first; of two alike, who waits longer. */
export const byUrgency = (a: CaseStanding, b: CaseStanding): number => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || b.waitingDays - a.waitingDays;
