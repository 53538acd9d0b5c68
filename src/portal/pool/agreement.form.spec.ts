import { describe, expect, it } from '@jest/globals';
import { newId } from '../../kernel/index.js';
import { readAgreement, readAssent, typedAgreement } from './agreement.form.js';

const book = newId<'book'>();
const body = {
  text: 'We share.',
  absence: 'pay-to-hold-place',
  noticeDays: '28',
  moneyHolder: book,
  feesOwedBy: 'money-holder',
  'reviewOn-day': '1',
  'reviewOn-month': '4',
  'reviewOn-year': '2027',
};
const read = (over: object) => readAgreement(typedAgreement({ ...body, ...over }));

describe('a new version of the agreement', () => {
  it('reads every term', () =>
    expect(read({})).toMatchObject({
      faults: [],
      command: {
        text: 'We share.',
        split: 'equal',
        decide: 'all-agree',
        absence: 'pay-to-hold-place',
        noticeDays: 28,
        moneyHolderBook: book,
        feesOwedBy: 'money-holder',
        reviewOn: '2027-04-01',
      },
    }));

  it('may leave the money with each person', () => {
    expect(read({ moneyHolder: 'nobody' }).faults).toEqual([]);
    expect(read({ moneyHolder: 'nobody' }).command.moneyHolderBook).toBeUndefined();
  });

  it.each([
    [{ text: '' }, 'text'],
    [{ absence: '' }, 'absence'],
    [{ noticeDays: 'four' }, 'noticeDays'],
    [{ noticeDays: '200' }, 'noticeDays'],
    [{ moneyHolder: '' }, 'moneyHolder'],
    [{ moneyHolder: 'me' }, 'moneyHolder'],
    [{ feesOwedBy: 'them' }, 'feesOwedBy'],
    [{ 'reviewOn-day': '31' }, 'reviewOn'],
  ])('%o is a fault of %s', (over, field) => expect(read(over).faults.map((fault) => fault.field)).toEqual([field]));
});

describe('an assent', () => {
  it('names the words that were read', () =>
    expect(readAssent({ contentHash: 'a'.repeat(64), format: 'easy-read', helpedBy: '' })).toMatchObject({
      faults: [],
      command: { format: 'easy-read', helpedBy: undefined },
    }));
  it('asks how they were read', () =>
    expect(readAssent({ contentHash: 'a'.repeat(64) }).faults).toEqual([{ field: 'format', message: 'Choose how you read it' }]));
  it('refuses a page without the words', () => expect(readAssent({ format: 'audio' }).faults).toMatchObject([{ field: '' }]));
});
