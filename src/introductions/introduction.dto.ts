import type { LocalDate } from '../kernel/index.js';
import { ChoiceField, ChoiceListField, FlagField, IntField, LocalDateField, TextField, TextListField } from '../platform/index.js';
import type { Agreement } from './groups/group.rules.js';
import { AGREEMENTS } from './groups/group.rules.js';
import type { Choice } from './pairing.rules.js';
import { CHOICES } from './pairing.rules.js';

/** Monday is 1. */
export const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
export type Day = (typeof DAYS)[number];
export const PACES = ['gentle', 'steady', 'lively', 'any'] as const;
export type Pace = (typeof PACES)[number];
/** With one other person, a few (up to about six), or many. */
export const GROUP_SIZES = ['one', 'few', 'many', 'any'] as const;
export type GroupSize = (typeof GROUP_SIZES)[number];
/** What a person needs of a place or a group, never why. */
export const NEEDS = [
  'step-free',
  'accessible-toilet',
  'changing-place',
  'quiet',
  'makes-sounds',
  'bright-light',
  'dim-light',
  'assistance-dog',
  'no-animals',
  'easy-words',
  'sign-language',
  'hearing-loop',
] as const;
export type Need = (typeof NEEDS)[number];
export const HELPS = ['skill', 'time', 'space', 'lift'] as const;
export type Help = (typeof HELPS)[number];
export const STEPS = ['meet', 'trial', 'review'] as const;
export type Step = (typeof STEPS)[number];

export class WriteCard {
  /** Ids of goal terms. */
  @TextListField({ max: 40, matches: /^[a-z0-9-]+$/ }, { min: 1, max: 8, what: 'goals' })
  goals!: string[];

  @TextField({ max: 600, lines: true, optional: true, what: 'few words about what you are looking for' })
  words?: string;

  @TextField({ max: 4, optional: true, matches: /^[A-Z]{1,2}\d[A-Z\d]?$/, message: 'Enter the first part of the postcode, like M33.' })
  place?: string;

  @ChoiceListField(DAYS, { min: 1, max: 7 })
  days!: Day[];

  @ChoiceField(PACES)
  pace!: Pace;

  @ChoiceField(GROUP_SIZES)
  groupSize!: GroupSize;

  @IntField({ min: 1, max: 30, fromText: true, what: 'distance in miles' })
  distanceMiles!: number;

  @ChoiceListField(NEEDS, { optional: true, max: 12 })
  needs?: Need[];

  @ChoiceListField(HELPS, { optional: true, max: 4, what: 'what you can offer' })
  offers?: Help[];

  @ChoiceListField(HELPS, { optional: true, max: 4, what: 'what would help you' })
  seeks?: Help[];

  @TextField({ max: 300, optional: true, what: 'few words about what you can offer' })
  offerWords?: string;

  /** To be asked about groups; to be seen by brokers, without a name. Left out, the person agrees to neither. */
  @ChoiceListField(AGREEMENTS, { optional: true, max: 2, what: 'what you agree to' })
  agrees?: Agreement[];
}

export class AnswerSuggestion {
  @ChoiceField(CHOICES, { what: 'answer' })
  answer!: Choice;
}

export class StepBack {
  /** Also never to be suggested to each other again. */
  @FlagField({ optional: true, fromText: true })
  block?: boolean;
}

export class SetStep {
  @ChoiceField(STEPS)
  kind!: Step;

  @LocalDateField()
  onDay!: LocalDate;

  @TextField({ max: 600, lines: true, optional: true })
  words?: string;
}

export class SendMessage {
  @TextField({ max: 2000, lines: true, what: 'message' })
  words!: string;
}
