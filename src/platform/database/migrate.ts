import { upkeep } from '../../../migrations/upkeep.js';
import { migrateQueue } from '../queue/index.js';
import { ownerDataSource } from './data-source.js';

/** Brings the database up to date as its owner: our tables, then the queue's. Safe to run twice and at once: a session lock
 *  lets one in at a time. Answers the names of the migrations that ran. */
export async function migrate(adminUrl: string): Promise<string[]> {
  const source = await ownerDataSource(adminUrl).initialize();
  try {
    await source.query('select pg_advisory_lock(71010)');
    const done = await source.runMigrations();
    for (const sql of upkeep) await source.query(sql);
    await migrateQueue(adminUrl);
    await source.query('select pg_advisory_unlock(71010)');
    return done.map((migration) => migration.name);
  } finally {
    await source.destroy();
  }
}
