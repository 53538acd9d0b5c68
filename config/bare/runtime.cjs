/** Jest's runtime, with one thing changed: a test file is loaded by Node's own `import` and not into a realm of its own. Jest's way loads
 *  Nest, TypeORM and all of src again for each of some 230 files, which was a quarter of what the tests cost
 *  (docs/decisions/028-tests-in-one-realm.md). Everything else, from `describe` to time limits, is Jest's. */
const { existsSync } = require('node:fs');
const { register } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');
const { CURRENT, mapOf } = require('./files.cjs');

register('./hooks.mjs', pathToFileURL(__filename));

/** Where the source map of a loaded file lies, by the name a stack frame has for it: an address with the run's number. */
class SourceMaps extends Map {
  get(name) {
    const path = name.startsWith('file:') ? fileURLToPath(name.split('?')[0]) : name;
    if (!path.endsWith('.ts')) return undefined;
    const map = mapOf(path);
    return existsSync(map) ? map : undefined;
  }
}

/** What a file may set for itself (`jest.setTimeout`, `jest.retryTimes`) and what listens to its tests. */
const LEFT_BEHIND = ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES', 'RETRY_TIMES_SETTER', 'RETRY_IMMEDIATELY', 'WAIT_BEFORE_RETRY', 'LOG_ERRORS_BEFORE_RETRY'];

let runs = 0;

module.exports = class BareRuntime extends Runtime {
  #maps = new SourceMaps();

  /** Jest's test framework keeps its state in the module and in a global symbol: both begin afresh with each file. */
  requireInternalModule(path) {
    for (const name of LEFT_BEHIND) delete globalThis[Symbol.for(name)];
    delete require.cache[path];
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    globalThis[CURRENT] = this.jestGlobals.cjsGlobals(path);
    runs += 1;
    await import(`${pathToFileURL(path).href}?run=${runs}`);
  }

  getSourceMaps() {
    return this.#maps;
  }
};
