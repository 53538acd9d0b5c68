/** Invented cards, clustered as people are: a few hundred towns of falling size, one of them far larger than the others, people spread around
 *  each middle, and postcode districts laid where people are. Goals come from 300, a dozen kinds of 25, of which the first few are common. */

const TOWNS = 300;
const DISTRICTS = 2_300;
const KINDS = 12;
const GOALS_OF_KIND = 25;
const [WIDE, HIGH] = [540_000, 640_000]; // metres
const METRES_A_DEGREE = 111_200;
const CELL = 10_000;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Where people live: draws points, the densest town holding a sixth of everybody. */
function country(random) {
  const bell = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const towns = Array.from({ length: TOWNS }, (_, n) => ({
    x: 20_000 + random() * 500_000,
    y: 20_000 + random() * 600_000,
    weight: 1 / (n + 2) ** 0.8,
    spread: 2_500 + 6_000 * random(),
  }));
  towns[0].weight = towns.reduce((sum, town) => sum + town.weight, 0) * 0.17;
  towns[0].spread = 13_000;
  const upTo = [];
  for (const town of towns) upTo.push((upTo.at(-1) ?? 0) + town.weight);
  const inside = (value, most) => Math.min(most - 1, Math.max(0, value));
  return () => {
    const at = random() * upTo.at(-1);
    const town = towns[upTo.findIndex((sum) => sum > at)];
    return [inside(town.x + bell() * town.spread, WIDE), inside(town.y + bell() * town.spread, HIGH)];
  };
}

/** Districts with a middle in degrees, and what finds the nearest to a point. */
function districts(point) {
  const middles = Array.from({ length: DISTRICTS }, point);
  const letters = (n) => String.fromCharCode(65 + (Math.floor(n / 26 / 10) % 26), 65 + (Math.floor(n / 10) % 26));
  const names = middles.map((_, n) => `${letters(n)}${n % 10}`);
  const places = middles.map(([x, y], n) => {
    const lat = 50 + y / METRES_A_DEGREE;
    return { district: names[n], lat, lon: -6.2 + x / (METRES_A_DEGREE * Math.cos((53 * Math.PI) / 180)) };
  });
  const grid = new Map();
  const cellOf = (x, y) => `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
  middles.forEach(([x, y], n) => grid.set(cellOf(x, y), [...(grid.get(cellOf(x, y)) ?? []), n]));
  const nearest = (x, y) => {
    for (let ring = 1; ; ring *= 2) {
      let best = -1;
      let distance = Infinity;
      for (let dx = -ring; dx <= ring; dx++)
        for (let dy = -ring; dy <= ring; dy++)
          for (const n of grid.get(cellOf(x + dx * CELL, y + dy * CELL)) ?? []) {
            const away = (middles[n][0] - x) ** 2 + (middles[n][1] - y) ** 2;
            if (away < distance) [best, distance] = [n, away];
          }
      if (best >= 0 && distance <= (ring * CELL) ** 2) return best;
    }
  };
  return { places, nearest };
}

const DAYS = ['1', '2', '3', '4', '5', '6', '7'];
const HELPS = ['lift', 'skill', 'space', 'time'];
const NEEDS = ['step-free', 'accessible-toilet', 'quiet', 'makes-sounds', 'dim-light', 'assistance-dog', 'no-animals', 'easy-words'];
const id = (n, random) => {
  const hex = (digits) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const time = (0x19a00000000 + n * 977).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
};

/** @returns the map, and a function that makes card `n`; each of them has its own chances, so a card can be made again or anew. */
export function worldOf(seed) {
  const point = country(randomOf(seed));
  const { places, nearest } = districts(point);
  /** `miles` is how far everybody goes; without it each goes as far as they like, from 3 to 15. `turn` makes another card with the same id. */
  const card = (n, { miles, turn = 0 } = {}) => {
    const named = randomOf(seed * 31 + n * 2_654_435_761);
    const cardId = id(n, named);
    const random = turn === 0 ? named : randomOf(seed * 31 + n * 2_654_435_761 + turn * 97);
    const [x, y] = point();
    const some = (list, chance) => list.filter(() => random() < chance);
    const days = some(DAYS, 0.4);
    const any = random();
    return {
      id: cardId,
      place: places[nearest(x, y)].district,
      goals: goalsOf(random),
      days: days.length > 0 ? days : [DAYS[Math.floor(random() * 7)]],
      pace: ['gentle', 'steady', 'lively', 'any'][Math.floor(random() * 4)],
      groupSize: any < 0.1 ? 'one' : any < 0.6 ? 'few' : any < 0.75 ? 'many' : 'any',
      distanceMiles: miles ?? 3 + Math.floor(random() * 13),
      needs: some(NEEDS, 0.06),
      offers: some(HELPS, 0.15),
      seeks: some(HELPS, 0.15),
      adultFrom: random() < 0.03 ? '2028-01-01' : '1990-01-01',
    };
  };
  return { places, card };
}

/** Three to eight goals, of at most three kinds. */
function goalsOf(random) {
  const kinds = [0, 1, 2].map(() => Math.floor(random() * KINDS));
  const most = 3 + Math.floor(random() * 6);
  const goals = new Set();
  for (let tries = 0; goals.size < most && tries < 200; tries++) {
    const kind = kinds[Math.floor(random() * 3)];
    goals.add(`goal-${kind}-${Math.min(GOALS_OF_KIND - 1, Math.floor(GOALS_OF_KIND * random() ** 2))}`);
  }
  return [...goals].sort();
}
