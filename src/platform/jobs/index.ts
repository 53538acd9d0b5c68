export { JobRegistry } from './job-registry.js';
export type { JobContext, JobDefinition, Loop } from './job-registry.js';
export type { JobRun, RunState } from './job-run.js';
export { Jobs } from './jobs.js';
export { SCHEDULE_ZONE } from './scheduled-job.js';
export type { ScheduledJob } from './scheduled-job.js';
export { startWorker } from './start-worker.js';
export type { RunningWorker } from './start-worker.js';
export { WorkModule } from './work.module.js';
