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
        kind text not null check (kind in ('agree-plan', 'fund', 'review', 'reduce', 'reclaim', 'suspend', 'stop')),
        plan_id uuid references plan,
        budget_id uuid references budget,
        statute text not null,
        reason text not null check (length(reason) between 1 and 2000),
        decided_by uuid not null references person,
        decided_on date not null,
        made_at timestamptz not null
      );
      create index decision_by_person on decision (person_id, made_at desc);
      ${wall('decision', `(${inIcbs('icb_id')} or ${inPeople('person_id')})`)}
      ${appendOnly('decision')}
      grant select, insert on decision to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table decision');
  }
}
