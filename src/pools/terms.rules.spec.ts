import { describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate, PersonId } from '../kernel/index.js';
import { addDays } from '../kernel/index.js';
import type { Terms } from './terms.rules.js';
import { contentHashOf } from './terms.hash.js';
import { checkTerms, noticeOn, termsOf } from './terms.rules.js';

const today = '2026-11-20' as LocalDate;
const [asha, bola] = ['a', 'b'] as PersonId[];
const terms: Terms = {
  split: 'equal',
  absence: 'pay-to-hold-place',
  noticeDays: 28,
  decide: 'all-agree',
  moneyHolderBook: 'book-t' as BookId,
  feesOwedBy: 'money-holder',
  reviewOn: '2027-05-01' as LocalDate,
};

const codeOf = (act: () => void): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'allowed';
};

describe('terms', () => {
  it.each<{ change: Partial<Terms>; code: string }>([
    { change: {}, code: 'allowed' },
    { change: { noticeDays: 0 }, code: 'allowed' },
    { change: { noticeDays: 183 }, code: 'notice-not-fair' },
    { change: { noticeDays: -1 }, code: 'notice-not-fair' },
    { change: { noticeDays: 1.5 }, code: 'notice-not-fair' },
    { change: { reviewOn: today }, code: 'review-in-the-past' },
    { change: { trialUntil: today }, code: 'trial-in-the-past' },
    { change: { trialUntil: addDays(today, 1) }, code: 'allowed' },
    { change: { split: 'ratio' }, code: 'parts-do-not-fit' },
    { change: { split: 'ratio', parts: [{ personId: asha!, part: 2 }] }, code: 'allowed' },
    { change: { split: 'ratio', parts: [{ personId: asha!, part: 0 }] }, code: 'parts-do-not-fit' },
    { change: { split: 'ratio', parts: [2, 3].map((part) => ({ personId: asha!, part })) }, code: 'parts-do-not-fit' },
    { change: { parts: [{ personId: asha!, part: 2 }] }, code: 'parts-do-not-fit' },
  ])('$change: $code', ({ change, code }) => {
    expect(codeOf(() => checkTerms({ ...terms, ...change }, today))).toBe(code);
  });

  it.each([
    { day: 0, notice: 0 },
    { day: 30, notice: 0 },
    { day: 31, notice: 28 },
  ])('with a trial of 30 days, leaving after $day days has $notice days of notice', ({ day, notice }) => {
    expect(noticeOn({ noticeDays: 28, trialUntil: addDays(today, 30) }, addDays(today, day))).toBe(notice);
  });

  it('are what was chosen and nothing else of a command', () => {
    const command = { ...terms, text: 'We swim.', moneyHolderBook: undefined, absenceDays: undefined, parts: [{ personId: bola!, part: 1, more: true }] };
    const { moneyHolderBook: _, ...rest } = terms;
    expect(termsOf(command as never)).toStrictEqual({ ...rest, moneyHolderBook: null, parts: [{ personId: bola, part: 1 }] });
  });
});

describe('what people assent to', () => {
  // Made by earlier versions of the software: assents given to them have to hold.
  it.each([
    { more: {}, hash: 'a1f0c84c1d5e0aea89768e585bddcffb618c8ac34dcba06878826b4553fd6965' },
    { more: { absenceDays: 2 }, hash: '8ad2b8cc15fcc565a91a78240553ce3ca742b6402191a58b96d1780f2977ab05' },
    { more: { funders: 'last' as const }, hash: '8a19a0e3bc69bc3f56651244b95e50c766405a2824268728955610bca50b588e' },
    { more: { quorumPercent: 60 }, hash: 'b9500cb28e75994e913dc9cf834d6b311c3d558877efefbfaa9358e7a0476ea8' },
    {
      more: {
        split: 'ratio' as const,
        parts: [
          { personId: asha!, part: 2 },
          { personId: bola!, part: 1 },
        ],
        quorumPercent: 60,
      },
      hash: '39cb9730cde70cb944b27812216dc3529d6654238b08deb61b39208da980167b',
    },
  ])('has the hash it always had: $more', ({ more, hash }) => {
    expect(contentHashOf({ ...terms, ...more }, 'We swim.')).toBe(hash);
  });

  it('is another thing for every setting, chosen or not', () => {
    const changes: Partial<Terms>[] = [
      {},
      { trialUntil: '2027-01-01' as LocalDate },
      { newcomers: 'nothing' },
      { newcomers: 'share-set-up' },
      { oneMemberUpToPence: 0 },
      { surplusKeepPence: 0 },
      { quorumPercent: 50 },
      { treasurer: asha! },
      { treasurer: bola! },
      { shortfall: 'pause' },
      { absenceDays: 1 },
      { oneMemberUpToPence: 0, surplusKeepPence: 0 },
    ];
    expect(new Set(changes.map((change) => contentHashOf({ ...terms, ...change }, 'We swim.'))).size).toBe(changes.length);
  });
});
