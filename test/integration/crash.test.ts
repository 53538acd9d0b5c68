/** kill -9 at any moment, the first start included: the next start works, and every check holds. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { discardCluster } from '../../src/platform/database/embedded/index.js';
import { cli, dataFolder, postgresPid, Program } from '../support/program.js';

describe('a start after a crash', () => {
  const folders: string[] = [];
  const running: Program[] = [];
  const begin = async (folder: string): Promise<Program> => {
    const program = await Program.start(folder, ['--empty']);
    running.push(program);
    return program;
  };
  const newFolder = async (): Promise<string> => {
    const folder = await dataFolder();
    folders.push(folder);
    return folder;
  };
  const holds = async (folder: string): Promise<void> => {
    const { code, out, err } = await cli(folder, 'check', '--json');
    expect({
      code,
      err: code === 0 ? '' : err,
      broken: (JSON.parse(out) as { checks: { name: string; faults: string[] }[] }).checks.filter((check) => check.faults.length > 0),
    }).toEqual({ code: 0, err: '', broken: [] });
  };

  afterEach(async () => {
    for (const program of running.splice(0)) await program.kill('SIGTERM');
    for (const folder of folders.splice(0)) {
      await discardCluster(folder).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('begins again when node is killed during the first start, whenever that is', async () => {
    const folder = await newFolder();
    for (const ms of [150, 500, 1_000, 1_500, 2_200]) {
      const program = await begin(folder);
      await sleep(ms);
      await program.kill('SIGKILL');
    }
    const program = await begin(folder);
    await program.ready();
    await holds(folder);
  }, 120_000);

  it.each(['node', 'PostgreSQL', 'both'] as const)(
    'goes on after kill -9 of %s',
    async (what) => {
      const folder = await newFolder();
      let program = await begin(folder);
      await program.ready();
      if (what !== 'node') process.kill(await postgresPid(folder), 'SIGKILL');
      if (what !== 'PostgreSQL') await program.kill('SIGKILL');
      if (what === 'PostgreSQL') {
        await sleep(500);
        if (!program.isRunning) program = await begin(folder);
      } else program = await begin(folder);
      await program.ready();
      await holds(folder);
    },
    120_000,
  );

  it('refuses a second copy in the same folder with a sentence, and the first goes on', async () => {
    const folder = await newFolder();
    const first = await begin(folder);
    await first.ready();
    const second = await begin(folder);
    while (second.isRunning) await sleep(100);
    expect(second.child.exitCode).toBe(1);
    expect(second.output).toMatch(/Another Commonpurse .* is running on the folder/);
    await first.ready();
  }, 60_000);

  it('lists every bad setting at once and exits with 1', async () => {
    const folder = await newFolder();
    const program = await Program.start(folder, ['--empty'], { PORT: 'many', MODE: 'prod', LOG_LEVEL: 'loud', REDIS_URL: 'http://x' });
    while (program.isRunning) await sleep(50);
    expect(program.child.exitCode).toBe(1);
    for (const name of ['PORT', 'MODE', 'LOG_LEVEL', 'REDIS_URL']) expect(program.output).toContain(name);
  });
});
