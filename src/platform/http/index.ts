export { ErrorPages, FormInvalid, type PageAnswer } from './error-pages.js';
export { isForMachines } from './error.filter.js';
export * from './fields.js';
export { idOf } from './id-of.js';
export { IdempotencyKey } from './idempotency-key.js';
export { type Problem } from './problem.js';
export { RateLimiter, type RateLimit } from './rate-limiter.js';
export { badFields, commandPipe, faultsOf, readCommand } from './read-command.js';
export { type AdapterOptions, httpAdapter, installHttp } from './server.js';
