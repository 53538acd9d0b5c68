import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../kernel/index.js';
import { sentenceOf } from './pool-history.rules.js';

const name = (): string => 'Asha';
const asha = 'asha' as PersonId;

describe('sentenceOf', () => {
  it.each([
    { noun: 'member', action: 'join', personId: asha, version: null, sentence: 'Asha joined.' },
    { noun: 'agreement', action: 'assent', personId: asha, version: 2, sentence: 'Asha agreed to version 2.' },
    { noun: 'contribution', action: 'arrive', personId: asha, version: null, sentence: 'Money from Asha arrived.' },
    { noun: 'pool', action: 'start', personId: null, version: null, sentence: 'Everyone had agreed, and the pool started.' },
    { noun: 'agreement', action: 'supersede', personId: null, version: 1, sentence: undefined },
  ])('$noun $action', ({ sentence, ...happening }) => {
    expect(sentenceOf({ ...happening, to: '' }, name)).toBe(sentence);
  });

  it('never says how much', () => {
    expect(sentenceOf({ noun: 'contribution', action: 'send', to: 'on-its-way', personId: asha, version: null }, name)).not.toMatch(/\d|£/);
  });
});
