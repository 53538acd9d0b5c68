import { describe, expect, it } from '@jest/globals';
import type { LaterKind } from '../../commissioning/index.js';
import { groundItems, LATER_FORMS, nameInForm, readLater, typedLater } from './later-decision.form.js';

const LINE = '01890000-0000-7000-8000-000000000001';
const body = {
  ground: 'unspent',
  line: LINE,
  amount: '120.50',
  'day-day': '1',
  'day-month': '3',
  'day-year': '2027',
  reason: 'We met.\nIt is so.',
  said: 'All right.',
};
const read = (kind: LaterKind, over: object = {}) => readLater(kind, typedLater({ ...body, ...over }));

describe('later decisions, as forms', () => {
  it.each<[LaterKind, object, object]>([
    ['review', { ground: 'yearly' }, { ground: 'yearly', nextReviewOn: '2027-03-01', reason: 'We met.\nIt is so.', said: 'All right.' }],
    ['reduce', {}, { ground: 'unspent', lineId: LINE, amountPence: 12_050n }],
    ['reclaim', {}, { ground: 'unspent', lineId: LINE, amountPence: 12_050n, answerBy: '2027-03-01', said: 'All right.' }],
    ['suspend', { ground: 'offence', line: '' }, { ground: 'offence', lookAgainOn: '2027-03-01' }],
    ['resume', { ground: 'nonsense' }, { lineId: LINE }],
    ['stop', { ground: 'died', line: '', said: '' }, { ground: 'died', endsOn: '2027-03-01' }],
  ])('%s is read', (kind, over, command) => {
    const found = read(kind, over);
    expect([found.faults, found.command]).toMatchObject([[], command]);
  });

  it.each<[LaterKind, object, string[]]>([
    ['review', { ground: '' }, ['ground']],
    ['review', { ground: 'yearly', 'day-year': '' }, ['day']],
    ['reduce', { line: '', amount: 'much' }, ['line', 'amount']],
    ['reclaim', { said: ' ' }, ['said']],
    ['suspend', { ground: 'unspent' }, ['ground']],
    ['resume', { reason: '' }, ['reason']],
    ['stop', { ground: 'died', 'day-day': '40' }, ['day']],
  ])('%s with %o has faults', (kind, over, fields) => {
    const { faults } = read(kind, over);
    expect(faults.map((fault) => nameInForm(fault.field)).sort()).toEqual([...fields].sort());
    expect(faults.every((fault) => /^[A-Z]/.test(fault.message) && !fault.message.endsWith('.'))).toBe(true);
  });

  it('offer the reasons of their regulation', () => {
    for (const kind of Object.keys(LATER_FORMS) as LaterKind[]) expect(groundItems(kind).length > 0).toBe(kind !== 'resume');
  });
});
