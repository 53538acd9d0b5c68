import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inBooks, inIcbs, inPeople, wall } from './policies.js';

/** The money agreed for a person, line by line: each has one funder, one way of being managed and one book (RULE 1, RULE 13). */
export class Budgets1700000000015 implements MigrationInterface {
  name = 'Budgets1700000000015';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table budget (
        id uuid primary key,
        person_id uuid not null references person,
        plan_id uuid not null references plan,
        icb_id uuid not null references organisation,
        from_day date not null,
        until_day date not null check (until_day > from_day),
        made_at timestamptz not null
      );
      create index budget_by_person on budget (person_id);
      ${wall('budget', `(${inPeople('person_id')} or ${inIcbs('icb_id')})`)}

      create table budget_line (
        id uuid primary key,
        budget_id uuid not null references budget,
        person_id uuid not null references person,
        plan_id uuid not null references plan,
        funder_id uuid not null references organisation,
        managed text not null check (managed in ('notional', 'third-party', 'direct-payment')),
        book_id uuid not null references book,
        name text not null check (length(name) between 1 and 100),
        reference text not null unique,
        agreed_pence bigint not null,
        from_day date not null,
        until_day date not null check (until_day > from_day),
        state text not null check (state in ('open', 'ended')),
        suspended_on date,
        first_paid_on date,
        made_at timestamptz not null,
        constraint open_lines_hold_something check (agreed_pence > 0 or (agreed_pence = 0 and state = 'ended'))
      );
      create index budget_line_by_person on budget_line (person_id);
      create index budget_line_by_book on budget_line (book_id);
      create index budget_line_to_end on budget_line (until_day) where state = 'open';
      comment on column budget_line.agreed_pence is 'Falls when the ICB reduces it (reg. 13) or takes back what is free in it (reg. 15).';
      comment on column budget_line.until_day is 'The first day on which nothing new may be bought from it; brought forward by a decision to stop (reg. 17).';
      comment on column budget_line.suspended_on is 'Nothing new may be bought from it since this day, until the decision is lifted. What is committed stays.';
      comment on column budget_line.first_paid_on is 'Reviews are counted from the first payment (RULE 10).';
      comment on column budget_line.reference is 'What funders quote when they pay; people can read it aloud.';
      ${wall('budget_line', `(${inPeople('person_id')} or ${inBooks('book_id')} or ${inIcbs('funder_id')})`)}

      grant select, insert on budget, budget_line to commonpurse_app;
      grant update (state, until_day, suspended_on, agreed_pence, first_paid_on) on budget_line to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table budget_line, budget');
  }
}
