/** Chance that can be repeated: the same seed gives the same numbers on every machine. Not for secrets. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number;
  /** A whole number from 0 to `count` - 1. Refuses a count below 1. */
  int(count: number): number;
  /** One of the list; each as likely as the others. Refuses an empty list. */
  pick<T>(list: readonly T[]): T;
  /** True with a chance of `probability` (0 to 1). */
  chance(probability: number): boolean;
  /** A log-normal draw: half fall below `median`; `sigma` 0 gives the median itself, 1 a very long tail. */
  logNormal(median: number, sigma: number): number;
  /** `count` different ones of the list, in random order; all of it when it is shorter. */
  some<T>(list: readonly T[], count: number): T[];
  /** A chance of its own, named: what is drawn from it changes nothing here. */
  branch(name: string): Random;
}

/** Chance from a seed: a number (`--seed 1`) or a name. */
export function randomFrom(seed: number | string): Random {
  const state = spread(String(seed));
  const next = (): number => sfc32(state) / 2 ** 32;
  const int = (count: number): number => {
    if (!Number.isInteger(count) || count < 1) throw new RangeError(`cannot choose among ${count}`);
    return Math.floor(next() * count);
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    int,
    pick: (list) => list[int(list.length)]!,
    chance: (probability) => next() < probability,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    some: (list, count) => {
      const left = [...list];
      const chosen: (typeof left)[number][] = [];
      while (chosen.length < count && left.length > 0) chosen.push(left.splice(int(left.length), 1)[0]!);
      return chosen;
    },
    branch: (name) => randomFrom(`${seed}/${name}`),
  };
}

/** Four words of state from text (the xmur3 hash), stirred so that seeds 1 and 2 have nothing in common. */
function spread(text: string): Uint32Array {
  let hash = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 3432918353);
    hash = (hash << 13) | (hash >>> 19);
  }
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507);
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
    hash ^= hash >>> 16;
    state[i] = hash;
  }
  for (let i = 0; i < 12; i++) sfc32(state);
  return state;
}

/** Chris Doty-Humphrey's small fast counting generator, 32 bits: passes the usual statistical batteries. */
function sfc32(state: Uint32Array): number {
  const [a, b, c, counter] = state as unknown as [number, number, number, number];
  const drawn = (a + b + counter) >>> 0;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + drawn;
  state[3] = counter + 1;
  return drawn;
}
