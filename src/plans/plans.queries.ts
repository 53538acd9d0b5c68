import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, Pence, PersonId, PlanLineId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, uuids } from '../platform/index.js';
import type { PlanState } from './plan.lifecycle.js';

export interface PlanLineView {
  readonly id: PlanLineId;
  readonly outcome: string;
  readonly service: string;
  readonly category: string;
  readonly amount: Pence;
  readonly per: string;
}

export interface PlanView {
  readonly id: Id<'plan'>;
  readonly personId: PersonId;
  readonly state: PlanState;
  readonly about: string;
  readonly risks: string | null;
  readonly coordinatorId: PersonId | null;
  readonly reviewOn: LocalDate | null;
  readonly agreedOn: LocalDate | null;
  /** The first day on which nothing new may be bought under it, once that is decided. */
  readonly endsOn: LocalDate | null;
  readonly lines: readonly PlanLineView[];
}

export interface Spendable {
  readonly personId: PersonId;
  readonly planId: string;
  readonly state: PlanState;
  readonly service: string;
}

@Injectable()
export class PlanQueries {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** Plans of a person, the agreed one first. Looking at somebody else's is written down. */
  async plansOf(actor: Actor, person: PersonId, why = 'plan'): Promise<PlanView[]> {
    return this.database.transaction(actor, async (tx) => {
      const plans = await tx.rows<Omit<PlanView, 'lines'> & { icbId: string }>(
        `select id, person_id as "personId", icb_id as "icbId", state, about, risks, coordinator_id as "coordinatorId", review_on as "reviewOn", agreed_on as "agreedOn", ends_on as "endsOn"
         from plan where person_id = $1 order by (state = 'agreed') desc, made_at desc limit 20`,
        [person],
      );
      // Without a plan yet the board responsible today decides who may look.
      requireAccess(actor, 'plan:read', {
        person,
        icb: plans[0]?.icbId ?? (await this.people.icbOf(tx, person)),
      });
      await this.audit.viewed(tx, actor, { about: person, noun: 'plan', why });
      const lines = await this.linesOf(
        tx,
        plans.map((plan) => plan.id),
      );
      return plans.map(({ icbId: _icb, ...plan }) => ({
        ...plan,
        lines: lines.filter((line) => line.planId === plan.id).map(({ planId: _plan, ...line }) => line),
      }));
    });
  }

  /** The costed lines of plans, inside a transaction that may see them. */
  linesOf(tx: Tx, plans: readonly string[]): Promise<(PlanLineView & { planId: string })[]> {
    return tx.rows(
      `select l.id, l.plan_id as "planId", o.words as outcome, l.service, l.category, l.amount_pence as amount, l.per
       from plan_line l join plan_outcome o on o.id = l.outcome_id where l.plan_id = any($1) order by l.id`,
      [plans],
    );
  }

  /** The facts a spend rests on: whose line it is and the state of its plan (RULE 7). Undefined when out of scope. */
  async spendable(tx: Tx, planLine: PlanLineId): Promise<Spendable | undefined> {
    return (await this.spendables(tx, [planLine])).get(planLine);
  }

  /** The same for several plan lines; those out of scope are left out. */
  async spendables(tx: Tx, planLines: readonly PlanLineId[]): Promise<Map<PlanLineId, Spendable>> {
    const rows = await tx.rows<Spendable & { id: PlanLineId }>(
      // One by one on purpose: as a plain join, PostgreSQL reads whole tables when it was planned while they were small.
      `select found.* from unnest($1::uuid[]) as asked(id), lateral (
         select l.id, p.person_id as "personId", p.id as "planId", p.state, l.service
           from plan_line l join plan p on p.id = l.plan_id where l.id = asked.id offset 0) found`,
      [uuids(planLines)],
    );
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  }
}
