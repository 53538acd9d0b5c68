import type { FieldFault, LocalDate, PersonId } from '../kernel/index.js';
import { refused } from '../kernel/index.js';

export type PlanState = 'draft' | 'agreed' | 'replaced' | 'ended';

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

/** A budget line may be spent only under an agreed plan (RULE 6). Refuses: plan-not-agreed. */
export function requireSpendable(plan: { state: PlanState }): void {
  if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'The plan is not agreed, so this money cannot be used yet.');
}
