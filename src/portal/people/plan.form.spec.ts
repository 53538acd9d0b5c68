import { describe, expect, it } from '@jest/globals';
import type { OrganisationId, PersonId } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import { placesOf } from './funding-places.js';
import { firstYear, reachWords } from './people.words.js';
import { NO_PLAN, readFunding, readPlan } from './plan.form.js';

const person = newId<'person'>() as PersonId;
const icb = newId<'organisation'>() as OrganisationId;
const days = { 'reviewOn-day': '18', 'reviewOn-month': '2', 'reviewOn-year': '2027', 'consentOn-day': '18', 'consentOn-month': '11', 'consentOn-year': '2026' };
const service = (index: number, over: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ outcome: 'To be outside', service: 'Gardening', category: 'support', amount: '40', per: 'week', ...over }).map(([name, value]) => [
      `${name}-${index}`,
      value,
    ]),
  );
const coordinator = newId<'person'>() as PersonId;
const read = (body: Record<string, unknown>) => readPlan({ about: 'What matters', risks: 'None', coordinatorId: coordinator, ...days, ...body }, person);

describe('the form of a plan', () => {
  it('leaves out rows that nobody touched', () => {
    const { command, faults } = read({
      ...service(0),
      ...service(1, { outcome: '', service: '', amount: '' }),
      ...service(2, { amount: '£1,200.50', per: 'year' }),
    });
    expect(faults).toEqual([]);
    expect(command.lines.map((line) => [line.amountPence, line.per])).toEqual([
      [4000n, 'week'],
      [120_050n, 'year'],
    ]);
  });

  it('names the row of the form that is wrong, not the row of the command', () =>
    expect(read({ ...service(1), ...service(4, { amount: 'forty' }) }).faults).toEqual([
      { field: 'amount-4', message: 'Enter an amount, like 120 or 120.50' },
    ]));

  it.each([
    [{ 'reviewOn-month': '13' }, 'reviewOn'],
    [{ 'consentOn-day': '' }, 'consentOn'],
    [{ about: ' ' }, 'about'],
    [{ coordinatorId: '' }, 'coordinatorId'],
    [service(0, { outcome: '' }), 'outcome-0'],
    [service(0, { per: 'hour' }), 'per-0'],
  ])('refuses %o at %s', (over, field) => expect(read({ ...service(0), ...over }).faults.map((fault) => fault.field)).toEqual([field]));

  it('names the care co-ordinator who was chosen, and asks for one when nobody was', () => {
    expect(read(service(0)).command.coordinatorId).toBe(coordinator);
    expect(read({ ...service(0), coordinatorId: '' }).faults).toEqual([{ field: 'coordinatorId', message: 'Choose the care co-ordinator' }]);
  });
  it('needs one service at least', () => expect(read({}).faults).toEqual([{ field: 'service-0', message: 'Write down at least one service with its cost' }]));
  it('keeps what was typed over several lines on one', () =>
    expect(read({ ...service(0), about: ' To garden.\r\n\r\nTo laugh. ' }).command.about).toBe('To garden. To laugh.'));
  it('gives one more row when asked, and never fewer than at first', () => {
    expect(read({ ...service(0), more: 'yes' }).values.rows).toHaveLength(NO_PLAN.rows.length + 1);
    expect(read(service(0)).values.rows).toHaveLength(NO_PLAN.rows.length);
  });
});

describe('the form of funding', () => {
  const book = newId();
  const body = (over: Record<string, string> = {}): Record<string, string> => ({
    'fromDay-day': '1',
    'fromDay-month': '4',
    'fromDay-year': '2027',
    'untilDay-day': '31',
    'untilDay-month': '3',
    'untilDay-year': '2028',
    reason: 'Agreed',
    'name-0': 'Support',
    'place-0': `notional:${book}`,
    'funder-0': icb,
    'amount-0': '1,200',
    ...over,
  });
  it('takes the last day as people mean it: the period ends the day after', () => {
    const { command, faults } = readFunding(body(), newId(), icb);
    expect(faults).toEqual([]);
    expect([command.fromDay, command.untilDay]).toEqual(['2027-04-01', '2028-04-01']);
    expect(command.lines).toMatchObject([{ name: 'Support', managed: 'notional', bookId: book, funderId: icb, agreedPence: 120_000n }]);
  });
  it.each([
    [{ 'place-0': '' }, [{ field: 'place-0', message: 'Choose how the money is managed and where it is kept' }]],
    [{ 'amount-0': '0' }, [{ field: 'amount-0', message: 'Enter an amount, like 120 or 120.50' }]],
    [{ 'untilDay-year': '2027' }, [{ field: 'untilDay', message: 'Give a last day after the first day' }]],
    [{ 'untilDay-day': '32' }, [{ field: 'untilDay', message: 'Enter the last day, like 31 3 2028' }]],
    [{ 'name-0': '', 'place-0': '', 'amount-0': '' }, [{ field: 'name-0', message: 'Write down at least one line with its sum' }]],
  ])('refuses %o', (over, faults) => expect(readFunding(body(over), newId(), icb).faults).toEqual(faults));
});

describe('words', () => {
  it('adds a first year up: 52 weeks, 13 times four weeks', () =>
    expect(
      firstYear([
        { amount: 100n as never, per: 'week' },
        { amount: 100n as never, per: 'four-weeks' },
        { amount: 100n as never, per: 'month' },
        { amount: 7n as never, per: 'once' },
      ]),
    ).toBe(7707n));
  it.each([
    ['letter', 'large-print', 'by letter, in large print'],
    ['phone', 'standard', 'by phone'],
    ['email', 'easy-read', 'by email, in Easy Read'],
  ] as const)('%s, %s is "%s"', (by, format, words) => expect(reachWords(by, format)).toBe(words));

  it('offers a book only for the way of managing that fits it', () => {
    const other = newId<'person'>() as PersonId;
    const book = (name: string, basis: 'cash' | 'allocation', holderId: PersonId | null) =>
      ({ id: newId<'book'>(), name, basis, holderId, organisationId: null }) as never;
    const texts = placesOf(
      [book('The ICB', 'allocation', null), book('Keepers', 'cash', null), book('Her account', 'cash', person), book('Someone else’s', 'cash', other)],
      person,
    ).map((each) => each.text);
    expect(texts).toEqual(['Direct payment – Her account', 'Notional – stays with The ICB', 'Third party – held by Keepers']);
  });
});
