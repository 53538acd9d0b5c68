import { describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate } from '../../kernel/index.js';
import { newId, pence } from '../../kernel/index.js';
import type { OwnMoneyInPoolFacts } from './own-top-up.rules.js';
import { checkOwnMoney, checkTakeBack, checkTopUp, mayTakeBackUntil, MOST_WAITING } from './own-top-up.rules.js';

const holder = { bookId: newId<'book'>() as BookId, basis: 'cash', isClosing: false, isMoving: false } as const;
const open: OwnMoneyInPoolFacts = { pool: { state: 'active', agreementInForce: true }, member: { state: 'member' }, holder, split: 'equal' };
const codeOf = (check: () => void): string => {
  try {
    check();
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('whether own money may go in', () => {
  it.each<[string, Partial<OwnMoneyInPoolFacts>, boolean, string]>([
    ['a member, and a body that holds real money', {}, false, 'fine'],
    ['nobody holds money together', { holder: undefined }, false, 'no-real-money-here'],
    ['an allocation book', { holder: { ...holder, basis: 'allocation' } }, false, 'no-real-money-here'],
    ['the money-holder closes', { holder: { ...holder, isClosing: true } }, false, 'money-holder-changing'],
    ['the money is moving', { holder: { ...holder, isMoving: true } }, false, 'money-holder-changing'],
    ['somebody asked and not yet in', { member: { state: 'invited' } }, false, 'not-a-member'],
    ['somebody who left', { member: { state: 'left' } }, false, 'not-a-member'],
    ['a stopped pool', { pool: { state: 'frozen', agreementInForce: true } }, false, 'pool-not-active'],
    ['a stopped part', { member: { state: 'member', isFrozen: true } }, false, 'part-frozen'],
    ['somebody who came without money and does not say they pay', { member: { state: 'member', pays: false } }, false, 'comes-without-money'],
    ['somebody who says that they pay from now on', { member: { state: 'member', pays: false } }, true, 'fine'],
    ['who would come and pay alike', { member: { state: 'member', pays: false }, split: 'attendance' }, true, 'fine'],
    ['whose part no agreement names', { member: { state: 'member', pays: false }, split: 'ratio' }, true, 'part-not-agreed'],
    ['who pays already, in the same agreement', { split: 'ratio' }, false, 'fine'],
  ])('%s', (_what, over, paysFromNow, code) => {
    expect(codeOf(() => checkOwnMoney({ ...open, ...over }, paysFromNow))).toBe(code);
  });
});

describe('how much', () => {
  const facts = { free: pence(500), waiting: 0 };
  it.each([
    [{ amount: pence(500), by: 'here' }, 0, 'fine'],
    [{ amount: pence(501), by: 'here' }, 0, 'not-enough-free'],
    [{ amount: pence(501), by: 'card' }, 0, 'fine'],
    [{ amount: pence(0), by: 'card' }, 0, 'amount-not-positive'],
    [{ amount: pence(1), by: 'bank' }, MOST_WAITING - 1, 'fine'],
    [{ amount: pence(1), by: 'bank' }, MOST_WAITING, 'too-many-waiting'],
    [{ amount: pence(1), by: 'here' }, MOST_WAITING, 'fine'],
  ] as const)('%j with %i on their way', (command, waiting, code) => {
    expect(codeOf(() => checkTopUp({ ...facts, waiting }, command))).toBe(code);
  });
});

describe('changing one’s mind', () => {
  const arrivedOn = '2026-11-20' as LocalDate;
  const topUp = { state: 'in-pool', arrivedOn, amount: pence(700) } as const;
  it.each([
    ['2026-11-20', 700, 'fine'],
    ['2026-11-27', 700, 'fine'],
    ['2026-11-28', 700, 'too-late-to-take-back'],
    ['2026-11-21', 699, 'not-free-any-more'],
  ])('on %s, with %i free', (today, free, code) => {
    expect(codeOf(() => checkTakeBack(topUp, pence(free), today as LocalDate))).toBe(code);
  });

  it('has a last day only while the money is in the pool', () => {
    expect(mayTakeBackUntil(topUp)).toBe('2026-11-27');
    expect(mayTakeBackUntil({ state: 'asked', arrivedOn: null })).toBeNull();
    expect(mayTakeBackUntil({ state: 'taken-back', arrivedOn })).toBeNull();
  });
});
