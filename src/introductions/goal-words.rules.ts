import { stemOf } from './word-stem.rules.js';
import { meantBy } from './word-spelling.rules.js';
import { FUNCTION_WORDS, PLAIN_WORDS, WEAK_WORDS } from './word-lists.rules.js';

/** A goal with how people say it; a saying with `!` in front means the goal also where somebody says what they do not want. */
export interface WordedGoal {
  readonly id: string;
  readonly words: string;
  readonly heard: readonly string[];
}

interface Saying {
  readonly goal: string;
  readonly stems: readonly string[];
  /** True for what people want to be rid of: "lonely" means making friends, "not lonely" as well. */
  readonly isTrouble: boolean;
  readonly weight: number;
}

/** Goals as they are listened for; made once for a list of goals. */
export interface Vocabulary {
  readonly byStem: ReadonlyMap<string, readonly Saying[]>;
  readonly weights: ReadonlyMap<string, number>;
  /** Whole words to which a misspelt one may be put right. */
  readonly spelt: readonly string[];
}

/** A goal that somebody's words may mean. It is asked about, never taken as said. */
export interface HeardGoal {
  readonly id: string;
  /** How sure we are, against the other goals heard in the same words. */
  readonly points: number;
}

/** Offered at most: more is no help. Our judgement, November 2026. */
export const MOST_OFFERED = 6;
/** A saying counts when this much of its weight was said; what only repeats a better goal's words must come this near to it. */
const LEAST_SAID = 0.74;
const LEAST_BESIDE = 0.6;
const WEAK = 0.3;
/** One weak word alone is no goal. */
const LEAST_WEIGHT = 2 * WEAK;

