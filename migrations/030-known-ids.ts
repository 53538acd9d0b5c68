import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every id that a scope can name, kept by triggers: ids only. `check` sets them all and counts what it then sees (design
 *  section 9), so that a check can never pass because a wall hid the fault. */
export class KnownIds1700000000030 implements MigrationInterface {
  name = 'KnownIds1700000000030';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table known_id (kind text not null, id uuid not null, primary key (kind, id));
      create function know_ids() returns trigger language plpgsql as $$
      begin
        insert into known_id (kind, id) select tg_argv[0], id from fresh on conflict do nothing;
        return null;
      end $$;
      create trigger book_known after insert on book referencing new table as fresh for each statement execute function know_ids('book');
      create trigger pool_known after insert on pool referencing new table as fresh for each statement execute function know_ids('pool');
      create trigger person_known after insert on person referencing new table as fresh for each statement execute function know_ids('person');
      create trigger provider_known after insert on provider referencing new table as fresh for each statement execute function know_ids('provider');
      grant select, insert on known_id to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`drop trigger book_known on book; drop trigger pool_known on pool; drop trigger person_known on person; drop trigger provider_known on provider;
      drop function know_ids(); drop table known_id`);
  }
}
