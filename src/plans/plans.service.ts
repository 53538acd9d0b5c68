import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, OrganisationId, PersonId, PlanLineId } from '../kernel/index.js';
import { conflict, DomainError, newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { DraftPlan } from './plan.dto.js';
import type { PlanFacts } from './plan.rules.js';
import { lackingIn } from './plan.rules.js';

export type PlanId = Id<'plan'>;

/** Writing and agreeing plans. Agreement itself is a decision of the ICB, recorded in the room of commissioning. */
@Injectable()
export class Plans {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** Drafts a plan for a person the actor's ICB is responsible for. Lines naming the same outcome share it. */
  async draft(actor: Actor, command: DraftPlan, key?: string): Promise<{ id: PlanId; lines: PlanLineId[] }> {
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'plans.draft', input: command }, async () => {
        const icb = await this.people.icbOf(tx, command.personId);
        requireAccess(actor, 'plan:write', { icb });
        const id = newId<'plan'>();
        await tx.run(
          'insert into plan (id, person_id, icb_id, state, about, risks, coordinator_id, review_on, consent_on, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
          [id, command.personId, icb, 'draft', command.about, command.risks, command.coordinatorId, command.reviewOn, command.consentOn, tx.now],
        );
        const outcomes = new Map([...new Set(command.lines.map((line) => line.outcome.trim()))].map((words) => [words, newId<'outcome'>()]));
        await tx.run('insert into plan_outcome (id, plan_id, words) select id, $1, words from unnest($2::uuid[], $3::text[]) as o(id, words)', [
          id,
          [...outcomes.values()],
          [...outcomes.keys()],
        ]);
        const lines = command.lines.map(() => newId<'plan-line'>());
        await tx.run(
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
    await tx.run(`update plan set state = 'replaced' where person_id = $1 and state = 'agreed'`, [plan.personId]);
    const agreed = await tx.run(`update plan set state = 'agreed', agreed_on = $2 where id = $1 and state = 'draft'`, [planId, on]);
    if (agreed === 0) throw conflict('plan-is-not-a-draft', 'Only a draft can be agreed.');
    await announce(tx, { name: 'planAgreed', about: { people: [plan.personId], icbs: [plan.icbId] }, payload: { planId, personId: plan.personId } });
    await this.audit.record(tx, actor, { action: 'plan:agree', noun: 'plan', nounId: planId, about: plan.personId });
    return { personId: plan.personId, icbId: plan.icbId };
  }
}
