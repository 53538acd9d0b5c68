import { createHash } from 'node:crypto';

/** Hex of the SHA-256 of the text. */
export const hashOfText = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
