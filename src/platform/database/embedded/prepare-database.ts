import { join } from 'node:path';
import pg from 'pg';
import type { EmbeddedCluster } from './embedded-postgres.js';
import { secretFile } from './files.js';

export interface DatabaseAddresses {
  /** As commonpurse_owner, who owns the tables: for migrations alone. */
  readonly adminUrl: string;
  /** As commonpurse_app, held by row-level security: for everything else. */
  readonly appUrl: string;
}

const extensions = ['btree_gist', 'pg_trgm', 'pgcrypto'];

/** Makes the two roles, the database and its extensions where they are missing. Safe to repeat, and safe when several do
 *  it at once: a session lock (71003) lets one in at a time. The roles' passwords lie in DATA_DIR. */
export async function prepareDatabase(cluster: EmbeddedCluster, database = 'commonpurse'): Promise<DatabaseAddresses> {
  const ownerPassword = await secretFile(join(cluster.dataDir, 'commonpurse_owner.secret'));
  const appPassword = await secretFile(join(cluster.dataDir, 'commonpurse_app.secret'));
  const name = pg.escapeIdentifier(database);
  await asSuperuser(cluster.superuserUrl, async (client) => {
    await client.query('select pg_advisory_lock(71003)');
    await makeRole(client, 'commonpurse_owner', ownerPassword);
    await makeRole(client, 'commonpurse_app', appPassword);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) await client.query(`create database ${name} owner commonpurse_owner`);
    await client.query(`revoke connect, temporary on database ${name} from public`);
    await client.query(`grant connect, temporary on database ${name} to commonpurse_app`);
    await asSuperuser(inDatabase(cluster.superuserUrl, database), async (inside) => {
      for (const extension of extensions) await inside.query(`create extension if not exists ${extension}`);
    });
  });
  return { adminUrl: cluster.url(database, 'commonpurse_owner', ownerPassword), appUrl: cluster.url(database, 'commonpurse_app', appPassword) };
}

/** The same address with another database. */
export function inDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(database)}`;
  return address.toString();
}

async function makeRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await client.query(`create role ${role}`);
  const rights = 'login nosuperuser nobypassrls nocreaterole nocreatedb noreplication';
  await client.query(`alter role ${role} ${rights} password ${pg.escapeLiteral(password)}`);
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
