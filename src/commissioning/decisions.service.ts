import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, BudgetLineId, Id, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { dayOf, notFound, penceAsNumber } from '../kernel/index.js';
import type { PlanId, PlanState } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import { STATUTES } from './decision.grounds.js';

export type DecisionId = Id<'decision'>;

export interface DecidedPlan {
  readonly id: PlanId;
  readonly personId: PersonId;
  readonly icbId: OrganisationId;
  readonly state: PlanState;
}

export interface NewDecision {
  readonly id: DecisionId;
  readonly kind: keyof typeof STATUTES;
  readonly plan: Pick<DecidedPlan, 'id' | 'personId' | 'icbId'>;
  readonly reason: string;
  readonly budget?: string | undefined;
  readonly line?: BudgetLineId | undefined;
  readonly ground?: string | undefined;
  readonly said?: string | undefined;
  /** By how much it falls, or how much is asked back; and what left the line at once. */
  readonly amount?: Pence | undefined;
  readonly taken?: Pence | undefined;
  readonly onDay?: LocalDate | undefined;
}

/** The record of the ICB's decisions: each is the ICB's own (RULE 2), written in the transaction that carries it out, and never changed. */
@Injectable()
export class Decisions {
  constructor(private readonly audit: Audit) {}

  /** The plan a decision is about. Refuses one out of scope (not-found). */
  async planOf(tx: Tx, planId: string): Promise<DecidedPlan> {
    const plan = await tx.row<DecidedPlan>('select id, person_id as "personId", icb_id as "icbId", state from plan where id = $1', [planId]);
    if (!plan) throw notFound('The plan');
    return plan;
  }

  /** Announces `decisionMade`, so that the person gets a letter with its reasons. */
  async write(tx: Tx, actor: Actor, decision: NewDecision): Promise<void> {
    const { id, kind, plan, line, amount, taken, onDay } = decision;
    tx.write(
      `insert into decision (id, icb_id, person_id, kind, plan_id, budget_id, line_id, statute, ground, reason, said, amount_pence, taken_pence, on_day, decided_by, decided_on, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        id,
        plan.icbId,
        plan.personId,
        kind,
        plan.id,
        decision.budget ?? null,
        line ?? null,
        STATUTES[kind],
        decision.ground ?? null,
        decision.reason,
        decision.said ?? null,
        amount === undefined ? null : String(amount),
        taken === undefined ? null : String(taken),
        onDay ?? null,
        actor.id,
        dayOf(tx.now),
        tx.now,
      ],
    );
    await announce(tx, {
      name: 'decisionMade',
      about: { people: [plan.personId], icbs: [plan.icbId] },
      payload: {
        decisionId: id,
        kind,
        personId: plan.personId,
        planId: plan.id,
        lineId: line ?? null,
        amountPence: amount === undefined ? null : penceAsNumber(amount),
        onDay: onDay ?? null,
      },
    });
    await this.audit.record(tx, actor, { action: 'decision:record', noun: 'decision', nounId: id, about: plan.personId, facts: { kind } });
  }
}
