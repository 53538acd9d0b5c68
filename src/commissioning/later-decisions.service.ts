import { Injectable } from '@nestjs/common';
import { BudgetLines } from '../budgets/index.js';
import type { HeldLine } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, LocalDate } from '../kernel/index.js';
import { dayOf, joinScopes, minus, newId, penceAsNumber, refused, scopeOf } from '../kernel/index.js';
import type { PlanId, PlanState } from '../plans/index.js';
import { Plans } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import type { ReclaimMoney, ReduceLine, ResumeMoney, ReviewPlan, StopMoney, SuspendMoney } from './decision.dto.js';
import type { LaterKind } from './decision.grounds.js';
import { checkAnswerDay, checkStopDay, checkSuspension } from './decision.rules.js';
import type { DecidedPlan, DecisionId } from './decisions.service.js';
import { Decisions } from './decisions.service.js';

export interface LaterDecision {
  readonly decisionId: DecisionId;
}

/** What a decision is made of: the plan, the new decision's id, and the open transaction. */
interface Case {
  readonly tx: Tx;
  readonly plan: DecidedPlan;
  readonly id: DecisionId;
}

/** What the ICB decides after a plan was agreed and funded: review, reduce, reclaim, suspend, resume, stop. Each is refused without a reason
 *  that its regulation allows (RULE 11), is the ICB's own (RULE 2), and never touches what is committed or lies in a pool (RULE 12). */
@Injectable()
export class LaterDecisions {
  constructor(
    private readonly database: Database,
    private readonly plans: Plans,
    private readonly lines: BudgetLines,
    private readonly decisions: Decisions,
  ) {}

  /** The plan goes on; the next review has its day (reg. 14). Refuses: plan-not-agreed, review-day-wrong. */
  async review(actor: Actor, planId: PlanId, command: ReviewPlan, key?: string): Promise<LaterDecision & { nextReviewOn: LocalDate }> {
    return this.decide(actor, planId, 'review', command, key, async ({ tx, plan, id }) => {
      const { ground, reason, said, nextReviewOn } = command;
      await this.plans.review(tx, actor, planId, nextReviewOn);
      await this.decisions.write(tx, actor, { id, kind: 'review', plan, ground, reason, said, onDay: nextReviewOn });
      return { decisionId: id, nextReviewOn };
    });
  }

  /** The agreed sum of a line falls, out of what is free in it or still to come (reg. 13). Refuses: line-ended, more-than-free,
   *  nothing-would-be-left. */
  async reduce(actor: Actor, planId: PlanId, command: ReduceLine, key?: string): Promise<LaterDecision & { lineId: BudgetLineId; agreedPence: number }> {
    return this.decide(actor, planId, 'reduce', command, key, async ({ tx, plan, id }) => {
      const { ground, reason, said, lineId, amountPence: amount } = command;
      const [line] = await this.lines.ofPlan(tx, planId, lineId);
      const { agreed, taken } = await this.lines.reduce(tx, line!, amount, id);
      await this.decisions.write(tx, actor, { id, kind: 'reduce', plan, line: lineId, ground, reason, said, amount, taken });
      return { decisionId: id, lineId, agreedPence: penceAsNumber(agreed) };
    });
  }

  /** Money is asked back (reg. 15): what is free in a line of the ICB's own book is taken at once, the rest stays asked.
   *  Refuses: time-too-short, more-than-agreed, nothing-would-be-left. */
  async reclaim(
    actor: Actor,
    planId: PlanId,
    command: ReclaimMoney,
    key?: string,
  ): Promise<LaterDecision & { lineId: BudgetLineId; agreedPence: number; takenPence: number; stillAskedPence: number }> {
    return this.decide(actor, planId, 'reclaim', command, key, async ({ tx, plan, id }) => {
      const { ground, reason, said, lineId, amountPence: amount, answerBy } = command;
      checkAnswerDay(dayOf(tx.now), answerBy);
      const [line] = await this.lines.ofPlan(tx, planId, lineId);
      const { agreed, taken } = await this.lines.takeBack(tx, line!, amount, id);
      await this.decisions.write(tx, actor, { id, kind: 'reclaim', plan, line: lineId, ground, reason, said, amount, taken, onDay: answerBy });
      return {
        decisionId: id,
        lineId,
        agreedPence: penceAsNumber(agreed),
        takenPence: penceAsNumber(taken),
        stillAskedPence: penceAsNumber(minus(amount, taken)),
      };
    });
  }

