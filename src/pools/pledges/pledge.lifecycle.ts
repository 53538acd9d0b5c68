import type { Lifecycle } from '../../kernel/index.js';

export type RoundState = 'open' | 'extended' | 'reached' | 'shrunk' | 'released' | 'withdrawn';
export type RoundAction = 'reach' | 'extend' | 'shrink' | 'release' | 'withdraw';

/** A group asks itself to pledge towards something. How it ends when it is not reached is chosen when it is asked, and extended once at most. */
export const PLEDGE_ROUND = {
  open: {
    reach: { to: 'reached', event: 'pledgesReached' },
    extend: { to: 'extended', event: 'pledgesNotReached' },
    shrink: { to: 'shrunk', event: 'pledgesReached' },
    release: { to: 'released', event: 'pledgesNotReached' },
    withdraw: { to: 'withdrawn', event: 'pledgesNotReached' },
  },
  extended: {
    reach: { to: 'reached', event: 'pledgesReached' },
    release: { to: 'released', event: 'pledgesNotReached' },
    withdraw: { to: 'withdrawn', event: 'pledgesNotReached' },
  },
  reached: {},
  shrunk: {},
  released: {},
  withdrawn: {},
} as const satisfies Lifecycle<RoundState, RoundAction>;

export type PledgeState = 'open' | 'called' | 'changed' | 'taken-back' | 'released';
export type PledgeAction = 'call' | 'change' | 'take-back' | 'release';

/** What one member pledged, as long as it is set aside: then it became a contribution, another pledge took its place, or it was let go. */
export const PLEDGE = {
  open: { call: { to: 'called' }, change: { to: 'changed' }, 'take-back': { to: 'taken-back' }, release: { to: 'released' } },
  called: {},
  changed: {},
  'taken-back': {},
  released: {},
} as const satisfies Lifecycle<PledgeState, PledgeAction>;
