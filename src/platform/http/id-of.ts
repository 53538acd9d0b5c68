import type { Id } from '../../kernel/index.js';
import { isId, notFound } from '../../kernel/index.js';

/** An id from a path. What is no id names nothing: 404, like what may not be seen. */
export function idOf<Noun extends string>(text: string): Id<Noun> {
  if (!isId(text)) throw notFound();
  return text as Id<Noun>;
}
