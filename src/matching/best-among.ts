import type { MatchIndex } from './match-index.js';
import { TopCards } from './match-index.js';
import { BEST } from './matching.rules.js';
import type { Sink } from './near-scan.js';

/** The best of each card, by slot: what AllPairs keeps of all open cards, and BestAmong works out of some. */
export interface BestOf {
  /** How many the list of a slot has, 20 at most. */
  countOf(slot: number): number;
  slotAt(slot: number, at: number): number;
  scoreAt(slot: number, at: number): number;
  /** Whether another that suits a slot is in its list, by the score they have for each other. */
  isAmongBest(slot: number, other: number, score: number): boolean;
}

/** The 20 best of each of some cards, when only these count: among many who may not be asked, those who may would hardly be in each other's
 *  lists, and no group of them would be found. */
export class BestAmong implements BestOf {
  private readonly numberOf: Int32Array;
  private readonly others: Int32Array;
  private readonly scores: Int32Array;
  private readonly counts: Uint8Array;

  constructor(
    private readonly index: MatchIndex,
    slots: Int32Array,
  ) {
    this.numberOf = new Int32Array(index.columns.words * 32).fill(-1);
    slots.forEach((slot, number) => (this.numberOf[slot] = number));
    this.others = new Int32Array(slots.length * BEST);
    this.scores = new Int32Array(slots.length * BEST);
    this.counts = new Uint8Array(slots.length);
    const top = new TopCards(index.columns, BEST);
    const theirs: Sink = {
      floor: () => top.floor(),
      take: (slot, score) => {
        if (this.numberOf[slot] !== -1) top.take(slot, score);
      },
    };
    slots.forEach((slot, number) => {
      top.empty();
      index.tell(slot, theirs);
      this.counts[number] = top.count;
      this.others.set(top.slots.subarray(0, top.count), number * BEST);
      this.scores.set(top.scores.subarray(0, top.count), number * BEST);
    });
  }

  countOf(slot: number): number {
    return this.counts[this.numberOf[slot]!]!;
  }

  slotAt(slot: number, at: number): number {
    return this.others[this.numberOf[slot]! * BEST + at]!;
  }

  scoreAt(slot: number, at: number): number {
    return this.scores[this.numberOf[slot]! * BEST + at]!;
  }

  isAmongBest(slot: number, other: number, score: number): boolean {
    const count = this.countOf(slot);
    if (count < BEST) return true;
    const last = this.scoreAt(slot, count - 1);
    const { ids } = this.index.columns;
    return score > last || (score === last && ids[other]! <= ids[this.slotAt(slot, count - 1)]!);
  }
}
