import type { FieldFault, LocalDate, PersonId } from '../kernel/index.js';
import { addMonths, formatDay, invalid, refused } from '../kernel/index.js';
import type { PlanState } from './plan.lifecycle.js';

export interface PlanFacts {
  readonly state: PlanState;
  readonly outcomes: number;
  readonly lines: number;
  readonly risks: string | null;
  readonly coordinatorId: PersonId | null;
  readonly reviewOn: LocalDate | null;
  readonly consentOn: LocalDate | null;
}

/** What a plan still lacks before it may be agreed (S.I. 2013/1617, reg. 8; RULE 6), as sentences by field. */
export function lackingIn(plan: PlanFacts): FieldFault[] {
  const faults: FieldFault[] = [];
  const need = (field: string, present: boolean, message: string): void => {
    if (!present) faults.push({ field, message });
  };
  need('outcomes', plan.outcomes > 0, 'Add at least one outcome: what the person wants to be different.');
  need('lines', plan.lines > 0, 'Add at least one agreed service with its amount and how often.');
  need('risks', (plan.risks ?? '').trim().length > 0, 'Write down the risks and how they are managed, or that there are none.');
  need('coordinatorId', plan.coordinatorId !== null, 'Name the care co-ordinator.');
  need('reviewOn', plan.reviewOn !== null, 'Give the date of the first review.');
  need('consentOn', plan.consentOn !== null, 'Record the day on which the person consented.');
  return faults;
}

/** A plan names a care co-ordinator of its own ICB, who holds that role today (reg. 8). Whoever else is named, known here or not, gets the
 *  same answer. Refuses: not-a-coordinator. */
export function checkCoordinator(named: PersonId, coordinators: readonly PersonId[]): void {
  if (!coordinators.includes(named))
    throw invalid('not-a-coordinator', 'A plan names a care co-ordinator of the person’s own ICB.', [
      { field: 'coordinatorId', message: 'Choose somebody who is a care co-ordinator of this ICB today.' },
    ]);
}

/** A budget line may be spent only under an agreed plan (RULE 6). Refuses: plan-not-agreed. */
export function requireSpendable(plan: { state: PlanState }): void {
  if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'The plan is not agreed, so this money cannot be used yet.');
}

/** The longest time between two reviews, in months (reg. 14; RULE 10). */
export const MOST_MONTHS_TO_REVIEW = 12;

/** The next review is after the one that was held, and within a year of it. Refuses: plan-not-agreed, review-day-wrong. */
export function checkReview(plan: { state: PlanState }, heldOn: LocalDate, nextOn: LocalDate): void {
  if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'Only an agreed plan is reviewed.');
  const last = addMonths(heldOn, MOST_MONTHS_TO_REVIEW);
  if (nextOn <= heldOn || nextOn > last)
    throw invalid('review-day-wrong', 'A plan is reviewed at least every twelve months.', [
      { field: 'nextReviewOn', message: `Give a day after ${formatDay(heldOn)} and no later than ${formatDay(last)}.` },
    ]);
}

/** A plan that was agreed ends on a day from today on, and never later than it would have. Refuses: plan-not-agreed, plan-ends-already. */
export function checkPlanEnd(plan: { state: PlanState; endsOn: LocalDate | null }, endsOn: LocalDate): void {
  if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'Only an agreed plan can be stopped.');
  if (plan.endsOn !== null && plan.endsOn <= endsOn) throw refused('plan-ends-already', `This plan ends on ${formatDay(plan.endsOn)} already.`);
}
