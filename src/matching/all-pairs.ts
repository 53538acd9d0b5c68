import type { BestOf } from './best-among.js';
import { lowestBit } from './bit-sets.js';
import type { MatchIndex } from './match-index.js';
import { TopCards } from './match-index.js';
import type { MatchCard, Pair } from './matching.rules.js';
import { BEST } from './matching.rules.js';

/** As many are kept of each card's best as let the 20 best outlive that some of them go: only then is the list made anew. */
const KEPT = 28;

/** What becomes of cards: opened or changed, taken down, blocked. */
export interface Changes {
  readonly put?: readonly MatchCard[];
  readonly takenDown?: readonly string[];
  readonly blocked?: readonly (readonly [string, string])[];
}

/** The best of every open card, kept beside the index. Of each card a beginning of the list of all that suit it is kept, best first:
 *  the whole list when it is short, else at least 20 and at most 28. A changed card goes out of every list in one pass over them, and is put into
 *  the lists of those it suits while its own is made, since a score is the same from both sides; so a few changes cost little. */
export class AllPairs implements BestOf {
  private slots = new Int32Array(0);
  private scores = new Int32Array(0);
  private counts = new Uint8Array(0);
  /** Whether everybody who suits is in the list. */
  private whole = new Uint8Array(0);
  /** For each word no more than the least of these of its slots. */
  private floors = new Int32Array(0);
  /** Of each slot, the score below which nobody comes into its list or goes out of it. */
  private lasts = new Int32Array(0);
  private readonly top: TopCards;
  /** Slots whose list has grown too short. */
  private readonly short = new Set<number>();

  constructor(readonly index: MatchIndex) {
    this.top = new TopCards(index.columns, KEPT);
  }

  /** Works out every list. Hears how many are done, now and then. */
  refresh(progress: (done: number) => void = () => undefined): void {
    this.makeRoom();
    this.short.clear();
    let done = 0;
    for (const slot of this.index.columns.open()) {
      this.fill(slot);
      if ((done += 1) % 1_000 === 0) progress(done);
    }
    this.floors.fill(0);
    for (let word = 0; word < this.index.columns.words; word++) this.floors[word] = this.floorOf(word);
  }

  /** Puts changes into the index and into the lists they touch. The points of goals are those of the last refresh. */
  change({ put = [], takenDown = [], blocked = [] }: Changes): void {
    const { index } = this;
    this.drop([...takenDown, ...put.map((card) => card.id)]);
    for (const [a, b] of blocked) {
      index.block(a, b);
      const [one, other] = [index.columns.slotOf(a), index.columns.slotOf(b)];
      if (one === undefined || other === undefined) continue;
      this.leave(one, other);
      this.leave(other, one);
    }
    for (const card of index.ordered(put)) {
      const slot = index.put(card);
      this.makeRoom();
      this.empty(slot);
      this.meet(slot);
    }
    for (const slot of this.short) {
      this.fill(slot);
      this.floors[slot >>> 5] = Math.min(this.floors[slot >>> 5]!, this.lasts[slot]!);
    }
    this.short.clear();
  }

  /** Takes cards out of the index, and then out of all lists in one pass. */
  private drop(ids: readonly string[]): void {
    const { columns } = this.index;
    const gone = new Int32Array(columns.words);
    for (const id of ids) {
      const slot = columns.slotOf(id);
      if (slot === undefined) continue;
      gone[slot >>> 5]! |= 1 << (slot & 31);
      this.index.takeDown(id);
    }
    if (!gone.some((bits) => bits !== 0)) return;
    for (let word = 0; word < columns.words; word++)
      for (let left = columns.live[word]!; left !== 0; left &= left - 1) this.forget((word << 5) | lowestBit(left), gone);
  }

  /** Of a slot's list only what is not gone stays. */
  private forget(slot: number, gone: Int32Array): void {
    const from = slot * KEPT;
    const count = this.counts[slot]!;
    let kept = 0;
    for (let at = from; at < from + count; at++) {
      const other = this.slots[at]!;
      if ((gone[other >>> 5]! >>> (other & 31)) & 1) continue;
      this.slots[from + kept] = other;
      this.scores[from + kept] = this.scores[at]!;
      kept += 1;
    }
    if (kept < count) this.shorten(slot, kept);
  }

  /** Makes the list of a slot new to the index, and puts the slot into the lists of those it suits. */
  private meet(slot: number): void {
    const word = slot >>> 5;
    this.top.empty();
    this.index.tell(slot, {
      floor: (there) => Math.min(this.top.floor(), this.floors[there]!),
      take: (other, score) => {
        this.top.take(other, score);
        if (score >= this.lasts[other]!) this.enter(other, slot, score);
      },
    });
    this.keep(slot);
    this.floors[word] = this.floorOf(word);
  }

  private empty(slot: number): void {
    this.counts[slot] = 0;
    this.whole[slot] = 0;
    this.lasts[slot] = 0;
  }

