import type { Lifecycle } from '../kernel/index.js';

export type IntroductionState = 'introduced' | 'stepped-back' | 'became-pool';
export type IntroductionAction = 'step-back' | 'become-pool' | 'meet-again';

/** Either of the two may step back at any time, without a reason. Who know each other may meet again, when both say so. */
export const introductionLifecycle = {
  introduced: { 'step-back': { to: 'stepped-back', event: 'introductionEnded' }, 'become-pool': { to: 'became-pool', event: 'introductionBecamePool' } },
  'stepped-back': { 'meet-again': { to: 'introduced', event: 'introductionMade' } },
  'became-pool': {},
} as const satisfies Lifecycle<IntroductionState, IntroductionAction>;
