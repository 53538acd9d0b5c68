import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { NO_SCOPE, newId, systemActor } from '../../src/kernel/index.js';
import { CONFIG, loadConfig } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import type { JobContext } from '../../src/platform/jobs/index.js';
import { JobRegistry, Jobs, startWorker, WorkModule } from '../../src/platform/jobs/index.js';
import { EventHandlers } from '../../src/platform/outbox/handlers.js';
import { migrateQueue } from '../../src/platform/queue/index.js';
import type { OutboxHouse } from '../support/outbox-house.js';
import { outboxHouse, writeEffect } from '../support/outbox-house.js';
import { eventually, queueBackends } from '../support/queue-backends.js';

const tester = systemActor('test', NO_SCOPE);
/** 00:30 in London on 28 June 2027, though still the 27th in Greenwich. */
const JUST_AFTER_MIDNIGHT = new Date('2027-06-27T23:30:00Z');

describe('running a job', () => {
  let house: OutboxHouse;
  let jobs: Jobs;
  const runs: JobContext[] = [];
  let during: (context: JobContext) => Promise<void> | void = () => undefined;

  beforeAll(async () => {
    house = await outboxHouse();
    const registry = new JobRegistry();
    registry.register({
      name: 'count',
      run: async (context) => {
        runs.push(context);
        await during(context);
      },
    });
    jobs = new Jobs(house.database, registry);
  });

  beforeEach(async () => {
    await house.empty();
    runs.length = 0;
    during = () => undefined;
  });

  afterAll(() => house.close());

  it('takes its day from its due time, and twice is once', async () => {
    expect(await jobs.runJob('count', JUST_AFTER_MIDNIGHT)).toBe('done');
    expect(await jobs.runJob('count', JUST_AFTER_MIDNIGHT)).toBe('already-done');
    expect(runs.map(({ day, dueAt }) => ({ day, dueAt }))).toEqual([{ day: '2027-06-28', dueAt: JUST_AFTER_MIDNIGHT }]);
    expect(await jobs.runJob('count', new Date('2027-06-28T23:30:00Z'))).toBe('done');
    expect(runs).toHaveLength(2);
  });

  it('keeps how far it came and its note', async () => {
    during = ({ progress, log }) => {
      progress(3, 7);
      log('three of seven');
    };
    await jobs.runJob('count', JUST_AFTER_MIDNIGHT);
    expect(await jobs.latestRuns()).toMatchObject([
      { job: 'count', dueAt: JUST_AFTER_MIDNIGHT, state: 'done', progress: 3, total: 7, note: 'three of seven', error: null, finishedAt: expect.any(Date) },
    ]);
  });

  it('records a failure, and may then run again', async () => {
    during = () => {
      throw new Error('the figures do not agree');
    };
    await expect(jobs.runJob('count', JUST_AFTER_MIDNIGHT)).rejects.toThrow('the figures do not agree');
    expect(await jobs.latestRuns()).toMatchObject([{ state: 'failed', error: 'the figures do not agree' }]);
    during = () => undefined;
    expect(await jobs.runJob('count', JUST_AFTER_MIDNIGHT)).toBe('done');
    expect(await jobs.latestRuns()).toMatchObject([{ state: 'done', error: null }]);
  });

  it('runs in one place at a time', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    during = () => held;
    const two = [jobs.runJob('count', JUST_AFTER_MIDNIGHT), jobs.runJob('count', JUST_AFTER_MIDNIGHT)];
    const both = Promise.allSettled(two);
    await eventually('one has begun', () => runs.length === 1);
    await expect(jobs.runJob('count', JUST_AFTER_MIDNIGHT)).rejects.toMatchObject({ code: 'job-running' });
    await Promise.race(two).catch(() => undefined); // the other one has been told, before this one may end
    release();
    expect((await both).map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(runs).toHaveLength(1);
  });

  it('takes over a run whose worker fell silent, and the dead one cannot end it', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    during = () => held;
    const first = jobs.runJob('count', JUST_AFTER_MIDNIGHT);
    await eventually('the first has begun', () => runs.length === 1);
    await house.database.transaction(tester, (tx) => tx.run(`update job_run set heartbeat_at = heartbeat_at - interval '1 minute'`));
    expect(await jobs.silentRuns()).toMatchObject([{ job: 'count', state: 'running' }]);
    during = ({ log }) => log('the second');
    expect(await jobs.runJob('count', JUST_AFTER_MIDNIGHT)).toBe('done');
    release();
    await first;
    expect(await jobs.latestRuns()).toMatchObject([{ state: 'done', note: 'the second' }]);
    expect(await jobs.silentRuns()).toEqual([]);
  });

  it('says that it lives while it runs', async () => {
    let first: Date | undefined;
    during = async () => {
      first = (await jobs.latestRuns())[0]?.heartbeatAt;
      await eventually('it beat again', async () => (await jobs.latestRuns())[0]!.heartbeatAt > first!);
    };
    expect(await jobs.runJob('count', JUST_AFTER_MIDNIGHT)).toBe('done');
  });

  it('does not know a job nobody registered', async () => {
    await expect(jobs.runJob('never', JUST_AFTER_MIDNIGHT)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe.each(queueBackends())('the worker on $name', ({ start }) => {
  let house: OutboxHouse;
  let redis: Awaited<ReturnType<typeof start>>;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    [house, redis] = await Promise.all([outboxHouse(), start()]);
    await migrateQueue(house.test.adminUrl);
  });

  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  afterAll(async () => {
    await redis.stop();
    await house.close();
  });

  async function application() {
    const config = {
      ...loadConfig({ DATABASE_URL: house.test.appUrl, ENCRYPTION_KEYS: `test:${Buffer.alloc(32).toString('base64')}` }),
      redisUrl: redis.redisUrl,
    };

    @Global()
    @Module({
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Database, useValue: house.database },
      ],
      exports: [CONFIG, Database],
    })
    class Ground {}

    const app = await Test.createTestingModule({ imports: [Ground, WorkModule] }).compile();
    await app.init();
    stops.push(() => app.close());
    return app;
  }

  const sweep = { name: 'outbox-sweep', cron: '10 2 * * *', what: 'Removes events that are long done.' };

  it('does not start when a scheduled job has no handler, or a handler no schedule', async () => {
    const app = await application();
    await expect(startWorker(app, [sweep, { name: 'ghost', cron: '0 3 * * *', what: 'Nobody does this.' }])).rejects.toThrow('ghost has no handler');
    await expect(startWorker(app, [])).rejects.toThrow('outbox-sweep is registered but not scheduled');
  });

  it('relays, handles and keeps the schedule, and leaves no connection when it stops', async () => {
    const app = await application();
    const due: number[] = [];
    app.get(JobRegistry).register({ name: 'tick', run: async ({ dueAt }) => void due.push(dueAt.getTime()) });
    app.get(EventHandlers).on('rung', 'ears.hear', async (tx, event) => void (await writeEffect(tx, 'ears.hear', event.id)));
    const outside: string[] = [];
    app.get(EventHandlers).onOutside('rung', 'bank.call', async (event) => void outside.push(event.id));

    const worker = await startWorker(app, [sweep, { name: 'tick', cron: '* * * * * *', what: 'Every second, for this test.' }]);
    await house.announce('rung', [{ bell: newId() }, { bell: newId() }]);
    await eventually('both events reached both handlers', async () => (await house.effects())['ears.hear']?.rows === 2 && outside.length === 2);
    await eventually('the job ran twice', () => due.length >= 2);
    await worker.stop();

    const runs = await house.rows<{ due: Date; state: string }>(`select due_at as due, state from job_run where job = 'tick' order by due_at`);
    expect(runs.map(({ due: at }) => at.getTime())).toEqual(due);
    expect(new Set(runs.map(({ state }) => state))).toEqual(new Set(['done']));
    await eventually(
      'its connections are closed',
      async () =>
        (
          await house.rows(
            `select 1 from pg_stat_activity where datname = current_database() and application_name <> 'commonpurse' and backend_type = 'client backend'`,
          )
        ).length === 0,
    );
  });
});
