import type { Lifecycle } from '../kernel/index.js';

export type PayRunState = 'proposed' | 'prepared' | 'approved' | 'released';
export type PayRunAction = 'prepare' | 'approve' | 'release' | 'hold-line' | 'include-line' | 'drop-line';

/** A run is changed until a second person has approved it; then it only leaves. */
export const PAY_RUN = {
  proposed: {
    prepare: { to: 'prepared', event: 'payRunPrepared' },
    'hold-line': { to: 'proposed' },
    'include-line': { to: 'proposed' },
    'drop-line': { to: 'proposed' },
  },
  prepared: {
    approve: { to: 'approved', event: 'payRunApproved' },
    'hold-line': { to: 'prepared' },
    'include-line': { to: 'prepared' },
    'drop-line': { to: 'prepared' },
  },
  approved: { release: { to: 'released', event: 'payRunReleased' } },
  released: {},
} as const satisfies Lifecycle<PayRunState, PayRunAction>;

export type LineState = 'included' | 'held' | 'dropped';
export type LineAction = 'hold' | 'include' | 'drop';

export const PAY_RUN_LINE = {
  included: { hold: { to: 'held' }, drop: { to: 'dropped' } },
  held: { include: { to: 'included' }, drop: { to: 'dropped' } },
  dropped: {},
} as const satisfies Lifecycle<LineState, LineAction>;
