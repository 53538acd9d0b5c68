import type { AllPairs } from './all-pairs.js';
import type { BestOf } from './best-among.js';
import { BestAmong } from './best-among.js';
import { FACT, FACTS, MOST_GOALS } from './card-columns.js';
import type { MutualGraph } from './groups.rules.js';
import type { MatchIndex } from './match-index.js';
import { FEWEST_TOGETHER, LARGEST, MOST_TOGETHER, stableGroups } from './groups.rules.js';

/** A group that could be proposed to those on its cards. It says nothing of anybody's access needs. */
export interface ProposedGroup {
  /** Ids of cards, in order. */
  readonly cards: readonly string[];
  /** How well it fits all of them, in points: the same for each. */
  readonly fit: number;
  readonly goals: readonly string[];
  readonly days: readonly string[];
  /** Districts they live in, each once, in order. */
  readonly places: readonly string[];
  /** Whole miles between the two who live farthest apart. */
  readonly widest: number;
}

export interface GroupLimits {
  /** At least so many together: 2, unless said. */
  readonly least?: number;
  /** Ids of cards that may be put into groups: all, unless said. Then the 20 best of each are found among these alone. */
  readonly among?: readonly string[];
}

/** The stable groups of open cards, best first; `most` when no group may have so many as 12. Nothing is stored and nobody is told. */
export function groupsOf(pairs: AllPairs, most = MOST_TOGETHER, { least = FEWEST_TOGETHER, among }: GroupLimits = {}): ProposedGroup[] {
  const { index } = pairs;
  const { columns } = index;
  const allowed = among && new Set(among);
  const slots = Int32Array.from([...columns.open()].filter((slot) => allowed?.has(columns.ids[slot]!) ?? true)).sort((a, b) =>
    columns.ids[a]! < columns.ids[b]! ? -1 : 1,
  );
  return stableGroups(mutualGraph(index, allowed ? new BestAmong(index, slots) : pairs, slots), most, least).map(({ members, fit }) => {
    const own = members.map((member) => slots[member]!);
    const days = own.reduce((common, slot) => common & columns.fact(slot, 'days'), -1);
    const goals = own.map((slot) => index.goalsOf(slot)).reduce((common, theirs) => common.filter((goal) => theirs.includes(goal)));
    const places = own.map((slot) => columns.placeOf(slot));
    return {
      cards: own.map((slot) => columns.ids[slot]!),
      fit,
      goals: goals.map((goal) => columns.goalCodes.nameOf(goal)).sort(),
      days: columns.dayCodes.names.filter((_, code) => (days >>> code) & 1).sort(),
      places: [...new Set(places.map((place) => columns.near.names[place]!))].sort(),
      widest: Math.max(...places.flatMap((a, at) => places.slice(at + 1).map((b) => columns.near.between(a, b)!))),
    };
  });
}

/** Who chose whom, of these slots, numbered in their order. */
function mutualGraph({ columns }: MatchIndex, best: BestOf, slots: Int32Array): MutualGraph {
  const size = slots.length;
  const numberOf = new Int32Array(columns.words * 32).fill(-1);
  slots.forEach((slot, number) => (numberOf[slot] = number));
  const [starts, goalStarts] = [new Int32Array(size + 1), new Int32Array(size + 1)];
  const [others, scores]: [number[], number[]] = [[], []];
  slots.forEach((slot, number) => {
    const edges: { other: number; score: number }[] = [];
    for (let at = 0; at < best.countOf(slot); at++) {
      const other = best.slotAt(slot, at);
      const score = best.scoreAt(slot, at);
      if (numberOf[other] !== -1 && best.isAmongBest(other, slot, score)) edges.push({ other: numberOf[other]!, score });
    }
    for (const { other, score } of edges.sort((a, b) => a.other - b.other)) {
      others.push(other);
      scores.push(score);
    }
    starts[number + 1] = others.length;
    goalStarts[number + 1] = goalStarts[number]! + columns.goalCounts[slot]!;
  });
  const goals = new Uint16Array(goalStarts[size]!);
  slots.forEach((slot, number) => goals.set(columns.goals.subarray(slot * MOST_GOALS, slot * MOST_GOALS + columns.goalCounts[slot]!), goalStarts[number]!));
  return {
    size,
    starts,
    others: Int32Array.from(others),
    scores: Int32Array.from(scores),
    days: Uint8Array.from(slots, (slot) => columns.facts[slot * FACTS + FACT.days]!),
    largest: Uint8Array.from(slots, (slot) => LARGEST[columns.sizeCodes.nameOf(columns.fact(slot, 'size'))] ?? MOST_TOGETHER),
    goalStarts,
    goals,
  };
}
