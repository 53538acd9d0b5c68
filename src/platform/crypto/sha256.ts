import { hash } from 'node:crypto';

/** The SHA-256 of a text, 32 bytes. In one go: an object made for each hash costs more than the hashing, and again when it is collected. */
export const sha256 = (text: string): Buffer => Buffer.from(hash('sha256', text, 'hex'), 'hex');
