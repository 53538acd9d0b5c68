import { describe, expect, it } from '@jest/globals';
import type { BookId } from '../../kernel/index.js';
import type { AgreementView, PoolView, Terms } from '../../pools/index.js';
import { agreementPage, termsInWords } from './agreement.view.js';

const terms: Terms = {
  split: 'equal',
  absence: 'pay-if-you-come',
  noticeDays: 28,
  decide: 'all-agree',
  moneyHolderBook: 'b' as BookId,
  feesOwedBy: 'icb',
  reviewOn: '2027-04-01' as Terms['reviewOn'],
};
const member = (firstName: string, state = 'invited', isMe = false) => ({ firstName, state, isMe, joinOrder: 1 });
const pool = (...members: object[]): PoolView => ({ members }) as unknown as PoolView;
const agreement = (over: object): AgreementView =>
  ({
    id: 'a',
    version: 2,
    state: 'offered',
    terms,
    text: 'One.\n\nTwo.',
    contentHash: 'h',
    assented: [],
    iAssented: false,
    ...over,
  }) as unknown as AgreementView;

describe('the terms in words', () => {
  it('says who holds the money, and what leaving means', () => {
    const rows = termsInWords(terms, 'Purse CIC').map((row) => String(row.value));
    expect(rows[1]).toContain('Purse CIC');
    expect(rows[4]).toContain('next 28 days');
    expect(rows[6]).toBe('On 1 April 2027');
  });
  it('says so when nobody holds it, and when there is no notice', () => {
    const rows = termsInWords({ ...terms, moneyHolderBook: null, noticeDays: 0 }, null).map((row) => String(row.value));
    expect(rows[1]).toContain('Nobody');
    expect(rows[4]).toContain('owe nothing more');
  });
});

describe('a version', () => {
  it('names who agreed and who is waited for', () =>
    expect(agreementPage(pool(member('Ana', 'invited', true), member('Ben'), member('Cass')), agreement({ assented: ['Ben'] }), null)).toMatchObject({
      who: 'Ben has agreed. We wait for you and Cass.',
      mayAssent: true,
      paragraphs: ['One.', 'Two.'],
    }));

  it('counts two people of one name as two', () =>
    expect(agreementPage(pool(member('Ana', 'invited', true), member('Ana')), agreement({ assented: ['Ana'], iAssented: true }), null).who).toBe(
      'Ana has agreed. We wait for Ana.',
    ));

  it('is not asked of who agreed, who left, or a broker', () => {
    expect(agreementPage(pool(member('Ana', 'member', true)), agreement({ iAssented: true, assented: ['Ana'] }), null)).toMatchObject({
      mayAssent: false,
      who: 'Ana has agreed. That is everyone.',
    });
    expect(agreementPage(pool(member('Ana', 'left', true)), agreement({}), null).mayAssent).toBe(false);
    expect(agreementPage(pool(member('Ana')), agreement({}), null).mayAssent).toBe(false);
  });

  it('in force is asked of a newcomer only', () => {
    expect(agreementPage(pool(member('Ana', 'member', true)), agreement({ state: 'in-force' }), null).mayAssent).toBe(false);
    expect(agreementPage(pool(member('Ana', 'invited', true)), agreement({ state: 'in-force' }), null).mayAssent).toBe(true);
  });
});
