import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pence, penceAsNumber, sumPence } from '../kernel/index.js';
import type { ShareId } from './pool.rows.js';
import { surplusOf } from './surplus.rules.js';

const left = (usable: number, since = 0, share = 'a') => ({ share: share as ShareId, usable: pence(usable), putInSince: pence(since) });

describe('what goes home when something is over', () => {
  it.each([
    { shares: [left(2_000)], keep: 0, home: [2_000] },
    { shares: [left(2_000)], keep: 500, home: [1_500] },
    { shares: [left(2_000)], keep: 2_000, home: [] },
    { shares: [left(0)], keep: 0, home: [] },
    // Put in for what comes next.
    { shares: [left(2_000, 1_500)], keep: 0, home: [500] },
    { shares: [left(2_000, 5_000)], keep: 0, home: [] },
    { shares: [left(2_000, 1_500)], keep: 500, home: [] },
    // Two shares of one member share one limit.
    { shares: [left(2_000), left(1_000, 0, 'b')], keep: 2_500, home: [500] },
    { shares: [left(2_000), left(1_000, 0, 'b')], keep: 500, home: [1_500, 1_000] },
  ])('$shares with $keep to keep', ({ shares, keep, home }) => {
    expect(surplusOf(shares, pence(keep)).map((each) => penceAsNumber(each.amount))).toEqual(home);
  });

  it('never takes more than is there, nor touches what was put in since', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { maxLength: 5 }), fc.nat(10_000), (sums, keep) => {
        const shares = sums.map(([usable, since], n) => left(usable, since, `s${n}`));
        const home = surplusOf(shares, pence(keep));
        for (const { share, amount } of home) {
          const from = shares.find((each) => each.share === share)!;
          expect(amount > 0n && amount + (from.putInSince < from.usable ? from.putInSince : from.usable) <= from.usable).toBe(true);
        }
        const whole = shares.reduce((sum, { usable, putInSince }) => sum + (usable > putInSince ? usable - putInSince : 0n), 0n);
        expect(sumPence(home.map((each) => each.amount))).toBe(whole > BigInt(keep) ? whole - BigInt(keep) : 0n);
      }),
    ));
});
