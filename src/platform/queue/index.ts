export { migrateQueue } from './migrate-queue.js';
export { Queues } from './queues.js';
export type { FailedJob, NewJob, QueueCounts, RunningJob } from './queues.js';
export { QUEUE_NAMES, QUEUE_SCHEMA } from './queue-settings.js';
export type { QueueName, QueueSettings, RetrySettings } from './queue-settings.js';
