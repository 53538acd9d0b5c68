import type { Lifecycle } from '../../kernel/index.js';

export type FreezeState = 'in-force' | 'ended';
export type FreezeAction = 'extend' | 'thaw';

/** One stop, of a pool or of one member's part. It can be made longer, and ends once: by its last day, by who may lift it, or with what it stops. */
export const FREEZE = {
  'in-force': { extend: { to: 'in-force' }, thaw: { to: 'ended' } },
  ended: {},
} as const satisfies Lifecycle<FreezeState, FreezeAction>;
