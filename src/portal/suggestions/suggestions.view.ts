import type { SuggestionView } from '../../introductions/index.js';
import { formatDay } from '../../kernel/index.js';
import type { Whose } from '../acting-for/whose.js';
import { inARow, type Reason, sentence } from '../blocks/index.js';
import { daysInWords, HELP_WORDS, reasonOf } from '../card/card.words.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

/** Said after every answer, whatever it was and whatever the other side said. */
export const SUGGESTIONS_DONE: Flashes = {
  answered: {
    kind: 'done',
    title: 'Thank you. Your answer is saved',
    text: 'We look at all answers once a day, at 6 in the evening. If you both said yes, we tell you both then. You can change your answer until then.',
  },
};

export interface SuggestionCard {
  readonly id: string;
  /** Where the answers are sent. */
  readonly action: string;
  /** To the page that asks whether never to be shown to them again. */
  readonly apart: string;
  readonly area: string;
  readonly looksFor: string;
  readonly offers: string;
  readonly words: string;
  readonly days: string;
  readonly reasons: readonly Reason[];
  readonly mine: string | null;
  readonly until: string;
  readonly sameBroker: boolean;
}

export interface SuggestionsView {
  readonly whose: Whose;
  readonly mayAnswer: boolean;
  readonly cards: readonly SuggestionCard[];
  /** Why there is nothing: no card, a card that is not open, or nobody yet. */
  readonly empty: { readonly title: string; readonly text: string; readonly actions: readonly { readonly text: string; readonly href: string }[] } | null;
  readonly card: string;
  readonly introductions: string;
  readonly friends: string;
  readonly groups: string;
  /** Null for whoever may not change the card. */
  readonly mutes: string | null;
  /** Null for whoever may not answer. */
  readonly keptApart: string | null;
}

const ANSWER_WORDS = { yes: 'You said yes', 'not-now': 'You said not now' } as const;

export function suggestionsView(
  whose: Whose,
  { mayAnswer, mayMute }: { mayAnswer: boolean; mayMute: boolean },
  cardState: 'none' | 'draft' | 'open' | 'taken-down',
  suggestions: readonly SuggestionView[],
): SuggestionsView {
  return {
    whose,
    mayAnswer,
    cards: suggestions.map((suggestion) => cardOf(whose, suggestion, mayMute)),
    mutes: mayMute ? paths.mutes(whose.id) : null,
    keptApart: mayAnswer ? paths.keptApart(whose.id) : null,
    empty: suggestions.length > 0 ? null : emptyOf(whose, cardState),
    card: paths.card(whose.id),
    introductions: paths.introductions(whose.id),
    friends: paths.friends(whose.id),
    groups: paths.groups(whose.id),
  };
}

function cardOf(whose: Whose, suggestion: SuggestionView, mayMute: boolean): SuggestionCard {
  const goalWords = (id: string): string => suggestion.goals.find((goal) => goal.id === id)?.words ?? id.replaceAll('-', ' ');
  const offers = sentence(inARow(suggestion.offers.map((offer) => HELP_WORDS[offer])));
  return {
    id: suggestion.id,
    action: paths.suggestion(whose.id, suggestion.id),
    apart: paths.keepApart(whose.id, 'card', suggestion.id),
    area: suggestion.who.replace(/^someone /, ''),
    looksFor: sentence(inARow(suggestion.goals.map((goal) => goal.words))),
    offers: suggestion.offerWords ? `${offers ? `${offers}: ` : ''}${suggestion.offerWords}` : offers,
    words: suggestion.words,
    days: daysInWords(suggestion.days),
    reasons: suggestion.reasons.flatMap((code) => {
      const reason = reasonOf(code, goalWords);
      const isMutable = mayMute && /^(goal|day|miles):/.test(code) && code !== 'miles:0';
      return reason ? [{ ...reason, ...(isMutable ? { mute: `${paths.mutes(whose.id)}?reason=${encodeURIComponent(code)}` } : {}) }] : [];
    }),
    mine: suggestion.myAnswer ? ANSWER_WORDS[suggestion.myAnswer] : null,
    until: formatDay(suggestion.expiresOn),
    sameBroker: suggestion.sameBroker,
  };
}

function emptyOf(whose: Whose, state: 'none' | 'draft' | 'open' | 'taken-down'): SuggestionsView['empty'] {
  const card = paths.card(whose.id);
  if (state === 'none')
    return {
      title: 'First, make a card',
      text: 'A card says what you like to do, and on which days. It has no name on it. Then we can look for people near you.',
      actions: [{ text: 'Make a card', href: card }],
    };
  if (state !== 'open')
    return {
      title: 'The card is not open',
      text: 'Nobody can see it, so we do not look for people. Open it when you are ready.',
      actions: [{ text: 'Look at the card', href: card }],
    };
  return {
    title: 'No one nearby yet',
    text: 'We look every night. You could choose more days, or a longer distance.',
    actions: [{ text: 'Change the card', href: card }],
  };
}
