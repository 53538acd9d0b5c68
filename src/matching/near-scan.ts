import type { BitSets } from './bit-sets.js';
import { lowestBit } from './bit-sets.js';
import type { CardColumns } from './card-columns.js';
import { FACT, FACTS, MOST_GOALS } from './card-columns.js';
import { countBits } from './codes.js';
import { POINTS } from './matching.rules.js';

/** Who is told of cards that suit, and how good a score must be to be of use. */
export interface Sink {
  /** The lowest score that is of any use for the cards of a word; may rise while a scan goes on, never fall. */
  floor(word: number): number;
  take(slot: number, score: number): void;
}

const ANY = 0;
const DAY_POINTS = Int32Array.from({ length: 256 }, (_, days) => POINTS.day * Math.min(countBits(days), POINTS.mostDays));
const HELP_POINTS = Int32Array.from({ length: 256 }, (_, helps) => POINTS.help * countBits(helps));

/** Finds the cards that suit one card, with the scores of `suit`, by asking bit sets about 32 cards at a time.
 *
 *  A score is goals + help + rest. What help and rest can be at most is known before a card is looked at (from the asker's own helps and
 *  days and from the distance of the district), so a floor on the score is a floor on the weight of goals in common; and that says how
 *  many goals a card must share at least, and that it must share one of the weightiest few. Cards that cannot do so are never looked at;
 *  leaving them out loses nothing, since the bounds are true of every card. */
export class NearScan {
  /** Where the sets of the asker's goals begin, weightiest first, and of the days and helps that meet its own. */
  private readonly goalStarts = new Int32Array(MOST_GOALS);
  private readonly dayStarts = new Int32Array(8);
  private readonly seekStarts = new Int32Array(8);
  private readonly offerStarts = new Int32Array(8);
  private readonly clashStarts = new Int32Array(8);
  private readonly weights = new Int32Array(MOST_GOALS);
  /** Weight of the first so many goals. */
  private readonly upTo = new Int32Array(MOST_GOALS + 1);
  /** Weight of each set of the asker's goals. */
  private readonly sums = new Int32Array(1 << MOST_GOALS);

  constructor(
    private readonly columns: CardColumns,
    private readonly weightOf: (goal: number) => number,
  ) {}

