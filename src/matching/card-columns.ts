import type { LocalDate } from '../kernel/index.js';
import { BitSets, lowestBit } from './bit-sets.js';
import { Codes } from './codes.js';
import type { MatchCard } from './matching.rules.js';
import { CLASHES } from './matching.rules.js';
import type { NearPlaces } from './near-places.js';

/** Goals a card may have, as the form for cards has it. */
export const MOST_GOALS = 8;
const BYTE_CODES = 8;
const MOST_TERMS = 65_535;
const ANY = 'any';
const GROWTH = 1.5;

/** Where in a slot's facts: bits of days, help offered, help sought, needs that can clash, needs those clash with; then the numbers of pace
 *  and group size; then miles. */
export const FACT = { days: 0, offers: 1, seeks: 2, clashes: 3, avoids: 4, pace: 5, size: 6, reach: 7 } as const;
export const FACTS = 8;

/** Open cards in columns. Cards of a district stand together in words of 32, so that a question about a goal, a day or an access need is
 *  asked of 32 cards at once: each has a bit set, one bit a card. A card keeps its slot until it is taken down; a district that is full
 *  gets another word at the end, and nothing else moves. */
export class CardColumns {
  readonly goalCodes = new Codes(MOST_TERMS);
  readonly dayCodes = new Codes(BYTE_CODES);
  readonly helpCodes = new Codes(BYTE_CODES);
  readonly paceCodes = new Codes(256);
  readonly sizeCodes = new Codes(256);
  private readonly clashCodes = new Codes(BYTE_CODES);
  private readonly partnersOf: number[];

  /** By slot; an empty slot has no id. */
  readonly ids: string[] = [];
  goals!: Uint16Array;
  goalCounts!: Uint8Array;
  /** Eight bytes a slot, together, because they are read together: see FACT. */
  facts!: Uint8Array;

  /** Sets of slots by goal, day, clashing need, help offered and help sought; and of slots in use and of adults. */
  readonly goalSets = new BitSets(1);
  readonly daySets = new BitSets(1);
  readonly clashSets = new BitSets(1);
  readonly offerSets = new BitSets(1);
  readonly seekSets = new BitSets(1);
  adults!: Int32Array;
  live!: Int32Array;
  /** The district of each word. */
  wordPlaces!: Uint16Array;
  words = 0;

  /** By district: its words; the furthest that any card here goes, in miles (never lowered, so a bound); and how many are open. */
  readonly wordsOf: number[][];
  readonly furthest: Uint8Array;
  readonly counts: Int32Array;

  private room = 0;
  private readonly slots = new Map<string, number>();

  /** @param room how many words to make room for at first. */
  constructor(
    readonly near: NearPlaces,
    private readonly today: LocalDate,
    room = 64,
  ) {
    this.paceCodes.numberOf(ANY);
    this.sizeCodes.numberOf(ANY);
    for (const code of CLASHES.flat()) this.clashCodes.numberOf(code);
    this.partnersOf = this.clashCodes.names.map((code) => this.clashCodes.bitsOf(CLASHES.flatMap(([x, y]) => (x === code ? [y] : y === code ? [x] : []))));
    this.wordsOf = near.names.map(() => []);
    this.furthest = new Uint8Array(near.size);
    this.counts = new Int32Array(near.size);
    this.makeRoom(Math.max(1, room));
  }

