import { describe, expect, it } from '@jest/globals';
import type { LocalDate, PersonId } from '../kernel/index.js';
import { DomainError, pence } from '../kernel/index.js';
import type { ShareId, SplitBy } from '../pools/index.js';
import type { CommitFacts, CommitShare } from './commitment.rules.js';
import { decideCommitment, shortfallOf } from './commitment.rules.js';

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
};
const day = (text: string): LocalDate => text as LocalDate;
const days = ['2026-11-26', '2026-12-03', '2026-12-10'].map(day);
const today = day('2026-11-20');
const people = ['asha', 'bola', 'carys'] as PersonId[];
const share = (personId: PersonId, usable: number, more: Partial<CommitShare> = {}): CommitShare => ({
  id: `${personId}'s` as ShareId,
  personId,
  usable: pence(usable),
  planAgreed: true,
  lineUntil: day('2027-04-01'),
  ...more,
});

const facts: CommitFacts = {
  poolState: 'active',
  agreementInForce: true,
  quoteState: 'chosen',
  price: pence(10000),
  sessions: 3,
  members: people.map((personId) => ({ personId, state: 'member' })),
  waitsFor: undefined,
  shares: people.map((person) => share(person, 12000)),
};

describe('decideCommitment', () => {
  it('sets 100.00 aside in each share for three sessions of 100.00, as in the worked life', () => {
    const parts = decideCommitment(facts, days, today);
    expect(parts.map((part) => [part.session, part.share, part.amount])).toEqual([
      [0, "asha's", 3334n],
      [0, "bola's", 3333n],
      [0, "carys's", 3333n],
      [1, "asha's", 3333n],
      [1, "bola's", 3334n],
      [1, "carys's", 3333n],
      [2, "asha's", 3333n],
      [2, "bola's", 3333n],
      [2, "carys's", 3334n],
    ]);
  });

  it('takes exactly what there is, and one penny less is short', () => {
    expect(codeOf(() => decideCommitment({ ...facts, shares: people.map((person) => share(person, 10000)) }, days, today))).toBe('allowed');
    expect(codeOf(() => decideCommitment({ ...facts, shares: people.map((person, n) => share(person, n === 2 ? 9999 : 99999)) }, days, today))).toBe(
      'share-short',
    );
  });

  it('draws on a member’s second share when the first does not reach', () => {
    const second = { ...share('asha' as PersonId, 7000), id: "asha's second" as ShareId };
    const parts = decideCommitment({ ...facts, shares: [share('asha' as PersonId, 4000), second, ...facts.shares.slice(1)] }, days, today);
    expect(parts.filter((part) => part.share.startsWith('asha')).map((part) => [part.session, part.share, part.amount])).toEqual([
      [0, "asha's", 3334n],
      [1, "asha's", 666n],
      [1, "asha's second", 2667n],
      [2, "asha's second", 3333n],
    ]);
  });

  it('leaves out those who were only invited and those who left', () => {
    const members = facts.members.map((member, n) => (n === 0 ? { ...member, state: 'left' as const } : member));
    expect(
      decideCommitment({ ...facts, members, shares: facts.shares.map((each) => ({ ...each, usable: pence(15000) })) }, days, today).some(
        (part) => part.share === "asha's",
      ),
    ).toBe(false);
  });

  describe('as the agreement divides the price', () => {
    const funder = (usable: number, id = 'charity', endsOn = '2026-12-31') => ({ id: id as ShareId, usable: pence(usable), endsOn: day(endsOn) });
    const terms = (by: SplitBy, ...parts: number[]) => ({ by, parts: new Map(parts.map((part, n) => [people[n]!, BigInt(part)])) });
    const [asha, bola, carys] = ["asha's", "bola's", "carys's"];

    it.each([
      {
        what: 'by a ratio',
        change: { split: terms('ratio', 2, 1, 1) },
        parts: [
          [asha, 5000n],
          [bola, 2500n],
          [carys, 2500n],
        ],
      },
      {
        what: 'by hours of support',
        change: { split: terms('hours', 90, 60, 30) },
        parts: [
          [asha, 5000n],
          [bola, 3333n],
          [carys, 1667n],
        ],
      },
      {
        what: 'alike for those who come',
        change: { split: terms('attendance') },
        parts: [
          [asha, 3334n],
          [bola, 3333n],
          [carys, 3333n],
        ],
      },
      {
        what: 'by fixed sums',
        change: { split: terms('fixed', 6000, 3000, 1000) },
        parts: [
          [asha, 6000n],
          [bola, 3000n],
          [carys, 1000n],
        ],
      },
      {
        what: 'by what each funder named',
        change: { split: terms('funder', 1, 9998, 1) },
        parts: [
          [asha, 1n],
          [bola, 9998n],
          [carys, 1n],
        ],
      },
      {
        what: 'a funder first, the members the rest',
        change: { drawFunders: 'first' as const, funders: [funder(4000)] },
        parts: [
          [asha, 2000n],
          [bola, 2000n],
          [carys, 2000n],
          ['charity', 4000n],
        ],
      },
      {
        what: 'two funders in their order',
        change: { drawFunders: 'first' as const, funders: [funder(4000), funder(9000, 'icb')] },
        parts: [
          ['charity', 4000n],
          ['icb', 6000n],
        ],
      },
      {
        what: 'a funder last, where a share does not reach',
        change: { drawFunders: 'last' as const, funders: [funder(4000)], shares: people.map((person, n) => share(person, n === 1 ? 1000 : 9000)) },
        parts: [
          [asha, 3334n],
          [bola, 1000n],
          ['charity', 2333n],
          [carys, 3333n],
        ],
      },
      {
        what: 'a funder pays what fixed sums leave',
        change: { split: terms('fixed', 3000, 3000, 3000), drawFunders: 'first' as const, funders: [funder(4000)] },
        parts: [
          [asha, 3000n],
          [bola, 3000n],
          [carys, 3000n],
          ['charity', 1000n],
        ],
      },
      {
        what: 'no funder that the agreement does not name',
        change: { funders: [funder(9000)] },
        parts: [
          [asha, 3334n],
          [bola, 3333n],
          [carys, 3333n],
        ],
      },
      {
        what: 'no funder whose day is over',
        change: { drawFunders: 'first' as const, funders: [funder(9000, 'charity', '2026-11-25')] },
        parts: [
          [asha, 3334n],
          [bola, 3333n],
          [carys, 3333n],
        ],
      },
    ])('$what', ({ change, parts }) => {
      const found = decideCommitment({ ...facts, sessions: 1, ...change }, days.slice(0, 1), today).map((part) => [part.share, part.amount]);
      expect(found.sort()).toEqual([...parts].sort());
    });

    it.each([
      { code: 'parts-are-not-the-price', change: { split: terms('fixed', 6000, 3000, 1001) } },
      { code: 'parts-are-not-the-price', change: { split: terms('fixed', 6000, 3000, 999) } },
      { code: 'part-missing', change: { split: terms('ratio', 1, 1) } },
      { code: 'money-holder-changing', change: { isMoving: true } },
      { code: 'share-short', change: { drawFunders: 'last' as const, funders: [funder(999)], shares: people.map((person) => share(person, 3000)) } },
    ])('refuses: $code', ({ code, change }) =>
      expect(codeOf(() => decideCommitment({ ...facts, sessions: 1, ...change }, days.slice(0, 1), today))).toBe(code),
    );

    it('tells each who is short what they lack, and nobody else', () => {
      const shares = people.map((person, n) => share(person, [9999, 3000, 0][n]!));
      expect([...shortfallOf({ ...facts, sessions: 1, shares }, days.slice(0, 1))]).toEqual([
        ['bola', 333n],
        ['carys', 3333n],
      ]);
    });
  });

  it.each([
    { code: 'pool-not-active', change: { poolState: 'frozen' as const } },
    { code: 'pool-not-active', change: { agreementInForce: false } },
    { code: 'quote-not-chosen', change: { quoteState: 'offered' } },
    { code: 'not-everyone-chose', change: { waitsFor: 'everyone' as const } },
    { code: 'share-short', change: { shares: facts.shares.slice(1) } },
    { code: 'share-short', change: { shares: [share('asha' as PersonId, 12000, { planAgreed: false }), ...facts.shares.slice(1)] } },
    { code: 'share-short', change: { shares: [share('asha' as PersonId, 12000, { lineUntil: day('2026-12-10') }), ...facts.shares.slice(1)] } },
  ])('refuses $code', ({ code, change }) => {
    expect(codeOf(() => decideCommitment({ ...facts, ...change }, days, today))).toBe(code);
  });

  it.each([[days.slice(1)], [[days[0]!, days[0]!, days[2]!]], [[days[2]!, days[1]!, days[0]!]], [[day('2026-11-19'), days[1]!, days[2]!]]])(
    'refuses days %p',
    (bad) => {
      expect(codeOf(() => decideCommitment(facts, bad, today))).toBe('days-do-not-fit');
    },
  );
});
