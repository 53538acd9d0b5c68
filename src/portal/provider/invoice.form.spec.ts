import { describe, expect, it } from '@jest/globals';
import { newId } from '../../kernel/index.js';
import { readInvoice, typedInvoice } from './invoice.form.js';

const session = newId();
const body = { number: 'LS-001', amount: '59.00', vat: '', 'dated-day': '8', 'dated-month': '3', 'dated-year': '2027', sessions: session };
const read = (over: object) => readInvoice(typedInvoice({ ...body, ...over }));

describe('a bill', () => {
  it('is read in pence and days', () =>
    expect(read({})).toMatchObject({ faults: [], command: { number: 'LS-001', amountPence: 5900n, dated: '2027-03-08', sessionIds: [session] } }));
  it('may have VAT', () => expect(read({ vat: '9.83' })).toMatchObject({ faults: [], command: { vatPence: 983n } }));
  it.each([
    [{ number: '' }, 'number'],
    [{ amount: 'x' }, 'amount'],
    [{ amount: '0' }, 'amount'],
    [{ vat: 'x' }, 'vat'],
    [{ 'dated-day': '32' }, 'dated'],
    [{ sessions: undefined }, 'sessions'],
    [{ sessions: 'x' }, 'sessions'],
  ])('%o is a fault of %s', (over, field) => expect(read(over).faults.map((fault) => fault.field)).toEqual([field]));
});
