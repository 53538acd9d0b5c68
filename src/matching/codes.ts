import { lowestBit } from './bit-sets.js';

/** Gives each code (a goal, a day, a kind of help) a small number, in the order in which codes are first seen. */
export class Codes {
  private readonly numbers = new Map<string, number>();
  readonly names: string[] = [];

  /** `most` is how many codes there is room for where they are kept. */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.names.length;
  }

  /** The number of a code, a new one if it was never seen. Throws a RangeError when there is no room for another. */
  numberOf(code: string): number {
    const known = this.numbers.get(code);
    if (known !== undefined) return known;
    if (this.names.length === this.most) throw new RangeError(`there is no room for another code than ${this.names.length}: ${code}`);
    this.numbers.set(code, this.names.length);
    return this.names.push(code) - 1;
  }

  known(code: string): number | undefined {
    return this.numbers.get(code);
  }

  nameOf(number: number): string {
    return this.names[number]!;
  }

  /** Codes as the bits of one number; for at most 31 codes. */
  bitsOf(codes: readonly string[]): number {
    let bits = 0;
    for (const code of codes) bits |= 1 << this.numberOf(code);
    return bits;
  }

  /** The first by alphabet of the codes that are set; undefined when none is. */
  firstOf(bits: number): string | undefined {
    let first: string | undefined;
    for (let left = bits; left !== 0; left &= left - 1) {
      const name = this.names[lowestBit(left)]!;
      if (first === undefined || name < first) first = name;
    }
    return first;
  }
}

/** How many bits of a small number are set. */
export function countBits(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}
