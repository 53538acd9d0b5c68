import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is written once and only ever read whole is kept as it was written: taking an event's scope and payload apart cost as much again as the rest of its row
 *  (docs/decisions/026). */
const COLUMNS = [
  ['outbox_event', 'scope'],
  ['outbox_event', 'payload'],
  ['idempotency_key', 'answer'],
];

const become = (type: 'json' | 'jsonb'): string =>
  COLUMNS.map(([table, column]) => `alter table ${table} alter column ${column} type ${type} using ${column}::${type};`).join('\n');

export class WrittenJson1700000000065 implements MigrationInterface {
  name = 'WrittenJson1700000000065';

  async up(q: QueryRunner): Promise<void> {
    await q.query(become('json'));
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(become('jsonb'));
  }
}