  /** Nothing new may be bought until it is lifted; the plan is reviewed by the day it is looked at again. What is committed goes on.
   *  Refuses: suspended-too-long, line-ended, line-suspended, no-open-line. */
  async suspend(actor: Actor, planId: PlanId, command: SuspendMoney, key?: string): Promise<LaterDecision & { lineIds: BudgetLineId[] }> {
    return this.decide(actor, planId, 'suspend', command, key, async ({ tx, plan, id }) => {
      const { ground, reason, said, lineId, lookAgainOn } = command;
      checkSuspension(dayOf(tx.now), lookAgainOn);
      const lines = someOf((await this.lines.ofPlan(tx, planId, lineId)).filter((line) => lineId !== undefined || line.suspendedOn === null));
      for (const line of lines) await this.lines.suspend(tx, line);
      await this.plans.reviewBy(tx, planId, lookAgainOn);
      await this.decisions.write(tx, actor, { id, kind: 'suspend', plan, line: lineId, ground, reason, said, onDay: lookAgainOn });
      return { decisionId: id, lineIds: lines.map((line) => line.id) };
    });
  }

  /** Lifts a suspension. Refuses: line-ended, line-not-suspended, no-open-line. */
  async resume(actor: Actor, planId: PlanId, command: ResumeMoney, key?: string): Promise<LaterDecision & { lineIds: BudgetLineId[] }> {
    return this.decide(actor, planId, 'resume', command, key, async ({ tx, plan, id }) => {
      const { reason, said, lineId } = command;
      const lines = someOf((await this.lines.ofPlan(tx, planId, lineId)).filter((line) => lineId !== undefined || line.suspendedOn !== null));
      for (const line of lines) await this.lines.resume(tx, line);
      await this.decisions.write(tx, actor, { id, kind: 'resume', plan, line: lineId, reason, said });
      return { decisionId: id, lineIds: lines.map((line) => line.id) };
    });
  }

  /** One line, or the plan with all of its lines, ends on a day (reg. 17): nothing new is bought from then on, and what is committed is still
   *  paid. Refuses: ends-in-the-past, notice-too-short, plan-not-agreed, plan-ends-already, line-ended, ends-before-it-began. */
  async stop(
    actor: Actor,
    planId: PlanId,
    command: StopMoney,
    key?: string,
  ): Promise<LaterDecision & { endsOn: LocalDate; planState: PlanState; lineIds: BudgetLineId[] }> {
    return this.decide(actor, planId, 'stop', command, key, async ({ tx, plan, id }) => {
      const { ground, reason, said, lineId, endsOn } = command;
      checkStopDay(ground, dayOf(tx.now), endsOn);
      const lines = await this.lines.ofPlan(tx, planId, lineId);
      for (const line of lines) await this.lines.stop(tx, line, endsOn);
      const planState = lineId === undefined ? (await this.plans.stop(tx, actor, planId, endsOn)).state : plan.state;
      await this.decisions.write(tx, actor, { id, kind: 'stop', plan, line: lineId, ground, reason, said, onDay: endsOn });
      return { decisionId: id, endsOn, planState, lineIds: lines.map((line) => line.id) };
    });
  }

  /** Authorises against the plan's ICB, then works with the person and the books of the plan's lines in scope as well: the ICB decides about
   *  money wherever it lies, for this command alone. */
  private async decide<Answer extends LaterDecision>(
    actor: Actor,
    planId: PlanId,
    kind: LaterKind,
    command: object,
    key: string | undefined,
    work: (facts: Case) => Promise<Answer>,
  ): Promise<Answer> {
    const { icbId, personId } = await this.database.read(actor, (tx) => this.decisions.planOf(tx, planId));
    requireAccess(actor, kind === 'review' ? 'review:record' : 'decision:record', { icb: icbId });
    const withPerson: Actor = { ...actor, scope: joinScopes(actor.scope, scopeOf({ people: [personId] })) };
    const books = await this.database.read(withPerson, async (tx) =>
      (await tx.rows<{ id: BookId }>('select distinct book_id as id from budget_line where plan_id = $1', [planId])).map((row) => row.id),
    );
    return this.database.transaction({ ...actor, scope: joinScopes(withPerson.scope, scopeOf({ books })) }, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: `commissioning.${kind}`, input: { planId, ...command } }, async () =>
        work({ tx, plan: await this.decisions.planOf(tx, planId), id: newId<'decision'>() }),
      ),
    );
  }
}

function someOf(lines: readonly HeldLine[]): readonly HeldLine[] {
  if (lines.length === 0) throw refused('no-open-line', 'There is no open part of this budget that this could be about.');
  return lines;
}
