import { describe, expect, it } from '@jest/globals';
import type { Debt, FeeDue } from '../../finance/index.js';
import type { Pence, PersonId, PoolId } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import { readFees, readSettle } from './debts.form.js';
import { debtsTable, feesTable, gapOfAll, payerItems } from './debts.view.js';

const [ann, ben] = [newId<'person'>(), newId<'person'>()];
const pool = newId<'pool'>() as PoolId;
const names = new Map<string, string>([
  [ann, 'Ann Invented'],
  [ben, 'PER-1234-5678'],
]);
const debt = (person: PersonId, owes: number, covered: number): Debt => ({ person, owes: pence(owes), covered: pence(covered) });
const fee = (owedBy: FeeDue['owedBy'], person: PersonId | null, amount: number): FeeDue => ({ owedBy, person, pool, amount: pence(amount) });
const typed = { line: newId(), what: 'payBack', rest: '', payer: '' };

describe('who owes a book', () => {
  it('is named, with a total below when there are several', () => {
    const debts = [debt(ann, 12_000, 3_333), debt(ben, 0, 500)];
    const { rows, foot } = debtsTable(debts, names, 'a-book');
    expect(
      rows.map((row) =>
        row
          .map(String)
          .join(' ')
          .replace(/<[^>]+>/g, ''),
      ),
    ).toEqual([expect.stringMatching(/Ann Invented.*£120.00.*£33.33.*£86.67.*£0.00/), expect.stringMatching(/PER-1234-5678.*£0.00.*£5.00.*£0.00.*£5.00/)]);
    expect(
      foot!
        .map(String)
        .join(' ')
        .replace(/<[^>]+>/g, ''),
    ).toMatch(/All.*£120.00.*£38.33.*£86.67.*£5.00/);
    expect(gapOfAll(debts)).toBe(8_667n);
    expect(debtsTable([], names, 'a-book').rows).toEqual([]);
    expect(debtsTable([debt(ann, 1, 0)], names, 'a-book')).not.toHaveProperty('foot');
  });
});

describe('money that makes a debt good', () => {
  it('pays it back, with where the rest goes', () =>
    expect(readSettle({ ...typed, rest: 'LIN-7K3M-9QXA' }, ann)).toMatchObject({
      what: 'payBack',
      faults: [],
      command: { statementLine: typed.line, personId: ann, restReference: 'LIN-7K3M-9QXA' },
    }));
  it('covers it, and then leaves no rest', () => {
    const read = readSettle({ ...typed, what: 'cover', rest: 'LIN-7K3M-9QXA' }, ann);
    expect(read).toMatchObject({ what: 'cover', faults: [] });
    expect(read.command.restReference).toBeUndefined();
  });
  it.each([
    [{ line: '' }, ['line']],
    [{ line: 'x', what: '' }, ['line', 'what']],
    [{ what: 'gift' }, ['what']],
    [{ rest: 'x'.repeat(41) }, ['rest']],
  ])('%o has faults at %o', (over, fields) => expect(readSettle({ ...typed, ...over }, ann).faults.map((fault) => fault.field)).toEqual(fields));
});

describe('fees', () => {
  const fees = [fee('money-holder', ann, 200), fee('money-holder', null, 2_000), fee('contributor', ben, 150)];
  it('are offered once for each who pays them, with the sum', () =>
    expect(payerItems(fees, names)).toEqual([
      { value: 'money-holder', text: 'The money-holder', hint: '£22.00 due' },
      { value: `contributor:${ben}`, text: 'PER-1234-5678', hint: '£1.50 due' },
    ]));
  it('are paid by one of those offered', () => {
    const payers = payerItems(fees, names);
    expect(readFees({ ...typed, payer: `contributor:${ben}` }, payers)).toMatchObject({ faults: [], command: { owedBy: 'contributor', personId: ben } });
    expect(readFees({ ...typed, payer: `contributor:${ann}` }, payers).faults).toEqual([{ field: 'payer', message: 'Choose who paid' }]);
    expect(readFees({ ...typed, payer: '' }, payers.slice(0, 1))).toMatchObject({ faults: [], command: { owedBy: 'money-holder' } });
    expect(readFees({ ...typed, line: '' }, []).faults.map((fault) => fault.field)).toEqual(['line', 'payer']);
  });
  it('add up', () => {
    expect(String(feesTable(fees, names).foot!.at(-1))).toContain('£23.50');
    expect(feesTable([], names).empty).toBe('No fees are due.');
    expect(fees.reduce((sum, each) => sum + each.amount, 0n) as Pence).toBe(2_350n);
  });
});
