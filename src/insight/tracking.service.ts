import { Injectable } from '@nestjs/common';
import type { BookId, BudgetLineId, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { addDays, dayOf, newId, NO_PENCE, penceAsNumber } from '../kernel/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announceAll } from '../platform/index.js';
import type { AlertKind, Forecast, LineSpend } from './forecast.rules.js';
import { alertsOf, forecastOf, PACE_DAYS } from './forecast.rules.js';

interface TrackedLine {
  readonly id: BudgetLineId;
  readonly personId: PersonId;
  readonly bookId: BookId;
  readonly funderId: OrganisationId;
  readonly agreed: Pence;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
}

type Numbers = TrackedLine & { readonly free: Pence; readonly committed: Pence; readonly spent: Pence };

/** Keeps the rollups, forecasts and alerts of spend. Everything here follows from the ledger and can be made again. */
@Injectable()
export class Tracking {
  constructor(private readonly ledger: LedgerQueries) {}

  /** Brings the lines and shares of people up to date. Answers how many rollups of lines were not what the ledger says. */
  async track(tx: Tx, people: readonly PersonId[]): Promise<{ lines: number; wrong: number }> {
    if (people.length === 0) return { lines: 0, wrong: 0 };
    const lines = await this.numbersOf(tx, people);
    const wrong = await this.putRollups(tx, lines);
    await this.putShares(tx, people);
    await this.putDay(tx, lines, dayOf(tx.now));
    return { lines: lines.length, wrong };
  }

  /** Forecasts and alerts for people's open lines, on a day. Alerts that no longer hold are ended, new ones are announced once. */
  async foresee(tx: Tx, people: readonly PersonId[], day: LocalDate): Promise<void> {
    const lines = (await this.numbersOf(tx, people)).filter((line) => line.fromDay <= day && day < line.untilDay);
    if (lines.length === 0) return;
    const before = await this.spentBefore(tx, lines, addDays(day, -PACE_DAYS));
    const seen = lines.map((line) => {
      const spend: LineSpend = { ...line, spentBefore: before.get(line.id) ?? NO_PENCE };
      const forecast = forecastOf(spend, day);
      return { line, forecast, alerts: alertsOf(spend, forecast) };
    });
    await this.putForecasts(tx, seen, day);
    await this.putAlerts(tx, seen, day);
  }

  private async numbersOf(tx: Tx, people: readonly PersonId[]): Promise<Numbers[]> {
    const lines = await tx.rows<TrackedLine>(
      `select id, person_id as "personId", book_id as "bookId", funder_id as "funderId", agreed_pence as agreed, from_day as "fromDay", until_day as "untilDay"
       from budget_line where person_id = any($1) and state = 'open' order by id`,
      [people],
    );
    const figures = await this.ledger.figuresOf(
      tx,
      lines.map((line) => line.id),
    );
    return lines.map((line) => {
      const { free, committed, spent } = figures.get(line.id)!;
      return { ...line, free, committed, spent };
    });
  }

  private async putRollups(tx: Tx, lines: readonly Numbers[]): Promise<number> {
    const text = (sums: readonly Pence[]): string[] => sums.map(String);
    const rows = await tx.rows<{ wrong: boolean }>(
      `with fresh as (
         select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[]) as f(line, person, book, funder, agreed, free, committed, spent)
       ), old as (
         select f.line, r.line_id is not null and (r.free_pence, r.committed_pence, r.spent_pence) is distinct from (f.free, f.committed, f.spent) as wrong
         from fresh f left join line_rollup r on r.line_id = f.line
       ), put as (
         insert into line_rollup (line_id, person_id, book_id, funder_id, agreed_pence, free_pence, committed_pence, spent_pence, at)
         select line, person, book, funder, agreed, free, committed, spent, $1 from fresh
         on conflict (line_id) do update set agreed_pence = excluded.agreed_pence, free_pence = excluded.free_pence, committed_pence = excluded.committed_pence, spent_pence = excluded.spent_pence, at = excluded.at
         where (line_rollup.agreed_pence, line_rollup.free_pence, line_rollup.committed_pence, line_rollup.spent_pence)
            is distinct from (excluded.agreed_pence, excluded.free_pence, excluded.committed_pence, excluded.spent_pence)
       ) select wrong from old where wrong`,
      [
        tx.now,
        lines.map((l) => l.id),
        lines.map((l) => l.personId),
        lines.map((l) => l.bookId),
        lines.map((l) => l.funderId),
        text(lines.map((l) => l.agreed)),
        text(lines.map((l) => l.free)),
        text(lines.map((l) => l.committed)),
        text(lines.map((l) => l.spent)),
      ],
    );
    return rows.length;
  }

  /** Per share: what stands in it, and what went in and out. Put in less returned counts as put in. */
  private async putShares(tx: Tx, people: readonly PersonId[]): Promise<void> {
    tx.write(
      `insert into share_rollup (account_id, person_id, pool_id, line_id, book_id, free_pence, reserved_pence, put_in_pence, spent_pence, at)
       select a.id, a.subject_id, a.pool_id, a.line_id, a.book_id, a.posted_pence - a.reserved_pence, a.reserved_pence,
         coalesce((select sum(t.amount_pence) from transfer t where t.credit_account_id = a.id and t.kind in ('contribution', 'remittance-received', 'pay-in')), 0)
           - coalesce((select sum(t.amount_pence) from transfer t where t.debit_account_id = a.id and t.kind in ('returned', 'remittance-sent')), 0),
         coalesce((select sum(t.amount_pence) from transfer t where t.debit_account_id = a.id and t.kind = 'invoice'), 0)
           - coalesce((select sum(t.amount_pence) from transfer t where t.credit_account_id = a.id and t.kind = 'refund'), 0), $2
       from account a where a.kind = 'share' and a.subject_id = any($1)
       on conflict (account_id) do update set free_pence = excluded.free_pence, reserved_pence = excluded.reserved_pence, put_in_pence = excluded.put_in_pence,
         spent_pence = excluded.spent_pence, at = excluded.at`,
      [people, tx.now],
    );
  }

  private async putDay(tx: Tx, lines: readonly Numbers[], day: LocalDate): Promise<void> {
    tx.write(
      `insert into line_day (line_id, day, person_id, book_id, free_pence, committed_pence, spent_pence)
       select f.line, $1, f.person, f.book, f.free, f.committed, f.spent
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[]) as f(line, person, book, free, committed, spent)
       on conflict (line_id, day) do update set free_pence = excluded.free_pence, committed_pence = excluded.committed_pence, spent_pence = excluded.spent_pence`,
      [
        day,
        lines.map((l) => l.id),
        lines.map((l) => l.personId),
        lines.map((l) => l.bookId),
        lines.map((l) => String(l.free)),
        lines.map((l) => String(l.committed)),
        lines.map((l) => String(l.spent)),
      ],
    );
  }

  private async spentBefore(tx: Tx, lines: readonly Numbers[], day: LocalDate): Promise<Map<BudgetLineId, Pence>> {
    const rows = await tx.rows<{ line: BudgetLineId; spent: Pence }>(
      `select line_id as line, sum(case when kind = 'payment' then amount_pence else -amount_pence end)::bigint as spent from transfer
       where line_id = any($1) and kind in ('payment', 'payment-returned', 'refund') and effective_on <= $2 group by line_id`,
      [lines.map((line) => line.id), day],
    );
    return new Map(rows.map((row) => [row.line, row.spent]));
  }

  private async putForecasts(tx: Tx, seen: readonly { line: Numbers; forecast: Forecast }[], day: LocalDate): Promise<void> {
    tx.write(
      `insert into forecast (line_id, person_id, book_id, as_of, spent_share, time_share, daily_pence, run_out_on, left_at_end_pence)
       select line, person, book, $1, spent_share, time_share, daily, run_out, left_at_end
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::numeric[], $6::numeric[], $7::bigint[], $8::date[], $9::bigint[]) as f(line, person, book, spent_share, time_share, daily, run_out, left_at_end)
       on conflict (line_id) do update set as_of = excluded.as_of, spent_share = excluded.spent_share, time_share = excluded.time_share, daily_pence = excluded.daily_pence,
         run_out_on = excluded.run_out_on, left_at_end_pence = excluded.left_at_end_pence`,
      [
        day,
        seen.map((s) => s.line.id),
        seen.map((s) => s.line.personId),
        seen.map((s) => s.line.bookId),
        seen.map((s) => s.forecast.spentShare),
        seen.map((s) => s.forecast.timeShare),
        seen.map((s) => String(s.forecast.daily)),
        seen.map((s) => s.forecast.runOutOn),
        seen.map((s) => String(s.forecast.leftAtEnd)),
      ],
    );
  }

  private async putAlerts(tx: Tx, seen: readonly { line: Numbers; forecast: Forecast; alerts: readonly AlertKind[] }[], day: LocalDate): Promise<void> {
    tx.write(
      `update alert a set ended_on = greatest($1::date, a.raised_on) where a.ended_on is null and a.line_id = any($2)
         and not exists (select 1 from unnest($3::uuid[], $4::text[]) as now(line, kind) where now.line = a.line_id and now.kind = a.kind)`,
      [day, seen.map((s) => s.line.id), seen.flatMap((s) => s.alerts.map(() => s.line.id)), seen.flatMap((s) => [...s.alerts])],
    );
    const rows = seen.flatMap(({ line, forecast, alerts }) =>
      alerts.map((kind) => ({
        id: newId(),
        line,
        kind,
        facts: { spentShare: forecast.spentShare, timeShare: forecast.timeShare, runOutOn: forecast.runOutOn, freePence: penceAsNumber(line.free) },
      })),
    );
    const raised = await tx.rows<{ id: string }>(
      `insert into alert (id, line_id, person_id, book_id, kind, raised_on, facts)
       select id, line, person, book, kind, $1, facts from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::jsonb[]) as a(id, line, person, book, kind, facts)
       on conflict (line_id, kind) where ended_on is null do nothing returning id`,
      [
        day,
        rows.map((r) => r.id),
        rows.map((r) => r.line.id),
        rows.map((r) => r.line.personId),
        rows.map((r) => r.line.bookId),
        rows.map((r) => r.kind),
        rows.map((r) => JSON.stringify(r.facts)),
      ],
    );
    const fresh = new Set(raised.map((row) => row.id));
    await announceAll(
      tx,
      rows
        .filter((row) => fresh.has(row.id))
        .map((row) => ({
          name: 'lineAlertRaised',
          about: { people: [row.line.personId], books: [row.line.bookId] },
          payload: {
            alertId: row.id,
            lineId: row.line.id,
            personId: row.line.personId,
            kind: row.kind,
            runOutOn: row.facts.runOutOn,
            freePence: row.facts.freePence,
          },
        })),
    );
  }
}
