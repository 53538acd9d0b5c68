import type { WellbeingArea } from '../../introductions/index.js';
import type { DrawingName } from './drawings.js';

/** One screen: a picture, a few words, and answers to press. */
export interface PictureQuestion {
  readonly id: string;
  readonly kind: 'area' | 'idea' | 'pace' | 'size' | 'where';
  /** One idea, in as few words as will do. */
  readonly words: string;
  readonly drawing: DrawingName;
  readonly answers: readonly PictureAnswer[];
}

export interface PictureAnswer {
  readonly value: string;
  readonly words: string;
  readonly drawing: DrawingName;
}

const YES_NO: readonly PictureAnswer[] = [
  { value: 'yes', words: 'Yes', drawing: 'yes' },
  { value: 'no', words: 'No', drawing: 'no' },
];

/** Areas of the Care Act in a word or two, the most asked for first, with ideas of each. Our choice, November 2026: the commonest. */
const AREAS: readonly {
  readonly area: WellbeingArea;
  readonly words: string;
  readonly ideas: readonly (readonly [id: string, words: string, drawing?: DrawingName])[];
}[] = [
  {
    area: 'g',
    words: 'Friends and family',
    ideas: [
      ['making-friends', 'Making friends'],
      ['dating', 'Somebody special'],
      ['family-time', 'Time with family'],
      ['sharing-breaks', 'A holiday'],
    ],
  },
  {
    area: 'e',
    words: 'Fun and learning',
    ideas: [
      ['gardening', 'Gardening'],
      ['art', 'Painting'],
      ['singing', 'Singing'],
      ['playing-music', 'Playing music'],
      ['films', 'Films'],
      ['reading', 'Books'],
      ['knitting', 'Knitting'],
      ['board-games', 'Games'],
      ['a-course', 'A course'],
      ['finding-work', 'A job'],
    ],
  },
  {
    area: 'b',
    words: 'Being well',
    ideas: [
      ['swimming', 'Swimming'],
      ['walking', 'Walking'],
      ['cycling', 'Cycling'],
      ['dancing', 'Dancing'],
      ['keep-fit', 'Keeping fit'],
      ['football', 'Football'],
      ['being-outdoors', 'Being outside'],
      ['calm', 'Feeling calm'],
      ['eating-well', 'Good food'],
    ],
  },
  {
    area: 'f',
    words: 'Being with people',
    ideas: [
      ['coffee-and-a-chat', 'A cup of tea and a chat'],
      ['eating-out', 'Eating out'],
      ['looking-after-money', 'Looking after money'],
    ],
  },
  {
    area: 'd',
    words: 'Doing things myself',
    ideas: [
      ['using-the-bus', 'Using the bus'],
      ['cooking', 'Cooking'],
      ['shopping', 'Shopping'],
      ['phones-and-computers', 'Phones and computers'],
    ],
  },
  {
    area: 'h',
    words: 'My home',
    ideas: [
      ['a-home-of-my-own', 'A home of my own'],
      ['making-home-nice', 'A nice home'],
    ],
  },
  {
    area: 'i',
    words: 'Helping',
    ideas: [
      ['animals', 'Animals'],
      ['volunteering', 'Helping others'],
      ['looking-after-nature', 'Nature'],
    ],
  },
  { area: 'a', words: 'Being heard', ideas: [['speaking-up', 'Speaking up', 'area-a']] },
  { area: 'c', words: 'Being safe', ideas: [['travel-safely', 'Going out safely', 'area-c']] },
];

const PACE: PictureQuestion = {
  id: 'pace',
  kind: 'pace',
  words: 'How fast?',
  drawing: 'walking',
  answers: [
    { value: 'gentle', words: 'Gently', drawing: 'gentle' },
    { value: 'lively', words: 'Lively', drawing: 'lively' },
    { value: 'any', words: 'I do not mind', drawing: 'yes' },
  ],
};
const SIZE: PictureQuestion = {
  id: 'size',
  kind: 'size',
  words: 'How many people?',
  drawing: 'making-friends',
  answers: [
    { value: 'one', words: 'One', drawing: 'one' },
    { value: 'few', words: 'A few', drawing: 'few' },
    { value: 'many', words: 'Many', drawing: 'many' },
    { value: 'any', words: 'I do not mind', drawing: 'yes' },
  ],
};
const WHERE: PictureQuestion = { id: 'where', kind: 'where', words: 'Where do you live?', drawing: 'area-h', answers: [] };

/** Every idea there is a picture for, by the id of its goal. */
export const PICTURED: ReadonlyMap<string, { readonly words: string; readonly drawing: DrawingName }> = new Map(
  AREAS.flatMap(({ ideas }) => ideas.map(([id, words, drawing]) => [id, { words, drawing: drawing ?? (id as DrawingName) }] as const)),
);

/** The screens in order for somebody who has answered so: ideas of an area come after a yes to it. */
export function questionsFor(answers: ReadonlyMap<string, string>, asksPlace: boolean): PictureQuestion[] {
  const areas = AREAS.flatMap(({ area, words, ideas }): PictureQuestion[] => [
    { id: `area-${area}`, kind: 'area', words, drawing: `area-${area}`, answers: YES_NO },
    ...(answers.get(`area-${area}`) === 'yes' ? ideas.map(([id]): PictureQuestion => ({ id, kind: 'idea', ...PICTURED.get(id)!, answers: YES_NO })) : []),
  ]);
  return [...areas, PACE, SIZE, ...(asksPlace ? [WHERE] : [])];
}

/** The ids of ideas that somebody said yes to, in the order of the screens. An idea of an area they have since said no to is left out. */
export const ideasChosen = (answers: ReadonlyMap<string, string>): string[] =>
  questionsFor(answers, false)
    .filter((question) => question.kind === 'idea' && answers.get(question.id) === 'yes')
    .map((question) => question.id);
