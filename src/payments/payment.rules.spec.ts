import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Id } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { bankReference, channelOf, checkParts, checkPayee, coverageOf, coverPayment, decideApproval, oneBook, outsideKey } from './payment.rules.js';
import type { ApprovalFacts } from './payment.rules.js';

const part = (subject: string | null, amount: number) => ({ owner: subject === null ? {} : { subject }, amount: pence(amount) });
const owner = (subject: string | null, owned: number, owes = 0) => ({ subject, owned: pence(owned), owes: pence(owes) });
const code = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('coverage', () => {
  /** The end of the worked life: T holds 320.74 and 2.60 of fees due; B owns 383.34, C nothing and owes 60.00. */
  const end = coverageOf(pence(32_074 + 260), [owner('b', 38_334), owner('c', 0, 6_000)]);
  /** The moment before: the 60.00 was still there, and C had 33.33 to pay. */
  const before = coverageOf(pence(38_074 + 3_333 + 260), [owner('b', 38_334), owner('c', 3_333)]);

  it.each([
    ['C’s notice session before the claim', before, [part('c', 3_333)], 'done'],
    ['a penny more than C’s own', before, [part('c', 3_334)], 'would-use-others-money'],
    ['B’s own money at the end', end, [part('b', 5_000)], 'done'],
    ['all that is B’s in cash', end, [part('b', 32_334)], 'done'],
    ['C’s money at the end', end, [part('c', 1)], 'would-use-others-money'],
    ['a payment of both at the end', end, [part('b', 3_333), part('c', 3_333)], 'would-use-others-money'],
    ['nobody’s money while members are short', end, [part(null, 1)], 'would-use-others-money'],
    ['both in a book that has all it should', coverageOf(pence(300), [owner('b', 200), owner('c', 100)]), [part('b', 200), part('c', 100)], 'done'],
    ['C’s own 40 of 100 while she owes 60', coverageOf(pence(240), [owner('b', 200), owner('c', 100, 60)]), [part('c', 40)], 'done'],
    ['C’s next penny', coverageOf(pence(240), [owner('b', 200), owner('c', 100, 60)]), [part('c', 41)], 'would-use-others-money'],
  ])('%s', (_words, coverage, parts, expected) => {
    expect(code(() => coverPayment(coverage, parts))).toBe(expected);
  });

  it('never lets the others fall short, and never stops a book that holds all it should', () => {
    const amounts = fc.array(fc.tuple(fc.nat(10_000), fc.nat(5_000), fc.nat(10_000)), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(amounts, fc.nat(60_000), (members, cash) => {
        const owners = members.map(([owned, owes], index) => owner(`m${index}`, owned, owes));
        const parts = members.flatMap(([owned, , pays], index) => (pays > 0 && pays <= owned ? [part(`m${index}`, pays)] : []));
        if (parts.length === 0) return;
        const whole = coverageOf(
          pence(members.reduce((sum, [owned]) => sum + owned, 0)),
          owners.map((each) => ({ ...each, owes: pence(0) })),
        );
        expect(code(() => coverPayment(whole, parts))).toBe('done');
        const coverage = coverageOf(pence(cash), owners);
        if (code(() => coverPayment(coverage, parts)) !== 'done') return;
        const after = coverPayment(coverage, parts);
        for (const { owner: payer } of parts) {
          const others = [...after.owned].filter(([subject]) => subject !== payer.subject).reduce((sum, [, owned]) => sum + owned, 0n);
          expect(after.cash >= others).toBe(true);
        }
      }),
    );
  });
});

describe('an approval', () => {
  const id = (text: string) => text as Id<'person'>;
  const good: ApprovalFacts = {
    payment: 'p' as Id<'payment'>,
    amount: pence(500),
    maker: id('maker'),
    checker: id('checker'),
    makerActive: true,
    payeePeople: [id('payee')],
    anyConnected: false,
    limit: pence(500),
  };

  it.each<[string, Partial<ApprovalFacts>]>([
    ['done', {}],
    ['not-prepared', { maker: null }],
    ['same-person', { checker: id('maker') }],
    ['maker-not-active', { makerActive: false }],
    ['payee-decides', { checker: id('payee') }],
    ['payee-decides', { maker: id('payee') }],
    ['people-connected', { anyConnected: true }],
    ['over-limit', { limit: pence(499) }],
    ['over-limit', { limit: pence(0), amount: pence(1) }],
  ])('%s', (expected, change) => {
    expect(code(() => decideApproval({ ...good, ...change }))).toBe(expected);
  });

  it.each([
    ['payee-missing', undefined],
    ['payee-stopped', { state: 'stopped', usableFrom: null }],
    ['payee-not-checked', { state: 'entered', usableFrom: null }],
    ['payee-cooling-off', { state: 'checked', usableFrom: new Date('2026-11-21T00:00:01Z') }],
    ['done', { state: 'checked', usableFrom: new Date('2026-11-21T00:00:00Z') }],
  ] as const)('%s for the payee', (expected, payee) => {
    expect(code(() => checkPayee(payee, new Date('2026-11-21T00:00:00Z')))).toBe(expected);
  });
});

describe('the rest', () => {
  it('sends by Stripe only what its balance covers whole', () => {
    expect([
      channelOf('allocation', pence(5), pence(9)),
      channelOf('cash', pence(5), pence(5)),
      channelOf('cash', pence(5), pence(4)),
      channelOf('cash', pence(5), null),
    ]).toEqual(['payer-file', 'stripe', 'bank-file', 'bank-file']);
  });

  it('refuses parts that do not make the whole, are nothing, or are none', () => {
    expect([
      code(() => checkParts(pence(5), [part('a', 2), part('b', 3)])),
      code(() => checkParts(pence(5), [part('a', 4)])),
      code(() => checkParts(pence(5), [part('a', 5), part('b', 0)])),
      code(() => checkParts(pence(0), [])),
    ]).toEqual(['done', 'parts-do-not-add-up', 'parts-do-not-add-up', 'parts-do-not-add-up']);
  });

  it('keeps one step to one book, and names each attempt apart', () => {
    const [a, b] = [{ book: 'a' as Id<'book'> }, { book: 'b' as Id<'book'> }];
    expect([code(() => oneBook([])), code(() => oneBook([a, b])), oneBook([a, a])]).toEqual(['no-payments', 'several-books', 'a']);
    expect([outsideKey({ id: 'x', attempt: 1 }), outsideKey({ id: 'x', attempt: 2 })]).toEqual(['x', 'x-2']);
    expect([bankReference({ reference: 'PAY-7K3M-9QXA', attempt: 1 }), bankReference({ reference: 'PAY-7K3M-9QXA', attempt: 12 })]).toEqual([
      'PAY-7K3M-9QXA',
      'PAY-7K3M-9QXA-12',
    ]);
  });
});
