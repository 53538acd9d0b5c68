import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it.each<[value: unknown, text: string]>([
    [{ b: [1, { d: 'x', c: null }], a: 'é', left: undefined }, '{"a":"é","b":[1,{"c":null,"d":"x"}]}'],
    [{ pence: 12n, at: new Date('2026-11-23T07:00:00Z') }, '{"at":"2026-11-23T07:00:00.000Z","pence":"12n"}'],
    [[undefined, 1], '[null,1]'],
    [{}, '{}'],
    [undefined, 'null'],
  ])('of %p is %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('does not depend on the order in which it was put together', () => expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 })));

  it('says what JSON says', () =>
    fc.assert(fc.property(fc.jsonValue(), (value) => expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))))));
});
