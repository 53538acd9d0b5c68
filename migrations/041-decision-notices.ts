import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = `'introduction-made', 'message', 'pool-invited', 'agreement-offered', 'pool-started', 'money-arrived', 'money-agreed', 'session-to-confirm',
  'line-alert', 'review-due', 'payment-returned', 'broker-appointed'`;

/** People are told of what the ICB decides about their plan or money, with its reasons (RULE 11). */
export class DecisionNotices1700000000041 implements MigrationInterface {
  name = 'DecisionNotices1700000000041';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${BEFORE}, 'decision'));
      comment on table post_item is 'Letters, e-mails, texts and calls; a notice period starts from delivery. Names nobody, but for what a decision says in its own words: others may open the post.';
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind = 'decision';
      alter table notice force row level security;
      alter table notice drop constraint notice_kind_check, add constraint notice_kind_check check (kind in (${BEFORE}));
    `);
  }
}
