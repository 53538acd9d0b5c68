import { FIRST_GOALS } from './goal-list.first.js';
import { MORE_GOALS } from './goal-list.more.js';
import { MOST_GOALS } from './goal-list.most.js';

/** The wellbeing areas of the Care Act 2014, s1(2), in the order and with the letters of the Act. */
export const WELLBEING_AREAS = {
  a: 'dignity and respect',
  b: 'health, in body and mind',
  c: 'being safe',
  d: 'control over my day',
  e: 'work, learning and fun',
  f: 'money and people around me',
  g: 'home, family and friends',
  h: 'a good place to live',
  i: 'giving something back',
} as const;

export type WellbeingArea = keyof typeof WELLBEING_AREAS;

export interface GoalTerm {
  readonly id: string;
  readonly words: string;
  readonly area: WellbeingArea;
}

interface ListedGoal extends GoalTerm {
  /** How else people say it; see `FIRST_GOALS` for the mark `!`. */
  readonly heard: readonly string[];
}

/** Reads a list: `id|words|area|heard, heard`, a goal a line. */
function goalsOf(list: string): ListedGoal[] {
  return list
    .trim()
    .split('\n')
    .map((line) => {
      const [id = '', words = '', area = '', heard = ''] = line.split('|');
      return { id, words, area: area as WellbeingArea, heard: heard.split(',').map((each) => each.trim()) };
    });
}

const LISTED: readonly ListedGoal[] = [FIRST_GOALS, MORE_GOALS, MOST_GOALS].flatMap(goalsOf);

/** The common core: what people look for, in plain words. Nothing here names a diagnosis as a goal. Migrations 013 and 044 put these in the
 *  table `goal_term`, and a test holds the two lists together. Ids and their order stay; new goals go to the end. An ICB adds its own words
 *  beside these (goal-words.service.ts). Our own list, November 2026, to be gone over with people it concerns. */
export const GOAL_TERMS: readonly GoalTerm[] = LISTED.map(({ id, words, area }) => ({ id, words, area }));

/** How else people say each goal. */
export const HEARD_AS: ReadonlyMap<string, readonly string[]> = new Map(LISTED.map(({ id, heard }) => [id, heard]));
