import { describe, expect, it } from '@jest/globals';
import type { LocalDate, ProviderId } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { ProviderView, ServiceView } from '../../providers/index.js';
import { readBegin, readWithdraw } from './listing.form.js';
import { listingNeeds, listingView } from './listing.view.js';

const TODAY = '2027-03-08' as LocalDate;
const day = (text: string): LocalDate => text as LocalDate;
const service = (over: Partial<ServiceView> = {}): ServiceView =>
  ({ name: 'Gardening', days: [1, 4], price: pence(5_900), per: 'session', priceWords: null, state: 'listed', ...over }) as ServiceView;
const provider = (over: Partial<ProviderView> = {}): ProviderView => ({
  id: '018f0000-0000-7000-8000-00000000000a' as unknown as ProviderId,
  name: 'Leaf & Spade',
  kind: 'person',
  tier: 1,
  about: null,
  url: null,
  place: null,
  state: 'draft',
  source: null,
  assuredUntil: null,
  services: [],
  checks: [],
  ...over,
});

describe('a listing', () => {
  it.each([
    ['draft', true, false, true],
    ['listed', false, true, true],
    ['lapsed', false, true, true],
    ['withdrawn', true, false, false],
  ] as const)('%s: can be put in %s, confirmed %s, taken off %s', (state, publish, confirm, withdraw) => {
    const view = listingView(provider({ state }));
    expect([view.publish !== null, view.confirm !== null, view.withdraw !== null]).toEqual([publish, confirm, withdraw]);
  });

  it('says days and prices as people do', () => {
    const services = [
      service(),
      service({ price: null }),
      service({ price: pence(0) }),
      service({ price: null, priceWords: 'Ask us', days: [], state: 'withdrawn' }),
    ];
    expect(listingView(provider({ services })).services.rows.map((row) => row.slice(1))).toEqual([
      ['Monday, Thursday', '£59.00, for a session', 'Shown'],
      ['Monday, Thursday', 'Not said', 'Shown'],
      ['Monday, Thursday', 'Free', 'Shown'],
      ['Not said', 'Ask us', 'Taken off'],
    ]);
  });

  it('is named on the home page when it is unfinished, late, or soon to be confirmed', () => {
    const needs = (over: Partial<ProviderView>): [string, boolean][] =>
      listingNeeds([provider(over)], TODAY).map((need) => [need.text, need.isUrgent ?? false]);
    expect(needs({})).toEqual([['Finish the listing of Leaf & Spade', false]]);
    expect(needs({ state: 'lapsed', assuredUntil: day('2027-03-01') })).toEqual([['Check the listing of Leaf & Spade', true]]);
    expect(needs({ state: 'listed', assuredUntil: day('2027-04-07') })).toEqual([['Check the listing of Leaf & Spade', false]]);
    expect([needs({ state: 'listed', assuredUntil: day('2027-04-08') }), needs({ state: 'withdrawn' })]).toEqual([[], []]);
  });
});

describe('the forms of a listing', () => {
  it('need a name and a kind to begin, and no reason to end', () => {
    expect(readBegin({ name: 'Leaf', kind: 'person', about: ' ' })).toMatchObject({ faults: [], command: { name: 'Leaf', kind: 'person' } });
    expect(readBegin({ name: '', kind: 'x', about: '' }).faults.map((fault) => fault.field)).toEqual(['name', 'kind']);
    expect([readWithdraw('').faults, readWithdraw('I retire.').command.reason, readWithdraw('x'.repeat(501)).faults.map((fault) => fault.field)]).toEqual([
      [],
      'I retire.',
      ['reason'],
    ]);
  });
});
