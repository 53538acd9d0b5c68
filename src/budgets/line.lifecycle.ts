import type { Lifecycle } from '../kernel/index.js';

export type LineState = 'open' | 'ended';
export type LineAction = 'end';

/** A budget line is open until its last day, or until a decision to stop it; what is committed by then is still paid from it. */
export const LINE = {
  open: { end: { to: 'ended', event: 'lineEnded' } },
  ended: {},
} as const satisfies Lifecycle<LineState, LineAction>;
