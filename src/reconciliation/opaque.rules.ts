import { isSpokenReference } from '../kernel/index.js';

interface Written {
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly words: string;
}

const OURS = /\b[A-Z]{3}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/gi;

/** A statement line without what the bank wrote of people: only our own references stay, which name nobody. For who may not read names. */
export function opaqueLine<T extends Written>(line: T): T {
  const kept = (text: string | null): string[] => [...new Set((text?.match(OURS) ?? []).filter(isSpokenReference).map((each) => each.toUpperCase()))];
  const all = [...new Set([...kept(line.reference), ...kept(line.counterparty), ...kept(line.words)])];
  return { ...line, reference: all[0] ?? null, counterparty: null, words: all.length > 0 ? all.join(' ') : 'The bank’s words are not shown to you.' };
}
