import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A right that came with another: a nominee's over the direct-payment account, which ends when the nomination does (RULE 4). */
export class GrantsRest1700000000042 implements MigrationInterface {
  name = 'GrantsRest1700000000042';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table access_grant add column rests_on uuid references access_grant;
      create index access_grant_by_basis on access_grant (rests_on) where rests_on is not null;
      comment on column access_grant.rests_on is 'The grant by whose authority this one was given: it ends no later than that.';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('alter table access_grant drop column rests_on');
  }
}
