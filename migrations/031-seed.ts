import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which invented district a database was filled with. A run that was started and never finished leaves a database nobody can
 *  trust, so the next start begins again on a clean one. */
export class Seed1700000000031 implements MigrationInterface {
  name = 'Seed1700000000031';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table seed_run (
        id uuid primary key,
        district text not null check (district in ('pilot', 'icb', 'england')),
        seed text not null check (length(seed) between 1 and 60),
        state text not null check (state in ('started', 'finished')),
        started_at timestamptz not null,
        finished_at timestamptz,
        check ((state = 'finished') = (finished_at is not null))
      );
      create unique index seed_run_once on seed_run ((true));
      comment on table seed_run is 'At most one row: a database holds one district or none.';
      grant select, insert, update on seed_run to commonpurse_app;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('drop table seed_run');
  }
}
