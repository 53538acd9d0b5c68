import { describe, expect, it } from '@jest/globals';
import type { BookId, PersonId } from '../../kernel/index.js';
import { newId } from '../../kernel/index.js';
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
    const rows = termsInWords(terms, { holder: 'Purse CIC' }).map((row) => String(row.value));
    expect(rows[1]).toContain('Purse CIC');
    expect(rows[4]).toContain('next 28 days');
    expect(rows[6]).toBe('On 1 April 2027');
  });
  const me = newId<'person'>();
  const parts = [
    { personId: me, part: 90 },
    { personId: newId<'person'>(), part: 150 },
  ];
  const rowOf = (over: Partial<Terms>, key: string, reader?: PersonId): string | undefined =>
    termsInWords({ ...terms, ...over }, { holder: null, me: reader })
      .filter((row) => row.key.includes(key))
      .map((row) => String(row.value))[0];
  it.each<[Partial<Terms>, string]>([
    [{ split: 'equal' }, 'Everyone pays the same.'],
    [{ split: 'attendance' }, 'Those who come pay the same.'],
    [{ split: 'hours', parts }, 'Your part: 90 minutes of 4 hours.'],
    [{ split: 'ratio', parts }, 'Your part: 90 of 240.'],
    [{ split: 'fixed', parts }, 'Your sum: £0.90.'],
    [{ split: 'funder', parts }, 'their funder named for each session. Your sum: £0.90.'],
  ])('says of %j how the cost is shared, and nobody else’s part', (over, words) => {
    expect(rowOf(over, 'share the cost', me)).toContain(words);
    expect(rowOf(over, 'share the cost', me)).not.toContain('150');
    expect(rowOf(over, 'share the cost')).not.toContain('Your');
  });
  it.each<[Partial<Terms>, string, string]>([
    [{ decide: 'all-agree' }, 'decide', 'everyone must say yes'],
    [{ decide: 'most-agree' }, 'decide', 'more of us must say yes than no. At least 50% of us must vote.'],
    [{ decide: 'no-strong-objection', quorumPercent: 75 }, 'decide', 'unless someone could not live with it. At least 75% of us must vote.'],
    [{ absence: 'pay-to-hold-place' }, 'away', 'You still pay'],
    [{ absence: 'pay-to-hold-place' }, 'away', 'In hospital'],
    [{ absenceDays: undefined as never }, 'away', 'say so 1 day before'],
    [{ absenceDays: 3 }, 'away', 'say so 3 days before'],
    [{ absenceDays: 0 }, 'away', 'Say so when you cannot come'],
    [{ funders: 'first' }, 'others give', 'before our own money'],
    [{ funders: 'last' }, 'others give', 'only where our own money is not enough'],
  ])('says of %j what it means', (over, key, words) => expect(rowOf(over, key)).toContain(words));
  it('says nothing of funders where the group takes no such money', () => expect(rowOf({}, 'others give')).toBeUndefined());
  it('says so when nobody holds it, and when there is no notice', () => {
    const rows = termsInWords({ ...terms, moneyHolderBook: null, noticeDays: 0 }, { holder: null }).map((row) => String(row.value));
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
