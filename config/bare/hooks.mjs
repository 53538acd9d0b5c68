/** How Node loads what a test imports: `./x.js` is `./x.ts` where that is what lies there, TypeScript is compiled by swc, and
 *  `@jest/globals` are those of the test file being run. Runs in Node's loader thread. */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { codeOf, folder, mapOf } from './files.cjs';

const options = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.swcrc'), 'utf8'));
const GLOBALS = 'jest-globals:';
const NAMES = ['afterAll', 'afterEach', 'beforeAll', 'beforeEach', 'describe', 'expect', 'it', 'jest', 'test'];

mkdirSync(folder, { recursive: true });

/** Helpers of tests are loaded once and used by many files, so each name looks for the present file's own when it is used. */
const globalsModule = `
const current = (name) => globalThis[Symbol.for('commonpurse.jest-globals')][name];
const standing = (name) => new Proxy(function () {}, {
  apply: (_target, _self, args) => current(name)(...args),
  get: (_target, key) => current(name)[key],
});
${NAMES.map((name) => `export const ${name} = standing('${name}');`).join('\n')}
`;

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  if (specifier.endsWith('.js') && (specifier.startsWith('.') || specifier.startsWith('file:'))) {
    const url = new URL(specifier, context.parentURL);
    url.pathname = url.pathname.replace(/\.js$/, '.ts');
    url.search = '';
    if (existsSync(fileURLToPath(url))) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

/** A file is compiled once for all workers; writers that meet write the same. */
function compiled(path) {
  const kept = codeOf(path);
  try {
    if (statSync(kept).mtimeMs > statSync(path).mtimeMs) return readFileSync(kept, 'utf8');
  } catch {
    // Not compiled yet.
  }
  const { code, map } = transformSync(readFileSync(path, 'utf8'), { ...options, swcrc: false, filename: path, sourceMaps: true });
  for (const [target, text] of [
    [mapOf(path), map],
    [kept, code],
  ]) {
    writeFileSync(`${target}.${process.pid}`, text);
    renameSync(`${target}.${process.pid}`, target);
  }
  return code;
}

export async function load(url, context, next) {
  if (url === GLOBALS) return { format: 'module', source: globalsModule, shortCircuit: true };
  const [address] = url.split('?');
  if (address.startsWith('file:') && address.endsWith('.ts')) return { format: 'module', source: compiled(fileURLToPath(address)), shortCircuit: true };
  return next(url, context);
}
