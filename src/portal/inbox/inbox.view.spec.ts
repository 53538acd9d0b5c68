import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../kernel/index.js';
import { linkOf } from './inbox.view.js';

describe('where a notice of a paper leads', () => {
  it.each([
    [{ what: 'money', contributionId: 'c1' }, '/pools/p1/contributions/c1'],
    [{ what: 'quote' }, '/pools/p1/quotes'],
    [{ what: 'vote' }, '/pools/p1/decisions'],
    [{ what: 'session' }, '/pools/p1/sessions'],
    [{ what: 'agreement' }, '/pools/p1/agreement'],
  ])('%j: %s, where it stands', (facts, href) =>
    expect(linkOf({ kind: 'paper-typed', facts: { poolId: 'p1', ...facts }, personId: 'a' as PersonId })).toEqual({ href, text: 'See what was typed in' }),
  );
});
