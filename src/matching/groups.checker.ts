import { COMPANY, FEWEST_TOGETHER, LARGEST, LEAST_SCORE, MOST_TOGETHER } from './groups.rules.js';
import type { MatchCard, MatchWorld } from './matching.rules.js';
import { suit } from './matching.rules.js';

/** Groups as they are proposed, by ids of cards. */
export type Grouping = readonly (readonly string[])[];

/** What is wrong with groups: a group that is not allowed, or people who would all rather form another one. */
export interface GroupFault {
  readonly kind: 'not-allowed' | 'in-two' | 'would-rather';
  readonly members: readonly string[];
  readonly why: string;
}

export interface GroupFacts {
  readonly cards: readonly MatchCard[];
  readonly world: MatchWorld;
  /** The 20 best of each card, of those that may be put into groups. */
  readonly bestOf: (id: string) => readonly string[];
  /** Fewer than 12 together, if anything forbids it. */
  readonly most?: number;
  /** More than two together, if pairs are found elsewhere. */
  readonly least?: number;
}

/** Looks whether groups are stable, from the definition in groups.rules.ts and from nothing else: scores by `suit`, sets of people tried
 *  one after another. It uses no index, no graph and no order of forming, so that a mistake there is not repeated here. */
export class GroupChecker {
  private readonly cards: ReadonlyMap<string, MatchCard>;
  private readonly chosen = new Map<string, ReadonlyMap<string, number>>();
  private readonly groupOf = new Map<string, readonly string[]>();

  constructor(
    private readonly facts: GroupFacts,
    private readonly groups: Grouping,
  ) {
    this.cards = new Map(facts.cards.map((card) => [card.id, card]));
    for (const group of groups) for (const member of group) this.groupOf.set(member, group);
  }

  /** Every group that is not allowed or shares a member, and for each of these people the first set that all of it would rather form. */
  faults(of: Iterable<string> = this.cards.keys()): GroupFault[] {
    const faults: GroupFault[] = [];
    const seen = new Set<string>();
    for (const group of this.groups) {
      const why = group.length < this.least ? `${group.length} are too few` : this.whyNotAllowed(group);
      if (why !== undefined) faults.push({ kind: 'not-allowed', members: group, why });
      for (const member of group) {
        if (seen.has(member)) faults.push({ kind: 'in-two', members: group, why: `${member} is in two groups` });
        seen.add(member);
      }
    }
    if (faults.length > 0) return faults; // what is liked better than a group that cannot be says nothing
    for (const person of of) {
      const set = this.ratherWith(person);
      if (set) faults.push({ kind: 'would-rather', members: set, why: `all would rather form this group, with a fit of ${this.fit(set)}` });
    }
    return faults;
  }

  /** Those two of whom each is among the best of the other, with their score. */
  private choicesOf(id: string): ReadonlyMap<string, number> {
    const known = this.chosen.get(id);
    if (known) return known;
    const found = new Map<string, number>();
    for (const other of this.facts.bestOf(id)) {
      const score = this.facts.bestOf(other).includes(id) ? suit(this.cards.get(id)!, this.cards.get(other)!, this.facts.world)?.score : undefined;
      if (score !== undefined) found.set(other, score);
    }
    this.chosen.set(id, found);
    return found;
  }

  private get least(): number {
    return this.facts.least ?? FEWEST_TOGETHER;
  }

  private largest(set: readonly string[]): number {
    return Math.min(MOST_TOGETHER, this.facts.most ?? MOST_TOGETHER, ...set.map((id) => LARGEST[this.cards.get(id)!.groupSize] ?? MOST_TOGETHER));
  }

  private whyNotAllowed(set: readonly string[]): string | undefined {
    const cards = set.map((id) => this.cards.get(id));
    if (cards.includes(undefined)) return 'a card of it is not open';
    if (set.length > this.largest(set)) return `${set.length} are more than one of them wishes`;
    const apart = set.some((a, at) => set.slice(at + 1).some((b) => (this.choicesOf(a).get(b) ?? 0) < LEAST_SCORE));
    if (apart) return 'two of it did not choose each other, or suit each other too little';
    if (!cards[0]!.days.some((day) => cards.every((card) => card!.days.includes(day)))) return 'no day suits all';
    if (!cards[0]!.goals.some((goal) => cards.every((card) => card!.goals.includes(goal)))) return 'no goal is common to all';
    return undefined;
  }

  private weakest(set: readonly string[]): number {
    return Math.min(...set.flatMap((a, at) => set.slice(at + 1).map((b) => this.choicesOf(a).get(b)!)));
  }

  private fit(set: readonly string[]): number {
    return this.weakest(set) + COMPANY * (set.length - 2);
  }

  /** Whether a set is liked better than where a person is now. */
  private likesMore(set: readonly string[], person: string): boolean {
    const now = this.groupOf.get(person);
    if (!now) return true;
    const more = this.fit(set) - this.fit(now) || set.length - now.length;
    if (more !== 0) return more > 0;
    const [ours, theirs] = [[...set].sort(), [...now].sort()];
    const at = ours.findIndex((id, n) => id !== theirs[n]);
    return at >= 0 && ours[at]! < theirs[at]!;
  }

  /** A set with this person in it that everybody in it likes better than where they are; undefined when there is none. */
  private ratherWith(person: string): readonly string[] | undefined {
    const standing = (id: string): number => (this.groupOf.has(id) ? this.fit(this.groupOf.get(id)!) : -Infinity);
    const grow = (set: readonly string[], candidates: readonly string[]): readonly string[] | undefined => {
      for (const [at, candidate] of candidates.entries()) {
        const wider = [...set, candidate];
        if (this.whyNotAllowed(wider) !== undefined) continue; // nor is any set around it, since what is allowed stays so with fewer, but for the least size
        const rest = candidates.slice(at + 1).filter((other) => this.choicesOf(candidate).has(other));
        // Adding people never makes the weakest tie stronger: as good as this can get.
        const atBest = this.weakest(wider) + COMPANY * (Math.min(this.largest(wider), wider.length + rest.length) - 2);
        if (wider.some((id) => standing(id) > atBest)) continue;
        if (wider.length >= this.least && wider.every((id) => this.likesMore(wider, id))) return wider;
        const found = grow(wider, rest);
        if (found) return found;
      }
      return undefined;
    };
    return grow([person], [...this.choicesOf(person).keys()]);
  }
}
