import type { CardView } from '../../introductions/index.js';
import { DAYS, WriteCard } from '../../introductions/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { listOf, textOf, type FormBody } from '../form-body.js';

/** The questions of a card, one page each, in the order they are asked. */
export const CARD_PARTS = ['goals', 'days', 'how', 'where', 'needs', 'help', 'words', 'more'] as const;
export type CardPart = (typeof CARD_PARTS)[number];

export const isCardPart = (text: string): text is CardPart => (CARD_PARTS as readonly string[]).includes(text);

/** The page after this one; undefined after the last, where the answers are checked. */
export const partAfter = (part: CardPart): CardPart | undefined => CARD_PARTS[CARD_PARTS.indexOf(part) + 1];

/** What a card holds, as a form types it. */
export interface CardValues {
  readonly goals: readonly string[];
  readonly days: readonly string[];
  readonly pace: string;
  readonly groupSize: string;
  readonly place: string;
  readonly distanceMiles: string;
  readonly needs: readonly string[];
  readonly offers: readonly string[];
  readonly seeks: readonly string[];
  readonly offerWords: string;
  readonly words: string;
  readonly agrees: readonly string[];
}

/** A first answer makes the card; what was not asked yet leaves everything open. Our judgement, November 2026: 5 miles at first. */
export const FIRST_VALUES: CardValues = {
  goals: [],
  days: DAYS,
  pace: 'any',
  groupSize: 'any',
  place: '',
  distanceMiles: '5',
  needs: [],
  offers: [],
  seeks: [],
  offerWords: '',
  words: '',
  agrees: [],
};

export const valuesOf = (card: CardView): CardValues => ({
  goals: card.goals.map((goal) => goal.id),
  days: card.days,
  pace: card.pace,
  groupSize: card.groupSize,
  place: card.place,
  distanceMiles: String(card.distanceMiles),
  needs: card.needs,
  offers: card.offers,
  seeks: card.seeks,
  offerWords: card.offerWords,
  words: card.words,
  agrees: card.agrees,
});

/** The first part of a postcode, of what was typed: the rest of it is nobody's business. */
export const placeTyped = (text: string): string => text.trim().toUpperCase().split(' ')[0] ?? '';

const FIELDS: Readonly<Record<CardPart, (body: FormBody) => Partial<CardValues>>> = {
  goals: (body) => ({
    goals: Object.keys(body)
      .filter((name) => name.startsWith('goals.'))
      .flatMap((name) => listOf(body, name)),
  }),
  days: (body) => ({ days: listOf(body, 'days') }),
  how: (body) => ({ pace: textOf(body, 'pace'), groupSize: textOf(body, 'groupSize') }),
  where: (body) => ({ place: placeTyped(textOf(body, 'place')), distanceMiles: textOf(body, 'distanceMiles').trim() }),
  needs: (body) => ({ needs: listOf(body, 'needs') }),
  help: (body) => ({ offers: listOf(body, 'offers'), seeks: listOf(body, 'seeks'), offerWords: textOf(body, 'offerWords') }),
  words: (body) => ({ words: textOf(body, 'words') }),
  more: (body) => ({ agrees: listOf(body, 'agrees') }),
};

const FAULTS: Readonly<Record<string, string>> = {
  goals: 'Choose 1 to 8 things',
  days: 'Choose at least 1 day',
  pace: 'Choose a pace',
  groupSize: 'Choose how many people',
  place: 'Enter the first part of your postcode, like M33',
  distanceMiles: 'Enter a number of miles from 1 to 30',
  words: 'Use 600 characters or fewer',
  offerWords: 'Use 300 characters or fewer, on one line',
};

/** One page's answers laid over what the card held. Faults are those of this page alone. */
export function readCardPart(part: CardPart, body: FormBody, before: CardValues): { values: CardValues; command: WriteCard; faults: readonly FieldFault[] } {
  const answers = FIELDS[part](body);
  const values = { ...before, ...answers };
  const { place, ...rest } = values;
  const { command, faults } = readCommand(WriteCard, { ...rest, ...(place === '' ? {} : { place }) });
  const asked = new Set(Object.keys(answers));
  const missing = part === 'where' && values.place === '' ? [{ field: 'place', message: FAULTS['place']! }] : [];
  return {
    values,
    command,
    faults: [...missing, ...faults.filter(({ field }) => asked.has(field)).map(({ field, message }) => ({ field, message: FAULTS[field] ?? message }))],
  };
}
