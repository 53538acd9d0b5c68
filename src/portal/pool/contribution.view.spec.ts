import { describe, expect, it } from '@jest/globals';
import { pence } from '../../kernel/index.js';
import type { Contribution } from './contribution.view.js';
import { wayOf } from './contribution.view.js';

const contribution = (over: object): Contribution =>
  ({ id: 'c', state: 'on-its-way', by: 'card', amount: pence(6000), madeAt: '2027-03-01T23:30:00Z', remittanceId: 'r', ...over }) as unknown as Contribution;
const places = (over: object): string[] => wayOf(contribution(over), undefined).map((step) => step.place);

describe('where a contribution is', () => {
  it.each([
    [{ by: 'same-book', state: 'arrived' }, ['done', 'done']],
    [{}, ['done', 'now', 'ahead']],
    [{ by: 'bacs-debit' }, ['done', 'now', 'ahead']],
    [{ state: 'arrived' }, ['done', 'done', 'done']],
    [{ state: 'failed' }, ['done', 'stopped', 'ahead']],
  ])('%o stands at %o', (over, expected) => expect(places(over)).toEqual(expected));

  it('says the day it arrived', () =>
    expect(wayOf(contribution({ state: 'arrived' }), { sentOn: '2027-03-02' as never, arrivedOn: '2027-03-05' as never })[2]!.words).toContain('5 March 2027'));
  it('says the London day on which it was made', () =>
    expect(wayOf(contribution({ madeAt: '2027-07-01T23:30:00Z' }), undefined)[0]!.words).toBe('On 2 July 2027'));
});
