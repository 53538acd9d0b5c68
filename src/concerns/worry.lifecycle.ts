import type { Lifecycle } from '../kernel/index.js';

export type WorryStage = 'unanswered' | 'taken' | 'closed';
export type WorryAction = 'take' | 'close' | 'open-again';

/** A worry waits until a named person takes it. Another lead may take it over. A closed one can be opened again, and then it is with whoever
 *  opened it. No edge announces anything: not even that there was one (truth 11). */
export const WORRY = {
  unanswered: { take: { to: 'taken' } },
  taken: { take: { to: 'taken' }, close: { to: 'closed' } },
  closed: { 'open-again': { to: 'taken' } },
} as const satisfies Lifecycle<WorryStage, WorryAction>;

/** How a worry ended, in order of how they are offered. */
export const WORRY_OUTCOMES = ['no-further-action', 'advice-given', 'support-changed', 'council-told', 'police-told', 'other'] as const;
export type WorryOutcome = (typeof WORRY_OUTCOMES)[number];
