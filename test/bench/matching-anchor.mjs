/** The anchor of T7 and T8: an exact scan of the grid. Cards lie in columns by district; every card of every district in range is compared,
 *  with the goals of the asker spread out as weights. It is as quick as a plain scan can be made: typed arrays, no bounds, no bit sets. */

const [ANY, K] = [0, 20];
const PACES = ['any', 'gentle', 'steady', 'lively'];
const SIZES = ['any', 'one', 'few', 'many'];
const HELPS = ['lift', 'skill', 'space', 'time'];
const CLASHING = ['assistance-dog', 'no-animals', 'quiet', 'makes-sounds', 'bright-light', 'dim-light'];
const bitsOf = (codes, names) => codes.reduce((bits, code) => (names.includes(code) ? bits | (1 << names.indexOf(code)) : bits), 0);
const countBits = (bits) => bits.toString(2).replaceAll('0', '').length;
const DAY_POINTS = Int32Array.from({ length: 128 }, (_, bits) => 5 * Math.min(3, countBits(bits)));
const HELP_POINTS = Int32Array.from({ length: 16 }, (_, bits) => 15 * countBits(bits));

export class GridScan {
  /** @param weights points of each goal by name; `near` the places of the engine, for the same miles. */
  constructor(cards, near, weights, today) {
    this.near = near;
    const sorted = cards.map((card) => ({ card, place: near.numberOf(card.place) })).sort((a, b) => a.place - b.place);
    const n = sorted.length;
    this.ids = sorted.map(({ card }) => card.id);
    this.at = new Map(this.ids.map((id, at) => [id, at]));
    this.place = Uint16Array.from(sorted, ({ place }) => place);
    this.starts = new Int32Array(near.size + 1);
    for (const { place } of sorted) this.starts[place + 1] += 1;
    for (let p = 0; p < near.size; p++) this.starts[p + 1] += this.starts[p];
    const names = [...weights.keys()];
    const numbers = new Map(names.map((name, number) => [name, number]));
    this.weightOf = Int32Array.from(names, (name) => weights.get(name));
    this.offsets = new Int32Array(n + 1);
    sorted.forEach(({ card }, at) => (this.offsets[at + 1] = this.offsets[at] + card.goals.length));
    this.goals = Uint16Array.from(sorted.flatMap(({ card }) => card.goals.map((goal) => numbers.get(goal))));
    const column = (make) => Uint8Array.from(sorted, ({ card }) => make(card));
    this.days = column((card) => bitsOf(card.days, ['1', '2', '3', '4', '5', '6', '7']));
    this.offers = column((card) => bitsOf(card.offers, HELPS));
    this.seeks = column((card) => bitsOf(card.seeks, HELPS));
    this.needs = column((card) => bitsOf(card.needs, CLASHING));
    this.avoids = column((card) => CLASHING.reduce((bits, code, at) => (card.needs.includes(code) ? bits | (1 << (at ^ 1)) : bits), 0));
    this.paces = column((card) => PACES.indexOf(card.pace));
    this.sizes = column((card) => SIZES.indexOf(card.groupSize));
    this.reaches = column((card) => card.distanceMiles);
    this.adults = column((card) => (card.adultFrom <= today ? 1 : 0));
    this.spread = new Int32Array(names.length).fill(-1);
    this.topSlots = new Int32Array(K);
    this.topScores = new Int32Array(K);
  }

  /** The 20 best of the card at a place of the columns; answers how many there are. */
  best(q) {
    const { goals, offsets, spread, near, starts, days, offers, seeks, needs, avoids, paces, sizes, reaches, adults, topScores } = this;
    for (let j = offsets[q]; j < offsets[q + 1]; j++) spread[goals[j]] = this.weightOf[goals[j]];
    this.count = 0;
    this.seen = 0;
    const [day, offer, seek, avoid, pace, size, reach, adult] = [days[q], offers[q], seeks[q], avoids[q], paces[q], sizes[q], reaches[q], adults[q]];
    for (let at = near.starts[this.place[q]]; at < near.starts[this.place[q] + 1] && near.miles[at] <= reach; at++) {
      const miles = near.miles[at];
      const nearness = Math.max(0, 10 - miles);
      const there = near.others[at];
      this.seen += starts[there + 1] - starts[there];
      for (let i = starts[there], end = starts[there + 1]; i < end; i++) {
        if (reaches[i] < miles || (day & days[i]) === 0 || adults[i] !== adult || (avoid & needs[i]) !== 0 || i === q) continue;
        let common = 0;
        let score = 0;
        for (let j = offsets[i], last = offsets[i + 1]; j < last; j++) {
          const weight = spread[goals[j]];
          if (weight >= 0) {
            common += 1;
            score += weight;
          }
        }
        if (common === 0) continue;
        score +=
          nearness +
          DAY_POINTS[day & days[i]] +
          HELP_POINTS[offer & seeks[i]] +
          HELP_POINTS[seek & offers[i]] +
          (pace === paces[i] ? 10 : pace === ANY || paces[i] === ANY ? 5 : 0) +
          (size === sizes[i] || size === ANY || sizes[i] === ANY ? 5 : 0);
        if (this.count < K || score >= topScores[K - 1]) this.put(i, score);
      }
    }
    for (let j = offsets[q]; j < offsets[q + 1]; j++) spread[goals[j]] = -1;
    return this.count;
  }

  put(slot, score) {
    const { topSlots, topScores, ids } = this;
    let at = this.count;
    if (at === K) {
      if (score === topScores[K - 1] && ids[slot] > ids[topSlots[K - 1]]) return;
      at -= 1;
    } else this.count += 1;
    for (; at > 0 && (topScores[at - 1] < score || (topScores[at - 1] === score && ids[topSlots[at - 1]] > ids[slot])); at--) {
      topScores[at] = topScores[at - 1];
      topSlots[at] = topSlots[at - 1];
    }
    topScores[at] = score;
    topSlots[at] = slot;
  }
}
