import { describe, expect, it } from '@jest/globals';
import { hashOfText } from './statement.hash.js';
import { canonical, checkMark } from './statement.rules.js';

describe('what a paper says', () => {
  it('is the same text however it was put together', () => {
    expect(canonical({ b: [1, { d: 'x', c: null }], a: 'é', left: undefined })).toBe('{"a":"é","b":[1,{"c":null,"d":"x"}]}');
    expect(canonical({ a: 1, b: 2 })).toBe(canonical({ b: 2, a: 1 }));
  });
  it('has another hash when one penny is another', () => {
    expect(hashOfText(canonical({ pence: 1 }))).not.toBe(hashOfText(canonical({ pence: 2 })));
  });
});

describe('a mark', () => {
  const facts = { contentHash: 'a', mayBe: ['broker'] as const, marked: [] };
  it('is of the very words that were read, once, by who may', () => {
    expect(() => checkMark(facts, 'broker', 'a')).not.toThrow();
    expect(() => checkMark(facts, 'reader', 'a')).toThrow(expect.objectContaining({ kind: 'forbidden' }));
    expect(() => checkMark(facts, 'broker', 'b')).toThrow(expect.objectContaining({ code: 'statement-changed' }));
    expect(() => checkMark({ ...facts, marked: ['broker'] }, 'broker', 'a')).toThrow(expect.objectContaining({ code: 'marked-already' }));
  });
});
