import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** The text of every statement sent to PostgreSQL on any connection of a source while `work` runs, in the order of sending. */
export async function statementsOf(source: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const pool = (source.driver as PostgresDriver).master as Pool;
  const sent: string[] = [];
  const undo: (() => void)[] = [];
  const listen = (client: PoolClient): void => {
    if (Object.hasOwn(client, 'query')) return;
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    undo.push(() => delete (client as { query?: unknown }).query);
    Object.assign(client, {
      query: (...args: unknown[]) => {
        const [asked] = args as [string | { text: string }];
        sent.push(typeof asked === 'string' ? asked : asked.text);
        return query(...args);
      },
    });
  };
  pool.on('acquire', listen);
  try {
    await work();
  } finally {
    pool.off('acquire', listen);
    for (const each of undo) each();
  }
  return sent;
}
