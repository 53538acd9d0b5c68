import type { Lifecycle } from '../../kernel/index.js';

export type DecisionState = 'open' | 'carried' | 'not-carried' | 'too-few' | 'to-broker' | 'withdrawn';
export type DecisionAction = 'carry' | 'turn-down' | 'find-too-few' | 'hand-to-broker' | 'withdraw';

/** Something a group decides together. What came out is never rewritten: a group that thinks again raises it again. */
export const DECISION = {
  open: {
    carry: { to: 'carried', event: 'decisionClosed' },
    'turn-down': { to: 'not-carried', event: 'decisionClosed' },
    'find-too-few': { to: 'too-few', event: 'decisionClosed' },
    'hand-to-broker': { to: 'to-broker', event: 'decisionClosed' },
    withdraw: { to: 'withdrawn' },
  },
  carried: {},
  'not-carried': {},
  'too-few': {},
  'to-broker': {},
  withdrawn: {},
} as const satisfies Lifecycle<DecisionState, DecisionAction>;
