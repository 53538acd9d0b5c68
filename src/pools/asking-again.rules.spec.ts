import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { checkAskingAgain } from './asking-again.rules.js';

const today = '2026-11-20' as LocalDate;
const left = { hasDied: false, noticeUntil: today, inShares: [pence(0), pence(0)], isExpected: false, hadShares: true };

describe('asking somebody again who left', () => {
  it('waits until their leaving is whole', () => {
    expect(() => checkAskingAgain(left, false, today)).not.toThrow();
    expect(() => checkAskingAgain({ ...left, noticeUntil: null, inShares: [], hadShares: false }, true, today)).not.toThrow();
  });
  it.each([
    [{ noticeUntil: '2026-11-21' }, false, 'still-leaving'],
    [{ inShares: [pence(0), pence(1)] }, false, 'still-leaving'],
    [{ isExpected: true }, false, 'still-leaving'],
    [{ hasDied: true }, false, 'has-died'],
    [{}, true, 'paid-before'],
  ])('%j: %s', (over, withoutMoney, code) => {
    expect(() => checkAskingAgain({ ...left, ...over } as typeof left, withoutMoney, today)).toThrow(expect.objectContaining({ code }));
  });
});
