import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from './errors.js';
import {
  NO_PENCE,
  decimalPounds,
  formatPounds,
  larger,
  minus,
  parsePounds,
  pence,
  penceAsNumber,
  plus,
  smaller,
  splitEqually,
  splitInProportion,
  sumPence,
} from './pence.js';

const sums = fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }).map((value) => pence(value));
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 }).filter((list) => list.some((weight) => weight > 0n));

describe('pence', () => {
  it('takes whole numbers, and bigints that PostgreSQL wrote as text', () => {
    expect([pence(150), pence(150n), pence('150'), pence('-7'), pence(-0)]).toEqual([150n, 150n, 150n, -7n, 0n]);
  });

  it.each([1.5, Number.NaN, 2 ** 53, '', ' 5', '1.5', '0x10', '1e3', 'ten'])('refuses %p', (value) => {
    expect(() => pence(value)).toThrow(RangeError);
  });

  it('adds, takes away and compares', () => {
    const [a, b] = [pence(3), pence(5)];
    expect([plus(a, b), minus(a, b), smaller(a, b), larger(a, b), sumPence([a, b, b]), sumPence([])]).toEqual([8n, -2n, 3n, 5n, 13n, NO_PENCE]);
  });

  it('becomes a number for JSON only where a number holds it', () => {
    expect(penceAsNumber(pence(2n ** 53n - 1n))).toBe(2 ** 53 - 1);
    expect(() => penceAsNumber(pence(2n ** 53n))).toThrow(RangeError);
  });
});

describe('writing', () => {
  it.each([
    [0n, '£0.00', '0.00'],
    [5n, '£0.05', '0.05'],
    [-5n, '-£0.05', '-0.05'],
    [123450n, '£1,234.50', '1234.50'],
    [-100000000n, '-£1,000,000.00', '-1000000.00'],
  ])('writes %p as %s', (sum, shown, decimal) => {
    expect(formatPounds(pence(sum))).toBe(shown);
    expect(decimalPounds(pence(sum))).toBe(decimal);
  });
});

describe('reading what a person typed', () => {
  it.each([
    ['120', 12000n],
    ['120.50', 12050n],
    ['120.5', 12050n],
    [' £1,200 ', 120000n],
    ['£ 3', 300n],
    ['0', 0n],
    ['007', 700n],
    ['999,999,999,999.99', 99_999_999_999_999n],
  ])('reads %p', (text, expected) => {
    expect(parsePounds(text)).toBe(expected);
  });

  it.each(['', '£', '-5', '1.234', '1,23', '1,2345', '.5', '5.', '1e3', '12p', '£-5', '5 5', '１２', '1000000000000', '1,000,000,000,000'])(
    'refuses %p',
    (text) => {
      expect(() => parsePounds(text)).toThrow(DomainError);
    },
  );

  it('reads back whatever was written', () => {
    fc.assert(fc.property(sums, (sum) => parsePounds(formatPounds(sum)) === sum && parsePounds(decimalPounds(sum)) === sum));
  });
});

describe('dividing', () => {
  it('gives odd pennies to the largest remainders, and of equals to the earlier', () => {
    expect(splitEqually(pence(1000), 3)).toEqual([334n, 333n, 333n]);
    expect(splitInProportion(pence(100), [1n, 2n, 4n])).toEqual([14n, 29n, 57n]);
    expect(splitInProportion(pence(1), [1n, 1n])).toEqual([1n, 0n]);
  });

  it('parts sum to the whole, and none is a penny or more from its exact due', () => {
    fc.assert(
      fc.property(sums, weights, (whole, list) => {
        const parts = splitInProportion(whole, list);
        const total = list.reduce((sum, weight) => sum + weight, 0n);
        expect(sumPence(parts)).toBe(whole);
        parts.forEach((part, index) => {
          const apart = part * total - whole * list[index]!;
          expect(apart < total && apart > -total).toBe(true);
        });
      }),
    );
  });

  it('gives nothing for no weight, and never more for less weight', () => {
    fc.assert(
      fc.property(sums, weights, (whole, list) => {
        const parts = splitInProportion(whole, list);
        return list.every((weight, i) => (weight > 0n || parts[i] === 0n) && list.every((other, j) => weight <= other || parts[i]! >= parts[j]!));
      }),
    );
  });

  it('divides nothing over nobody, and refuses what cannot be divided', () => {
    expect(splitInProportion(NO_PENCE, [0n, 0n])).toEqual([0n, 0n]);
    expect(splitEqually(NO_PENCE, 0)).toEqual([]);
    for (const [whole, list] of [
      [1n, []],
      [1n, [0n]],
      [-1n, [1n]],
      [1n, [2n, -1n]],
    ] as const)
      expect(() => splitInProportion(pence(whole), list)).toThrow(RangeError);
  });
});
