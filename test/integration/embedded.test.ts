import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { discardCluster, freeBytes, prepareDatabase, startEmbedded } from '../../src/platform/database/embedded/index.js';

interface Answer {
  started?: { port: number; superuserUrl: string };
  refused?: { code: string; message: string; facts: Record<string, string | number> };
}

const holderScript = join(process.cwd(), 'test', 'support', 'embedded-holder.mjs');
const children: ChildProcess[] = [];
const folders: string[] = [];
const quiet = (): void => undefined;

/** An empty DATA_DIR that any user of this machine may enter. Its name lets a later run clear it, should this one be killed. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `commonpurse-test-${process.pid}-`));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return folder;
}

function launch(dataDir: string, role: 'owner' | 'guest'): ChildProcess {
  const child = fork(holderScript, [dataDir, role], { execArgv: [] });
  children.push(child);
  return child;
}

const answerOf = async (child: ChildProcess): Promise<Answer> => ((await once(child, 'message')) as [Answer])[0];

async function hold(dataDir: string, role: 'owner' | 'guest'): Promise<{ child: ChildProcess; answer: Answer }> {
  const child = launch(dataDir, role);
  return { child, answer: await answerOf(child) };
}

async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function left(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.send('stop');
  await gone;
}

/** A program of the folder's owner, as after a restart of a container. */
async function programOfItsOwner(folder: string): Promise<ChildProcess> {
  const { uid, gid } = statSync(join(folder, 'postgres', 'PG_VERSION'));
  const other = spawn('sleep', ['60'], { cwd: '/', ...(process.getuid?.() === 0 ? { uid, gid } : {}) });
  children.push(other);
  await once(other, 'spawn');
  return other;
}

/** This program's process id in place of the server's. */
function writeLock(folder: string, name: string, { pid }: ChildProcess, text: string): void {
  const { uid, gid } = statSync(join(folder, 'postgres', 'PG_VERSION'));
  const file = join(folder, 'postgres', name);
  writeFileSync(file, [pid, ...text.split('\n').slice(1)].join('\n'), { mode: 0o600 });
  chownSync(file, uid, gid);
}

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', quiet);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

const serverPid = (folder: string): number => Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
const isRunning = (folder: string): boolean => existsSync(join(folder, 'postgres', 'postmaster.pid'));

async function until(claim: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 50_000;
  while (!(await claim())) {
    if (Date.now() > end) throw new Error('it did not come about in 50 seconds');
    await sleep(20);
  }
}

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await killed(child);
});

afterAll(async () => {
  for (const folder of folders) await discardCluster(folder);
});

