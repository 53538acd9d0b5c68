import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Id, Pence } from '../kernel/index.js';
import { pence, penceAsNumber, sumPence } from '../kernel/index.js';
import { accountOf, homeOf, splitRefund } from './refund.rules.js';
import type { RefundablePart } from './refund.rules.js';

const book = 'book-t' as Id<'book'>;
const part = (place: number, amount: number, refunded = 0): RefundablePart => ({
  payment: `p${place}` as Id<'payment'>,
  book,
  n: 0,
  place,
  owner: { subject: `s${place}` },
  amount: pence(amount),
  refunded: pence(refunded),
});
const sums = (slices: readonly { amount: Pence }[]): number[] => slices.map((slice) => penceAsNumber(slice.amount));

describe('a refund', () => {
  it.each([
    ['half of 100.00, as in the worked life', 5_000, [part(0, 3_334), part(1, 3_333), part(2, 3_333)], [1_667, 1_667, 1_666]],
    ['the other half', 5_000, [part(0, 3_334, 1_667), part(1, 3_333, 1_667), part(2, 3_333, 1_666)], [1_667, 1_666, 1_667]],
    ['one penny goes to the first place', 1, [part(1, 500), part(0, 500)], [1]],
    ['nothing to whom nothing is left', 300, [part(0, 500, 500), part(1, 500)], [300]],
    ['whatever the order given', 5_000, [part(2, 3_333), part(0, 3_334), part(1, 3_333)], [1_667, 1_667, 1_666]],
  ])('splits %s', (_words, amount, parts, expected) => {
    expect(sums(splitRefund(pence(amount), parts))).toEqual(expected);
  });

  it('refuses a penny more than is unrefunded', () => {
    expect(() => splitRefund(pence(501), [part(0, 500), part(1, 500, 500)])).toThrow(expect.objectContaining({ code: 'more-than-was-paid' }));
  });

  it('gives each their own part back, however many refunds it takes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 60_000 }), { maxLength: 20 }),
        (amounts, refunds) => {
          const refunded = amounts.map(() => 0);
          const whole = amounts.reduce((sum, each) => sum + each, 0);
          const refund = (sum: number): void => {
            for (const slice of splitRefund(
              pence(sum),
              amounts.map((amount, index) => part(index, amount, refunded[index])),
            ))
              refunded[slice.part.place]! += penceAsNumber(slice.amount);
            expect(refunded.every((back, index) => back <= amounts[index]!)).toBe(true);
          };
          let left = whole;
          for (const sum of refunds.filter((each) => each <= whole)) {
            if (sum > left) break;
            refund(sum);
            left -= sum;
          }
          if (left > 0) refund(left);
          expect(refunded).toEqual(amounts);
        },
      ),
    );
  });

  it('takes a leaver’s part to their line, and others’ to their share', () => {
    const owner = { subject: 'c', pool: 'pool' as Id<'pool'> };
    const line = { book: 'book-d' as Id<'book'>, kind: 'line' as const, subject: 'c' };
    expect(homeOf({ ...part(0, 1), owner }, [{ owner, to: line }])).toBe(line);
    expect(homeOf({ ...part(0, 1), owner }, [])).toEqual({ book, kind: 'share', subject: 'c', line: undefined, planLine: undefined, pool: 'pool' });
    expect(accountOf(book, { subject: 'b' })).toMatchObject({ kind: 'line', subject: 'b' });
    expect(sumPence([])).toBe(0n);
  });
});
