/** A test environment that is no environment: a test file runs in the worker's own realm, so that what it imports is loaded once for every
 *  file of that worker. Stands in for jest-environment-node (docs/decisions/028-tests-in-one-realm.md). */
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

module.exports = class BareEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;

  #kept = { console: globalThis.console, exit: process.exit };

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  setup() {}

  /** Jest puts its own console and exit into the global object of each file. */
  teardown() {
    this.fakeTimersModern.dispose();
    globalThis.console = this.#kept.console;
    process.exit = this.#kept.exit;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** Asked for by Jest; nothing is run in it. */
  getVmContext() {
    return null;
  }
};