describe('the embedded PostgreSQL', () => {
  it('makes the cluster at the first start, with roles that cannot pass row-level security by, and stops with the last one out', async () => {
    const folder = newFolder();
    const cluster = await startEmbedded({ dataDir: folder, role: 'owner', log: quiet });
    const [first] = await Promise.all([prepareDatabase(cluster), prepareDatabase(cluster), prepareDatabase(cluster)]);
    expect(await prepareDatabase(cluster)).toEqual(first);
    const roles = await ask(
      first.adminUrl,
      `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as strong from pg_roles
      where rolname like 'commonpurse%' order by 1`,
    );
    expect(roles).toEqual([
      { rolname: 'commonpurse_app', strong: false },
      { rolname: 'commonpurse_owner', strong: false },
    ]);
    await ask(first.adminUrl, 'create table made_by_owner (id int)');
    await expect(ask(first.appUrl, 'create table made_by_app (id int)')).rejects.toMatchObject({ code: '42501' });
    await expect(ask(first.appUrl, 'select * from made_by_owner')).rejects.toMatchObject({ code: '42501' });
    const extensions = await ask<{ extname: string }>(first.appUrl, 'select extname from pg_extension');
    expect(extensions.map((row) => row.extname)).toEqual(expect.arrayContaining(['btree_gist', 'pg_trgm', 'pgcrypto']));
    const [settings] = await ask(
      first.appUrl,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
      current_setting('server_encoding') as encoding, lower('ÀÉ') as folded, current_setting('listen_addresses') as listens`,
    );
    expect(settings).toEqual({ fsync: 'on', commits: 'on', encoding: 'UTF8', folded: 'àé', listens: '127.0.0.1' });
    for (const name of ['postgres.secret', 'commonpurse_owner.secret', 'commonpurse_app.secret']) {
      if (process.platform !== 'win32') expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    expect(await freeBytes(folder)).toBeGreaterThan(1_000_000);
    expect(isRunning(folder)).toBe(true);
    await cluster.stop();
    expect(isRunning(folder)).toBe(false);
  });

  it('adopts the server of an owner that was killed, and refuses a second owner beside a guest', async () => {
    const folder = newFolder();
    const first = await hold(folder, 'owner');
    await killed(first.child);
    const pid = serverPid(folder);

    const second = await hold(folder, 'owner');
    expect(second.answer.started?.port).toBe(first.answer.started?.port);
    expect(serverPid(folder)).toBe(pid);

    const guest = await hold(folder, 'guest');
    expect(guest.answer.started?.port).toBe(second.answer.started?.port);

    const third = await hold(folder, 'owner');
    expect(third.answer.refused?.code).toBe('data-folder-in-use');
    const { message, facts } = third.answer.refused ?? { message: '', facts: {} };
    expect(facts).toEqual({ folder, pid: second.child.pid, port: second.answer.started?.port });
    for (const fact of Object.values(facts)) expect(message).toContain(String(fact));

    await left(second.child);
    expect(isRunning(folder)).toBe(true); // the guest still uses it
    await left(guest.child);
    expect(isRunning(folder)).toBe(false);
  });

  it('comes back on the same port, with what was committed, when PostgreSQL is killed under it', async () => {
    const folder = newFolder();
    const { child, answer } = await hold(folder, 'owner');
    const url = answer.started?.superuserUrl ?? '';
    await ask(url, 'create table kept as select 42 as answer');
    const pid = serverPid(folder);
    process.kill(pid, 'SIGKILL');
    await until(() =>
      ask(url, 'select 1').then(
        () => serverPid(folder) !== pid,
        () => false,
      ),
    );
    expect(await ask(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    const rival = await until(async () => (await ask<{ n: string }>(url, "select count(*) n from pg_locks where locktype = 'advisory'"))[0]?.n === '2').then(
      () => hold(folder, 'owner'),
    );
    expect(rival.answer.refused?.code).toBe('data-folder-in-use'); // the locks were taken again

    process.kill(serverPid(folder), 'SIGKILL');
    await killed(child);
    const next = await hold(folder, 'owner');
    expect(await ask(next.answer.started?.superuserUrl ?? '', 'select answer from kept')).toEqual([{ answer: 42 }]);
  }, 90_000);

  it('sweeps what a start that was killed inside initdb left, and makes the cluster anew', async () => {
    const folder = newFolder();
    const litter = (): string[] => readdirSync(folder).filter((name) => name.startsWith('postgres-new-'));
    const doomed = launch(folder, 'owner');
    await until(() => litter().some((name) => !name.endsWith('.pw') && readdirSync(join(folder, name)).length > 3));
    await killed(doomed);
    expect(litter().some((name) => name.endsWith('.pw'))).toBe(true);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);

    const next = await hold(folder, 'owner');
    expect(await ask(next.answer.started?.superuserUrl ?? '', 'select 1 as works')).toEqual([{ works: 1 }]);
    await left(next.child);
    const again = await hold(folder, 'owner'); // the orphaned initdb may have written on while the first sweep ran
    expect(again.answer.started).toBeDefined();
    expect(litter()).toEqual([]);
  });

  it('lets one of several owners win a new folder, and lets guests in beside', async () => {
    const folder = newFolder();
    const answers = await Promise.all([...Array<'owner'>(2).fill('owner'), ...Array<'guest'>(2).fill('guest')].map((role) => hold(folder, role)));
    expect(answers.filter(({ answer }) => answer.started)).toHaveLength(3);
    expect(answers.filter(({ answer }) => answer.refused?.code === 'data-folder-in-use')).toHaveLength(1);
    expect(new Set(answers.flatMap(({ answer }) => (answer.started ? [answer.started.port] : []))).size).toBe(1);
  });

  it('starts over a stale pid file whose process id now belongs to another program', async () => {
    if (process.platform !== 'linux') return console.warn('Not tried here: reused process ids are cleared on Linux only.');
    const folder = newFolder();
    const { child } = await hold(folder, 'owner');
    const file = join(folder, 'postgres', 'postmaster.pid');
    const text = readFileSync(file, 'utf8');
    await left(child);
    const other = await programOfItsOwner(folder);
    writeLock(folder, 'postmaster.pid', other, text);
    const next = await hold(folder, 'owner');
    expect(next.answer.refused?.message).toBeUndefined();
    expect(next.answer.started).toBeDefined();
    expect(other.exitCode).toBeNull();
  });

  it('comes back on its port after a kill, though the lock files name a process that is alive, or dead and not yet reaped', async () => {
    if (process.platform !== 'linux') return console.warn('Not tried here: reused process ids are cleared on Linux only.');
    const folder = newFolder();
    const lost: Error[] = [];
    const cluster = await startEmbedded({ dataDir: folder, role: 'owner', log: quiet, durable: false, onLost: (error) => lost.push(error) });
    const [before, server] = [cluster.port, serverPid(folder)];
    const other = await programOfItsOwner(folder);
    const text = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
    for (const name of ['postmaster.pid', `.s.PGSQL.${before}.lock`]) writeLock(folder, name, other, text);
    process.kill(server, 'SIGKILL');
    await until(() =>
      ask(cluster.superuserUrl, 'select 1').then(
        () => true,
        () => false,
      ),
    );
    expect({ port: cluster.port, lost }).toEqual({ port: before, lost: [] });
    expect(other.exitCode).toBeNull();
    await cluster.stop();
  });

  it('as root puts the cluster where the user postgres can reach it when DATA_DIR is closed', async () => {
    if (process.getuid?.() !== 0) return console.warn('Not tried here: this is about starts by root.');
    const folder = newFolder();
    const systemHome = newFolder();
    chmodSync(folder, 0o700);
    const said: string[] = [];
    const cluster = await startEmbedded({ dataDir: folder, role: 'owner', log: (line) => said.push(line), durable: false, systemHome });
    const [row] = await ask<{ data_directory: string }>(cluster.superuserUrl, 'show data_directory');
    expect(row?.data_directory.startsWith(join(systemHome, 'data-'))).toBe(true);
    expect(said.join(' ')).toContain(systemHome);
    await cluster.stop();
  });
});
