import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inBooks, inPools, wall } from './policies.js';

/** What is ready for the day on which a money-holder fails: weekly copies of where every penny of a pool is, and money-holders that are closing. */
export class HolderPlans1700000000053 implements MigrationInterface {
  name = 'HolderPlans1700000000053';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table holder_copy (
        id uuid primary key,
        book_id uuid not null references book,
        pool_id uuid not null references pool,
        successor_book_id uuid references book,
        made_on date not null,
        made_at timestamptz not null,
        held_pence bigint not null check (held_pence >= 0),
        rows int not null check (rows >= 0),
        sha256 bytea not null check (length(sha256) = 32),
        content bytea not null,
        unique (book_id, pool_id, made_on)
      );
      create index holder_copy_by_pool on holder_copy (pool_id, made_on desc);
      comment on table holder_copy is 'Where every penny of a pool is with one money-holder, as a file on its day with its hash beside. The last eight of each are kept.';
      ${wall('holder_copy', `(${inBooks('book_id')} or ${inPools('pool_id')})`)}
      create trigger holder_copy_kept before update on holder_copy for each row execute function refuse_change();

      create table holder_closing (
        book_id uuid primary key references book,
        reason text not null check (length(reason) between 1 and 1000),
        said_by text not null,
        began_on date not null,
        at timestamptz not null
      );
      comment on table holder_closing is 'Money-holders that take nothing new: their pools go to the successors that agreements name. What comes late is booked where it belongs.';
      create trigger holder_closing_append_only before update or delete on holder_closing for each row execute function refuse_change();
      create trigger holder_closing_never_emptied before truncate on holder_closing for each statement execute function refuse_change();

      insert into notice_kind values ('holder-closing');

      grant select, insert, delete on holder_copy to commonpurse_app;
      grant select, insert on holder_closing to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      alter table notice no force row level security;
      delete from notice where kind = 'holder-closing';
      alter table notice force row level security;
      delete from notice_kind where kind = 'holder-closing';
      drop table holder_closing, holder_copy;
    `);
  }
}
