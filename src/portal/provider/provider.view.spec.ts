import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { PurchaseView, QuoteRequestView } from '../../purchasing/index.js';
import { billOf, moneyComing, providerNeeds, stillToBill, toBill, toRecord } from './provider.view.js';

const today = '2027-03-08' as LocalDate;
const session = (day: string, state: string, left = 5900) => ({ id: day, day, state, left: pence(left), setAside: pence(5900), number: 1, mine: null });
const invoice = (state: string, amount: number) => ({ id: state, state, amount: pence(amount), receivedAt: '2027-03-01T00:00:00Z' });
const purchase = (sessions: object[], invoices: object[] = []): PurchaseView =>
  ({ id: 'p', service: 'Gardening', price: pence(5900), sessions, invoices }) as unknown as PurchaseView;
const request = (quotes: number): QuoteRequestView =>
  ({ poolName: 'Monday Gardeners', poolId: 'x', providerId: 'y', askedOn: today, quotes }) as unknown as QuoteRequestView;
const facts = (purchases: PurchaseView[], requests: QuoteRequestView[] = []) => ({ providers: new Map(), purchases, requests, today });

describe('what a provider can do now', () => {
  it('is to record sessions whose day has come, the oldest named', () => {
    const due = facts([purchase([session('2027-03-08', 'planned'), session('2027-03-01', 'planned'), session('2027-03-15', 'planned')])]);
    expect(toRecord(due).map((each) => each.session.day)).toEqual(['2027-03-01', '2027-03-08']);
    expect(providerNeeds(due)[0]).toMatchObject({ text: 'Record 2 sessions', isUrgent: true });
  });
  it('is to bill what was confirmed', () => {
    const ready = facts([purchase([session('2027-03-01', 'confirmed'), session('2027-02-22', 'invoiced', 0)])]);
    expect(toBill(ready)).toMatchObject([{ sum: 5900n, sessions: [{ day: '2027-03-01' }] }]);
    expect(providerNeeds(ready).map((need) => need.text)).toEqual(['Send an invoice for Gardening']);
  });
  it('is to answer whom it has not answered', () =>
    expect(providerNeeds(facts([], [request(0), request(1)])).map((need) => need.text)).toEqual(['Answer Monday Gardeners']));
  it('is nothing, when nothing waits', () => expect(providerNeeds(facts([purchase([session('2027-03-15', 'planned')])]))).toEqual([]));
});

describe('the money', () => {
  const some = facts([purchase([session('2027-03-01', 'invoiced', 0), session('2027-03-15', 'planned')], [invoice('split', 5900), invoice('paid', 100)])]);
  it('that is coming was billed and is not paid', () => expect(moneyComing(some)).toBe(5900n));
  it('still to bill is what is set aside', () => expect(stillToBill(some)).toBe(5900n));
  it('of a bill is never more than is set aside', () => expect(billOf({ price: pence(5900) }, [{ left: pence(5900) }, { left: pence(3933) }])).toBe(9833n));
});
