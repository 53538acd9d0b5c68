import type { CardState, CardView, Help, Need } from '../../introductions/index.js';
import { DAYS, GROUP_SIZES, HELPS, NEEDS, PACES } from '../../introductions/index.js';
import type { Whose } from '../acting-for/whose.js';
import { type ChoiceItem, inARow, sentence, type StateTone, type SummaryRow } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';
import type { CardPart, CardValues } from './card.form.js';
import type { PicturedGoal } from '../pictures/pictures.view.js';
import { picturedGoals } from '../pictures/pictures.view.js';
import { AGREEMENT_WORDS, areaWords, DAY_WORDS, daysInWords, GROUP_WORDS, HELP_WORDS, NEED_WORDS, PACE_WORDS } from './card.words.js';

export const CARD_DONE: Flashes = {
  goal: { kind: 'done', title: 'It is your goal now', text: 'You find it with your good life.' },
  agreed: { kind: 'done', title: 'Your card has what you said', text: 'Only what you ticked is on it.' },
  saved: { kind: 'done', title: 'Your answer is saved' },
  open: { kind: 'done', title: 'Your card is open', text: 'People near you may now see it, without your name. We look for people who fit every night.' },
  down: { kind: 'done', title: 'Your card is taken down', text: 'Nobody can see it now. You can open it again at any time.' },
};

const STATES: Readonly<Record<CardState, { state: string; tone: StateTone }>> = {
  draft: { state: 'Not open yet', tone: 'waiting' },
  open: { state: 'Open', tone: 'good' },
  'taken-down': { state: 'Taken down', tone: 'quiet' },
};

export interface CardPageView {
  readonly whose: Whose;
  readonly card: {
    readonly state: { readonly state: string; readonly tone: StateTone };
    readonly isOpen: boolean;
    readonly rows: readonly SummaryRow[];
    /** For those who chose pictures. */
    readonly pictured: readonly PicturedGoal[];
  } | null;
  readonly mayWrite: boolean;
  readonly start: string;
  readonly open: string;
  readonly takeDown: string;
  readonly suggestions: string;
  readonly ownWords: string;
  readonly pictures: string;
  readonly friends: string;
  /** The code to give to somebody they know, while one is in force. */
  readonly code: string | null;
  readonly inPictures: boolean;
  readonly chooseVersion: string;
}

const words = <Code extends string>(codes: readonly Code[], table: Readonly<Record<Code, string>>, nothing: string): string =>
  codes.length === 0 ? nothing : sentence(inARow(codes.map((code) => table[code])));

export function cardView(
  whose: Whose,
  { mayWrite, code, inPictures }: { mayWrite: boolean; code: string | null; inPictures: boolean },
  card: CardView | undefined,
): CardPageView {
  const part = (name: CardPart): string => `${paths.cardPart(whose.id, name)}?change=1`;
  const row = (key: string, value: string, name: CardPart): SummaryRow => ({ key, value, ...(mayWrite ? { change: part(name) } : {}) });
  return {
    whose,
    mayWrite,
    start: paths.cardPart(whose.id, 'goals'),
    open: paths.cardPart(whose.id, 'open'),
    takeDown: paths.cardPart(whose.id, 'take-down'),
    suggestions: paths.suggestions(whose.id),
    ownWords: paths.ownWords(whose.id),
    pictures: paths.pictures(whose.id),
    friends: paths.friends(whose.id),
    code,
    inPictures,
    chooseVersion: paths.picture(whose.id, 'choose'),
    card: card
      ? {
          state: STATES[card.state],
          isOpen: card.state === 'open',
          pictured: inPictures ? picturedGoals(card.goals) : [],
          rows: [
            row('Looking for', sentence(inARow(card.goals.map((goal) => goal.words))), 'goals'),
            row('Days', daysInWords(card.days), 'days'),
            row('Pace', PACE_WORDS[card.pace], 'how'),
            row('How many people', GROUP_WORDS[card.groupSize], 'how'),
            row('Where', `${card.placeName} (${card.place}), up to ${card.distanceMiles} ${card.distanceMiles === 1 ? 'mile' : 'miles'} away`, 'where'),
            row('What a place must have', `${words(card.needs as readonly Need[], NEED_WORDS, 'Nothing special')}. Nobody else sees this.`, 'needs'),
            row('I can offer', `${words(card.offers, HELP_WORDS, 'Nothing yet')}${card.offerWords ? `: ${card.offerWords}` : ''}`, 'help'),
            row('What would help me', words(card.seeks, HELP_WORDS, 'Nothing special'), 'help'),
            row('In my words', card.words || 'Nothing yet', 'words'),
            row('Groups and brokers', words(card.agrees, AGREEMENT_WORDS, 'No: only people one by one'), 'more'),
          ],
        }
      : null,
  };
}

export interface GoalGroup {
  /** `goals.e`: each group of boxes has a name of its own, so that no two boxes share an id. */
  readonly name: string;
  readonly area: string;
  readonly items: readonly ChoiceItem[];
}

/** The words of goals in groups, by area of life. */
export function goalGroups(terms: readonly { readonly id: string; readonly words: string; readonly area: string }[]): GoalGroup[] {
  const areas = [...new Set(terms.map((term) => term.area))].sort();
  return areas.map((area) => ({
    name: `goals.${area}`,
    area: areaWords(area),
    items: terms.filter((term) => term.area === area).map((term) => ({ value: term.id, text: sentence(term.words) })),
  }));
}

/** Faults of the goals lead to the first group of boxes. */
export const namesOnPage = (groups: readonly GoalGroup[]): Readonly<Record<string, string>> => (groups[0] ? { goals: groups[0].name } : {});

const items = <Code extends string>(codes: readonly Code[], table: Readonly<Record<Code, string>>): ChoiceItem[] =>
  codes.map((value) => ({ value, text: sentence(table[value]) }));

const QUESTIONS: Readonly<Record<CardPart, (you: string) => string>> = {
  goals: (you) => `What would ${you} like to do with others?`,
  days: (you) => `Which days suit ${you}?`,
  how: () => 'What kind of group?',
  where: () => 'Where, and how far?',
  needs: (you) => `What does a place need for ${you}?`,
  help: () => 'Helping each other',
  words: () => 'Anything else to say?',
  more: () => 'Groups and brokers',
};

export const questionOf = (part: CardPart, whose: Whose): string => QUESTIONS[part](whose.you);

/** Everything a page of one question prints. */
export interface CardPartView {
  readonly whose: Whose;
  readonly part: CardPart;
  readonly values: CardValues;
  readonly isChange: boolean;
  readonly groups: readonly GoalGroup[];
  /** Where we do not know it yet, the place is asked first. */
  readonly asksPlace: boolean;
  readonly ownWords: string;
  readonly pictures: string;
  readonly days: readonly ChoiceItem[];
  readonly paces: readonly ChoiceItem[];
  readonly sizes: readonly ChoiceItem[];
  readonly needs: readonly ChoiceItem[];
  readonly helps: readonly ChoiceItem[];
}

export const cardPartView = (asked: Pick<CardPartView, 'whose' | 'part' | 'values' | 'isChange' | 'groups' | 'asksPlace'>): CardPartView => ({
  ...asked,
  ownWords: paths.ownWords(asked.whose.id),
  pictures: paths.pictures(asked.whose.id),
  days: items(DAYS, DAY_WORDS),
  paces: items(PACES, PACE_WORDS),
  sizes: items(GROUP_SIZES, GROUP_WORDS),
  needs: items(NEEDS, NEED_WORDS),
  helps: items<Help>(HELPS, HELP_WORDS),
});
