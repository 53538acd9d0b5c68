import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { checkGift, isBrought } from './gift.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const today = day('2026-11-22');
const facts = { poolState: 'active', memberState: 'member', offered: 0 } as const;
const codeOf = (work: () => void): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'fine';
};

describe('bringing something beside money', () => {
  it.each<[string, object, { fromDay: LocalDate; untilDay?: LocalDate }, string]>([
    ['from today, without an end', {}, { fromDay: today }, 'fine'],
    ['for one day', {}, { fromDay: today, untilDay: today }, 'fine'],
    ['from yesterday', {}, { fromDay: day('2026-11-21') }, 'gift-in-the-past'],
    ['that ends before it begins', {}, { fromDay: day('2026-12-02'), untilDay: day('2026-12-01') }, 'gift-ends-before-it-begins'],
    ['in three years', {}, { fromDay: day('2029-11-22') }, 'gift-too-far-away'],
    ['until in three years', {}, { fromDay: today, untilDay: day('2029-11-22') }, 'gift-too-far-away'],
    ['by somebody who was asked', { memberState: 'invited' }, { fromDay: today }, 'not-a-member'],
    ['by a stranger', { memberState: undefined }, { fromDay: today }, 'not-a-member'],
    ['to a pool that has not begun', { poolState: 'agreeing' }, { fromDay: today }, 'fine'],
    ['to a pool that ends', { poolState: 'closing' }, { fromDay: today }, 'pool-is-over'],
    ['as the twentieth thing', { offered: 19 }, { fromDay: today }, 'fine'],
    ['as the thing after that', { offered: 20 }, { fromDay: today }, 'too-many-gifts'],
  ])('%s', (_what, over, gift, code) => {
    expect(codeOf(() => checkGift({ ...facts, ...over }, gift, today))).toBe(code);
  });

  it('is brought until its last day, or until it is taken back', () => {
    const [open, last, over] = [null, today, day('2026-11-21')].map((untilDay) => isBrought({ state: 'offered', untilDay }, today));
    expect([open, last, over, isBrought({ state: 'taken-back', untilDay: null }, today)]).toEqual([true, true, false, false]);
  });
});
