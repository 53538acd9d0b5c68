import type { LocalDate } from '../kernel/index.js';
import { formatDay, formatPounds, isLocalDate, pence } from '../kernel/index.js';
import type { NoticeFacts } from './notice.types.js';

/** The words of one notice: a heading, and sentences in order. */
export interface Wording {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** What the reader may see beyond the facts: on pages behind a sign-in names, too. Letters name nobody, since others may open them. */
export interface WordingNames {
  readonly pool?: string | undefined;
  /** What the board wrote with its decision: the law asks for it in the letter as well. */
  readonly reason?: string | undefined;
}

export interface Words {
  readonly standard: (facts: NoticeFacts, names: WordingNames) => Wording;
  /** Easy Read: one idea a line, short words. */
  readonly easy: (facts: NoticeFacts, names: WordingNames) => Wording;
}

export const poolOf = (names: WordingNames): string => names.pool ?? 'your pool';

/** A day of a notice as people say it; undefined where the event did not say when. */
export const dayIn = (facts: NoticeFacts, key: string): string | undefined => (isLocalDate(facts[key]) ? formatDay(facts[key] as LocalDate) : undefined);

/** The sum, or words that stand for it where the event did not say how much. */
export const sumIn = (facts: NoticeFacts, key: string, otherwise: string): string => {
  const value = facts[key];
  return typeof value === 'number' && Number.isSafeInteger(value) ? formatPounds(pence(value)) : otherwise;
};

/** A code or a reference; undefined where there is none. */
export const textIn = (facts: NoticeFacts, key: string): string | undefined => (typeof facts[key] === 'string' ? facts[key] : undefined);
