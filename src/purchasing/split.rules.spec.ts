import { describe, expect, it } from '@jest/globals';
import { pence } from '../kernel/index.js';
import type { PersonId } from '../kernel/index.js';
import { drawOn, EQUALLY, fillInOrder, partsOf, splitOver, splitRows, splitSessions, totals } from './split.rules.js';

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

describe('splitRows', () => {
  it.each([
    { what: 'by a ratio of 2 to 1', amounts: [100, 100, 100], weights: [2n, 1n], rows: [p(67, 33), p(66, 34), p(67, 33)] },
    { what: 'by hours of support', amounts: [10_000], weights: [90n, 60n, 30n], rows: [p(5_000, 3_333, 1_667)] },
    { what: 'ties by join order', amounts: [1, 1], weights: [1n, 1n], rows: [p(1, 0), p(0, 1)] },
    { what: 'other sums each session', amounts: [10, 0, 5], weights: [1n, 1n, 1n], rows: [p(4, 3, 3), p(0, 0, 0), p(1, 2, 2)] },
    { what: 'nothing for whom nothing is said', amounts: [5], weights: [0n, 1n], rows: [p(0, 5)] },
    { what: 'no sessions', amounts: [], weights: [1n], rows: [] },
    { what: 'nothing over nobody', amounts: [0], weights: [], rows: [[]] },
  ])('$what', ({ amounts, weights, rows }) => expect(splitRows(amounts.map(pence), weights)).toEqual(rows));

  it('refuses something over nobody', () => expect(() => splitRows([pence(1)], [0n])).toThrow('all weights are zero'));
});

describe('what the agreement says of each member', () => {
  const [asha, bola] = ['asha', 'bola'] as PersonId[] as [PersonId, PersonId];
  const parts = new Map([
    [asha, 90n],
    [bola, 60n],
  ]);
  it.each([
    { split: EQUALLY, members: [asha, bola], said: [1n, 1n] },
    { split: { by: 'attendance' as const, parts: new Map() }, members: [asha], said: [1n] },
    { split: { by: 'hours' as const, parts }, members: [bola, asha], said: [60n, 90n] },
    { split: { by: 'ratio' as const, parts }, members: [asha], said: [90n] },
    { split: { by: 'fixed' as const, parts }, members: [asha, bola], said: [90n, 60n] },
    { split: { by: 'funder' as const, parts }, members: [asha, bola], said: [90n, 60n] },
  ])('$split.by: $said', ({ split, members, said }) => expect(partsOf(split, members)).toEqual(said));

  it.each([{ members: [asha, 'newcomer' as PersonId] }])('refuses: part-missing', ({ members }) =>
    expect(() => partsOf({ by: 'hours', parts }, members)).toThrow(expect.objectContaining({ code: 'part-missing', facts: { missing: 1 } })),
  );
});

describe('splitOver', () => {
  it('splits 50.00 over what is set aside, 33.34, 33.33, 33.33: 16.67, 16.67, 16.66', () => {
    expect(splitOver(pence(5000), p(3334, 3333, 3333) as never)).toEqual(p(1667, 1667, 1666));
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
