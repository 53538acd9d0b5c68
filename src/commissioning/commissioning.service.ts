import { Injectable } from '@nestjs/common';
import type { FundPlan } from '../budgets/index.js';
import { Budgets } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BudgetLineId, LocalDate } from '../kernel/index.js';
import { dayOf, joinScopes, newId, refused, scopeOf } from '../kernel/index.js';
import type { PlanId } from '../plans/index.js';
import { Plans } from '../plans/index.js';
import { Database, once } from '../platform/index.js';
import { Decisions } from './decisions.service.js';

/** Decisions of the ICB: agree a plan, fund it. Each is stored as the ICB's own (RULE 2) in the transaction that carries it out. */
@Injectable()
export class Commissioning {
  constructor(
    private readonly database: Database,
    private readonly plans: Plans,
    private readonly budgets: Budgets,
    private readonly decisions: Decisions,
  ) {}

  async agreePlan(actor: Actor, planId: PlanId, command: { on?: LocalDate; reason: string }, key?: string): Promise<{ planId: string; state: 'agreed' }> {
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'commissioning.agree-plan', input: { planId, ...command } }, async () => {
        const plan = await this.decisions.planOf(tx, planId);
        requireAccess(actor, 'plan:agree', { icb: plan.icbId });
        await this.plans.agree(tx, actor, planId, command.on ?? dayOf(tx.now));
        await this.decisions.write(tx, actor, { id: newId<'decision'>(), kind: 'agree-plan', plan, reason: command.reason });
        return { planId, state: 'agreed' as const };
      }),
    );
  }

  /** Opens the budget of an agreed plan. The books named need not be the officer's own: the ICB decides where its money lies, so they join
   *  the scope for this command alone. Refuses: plan-not-agreed (RULE 6), and what `Budgets.open` refuses. */
  async fund(actor: Actor, command: FundPlan, key?: string): Promise<{ budgetId: string; lines: { id: BudgetLineId; reference: string }[] }> {
    const facts = await this.database.read(actor, (tx) => this.decisions.planOf(tx, command.planId));
    requireAccess(actor, 'budget:agree', { icb: facts.icbId });
    const scoped: Actor = { ...actor, scope: joinScopes(actor.scope, scopeOf({ books: command.lines.map((line) => line.bookId), people: [facts.personId] })) };
    return this.database.transaction(scoped, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'commissioning.fund', input: command }, async () => {
        const plan = await this.decisions.planOf(tx, command.planId);
        if (plan.state !== 'agreed') throw refused('plan-not-agreed', 'Agree the plan first: no money moves before there is an agreed plan.');
        const opened = await this.budgets.open(tx, actor, {
          personId: plan.personId,
          planId: command.planId,
          icbId: plan.icbId,
          fromDay: command.fromDay,
          untilDay: command.untilDay,
          lines: command.lines,
        });
        await this.decisions.write(tx, actor, { id: newId<'decision'>(), kind: 'fund', plan, budget: opened.id, reason: command.reason });
        return { budgetId: opened.id, lines: opened.lines };
      }),
    );
  }
}
