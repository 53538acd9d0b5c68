import { createHmac, timingSafeEqual } from 'node:crypto';
import { randomSlice } from '../../kernel/index.js';

/** The token of forms shown before anybody has signed in, worked out from the visitor's cookie. */
export const formTokenOf = (visitor: string): string => createHmac('sha256', visitor).update('form').digest('base64url');

const xor = (bytes: Buffer, mask: Uint8Array): Buffer => Buffer.from(bytes.map((byte, place) => byte ^ mask[place]!));

/** A form's token as a page shows it: under a mask that is new for each page, so that no two compressed pages hold the same secret (BREACH). */
export function masked(token: string): string {
  const bytes = Buffer.from(token, 'base64url');
  const mask = randomSlice(bytes.length);
  return Buffer.concat([mask, xor(bytes, mask)]).toString('base64url');
}

/** The token out of what a form sent; whatever was never masked comes out as something that fits nothing. */
export function unmasked(sent: string): string {
  const bytes = Buffer.from(sent, 'base64url');
  const half = bytes.length / 2;
  return Number.isInteger(half) ? xor(bytes.subarray(half), bytes.subarray(0, half)).toString('base64url') : '';
}

export function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
