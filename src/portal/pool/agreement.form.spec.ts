import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import { FIRST_TERMS, keptOf, readAgreement, readAssent, typedAgreement } from './agreement.form.js';

const book = newId<'book'>();
const body = {
  text: 'We share.',
  absence: 'pay-to-hold-place',
  decide: 'all-agree',
  noticeDays: '28',
  moneyHolder: book,
  feesOwedBy: 'money-holder',
  'reviewOn-day': '1',
  'reviewOn-month': '4',
  'reviewOn-year': '2027',
};
const read = (over: object, kept = FIRST_TERMS) => readAgreement(typedAgreement({ ...body, ...over }), kept);

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

  it('keeps what the page does not ask for as the last version has it', () => {
    const [one, other] = [newId<'person'>(), newId<'person'>()];
    const parts = [
      { personId: one, part: 2 },
      { personId: other, part: 3 },
    ];
    const last = { split: 'ratio', parts, funders: 'first', absenceDays: 3, quorumPercent: 60 } as const;
    const rest = {
      absence: 'pay-if-you-come',
      decide: 'all-agree',
      noticeDays: 7,
      moneyHolderBook: null,
      feesOwedBy: 'icb',
      reviewOn: '2027-01-01' as LocalDate,
    } as const;
    expect(read({}, keptOf({ ...last, ...rest }))).toMatchObject({ faults: [], command: { ...last, absence: 'pay-to-hold-place', noticeDays: 28 } });
  });

  it('may leave the money with each person', () => {
    expect(read({ moneyHolder: 'nobody' }).faults).toEqual([]);
    expect(read({ moneyHolder: 'nobody' }).command.moneyHolderBook).toBeUndefined();
  });

  it.each([
    [{ text: '' }, 'text'],
    [{ absence: '' }, 'absence'],
    [{ decide: 'the-loudest' }, 'decide'],
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
