import { describe, expect, it } from '@jest/globals';
import type { JobRun } from '../../platform/index.js';
import { Housekeeping } from './housekeeping.js';
import { checksView, cronWords, lagState, operatorNeeds, runState } from './operator.view.js';

const now = new Date('2026-11-22T05:00:00Z');
const run = (over: Partial<JobRun> = {}): JobRun =>
  ({
    job: 'insight-track',
    dueAt: now,
    startedAt: now,
    heartbeatAt: now,
    finishedAt: now,
    state: 'done',
    progress: 0,
    total: 0,
    note: null,
    error: null,
    ...over,
  }) as JobRun;
const check = (faults: string[]) => ({ name: 'books-balance', truth: 1, claim: 'Books balance.', faults, tookMs: 3 });

describe('operators’ pages', () => {
  it.each([
    ['20 3 * * *', 'Every day at 03:20'],
    ['*/10 * * * *', 'Every 10 minutes'],
    ['5 * * * *', 'Every hour at 05 minutes past'],
    ['0 6 1 4 *', '0 6 1 4 *'],
  ])('%s is "%s"', (cron, words) => expect(cronWords(cron)).toBe(words));

  it('tells a dead worker from one at work', () => {
    const running = run({ state: 'running', finishedAt: null });
    expect(runState(running, []).state).toBe('Running');
    expect(runState(running, [running]).tone).toBe('stopped');
    expect(runState(undefined, []).state).toBe('Has not run yet');
  });

  it.each([
    [0, 0, 'good'],
    [3, 5_000, 'attention'],
    [3, 61_000, 'stopped'],
  ])('%d events that wait for %d ms are %s', (waiting, age, tone) =>
    expect(lagState({ waiting, oldestAt: waiting ? new Date(now.getTime() - age) : null }, now).tone).toBe(tone),
  );

  it('shows broken checks first, and says so on the home page', () => {
    const done = { startedAt: now, by: 'Otto', endedAt: now, results: [check([]), check(['book 1 is out by 5'])], error: null };
    const view = checksView(done);
    expect(view.state?.state).toBe('1 of 2 checks are broken');
    expect(String((view.results!.rows[0] as unknown[])[1])).toContain('book 1 is out by 5');
    expect(
      operatorNeeds({
        failed: 2,
        silent: 0,
        failedRuns: [run({ state: 'failed', error: 'no answer' })],
        lag: { waiting: 0, oldestAt: null },
        checks: done,
        now,
      }).map((each) => each.text),
    ).toEqual(['1 check is broken', '2 jobs are out of attempts', 'insight-track failed']);
  });

  it('runs the checks once at a time, and tells how it ended', async () => {
    const house = new Housekeeping();
    let [started, end] = [0, (): void => undefined];
    house.know({
      schedule: [],
      runChecks: () =>
        new Promise((resolve) => {
          started += 1;
          end = () => resolve([check([])]);
        }),
    });
    house.startChecks('Otto', () => now);
    house.startChecks('Otto', () => now);
    expect(started).toBe(1);
    expect(checksView(house.lastChecks).isRunning).toBe(true);
    end();
    await new Promise(setImmediate);
    expect(checksView(house.lastChecks).state?.state).toBe('All 1 checks hold');
    house.know({ schedule: [], runChecks: () => Promise.reject(new Error('the database is away')) });
    house.startChecks('Otto', () => now);
    await new Promise(setImmediate);
    expect(checksView(house.lastChecks).state?.reason).toContain('the database is away');
  });
});
