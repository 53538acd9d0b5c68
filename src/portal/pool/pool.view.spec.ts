import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { DaysTold, PoolView } from '../../pools/index.js';
import { decisionsOf, historyOf, largestPart, peopleOf, poolHead, sharesOf, whereMoneyIs } from './pool.view.js';

const money = (free: number, committed: number, spent: number) => ({
  putIn: pence(free + committed + spent),
  free: pence(free),
  committed: pence(committed),
  spent: pence(spent),
});
const member = (firstName: string, state: string, joinOrder: number, isMe = false) => ({ firstName, state, joinOrder, isMe });
const pool = (over: object = {}): PoolView =>
  ({
    id: 'p',
    name: 'Monday Gardeners',
    state: 'active',
    members: [member('Ana', 'member', 1, true), member('Ben', 'member', 2), member('Cass', 'member', 3)],
    mine: money(2000, 10_000, 0),
    others: money(4000, 15_000, 5000),
    agreements: [],
    ...over,
  }) as unknown as PoolView;

describe('the picture of shares', () => {
  it('shows mine by itself and the others as one sum', () =>
    expect(sharesOf(pool())).toMatchObject({ mine: { name: 'You', sum: 12_000n }, others: { people: 2, sum: 24_000n } }));
  it('has no "you" for a broker', () => expect(sharesOf(pool({ mine: null, members: [member('Ana', 'member', 1)] })).mine).toBeUndefined());
  it('counts those who left while their money is still there, and nobody who was only asked', () => {
    expect(sharesOf(pool({ members: [member('Ana', 'member', 1, true), member('Ben', 'left', 2), member('Cass', 'invited', 3)] })).others.people).toBe(1);
  });
});

describe('what happened', () => {
  const told = (since: string | null, ...days: readonly string[]): DaysTold => ({
    items: days.map((day) => ({ at: `${day}T10:00:00.000Z`, sentence: `It was ${day}.` })),
    since: since as LocalDate | null,
  });
  it('goes as far back as both are told, and says from where there is more', () => {
    expect(historyOf(told(null, '2026-05-09', '2026-05-01'), told(null, '2026-05-04'))).toMatchObject({
      items: [{ when: '2026-05-09' }, { when: '2026-05-04' }, { when: '2026-05-01' }],
      before: null,
    });
    expect(historyOf(told(null, '2026-05-09', '2026-05-01'), told('2026-05-04', '2026-05-04'))).toMatchObject({
      items: [{ when: '2026-05-09' }, { when: '2026-05-04' }],
      before: '2026-05-03',
    });
    expect(historyOf(told('2026-05-09', '2026-05-09'), told('2026-05-04', '2026-05-04'))).toMatchObject({
      items: [{ when: '2026-05-09' }],
      before: '2026-05-08',
    });
  });
});

describe('where the money is', () => {
  it('has rows that each add up to what was put in, and a total', () => {
    const table = whereMoneyIs(pool());
    expect(
      table.rows.map((row) =>
        row
          .map(String)
          .join(' ')
          .replace(/<[^>]+>/g, ''),
      ),
    ).toEqual(['You £20.00 £100.00 £0.00 £120.00', 'The others together £40.00 £150.00 £50.00 £240.00']);
    expect(
      table
        .foot!.map(String)
        .join(' ')
        .replace(/<[^>]+>/g, ''),
    ).toBe('All together £60.00 £250.00 £50.00 £360.00');
  });
  it('is one row for a broker', () => expect(whereMoneyIs(pool({ mine: null })).rows).toHaveLength(1));
});

it('lists people by the order they joined, those who left last', () =>
  expect(
    peopleOf(pool({ members: [member('Ana', 'left', 1), member('Cass', 'member', 3, true), member('Ben', 'invited', 2)] })).map((person) => person.name),
  ).toEqual(['Ben', 'Cass (you)', 'Ana']));

it('marks the part of the pool the page is in', () =>
  expect(
    poolHead(pool(), 'money')
      .links.filter((link) => link.isCurrent)
      .map((link) => link.href),
  ).toEqual(['/pools/p/money']));

describe('what is being decided', () => {
  it('is the agreement on offer and each quote on offer, with who has answered', () => {
    const decisions = decisionsOf({
      pool: pool({
        agreements: [
          { state: 'offered', version: 2, assented: ['Ana'], iAssented: true },
          { state: 'in-force', version: 1, assented: [], iAssented: true },
        ],
      }),
      isMember: true,
      providers: new Map([['x', 'Leaf & Spade']]) as never,
      quotes: [{ state: 'offered', providerId: 'x', service: 'Gardening', chosenBy: ['Ben'], iChose: false }, { state: 'withdrawn' }] as never,
    });
    expect(decisions.map(({ question, answered, of, mine }) => ({ question, answered, of, mine }))).toEqual([
      { question: 'Do we all agree to version 2 of the agreement?', answered: 1, of: 3, mine: 'You agree' },
      { question: 'Shall we choose Leaf & Spade for Gardening?', answered: 1, of: 3, mine: undefined },
    ]);
  });
});

it.each([
  [10_000, 3, 3334],
  [9000, 3, 3000],
  [1, 3, 1],
  [0, 3, 0],
  [500, 0, 500],
])('the largest part of %d pence for %d people is %d', (sum, people, part) => expect(largestPart(pence(sum), people)).toBe(BigInt(part)));
