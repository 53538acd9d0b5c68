import { DomainError } from './errors.js';

declare const penceBrand: unique symbol;

/** A sum of money in whole pence sterling. Never a float: £1.50 is `150n`. GBP is said once, here. */
export type Pence = bigint & { readonly [penceBrand]: 'pence' };

export const NO_PENCE = 0n as Pence;
/** The largest sum that JSON carries without loss: 90 million million pounds. */
export const MOST_PENCE = BigInt(Number.MAX_SAFE_INTEGER) as Pence;

/** Pence from a whole number or a PostgreSQL bigint read as text. Refuses fractions, unsafe integers and text that is no whole number
 *  (empty text is none: `BigInt('')` would be nought). */
export function pence(value: bigint | number | string): Pence {
  if (typeof value === 'string' && !/^-?\d+$/.test(value)) throw new RangeError('not a whole number of pence');
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not a whole number of pence: ${value}`);
  return BigInt(value) as Pence;
}

export function sumPence(sums: Iterable<Pence>): Pence {
  let total = 0n;
  for (const sum of sums) total += sum;
  return total as Pence;
}

export const smaller = (a: Pence, b: Pence): Pence => (a < b ? a : b);
export const larger = (a: Pence, b: Pence): Pence => (a > b ? a : b);
export const minus = (a: Pence, b: Pence): Pence => (a - b) as Pence;
export const plus = (a: Pence, b: Pence): Pence => (a + b) as Pence;

/** For JSON: a whole number of pence. Sums beyond 2^53 pence (£90 trillion) are a bug. */
export function penceAsNumber(sum: Pence): number {
  const value = Number(sum);
  if (!Number.isSafeInteger(value)) throw new RangeError(`too large for JSON: ${sum}`);
  return value;
}

/** `£1,234.50`, and `-£1,234.50` below zero. */
export function formatPounds(sum: Pence): string {
  const size = sum < 0n ? -sum : sum;
  const pounds = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sum < 0n ? '-' : ''}£${pounds}.${(size % 100n).toString().padStart(2, '0')}`;
}

/** Decimal text without symbol or commas, as files want it: `1234.50`. */
export function decimalPounds(sum: Pence): string {
  const size = sum < 0n ? -sum : sum;
  return `${sum < 0n ? '-' : ''}${size / 100n}.${(size % 100n).toString().padStart(2, '0')}`;
}

/** What a person typed, in pence. Takes `120`, `120.50`, `120.5`, `£1,200`, with spaces around.
 *  Refuses everything else (`amount-not-understood`), and sums of a trillion pounds and more. */
export function parsePounds(text: string): Pence {
  const plain = text.trim().replace(/^£\s*/, '');
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  const pounds = BigInt(match?.[1]?.replaceAll(',', '') ?? 0);
  if (!match || pounds >= 10n ** 12n) throw new DomainError('invalid', 'amount-not-understood', 'Enter an amount, like 120 or 120.50');
  return (pounds * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))) as Pence;
}

/** Divides `whole` in proportion to `weights`, by largest remainder; the parts always sum to the whole.
 *  Equal remainders go to the earlier part, so callers order parts by join order, then id (design: truth 4).
 *  Refuses a negative whole, a negative weight, and weights that sum to zero unless the whole is zero. */
export function splitInProportion(whole: Pence, weights: readonly bigint[]): Pence[] {
  if (whole < 0n || weights.some((weight) => weight < 0n)) throw new RangeError('a split needs amounts of zero or more');
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0n);
  if (totalWeight === 0n) {
    if (whole !== 0n) throw new RangeError('nothing to split over: all weights are zero');
    return weights.map(() => NO_PENCE);
  }
  const parts = weights.map((weight, index) => ({ index, part: (whole * weight) / totalWeight, left: (whole * weight) % totalWeight }));
  let missing = whole - parts.reduce((sum, each) => sum + each.part, 0n);
  const byRemainder = [...parts].sort((a, b) => (a.left === b.left ? a.index - b.index : a.left > b.left ? -1 : 1));
  for (const each of byRemainder) {
    if (missing === 0n) break;
    each.part += 1n;
    missing -= 1n;
  }
  return parts.map((each) => each.part as Pence);
}

/** `splitInProportion` with equal weights. */
export const splitEqually = (whole: Pence, count: number): Pence[] =>
  splitInProportion(
    whole,
    Array.from({ length: count }, () => 1n),
  );
