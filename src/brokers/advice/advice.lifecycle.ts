import type { Lifecycle } from '../../kernel/index.js';

export type AdviceState = 'open' | 'answered' | 'withdrawn';
export type AdviceAction = 'answer' | 'withdraw';

/** Options put side by side. A person may change what they chose; options are taken back only while nothing was chosen. */
export const adviceLifecycle = {
  open: { answer: { to: 'answered', event: 'adviceAnswered' }, withdraw: { to: 'withdrawn' } },
  answered: { answer: { to: 'answered', event: 'adviceAnswered' } },
  withdrawn: {},
} as const satisfies Lifecycle<AdviceState, AdviceAction>;
