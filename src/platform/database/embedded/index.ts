export { discardCluster } from './discard.js';
export { type EmbeddedCluster, type EmbeddedOptions, startEmbedded } from './embedded-postgres.js';
export { freeBytes } from './files.js';
export { freePort } from './free-port.js';
export type { Role } from './holders.js';
export { type DatabaseAddresses, prepareDatabase } from './prepare-database.js';
