import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inIcbs, inPeople, wall } from './policies.js';

/** Personalised care and support plans (S.I. 2013/1617, reg. 8): what they hold before money moves. */
export class Plans1700000000014 implements MigrationInterface {
  name = 'Plans1700000000014';

  async up(q: QueryRunner): Promise<void> {
    const mine = `(${inPeople('person_id')} or ${inIcbs('icb_id')})`;
    const ofPlan = `plan_id in (select p.id from plan p where ${inPeople('p.person_id')} or ${inIcbs('p.icb_id')})`;
    await q.query(`
      create table plan (
        id uuid primary key,
        person_id uuid not null references person,
        icb_id uuid not null references organisation,
        state text not null check (state in ('draft', 'agreed', 'replaced', 'ended')),
        about text not null default '',
        risks text,
        coordinator_id uuid references person,
        review_on date,
        consent_on date,
        agreed_on date,
        ends_on date,
        made_at timestamptz not null,
        constraint agreed_plans_are_whole check (state = 'draft' or (risks is not null and coordinator_id is not null and review_on is not null and consent_on is not null and agreed_on is not null))
      );
      create index plan_by_person on plan (person_id);
      create unique index one_agreed_plan on plan (person_id) where state = 'agreed';
      create index plan_to_end on plan (ends_on) where state = 'agreed' and ends_on is not null;
      comment on column plan.ends_on is 'The first day on which nothing new may be bought under it: set by a decision to stop (reg. 17).';
      comment on table plan is 'Kept 8 years after last contact (NHS records code).';
      ${wall('plan', mine)}

      create table plan_outcome (
        id uuid primary key,
        plan_id uuid not null references plan,
        words text not null check (length(words) between 1 and 1000),
        unique (plan_id, id)
      );
      ${wall('plan_outcome', ofPlan)}

      create table plan_line (
        id uuid primary key,
        plan_id uuid not null references plan,
        outcome_id uuid not null,
        service text not null check (length(service) between 1 and 300),
        category text not null,
        amount_pence bigint not null check (amount_pence > 0),
        per text not null check (per in ('week', 'four-weeks', 'month', 'year', 'once')),
        foreign key (plan_id, outcome_id) references plan_outcome (plan_id, id)
      );
      create index plan_line_by_plan on plan_line (plan_id);
      ${wall('plan_line', ofPlan)}

      grant select, insert, update on plan, plan_outcome, plan_line to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table plan_line, plan_outcome, plan');
  }
}
