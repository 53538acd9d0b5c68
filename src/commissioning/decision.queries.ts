import { Injectable } from '@nestjs/common';
import type { BudgetLineId, LocalDate, Pence, PersonId } from '../kernel/index.js';
import type { PlanId } from '../plans/index.js';
import type { Tx } from '../platform/index.js';
import type { STATUTES } from './decision.grounds.js';
import type { DecisionId } from './decisions.service.js';

/** A decision as the person it is about is told of it. */
export interface ToldDecision {
  readonly id: DecisionId;
  readonly kind: keyof typeof STATUTES;
  readonly personId: PersonId;
  readonly planId: PlanId | null;
  readonly lineId: BudgetLineId | null;
  /** What people can read aloud when it is about one line; null: about the whole plan. */
  readonly lineReference: string | null;
  readonly statute: string;
  readonly ground: string | null;
  /** In the words of who decided. Personal. */
  readonly reason: string;
  readonly amount: Pence | null;
  readonly taken: Pence | null;
  readonly onDay: LocalDate | null;
  readonly decidedOn: LocalDate;
}

@Injectable()
export class DecisionQueries {
  /** Decisions by their ids, those in scope only. */
  async told(tx: Tx, ids: readonly DecisionId[]): Promise<ReadonlyMap<DecisionId, ToldDecision>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.rows<ToldDecision>(
      `select d.id, d.kind, d.person_id as "personId", d.plan_id as "planId", d.line_id as "lineId", l.reference as "lineReference", d.statute, d.ground, d.reason,
         d.amount_pence as amount, d.taken_pence as taken, d.on_day as "onDay", d.decided_on as "decidedOn"
       from decision d left join budget_line l on l.id = d.line_id where d.id = any($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}
