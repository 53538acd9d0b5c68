import type { Lifecycle } from '../kernel/index.js';

export type IntroductionState = 'introduced' | 'stepped-back' | 'became-pool';
export type IntroductionAction = 'step-back' | 'become-pool';

/** Either of the two may step back at any time, without a reason. */
export const introductionLifecycle = {
  introduced: { 'step-back': { to: 'stepped-back', event: 'introductionEnded' }, 'become-pool': { to: 'became-pool', event: 'introductionBecamePool' } },
  'stepped-back': {},
  'became-pool': {},
} as const satisfies Lifecycle<IntroductionState, IntroductionAction>;
