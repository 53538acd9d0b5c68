import type { Lifecycle } from '../kernel/index.js';

export type FunderShareState = 'promised' | 'held' | 'ended';
export type FunderShareAction = 'arrive' | 'end';

/** Money of a named funder beside the members': promised, there, and over when its rest has gone back. */
export const FUNDER_SHARE = {
  promised: { arrive: { to: 'held', event: 'funderShareArrived' }, end: { to: 'ended', event: 'funderShareEnded' } },
  held: { arrive: { to: 'held', event: 'funderShareArrived' }, end: { to: 'ended', event: 'funderShareEnded' } },
  ended: {},
} as const satisfies Lifecycle<FunderShareState, FunderShareAction>;
