import type { GoalTerm, OwnTermView } from '../../introductions/index.js';
import { WELLBEING_AREAS } from '../../introductions/index.js';
import { formatDay } from '../../kernel/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import { sentence } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const WORDS_DONE: Flashes = {
  added: { kind: 'done', title: 'The word is added', text: 'People of your area may choose it now, and we listen for it in their own words.' },
  mapped: { kind: 'done', title: 'The word has its meaning', text: 'Cards that held it now hold the goal of the common list.' },
  retired: { kind: 'done', title: 'The word is retired', text: 'It is offered to nobody. Cards that hold it keep it.' },
};

interface OwnWord {
  readonly id: string;
  readonly words: string;
  readonly area: string;
  readonly means: string;
  readonly heard: string;
  readonly retiredOn: string | null;
  readonly retire: string;
}

export interface GoalWordsView {
  readonly own: readonly OwnWord[];
  readonly areas: readonly ChoiceItem[];
  /** Goals of the common list, to choose one from. */
  readonly core: readonly ChoiceItem[];
  readonly coreCount: number;
  /** Own words in use that stand for no common goal yet. */
  readonly mappable: readonly ChoiceItem[];
  readonly mapWord: string;
}

export function goalWordsView(own: readonly OwnTermView[], core: readonly GoalTerm[]): GoalWordsView {
  const wordsOf = (id: string): string => core.find((term) => term.id === id)?.words ?? id;
  return {
    own: own.map((term) => ({
      id: term.id,
      words: term.words,
      area: sentence(WELLBEING_AREAS[term.area]),
      means: term.sameAs ? `The same as: ${wordsOf(term.sameAs)}` : 'A goal of its own',
      heard: term.heard.join(', '),
      retiredOn: term.retiredOn ? formatDay(term.retiredOn) : null,
      retire: paths.retireGoalWord(term.id),
    })),
    areas: Object.entries(WELLBEING_AREAS).map(([value, text]) => ({ value, text: `${sentence(text)} (${value})` })),
    core: [
      { value: '', text: 'None: a goal of its own' },
      ...[...core].sort((a, b) => (a.words < b.words ? -1 : 1)).map((term) => ({ value: term.id, text: term.words })),
    ],
    coreCount: core.length,
    mappable: own.filter((term) => term.sameAs === null && term.retiredOn === null).map((term) => ({ value: term.id, text: term.words })),
    mapWord: paths.mapGoalWord,
  };
}
