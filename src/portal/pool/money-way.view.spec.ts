import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import type { PaymentSummary } from '../../payments/index.js';
import { moneyWay, reachedBy } from './money-way.view.js';

const day = (text: string): LocalDate => text as LocalDate;
const payment = (state: string, over: object = {}): PaymentSummary =>
  ({ state, words: 'In words.', reason: null, owner: 'finance', nextOn: day('2027-03-08'), dueOn: day('2027-03-10'), ...over }) as unknown as PaymentSummary;
const way = (...payments: PaymentSummary[]) =>
  moneyWay({
    invoiceId: newId(),
    sum: pence(10_000),
    to: 'Leaf & Spade',
    payments,
    reached: { committed: day('2027-03-01'), sent: day('2027-03-05') },
    voice: 'holder',
  });

describe('the way of an invoice’s money', () => {
  it('is as far as the payment furthest behind', () => {
    expect(way(payment('settled'), payment('prepared')).step).toBe('committed');
    expect(way(payment('settled'), payment('in-file')).step).toBe('sent');
    expect(way(payment('reconciled')).step).toBe('reconciled');
    expect(way().step).toBe('committed');
  });

  it('shows only the days of steps that were reached by all', () => expect(way(payment('planned')).reached).toEqual({ committed: '2027-03-01' }));

  it.each([
    ['held', 'held'],
    ['returned', 'returned'],
    ['failed', 'returned'],
    ['recalled', 'recalled'],
    ['unknown', 'unknown'],
  ] as const)('tells of one that is %s', (state, kind) =>
    expect(way(payment('sent'), payment(state, { reason: 'The sort code was wrong.' })).stopped).toEqual({
      kind,
      reason: 'The sort code was wrong.',
      owner: 'The payments team',
      nextOn: '2027-03-08',
    }),
  );

  it('says when the last should arrive, and nothing once all have', () => {
    expect(way(payment('sent'), payment('settled', { dueOn: day('2027-04-01') })).dueOn).toBe('2027-03-10');
    expect(way(payment('settled')).dueOn).toBeUndefined();
  });
});

describe('the days', () => {
  it('of a step are those of the last payment, and none while one is missing', () => {
    const a = [
      { on: day('2027-03-02'), to: 'approved' },
      { on: day('2027-03-03'), to: 'sent' },
    ] as const;
    const b = [{ on: day('2027-03-04'), to: 'approved' }] as const;
    expect(reachedBy(day('2027-03-01'), [a, b])).toEqual({ planned: '2027-03-01', committed: '2027-03-01', approved: '2027-03-04' });
    expect(reachedBy(day('2027-03-01'), [a])).toMatchObject({ sent: '2027-03-03' });
  });
});