  /** Tells the sink of every card that suits this one with at least the sink's floor, and perhaps of some below it. */
  run(slot: number, blocked: ReadonlySet<string> | undefined, sink: Sink): void {
    const c = this.columns;
    const { goalStarts, dayStarts, seekStarts, offerStarts, clashStarts, sums, upTo } = this;
    const { starts, others, miles: distances } = c.near;
    const { adults, facts, wordsOf, ids } = c;
    const [goalWords, dayWords, seekWords, offerWords, clashWords] = [
      c.goalSets.words,
      c.daySets.words,
      c.seekSets.words,
      c.offerSets.words,
      c.clashSets.words,
    ];
    const [days, offers, seeks] = [c.fact(slot, 'days'), c.fact(slot, 'offers'), c.fact(slot, 'seeks')];
    const [reach, pace, size, here] = [c.fact(slot, 'reach'), c.fact(slot, 'pace'), c.fact(slot, 'size'), c.placeOf(slot)];
    const otherAge = c.isAdult(slot) ? 0 : -1;
    const goals = this.loadGoals(slot);
    const dayCount = load(c.daySets, days, dayStarts);
    const seekCount = load(c.seekSets, offers, seekStarts);
    const offerCount = load(c.offerSets, seeks, offerStarts);
    const clashCount = load(c.clashSets, c.fact(slot, 'avoids'), clashStarts);
    const most = DAY_POINTS[days]! + POINTS.samePace + POINTS.sameSize;
    const mostHelp = HELP_POINTS[offers]! + HELP_POINTS[seeks]!;

    for (let near = starts[here]!; near < starts[here + 1]! && distances[near]! <= reach; near++) {
      const there = others[near]!;
      const miles = distances[near]!;
      if (c.counts[there] === 0 || c.furthest[there]! < miles) continue;
      const nearness = Math.max(0, POINTS.nearest - miles);
      const rest = most + nearness;
      const words = wordsOf[there]!;
      let floor = -1;
      let least = 1; // how many goals must be shared by a card without help
      let leastHelped = 1; // and by one with
      let heads = goals; // one of the weightiest so many must be shared
      for (let at = 0; at < words.length; at++) {
        const word = words[at]!;
        const asked = sink.floor(word);
        if (asked !== floor) {
          floor = asked;
          least = leastFor(upTo, goals, floor - rest);
          leastHelped = leastFor(upTo, goals, floor - rest - mostHelp);
          heads = headsFor(upTo, goals, floor - rest - mostHelp);
        }
        if (leastHelped > goals) continue;
        let some = 0;
        for (let j = 0; j < heads; j++) some |= goalWords[goalStarts[j]! + word]!;
        if (some === 0) continue;
        if (least > 1) {
          let one = 0;
          let two = 0;
          let three = 0;
          let four = 0;
          for (let j = 0; j < goals; j++) {
            const has = goalWords[goalStarts[j]! + word]!;
            four |= three & has;
            three |= two & has;
            two |= one & has;
            one |= has;
          }
          let fit = least > goals ? 0 : least === 2 ? two : least === 3 ? three : four;
          if (leastHelped < least) {
            let helped = 0;
            for (let j = 0; j < seekCount; j++) helped |= seekWords[seekStarts[j]! + word]!;
            for (let j = 0; j < offerCount; j++) helped |= offerWords[offerStarts[j]! + word]!;
            fit |= helped & (leastHelped === 1 ? one : leastHelped === 2 ? two : leastHelped === 3 ? three : four);
          }
          some &= fit;
          if (some === 0) continue;
        }
        let meet = 0;
        for (let j = 0; j < dayCount; j++) meet |= dayWords[dayStarts[j]! + word]!;
        some &= meet & (adults[word]! ^ otherAge);
        for (let j = 0; j < clashCount; j++) some &= ~clashWords[clashStarts[j]! + word]!;

        for (let left = some; left !== 0; left &= left - 1) {
          const bit = lowestBit(left);
          const other = (word << 5) | bit;
          let shared = 0;
          for (let j = 0; j < goals; j++) shared |= ((goalWords[goalStarts[j]! + word]! >>> bit) & 1) << j;
          const theirs = other * FACTS;
          const fixed = sums[shared]! + nearness + HELP_POINTS[offers & facts[theirs + FACT.seeks]!]! + HELP_POINTS[seeks & facts[theirs + FACT.offers]!]!;
          if (fixed + most < floor || facts[theirs + FACT.reach]! < miles || other === slot) continue;
          const theirPace = facts[theirs + FACT.pace]!;
          const theirSize = facts[theirs + FACT.size]!;
          const score =
            fixed +
            DAY_POINTS[days & facts[theirs + FACT.days]!]! +
            (pace === theirPace ? POINTS.samePace : pace === ANY || theirPace === ANY ? POINTS.anyPace : 0) +
            (size === theirSize || size === ANY || theirSize === ANY ? POINTS.sameSize : 0);
          if (score >= floor && !blocked?.has(ids[other]!)) sink.take(other, score);
        }
      }
    }
  }

  /** The asker's goals, weightiest first, and the weight of every set of them. Answers how many there are. */
  private loadGoals(slot: number): number {
    const { columns: c, weights, goalStarts, upTo, sums } = this;
    const goals = c.goalCounts[slot]!;
    for (let at = 0; at < goals; at++) {
      const goal = c.goals[slot * MOST_GOALS + at]!;
      const weight = this.weightOf(goal);
      let to = at;
      for (; to > 0 && weights[to - 1]! < weight; to--) {
        weights[to] = weights[to - 1]!;
        goalStarts[to] = goalStarts[to - 1]!;
      }
      weights[to] = weight;
      goalStarts[to] = c.goalSets.startOf(goal)!;
    }
    for (let at = 0; at < goals; at++) {
      upTo[at + 1] = upTo[at]! + weights[at]!;
      for (let set = 0; set < 1 << at; set++) sums[(1 << at) | set] = sums[set]! + weights[at]!;
    }
    return goals;
  }
}

/** The fewest goals whose weight can reach what is needed; one more than there are when all together cannot. */
function leastFor(upTo: Int32Array, goals: number, needed: number): number {
  let least = 1;
  while (least <= goals && upTo[least]! < needed) least += 1;
  return least;
}

/** How many of the weightiest goals there are such that the others together cannot reach what is needed. */
function headsFor(upTo: Int32Array, goals: number, needed: number): number {
  let heads = 1;
  while (heads < goals && upTo[goals]! - upTo[heads]! >= needed) heads += 1;
  return heads;
}

/** Where the sets of some codes begin; codes that nobody has are left out. Answers how many there are. */
function load(sets: BitSets, codes: number, into: Int32Array): number {
  let count = 0;
  for (let left = codes; left !== 0; left &= left - 1) {
    const start = sets.startOf(lowestBit(left));
    if (start !== undefined) into[count++] = start;
  }
  return count;
}
