import type { INestApplicationContext } from '@nestjs/common';
import { Delivery } from '../outbox/delivery.js';
import { Relay } from '../outbox/relay.js';
import { Queues } from '../queue/index.js';
import type { RunningJob } from '../queue/index.js';
import { JobRegistry } from './job-registry.js';
import { Jobs } from './jobs.js';
import { SCHEDULE_ZONE } from './scheduled-job.js';
import type { ScheduledJob } from './scheduled-job.js';

/** How many run at once in one worker process. Each holds a database connection now and then; the pool has 20. */
const CONCURRENCY = { events: 8, money: 4, reports: 2 } as const;

export interface RunningWorker {
  /** In order: no more events are relayed, running jobs end, the queues close. The database is closed afterwards, by the caller. */
  stop(): Promise<void>;
}

/** Makes this process a worker: checks that each scheduled job has exactly one handler (throws, naming those that do not), then
 *  relays events, runs their handlers, keeps the schedule and the rooms' loops. */
export async function startWorker(app: Pick<INestApplicationContext, 'get'>, schedule: readonly ScheduledJob[]): Promise<RunningWorker> {
  const [queues, relay, delivery, jobs] = [app.get(Queues), app.get(Relay), app.get(Delivery), app.get(Jobs)];
  app.get(JobRegistry).checkHandlers(schedule);

  const deliver = ({ data }: RunningJob): Promise<void> => delivery.deliver(data['event'] ?? '', data['handler'] ?? '');
  queues.work('events', deliver, { concurrency: CONCURRENCY.events });
  queues.work('money', deliver, { concurrency: CONCURRENCY.money });
  queues.work('reports', async ({ name, dueAt }) => void (await jobs.runJob(name, dueAt)), { concurrency: CONCURRENCY.reports });

  await queues.unscheduleAllBut(
    'reports',
    schedule.map(({ name }) => name),
  );
  for (const { name, cron } of schedule) await queues.schedule('reports', name, cron, SCHEDULE_ZONE);
  relay.start();
  const { loops } = app.get(JobRegistry);
  for (const loop of loops) loop.start();

  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await relay.stop();
      await queues.close();
    },
  };
}
