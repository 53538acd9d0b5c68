import { Injectable } from '@nestjs/common';
import type { BudgetLineId, LocalDate, OrganisationId, Pence, PersonId, PoolId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

export interface ForecastView {
  readonly line: BudgetLineId;
  readonly asOf: LocalDate;
  readonly spentShare: number;
  readonly timeShare: number;
  readonly daily: Pence;
  readonly runOutOn: LocalDate | null;
  readonly leftAtEnd: Pence;
}

export interface DayView {
  readonly day: LocalDate;
  readonly free: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
}

/** What was worked out, read inside the asker's own transaction. */
@Injectable()
export class InsightQueries {
  async forecastsOf(tx: Tx, lines: readonly BudgetLineId[]): Promise<Map<BudgetLineId, ForecastView>> {
    const rows = await tx.rows<ForecastView>(
      `select line_id as line, as_of as "asOf", spent_share::float8 as "spentShare", time_share::float8 as "timeShare", daily_pence as daily, run_out_on as "runOutOn",
         left_at_end_pence as "leftAtEnd" from forecast where line_id = any($1)`,
      [lines],
    );
    return new Map(rows.map((row) => [row.line, row]));
  }

  /** The days on which something changed, oldest first, for the picture of money over time. */
  async daysOf(tx: Tx, line: BudgetLineId): Promise<DayView[]> {
    return tx.rows<DayView>(
      'select day, free_pence as free, committed_pence as committed, spent_pence as spent from line_day where line_id = $1 order by day limit 800',
      [line],
    );
  }

  async alertsOf(
    tx: Tx,
    people: readonly PersonId[],
  ): Promise<{ id: string; line: BudgetLineId; personId: PersonId; kind: string; raisedOn: LocalDate; facts: Record<string, unknown> }[]> {
    return tx.rows(
      `select id, line_id as line, person_id as "personId", kind, raised_on as "raisedOn", facts from alert where person_id = any($1) and ended_on is null order by raised_on desc, id limit 100`,
      [people],
    );
  }

  /** The newest reminder of each plan whose review it called for has not been recorded; those that are due first. */
  async remindersOf(tx: Tx, icbs: readonly OrganisationId[]): Promise<{ personId: PersonId; planId: string; step: string; dueOn: LocalDate }[]> {
    return tx.rows(
      `select * from (select distinct on (plan_id) person_id as "personId", plan_id as "planId", step, review_due_on as "dueOn" from review_reminder r where icb_id = any($1)
         and not exists (select 1 from decision d where d.plan_id = r.plan_id and d.kind = 'review'
           and (d.decided_on > r.reminded_on or (d.decided_on = r.reminded_on and d.id > r.id)))
         order by plan_id, reminded_on desc, id desc) newest order by "dueOn", "planId" limit 200`,
      [icbs],
    );
  }

  /** A pool's money in sums: nobody's own. */
  async poolTotals(tx: Tx, pool: PoolId): Promise<{ free: Pence; reserved: Pence; putIn: Pence; spent: Pence }> {
    const row = await tx.row<{ free: Pence; reserved: Pence; putIn: Pence; spent: Pence }>(
      `select coalesce(sum(free_pence), 0)::bigint as free, coalesce(sum(reserved_pence), 0)::bigint as reserved, coalesce(sum(put_in_pence), 0)::bigint as "putIn",
         coalesce(sum(spent_pence), 0)::bigint as spent from share_rollup where pool_id = $1`,
      [pool],
    );
    return row!;
  }

  /** What a funder agreed and what became of it, over all its lines in scope. */
  async funderTotals(tx: Tx, funder: OrganisationId): Promise<{ agreed: Pence; free: Pence; committed: Pence; spent: Pence; lines: number }> {
    const row = await tx.row<{ agreed: Pence; free: Pence; committed: Pence; spent: Pence; lines: number }>(
      `select coalesce(sum(agreed_pence), 0)::bigint as agreed, coalesce(sum(free_pence), 0)::bigint as free, coalesce(sum(committed_pence), 0)::bigint as committed,
         coalesce(sum(spent_pence), 0)::bigint as spent, count(*)::int as lines from line_rollup where funder_id = $1`,
      [funder],
    );
    return row!;
  }
}
