import type { Pence } from '../kernel/index.js';
import { larger, minus, NO_PENCE, plus, smaller, sumPence } from '../kernel/index.js';

/** Money going from one place to another: a transfer, money set aside or freed, or a line of a statement that shows it left or came. A place
 *  is one share's or line's free money, one reservation, one invoice's debt, one remittance on its way, one payee. */
export interface Movement {
  readonly id: string;
  /** Movements into a place, and those out of it, follow each other in this order. */
  readonly order: string;
  readonly from: string;
  readonly to: string;
  readonly amount: Pence;
}

/** Some pennies of a movement, counted from its first: from-inclusive, until-exclusive. */
export interface Pennies {
  readonly from: Pence;
  readonly until: Pence;
}

/** The same pennies in the movement that brought them to a place and in the one that took them on. */
interface Link {
  readonly into: string;
  readonly out: string;
  readonly intoAt: Pence;
  readonly outAt: Pence;
  readonly amount: Pence;
}

export interface Links {
  readonly movements: ReadonlyMap<string, Movement>;
  /** By the movement that brought the pennies. */
  readonly onward: ReadonlyMap<string, readonly Link[]>;
  /** By the movement that took them on. */
  readonly back: ReadonlyMap<string, readonly Link[]>;
}

/** A penny in an account has no label. Our judgement, November 2026: in one place the money that came first goes first; between places nothing
 *  is guessed, since each movement says where it comes from and where it goes. So every penny has one way, and the sums hold to the penny. */
