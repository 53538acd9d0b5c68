export { CannotDecrypt, Secrets } from './secrets.js';
