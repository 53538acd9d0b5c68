import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inIcbs, inPeople, wall } from './policies.js';

/** Decisions of integrated care boards. Each is the ICB's own, even when a delegate clicks the button (RULE 2). */
export class Commissioning1700000000018 implements MigrationInterface {
  name = 'Commissioning1700000000018';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table decision (
        id uuid primary key,
        icb_id uuid not null references organisation,
        person_id uuid not null references person,
        kind text not null check (kind in ('agree-plan', 'fund', 'review', 'reduce', 'reclaim', 'suspend', 'resume', 'stop')),
        plan_id uuid references plan,
        budget_id uuid references budget,
        line_id uuid references budget_line,
        statute text not null,
        ground text,
        reason text not null check (length(reason) between 1 and 2000),
        said text check (length(said) between 1 and 2000),
        amount_pence bigint check (amount_pence > 0),
        taken_pence bigint check (taken_pence >= 0 and taken_pence <= amount_pence),
        on_day date,
        decided_by uuid not null references person,
        decided_on date not null,
        made_at timestamptz not null,
        constraint decision_names_its_ground check ((ground is null) = (kind in ('agree-plan', 'fund', 'resume'))),
        constraint sums_are_asked_or_cut check ((amount_pence is not null) = (kind in ('reduce', 'reclaim')) and (taken_pence is not null) = (kind in ('reduce', 'reclaim'))),
        constraint decision_names_its_day check (on_day is not null or kind not in ('review', 'reclaim', 'suspend', 'stop')),
        constraint the_person_was_heard check (said is not null or kind <> 'reclaim'),
        constraint plan_or_line check (line_id is not null or kind not in ('reduce', 'reclaim'))
      );
      create index decision_by_person on decision (person_id, made_at desc);
      create index decision_by_line on decision (line_id) where line_id is not null;
      comment on column decision.ground is 'Which of the reasons that the regulation allows; see GROUNDS in the room of commissioning.';
      comment on column decision.said is 'What the person said about it, in their words or as told.';
      comment on column decision.amount_pence is 'By how much the agreed sum falls (reduce), or how much is asked back (reclaim).';
      comment on column decision.taken_pence is 'What left the line at once, because it was free in a book of the ICB; the rest of a reclaim stays asked.';
      comment on column decision.on_day is 'The next review; the day until which the person may answer (reclaim); when it is looked at again (suspend); the end (stop).';
      ${wall('decision', `(${inIcbs('icb_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('decision')}
      grant select, insert on decision to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table decision');
  }
}
