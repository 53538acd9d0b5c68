import type { MigrationInterface, QueryRunner } from 'typeorm';

const REASONS = `'not-reached', 'withdrawn', 'line-suspended', 'line-ended', 'not-possible', 'left', 'died', 'pool-stopped'`;

/** A pledge that is let go because its member's part of the pool is stopped says so to that member, and nothing about debts. And who left a pool can be asked to join again. */
export class PledgesOfStoppedParts1700000000061 implements MigrationInterface {
  name = 'PledgesOfStoppedParts1700000000061';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table pledge drop constraint pledge_because_check;
      alter table pledge add constraint pledge_because_check check (because in (${REASONS}, 'part-stopped'));
      grant update (invited_at) on pool_member to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      revoke update (invited_at) on pool_member from commonpurse_app;
      alter table pledge no force row level security;
      update pledge set because = 'not-possible' where because = 'part-stopped';
      alter table pledge force row level security;
      alter table pledge drop constraint pledge_because_check;
      alter table pledge add constraint pledge_because_check check (because in (${REASONS}));
    `);
  }
}
