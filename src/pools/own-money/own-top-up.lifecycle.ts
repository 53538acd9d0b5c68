import type { Lifecycle } from '../../kernel/index.js';

export type TopUpState = 'asked' | 'in-pool' | 'kept' | 'failed' | 'withdrawn' | 'taken-back';
export type TopUpAction = 'put-in' | 'keep' | 'fail' | 'withdraw' | 'take-back';

/** A member's own money on its way into a pool. It is kept with the money-holder when it came and may not go in any more. */
export const TOP_UP = {
  asked: { 'put-in': { to: 'in-pool' }, keep: { to: 'kept' }, fail: { to: 'failed' }, withdraw: { to: 'withdrawn' } },
  'in-pool': { 'take-back': { to: 'taken-back' } },
  kept: {},
  failed: {},
  withdrawn: {},
  'taken-back': {},
} as const satisfies Lifecycle<TopUpState, TopUpAction>;
