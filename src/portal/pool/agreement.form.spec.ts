import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
import type { Terms } from '../../pools/index.js';
import { FIRST_TERMS, readAgreement, readAssent } from './agreement.form.js';
import { settingsAsTyped, SETTINGS_ASKED } from './agreement.settings.js';
import type { Named } from './agreement.settings.js';

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
const [asha, bola] = [newId<'person'>(), newId<'person'>()];
const people: Named = [
  { personId: asha, firstName: 'Asha', joinOrder: 1 },
  { personId: bola, firstName: 'Bola', joinOrder: 2 },
];
const read = (over: object, last: Partial<Terms> = FIRST_TERMS) => readAgreement({ ...body, ...over }, people, last);

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

  const full: Terms = {
    split: 'fixed',
    parts: [
      { personId: asha, part: 1_250 },
      { personId: bola, part: 300 },
    ],
    funders: 'first',
    absence: 'pay-if-you-come',
    absenceDays: 3,
    noticeDays: 7,
    trialUntil: '2027-02-01' as LocalDate,
    newcomers: 'share-set-up',
    decide: 'most-agree',
    quorumPercent: 60,
    oneMemberUpToPence: 2_050,
    treasurer: bola,
    shortfall: 'reduce',
    surplusKeepPence: 0,
    moneyHolderBook: book,
    successorBook: newId<'book'>(),
    feesOwedBy: 'icb',
    reviewOn: '2027-04-01' as LocalDate,
  };

  it('keeps what a form does not ask for as the last version has it', () => {
    const { absence: _, ...rest } = full;
    expect(read({}, full).command).toMatchObject({ ...rest, absence: 'pay-to-hold-place', decide: 'all-agree', noticeDays: 28, feesOwedBy: 'money-holder' });
  });

  it('shows every setting as it would be typed, and reads it back as it was', () => {
    const { texts, dates } = settingsAsTyped(full, people);
    const parts = Object.entries(dates).flatMap(([name, date]) => Object.entries(date).map(([part, text]) => [`${name}-${part}`, text]));
    const { command, faults } = readAgreement({ text: 'We share.', ...texts, ...Object.fromEntries(parts) }, people, {});
    expect(faults).toEqual([]);
    expect(command).toEqual({ text: 'We share.', ...full });
    expect(Object.keys(full).sort()).toEqual([...SETTINGS_ASKED].sort());
    expect(texts).toMatchObject({ 'part-1': '12.50', 'part-2': '3', oneMemberUpTo: '20.50', surplusKeep: '0', treasurer: '2' });
  });

  it('reads what is left open as left out', () => {
    const { texts } = settingsAsTyped({}, people);
    const open = read(
      { ...texts, split: 'equal', absence: 'pay-if-you-come', decide: 'all-agree', noticeDays: '0', moneyHolder: 'nobody', feesOwedBy: 'icb' },
      full,
    );
    expect(open.faults).toEqual([]);
    expect(
      Object.entries(open.command)
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['absence', 'decide', 'feesOwedBy', 'noticeDays', 'reviewOn', 'split', 'text', 'trialUntil'].sort());
  });

  it.each([
    [{ oneMemberUpTo: 'a lot' }, 'oneMemberUpTo'],
    [{ surplusKeep: '-1' }, 'surplusKeep'],
    [{ absenceDays: '31' }, 'absenceDays'],
    [{ quorumPercent: '0' }, 'quorumPercent'],
    [{ treasurer: '7' }, 'treasurer'],
    [{ shortfall: 'borrow' }, 'shortfall'],
    [{ newcomers: 'all' }, 'newcomers'],
    [{ funders: 'both' }, 'funders'],
    [{ split: 'fixed', 'part-1': '12.50', 'part-2': 'x' }, 'part-1'],
    [{ 'trialUntil-day': '31', 'trialUntil-month': '2', 'trialUntil-year': '2027' }, 'trialUntil'],
  ])('of the further choices, %o is a fault of %s', (over, field) => {
    const [fault] = read(over).faults;
    expect(fault?.field).toBe(field);
    expect(fault?.message).toMatch(/^(Enter|Choose|Give)/);
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
