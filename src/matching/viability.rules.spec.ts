import { describe, expect, it } from '@jest/globals';
import { pence } from '../kernel/index.js';
import { viability } from './viability.rules.js';

const purses = (...sums: number[]) => sums.map((sum) => pence(sum));

describe('whether a group can pay', () => {
  it('shows what nobody pays more than at n, n - 1 and n - 2 heads', () => {
    const { costs } = viability({ fixed: pence(10_000), perHead: pence(250), purses: purses(5_000, 5_000, 5_000) });
    expect(costs).toEqual([
      { heads: 3, most: 3_334n + 250n, total: 10_750n, canPay: 3 },
      { heads: 2, most: 5_250n, total: 10_500n, canPay: 0 },
    ]);
  });

  it('warns when one leaver sinks it', () => {
    const found = viability({ fixed: pence(10_000), perHead: pence(250), purses: purses(5_000, 5_000, 5_000) });
    expect(found).toMatchObject({ isViable: true, breakEven: 3, sinksWithOneLeaver: true });
    expect(viability({ fixed: pence(10_000), perHead: pence(0), purses: purses(5_000, 5_000, 5_000) })).toMatchObject({
      breakEven: 2,
      sinksWithOneLeaver: false,
    });
  });

  it.each([
    ['enough for all', [3_334, 3_334, 3_334], true],
    ['a penny short in one purse', [3_333, 3_334, 3_334], false],
  ] as const)('rounds up, never down: %s', (_what, sums, isViable) => {
    expect(viability({ fixed: pence(10_000), perHead: pence(0), purses: purses(...sums) }).isViable).toBe(isViable);
  });

  it('a pair is never sure of its other', () => {
    expect(viability({ fixed: pence(100), perHead: pence(0), purses: purses(1_000, 1_000) })).toMatchObject({
      sinksWithOneLeaver: true,
      costs: [{ heads: 2 }],
    });
  });

  it('refuses one person, and sums below zero', () => {
    expect(() => viability({ fixed: pence(100), perHead: pence(0), purses: purses(1_000) })).toThrow(RangeError);
    expect(() => viability({ fixed: pence(-1), perHead: pence(0), purses: purses(1, 1) })).toThrow(RangeError);
  });
});
