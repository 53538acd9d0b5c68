export * from './actor.js';
export { canonicalJson } from './canonical-json.js';
export * from './errors.js';
export * from './ids.js';
export * from './lifecycle.js';
export * from './local-date.js';
export * from './pence.js';
export { randomSlice } from './random.js';
export * from './small-numbers.js';
