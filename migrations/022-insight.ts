import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inBooks, inIcbs, inPeople, inPools, wall } from './policies.js';

/** What is worked out from other rooms' rows: rollups of spend, forecasts, alerts, reminders of reviews. All of it can be made again. */
export class Insight1700000000022 implements MigrationInterface {
  name = 'Insight1700000000022';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table line_rollup (
        line_id uuid primary key references budget_line,
        person_id uuid not null,
        book_id uuid not null,
        funder_id uuid not null,
        agreed_pence bigint not null,
        free_pence bigint not null,
        committed_pence bigint not null,
        spent_pence bigint not null,
        at timestamptz not null
      );
      create index line_rollup_by_person on line_rollup (person_id);
      create index line_rollup_by_funder on line_rollup (funder_id);
      comment on table line_rollup is 'The four numbers of a line, brought up to date by events and proved against the ledger every night.';
      ${wall('line_rollup', `(${inPeople('person_id')} or ${inBooks('book_id')} or ${inIcbs('funder_id')})`)}

      create table share_rollup (
        account_id uuid primary key,
        person_id uuid not null,
        pool_id uuid not null,
        line_id uuid,
        book_id uuid not null,
        free_pence bigint not null,
        reserved_pence bigint not null,
        put_in_pence bigint not null,
        spent_pence bigint not null,
        at timestamptz not null
      );
      create index share_rollup_by_pool on share_rollup (pool_id);
      create index share_rollup_by_person on share_rollup (person_id);
      ${wall('share_rollup', `(${inPeople('person_id')} or ${inBooks('book_id')} or ${inPools('pool_id')})`)}

      create table line_day (
        line_id uuid not null references budget_line,
        day date not null,
        person_id uuid not null,
        book_id uuid not null,
        free_pence bigint not null,
        committed_pence bigint not null,
        spent_pence bigint not null,
        primary key (line_id, day)
      );
      comment on table line_day is 'One row a line and day on which something changed: what the money-over-time picture is drawn from.';
      ${wall('line_day', `(${inPeople('person_id')} or ${inBooks('book_id')})`)}

      create table forecast (
        line_id uuid primary key references budget_line,
        person_id uuid not null,
        book_id uuid not null,
        as_of date not null,
        spent_share numeric(6, 4) not null,
        time_share numeric(6, 4) not null,
        daily_pence bigint not null,
        run_out_on date,
        left_at_end_pence bigint not null
      );
      ${wall('forecast', `(${inPeople('person_id')} or ${inBooks('book_id')})`)}

      create table alert (
        id uuid primary key,
        line_id uuid not null references budget_line,
        person_id uuid not null,
        book_id uuid not null,
        kind text not null check (kind in ('over-pace', 'low', 'surplus')),
        raised_on date not null,
        ended_on date check (ended_on >= raised_on),
        facts jsonb not null
      );
      create unique index one_open_alert on alert (line_id, kind) where ended_on is null;
      ${wall('alert', `(${inPeople('person_id')} or ${inBooks('book_id')})`)}

      create table review_reminder (
        id uuid primary key,
        person_id uuid not null,
        icb_id uuid not null,
        plan_id uuid not null references plan,
        step text not null,
        review_due_on date not null,
        reminded_on date not null,
        unique (plan_id, review_due_on, step)
      );
      ${wall('review_reminder', `(${inPeople('person_id')} or ${inIcbs('icb_id')})`)}

      grant select, insert, update on line_rollup, share_rollup, line_day, forecast, alert to commonpurse_app;
      grant select, insert on review_reminder to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table review_reminder, alert, forecast, line_day, share_rollup, line_rollup');
  }
}
