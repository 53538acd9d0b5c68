import type { Agreement, Day, GroupSize, Help, Need, Pace } from '../../introductions/index.js';
import { WELLBEING_AREAS } from '../../introductions/index.js';
import { sentence, type Reason } from '../blocks/index.js';

/** Plain words for what a card holds. Said alike on the card, on suggestions and after an introduction. */
export const DAY_WORDS: Readonly<Record<Day, string>> = { 1: 'Monday', 2: 'Tuesday', 3: 'Wednesday', 4: 'Thursday', 5: 'Friday', 6: 'Saturday', 7: 'Sunday' };
export const PACE_WORDS: Readonly<Record<Pace, string>> = {
  gentle: 'Gentle: plenty of time and rests',
  steady: 'Steady',
  lively: 'Lively',
  any: 'Any pace is fine',
};
export const GROUP_WORDS: Readonly<Record<GroupSize, string>> = {
  one: 'One other person',
  few: 'A few people, up to about 6',
  many: 'Many people',
  any: 'Any number is fine',
};
export const HELP_WORDS: Readonly<Record<Help, string>> = { skill: 'a skill', time: 'time', space: 'a room or a garden', lift: 'a lift' };
export const NEED_WORDS: Readonly<Record<Need, string>> = {
  'step-free': 'No steps',
  'accessible-toilet': 'A toilet I can use',
  'changing-place': 'A changing place with a hoist',
  quiet: 'A quiet place',
  'makes-sounds': 'I make sounds, and that is fine',
  'bright-light': 'Bright light',
  'dim-light': 'Soft light',
  'assistance-dog': 'My assistance dog comes too',
  'no-animals': 'No animals',
  'easy-words': 'Easy words and pictures',
  'sign-language': 'British Sign Language',
  'hearing-loop': 'A hearing loop',
};

export const AGREEMENT_WORDS: Readonly<Record<Agreement, string>> = {
  groups: 'I may be asked about groups',
  brokers: 'brokers may see this card without a name',
};

export const daysInWords = (days: readonly Day[]): string =>
  days.length === 7
    ? 'Any day'
    : [...days]
        .sort()
        .map((day) => DAY_WORDS[day])
        .join(', ');
export const areaWords = (area: string): string => sentence(WELLBEING_AREAS[area as keyof typeof WELLBEING_AREAS] ?? 'Other things');

/** A coded reason (`goal:gardening`, `day:2`, `miles:2`, `help:lift`) as a chip; codes we do not know are left out. */
export function reasonOf(code: string, goalWords: (id: string) => string): Reason | undefined {
  if (code === 'known') return { kind: 'access', text: 'you know each other' };
  const [kind = '', value = ''] = code.split(':');
  if (kind === 'goal') return { kind: 'goal', text: `both: ${goalWords(value)}` };
  if (kind === 'day') return value in DAY_WORDS ? { kind: 'day', text: `both: ${DAY_WORDS[value as Day]}s` } : undefined;
  if (kind === 'miles') return { kind: 'place', text: value === '0' ? 'very near' : value === '1' ? '1 mile' : `${value} miles` };
  if (kind === 'help') return value in HELP_WORDS ? { kind: 'offer', text: `help with ${HELP_WORDS[value as Help]}` } : undefined;
  return undefined;
}
