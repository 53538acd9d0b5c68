import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { ChoiceTerms } from './choice.rules.js';
import { waitsFor } from './choice.rules.js';

const people = (names: string): PersonId[] => [...names] as PersonId[];

describe('a quote is chosen as the agreement says', () => {
  const [all, most, none] = [{ decide: 'all-agree' }, { decide: 'most-agree' }, { decide: 'no-strong-objection' }] as const;
  it.each<{ terms: ChoiceTerms; members: string; yes: string; object?: string; whole?: number; waits: string }>([
    { terms: all, members: 'abc', yes: 'ab', waits: 'everyone' },
    { terms: all, members: 'abc', yes: 'abc', waits: 'nothing' },
    { terms: all, members: '', yes: '', waits: 'everyone' },
    { terms: most, members: 'abc', yes: 'a', waits: 'more-yes' },
    { terms: most, members: 'abc', yes: 'ab', waits: 'nothing' },
    { terms: most, members: 'abcd', yes: 'ab', waits: 'more-yes' },
    { terms: most, members: 'abcd', yes: 'abc', waits: 'nothing' },
    { terms: { ...most, quorumPercent: 100 }, members: 'abcd', yes: 'abc', waits: 'more-yes' },
    { terms: most, members: 'abc', yes: 'ab', object: 'c', waits: 'nothing' },
    { terms: none, members: 'abc', yes: 'ab', waits: 'nothing' },
    { terms: none, members: 'abc', yes: 'ab', object: 'c', waits: 'objection' },
    { terms: none, members: 'abcdef', yes: 'ab', waits: 'more-yes' },
    { terms: { ...none, quorumPercent: 20 }, members: 'abcdef', yes: 'ab', waits: 'nothing' },
    // Two people: neither outvotes the other.
    { terms: most, members: 'ab', yes: 'a', waits: 'everyone' },
    { terms: none, members: 'ab', yes: 'a', waits: 'everyone' },
    // Who left, or never was a member, does not count.
    { terms: most, members: 'abc', yes: 'axy', waits: 'more-yes' },
    { terms: none, members: 'abc', yes: 'ab', object: 'x', waits: 'nothing' },
    // Small and large sums.
    { terms: { ...all, oneMemberUpToPence: 5_000 }, members: 'abc', yes: 'b', whole: 5_000, waits: 'nothing' },
    { terms: { ...all, oneMemberUpToPence: 5_000 }, members: 'abc', yes: 'b', whole: 5_001, waits: 'everyone' },
    { terms: { ...all, oneMemberUpToPence: 5_000 }, members: 'abc', yes: '', whole: 5_000, waits: 'everyone' },
    { terms: { ...most, oneMemberUpToPence: 5_000 }, members: 'abc', yes: 'b', object: 'c', whole: 5_000, waits: 'more-yes' },
    { terms: { ...most, treasurer: 'c' as PersonId }, members: 'abc', yes: 'ab', waits: 'treasurer' },
    { terms: { ...most, treasurer: 'c' as PersonId }, members: 'abc', yes: 'ac', waits: 'nothing' },
    { terms: { ...most, treasurer: 'z' as PersonId }, members: 'abc', yes: 'ab', waits: 'nothing' },
    { terms: { ...most, treasurer: 'c' as PersonId, oneMemberUpToPence: 5_000 }, members: 'abc', yes: 'a', whole: 4_000, waits: 'nothing' },
  ])('$terms of $members, yes $yes, against $object: waits for $waits', ({ terms, members, yes, object = '', whole = 10_000, waits }) => {
    expect(waitsFor(terms, { members: people(members), yes: people(yes), objected: people(object), whole: pence(whole) }) ?? 'nothing').toBe(waits);
  });
});
