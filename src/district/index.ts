export * from './goals.js';
export * from './names.js';
export * from './numbers.js';
export * from './places.js';
export * from './providers.js';
export * from './random.js';
