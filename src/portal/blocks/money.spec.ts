import { describe, expect, it } from '@jest/globals';
import { pence } from '../../kernel/index.js';
import { money } from './money.js';
import { percentOf, portionOf } from './portion.js';

describe('money', () => {
  it.each([
    [pence(123450), {}, '<span class="cp-money">£1,234.50</span>'],
    [pence(-1200), {}, '<span class="cp-money"><span class="nhsuk-u-visually-hidden">minus </span><span aria-hidden="true">−</span>£12.00</span>'],
    [pence(4000), { signed: true }, '<span class="cp-money"><span class="nhsuk-u-visually-hidden">plus </span><span aria-hidden="true">+</span>£40.00</span>'],
    [pence(0), { signed: true }, '<span class="cp-money">£0.00</span>'],
    [pence(1250), { per: 'each <session>' }, '<span class="cp-money">£12.50</span> <span class="cp-money__per">each &lt;session&gt;</span>'],
    [pence(1250), { size: 'large' as const }, '<span class="cp-money cp-money--large">£12.50</span>'],
  ])('%s with %o', (sum, options, expected) => expect(money(sum, options).markup).toBe(expected));
});

describe('percentOf', () => {
  it.each([
    [0, 100, '0%'],
    [1, 1000, 'less than 1%'],
    [33, 100, '33%'],
    [9999, 10000, 'more than 99%'],
    [100, 100, '100%'],
    [150, 100, '100%'],
    [-5, 100, '0%'],
    [5, 0, '0%'],
  ])('%d of %d is %s', (part, whole, expected) => expect(percentOf(pence(part), pence(whole))).toBe(expected));

  it('keeps portions within the picture', () => {
    expect(portionOf(pence(150), pence(100))).toBe(100);
    expect(portionOf(pence(-1), pence(100))).toBe(0);
  });
});