  /** The list of a slot, made anew from the index. */
  private fill(slot: number): void {
    this.top.empty();
    this.index.tell(slot, this.top);
    this.keep(slot);
  }

  /** Keeps the list just found. */
  private keep(slot: number): void {
    this.counts[slot] = this.top.count;
    this.whole[slot] = this.top.count < KEPT ? 1 : 0;
    this.slots.set(this.top.slots.subarray(0, this.top.count), slot * KEPT);
    this.scores.set(this.top.scores.subarray(0, this.top.count), slot * KEPT);
    this.setLast(slot);
  }

  /** Another comes into a slot's list, when it belongs there. */
  private enter(slot: number, other: number, score: number): void {
    const { ids } = this.index.columns;
    const from = slot * KEPT;
    const count = this.counts[slot]!;
    let at = count;
    for (; at > 0; at--) {
      const before = this.scores[from + at - 1]!;
      if (before > score || (before === score && ids[this.slots[from + at - 1]!]! < ids[other]!)) break;
    }
    if (at === count && this.whole[slot] === 0) return;
    if (count === KEPT) this.whole[slot] = 0;
    if (at === KEPT) return;
    const kept = Math.min(count, KEPT - 1);
    this.slots.copyWithin(from + at + 1, from + at, from + kept);
    this.scores.copyWithin(from + at + 1, from + at, from + kept);
    this.slots[from + at] = other;
    this.scores[from + at] = score;
    this.counts[slot] = kept + 1;
    this.setLast(slot);
  }

  private leave(slot: number, other: number): void {
    const from = slot * KEPT;
    const count = this.counts[slot]!;
    let at = 0;
    while (at < count && this.slots[from + at] !== other) at += 1;
    if (at === count) return;
    this.slots.copyWithin(from + at, from + at + 1, from + count);
    this.scores.copyWithin(from + at, from + at + 1, from + count);
    this.shorten(slot, count - 1);
  }

  private shorten(slot: number, count: number): void {
    this.counts[slot] = count;
    this.setLast(slot);
    if (this.whole[slot] === 0 && count < BEST) this.short.add(slot);
  }

  private setLast(slot: number): void {
    this.lasts[slot] = this.whole[slot] === 1 || this.counts[slot] === 0 ? 0 : this.scores[slot * KEPT + this.counts[slot]! - 1]!;
  }

  private floorOf(word: number): number {
    let floor = Infinity;
    for (let left = this.index.columns.live[word]!; left !== 0; left &= left - 1) floor = Math.min(floor, this.lasts[(word << 5) | lowestBit(left)]!);
    return floor === Infinity ? 0 : floor;
  }

  /** How many of a slot's list are its 20 best. */
  countOf(slot: number): number {
    return Math.min(BEST, this.counts[slot]!);
  }

  slotAt(slot: number, at: number): number {
    return this.slots[slot * KEPT + at]!;
  }

  scoreAt(slot: number, at: number): number {
    return this.scores[slot * KEPT + at]!;
  }

  /** Whether a card would be among the 20 best of a slot, by its score for it. */
  isAmongBest(slot: number, other: number, score: number): boolean {
    if (this.counts[slot]! < BEST) return true;
    const last = slot * KEPT + BEST - 1;
    const { ids } = this.index.columns;
    return score > this.scores[last]! || (score === this.scores[last]! && ids[other]! <= ids[this.slots[last]!]!);
  }

  /** The pairs said by a slot: those of its list, but for such as the other's list says already. Said of all slots, every pair that is
   *  among the 20 best of either is said once. */
  pairsOf(slot: number): Pair[] {
    const { ids } = this.index.columns;
    const pairs: Pair[] = [];
    for (let at = 0; at < this.countOf(slot); at++) {
      const other = this.slotAt(slot, at);
      const score = this.scoreAt(slot, at);
      const isFirst = ids[slot]! < ids[other]!;
      // The pair is said by the lower id when it is in both lists.
      if (!isFirst && this.isAmongBest(other, slot, score)) continue;
      pairs.push({ a: isFirst ? ids[slot]! : ids[other]!, b: isFirst ? ids[other]! : ids[slot]!, score, reasons: this.index.reasons(slot, other) });
    }
    return pairs;
  }

  /** Every pair, district by district. */
  *pairs(): Generator<Pair> {
    for (const slot of this.index.columns.open()) yield* this.pairsOf(slot);
  }

  private makeRoom(): void {
    const room = this.index.columns.wordPlaces.length;
    if (this.floors.length === room) return;
    const wider = <T extends Int32Array | Uint8Array>(old: T, roomier: T): T => {
      roomier.set(old);
      return roomier;
    };
    this.slots = wider(this.slots, new Int32Array(room * 32 * KEPT));
    this.scores = wider(this.scores, new Int32Array(room * 32 * KEPT));
    this.counts = wider(this.counts, new Uint8Array(room * 32));
    this.whole = wider(this.whole, new Uint8Array(room * 32));
    this.lasts = wider(this.lasts, new Int32Array(room * 32));
    this.floors = wider(this.floors, new Int32Array(room));
  }
}
