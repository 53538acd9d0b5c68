import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { codeOf, isSameFirstName, TRIES_A_DAY, typedCode } from './acquaintance-code.rules.js';

describe('a code', () => {
  it('is twelve letters of 24, in three groups, the same for the same bytes', () => {
    const bytes = randomBytes(32);
    expect(codeOf(bytes)).toMatch(/^[BCDFGHJKMNPQRTVWXYZ34679]{4}(-[BCDFGHJKMNPQRTVWXYZ34679]{4}){2}$/);
    expect(codeOf(bytes)).toBe(codeOf(bytes));
    expect(codeOf(Buffer.alloc(32, 0))).toBe('BBBB-BBBB-BBBB');
  });

  it('uses every letter about equally often', () => {
    const counts = new Map<string, number>();
    for (let at = 0; at < 2_000; at += 1) for (const letter of codeOf(randomBytes(32)).replaceAll('-', '')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });

  it('is long enough: a thousand guessers in a year find one of a million codes once in about ten thousand such years', () => {
    const guesses = 1_000 * TRIES_A_DAY * 365;
    const chance = (guesses * 1_000_000) / 24 ** 12;
    expect(chance).toBeGreaterThan(0);
    expect(chance).toBeLessThan(1 / 9_000);
  });

  it.each([
    ['bcdf-ghjk-mnpq', 'BCDF-GHJK-MNPQ'],
    [' BCDF GHJK MNPQ ', 'BCDF-GHJK-MNPQ'],
    ['bcdfghjkmnpq', 'BCDF-GHJK-MNPQ'],
  ])('typed as %j is %s', (typed, code) => expect(typedCode(typed)).toBe(code));
  it.each(['', 'BCDF', 'BCDF-GHJK-MNPO', 'BCDF-GHJK-MNPQ-R', '<script>'])('%j is none', (typed) => expect(typedCode(typed)).toBeUndefined());
});

describe('a first name', () => {
  it.each([
    ['ann', 'Ann'],
    [' Zoe ', 'Zoë'],
    ['mary jane', 'Mary-Jane'],
    ["o'neil", 'O’Neil'],
  ])('%j is %s', (typed, known) => expect(isSameFirstName(typed, known)).toBe(true));
  it.each([
    ['Anne', 'Ann'],
    ['', 'Ann'],
    ['-', '-'],
  ])('%j is not %s', (typed, known) => expect(isSameFirstName(typed, known)).toBe(false));
});
