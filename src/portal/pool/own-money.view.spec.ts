import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import type { OwnMoneyInPool, TopUpState } from '../../pools/index.js';
import { topUpLines, wayItems } from './own-money.view.js';

const today = '2026-11-20' as LocalDate;
const topUp = (state: TopUpState, over: object = {}) => ({
  id: `t-${state}`,
  state,
  by: 'card',
  amount: pence(2_000),
  askedOn: today,
  arrivedOn: state === 'asked' ? null : today,
  takeBackUntil: null,
  paymentId: 'payment',
  reference: null,
  ...over,
});
const STATES: readonly TopUpState[] = ['asked', 'in-pool', 'kept', 'failed', 'withdrawn', 'taken-back'];
const own = (topUps: readonly object[]) =>
  ({ holder: 'Purse Keepers', here: pence(500), ways: ['here', 'card', 'bacs-debit', 'bank'], topUps }) as unknown as OwnMoneyInPool;
const all = own([...STATES.map((state) => topUp(state)), topUp('asked', { by: 'bank', reference: 'OWN-1' }), topUp('in-pool', { takeBackUntil: today })]);

describe('one’s own money in a pool', () => {
  it('can be paid, given up or taken back while that is possible, and not after', () => {
    const ways = topUpLines('p', all, today).map(({ payHref, withdrawHref, takeBackHref, reference }) => [payHref, withdrawHref, takeBackHref, reference]);
    expect(ways.map((each) => each.map((way) => way !== null))).toEqual([
      [true, true, false, false],
      ...STATES.slice(1).map(() => [false, false, false, false]),
      [true, true, false, true],
      [false, false, true, false],
    ]);
    expect(topUpLines('p', own([topUp('in-pool', { takeBackUntil: '2026-11-19' })]), today)[0]!.takeBackHref).toBeNull();
  });

  it('is told to the person, and about the person to who acts for them', () => {
    const words = (about?: string): string =>
      [...topUpLines('p', all, today, about).map((line) => line.words), ...wayItems(all, about).map((way) => way.text), wayItems(all, about)[0]!.hint].join(
        ' ',
      );
    expect(words()).toContain('It is yours, and kept for you.');
    expect(words('Bola')).toContain('Purse Keepers keeps £5.00 for Bola.');
    expect(words('Bola')).not.toMatch(/\b(you|your|yours|my)\b/i);
  });
});
