import { describe, expect, it } from '@jest/globals';
import { pence } from '../kernel/index.js';
import { drawOn, fillInOrder, refundInTurn, splitOver, splitSessions, totals } from './split.rules.js';

const p = (...sums: number[]): bigint[] => sums.map(pence);

describe('splitSessions', () => {
  it('splits the worked life: 100.00 for three people is 33.34, 33.33, 33.33, and the odd penny goes round', () => {
    const split = splitSessions(pence(10000), 3, 3);
    expect(split).toEqual([p(3334, 3333, 3333), p(3333, 3334, 3333), p(3333, 3333, 3334)]);
    expect(totals(split)).toEqual(p(10000, 10000, 10000));
  });

  it.each([
    { price: 1, sessions: 2, members: 3, split: [p(1, 0, 0), p(0, 1, 0)] },
    { price: 10000, sessions: 1, members: 1, split: [p(10000)] },
    { price: 5000, sessions: 2, members: 4, split: [p(1250, 1250, 1250, 1250), p(1250, 1250, 1250, 1250)] },
    { price: 101, sessions: 2, members: 2, split: [p(51, 50), p(50, 51)] },
  ])('$price pence, $sessions sessions, $members members', ({ price, sessions, members, split }) => {
    expect(splitSessions(pence(price), sessions, members)).toEqual(split);
  });
});

describe('drawOn', () => {
  const shares = [
    { id: 'a', usable: pence(50) },
    { id: 'b', usable: pence(0) },
    { id: 'c', usable: pence(30) },
  ];
  it.each([
    { amount: 40, taken: [['a', 40n]], missing: 0n },
    {
      amount: 70,
      taken: [
        ['a', 50n],
        ['c', 20n],
      ],
      missing: 0n,
    },
    {
      amount: 81,
      taken: [
        ['a', 50n],
        ['c', 30n],
      ],
      missing: 1n,
    },
    { amount: 0, taken: [], missing: 0n },
  ])('draws $amount', ({ amount, taken, missing }) => {
    const drawn = drawOn(pence(amount), shares);
    expect(drawn.taken.map((each) => [each.share.id, each.amount])).toEqual(taken);
    expect(drawn.missing).toBe(missing);
  });
});

describe('splitOver and refundInTurn', () => {
  it('splits the refund of the worked life: 50.00 over 33.34, 33.33, 33.33 is 16.67, 16.67, 16.66', () => {
    expect(splitOver(pence(5000), p(3334, 3333, 3333) as never)).toEqual(p(1667, 1667, 1666));
  });

  it('makes full refunds the original split, however many there are', () => {
    const { unrefunded, splits } = refundInTurn(p(3334, 3333, 3333) as never, p(5000, 1, 4999) as never);
    expect(unrefunded).toEqual(p(0, 0, 0));
    expect(totals(splits)).toEqual(p(3334, 3333, 3333));
  });

  it('refuses more than there is', () => {
    expect(() => splitOver(pence(3), p(1, 1) as never)).toThrow('a split of 3 over 2');
  });

  it('fills reservations in order', () => {
    const open = [
      { id: 1, left: pence(10) },
      { id: 2, left: pence(10) },
    ];
    expect(fillInOrder(pence(15), open).map((each) => [each.reservation.id, each.amount])).toEqual([
      [1, 10n],
      [2, 5n],
    ]);
  });
});
