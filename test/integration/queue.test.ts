import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/kernel/index.js';
import { migrateQueue, Queues } from '../../src/platform/queue/index.js';
import type { RunningJob } from '../../src/platform/queue/index.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';
import { eventually, queueBackends } from '../support/queue-backends.js';

const EVERY_SECOND = '* * * * * *';
const LONDON = 'Europe/London';

describe.each(queueBackends())('the queue on $name', ({ start }) => {
  let database: TestDatabase;
  let redis: Awaited<ReturnType<typeof start>>;
  const opened: Queues[] = [];
  let site: string;

  /** Another process of the same site: its own connections, the same jobs. */
  const open = (attempts = 2): Queues => {
    const queues = new Queues({ databaseUrl: database.appUrl, redisUrl: redis.redisUrl, prefix: site, retry: { attempts, delayMs: 20 } });
    opened.push(queues);
    return queues;
  };

  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabase(), start()]);
    site = `test-${newId()}`;
    await migrateQueue(database.adminUrl);
  });

  afterEach(async () => {
    for (const queues of opened.splice(0)) await queues.close();
  });

  afterAll(async () => {
    await redis.stop();
    await database.drop();
  });

  it('runs a job once, although it was added twice under one id', async () => {
    const queues = open();
    const job = { id: 'twice-a', name: 'hello', data: { event: 'a' } };
    await queues.addBulk('events', [job]);
    await open().addBulk('events', [job, { ...job, id: 'twice-b', data: { event: 'b' } }]);
    const seen: RunningJob[] = [];
    queues.work('events', async (running) => void seen.push(running), { concurrency: 3 });
    await eventually('both jobs ran', () => seen.length >= 2);
    await eventually('nothing is left', async () => Object.values((await queues.counts()).events).every((count) => count === 0));
    expect(seen.map(({ id, name, data }) => ({ id, name, data })).sort((x, y) => (x.id < y.id ? -1 : 1))).toEqual([
      { id: 'twice-a', name: 'hello', data: { event: 'a' } },
      { id: 'twice-b', name: 'hello', data: { event: 'b' } },
    ]);
  });

  it('keeps a job that is out of attempts in the failed list, and runs it again when asked', async () => {
    const queues = open(3);
    let runs = 0;
    let isMended = false;
    queues.work(
      'money',
      async () => {
        runs += 1;
        if (!isMended) throw new Error('the bank is shut');
      },
      { concurrency: 1 },
    );
    await queues.addBulk('money', [{ id: 'pay-x', name: 'pay', data: { payment: 'x' } }]);
    await eventually('the job has failed', async () => (await queues.failed()).length === 1);
    expect(runs).toBe(3);
    expect((await queues.failed())[0]).toMatchObject({
      queue: 'money',
      id: 'pay-x',
      name: 'pay',
      data: { payment: 'x' },
      attempts: 3,
      reason: 'the bank is shut',
      failedAt: expect.any(Date),
    });
    expect((await queues.counts()).money.failed).toBe(1);

    isMended = true;
    await queues.retry('pay-x');
    await eventually('it ran once more', () => runs === 4);
    await eventually('the failed list is empty', async () => (await queues.failed()).length === 0);
    expect(runs).toBe(4);
  });

  it('does not retry what has not failed, or is not there', async () => {
    const queues = open();
    await queues.addBulk('reports', [{ id: 'waits', name: 'report', data: {} }]);
    await expect(queues.retry('waits')).rejects.toMatchObject({ kind: 'conflict', code: 'job-not-failed' });
    await expect(queues.retry('never-was')).rejects.toMatchObject({ kind: 'not-found' });
    queues.work('reports', async () => undefined, { concurrency: 1 });
    await eventually('it ran', async () => (await queues.counts()).reports.waiting === 0);
  });

  it('tells a recurring job when it was due, and makes up the run that fell while no worker was up', async () => {
    await open().schedule('reports', 'tick', EVERY_SECOND, LONDON);
    const due = (await open().nextRuns()).get('tick');
    expect(due?.getMilliseconds()).toBe(0);
    await sleep(2_200);

    const queues = open();
    await queues.schedule('reports', 'tick', EVERY_SECOND, LONDON);
    const runs: RunningJob[] = [];
    queues.work('reports', async (job) => void runs.push(job), { concurrency: 1 });
    await eventually('three runs', () => runs.length >= 3);
    await queues.unscheduleAllBut('reports', []);
    expect(runs[0]).toMatchObject({ name: 'tick', dueAt: due });
    const times = runs.map(({ dueAt }) => dueAt.getTime());
    expect(times.every((time) => time % 1_000 === 0)).toBe(true);
    expect(new Set(times).size).toBe(times.length);
    expect([...(await queues.nextRuns()).keys()]).toEqual([]);
  });

  it('follows a schedule whose pattern was changed, and keeps only the named ones', async () => {
    const queues = open();
    await queues.schedule('reports', 'nightly', '30 1 * * *', LONDON);
    await queues.schedule('reports', 'monthly', '0 6 1 * *', LONDON);
    await queues.schedule('reports', 'nightly', '45 3 * * *', LONDON);
    await queues.unscheduleAllBut('reports', ['nightly']);
    const next = await queues.nextRuns();
    expect([...next.keys()]).toEqual(['nightly']);
    expect(new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, timeStyle: 'short' }).format(next.get('nightly'))).toBe('03:45');
    await queues.unscheduleAllBut('reports', []);
  });

  it('lets a running job end before it closes, and leaves the rest waiting', async () => {
    const queues = open();
    const ended: string[] = [];
    let started = 0;
    await queues.addBulk(
      'events',
      ['one', 'two'].map((name) => ({ id: `slow-${name}`, name, data: {} })),
    );
    queues.work(
      'events',
      async ({ name }) => {
        started += 1;
        await sleep(400);
        ended.push(name);
      },
      { concurrency: 1 },
    );
    await eventually('the first has begun', () => started === 1);
    await queues.close();
    expect(ended).toEqual(['one']);
    const other = open();
    expect((await other.counts()).events).toMatchObject({ waiting: 1, active: 0 });
    other.work('events', async ({ name }) => void ended.push(name), { concurrency: 1 });
    await eventually('the second ran', () => ended.length === 2);
  });
});

describe('the queue tables', () => {
  it('can be migrated twice and at once, and the app may not change them', async () => {
    const database = await testDatabase();
    try {
      const versions = await Promise.all([1, 2, 3].map(() => migrateQueue(database.adminUrl)));
      expect(new Set(versions).size).toBe(1);
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: database.appUrl });
      await client.connect();
      await expect(client.query('create table jobs.mine (id int)')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('drop table jobs.job')).rejects.toMatchObject({ code: '42501' });
      await client.end();
    } finally {
      await database.drop();
    }
  });
});