export function linked(all: readonly Movement[]): Links {
  const ordered = [...all].sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const into = grouped(ordered, (movement) => movement.to);
  const out = grouped(ordered, (movement) => movement.from);
  const links = [...into].flatMap(([place, came]) => firstInFirstOut(came, out.get(place) ?? []));
  return {
    movements: new Map(ordered.map((movement) => [movement.id, movement])),
    onward: grouped(links, (link) => link.into),
    back: grouped(links, (link) => link.out),
  };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function firstInFirstOut(came: readonly Movement[], went: readonly Movement[]): Link[] {
  const links: Link[] = [];
  let [i, o, intoAt, outAt] = [0, 0, NO_PENCE, NO_PENCE];
  while (i < came.length && o < went.length) {
    const [a, b] = [came[i]!, went[o]!];
    const amount = smaller(minus(a.amount, intoAt), minus(b.amount, outAt));
    if (amount > 0n) links.push({ into: a.id, out: b.id, intoAt, outAt, amount });
    intoAt = plus(intoAt, amount);
    outAt = plus(outAt, amount);
    if (intoAt === a.amount) [i, intoAt] = [i + 1, NO_PENCE];
    if (outAt === b.amount) [o, outAt] = [o + 1, NO_PENCE];
  }
  return links;
}

/** One step of a trace: so much of a movement, and what became of it. */
export interface Traced {
  readonly movement: Movement;
  /** How many of its pennies are followed here. */
  readonly amount: Pence;
  readonly next: readonly { readonly id: string; readonly amount: Pence }[];
  /** What has not gone on: amount = the next steps and this, to the penny. */
  readonly stillHere: Pence;
  readonly before: readonly { readonly id: string; readonly amount: Pence }[];
  /** What was in no step before: it came from outside, or from where nobody here may look. */
  readonly fromOutside: Pence;
  readonly isStart: boolean;
}

/** Follows whole movements both ways: back to where their pennies came from, and on to where they are now. A step shows only the pennies that
 *  are followed; steps stand in the order in which they happened. */
export function traced(links: Links, starts: readonly string[]): Traced[] {
  const whole = starts.flatMap((id) => {
    const movement = links.movements.get(id);
    return movement ? [[id, { from: NO_PENCE, until: movement.amount }] as const] : [];
  });
  const pennies = reached(links, whole, reached(links, whole, new Map(), 'back'), 'onward');
  const edges = [...links.onward.values()].flat().flatMap((link) => {
    const amount = countOf(
      (pennies.get(link.into) ?? [])
        .map((part) => within(part, { from: link.intoAt, until: plus(link.intoAt, link.amount) }))
        .filter((part) => part.from < part.until),
    );
    return amount > 0n ? [{ ...link, amount }] : [];
  });
  const [next, before] = [grouped(edges, (edge) => edge.into), grouped(edges, (edge) => edge.out)];
  return inOrder(
    [...pennies].map(([id, parts]): Traced => {
      const amount = countOf(parts);
      const [on, back] = [sums(next.get(id) ?? [], 'out'), sums(before.get(id) ?? [], 'into')];
      const rest = (edgesOf: readonly { amount: Pence }[]): Pence => minus(amount, sumPence(edgesOf.map((edge) => edge.amount)));
      return { movement: links.movements.get(id)!, amount, next: on, stillHere: rest(on), before: back, fromOutside: rest(back), isStart: starts.includes(id) };
    }),
  );
}

function sums(edges: readonly Link[], side: 'into' | 'out'): { id: string; amount: Pence }[] {
  return [...grouped(edges, (edge) => edge[side])].map(([id, list]) => ({ id, amount: sumPence(list.map((edge) => edge.amount)) }));
}

const within = (part: Pennies, other: Pennies): Pennies => ({ from: larger(part.from, other.from), until: smaller(part.until, other.until) });

/** Every penny that can be reached from some, one way, beside those known already. */
function reached(
  links: Links,
  starts: readonly (readonly [string, Pennies])[],
  known: ReadonlyMap<string, readonly Pennies[]>,
  way: 'onward' | 'back',
): Map<string, Pennies[]> {
  const pennies = new Map([...known].map(([id, parts]) => [id, [...parts]]));
  const mine = new Map<string, Pennies[]>();
  const waiting = [...starts];
  for (let each = waiting.shift(); each; each = waiting.shift()) {
    const [id, asked] = each;
    for (const fresh of without(asked, mine.get(id) ?? [])) {
      mine.set(id, [...(mine.get(id) ?? []), fresh]);
      pennies.set(id, [...(pennies.get(id) ?? []), ...without(fresh, pennies.get(id) ?? [])]);
      for (const link of links[way].get(id) ?? []) {
        const [here, there, other] = way === 'onward' ? [link.intoAt, link.outAt, link.out] : [link.outAt, link.intoAt, link.into];
        const { from, until } = within(fresh, { from: here, until: plus(here, link.amount) });
        if (from < until) waiting.push([other, { from: plus(there, minus(from, here)), until: plus(there, minus(until, here)) }]);
      }
    }
  }
  return pennies;
}

/** The pennies that were not met before. */
function without(asked: Pennies, met: readonly Pennies[]): Pennies[] {
  let left: Pennies[] = [asked];
  for (const each of met)
    left = left.flatMap((part) =>
      [
        { from: part.from, until: smaller(part.until, each.from) },
        { from: part.from > each.until ? part.from : each.until, until: part.until },
      ].filter((piece) => piece.from < piece.until),
    );
  return left;
}

const countOf = (parts: readonly Pennies[]): Pence => sumPence(parts.map((part) => minus(part.until, part.from)));

/** Each step after all that came before it in the trace; those on one level by their order. */
function inOrder(steps: readonly Traced[]): Traced[] {
  const byId = new Map(steps.map((step) => [step.movement.id, step]));
  const levels = new Map<string, number>();
  const levelOf = (id: string, seen: ReadonlySet<string>): number => {
    const known = levels.get(id);
    if (known !== undefined) return known;
    const earlier = byId.get(id)!.before.filter((edge) => byId.has(edge.id) && !seen.has(edge.id));
    const level = earlier.length === 0 ? 0 : 1 + Math.max(...earlier.map((edge) => levelOf(edge.id, new Set([...seen, id]))));
    levels.set(id, level);
    return level;
  };
  return [...steps].sort((a, b) => {
    const difference = levelOf(a.movement.id, new Set()) - levelOf(b.movement.id, new Set());
    return difference !== 0 ? difference : a.movement.order < b.movement.order ? -1 : 1;
  });
}
