import type { Lifecycle } from '../kernel/index.js';

export type PlanState = 'draft' | 'agreed' | 'replaced' | 'ended';
export type PlanAction = 'agree' | 'replace' | 'end';

/** A personalised care and support plan. At most one of a person's is agreed; it is replaced by the next one, or ended by a decision to
 *  stop (reg. 17) on its day. */
export const PLAN = {
  draft: { agree: { to: 'agreed', event: 'planAgreed' } },
  agreed: { replace: { to: 'replaced' }, end: { to: 'ended', event: 'planEnded' } },
  replaced: {},
  ended: {},
} as const satisfies Lifecycle<PlanState, PlanAction>;
