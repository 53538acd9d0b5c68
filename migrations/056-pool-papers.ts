import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inPeople, inPools, wall } from './policies.js';

/** A pool on paper: a sheet for each person to assent to the agreement, and one for each session, each with a code that the pool's broker types back in.
 *  Sheets to vote on came before (048). */
export class PoolPapers1700000000056 implements MigrationInterface {
  name = 'PoolPapers1700000000056';

  async up(q: QueryRunner): Promise<void> {
    const ofPool = `(${inPools('pool_id')} or ${inPeople('person_id')})`;
    await q.query(`
      create table agreement_paper (
        id uuid primary key,
        agreement_id uuid not null references agreement,
        pool_id uuid not null,
        person_id uuid not null,
        content_hash bytea not null check (length(content_hash) = 32),
        reference text not null unique,
        printed_at timestamptz not null,
        typed_at timestamptz check (typed_at >= printed_at),
        typed_by uuid,
        unique (agreement_id, person_id),
        check ((typed_at is null) = (typed_by is null)),
        foreign key (pool_id, person_id) references pool_member (pool_id, person_id)
      );
      create index agreement_paper_by_pool on agreement_paper (pool_id, agreement_id);
      comment on table agreement_paper is 'A sheet to assent on: for one person, one version, and the very content that was printed (RULE 16). Kept with the pool: 6 years after it ends.';
      ${wall('agreement_paper', ofPool)}

      create table assent_taken_back (
        agreement_id uuid not null references agreement,
        person_id uuid not null,
        pool_id uuid not null,
        taken_by uuid not null,
        at timestamptz not null,
        primary key (agreement_id, person_id),
        foreign key (agreement_id, person_id) references assent (agreement_id, person_id)
      );
      comment on table assent_taken_back is 'What was typed in from a paper and was not so: it does not count. Only before the version is in force. A later assent of the person takes the row away.';
      ${wall('assent_taken_back', ofPool)}

      create table session_paper (
        id uuid primary key,
        session_id uuid not null unique references purchase_session,
        pool_id uuid not null,
        reference text not null unique,
        printed_at timestamptz not null,
        came uuid[] not null default '{}',
        typed_at timestamptz check (typed_at >= printed_at),
        typed_by uuid,
        check ((typed_at is null) = (typed_by is null)), check (typed_at is not null or came = '{}')
      );
      create index session_paper_by_pool on session_paper (pool_id);
      comment on table session_paper is 'A sheet for one session: who came, and whether it was as agreed. Kept with the purchase.';
      ${wall('session_paper', inPools('pool_id'))}

      alter table session_answer add column paper_id uuid references session_paper;
      comment on column session_answer.paper_id is 'The sheet from which the pool''s broker typed it in; null where the member, or who stands at their place, said it.';

      insert into notice_kind values ('paper-typed');

      grant select, insert on agreement_paper, assent_taken_back, session_paper to commonpurse_app;
      grant update (typed_at, typed_by) on agreement_paper to commonpurse_app;
      grant update (came, typed_at, typed_by) on session_paper to commonpurse_app;
      grant delete on assent_taken_back to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind = 'paper-typed';
      alter table notice force row level security;
      delete from notice_kind where kind = 'paper-typed';
      alter table session_answer drop column paper_id;
      drop table session_paper, assent_taken_back, agreement_paper;
    `);
  }
}
