/** The anchors our figures stand beside, measured in the same run: PostgreSQL with one insert a commit, and bare Fastify. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import pg from 'pg';

const quiet = (client) => client.on('error', () => undefined);

export async function makeAnchorTables(adminUrl, rows) {
  const client = new pg.Client({ connectionString: adminUrl });
  quiet(client);
  await client.connect();
  await client.query(`create schema if not exists bench; drop table if exists bench.onecommit, bench.thing;
    create table bench.onecommit (id bigserial primary key, v bigint, at timestamptz default now());
    create table bench.thing (id uuid primary key, name text not null, pence bigint not null, day date not null);
    insert into bench.thing select gen_random_uuid(), 'a thing with a name ' || n, n * 100, date '2026-04-01' + (n % 365)::int from generate_series(1, ${rows}) n;
    analyze bench.thing; grant usage on schema bench to commonpurse_app; grant select, insert on all tables in schema bench to commonpurse_app; grant usage on all sequences in schema bench to commonpurse_app`);
  const { rows: ids } = await client.query('select id from bench.thing limit 5000');
  await client.end();
  return ids.map((row) => row.id);
}

/** One insert a commit from 32 clients, per second: pgbench where there is one, else node (which is slower, and said). */
export async function insertsPerSecond(adminUrl, folder, seconds) {
  const script = join(folder, 'insert1.pgbench');
  writeFileSync(script, 'insert into bench.onecommit (v) values (1);\n');
  const tps = await new Promise((resolve) => {
    execFile('pgbench', ['-n', '-M', 'prepared', '-c', '32', '-j', '2', '-T', String(seconds), '-f', script, adminUrl], (error, out) =>
      resolve(error ? null : Number(/tps = ([\d.]+)/.exec(out)?.[1] ?? NaN)));
  });
  if (tps) return { rate: tps, by: 'pgbench' };
  const clients = await Promise.all(Array.from({ length: 32 }, async () => {
    const client = new pg.Client({ connectionString: adminUrl });
    quiet(client);
    await client.connect();
    return client;
  }));
  const until = performance.now() + seconds * 1000;
  let done = 0;
  await Promise.all(clients.map(async (client) => {
    while (performance.now() < until) {
      await client.query({ name: 'i', text: 'insert into bench.onecommit (v) values ($1)', values: [1] });
      done += 1;
    }
  }));
  await Promise.all(clients.map((client) => client.end()));
  return { rate: done / seconds, by: 'node' };
}

/** Bare Fastify: constant JSON, and one SELECT by key. */
export async function bareFastify(appUrl) {
  const pool = new pg.Pool({ connectionString: appUrl, max: 20 });
  quiet(pool);
  const app = Fastify();
  app.get('/constant', async () => ({ status: 'alive', name: 'commonpurse' }));
  app.get('/thing/:id', async (request) => (await pool.query({ name: 'thing', text: 'select id, name, pence, day from bench.thing where id = $1', values: [request.params.id] })).rows[0]);
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    port: app.server.address().port,
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
}
