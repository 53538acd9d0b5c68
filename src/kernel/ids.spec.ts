import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isId, isSpokenReference, newId, spokenReference, typedReference } from './ids.js';

const LETTERS = [...'ABCDEFGHJKMNPQRTVWXYZ23456789'];
const references = fc.uuid().map((id) => spokenReference('PAY', id));
/** Positions of the eight letters in `PAY-7K3M-9QXA`. */
const PLACES = [4, 5, 6, 7, 9, 10, 11, 12];
const withLetter = (text: string, place: number, letter: string): string => text.slice(0, place) + letter + text.slice(place + 1);

describe('ids', () => {
  it('are UUIDs of version 7, each later than the one before', () => {
    const ids = Array.from({ length: 1000 }, () => newId());
    expect(ids.every(isId)).toBe(true);
    expect(ids.every((id) => id[14] === '7')).toBe(true);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(['', 'x', 7, null, '0192A3B4-0000-7000-8000-000000000001', '0192a3b4-0000-7000-8000-000000000001 '])('%p is none', (value) => {
    expect(isId(value)).toBe(false);
  });
});

describe('references that people read aloud', () => {
  it('are the same for the same id, and hold no letter that sounds or looks like another', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(spokenReference('PAY', id)).toBe(spokenReference('PAY', id));
        expect(spokenReference('PAY', id)).toMatch(/^PAY-[A-HJKMNP-RTV-Z2-9]{4}-[A-HJKMNP-RTV-Z2-9]{4}$/);
      }),
    );
  });

  it('are known again in small letters', () => {
    fc.assert(fc.property(references, (reference) => isSpokenReference(reference) && isSpokenReference(reference.toLowerCase())));
  });

  it('catch every single wrong letter', () => {
    fc.assert(
      fc.property(references, fc.constantFrom(...PLACES), fc.constantFrom(...LETTERS), (reference, place, letter) => {
        expect(isSpokenReference(withLetter(reference, place, letter))).toBe(reference[place] === letter);
      }),
      { numRuns: 1000 },
    );
  });

  it('catch every swap of neighbours', () => {
    fc.assert(
      fc.property(references, fc.integer({ min: 0, max: 6 }), (reference, index) => {
        const [left, right] = [PLACES[index]!, PLACES[index + 1]!];
        const swapped = withLetter(withLetter(reference, left, reference[right]!), right, reference[left]!);
        expect(isSpokenReference(swapped)).toBe(swapped === reference);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['', 'PAY', 'PAY-7K3M', 'PAY-7K3M-9QX', 'PAY-IIII-OOOO', '7K3M9QXA'])('%p is none', (text) => {
    expect(isSpokenReference(text)).toBe(false);
  });

  it('are read as people type them, with or without the letters of the only kind asked for', () => {
    fc.assert(
      fc.property(references, (reference) => {
        const [kind, first, last] = reference.split('-') as [string, string, string];
        for (const typed of [reference, reference.toLowerCase(), ` ${kind} ${first} ${last} `, `${kind}${first}${last}`]) {
          expect(typedReference(typed)).toBe(reference);
          expect(typedReference(typed, kind)).toBe(reference);
        }
        expect(typedReference(`${first}${last}`, kind)).toBe(reference);
        expect(typedReference(`${first} ${last}`)).toBeUndefined();
        expect(typedReference(reference, 'XYZ')).toBeUndefined();
      }),
    );
  });

  it.each(['', 'PAY', 'PAY-7K3M', '7K3M9QXA', 'PAY-IIII-OOOO', 'PAYPAY-7K3M-9QXA'])('%p is read as none', (text) => {
    expect(typedReference(text)).toBeUndefined();
  });

  it('rarely repeat: among 20,000 new ids none does', () => {
    expect(new Set(Array.from({ length: 20_000 }, () => spokenReference('P', newId()))).size).toBeGreaterThanOrEqual(19_999);
  });
});
