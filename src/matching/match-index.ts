import type { LocalDate } from '../kernel/index.js';
import { CardColumns, MOST_GOALS } from './card-columns.js';
import type { MatchCard } from './matching.rules.js';
import { BEST, MOST_REASONS } from './matching.rules.js';
import type { NearPlaces } from './near-places.js';
import type { Sink } from './near-scan.js';
import { NearScan } from './near-scan.js';

export interface BestCard {
  readonly other: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** All open cards of every place there is, in this process. Answers who suits a card best exactly as `suit` would, comparing it with
 *  every other; a card that is opened, changed, taken down or blocked is put in where it stands. It knows no names and no answers.
 *  PostgreSQL stays the truth: what comes out are ids and scores, and whoever shows a card reads it again. */
export class MatchIndex {
  readonly columns: CardColumns;
  private readonly scan: NearScan;
  private readonly weights: number[] = [];
  private readonly blocks = new Map<string, Set<string>>();
  private readonly top: TopCards;

  /** @param room how many cards to make room for at first; more are always taken. */
  constructor(
    readonly near: NearPlaces,
    today: LocalDate,
    private points: ReadonlyMap<string, number>,
    room = 0,
  ) {
    this.columns = new CardColumns(near, today, Math.ceil(room / 32) + Math.min(room, near.size));
    this.scan = new NearScan(this.columns, (goal) => this.weightOf(goal));
    this.top = new TopCards(this.columns, BEST);
  }

  get size(): number {
    return this.columns.size;
  }

  has(id: string): boolean {
    return this.columns.slotOf(id) !== undefined;
  }

  /** Puts a card in, or in the place of what it was. Answers its slot. */
  put(card: MatchCard): number {
    this.takeDown(card.id);
    return this.columns.add(card);
  }

  /** Puts many in, so that near cards lie near each other. */
  putAll(cards: readonly MatchCard[]): void {
    for (const card of this.ordered(cards)) this.put(card);
  }

  /** Cards district by district, in the order of the map. */
  ordered(cards: readonly MatchCard[]): MatchCard[] {
    return cards
      .map((card) => ({ card, place: this.near.numberOf(card.place) }))
      .sort((a, b) => a.place - b.place)
      .map(({ card }) => card);
  }

  /** Takes a card out; nothing happens when it is not there. Blocks stay, for when it is opened again. */
  takeDown(id: string): void {
    const slot = this.columns.slotOf(id);
    if (slot !== undefined) this.columns.remove(slot);
  }

  /** The two never meet again, whoever said so. */
  block(a: string, b: string): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const)
      this.blocks.set(one, (this.blocks.get(one) ?? new Set()).add(other));
  }

  /** New points of goals, from now on. */
  weigh(points: ReadonlyMap<string, number>): void {
    this.points = points;
    this.weights.length = 0;
  }

  /** How many open cards hold each goal that any card ever held. */
  goalCounts(): Map<string, number> {
    const counts = new Map(this.columns.goalCodes.names.map((name) => [name, 0]));
    for (const slot of this.columns.open())
      for (const goal of this.goalsOf(slot)) counts.set(this.columns.goalCodes.nameOf(goal), counts.get(this.columns.goalCodes.nameOf(goal))! + 1);
    return counts;
  }

  /** The 20 cards that suit this one best, best first, ties by id; none when the card is not open. */
  best(id: string): BestCard[] {
    const slot = this.columns.slotOf(id);
    if (slot === undefined) return [];
    this.top.empty();
    this.tell(slot, this.top);
    return Array.from({ length: this.top.count }, (_, at) => {
      const other = this.top.slots[at]!;
      return { other: this.columns.ids[other]!, score: this.top.scores[at]!, reasons: this.reasons(slot, other) };
    });
  }

  /** Tells of the cards that suit one, with the scores. */
  tell(slot: number, sink: Sink): void {
    this.scan.run(slot, this.blocks.get(this.columns.ids[slot]!), sink);
  }

  /** Why two cards suit each other, in the words of `suit`; they must do so. */
  reasons(a: number, b: number): string[] {
    const c = this.columns;
    const names = c.goalCodes.names;
    let [first, second] = [-1, -1];
    for (let at = a * MOST_GOALS, end = at + c.goalCounts[a]!; at < end; at++) {
      const goal = c.goals[at]!;
      if (!this.holds(b, goal)) continue;
      if (first < 0 || this.leads(goal, first)) {
        second = first;
        first = goal;
      } else if (second < 0 || this.leads(goal, second)) second = goal;
    }
    const facts = [`goal:${names[first]!}`];
    if (second >= 0) facts.push(`goal:${names[second]!}`);
    const helps = (c.fact(a, 'offers') & c.fact(b, 'seeks')) | (c.fact(a, 'seeks') & c.fact(b, 'offers'));
    if (helps !== 0) facts.push(`help:${c.helpCodes.firstOf(helps)!}`);
    if (facts.length < MOST_REASONS) facts.push(`day:${c.dayCodes.firstOf(c.fact(a, 'days') & c.fact(b, 'days'))!}`);
    if (facts.length < MOST_REASONS) facts.push(`miles:${c.near.between(c.placeOf(a), c.placeOf(b))!}`);
    return facts;
  }

  private holds(slot: number, goal: number): boolean {
    const { goals, goalCounts } = this.columns;
    for (let at = slot * MOST_GOALS, end = at + goalCounts[slot]!; at < end; at++) if (goals[at] === goal) return true;
    return false;
  }

  /** Whether a goal is said before another: the weightier first, then by alphabet. */
  private leads(goal: number, other: number): boolean {
    const more = this.weightOf(goal) - this.weightOf(other);
    return more > 0 || (more === 0 && this.columns.goalCodes.names[goal]! < this.columns.goalCodes.names[other]!);
  }

  goalsOf(slot: number): number[] {
    return Array.from(this.columns.goals.subarray(slot * MOST_GOALS, slot * MOST_GOALS + this.columns.goalCounts[slot]!));
  }

  weightOf(goal: number): number {
    return (this.weights[goal] ??= this.points.get(this.columns.goalCodes.nameOf(goal)) ?? 0);
  }
}

/** The best so far of those told of: highest score first, ties by id. */
export class TopCards implements Sink {
  readonly slots: Int32Array;
  readonly scores: Int32Array;
  count = 0;

  constructor(
    private readonly columns: CardColumns,
    private readonly most: number,
  ) {
    this.slots = new Int32Array(most);
    this.scores = new Int32Array(most);
  }

  empty(): void {
    this.count = 0;
  }

  floor(): number {
    return this.count < this.most ? 0 : this.scores[this.most - 1]!;
  }

  take(slot: number, score: number): void {
    const { ids } = this.columns;
    let at = this.count;
    if (at === this.most) {
      const last = at - 1;
      if (score < this.scores[last]! || (score === this.scores[last]! && ids[slot]! > ids[this.slots[last]!]!)) return;
      at = last;
    } else this.count += 1;
    for (; at > 0; at--) {
      const before = this.slots[at - 1]!;
      const points = this.scores[at - 1]!;
      if (points > score || (points === score && ids[before]! < ids[slot]!)) break;
      this.slots[at] = before;
      this.scores[at] = points;
    }
    this.slots[at] = slot;
    this.scores[at] = score;
  }
}
