import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inBooks, seesPerson, wall } from './policies.js';

/** Files that people and programs bring: kept as they came, in the database, so that one backup holds everything. */
export class Files1700000000009 implements MigrationInterface {
  name = 'Files1700000000009';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table upload (
        id uuid primary key,
        book_id uuid references book,
        person_id uuid references person,
        name text not null check (length(name) between 1 and 200),
        content_type text not null,
        size_bytes int not null check (size_bytes between 1 and 20971520),
        sha256 bytea not null check (length(sha256) = 32),
        content bytea not null,
        kept_by text not null,
        kept_at timestamptz not null,
        check (num_nonnulls(book_id, person_id) = 1),
        unique nulls not distinct (book_id, person_id, sha256)
      );
      alter table upload alter column content set storage external;
      comment on table upload is 'Files as they came, belonging to a book or a person. Statements are kept as finance: 6 years and the current one.';
      comment on column upload.content is 'Encrypted, because statements hold account numbers; sha256 and size are of the clear bytes.';
      ${wall('upload', `(${inBooks('book_id')} or ${seesPerson('person_id')})`)}
      ${appendOnly('upload')}
      grant select, insert on upload to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table upload');
  }
}
