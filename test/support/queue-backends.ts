import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/platform/database/embedded/index.js';

/** A queue's backend for a test: PostgreSQL has no address of its own, it is the test's database. */
export interface QueueBackend {
  readonly name: 'PostgreSQL' | 'Redis';
  start(): Promise<{ readonly redisUrl: string | undefined; stop(): Promise<void> }>;
}

/** PostgreSQL always; Redis at TEST_REDIS_URL, or a server of our own where `redis-server` is on the PATH. Says so when Redis is left out. */
export function queueBackends(): QueueBackend[] {
  const postgresql: QueueBackend = { name: 'PostgreSQL', start: async () => ({ redisUrl: undefined, stop: async () => undefined }) };
  const given = process.env['TEST_REDIS_URL'];
  if (given) return [postgresql, { name: 'Redis', start: async () => ({ redisUrl: given, stop: async () => undefined }) }];
  const program = redisOnPath();
  if (program) return [postgresql, { name: 'Redis', start: () => startRedis(program) }];
  console.warn('NOT TESTED ON REDIS: no TEST_REDIS_URL, and no redis-server on the PATH. The queue was tested on PostgreSQL alone.');
  return [postgresql];
}

function redisOnPath(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

async function startRedis(program: string) {
  const folder = mkdtempSync(join(tmpdir(), 'commonpurse-redis-'));
  const port = await freePort();
  const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' });
  await untilOpen(server, port);
  return {
    redisUrl: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilOpen(server: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with code ${server.exitCode}`);
    const socket = createConnection({ port, host: '127.0.0.1' });
    const opened = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (opened) return;
    await sleep(50);
  }
  throw new Error('redis-server did not answer within five seconds');
}

/** Waits until the claim holds; fails with its words after `limitMs`. */
export async function eventually(claim: string, holds: () => Promise<boolean> | boolean, limitMs = 15_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`within ${limitMs} ms it did not come true that ${claim}`);
    await sleep(40);
  }
}
