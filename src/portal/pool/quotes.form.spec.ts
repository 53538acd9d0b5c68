import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import { daysFrom, readAsk, readCommit, readDays, readQuote, typedDays, typedQuote } from './quotes.form.js';

const provider = newId<'provider'>();
const body = { provider, service: 'Gardening', price: '59.00', sessions: '6', terms: 'Tools and tea.' };
const quote = (over: object) => readQuote(typedQuote({ ...body, ...over }));
const day = (text: string): LocalDate => text as LocalDate;

describe('a quote', () => {
  it('is read in pence', () =>
    expect(quote({})).toMatchObject({ faults: [], command: { providerId: provider, pricePence: 5900n, sessions: 6, terms: 'Tools and tea.' } }));
  it('says whether it sets the group up', () => expect([{}, { setsUp: 'yes' }].map((over) => quote(over).command.setsUp)).toEqual([false, true]));
  it.each([
    [{ provider: '' }, 'provider'],
    [{ service: '' }, 'service'],
    [{ price: 'free' }, 'price'],
    [{ price: '0' }, 'price'],
    [{ sessions: '0' }, 'sessions'],
    [{ sessions: '2.5' }, 'sessions'],
    [{ sessions: '367' }, 'sessions'],
  ])('%o is a fault of %s', (over, field) => expect(quote(over).faults.map((fault) => fault.field)).toEqual([field]));
});

it('a brief names a provider and says what the group would like', () => {
  expect(readAsk({ provider, brief: 'Gardening on Mondays' }).faults).toEqual([]);
  expect(readAsk({}).faults.map((fault) => fault.field)).toEqual(['provider', 'brief']);
});

describe('the days of sessions', () => {
  const typed = (over: object) => typedDays({ 'first-day': '29', 'first-month': '1', 'first-year': '2027', every: 'week', ...over });

  it.each([
    ['week', ['2027-01-29', '2027-02-05', '2027-02-12']],
    ['two-weeks', ['2027-01-29', '2027-02-12', '2027-02-26']],
    ['month', ['2027-01-29', '2027-02-28', '2027-03-29']],
    ['working-day', ['2027-01-29', '2027-02-01', '2027-02-02']],
  ] as const)('%s', (every, days) => expect(daysFrom(day('2027-01-29'), every, 3)).toEqual(days));

  it('go over the change to summer time', () => expect(daysFrom(day('2027-03-22'), 'week', 2)).toEqual(['2027-03-22', '2027-03-29']));
  it('leave out bank holidays when every working day is meant', () =>
    expect(daysFrom(day('2027-03-25'), 'working-day', 2)).toEqual(['2027-03-25', '2027-03-30']));
  it('are read from the form', () => expect(readDays(typed({}), 2).days).toEqual(['2027-01-29', '2027-02-05']));
  it('need no rhythm for one session', () => expect(readDays(typed({ every: '' }), 1)).toMatchObject({ faults: [], days: ['2027-01-29'] }));
  it.each([
    [{ 'first-day': '', 'first-month': '', 'first-year': '' }, 'first'],
    [{ 'first-day': '31', 'first-month': '2' }, 'first'],
    [{ every: '' }, 'every'],
  ])('%o is a fault of %s', (over, field) => expect(readDays(typed(over), 2).faults.map((fault) => fault.field)).toEqual([field]));
  it('come back one by one', () => {
    expect(readCommit({ days: ['2027-01-29', '2027-02-05'] })).toMatchObject({ faults: [], command: { days: ['2027-01-29', '2027-02-05'] } });
    expect(readCommit({ days: '2027-01-29' }).faults).toEqual([]);
    expect(readCommit({}).faults).toHaveLength(1);
  });
});
