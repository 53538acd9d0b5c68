import { Injectable, Logger } from '@nestjs/common';
import { conflict, dayOf, NO_SCOPE, notFound, systemActor } from '../../kernel/index.js';
import type { Tx } from '../database/index.js';
import { Database } from '../database/index.js';
import { beat, BEAT_MS, claimRun, endRun, latestRuns, silentRuns, stateOfRun } from './job-run.js';
import type { ClaimedRun, JobRun, RunReport } from './job-run.js';
import { JobRegistry } from './job-registry.js';
import type { JobDefinition } from './job-registry.js';

const jobsActor = systemActor('jobs', NO_SCOPE);

/** Runs jobs, each once for each due time, and remembers how it went. */
@Injectable()
export class Jobs {
  private readonly log = new Logger('jobs');

  constructor(
    private readonly database: Database,
    private readonly registry: JobRegistry,
  ) {}

  /** Runs the job for a due time; `already-done` when it had run for that time before, and nothing happens. What the job throws
   *  is recorded and passed on; a failed run may be run again. Refuses an unknown name (not-found), and a run that is under way
   *  elsewhere (job-running). */
  async runJob(name: string, dueAt: Date): Promise<'done' | 'already-done'> {
    const job = this.registry.find(name);
    if (!job) throw notFound(`The job ${name}`);
    const run = await this.write((tx) => claimRun(tx, name, dueAt));
    if (run) {
      await this.runClaimed(job, dueAt, run);
      return 'done';
    }
    if ((await this.read((tx) => stateOfRun(tx, name, dueAt))) === 'done') return 'already-done';
    throw conflict('job-running', `The job ${name} is already running for this time.`);
  }

  /** The latest run of every job that has run. */
  latestRuns(): Promise<JobRun[]> {
    return this.read(latestRuns);
  }

  /** Runs whose worker seems to be dead; a queue gives them to another worker within a minute or so. */
  silentRuns(): Promise<JobRun[]> {
    return this.read(silentRuns);
  }

  private async runClaimed(job: JobDefinition, dueAt: Date, run: ClaimedRun): Promise<void> {
    let report: RunReport = { done: 0, total: 0, note: null };
    const timer = setInterval(() => {
      this.write((tx) => beat(tx, run, report)).catch((error: Error) => this.log.warn(`${job.name} could not say that it lives: ${error.message}`));
    }, BEAT_MS);
    const end = (error: string | null): Promise<void> => this.write((tx) => endRun(tx, run, report, error));
    try {
      await job.run({
        dueAt,
        day: dayOf(dueAt),
        progress: (done, total) => {
          report = { ...report, done, total };
        },
        log: (note) => {
          report = { ...report, note };
          this.log.log(`${job.name}: ${note}`);
        },
      });
    } catch (error) {
      await end((error as Error).message).catch((lost: Error) => this.log.error(`${job.name}: its failure was not recorded: ${lost.message}`));
      throw error;
    } finally {
      clearInterval(timer);
    }
    await end(null);
  }

  private write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(jobsActor, work);
  }

  private read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.read(jobsActor, work);
  }
}
