/** The anchors our figures stand beside, measured in the same run: PostgreSQL with one insert a commit, and bare Fastify. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClient } from './scene.mjs';

const CLIENTS = 32;

/** Tables of the benchmark's own, in the same database; answers the keys of the things. */
export const makeAnchorTables = (adminUrl, rows) =>
  withClient(adminUrl, async (client) => {
    await client.query(`create schema bench;
      create table bench.onecommit (id bigserial primary key, v bigint, at timestamptz default now());
      create table bench.thing (id uuid primary key, name text not null, pence bigint not null, day date not null);
      insert into bench.thing select gen_random_uuid(), 'a thing with a name ' || n, n * 100, date '2026-04-01' + (n % 365)::int from generate_series(1, ${rows}) n;
      grant usage on schema bench to commonpurse_app; grant select, insert on all tables in schema bench to commonpurse_app;
      grant usage on all sequences in schema bench to commonpurse_app`);
    return (await client.query('select id from bench.thing')).rows.map((row) => row.id);
  });

const hasPgbench = () => new Promise((resolve) => execFile('pgbench', ['--version'], (error) => resolve(!error)));

/** One insert a commit from 32 clients, per second: by pgbench where there is one, else by a node process (slower, so it is named). */
export async function insertsPerSecond(url, folder, seconds) {
  const script = join(folder, 'insert1.pgbench');
  writeFileSync(script, 'insert into bench.onecommit (v) values (1);\n');
  const by = (await hasPgbench()) ? 'pgbench' : 'node';
  const out = await new Promise((resolve, reject) => {
    const done = (error, stdout, stderr) => (error ? reject(new Error(`the anchor did not run: ${stderr || error.message}`)) : resolve(stdout));
    if (by === 'pgbench') execFile('pgbench', ['-n', '-M', 'prepared', '-c', String(CLIENTS), '-j', '2', '-T', String(seconds), '-f', script, url], done);
    else execFile(process.execPath, [join(import.meta.dirname, 'inserts.mjs'), url, String(CLIENTS), String(seconds)], done);
  });
  return { rate: Number(by === 'pgbench' ? /tps = ([\d.]+)/.exec(out)[1] : out), by };
}
