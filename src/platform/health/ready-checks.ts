import { statfs } from 'node:fs/promises';
import { NotReady } from './readiness.js';
import type { ReadyCheck } from './readiness.js';

/** Whatever answers SQL: a data source, a pool, a client. */
export interface Asker {
  query(sql: string): Promise<unknown>;
}

/** The database answers. */
export const databaseAnswers =
  (database: Asker): ReadyCheck =>
  async () => {
    await database.query('select 1').catch(() => {
      throw new NotReady('The database does not answer.');
    });
  };

/** Every migration this program knows has run. More than it knows is fine: a newer version widens before it narrows.
 *  `names` are the class names; the app's role must be allowed to read the table `migrations`. */
export const migrationsCurrent =
  (database: Asker, names: readonly string[]): ReadyCheck =>
  async () => {
    const answer = await database.query('select name from migrations').catch(() => {
      throw new NotReady('The list of migrations cannot be read.');
    });
    const rows = (Array.isArray(answer) ? answer : (answer as { rows: unknown }).rows) as readonly { readonly name: string }[];
    const run = new Set(rows.map((row) => row.name));
    const missing = names.filter((name) => !run.has(name));
    if (missing.length > 0) throw new NotReady(`${missing.length} migration(s) have not run. Run: npm run cli -- migrate`);
  };

/** Under this a database that lies on the same disk may stop; our judgement, November 2026. */
export const LEAST_FREE_BYTES = 500_000_000;

/** The disk that holds `folder` has room. A full disk stops PostgreSQL in the middle of its work. */
export const diskHasRoom =
  (folder: string, leastBytes: number = LEAST_FREE_BYTES): ReadyCheck =>
  async () => {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < leastBytes)
      throw new NotReady(`Only ${Math.floor(free / 1_000_000)} MB are free on the disk; ${Math.ceil(leastBytes / 1_000_000)} MB are needed.`);
  };
