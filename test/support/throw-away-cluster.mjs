/** The PostgreSQL that one run of the tests shares: built, started and migrated once, however many projects ask. */
import { createHash } from 'node:crypto';
import { existsSync, statfsSync } from 'node:fs';
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { build } from '../../config/build.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const compiled = (path) => import(pathToFileURL(join(top, 'dist', 'src', 'platform', 'database', path)).href);
const folderName = /^commonpurse-test-(\d+)(?:-|$)/;
const template = 'commonpurse_template';
const inMemory = '/dev/shm';
/** Bytes free. */
const ENOUGH = 2 * 2 ** 30;

/** Jest may load this file more than once; the run's state is kept where each copy finds it. */
const state = (globalThis[Symbol.for('commonpurse.throw-away-cluster')] ??= {});

export const prepare = () => (state.prepared ??= prepareOnce());

export async function discard() {
  const { cluster, folder } = state;
  Object.assign(state, { cluster: undefined, folder: undefined });
  if (!cluster) return;
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

async function prepareOnce() {
  await buildAlone();
  const { superuserUrl, adminUrl, appUrl } = process.env.DATABASE_URL || process.env.DATABASE_ADMIN_URL ? await givenServer() : await ownServer();
  const { migrate } = await compiled('migrate.js');
  await migrate(adminUrl);
  await sql(superuserUrl, `alter database ${template} with is_template true allow_connections false`);
  Object.assign(process.env, { TEST_SUPERUSER_URL: superuserUrl, TEST_ADMIN_URL: adminUrl, TEST_APP_URL: appUrl });
}

/** Memory as a folder, where there is plenty: a clone of the template is 1,500 small files, and making and removing them for each test file costs
 *  a disk's file system up to a second of CPU (docs/decisions/029-the-browser-of-the-tests.md). */
function place() {
  if (!existsSync(inMemory) || process.availableMemory() < ENOUGH) return tmpdir();
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize < ENOUGH ? tmpdir() : inMemory;
}

/** A cluster in a folder that bears our process id; what killed runs left behind is cleared first. */
async function ownServer() {
  const { startEmbedded, prepareDatabase, discardCluster } = await compiled('embedded/index.js');
  await sweep(discardCluster);
  const folder = join(place(), `commonpurse-test-${process.pid}`);
  await mkdir(folder);
  await chmod(folder, 0o711); // as root the server runs as user postgres, who must get in
  const cluster = await startEmbedded({ dataDir: folder, role: 'owner', durable: false, log: () => undefined });
  Object.assign(state, { cluster, folder });
  return { superuserUrl: cluster.superuserUrl, ...(await prepareDatabase(cluster, template)) };
}

/** A server somebody else runs. DATABASE_ADMIN_URL must be allowed to make databases; DATABASE_URL is the app's role. */
async function givenServer() {
  const { DATABASE_URL, DATABASE_ADMIN_URL } = process.env;
  if (!DATABASE_URL || !DATABASE_ADMIN_URL) throw new Error('Tests on a server of your own need both DATABASE_URL and DATABASE_ADMIN_URL.');
  await sql(DATABASE_ADMIN_URL, `alter database ${template} with is_template false`).catch(() => undefined); // none from a run before
  await sql(DATABASE_ADMIN_URL, `drop database if exists ${template}`);
  await sql(DATABASE_ADMIN_URL, `create database ${template}`);
  const within = (url) => Object.assign(new URL(url), { pathname: `/${template}` }).toString();
  for (const extension of ['btree_gist', 'pg_trgm', 'pgcrypto']) await sql(within(DATABASE_ADMIN_URL), `create extension if not exists ${extension}`);
  return { superuserUrl: DATABASE_ADMIN_URL, adminUrl: within(DATABASE_ADMIN_URL), appUrl: within(DATABASE_URL) };
}

async function sweep(discardCluster) {
  for (const parent of [tmpdir(), inMemory].filter(existsSync)) {
    for (const name of await readdir(parent)) {
      const pid = Number(folderName.exec(name)?.[1]);
      if (!pid || (isAlive(pid) && pid !== process.pid)) continue;
      await discardCluster(join(parent, name)).catch(() => undefined); // another user's: theirs to clear
    }
  }
}

/** Two runs must not build at once: each would remove the other's files. */
async function buildAlone() {
  const lock = join(tmpdir(), `commonpurse-build-${createHash('sha256').update(top).digest('hex').slice(0, 12)}`);
  const until = Date.now() + 60_000;
  while (
    !(await writeFile(lock, '', { flag: 'wx' }).then(
      () => true,
      () => false,
    ))
  ) {
    const age = Date.now() - ((await stat(lock).catch(() => undefined))?.mtimeMs ?? 0);
    if (age > 30_000 || Date.now() > until) await rm(lock, { force: true });
    else await sleep(100);
  }
  try {
    await build(!existsSync(join(top, 'dist', 'src', 'platform', 'database', 'embedded', 'index.js')));
  } finally {
    await rm(lock, { force: true });
  }
}

async function sql(url, statement) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
