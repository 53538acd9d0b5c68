import { describe, expect, it } from '@jest/globals';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import type { Asked } from './group.rules.js';
import { datesOf, revealedOf } from './group.rules.js';

const [A, B, C, D] = ['a', 'b', 'c', 'd'] as PersonId[] as [PersonId, PersonId, PersonId, PersonId];
const asked = (person: PersonId, over: Partial<Asked> = {}): Asked => ({ person, choice: 'yes', card: 'open', agrees: true, blocked: [], ...over });
const four = (over: Partial<Record<string, Partial<Asked>>>): Asked[] => [D, C, B, A].map((person) => asked(person, over[person]));

describe('a proposed group', () => {
  it('takes answers for two weeks and is revealed the day after', () =>
    expect(datesOf('2026-11-20' as LocalDate)).toEqual({ answerUntil: '2026-12-04', revealOn: '2026-12-05' }));

  it('is revealed to all who said yes', () => expect(revealedOf(four({}))).toEqual([A, B, C, D]));

  it.each<[string, Partial<Asked>]>([
    ['said no', { choice: 'no' }],
    ['said not now', { choice: 'not-now' }],
    ['said nothing', { choice: undefined }],
    ['took their card down', { card: 'taken-down' }],
    ['no longer wants to be asked', { agrees: false }],
    ['blocked another', { blocked: [B] }],
  ])('leaves out who %s', (_why, over) => expect(revealedOf(four({ d: over }))).toEqual([A, B, C]));

  it.each<[string, Partial<Record<string, Partial<Asked>>>]>([
    ['two said no', { a: { choice: 'no' }, b: { choice: 'no' } }],
    ['two blocked each other', { a: { blocked: [B] }, b: { blocked: [A] } }],
    ['one said no and one blocked', { a: { choice: 'no' }, b: { blocked: [C] } }],
  ])('is nobody’s when %s', (_why, over) => expect(revealedOf(four(over))).toEqual([]));

  it('does not mind a block of somebody who is not among them', () =>
    expect(revealedOf(four({ a: { choice: 'no' }, b: { blocked: [A] } }))).toEqual([B, C, D]));
});