  get size(): number {
    return this.slots.size;
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  placeOf(slot: number): number {
    return this.wordPlaces[slot >>> 5]!;
  }

  fact(slot: number, name: keyof typeof FACT): number {
    return this.facts[slot * FACTS + FACT[name]]!;
  }

  isAdult(slot: number): boolean {
    return ((this.adults[slot >>> 5]! >>> (slot & 31)) & 1) === 1;
  }

  /** Every open slot, district by district. */
  *open(): Generator<number> {
    for (const words of this.wordsOf)
      for (const word of words) for (let left = this.live[word]!; left !== 0; left &= left - 1) yield (word << 5) | lowestBit(left);
  }

  /** Puts a card in that is not there. Throws a RangeError when it has more than eight goals or an unknown district. */
  add(card: MatchCard): number {
    if (card.goals.length > MOST_GOALS) throw new RangeError(`card ${card.id} has ${card.goals.length} goals`);
    const place = this.near.numberOf(card.place);
    const slot = this.freeSlot(place);
    this.slots.set(card.id, slot);
    this.ids[slot] = card.id;
    this.goalCounts[slot] = card.goals.length;
    card.goals.forEach((goal, at) => (this.goals[slot * MOST_GOALS + at] = this.goalCodes.numberOf(goal)));
    const clashes = this.clashCodes.bitsOf(card.needs.filter((need) => this.clashCodes.known(need) !== undefined));
    const facts: Record<keyof typeof FACT, number> = {
      days: this.dayCodes.bitsOf(card.days),
      offers: this.helpCodes.bitsOf(card.offers),
      seeks: this.helpCodes.bitsOf(card.seeks),
      clashes,
      avoids: this.partnersOf.reduce((bits, partners, code) => ((clashes >>> code) & 1 ? bits | partners : bits), 0),
      pace: this.paceCodes.numberOf(card.pace),
      size: this.sizeCodes.numberOf(card.groupSize),
      reach: card.distanceMiles,
    };
    for (const name of Object.keys(FACT) as (keyof typeof FACT)[]) this.facts[slot * FACTS + FACT[name]] = facts[name];
    this.furthest[place] = Math.max(this.furthest[place]!, card.distanceMiles);
    this.counts[place]! += 1;
    this.eachSet(slot, (sets, code) => sets.add(code, slot));
    const [word, bit] = [slot >>> 5, 1 << (slot & 31)];
    this.live[word]! |= bit;
    if (card.adultFrom <= this.today) this.adults[word]! |= bit;
    return slot;
  }

  /** Takes a card out; its slot may be given to the next. */
  remove(slot: number): void {
    this.eachSet(slot, (sets, code) => sets.remove(code, slot));
    const [word, kept] = [slot >>> 5, ~(1 << (slot & 31))];
    this.adults[word]! &= kept;
    this.live[word]! &= kept;
    this.counts[this.wordPlaces[word]!]! -= 1;
    this.slots.delete(this.ids[slot]!);
    this.ids[slot] = '';
  }

  /** The sets that a slot is in, by what its columns say. */
  private eachSet(slot: number, visit: (sets: BitSets, code: number) => void): void {
    for (let at = 0; at < this.goalCounts[slot]!; at++) visit(this.goalSets, this.goals[slot * MOST_GOALS + at]!);
    const bytes: [BitSets, number][] = [
      [this.daySets, this.fact(slot, 'days')],
      [this.offerSets, this.fact(slot, 'offers')],
      [this.seekSets, this.fact(slot, 'seeks')],
      [this.clashSets, this.fact(slot, 'clashes')],
    ];
    for (const [sets, codes] of bytes) for (let left = codes; left !== 0; left &= left - 1) visit(sets, lowestBit(left));
  }

  private freeSlot(place: number): number {
    const words = this.wordsOf[place]!;
    for (let at = words.length - 1; at >= 0; at--) {
      const free = ~this.live[words[at]!]!;
      if (free !== 0) return (words[at]! << 5) | lowestBit(free);
    }
    if (this.words === this.room) this.makeRoom(Math.ceil(this.room * GROWTH) + 1);
    this.wordPlaces[this.words] = place;
    words.push(this.words);
    return this.words++ << 5;
  }

  private makeRoom(room: number): void {
    const slots = room * 32;
    this.room = room;
    for (const sets of [this.goalSets, this.daySets, this.clashSets, this.offerSets, this.seekSets]) sets.grow(room);
    this.adults = grown(this.adults, new Int32Array(room));
    this.live = grown(this.live, new Int32Array(room));
    this.wordPlaces = grown(this.wordPlaces, new Uint16Array(room));
    this.goals = grown(this.goals, new Uint16Array(slots * MOST_GOALS));
    this.goalCounts = grown(this.goalCounts, new Uint8Array(slots));
    this.facts = grown(this.facts, new Uint8Array(slots * FACTS));
  }
}

/** The same column, with more room. */
function grown<T extends Int32Array | Uint16Array | Uint8Array>(old: T | undefined, roomier: T): T {
  if (old) roomier.set(old);
  return roomier;
}
