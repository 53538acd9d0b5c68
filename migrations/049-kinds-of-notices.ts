import type { MigrationInterface, QueryRunner } from 'typeorm';

const KINDS = `'introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
  'line-alert', 'review-due', 'payment-returned', 'broker-appointed', 'decision', 'invitation', 'invitation-ended', 'group-found', 'nomination-turned-down',
  'question-asked', 'question-decided'`;

/** The kinds of notices as rows, so that each room adds its own; and the nouns of a pool's history that are still to come, in one list. */
export class KindsOfNotices1700000000049 implements MigrationInterface {
  name = 'KindsOfNotices1700000000049';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table notice_kind (kind text primary key);
      insert into notice_kind select unnest(array[${KINDS}]);
      grant select on notice_kind to commonpurse_app;
      alter table notice drop constraint notice_kind_check, add foreign key (kind) references notice_kind;

      alter table pool_history drop constraint pool_history_noun_check;
      alter table pool_history add constraint pool_history_noun_check
        check (noun in ('pool', 'member', 'agreement', 'contribution', 'decision', 'pledge', 'gift', 'review', 'statement'));
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice drop constraint notice_kind_fkey, add constraint notice_kind_check check (kind in (${KINDS}));
      drop table notice_kind;
      alter table pool_history drop constraint pool_history_noun_check;
      alter table pool_history add constraint pool_history_noun_check check (noun in ('pool', 'member', 'agreement', 'contribution', 'decision'));
    `);
  }
}
