import { upkeep } from '../../../migrations/upkeep.js';
import { migrateQueue } from '../queue/index.js';
import { ownerDataSource } from './data-source.js';
import type { ServerFacts } from './server-version.js';
import { requireServer, SERVER_FACTS } from './server-version.js';

/** Brings the database up to date as its owner: our tables, then the queue's. Safe to run twice and at once: a session lock
 *  lets one in at a time. Answers the names of the migrations that ran. Throws before it changes anything: see `requireServer`. */
export async function migrate(adminUrl: string): Promise<string[]> {
  const source = await ownerDataSource(adminUrl).initialize();
  try {
    requireServer(((await source.query(SERVER_FACTS)) as ServerFacts[])[0]!);
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
