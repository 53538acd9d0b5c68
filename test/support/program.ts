import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/database/embedded/index.js';
import type { Said } from './command-line.js';
import { commandLine } from './command-line.js';

const top = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A data folder of a test's own, reachable by the user PostgreSQL runs as. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'commonpurse-program-'));
  await chmod(folder, 0o755);
  return folder;
}

/** The environment of a program that knows nothing of the test's own database. */
export const plainEnvironment = (settings: Record<string, string>): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _url, DATABASE_ADMIN_URL: _admin, REDIS_URL: _redis, NODE_OPTIONS: _options, ...rest } = process.env;
  return { ...rest, ...settings };
};

/** The compiled app as people start it, with what it printed. */
export class Program {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
    private readonly said: string[],
  ) {}

  static async start(dataDir: string, args: readonly string[] = [], settings: Record<string, string> = {}): Promise<Program> {
    const port = await freePort();
    const child = spawn(process.execPath, [join(top, 'dist', 'src', 'start.js'), ...args], {
      cwd: top,
      env: plainEnvironment({ PORT: String(port), DATA_DIR: dataDir, HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}`, ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => said.push(text.toString()));
    return new Program(child, port, said);
  }

  get output(): string {
    return this.said.join('');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until it is ready to serve; throws what it printed if it ends first. */
  async ready(withinMs = 60_000): Promise<void> {
    const until = Date.now() + withinMs;
    while (Date.now() < until) {
      if (!this.isRunning) throw new Error(`the program ended:\n${this.output}`);
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.status === 200) return;
      await sleep(100);
    }
    throw new Error(`not ready in time:\n${this.output}`);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.isRunning) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }
}

/** Runs one operators' command beside or without the app. */
export const cli = (dataDir: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> => cliWith(dataDir, {}, ...args);

/** The same with settings of its own: another database, say. */
export const cliWith = (dataDir: string, settings: Record<string, string>, ...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(top, 'dist', 'src', 'cli.js'), ...args],
      { cwd: top, env: plainEnvironment({ DATA_DIR: dataDir, PORT: '0', ...settings }), maxBuffer: 50_000_000 },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });

/** The same in this process, which has loaded what the command needs: for tests that ask again and again. Nothing of the test's own database is known to it. */
export const cliHere = (dataDir: string, ...args: string[]): Promise<Said> =>
  commandLine({ DATA_DIR: dataDir, PORT: '0', DATABASE_URL: '', DATABASE_ADMIN_URL: '', REDIS_URL: '' }, ...args);

/** The process id of the PostgreSQL server of a data folder. */
export async function postgresPid(dataDir: string): Promise<number> {
  const place = await readFile(join(dataDir, 'postgres.location'), 'utf8').then(
    (text) => text.trim(),
    () => join(dataDir, 'postgres'),
  );
  return Number((await readFile(join(place, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}
