import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inIcbs, inPeople, inPools, inProviders } from './policies.js';

/** What hangs on a plan, an agreement or an invoice is seen by whoever sees that. Asked by its key: as `id in (select …)`, PostgreSQL read every plan
 *  of the house for fifty lines of a pool's members. */
const BY_KEY: Readonly<Record<string, string>> = {
  plan_outcome: 'exists (select 1 from plan p where p.id = plan_outcome.plan_id)',
  plan_line: 'exists (select 1 from plan p where p.id = plan_line.plan_id)',
  assent: `(exists (select 1 from agreement a where a.id = assent.agreement_id) or ${inPeople('person_id')})`,
  invoice_session: 'exists (select 1 from invoice i where i.id = invoice_session.invoice_id)',
};

const ofPlan = `plan_id in (select p.id from plan p where ${inPeople('p.person_id')} or ${inIcbs('p.icb_id')})`;
const BEFORE: Readonly<Record<string, string>> = {
  plan_outcome: ofPlan,
  plan_line: ofPlan,
  assent: `(agreement_id in (select a.id from agreement a where ${inPools('a.pool_id')}) or ${inPeople('person_id')})`,
  invoice_session: `invoice_id in (select i.id from invoice i where ${inPools('i.pool_id')} or ${inProviders('i.provider_id')})`,
};

const rebuild = (walls: Readonly<Record<string, string>>): string =>
  Object.entries(walls)
    .map(
      ([table, sees]) => `
    alter policy read_${table} on ${table} using (${sees});
    alter policy add_${table} on ${table} with check (${sees});
    alter policy change_${table} on ${table} using (${sees}) with check (${sees});
    alter policy remove_${table} on ${table} using (${sees});`,
    )
    .join('');

export class WallsByKey1700000000063 implements MigrationInterface {
  name = 'WallsByKey1700000000063';

  async up(q: QueryRunner): Promise<void> {
    await q.query(rebuild(BY_KEY));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(rebuild(BEFORE));
  }
}
