import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORD_FUNCTION } from './003-ledger-record.js';

/** `ledger_record` writes references that look new without looking for each (docs/decisions/033): for databases made before; it promises what it
 *  promised, so the way back leaves it. */
export class QuickerRecords1700000000066 implements MigrationInterface {
  name = 'QuickerRecords1700000000066';

  async up(q: QueryRunner): Promise<void> {
    await q.query(RECORD_FUNCTION);
  }

  async down(): Promise<void> {
    // The function of before and of after answer alike.
  }
}
