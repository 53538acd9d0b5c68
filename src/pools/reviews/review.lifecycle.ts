import type { Lifecycle } from '../../kernel/index.js';

export type ReviewState = 'open' | 'settled' | 'left' | 'gone' | 'set-aside';
export type ReviewAction = 'settle' | 'end-membership' | 'lapse' | 'set-aside';

/** How things go on with one member. It can be settled at any stage; `gone` is somebody who left of their own accord, or died. */
export const REVIEW = {
  open: {
    settle: { to: 'settled', event: 'reviewEnded' },
    'end-membership': { to: 'left' },
    lapse: { to: 'gone' },
    'set-aside': { to: 'set-aside', event: 'reviewEnded' },
  },
  settled: {},
  left: {},
  gone: {},
  'set-aside': {},
} as const satisfies Lifecycle<ReviewState, ReviewAction>;

export type StageState = 'open' | 'closed' | 'dropped';
export type StageAction = 'close' | 'drop';

/** One stage. A stage that is dropped opens no voices: what was said then stays with who said it. */
export const STAGE = {
  open: { close: { to: 'closed', event: 'reviewStageClosed' }, drop: { to: 'dropped' } },
  closed: {},
  dropped: {},
} as const satisfies Lifecycle<StageState, StageAction>;
