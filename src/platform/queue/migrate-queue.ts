import { runMigrations } from 'bullmq';
import pg from 'pg';
import { QUEUE_NAMES, QUEUE_SCHEMA } from './queue-settings.js';

/** The tables whose dead rows would pile up before the default autovacuum comes round (a fifth of the table). */
const BUSY_TABLES = ['job', 'event'];

/** Makes or updates the queue's own tables, as the role that owns them, and lets the app's role use them. Safe to run twice and
 *  at once. The schema holds no row-level security: its rows carry ids only. */
export async function migrateQueue(adminUrl: string, appRole = 'commonpurse_app'): Promise<number> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'commonpurse-migrate' });
  client.on('error', () => undefined); // The statement in hand rejects; without a listener the process would end.
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(71011)');
    const version = await runMigrations(client, QUEUE_SCHEMA);
    for (const table of BUSY_TABLES) await client.query(`alter table ${QUEUE_SCHEMA}.${table} set (autovacuum_vacuum_scale_factor = 0.02)`);
    for (const queue of QUEUE_NAMES) await makeNumbering(client, queue);
    const role = client.escapeIdentifier(appRole);
    await client.query(`
      grant usage on schema ${QUEUE_SCHEMA} to ${role};
      grant select, insert, update, delete on all tables in schema ${QUEUE_SCHEMA} to ${role};
      grant usage, select, update on all sequences in schema ${QUEUE_SCHEMA} to ${role};
      grant execute on all functions in schema ${QUEUE_SCHEMA} to ${role};`);
    return version;
  } finally {
    await client.end();
  }
}

/** BullMQ numbers each queue's jobs by a sequence that it makes at the first add. The app's role may make nothing, so the owner
 *  makes it first, under the name BullMQ asks for. */
async function makeNumbering(client: pg.Client, queue: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select ${QUEUE_SCHEMA}.job_id_seq_name($1) as name`, [queue]);
  for (const { name } of rows) await client.query(`create sequence if not exists ${QUEUE_SCHEMA}.${client.escapeIdentifier(name)}`);
}
