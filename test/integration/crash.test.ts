/** kill -9 at any moment, the first start included: the next start works, and every check holds. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { discardCluster } from '../../src/platform/database/embedded/index.js';
import { cliHere, dataFolder, postgresPid, Program } from '../support/program.js';

/** One folder goes through all of it, crash after crash; each test takes the program as the one before left it: running. */
describe('a start after a crash', () => {
  let folder = '';
  let program: Program;
  const begun: Program[] = [];
  const begin = async (): Promise<Program> => {
    const next = await Program.start(folder, ['--empty']);
    begun.push(next);
    return next;
  };
  const holds = async (): Promise<void> => {
    const { code, out, err } = await cliHere(folder, 'check', '--json');
    expect({
      code,
      err: code === 0 ? '' : err,
      broken: (JSON.parse(out) as { checks: { name: string; faults: string[] }[] }).checks.filter((check) => check.faults.length > 0),
    }).toEqual({ code: 0, err: '', broken: [] });
  };

  beforeAll(async () => {
    folder = await dataFolder();
  });
  afterAll(async () => {
    for (const each of begun) await each.kill('SIGTERM');
    await discardCluster(folder).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('begins again when node is killed during the first start, whenever that is', async () => {
    for (const ms of [150, 500, 1_000, 1_500, 2_200]) {
      const killed = await begin();
      await sleep(ms);
      await killed.kill('SIGKILL');
    }
    program = await begin();
    await program.ready();
    await holds();
  }, 120_000);

  it.each(['node', 'PostgreSQL', 'both'] as const)(
    'goes on after kill -9 of %s',
    async (what) => {
      if (what !== 'node') process.kill(await postgresPid(folder), 'SIGKILL');
      if (what !== 'PostgreSQL') await program.kill('SIGKILL');
      if (what === 'PostgreSQL') {
        await sleep(500);
        if (!program.isRunning) program = await begin();
      } else program = await begin();
      await program.ready();
      await holds();
    },
    120_000,
  );

  it('refuses a second copy in the same folder with a sentence, and the first goes on', async () => {
    const second = await begin();
    while (second.isRunning) await sleep(100);
    expect(second.child.exitCode).toBe(1);
    expect(second.output).toMatch(/Another Commonpurse .* is running on the folder/);
    await program.ready();
  }, 60_000);

  it('lists every bad setting at once and exits with 1', async () => {
    const refused = await Program.start(folder, ['--empty'], { PORT: 'many', MODE: 'prod', LOG_LEVEL: 'loud', REDIS_URL: 'http://x' });
    while (refused.isRunning) await sleep(50);
    expect(refused.child.exitCode).toBe(1);
    for (const name of ['PORT', 'MODE', 'LOG_LEVEL', 'REDIS_URL']) expect(refused.output).toContain(name);
  });
});
