import type { Lifecycle } from '../../kernel/index.js';

export type FollowUpState = 'open' | 'done' | 'dropped';
export type FollowUpAction = 'finish' | 'drop';

/** Something that somebody does next. */
export const followUpLifecycle = {
  open: { finish: { to: 'done' }, drop: { to: 'dropped' } },
  done: {},
  dropped: {},
} as const satisfies Lifecycle<FollowUpState, FollowUpAction>;

export type PackState = 'out' | 'typed-back' | 'taken-back';
export type PackAction = 'type-back' | 'take-back';

/** Sheets of paper, until what is on them is typed in. */
export const packLifecycle = {
  out: { 'type-back': { to: 'typed-back' }, 'take-back': { to: 'taken-back' } },
  'typed-back': {},
  'taken-back': {},
} as const satisfies Lifecycle<PackState, PackAction>;
