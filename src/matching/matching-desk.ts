import type { LocalDate } from '../kernel/index.js';
import { AllPairs } from './all-pairs.js';
import type { GroupLimits, ProposedGroup } from './groups.js';
import { groupsOf } from './groups.js';
import { MatchIndex } from './match-index.js';
import type { MatchCard, Pair } from './matching.rules.js';
import { goalWeight } from './matching.rules.js';
import type { Place } from './near-places.js';
import { NearPlaces } from './near-places.js';

/** Some of the best pairs, and the places their cards are of. */
export interface PairBatch {
  readonly pairs: readonly Pair[];
  readonly places: readonly string[];
  /** How many cards were asked so far. */
  readonly done: number;
}

/** What the thread of matching does when it is asked: takes cards in, works out who suits whom, and hands that out in batches. Every
 *  answer is plain data, so that asking in another thread and in this one is the same. */
export class MatchingDesk {
  private pairs = new AllPairs(new MatchIndex(NearPlaces.ofMap([]), '0001-01-01' as LocalDate, new Map()));
  private asked: Iterator<number> | undefined;
  private done = 0;

  /** Begins with an empty index. Answers the districts in the order in which their cards are best brought. */
  open(places: readonly Place[], today: LocalDate): readonly string[] {
    this.pairs = new AllPairs(new MatchIndex(NearPlaces.ofMap(places), today, new Map()));
    return this.index.near.names;
  }

  /** Takes cards in, and who is not to meet whom. */
  take(cards: readonly MatchCard[], blocks: readonly (readonly [string, string])[]): void {
    this.index.putAll(cards);
    for (const [a, b] of blocks) this.index.block(a, b);
  }

  /** Points of each of these goals by how rare it is among the cards taken in; they count from now on. */
  weigh(goals: readonly string[]): (readonly [string, number])[] {
    const counts = this.index.goalCounts();
    const points = goals.map((goal) => [goal, goalWeight(this.index.size, counts.get(goal) ?? 0)] as const);
    this.index.weigh(new Map(points));
    return points;
  }

  /** Works out who suits whom best. Answers how many cards there are. */
  refresh(): number {
    this.pairs.refresh();
    this.asked = undefined;
    return this.index.size;
  }

  /** The next pairs, about so many; none when all were handed out. */
  nextPairs(about: number): PairBatch {
    if (!this.asked) {
      this.asked = this.index.columns.open();
      this.done = 0;
    }
    const pairs: Pair[] = [];
    const places = new Set<number>();
    for (let next = this.asked.next(); !next.done; next = pairs.length < about ? this.asked.next() : { done: true, value: undefined }) {
      pairs.push(...this.pairs.pairsOf(next.value));
      this.done += 1;
      places.add(this.index.columns.placeOf(next.value));
      for (let at = 0; at < this.pairs.countOf(next.value); at++) places.add(this.index.columns.placeOf(this.pairs.slotAt(next.value, at)));
    }
    return { pairs, places: [...places].map((place) => this.index.near.names[place]!), done: this.done };
  }

  /** Stable groups of the cards taken in, after a refresh. */
  groups(most?: number, limits?: GroupLimits): ProposedGroup[] {
    return groupsOf(this.pairs, most, limits);
  }

  private get index(): MatchIndex {
    return this.pairs.index;
  }
}
