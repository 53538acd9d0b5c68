import type { LocalDate } from '../kernel/index.js';
import { invalid } from '../kernel/index.js';

export interface GoalTermFacts {
  readonly id: string;
  /** The ICB whose own word it is; null for the common core. */
  readonly icbId: string | null;
  readonly sameAs: string | null;
  readonly retiredOn: LocalDate | null;
}

const BAD = 'Choose goals from the list.';

/** The goals a card keeps, of those chosen: a word of an ICB's own that stands for one of the common core becomes that one, so that people
 *  meet whichever word they chose. Refuses (goal-not-known) what is not listed, another ICB's own word, and a retired one; what the card
 *  holds already stays allowed. */
export function goalsKept(
  chosen: readonly string[],
  facts: { known: readonly GoalTermFacts[]; held: readonly string[]; icb: string | undefined; today: LocalDate },
): string[] {
  const known = new Map(facts.known.map((term) => [term.id, term]));
  const kept = chosen.map((id) => {
    const term = known.get(id);
    const isOffered = term !== undefined && (term.icbId === null || term.icbId === facts.icb) && (term.retiredOn === null || term.retiredOn > facts.today);
    if (term === undefined || !(isOffered || facts.held.includes(id))) throw invalid('goal-not-known', BAD, [{ field: 'goals', message: BAD }]);
    return term.sameAs ?? id;
  });
  return [...new Set(kept)].sort();
}

/** An id for an ICB's own word: its letters, and six characters of chance, so that two ICBs may say the same. */
export function idOfOwnTerm(words: string, chance: string): string {
  const letters = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 28);
  return `${letters || 'goal'}-${chance.replace(/[^0-9a-z]/g, '').slice(-6)}`;
}
