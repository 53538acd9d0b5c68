import type { Lifecycle } from '../kernel/index.js';

export type PoolState = 'forming' | 'agreeing' | 'active' | 'frozen' | 'closing' | 'closed';
export type PoolAction = 'offer' | 'start' | 'freeze' | 'unfreeze' | 'empty' | 'close';

/** A pool from the first idea to its last penny. Money may be put in only while it is active. */
export const POOL = {
  forming: { offer: { to: 'agreeing' }, close: { to: 'closed', event: 'poolClosed' } },
  agreeing: { offer: { to: 'agreeing' }, start: { to: 'active', event: 'poolStarted' }, close: { to: 'closed', event: 'poolClosed' } },
  active: { freeze: { to: 'frozen', event: 'poolFrozen' }, empty: { to: 'closing', event: 'poolClosing' } },
  frozen: { unfreeze: { to: 'active', event: 'poolUnfrozen' }, empty: { to: 'closing', event: 'poolClosing' } },
  closing: { close: { to: 'closed', event: 'poolClosed' } },
  closed: {},
} as const satisfies Lifecycle<PoolState, PoolAction>;

export type MemberState = 'invited' | 'member' | 'left';
export type MemberAction = 'join' | 'leave' | 'invite';

/** One person's membership. Who never assented may leave too: it is how an invitation is declined. Who left can be asked again. */
export const MEMBER = {
  invited: { join: { to: 'member', event: 'memberJoined' }, leave: { to: 'left', event: 'memberLeft' } },
  member: { leave: { to: 'left', event: 'memberLeft' } },
  left: { invite: { to: 'invited', event: 'memberInvited' } },
} as const satisfies Lifecycle<MemberState, MemberAction>;

export type AgreementState = 'draft' | 'offered' | 'in-force' | 'superseded';
export type AgreementAction = 'offer' | 'bring-into-force' | 'supersede';

/** One version of the agreement. Only an offered one is assented to by all; a newer offer or a newer version in force ends it. */
export const AGREEMENT = {
  draft: { offer: { to: 'offered', event: 'agreementOffered' } },
  offered: { 'bring-into-force': { to: 'in-force' }, supersede: { to: 'superseded' } },
  'in-force': { supersede: { to: 'superseded' } },
  superseded: {},
} as const satisfies Lifecycle<AgreementState, AgreementAction>;

export type ContributionState = 'made' | 'on-its-way' | 'arrived' | 'failed';
export type ContributionAction = 'send' | 'arrive' | 'fail';

/** Money put in: in the same book it is there at once, from another it buys nothing until it arrives. */
export const CONTRIBUTION = {
  made: { send: { to: 'on-its-way' }, arrive: { to: 'arrived', event: 'poolContributionArrived' } },
  'on-its-way': { arrive: { to: 'arrived', event: 'poolContributionArrived' }, fail: { to: 'failed', event: 'poolContributionFailed' } },
  arrived: {},
  failed: {},
} as const satisfies Lifecycle<ContributionState, ContributionAction>;
