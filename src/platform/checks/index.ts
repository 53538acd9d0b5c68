export * from './check-runner.js';
export * from './check.js';
