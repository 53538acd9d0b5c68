import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inBooks, wall } from './policies.js';

/** Pay runs: the payments of one book that are prepared, approved and released together. */
export class Finance1700000000020 implements MigrationInterface {
  name = 'Finance1700000000020';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table pay_run (
        id uuid primary key,
        book_id uuid not null references book,
        cut_off_on date not null,
        state text not null check (state in ('proposed', 'prepared', 'approved', 'released')),
        line_count int not null check (line_count > 0),
        total_pence bigint not null check (total_pence > 0),
        proposed_by uuid not null,
        proposed_at timestamptz not null,
        maker_id uuid,
        prepared_at timestamptz,
        checker_id uuid,
        approved_at timestamptz,
        released_by uuid,
        released_at timestamptz,
        file_id uuid,
        unique (book_id, id),
        check (state = 'proposed' or maker_id is not null),
        check (state in ('proposed', 'prepared') or checker_id is not null),
        constraint pay_run_by_two_people check (checker_id is null or checker_id <> maker_id)
      );
      create index pay_run_by_book on pay_run (book_id, id desc);
      create table pay_run_line (
        id uuid primary key,
        run_id uuid not null,
        book_id uuid not null,
        payment_id uuid not null references payment,
        amount_pence bigint not null check (amount_pence > 0),
        state text not null check (state in ('included', 'held', 'dropped')),
        reason text,
        changed_by uuid,
        changed_at timestamptz not null,
        run_ended boolean not null default false,
        foreign key (book_id, run_id) references pay_run (book_id, id),
        unique (run_id, payment_id),
        check (state = 'included' or reason is not null)
      );
      create unique index pay_run_line_open on pay_run_line (payment_id) where state <> 'dropped' and not run_ended;
      comment on column pay_run_line.run_ended is 'Set when the run is released: a payment that failed or came back may then be in a later run.';
      ${wall('pay_run', inBooks('book_id'))}
      ${wall('pay_run_line', inBooks('book_id'))}
      grant select, insert, update on pay_run, pay_run_line to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table pay_run_line, pay_run');
  }
}
