import { readFileSync } from 'node:fs';
import { GOAL_TERMS, goalsHeard, HEARD_AS, vocabularyOf } from '../../src/introductions/index.js';

/** What somebody typed, and which goals a careful reader takes it to mean (any of them; none for words that mean no goal). */
export interface LabelledPhrase {
  readonly said: string;
  readonly means: readonly string[];
  readonly never?: readonly string[];
}

export interface PhraseScore {
  readonly total: number;
  readonly first: number;
  readonly withinThree: number;
  /** Phrases after which something was offered that was said not to be wanted. */
  readonly unwanted: readonly string[];
  readonly missed: readonly string[];
}

export const phrasesIn = (name: 'fifty' | 'held-out'): LabelledPhrase[] =>
  JSON.parse(readFileSync(new URL(`../fixtures/phrases-${name}.json`, import.meta.url), 'utf8')) as LabelledPhrase[];

/** How many phrases are understood: the first goal offered, or one of the first three, is one that was meant. */
export function scoreOf(phrases: readonly LabelledPhrase[]): PhraseScore {
  const vocabulary = vocabularyOf(GOAL_TERMS.map((term) => ({ ...term, heard: HEARD_AS.get(term.id) ?? [] })));
  let [first, withinThree] = [0, 0];
  const [unwanted, missed]: [string[], string[]] = [[], []];
  for (const { said, means, never = [] } of phrases) {
    const offered = goalsHeard(said, vocabulary).map((goal) => goal.id);
    const isNothing = means.length === 0 && offered.length === 0;
    if (isNothing || (offered[0] !== undefined && means.includes(offered[0]))) first += 1;
    if (isNothing || offered.slice(0, 3).some((id) => means.includes(id))) withinThree += 1;
    else missed.push(`${said} -> ${offered.join(', ') || 'nothing'}`);
    if (offered.some((id) => never.includes(id))) unwanted.push(said);
  }
  return { total: phrases.length, first, withinThree, unwanted, missed };
}
