import { Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { createPostgresBackend, createRedisBackend, Queue, Worker } from 'bullmq';
import type { BackendFactory, IQueueBackend, Job } from 'bullmq';
import { conflict, invariant, notFound } from '../../kernel/index.js';
import { CONNECTIONS, LOCKS, QUEUE_NAMES, QUEUE_SCHEMA, RETRIES } from './queue-settings.js';
import type { QueueName, QueueSettings } from './queue-settings.js';

/** Work to be done. `data` holds ids only: a queue's rows are outside every scope. */
export interface NewJob {
  readonly name: string;
  /** Given twice, the job is added once. No colon, and not a whole number. */
  readonly id: string;
  readonly data: Readonly<Record<string, string>>;
}

/** A job as its worker sees it. */
export interface RunningJob {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  /** When it was due: for a recurring job the instant named by its pattern, however late it runs. */
  readonly dueAt: Date;
}

/** A job that is out of attempts and waits for a person. */
export interface FailedJob {
  readonly queue: QueueName;
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly attempts: number;
  readonly reason: string;
  readonly failedAt: Date | null;
}

export type QueueCounts = Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>;

type AnyQueue = Queue<any, any, string, any, any, string, IQueueBackend, any>;
type AnyWorker = Worker<any, any, string, any, IQueueBackend, any>;

/** The queues of this process: Redis when an address is given, else tables in the schema `jobs` of our own database. Opened when
 *  first used. Nothing here is called inside a transaction of ours, except by the relay, which says why. */
export class Queues implements OnModuleDestroy {
  readonly backend: 'redis' | 'postgresql';
  private readonly log = new Logger('queue');
  private readonly queues = new Map<QueueName, AnyQueue>();
  private readonly workers: AnyWorker[] = [];
  private isClosed = false;

  constructor(private readonly settings: QueueSettings) {
    this.backend = settings.redisUrl ? 'redis' : 'postgresql';
  }

  /** Adds all or none. A job whose id is already there is left as it is. */
  async addBulk(queue: QueueName, jobs: readonly NewJob[]): Promise<void> {
    if (jobs.length === 0) return;
    await this.queue(queue).addBulk(jobs.map(({ id, name, data }) => ({ name, data, opts: { jobId: id } })));
  }

  /** Starts a worker; `handler` must be safe to run twice for one job. A throw is retried, then kept in the failed list. */
  work(queue: QueueName, handler: (job: RunningJob) => Promise<void>, options: { readonly concurrency: number }): void {
    const worker: AnyWorker = new Worker(
      queue,
      async (job) => handler(asRunning(job)),
      {
        ...this.base(null),
        ...LOCKS,
        concurrency: options.concurrency,
      },
      this.factory(),
    );
    worker.on('error', (error) => this.log.error(`worker ${queue}: ${error.message}`));
    worker.on('failed', (job, error) => this.log.error(`job ${job?.name} ${job?.id} failed, attempt ${job?.attemptsMade}: ${error.message}`));
    worker.on('stalled', (id) => this.log.warn(`job ${id} was left by a worker that died; it runs again`));
    this.workers.push(worker);
  }

  /** Makes `id` recur by a cron pattern in the time zone. One that is already so is left alone, because its next run may be
   *  overdue: setting it again would drop the run that fell while no worker was up. */
  async schedule(queue: QueueName, id: string, pattern: string, tz: string): Promise<void> {
    const existing = await this.queue(queue).getJobScheduler(schedulerId(id));
    if (existing && existing.pattern === pattern && existing.tz === tz) return;
    await this.queue(queue).upsertJobScheduler(schedulerId(id), { pattern, tz }, { name: id, data: {} });
  }

  /** Ends every recurrence of the queue that is not named. */
  async unscheduleAllBut(queue: QueueName, ids: readonly string[]): Promise<void> {
    const kept = new Set(ids.map(schedulerId));
    for (const scheduler of await this.queue(queue).getJobSchedulers(0, -1)) {
      if (!kept.has(scheduler.key)) await this.queue(queue).removeJobScheduler(scheduler.key);
    }
  }

  /** When each recurring job is next due, by its name. */
  async nextRuns(): Promise<ReadonlyMap<string, Date>> {
    const found = new Map<string, Date>();
    for (const name of QUEUE_NAMES) {
      for (const scheduler of await this.queue(name).getJobSchedulers(0, -1)) {
        if (scheduler.next !== undefined) found.set(scheduler.name, new Date(Number(scheduler.next)));
      }
    }
    return found;
  }

  /** The jobs that are out of attempts, latest first, at most `limit` of each queue. */
  async failed(limit = 100): Promise<FailedJob[]> {
    const lists = await Promise.all(
      QUEUE_NAMES.map(async (queue) => {
        const jobs = (await this.queue(queue).getFailed(0, limit - 1)) as Job[];
        return jobs.map((job) => asFailed(queue, job));
      }),
    );
    return lists.flat().sort((a, b) => (b.failedAt?.getTime() ?? 0) - (a.failedAt?.getTime() ?? 0));
  }

  /** Gives a failed job all its attempts again. Refuses one that is not there (not-found) or has not failed (job-not-failed). */
  async retry(id: string): Promise<void> {
    for (const name of QUEUE_NAMES) {
      const job = (await this.queue(name).getJob(id)) as Job | undefined;
      if (!job) continue;
      if ((await job.getState()) !== 'failed') throw conflict('job-not-failed', 'This job has not failed, so it was not started again.');
      await job.retry('failed', { resetAttemptsMade: true });
      return;
    }
    throw notFound('This job');
  }

  async counts(): Promise<Readonly<Record<QueueName, QueueCounts>>> {
    const each = await Promise.all(
      QUEUE_NAMES.map(async (queue) => {
        const found = await this.queue(queue).getJobCounts('waiting', 'active', 'delayed', 'failed');
        return [queue, { waiting: found['waiting'] ?? 0, active: found['active'] ?? 0, delayed: found['delayed'] ?? 0, failed: found['failed'] ?? 0 }] as const;
      }),
    );
    return Object.fromEntries(each) as Record<QueueName, QueueCounts>;
  }

  /** Lets running jobs end and takes no more, then closes the queues. Called before the database is closed. */
  async close(): Promise<void> {
    await this.stopWorkers();
    this.isClosed = true;
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.queues.clear();
  }

  /** For a process that only looked at the queues and has no worker to stop. */
  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  /** Lets running jobs end and takes no more; what waits stays for other workers. */
  async stopWorkers(): Promise<void> {
    await Promise.all(this.workers.splice(0).map((worker) => worker.close()));
  }

  private queue(name: QueueName): AnyQueue {
    invariant(!this.isClosed, 'the queues of this process are closed');
    let queue = this.queues.get(name);
    if (!queue) {
      const { attempts, delayMs } = this.settings.retry ?? RETRIES[name];
      queue = new Queue(
        name,
        {
          ...this.base(1),
          defaultJobOptions: { attempts, backoff: { type: 'exponential', delay: delayMs, jitter: 0.25 }, removeOnComplete: true, removeOnFail: false },
        },
        this.factory(),
      ) as AnyQueue;
      queue.on('error', (error) => this.log.error(`queue ${name}: ${error.message}`));
      this.queues.set(name, queue);
    }
    return queue;
  }

  /** `retriesPerRequest`: a worker waits for Redis to come back (null); one who adds is told soon that it is away. */
  private base(retriesPerRequest: number | null) {
    const { redisUrl, databaseUrl, prefix } = this.settings;
    return redisUrl
      ? { connection: { url: redisUrl, maxRetriesPerRequest: retriesPerRequest }, prefix: prefix ?? 'commonpurse' }
      : { connection: { connectionString: databaseUrl, schema: QUEUE_SCHEMA, max: CONNECTIONS, application_name: 'jobs' } };
  }

  private factory(): BackendFactory<IQueueBackend, any> {
    return (this.settings.redisUrl ? createRedisBackend : createPostgresBackend) as unknown as BackendFactory<IQueueBackend, any>;
  }
}

/** BullMQ reads colons in a recurring job's id as parts of an older form. */
const schedulerId = (id: string): string => id.replaceAll(':', '-');

function asRunning(job: Job): RunningJob {
  const due = job.opts.prevMillis ?? job.timestamp + job.delay;
  return { id: job.id ?? '', name: job.name, data: job.data as Record<string, string>, dueAt: new Date(due) };
}

const asFailed = (queue: QueueName, job: Job): FailedJob => ({
  queue,
  id: job.id ?? '',
  name: job.name,
  data: job.data as Record<string, string>,
  attempts: job.attemptsMade,
  reason: job.failedReason ?? '',
  failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
});
