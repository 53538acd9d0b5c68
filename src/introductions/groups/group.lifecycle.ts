import type { Lifecycle } from '../../kernel/index.js';

export type GroupState = 'asked' | 'revealed' | 'ended';
export type GroupAction = 'reveal' | 'end';

/** Of a proposed group, and of what each person in it is asked. Both move on the day of revealing and at no other time. */
export const groupLifecycle = {
  asked: { reveal: { to: 'revealed', event: 'groupFound' }, end: { to: 'ended' } },
  revealed: {},
  ended: {},
} as const satisfies Lifecycle<GroupState, GroupAction>;
