import { newId } from '../../kernel/index.js';

/** A new key for a form: the same form sent twice is one intent. */
export const newFormKey = (): string => `form-${newId()}`;

/** Takes the form's key out of what was sent; a form without one gets a key of its own. */
export function takeFormKey(body: Record<string, unknown>): string {
  const key = body['_key'];
  delete body['_key'];
  return typeof key === 'string' && /^form-[0-9a-f-]{36}$/.test(key) ? key : newFormKey();
}
