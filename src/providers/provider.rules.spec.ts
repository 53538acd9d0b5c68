import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { edgeOf, statesAllowing } from '../kernel/index.js';
import { PROVIDER, SERVICE } from './provider.lifecycle.js';
import { assuredUntil, lapsesBefore } from './provider.rules.js';

describe('listings', () => {
  it('lapse three months after they were last seen, and are assured for a year', () =>
    expect([lapsesBefore('2026-05-31' as LocalDate), assuredUntil('2026-02-28' as LocalDate)]).toEqual(['2026-02-28', '2027-02-28']));

  it.each([
    ['list', ['draft', 'withdrawn']],
    ['confirm', ['listed', 'lapsed']],
    ['lapse', ['listed']],
    ['withdraw', ['draft', 'listed', 'lapsed']],
  ] as const)('%s from %o', (action, states) => expect(statesAllowing(PROVIDER, action)).toEqual(states));

  it('are confirmed with their services, but not those that were taken off', () => {
    expect(statesAllowing(SERVICE, 'confirm')).toEqual(['listed', 'lapsed']);
    expect(() => edgeOf('provider', PROVIDER, 'withdrawn', 'confirm')).toThrow(expect.objectContaining({ code: 'provider-is-withdrawn' }));
  });
});
