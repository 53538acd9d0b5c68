import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { adultFrom, holdsContact, requireNoContact } from './card.rules.js';
import { GOAL_TERMS } from './goal-terms.js';

describe('a card', () => {
  it.each([
    ['2000-05-04', '2018-05-04'],
    ['2008-02-29', '2026-02-28'],
  ])('of someone born on %s is an adult’s from %s', (born, from) => expect(adultFrom(born as LocalDate)).toBe(from));

  it('needs a date of birth', () => expect(() => adultFrom(null)).toThrow('date of birth'));

  it.each(['ring me on 07700 900123', 'anna@example.org', 'see www.example.org', 'I live at M33 2AB', '0161-496-0000'])('holds contact details: %s', (words) =>
    expect(holdsContact(words)).toBe(true),
  );

  it.each(['I like walks of 3 to 4 miles', 'Tuesdays, 10 to 12', 'In M33 or near Sale', 'born in 1961, 65 now'])('holds none: %s', (words) =>
    expect(holdsContact(words)).toBe(false),
  );

  it('names the field at fault', () =>
    expect(() => requireNoContact({ words: 'fine', offerWords: 'a@b.cd' })).toThrow(
      expect.objectContaining({ fields: [expect.objectContaining({ field: 'offerWords' })] }),
    ));
});

describe('the terms of goals', () => {
  it('have one id each, and every area of the Care Act has some', () => {
    expect(new Set(GOAL_TERMS.map((term) => term.id)).size).toBe(GOAL_TERMS.length);
    expect(new Set(GOAL_TERMS.map((term) => term.area)).size).toBe(9);
  });
});
