export { HealthModule } from './health.module.js';
export { NotReady, Readiness, type CheckAnswer, type ReadyAnswer, type ReadyCheck } from './readiness.js';
export { databaseAnswers, diskHasRoom, LEAST_FREE_BYTES, migrationsCurrent } from './ready-checks.js';
