import type { Lifecycle } from '../kernel/index.js';

export type NominationState = 'asked' | 'agreed' | 'turned-down' | 'withdrawn';
export type NominationAction = 'agree' | 'turn-down' | 'withdraw';

/** What somebody asked for. Once agreed the right itself begins, and ends by its own command. */
export const nominationLifecycle = {
  asked: {
    agree: { to: 'agreed' },
    'turn-down': { to: 'turned-down', event: 'nominationTurnedDown' },
    withdraw: { to: 'withdrawn' },
  },
  agreed: {},
  'turned-down': {},
  withdrawn: {},
} as const satisfies Lifecycle<NominationState, NominationAction>;
