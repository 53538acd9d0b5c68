import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../kernel/index.js';
import { hashOfText } from './statement.hash.js';
import { checkMark } from './statement.rules.js';

describe('what a paper says', () => {
  it('has another hash when one penny is another', () => {
    expect(hashOfText(canonicalJson({ pence: 1 }))).not.toBe(hashOfText(canonicalJson({ pence: 2 })));
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
