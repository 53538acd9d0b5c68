import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants, People, requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, OrganisationId, PersonId, PlanLineId } from '../kernel/index.js';
import { conflict, dayOf, DomainError, newId, notFound, statesAllowing } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, announceAll, Database, once } from '../platform/index.js';
import type { DraftPlan } from './plan.dto.js';
import type { PlanState } from './plan.lifecycle.js';
import { PLAN } from './plan.lifecycle.js';
import type { PlanFacts } from './plan.rules.js';
import { checkCoordinator, checkPlanEnd, checkReview, lackingIn } from './plan.rules.js';

export type PlanId = Id<'plan'>;

/** Writing and agreeing plans. Agreement itself is a decision of the ICB, recorded in the room of commissioning. */
@Injectable()
export class Plans {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly audit: Audit,
  ) {}

  /** Drafts a plan for a person the actor's ICB is responsible for. Lines naming the same outcome share it. Refuses: not-a-coordinator. */
  async draft(actor: Actor, command: DraftPlan, key?: string): Promise<{ id: PlanId; lines: PlanLineId[] }> {
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'plans.draft', input: command }, async () => {
        const icb = await this.people.icbOf(tx, command.personId);
        requireAccess(actor, 'plan:write', { icb });
        checkCoordinator(command.coordinatorId, icb === undefined ? [] : await this.grants.holdersOf(tx, 'care-coordinator', icb));
        const id = newId<'plan'>();
        tx.write(
          'insert into plan (id, person_id, icb_id, state, about, risks, coordinator_id, review_on, consent_on, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
          [id, command.personId, icb, 'draft', command.about, command.risks, command.coordinatorId, command.reviewOn, command.consentOn, tx.now],
        );
        const outcomes = new Map([...new Set(command.lines.map((line) => line.outcome.trim()))].map((words) => [words, newId<'outcome'>()]));
        tx.write('insert into plan_outcome (id, plan_id, words) select id, $1, words from unnest($2::uuid[], $3::text[]) as o(id, words)', [
          id,
          [...outcomes.values()],
          [...outcomes.keys()],
        ]);
        const lines = command.lines.map(() => newId<'plan-line'>());
        tx.write(
          `insert into plan_line (id, plan_id, outcome_id, service, category, amount_pence, per)
           select l.id, $1, l.outcome, l.service, l.category, l.amount, l.per from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[]) as l(id, outcome, service, category, amount, per)`,
          [
            id,
            lines,
            command.lines.map((l) => outcomes.get(l.outcome.trim())),
            command.lines.map((l) => l.service),
            command.lines.map((l) => l.category),
            command.lines.map((l) => String(l.amountPence)),
            command.lines.map((l) => l.per),
          ],
        );
        await this.audit.record(tx, actor, { action: 'plan:write', noun: 'plan', nounId: id, about: command.personId });
        return { id, lines };
      }),
    );
  }

  /** Makes a draft the agreed plan; one agreed before is replaced. Refuses: plan-not-whole, naming what is missing (RULE 6). */
  async agree(tx: Tx, actor: Actor, planId: PlanId, on: LocalDate): Promise<{ personId: PersonId; icbId: OrganisationId }> {
    const plan = await tx.row<PlanFacts & { personId: PersonId; icbId: OrganisationId }>(
      `select person_id as "personId", icb_id as "icbId", state, risks, coordinator_id as "coordinatorId", review_on as "reviewOn", consent_on as "consentOn",
         (select count(*) from plan_outcome o where o.plan_id = p.id)::int as outcomes, (select count(*) from plan_line l where l.plan_id = p.id)::int as lines
       from plan p where id = $1 for update of p`,
      [planId],
    );
    if (!plan) throw notFound('The plan');
    const lacking = lackingIn(plan);
    if (lacking.length > 0) throw new DomainError('invalid', 'plan-not-whole', 'The plan is not complete yet.', lacking);
    tx.write('update plan set state = $2 where person_id = $1 and state = any($3)', [plan.personId, PLAN.agreed.replace.to, statesAllowing(PLAN, 'replace')]);
    const agreed = await tx.run('update plan set state = $3, agreed_on = $2 where id = $1 and state = any($4)', [
      planId,
      on,
      PLAN.draft.agree.to,
      statesAllowing(PLAN, 'agree'),
    ]);
    if (agreed === 0) throw conflict('plan-is-not-a-draft', 'Only a draft can be agreed.');
    await announce(tx, { name: PLAN.draft.agree.event, about: { people: [plan.personId], icbs: [plan.icbId] }, payload: { planId, personId: plan.personId } });
    await this.audit.record(tx, actor, { action: 'plan:agree', noun: 'plan', nounId: planId, about: plan.personId });
    return { personId: plan.personId, icbId: plan.icbId };
  }

  /** A review was held and the plan goes on; the next one is due on `nextOn`. For the room of commissioning, whose decision it is.
   *  Refuses: plan-not-agreed, review-day-wrong. */
  async review(tx: Tx, actor: Actor, planId: PlanId, nextOn: LocalDate): Promise<void> {
    const plan = await this.lock(tx, planId);
    checkReview(plan, dayOf(tx.now), nextOn);
    tx.write('update plan set review_on = $2 where id = $1', [planId, nextOn]);
    await announce(tx, {
      name: 'planReviewed',
      about: { people: [plan.personId], icbs: [plan.icbId] },
      payload: { planId, personId: plan.personId, nextReviewOn: nextOn },
    });
    await this.audit.record(tx, actor, { action: 'plan:review', noun: 'plan', nounId: planId, about: plan.personId });
  }

  /** Something calls for a review by a day: a later one is brought forward. */
  async reviewBy(tx: Tx, planId: PlanId, day: LocalDate): Promise<void> {
    tx.write(`update plan set review_on = least(review_on, $2) where id = $1 and state = 'agreed'`, [planId, day]);
  }

  /** The same for every agreed plan of a person; answers which they are, and whose. */
  async reviewAllBy(tx: Tx, person: PersonId, day: LocalDate): Promise<{ planId: PlanId; icbId: OrganisationId }[]> {
    return tx.rows(`update plan set review_on = least(review_on, $2) where person_id = $1 and state = 'agreed' returning id as "planId", icb_id as "icbId"`, [
      person,
      day,
    ]);
  }

  /** The plan ends on a day: at once when that is today, else by the job. Refuses: plan-not-agreed, plan-ends-already. */
  async stop(tx: Tx, actor: Actor, planId: PlanId, endsOn: LocalDate): Promise<{ state: PlanState }> {
    const plan = await this.lock(tx, planId);
    checkPlanEnd(plan, endsOn);
    tx.write('update plan set ends_on = $2 where id = $1', [planId, endsOn]);
    await this.audit.record(tx, actor, { action: 'plan:stop', noun: 'plan', nounId: planId, about: plan.personId });
    return { state: (await this.endDue(tx, [plan.personId], dayOf(tx.now))).includes(planId) ? 'ended' : 'agreed' };
  }

  /** Ends the plans of these people whose day has come. Answers which. */
  async endDue(tx: Tx, people: readonly PersonId[], day: LocalDate): Promise<PlanId[]> {
    const edge = PLAN.agreed.end;
    const ended = await tx.rows<{ id: PlanId; personId: PersonId; icbId: OrganisationId }>(
      'update plan set state = $3 where person_id = any($1) and ends_on <= $2 and state = any($4) returning id, person_id as "personId", icb_id as "icbId"',
      [people, day, edge.to, statesAllowing(PLAN, 'end')],
    );
    await announceAll(
      tx,
      ended.map(({ id, personId, icbId }) => ({ name: edge.event, about: { people: [personId], icbs: [icbId] }, payload: { planId: id, personId } })),
    );
    return ended.map(({ id }) => id);
  }

  private async lock(tx: Tx, planId: PlanId): Promise<{ personId: PersonId; icbId: OrganisationId; state: PlanState; endsOn: LocalDate | null }> {
    const plan = await tx.row<{ personId: PersonId; icbId: OrganisationId; state: PlanState; endsOn: LocalDate | null }>(
      'select person_id as "personId", icb_id as "icbId", state, ends_on as "endsOn" from plan where id = $1 for update',
      [planId],
    );
    if (!plan) throw notFound('The plan');
    return plan;
  }
}
