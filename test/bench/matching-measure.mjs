/** A country of cards in the engine and in its anchor, and what is measured on the two. Everything here runs in one thread. */
import { randomOf, worldOf } from './matching-world.mjs';
import { GridScan } from './matching-anchor.mjs';

const SEED = 11;
const TODAY = '2026-11-22';
/** Whole miles nearest to 15 km. */
const MILES = 9;

/** The engine as it was built. The parts are taken one by one, since the room's own door opens the whole house. */
export async function engine() {
  const part = (name) => import(`../../dist/src/matching/${name}.js`);
  const [index, near, rules, pairs, groups, checker] = await Promise.all(
    ['match-index', 'near-places', 'matching.rules', 'all-pairs', 'groups', 'groups.checker'].map(part),
  );
  return { ...index, ...near, ...rules, ...pairs, ...groups, ...checker };
}

export const millisecondsOf = (work) => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

export const percentile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];

/** @param miles how far everybody goes; undefined for as far as each likes. */
export function makeCountry(parts, count, miles = MILES) {
  const world = worldOf(SEED);
  const cards = Array.from({ length: count }, (_, n) => world.card(n, { miles }));
  const held = new Map();
  for (const card of cards) for (const goal of card.goals) held.set(goal, (held.get(goal) ?? 0) + 1);
  const weights = new Map([...held].map(([goal, with_]) => [goal, parts.goalWeight(count, with_)]));
  const near = parts.NearPlaces.ofMap(world.places);
  const index = new parts.MatchIndex(near, TODAY, weights, count);
  const built = millisecondsOf(() => index.putAll(cards));
  return { parts, world, cards, weights, near, index, built, pairs: new parts.AllPairs(index), miles };
}

export const anchorOf = ({ cards, near, weights }) => new GridScan(cards, near, weights, TODAY);

/** Asks both for the 20 best of the same cards, in turns; every answer must be the same. Milliseconds of each question. */
export function askBoth({ index, cards }, anchor, questions, seed) {
  const random = randomOf(seed);
  const [ours, theirs, seen] = [[], [], []];
  let same = 0;
  for (let n = 0; n < questions; n++) {
    const { id } = cards[Math.floor(random() * cards.length)];
    const at = anchor.at.get(id);
    let best;
    theirs.push(millisecondsOf(() => anchor.best(at)));
    ours.push(millisecondsOf(() => (best = index.best(id))));
    seen.push(anchor.seen);
    const agrees = best.length === anchor.count && best.every((each, k) => each.other === anchor.ids[anchor.topSlots[k]] && each.score === anchor.topScores[k]);
    if (agrees) same += 1;
  }
  return { ours, theirs, seen, recall: same / questions };
}

/** Of some cards, whether the engine says what `suit` says when it is asked about every other card there is. */
export function recallByRules({ parts, cards, index, near, weights }, some, seed) {
  const random = randomOf(seed);
  const world = { today: TODAY, weights, miles: (a, b) => near.between(near.numberOf(a), near.numberOf(b)) ?? Infinity, isBlocked: () => false };
  let same = 0;
  for (let n = 0; n < some; n++) {
    const card = cards[Math.floor(random() * cards.length)];
    const truth = cards
      .flatMap((other) => {
        const found = parts.suit(card, other, world);
        return found ? [{ other: other.id, ...found }] : [];
      })
      .sort((a, b) => b.score - a.score || (a.other < b.other ? -1 : 1))
      .slice(0, parts.BEST);
    if (JSON.stringify(truth) === JSON.stringify(index.best(card.id))) same += 1;
  }
  return same / some;
}

/** One card in a hundred is written anew: another place, other goals. */
export function changedCards({ world, cards, miles }, turn) {
  return Array.from({ length: Math.round(cards.length / 100) }, (_, n) => world.card((n * 7_919 + turn) % cards.length, { miles, turn }));
}

/** Forms groups and has them looked at by the checker, for so many people. */
export function formGroups({ parts, cards, index, near, weights, pairs }, checked) {
  let groups;
  const ms = millisecondsOf(() => (groups = parts.groupsOf(pairs)));
  const best = new Map();
  const bestOf = (id) => {
    if (!best.has(id))
      best.set(
        id,
        index.best(id).map((each) => each.other),
      );
    return best.get(id);
  };
  const world = { today: TODAY, weights, miles: (a, b) => near.between(near.numberOf(a), near.numberOf(b)) ?? Infinity, isBlocked: () => false };
  const step = Math.max(1, Math.floor(cards.length / checked));
  const people = cards.filter((_, n) => n % step === 0).map((card) => card.id);
  const faults = new parts.GroupChecker(
    { cards, world, bestOf },
    groups.map((group) => group.cards),
  ).faults(people);
  const sizes = groups.reduce((by, group) => by.set(group.cards.length, (by.get(group.cards.length) ?? 0) + 1), new Map());
  const covered = groups.reduce((sum, group) => sum + group.cards.length, 0) / cards.length;
  return {
    ms,
    groups: groups.length,
    leastFit: groups.reduce((least, group) => Math.min(least, group.fit), Infinity),
    sizes,
    covered,
    faults: faults.length,
    checked: people.length,
  };
}
