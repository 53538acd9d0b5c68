import type { LocalDate } from '../kernel/index.js';

/** A card as matching reads it: coded facts only. */
export interface MatchCard {
  readonly id: string;
  readonly place: string;
  readonly goals: readonly string[];
  readonly days: readonly string[];
  readonly pace: string;
  readonly groupSize: string;
  readonly distanceMiles: number;
  readonly needs: readonly string[];
  readonly offers: readonly string[];
  readonly seeks: readonly string[];
  readonly adultFrom: LocalDate;
}

export interface MatchWorld {
  readonly today: LocalDate;
  /** Points of each goal, 1 to 100. */
  readonly weights: ReadonlyMap<string, number>;
  /** Whole miles between the middles of two districts. */
  readonly miles: (a: string, b: string) => number;
  readonly isBlocked: (a: string, b: string) => boolean;
}

export interface Suitable {
  readonly score: number;
  /** Two or three facts, or one when there is no more to say. */
  readonly reasons: readonly string[];
}

/** What one person needs that another cannot be beside. Our judgement, November 2026, to be gone over with people it concerns. */
export const CLASHES: readonly (readonly [string, string])[] = [
  ['assistance-dog', 'no-animals'],
  ['quiet', 'makes-sounds'],
  ['bright-light', 'dim-light'],
];

/** Points, our judgement, November 2026: goals lead, and a rare one counts more than everything else together can. */
export const POINTS = { day: 5, mostDays: 3, samePace: 10, anyPace: 5, sameSize: 5, help: 15, nearest: 10 } as const;

/** How many of the best for either card are suggested to both. */
export const BEST = 20;
export const MOST_REASONS = 3;

/** Points for having a goal in common, 1 to 100: the rarer it is among open cards, the more. */
export function goalWeight(openCards: number, withGoal: number): number {
  return Math.min(100, Math.max(1, Math.round(12 * Math.log(1 + openCards / Math.max(1, withGoal)))));
}

const common = (a: readonly string[], b: readonly string[]): string[] => a.filter((code) => b.includes(code)).sort();

const clash = (a: MatchCard, b: MatchCard): boolean =>
  CLASHES.some(([x, y]) => (a.needs.includes(x) && b.needs.includes(y)) || (a.needs.includes(y) && b.needs.includes(x)));

/** How well two cards suit each other, or undefined when they must not meet: adults and under-18s apart, within both distances, no block,
 *  nothing that clashes, a day and a goal in common. The same whichever comes first. This is the definition; MatchIndex answers the same without comparing all. */
export function suit(a: MatchCard, b: MatchCard, world: MatchWorld): Suitable | undefined {
  const miles = world.miles(a.place, b.place);
  const goals = common(a.goals, b.goals).sort((x, y) => weightOf(world, y) - weightOf(world, x) || (x < y ? -1 : 1));
  const days = common(a.days, b.days);
  const areBothAdults = a.adultFrom <= world.today === b.adultFrom <= world.today;
  if (a.id === b.id || !areBothAdults || miles > Math.min(a.distanceMiles, b.distanceMiles) || goals.length === 0 || days.length === 0) return undefined;
  if (clash(a, b) || world.isBlocked(a.id, b.id)) return undefined;
  const helps = [...new Set([...common(a.offers, b.seeks), ...common(b.offers, a.seeks)])].sort();
  const given = common(a.offers, b.seeks).length + common(b.offers, a.seeks).length;
  const score =
    goals.reduce((sum, goal) => sum + weightOf(world, goal), 0) +
    POINTS.day * Math.min(days.length, POINTS.mostDays) +
    pacePoints(a, b) +
    sizePoints(a, b) +
    POINTS.help * given +
    Math.max(0, POINTS.nearest - miles);
  const facts = [...goals.slice(0, 2).map((goal) => `goal:${goal}`), ...helps.slice(0, 1).map((help) => `help:${help}`), `day:${days[0]!}`, `miles:${miles}`];
  return { score, reasons: facts.slice(0, MOST_REASONS) };
}

const weightOf = (world: MatchWorld, goal: string): number => world.weights.get(goal) ?? 0;

function pacePoints(a: MatchCard, b: MatchCard): number {
  if (a.pace === b.pace) return POINTS.samePace;
  return a.pace === 'any' || b.pace === 'any' ? POINTS.anyPace : 0;
}

const sizePoints = (a: MatchCard, b: MatchCard): number =>
  a.groupSize === b.groupSize || a.groupSize === 'any' || b.groupSize === 'any' ? POINTS.sameSize : 0;

export interface Pair extends Suitable {
  readonly a: string;
  readonly b: string;
}

/** Every pair that is among the 20 best of either card, so that a yes of one can always be met by the other. Ties go by the other's id.
 *  It compares all with all and is what AllPairs is held against. */
export function bestPairs(cards: readonly MatchCard[], world: MatchWorld): Pair[] {
  const chosen = new Map<string, Pair>();
  for (const card of cards) {
    const suitable = cards.flatMap((other) => {
      const found = suit(card, other, world);
      return found ? [{ ...found, other: other.id }] : [];
    });
    suitable.sort((x, y) => y.score - x.score || (x.other < y.other ? -1 : 1));
    for (const { other, score, reasons } of suitable.slice(0, BEST)) {
      const [a, b] = card.id < other ? [card.id, other] : [other, card.id];
      chosen.set(`${a} ${b}`, { a, b, score, reasons });
    }
  }
  return [...chosen.values()].sort((x, y) => (x.a === y.a ? (x.b < y.b ? -1 : 1) : x.a < y.a ? -1 : 1));
}
