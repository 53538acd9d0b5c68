import type { Lifecycle } from '../kernel/index.js';

export type InvitationState = 'waiting' | 'accepted' | 'withdrawn' | 'ended';
export type InvitationAction = 'accept' | 'withdraw' | 'end';

/** A no is no step here: whoever asked may read the state, and an invitation that got a no ends on its day like one that got no answer. */
export const invitationLifecycle = {
  waiting: {
    accept: { to: 'accepted', event: 'introductionMade' },
    withdraw: { to: 'withdrawn' },
    end: { to: 'ended', event: 'invitationEnded' },
  },
  accepted: {},
  withdrawn: {},
  ended: {},
} as const satisfies Lifecycle<InvitationState, InvitationAction>;
