import { describe, expect, it } from '@jest/globals';
import { newId } from '../../kernel/index.js';
import type { FoundPaper } from '../../purchasing/index.js';
import { readMoneySheet, readQuoteSheet, sourceName, typedSigned } from './signed-papers.form.js';

const source = (service: string, lineName: string) => ({ lineId: newId<'budget-line'>(), planLineId: newId<'plan-line'>(), service, lineName });
const money = (sources: readonly ReturnType<typeof source>[]) =>
  ({ kind: 'money', paper: { firstName: 'Bola', sources } }) as unknown as Extract<FoundPaper, { kind: 'money' }>;
const quote = (ids: readonly string[], mayObject: boolean) =>
  ({ kind: 'quote', paper: { firstName: 'Bola', quotes: ids.map((id) => ({ id })), mayObject } }) as unknown as Extract<FoundPaper, { kind: 'quote' }>;
const day = { 'signedOn-day': '20', 'signedOn-month': '11', 'signedOn-year': '2026' };
const body = { amount: '£40.50', signedBy: 'member', ...day };

describe('a sheet to put money in', () => {
  it('is read as people write sums, and read back before it goes in', () => {
    const { command, faults, rows } = readMoneySheet('PUT-1', typedSigned(body), money([]));
    expect(faults).toEqual([]);
    expect(command).toMatchObject({ amountPence: 4050n, signedBy: 'member', signedOn: '2026-11-20', readBack: false });
    expect(rows().map((row) => row.value)).toEqual(['Bola', '£40.50', 'The person themselves', '20 November 2026']);
  });
  it('says which money where there is more than one, and names the line only where that tells them apart', () => {
    const all = [source('Gardening', 'NHS'), source('Gardening', 'Council'), source('Swimming', 'NHS')];
    expect(readMoneySheet('PUT-1', typedSigned(body), money(all)).faults.map((fault) => fault.field)).toEqual(['source']);
    const read = (n: number) => readMoneySheet('PUT-1', typedSigned({ ...body, source: sourceName(all[n]!) }), money(all));
    expect(read(1)).toMatchObject({ faults: [], command: { lineId: all[1]!.lineId, planLineId: all[1]!.planLineId } });
    expect([read(1).rows()[2]!.value, read(2).rows()[2]!.value]).toEqual(['Gardening, from Council', 'Swimming']);
  });
  it.each([
    [{ amount: '' }, ['amount']],
    [{ amount: '-3' }, ['amount']],
    [{ amount: 'lots' }, ['amount']],
    [{ signedBy: '' }, ['signedBy']],
    [{ 'signedOn-day': '31' }, ['signedOn']],
    [{ 'signedOn-day': '', 'signedOn-month': '', 'signedOn-year': '' }, ['signedOn']],
  ])('%j has faults at %j', (over, fields) => {
    expect(readMoneySheet('PUT-1', typedSigned({ ...body, ...over }), money([])).faults.map((fault) => fault.field)).toEqual(fields);
  });
});

describe('a sheet to choose a quote', () => {
  const id = newId();
  const read = (over: object, mayObject = false) =>
    readQuoteSheet('QUO-1', typedSigned({ ...body, quote: id, ...over }), quote([id], mayObject), () => 'The pool');
  it('is a yes, unless the group lets people say that they could not live with it', () => {
    expect(read({ choice: 'object' }).command.choice).toBe('yes');
    expect(read({ choice: 'object' }, true)).toMatchObject({ faults: [], command: { choice: 'object' } });
    expect(read({}, true).faults.map((fault) => fault.field)).toEqual(['choice']);
  });
  it('is for a quote that stands on it', () => expect(read({ quote: newId() }).faults.map((fault) => fault.field)).toEqual(['quote']));
});
