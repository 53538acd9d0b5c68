export { CannotDecrypt, Secrets } from './secrets.js';
export { sha256 } from './sha256.js';
