import type { Flash } from './page.js';

/** What is said once after something was done, by the short code in the address (`?done=agreed`). */
export type Flashes = Readonly<Record<string, Flash>>;

/** For the parts of a page; nothing for a code the table does not know, so that nobody can put words of their own on a page. */
export const flashOf = (table: Flashes, code: unknown): { readonly flash?: Flash } =>
  typeof code === 'string' && Object.hasOwn(table, code) ? { flash: table[code]! } : {};
