import { describe, expect, it } from '@jest/globals';
import { newId, pence } from '../../kernel/index.js';
import { readPutIn } from './put-in.form.js';

const source = (value: string, travels: boolean) => ({
  value,
  lineId: newId<'budget-line'>(),
  planLineId: newId<'plan-line'>(),
  service: 'Gardening',
  lineName: 'NHS money',
  free: pence(5000),
  checked: 'Not yet checked against the bank',
  travels,
});
const near = source('near', false);
const far = source('far', true);
const read = (over: object, sources = [near, far]) => readPutIn({ source: 'near', amount: '40', by: '', ...over }, sources);

describe('putting money in', () => {
  it('reads pounds as people type them', () =>
    expect(read({ amount: '£1,040.50' })).toMatchObject({ faults: [], command: { lineId: near.lineId, planLineId: near.planLineId, amountPence: 104_050n } }));
  it('takes the only money there is', () => expect(read({ source: '' }, [near])).toMatchObject({ faults: [], command: { lineId: near.lineId } }));
  it('leaves out a way of paying that is not needed', () => expect(read({ by: 'card' }).command.by).toBeUndefined());
  it('keeps the way of paying of money that travels', () => expect(read({ source: 'far', by: 'card' })).toMatchObject({ faults: [], command: { by: 'card' } }));

  it.each([
    [{ source: '' }, ['source']],
    [{ amount: '' }, ['amount']],
    [{ amount: 'lots' }, ['amount']],
    [{ amount: '0' }, ['amount']],
    [{ amount: '-5' }, ['amount']],
    [{ source: 'far' }, ['by']],
    [{ source: 'far', by: 'post' }, ['by']],
    [{ source: 'x', amount: 'x' }, ['source', 'amount']],
  ])('%o has faults at %o', (over, fields) => expect(read(over).faults.map((fault) => fault.field)).toEqual(fields));
});
