import { readFile, readdir, readlink, realpath, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DomainError } from '../../../kernel/index.js';
import { codeOf, exists, isAlive, textOf } from './files.js';
import { freePort } from './free-port.js';
import { initialise, isInitialised } from './initialise.js';
import type { Place } from './place.js';
import { lastLines, run } from './run.js';

export interface StartOptions {
  readonly password: string;
  /** False only for throw-away clusters in tests: quicker, and lost in a crash. */
  readonly durable: boolean;
  /** Shown in pg_stat_activity for the connection we keep. */
  readonly name: string;
  /** The port to start on, unless another program keeps it for seconds. */
  readonly port?: number;
  readonly say: (line: string) => void;
}

/** A server that answers, and our connection to its database `postgres`. */
export interface Running {
  readonly client: pg.Client;
  readonly host: string;
  readonly port: number;
}

/** Errors of a server that is starting, stopping, recovering or full: ask again soon. */
const passing = new Set(['57P03', '57P01', '57P02', 'ECONNRESET', 'EPIPE', '53300']);

const LOOPBACK = '127.0.0.1';
/** Bytes of a socket's path that every system takes. */
const LONGEST_PATH = 100;

/** No log line may hold a row's values, hence terse (no DETAIL) and no statements. */
const serverFlags = [`listen_addresses=${LOOPBACK}`, 'timezone=UTC', 'shared_buffers=128MB', 'log_error_verbosity=terse', 'log_min_error_statement=panic'];
const throwAwayFlags = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0', 'max_connections=250'];

export const isPassing = (error: unknown): boolean =>
  passing.has(codeOf(error) ?? '') || (error instanceof Error && error.message.startsWith('Connection terminated'));

/** Adopts the server of this place if it runs, else starts it; makes the cluster when there is none. Tries for at most
 *  60 seconds. Several may do this at once: the server itself refuses to start twice. */
export async function startCluster(place: Place, options: StartOptions): Promise<Running> {
  const until = Date.now() + 60_000;
  for (let failures = 0; Date.now() < until; ) {
    if (!(await isInitialised(place))) {
      options.say(`Making a new database in ${place.data}.`);
      await initialise(place, options.password, options.durable);
    }
    const found = await adopt(place, options);
    if (found === 'passing') {
      await sleep(100);
    } else if (found) {
      return found;
    } else {
      const problem = await startServer(place, options, failures);
      if (problem === undefined) continue;
      failures += 1;
      if (failures === 5) throw await didNotStart(place, problem);
      await sleep(100 * 2 ** failures);
    }
  }
  throw await didNotStart(place, 'It did not answer within 60 seconds.');
}

/** Stops the server of this place, breaking its connections, and waits for its end. */
export async function stopServer(place: Place, mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
  await run(place.binaries.pgCtl, ['stop', '-D', place.data, '-m', mode, '-w'], place.account);
}

/** What the server wrote of itself; undefined when it wrote nothing. */
export async function readPidFile(data: string): Promise<{ pid: number; port: number } | undefined> {
  const lines = (await textOf(join(data, 'postmaster.pid')))?.split('\n') ?? [];
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 ? { pid, port } : undefined;
}

/** A socket of this system inside the data folder, which only the server's user may enter: a question and its answer take 21 to 43 µs
 *  through it and 27 to 79 µs through the machine's network (one run beside the other, November 2026). Where there are no such sockets, or the
 *  path would be too long, the network. */
const takesSocket = ({ data }: Place): boolean => process.platform !== 'win32' && Buffer.byteLength(socketOf(data, 65_535)) <= LONGEST_PATH;

const socketOf = (folder: string, port: number): string => join(folder, `.s.PGSQL.${port}`);

async function adopt(place: Place, options: StartOptions): Promise<Running | 'passing' | undefined> {
  const port = (await readPidFile(place.data))?.port;
  if (!port) return undefined;
  const host = takesSocket(place) && (await exists(socketOf(place.data, port))) ? place.data : LOOPBACK;
  const client = new pg.Client({
    host,
    port,
    user: 'postgres',
    database: 'postgres',
    password: options.password,
    application_name: options.name,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    if (rows[0] && (await realpath(rows[0].data_directory)) === (await realpath(place.data))) return { client, host, port };
    await client.end();
    return undefined;
  } catch (error) {
    await client.end().catch(() => undefined);
    return isPassing(error) ? 'passing' : undefined;
  }
}

/** Answers what went wrong, or undefined when the server started. */
async function startServer(place: Place, options: StartOptions, failures: number): Promise<string | undefined> {
  await clearReusedPids(place);
  const port = failures < 4 && options.port ? options.port : await freePort();
  const settings = [
    ...serverFlags,
    `unix_socket_directories=${takesSocket(place) ? '.' : ''}`,
    ...(options.durable ? ['max_connections=100'] : throwAwayFlags),
  ];
  const flags = ['-p', String(port), ...settings.flatMap((setting) => ['-c', setting])].join(' ');
  const { code, output } = await run(place.binaries.pgCtl, ['start', '-D', place.data, '-l', place.log, '-w', '-s', '-o', flags], place.account);
  return code === 0 ? undefined : output;
}

/** After a container restarts, the process id in a stale lock file, `postmaster.pid` or that of the socket, may belong to another program, and
 *  PostgreSQL would not start. Nor would it while a killed server waits to be reaped by a process 1 that does so late or never, as in a
 *  container without an init. Only on Linux, where we can be sure, and only if that program is not a living PostgreSQL and no
 *  process at all works in the folder, the file is put aside; it also guards against orphaned server processes. */
async function clearReusedPids(place: Place): Promise<void> {
  if (process.platform !== 'linux') return;
  const locks = (await readdir(place.data)).filter((name) => /^(postmaster\.pid|\.s\.PGSQL\.\d+\.lock)$/.test(name));
  for (const name of locks) {
    const pid = Number((await textOf(join(place.data, name)))?.split('\n')[0]);
    if (pid > 0 && isAlive(pid) && !(await mayBeAServer(pid)) && (await nobodyWorksIn(place.data)))
      await rename(join(place.data, name), join(place.base, `${name.replace(/^\./, '')}.stale`)).catch(() => undefined);
  }
}

/** False of a process that is no PostgreSQL, or is dead and not yet reaped. */
async function mayBeAServer(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'Name:\tpostgres');
  return !/^State:\s+[ZX]/m.test(status) && /^Name:\s+postgres$/m.test(status);
}

async function nobodyWorksIn(folder: string): Promise<boolean> {
  const data = await realpath(folder);
  for (const name of await readdir('/proc')) {
    if (/^\d+$/.test(name) && (await readlink(`/proc/${name}/cwd`).catch(() => '')) === data) return false;
  }
  return true;
}

async function didNotStart(place: Place, problem: string): Promise<DomainError> {
  const log = lastLines(await readFile(place.log, 'utf8').catch(() => ''));
  return new DomainError(
    'unavailable',
    'postgres-did-not-start',
    `PostgreSQL in ${place.data} did not start. ${lastLines(problem)}\nIts log, ${place.log}, ends:\n${log}`,
  );
}
