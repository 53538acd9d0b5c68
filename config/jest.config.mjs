/** Four kinds of test. `unit` needs nothing; `integration` and `browser` share one throw-away PostgreSQL, started once;
 *  `long` is what would make `npm test` too long to wait for (`npm run test:long`).
 *  Jest runs a globalSetup file once however many projects name it, and only when one of their tests was chosen. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Only these folders are searched: a data folder may hold files that belong to another user. */
const roots = ['src', 'config', 'migrations', 'test'].map((name) => join(top, name)).filter(existsSync);

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: top,
  roots,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  testEnvironment: join(top, 'config', 'bare', 'environment.cjs'),
  runtime: join(top, 'config', 'bare', 'runtime.cjs'),
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: {},
  ...more,
});

const support = (name) => join(top, 'test', 'support', name);
const withDatabase = { globalSetup: support('global-setup.mjs'), globalTeardown: support('global-teardown.mjs') };

export default {
  rootDir: top,
  maxWorkers: Math.max(3, Math.floor(availableParallelism() / 2)),
  workerIdleMemoryLimit: '2GB',
  testSequencer: join(top, 'config', 'longest-first.mjs'),
  testTimeout: 30_000,
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.spec.ts'],
  projects: [
    project('unit', ['src/**/*.spec.ts', 'config/**/*.spec.ts']),
    project('integration', ['test/integration/**/*.test.ts', 'test/stories/**/*.test.ts', 'test/properties/**/*.test.ts'], withDatabase),
    project('long', ['test/long/**/*.test.ts'], withDatabase),
    project('browser', ['test/browser/**/*.test.ts'], { ...withDatabase, globalSetup: support('browser-setup.mjs') }),
  ],
};