/** Things said as one word, so that "on my own" is not heard as "own". */
const AS_ONE: readonly (readonly [RegExp, string])[] = [
  [/[’'`]/g, ''],
  [/\b(on|by) (my|me|mi|your) ?(own|self)\b|\bby myself\b|\ball alone\b/g, 'alone'],
  [/\bout of the house\b|\bout the house\b/g, 'out house'],
  [/\b(cant|can not|couldnt|cannae)\b/g, 'cannot'],
  [/\b(dont|doesnt|didnt|isnt|arent|wont|wouldnt|aint|never)\b/g, 'not'],
  [/\bnot (just|only)\b/g, ' '],
  [/\bany ?more\b|\ba lot of\b|\blots of\b/g, ' '],
  [/\b(no good|too much) for me\b|\b(do|does) my head in\b|\b(scare|scares|frighten|frightens) me\b/g, 'awful'],
];
/** Where one thing said ends and the next begins. */
const BREAKS = /[.,;:!?\n/]+|\b(?:but|instead|rather|because|cos|coz|so)\b/;
/** From here to the end of what is being said, or to the next "I want", it is what they do not want. */
const NOT_WANTED = new Set(['not', 'no', 'hate', 'hates', 'without', 'cannot', 'stop', 'dislike', 'nothing', 'awful']);
const WANTED_AFTER_I = new Set(['want', 'wanna', 'like', 'love', 'need', 'would', 'wish', 'prefer', 'enjoy', 'id']);

export function vocabularyOf(goals: readonly WordedGoal[]): Vocabulary {
  const raw = goals.flatMap((goal) =>
    [goal.words, ...goal.heard]
      .filter((saying) => saying !== '')
      .map((saying) => ({ goal: goal.id, isTrouble: saying.startsWith('!'), stems: [...new Set(tokensOf(saying).map((word) => stemOf(word)))] })),
  );
  const goalsOf = new Map<string, Set<string>>();
  for (const { goal, stems } of raw) for (const stem of stems) goalsOf.set(stem, (goalsOf.get(stem) ?? new Set()).add(goal));
  const weights = new Map([...goalsOf].map(([stem, held]) => [stem, WEAK_STEMS.has(stem) ? WEAK : 1 + Math.log(goals.length / held.size) / 3]));
  const byStem = new Map<string, Saying[]>();
  for (const each of raw) {
    const saying = { ...each, weight: each.stems.reduce((sum, stem) => sum + weights.get(stem)!, 0) };
    for (const stem of each.stems) byStem.set(stem, [...(byStem.get(stem) ?? []), saying]);
  }
  const spelt = [...new Set(goals.flatMap((goal) => [goal.words, ...goal.heard].flatMap(tokensOf)))].filter((word) => word.length > 3);
  return { byStem, weights, spelt };
}

/** The goals that somebody's own words may mean, the likeliest first, at most six. What they say they do not want is left out. */
export function goalsHeard(words: string, vocabulary: Vocabulary): HeardGoal[] {
  const heard = clausesOf(words).flatMap((clause) => heardInClause(clause, vocabulary));
  const best = new Map<string, Match>();
  for (const match of heard.sort((a, b) => b.points - a.points || (a.goal < b.goal ? -1 : 1))) if (!best.has(match.goal)) best.set(match.goal, match);
  const kept: Match[] = [];
  for (const match of best.values()) {
    const better = kept.find((other) => match.at.every((at) => other.at.includes(at)));
    if (better === undefined || match.points >= better.points * LEAST_BESIDE) kept.push(match);
  }
  return kept.slice(0, MOST_OFFERED).map(({ goal, points }) => ({ id: goal, points: Math.round(points * 100) / 100 }));
}

interface Word {
  readonly text: string;
  readonly at: number;
  readonly isWanted: boolean;
}
interface Match {
  readonly goal: string;
  readonly points: number;
  readonly at: readonly number[];
}

function heardInClause(clause: readonly Word[], vocabulary: Vocabulary): Match[] {
  const said = new Map<string, { at: number; isWanted: boolean; sure: number }>();
  for (const word of clause) {
    const { stem, sure } = understood(word.text, vocabulary);
    const before = said.get(stem);
    if (stem !== '' && (before === undefined || before.sure < sure)) said.set(stem, { at: word.at, isWanted: word.isWanted, sure });
  }
  const sayings = new Set([...said.keys()].flatMap((stem) => vocabulary.byStem.get(stem) ?? []));
  return [...sayings].flatMap((saying) => {
    const present = saying.stems.flatMap((stem) => (said.has(stem) ? [{ stem, ...said.get(stem)! }] : []));
    if (!saying.isTrouble && present.some((word) => !word.isWanted)) return [];
    const weight = present.reduce((sum, { stem }) => sum + vocabulary.weights.get(stem)!, 0);
    if (weight / saying.weight < LEAST_SAID || weight < LEAST_WEIGHT) return [];
    const sure = Math.min(...present.map((word) => word.sure));
    return [{ goal: saying.goal, points: weight * (weight / saying.weight) * sure, at: present.map((word) => word.at) }];
  });
}

/** The stem of a word we listen for, put right if it is misspelt; empty when it is none. */
function understood(text: string, vocabulary: Vocabulary): { stem: string; sure: number } {
  const stem = stemOf(text);
  if (vocabulary.weights.has(stem)) return { stem, sure: 1 };
  if (PLAIN.has(text)) return { stem: '', sure: 0 };
  const meant = meantBy(text, vocabulary.spelt);
  return meant ? { stem: stemOf(meant.word), sure: 1 - 0.08 * (meant.off + 1) } : { stem: '', sure: 0 };
}

function clausesOf(words: string): Word[][] {
  let at = 0;
  return joined(words)
    .split(BREAKS)
    .map((clause) => {
      let [isWanted, before] = [true, ''];
      const out: Word[] = [];
      for (const text of clause.split(/[^a-z0-9]+/).filter((word) => word !== '')) {
        if (text === 'awful') for (const [index, word] of out.entries()) out[index] = { ...word, isWanted: false };
        if (NOT_WANTED.has(text)) isWanted = false;
        else if (before === 'i' && WANTED_AFTER_I.has(text)) isWanted = true;
        before = text;
        out.push({ text, at: (at += 1), isWanted });
      }
      return out.filter((word) => !FUNCTION.has(word.text));
    });
}

const joined = (words: string): string =>
  AS_ONE.reduce(
    (text, [pattern, instead]) => text.replace(pattern, instead),
    words
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, ''),
  );

/** The words of a saying that carry it. */
const tokensOf = (saying: string): string[] =>
  joined(saying)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !FUNCTION.has(word));

const listed = (text: string): Set<string> => new Set(text.trim().split(/\s+/));
const FUNCTION = listed(FUNCTION_WORDS);
const WEAK_STEMS = new Set([...listed(WEAK_WORDS)].map((word) => stemOf(word)));
const PLAIN = listed(PLAIN_WORDS);
