import { expect, it } from '@jest/globals';
import { formTokenOf, masked, same, unmasked } from './form-token.js';

const TOKEN = formTokenOf('a visitor');

it('is shown under a mask that is never the same, and comes out as it went in', () => {
  const shown = Array.from({ length: 50 }, () => masked(TOKEN));
  expect(new Set(shown).size).toBe(50);
  for (const each of shown) {
    expect(each).not.toContain(TOKEN.slice(0, 6));
    expect(same(unmasked(each), TOKEN)).toBe(true);
  }
});

it.each(['', 'x', TOKEN, masked(formTokenOf('another visitor')), masked(TOKEN).slice(1), '£££'])('does not fit when %p is sent', (sent) =>
  expect(same(unmasked(sent), TOKEN)).toBe(false),
);
