import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RECORD_FUNCTION, SUM_PENCE } from './003-ledger-record.js';

/** `ledger_record` holds accounts for less time (docs/decisions/033): for databases made before; it promises what it promised, so the way back
 *  leaves it. A contribution of the same book has no remittance, so it is in no index of them. */
export class QuickRecords1700000000062 implements MigrationInterface {
  name = 'QuickRecords1700000000062';

  async up(q: QueryRunner): Promise<void> {
    await q.query(SUM_PENCE);
    await q.query(RECORD_FUNCTION);
    await q.query(`
      alter table contribution drop constraint contribution_remittance_id_key;
      create unique index contribution_by_remittance on contribution (remittance_id) where remittance_id is not null;
    `);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      drop index contribution_by_remittance;
      alter table contribution add constraint contribution_remittance_id_key unique (remittance_id);
    `);
  }
}
