import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A migrated, empty database of a test's own. */
export interface TestDatabase {
  /** As the role that owns the tables. */
  readonly adminUrl: string;
  /** As the app's role, held by row-level security. */
  readonly appUrl: string;
  /** As superuser. On a server named by DATABASE_ADMIN_URL: as that role. */
  readonly superuserUrl: string;
  /** Removes it, breaking what connections are left. */
  drop(): Promise<void>;
}

const template = 'commonpurse_template';

/** Clones the migrated template, in about a tenth of a second. Call it in `beforeAll`, and `drop` in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const { TEST_SUPERUSER_URL: superuserUrl, TEST_ADMIN_URL: adminUrl, TEST_APP_URL: appUrl } = process.env;
  if (!superuserUrl || !adminUrl || !appUrl) throw new Error('No test database: this test must be in the project "integration" or "browser".');
  const name = `test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(6).toString('hex')}`;
  const owner = new URL(adminUrl).username;
  await asSuperuser(superuserUrl, (client) => clone(client, name, owner));
  const within = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).toString();
  return {
    adminUrl: within(adminUrl),
    appUrl: within(appUrl),
    superuserUrl: within(superuserUrl),
    drop: () => asSuperuser(superuserUrl, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}

/** Files are copied as they lie: by way of the log, as PostgreSQL does unless told, each page is written twice and what is made and removed costs three
 *  times the CPU (docs/decisions/029-the-browser-of-the-tests.md). A clone fails while the server itself (autovacuum) looks into the template: 55006, and
 *  soon over. */
async function clone(client: pg.Client, name: string, owner: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`create database ${name} template ${template} strategy file_copy owner ${pg.escapeIdentifier(owner)}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 20) throw error;
      await sleep(100);
    }
  }
}

async function asSuperuser(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
