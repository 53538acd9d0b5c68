import type { Id } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import type { Tx } from '../database/index.js';

/** How often a running job says that it lives. */
export const BEAT_MS = 5_000;
/** A run that has been silent this long is taken for dead, and may be run again. Shorter than the time a queue waits before it gives
 *  a dead worker's job to another (30 to 60 s). Our judgement, November 2026. */
export const SILENT_MS = 25_000;

export type RunState = 'running' | 'done' | 'failed';

/** One run of a job, as operators see it. */
export interface JobRun {
  readonly job: string;
  readonly dueAt: Date;
  readonly startedAt: Date;
  readonly heartbeatAt: Date;
  readonly finishedAt: Date | null;
  readonly state: RunState;
  readonly progress: number;
  readonly total: number;
  readonly note: string | null;
  readonly error: string | null;
}

const COLUMNS = `job, due_at as "dueAt", started_at as "startedAt", heartbeat_at as "heartbeatAt", finished_at as "finishedAt",
  state, progress, total, note, error`;

/** A run that is ours: `startedAt` tells it from a later run of the same row. */
export interface ClaimedRun {
  readonly id: Id<'job-run'>;
  readonly startedAt: Date;
}

export interface RunReport {
  readonly done: number;
  readonly total: number;
  readonly note: string | null;
}

/** Claims the run of a job for a due time: a new one, one that failed, or one whose worker fell silent. Undefined when it is
 *  done, or runs elsewhere. */
export async function claimRun(tx: Tx, job: string, dueAt: Date): Promise<ClaimedRun | undefined> {
  const row = await tx.row<{ id: Id<'job-run'> }>(
    `insert into job_run (id, job, due_at, started_at, heartbeat_at, state) values ($1, $2, $3, $4, $4, 'running')
     on conflict (job, due_at) do update
       set started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at, finished_at = null, state = 'running',
           progress = 0, total = 0, note = null, error = null
       where job_run.state = 'failed' or (job_run.state = 'running' and job_run.heartbeat_at < $5)
     returning id`,
    [newId(), job, dueAt, tx.now, new Date(tx.now.getTime() - SILENT_MS)],
  );
  return row && { id: row.id, startedAt: tx.now };
}

export async function stateOfRun(tx: Tx, job: string, dueAt: Date): Promise<RunState | undefined> {
  return (await tx.row<{ state: RunState }>('select state from job_run where job = $1 and due_at = $2', [job, dueAt]))?.state;
}

/** Says that the run lives and how far it is. */
export async function beat(tx: Tx, run: ClaimedRun, report: RunReport): Promise<void> {
  tx.write(`update job_run set heartbeat_at = $3, progress = $4, total = $5, note = $6 where id = $1 and started_at = $2 and state = 'running'`, [
    run.id,
    run.startedAt,
    tx.now,
    report.done,
    report.total,
    report.note,
  ]);
}

/** Ends the run; `error` null means it is done. A run taken over by another worker is left to that one. */
export async function endRun(tx: Tx, run: ClaimedRun, report: RunReport, error: string | null): Promise<void> {
  tx.write(
    `update job_run set state = $7, finished_at = $3, heartbeat_at = $3, progress = $4, total = $5, note = $6, error = $8
     where id = $1 and started_at = $2 and state = 'running'`,
    [run.id, run.startedAt, tx.now, report.done, report.total, report.note, error === null ? 'done' : 'failed', error],
  );
}

/** The latest run of every job. */
export const latestRuns = (tx: Tx): Promise<JobRun[]> => tx.rows<JobRun>(`select distinct on (job) ${COLUMNS} from job_run order by job, due_at desc`);

/** Runs that say they run but have been silent too long, oldest first. */
export const silentRuns = (tx: Tx): Promise<JobRun[]> =>
  tx.rows<JobRun>(`select ${COLUMNS} from job_run where state = 'running' and heartbeat_at < $1 order by heartbeat_at limit 100`, [
    new Date(tx.now.getTime() - SILENT_MS),
  ]);
