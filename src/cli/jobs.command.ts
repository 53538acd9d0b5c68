import { Jobs, Queues } from '../platform/index.js';
import { schedule } from '../schedule.js';
import type { Command } from './run-command.js';
import { print, printJson } from './run-command.js';
import { withApp } from './with-app.js';

export const jobsCommand: Command = {
  name: 'jobs',
  usage: 'jobs [--run NAME [--due ISO-TIME]] [--json]',
  what: 'Every recurring job with its last run, and the jobs that failed; or runs one now.',
  values: ['run', 'due'],
  run: ({ json, options }) =>
    withApp(async (app) => {
      const jobs = app.get(Jobs);
      if (typeof options['run'] === 'string') {
        const due = typeof options['due'] === 'string' ? new Date(options['due']) : new Date();
        if (Number.isNaN(due.getTime())) throw new Error('--due takes a time like 2026-11-22T03:00:00Z');
        print(await jobs.runJob(options['run'], due));
        return 0;
      }
      const [runs, failed] = [await jobs.latestRuns(), await app.get(Queues).failed()];
      const rows = schedule.map((job) => ({ ...job, last: runs.find((run) => run.job === job.name) ?? null }));
      if (json) printJson({ jobs: rows, failed });
      else {
        for (const row of rows) print(`${row.name.padEnd(36)} ${row.cron.padEnd(16)} ${row.last ? row.last.state : 'has not run'}  ${row.what}`);
        for (const job of failed) print(`FAILED ${job.queue} ${job.name} ${job.id}: ${job.reason}`);
      }
      return 0;
    }),
};
