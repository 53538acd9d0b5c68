import type { Lifecycle } from '../kernel/index.js';

export type GoalState = 'open' | 'met' | 'let-go';
export type GoalAction = 'meet' | 'let-go' | 'reopen';

/** A goal is never removed: letting go of one is part of the story. */
export const goalLifecycle = {
  open: { meet: { to: 'met' }, 'let-go': { to: 'let-go' } },
  met: { reopen: { to: 'open' } },
  'let-go': { reopen: { to: 'open' } },
} as const satisfies Lifecycle<GoalState, GoalAction>;
