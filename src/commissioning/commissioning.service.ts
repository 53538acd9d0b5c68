import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { FundPlan } from '../budgets/index.js';
import { Budgets } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BudgetLineId, LocalDate, OrganisationId, PersonId } from '../kernel/index.js';
import { dayOf, joinScopes, newId, notFound, refused, scopeOf } from '../kernel/index.js';
import type { PlanId, PlanState } from '../plans/index.js';
import { Plans } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';

interface Decision {
  readonly icb: OrganisationId;
  readonly person: PersonId;
  readonly kind: 'agree-plan' | 'fund';
  readonly plan: string;
  readonly budget?: string;
  readonly statute: string;
  readonly reason: string;
}

/** Decisions of the ICB: agree a plan, fund it. Each is stored as the ICB's own (RULE 2) in the transaction that carries it out. */
@Injectable()
export class Commissioning {
  constructor(
    private readonly database: Database,
    private readonly plans: Plans,
    private readonly budgets: Budgets,
    private readonly audit: Audit,
  ) {}

  async agreePlan(actor: Actor, planId: PlanId, command: { on?: LocalDate; reason: string }, key?: string): Promise<{ planId: string; state: 'agreed' }> {
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'commissioning.agree-plan', input: { planId, ...command } }, async () => {
        const { icbId } = await this.planFacts(tx, planId);
        requireAccess(actor, 'plan:agree', { icb: icbId });
        const agreed = await this.plans.agree(tx, actor, planId, command.on ?? dayOf(tx.now));
        await this.decide(tx, actor, {
          icb: icbId,
          person: agreed.personId,
          kind: 'agree-plan',
          plan: planId,
          statute: 'S.I. 2013/1617 reg. 8',
          reason: command.reason,
        });
        return { planId, state: 'agreed' as const };
      }),
    );
  }

  /** Opens the budget of an agreed plan. Refuses: plan-not-agreed (RULE 6). The books named need not be the officer's own:
   *  the ICB decides where its money lies, so they join the scope for this command alone. */
  async fund(actor: Actor, command: FundPlan, key?: string): Promise<{ budgetId: string; lines: { id: BudgetLineId; reference: string }[] }> {
    const facts = await this.database.read(actor, (tx) => this.planFacts(tx, command.planId));
    requireAccess(actor, 'budget:agree', { icb: facts.icbId });
    const scoped: Actor = { ...actor, scope: joinScopes(actor.scope, scopeOf({ books: command.lines.map((line) => line.bookId), people: [facts.personId] })) };
    return this.database.transaction(scoped, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'commissioning.fund', input: command }, async () => {
        const plan = await this.planFacts(tx, command.planId);
        if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'Agree the plan first: no money moves before there is an agreed plan.');
        const opened = await this.budgets.open(tx, actor, {
          personId: plan.personId,
          planId: command.planId,
          icbId: plan.icbId,
          fromDay: command.fromDay,
          untilDay: command.untilDay,
          lines: command.lines,
        });
        await this.decide(tx, actor, {
          icb: plan.icbId,
          person: plan.personId,
          kind: 'fund',
          plan: command.planId,
          budget: opened.id,
          statute: 'NHS Act 2006 s. 12A',
          reason: command.reason,
        });
        return { budgetId: opened.id, lines: opened.lines };
      }),
    );
  }

  private async planFacts(tx: Tx, planId: string): Promise<{ personId: PersonId; icbId: OrganisationId; state: PlanState }> {
    const plan = await tx.row<{ personId: PersonId; icbId: OrganisationId; state: PlanState }>(
      'select person_id as "personId", icb_id as "icbId", state from plan where id = $1',
      [planId],
    );
    if (!plan) throw notFound('The plan');
    return plan;
  }

  private async decide(tx: Tx, actor: Actor, decision: Decision): Promise<void> {
    const id = newId<'decision'>();
    await tx.run(
      `insert into decision (id, icb_id, person_id, kind, plan_id, budget_id, statute, reason, decided_by, decided_on, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        decision.icb,
        decision.person,
        decision.kind,
        decision.plan,
        decision.budget ?? null,
        decision.statute,
        decision.reason,
        actor.id,
        dayOf(tx.now),
        tx.now,
      ],
    );
    await this.audit.record(tx, actor, { action: 'decision:record', noun: 'decision', nounId: id, about: decision.person, facts: { kind: decision.kind } });
  }
}
