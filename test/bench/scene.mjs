/** Where a benchmark plays: a durable PostgreSQL of its own in a temporary folder, the compiled web app and the load generator as
 *  processes of their own. Everything is stopped and removed at the end. */
import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

const top = join(import.meta.dirname, '..', '..');
const HOST = '127.0.0.1';
/** As `npm run start:web` has them. */
const NODE_FLAGS = ['--max-semi-space-size=128'];

/** A module of the compiled app. */
export const compiled = (path) => import(pathToFileURL(join(top, 'dist', 'src', path)).href);

export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A migrated, empty database with every safety of production on (fsync, synchronous commit, full pages), and how to leave it. */
export async function openScene(say) {
  const { discardCluster, prepareDatabase, startEmbedded } = await compiled('platform/database/embedded/index.js');
  const { migrate } = await compiled('platform/database/migrate.js');
  const folder = await mkdtemp(join(tmpdir(), 'commonpurse-bench-'));
  await chmod(folder, 0o711); // as root the server runs as user postgres, who must get in
  const cluster = await startEmbedded({ dataDir: folder, role: 'owner', durable: true, log: () => undefined });
  const { adminUrl, appUrl } = await prepareDatabase(cluster);
  await migrate(adminUrl);
  const superuserUrl = Object.assign(new URL(cluster.superuserUrl), { pathname: new URL(appUrl).pathname }).toString();
  const settings = await withClient(superuserUrl, async (client) => {
    const { rows } = await client.query(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );
    return rows[0];
  });
  if (settings.fsync !== 'on' || settings.commit !== 'on') throw new Error('the database is not durable; figures without that say nothing');
  say(`PostgreSQL ${settings.version}, fsync and synchronous_commit on`);
  const children = [];
  return {
    folder,
    adminUrl,
    appUrl,
    superuserUrl,
    postgres: settings.version,
    /** Starts a program of ours that listens, and waits until it answers at `path`. */
    start: async (file, args, { env = {}, path, port }) => {
      const child = spawn(process.execPath, [...(args.before ?? []), file, ...(args.after ?? [])], {
        env: { ...process.env, NODE_ENV: 'production', ...env },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      children.push(child);
      await answers(child, `http://${HOST}:${port}${path}`);
      return { port, pid: child.pid, stop: () => stop(child) };
    },
    close: async () => {
      await Promise.all(children.map(stop));
      await cluster.stop();
      await discardCluster(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The web app as in production: its own process, as the role that every wall holds. */
export async function startApp(scene, dist = join(top, 'dist')) {
  const port = await freePort();
  const env = { PORT: String(port), HOST, DATA_DIR: scene.folder, DATABASE_URL: scene.appUrl, LOG_LEVEL: 'warn', MODE: 'demo', DATABASE_ADMIN_URL: '' };
  const flags = [...NODE_FLAGS, ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [])];
  return scene.start(join(dist, 'src', 'main.js'), { before: flags }, { env, path: '/health/live', port });
}

export async function startBareFastify(scene) {
  const port = await freePort();
  return scene.start(join(import.meta.dirname, 'bare-fastify.mjs'), { before: NODE_FLAGS, after: [scene.appUrl, String(port)] }, { path: '/constant', port });
}

/** Loads a server and answers what the generator counted. */
export async function load(scene, port, plan) {
  const file = join(scene.folder, 'plan.json');
  writeFileSync(file, JSON.stringify({ host: HOST, port, ...plan }));
  const out = await new Promise((resolve, reject) =>
    execFile(process.execPath, [join(import.meta.dirname, 'load.mjs'), file], { maxBuffer: 1e7 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr || error.message)) : resolve(stdout),
    ),
  );
  const counted = JSON.parse(out);
  if (counted.refused > 0 || counted.lost > 0 || counted.answered === 0)
    throw new Error(`${counted.refused} requests were refused and ${counted.lost} never answered: ${JSON.stringify(counted.examples)}`);
  return counted;
}

async function answers(child, url) {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`a program ended with code ${child.exitCode} before it answered`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error(`nothing answers at ${url}`);
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}
