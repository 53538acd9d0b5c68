import type { MigrationInterface, QueryRunner } from 'typeorm';
import { anyInBooks, appendOnly, inIcbs, inPeople, inPools, wall } from './policies.js';

/** Exit and final statements as papers: what they say word for word with its hash, and who signed or has read them. */
export class StatementPapers1700000000054 implements MigrationInterface {
  name = 'StatementPapers1700000000054';

  async up(q: QueryRunner): Promise<void> {
    const seen = `(${inPools('pool_id')} or ${inPeople('subject_id')} or ${inIcbs('subject_id')} or ${anyInBooks('books')})`;
    await q.query(`
      create table statement_paper (
        id uuid primary key,
        pool_id uuid not null references pool,
        subject_id uuid not null,
        subject_kind text not null check (subject_kind in ('member', 'funder')),
        kind text not null check (kind in ('exit', 'final')),
        books uuid[] not null,
        content text not null check (length(content) between 2 and 1000000),
        content_hash bytea not null check (length(content_hash) = 32),
        made_at timestamptz not null
      );
      create unique index one_final_paper on statement_paper (pool_id, subject_id) where kind = 'final';
      create index statement_paper_by_pool on statement_paper (pool_id, id desc);
      create index statement_paper_by_subject on statement_paper (subject_id, id desc);
      create index statement_paper_by_book on statement_paper using gin (books);
      comment on table statement_paper is 'What a member or funder had in a pool, as it was handed to them: canonical text and its SHA-256. Kept as finance.';
      comment on column statement_paper.books is 'The books its money lay in: those who keep them may sign it.';
      ${wall('statement_paper', seen)}
      ${appendOnly('statement_paper')}

      create table statement_mark (
        paper_id uuid not null references statement_paper,
        side text not null check (side in ('money-holder', 'broker', 'reader')),
        pool_id uuid not null,
        subject_id uuid not null,
        books uuid[] not null,
        content_hash bytea not null check (length(content_hash) = 32),
        by text not null,
        role text not null,
        at timestamptz not null,
        primary key (paper_id, side)
      );
      comment on table statement_mark is 'Who signed a paper for the money-holder or as broker, and that its reader has read it: each by the hash of what they saw.';
      ${wall('statement_mark', seen)}
      ${appendOnly('statement_mark')}

      insert into notice_kind values ('statement-signed');

      grant select, insert on statement_paper, statement_mark to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind = 'statement-signed';
      alter table notice force row level security;
      delete from notice_kind where kind = 'statement-signed';
      drop table statement_mark, statement_paper;
    `);
  }
}
