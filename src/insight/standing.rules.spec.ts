import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { asOfAsked } from './standing.rules.js';

const now = new Date('2026-05-01T10:00:00Z');
const on = '2026-04-30' as LocalDate;

describe('a question about the past', () => {
  it.each([
    ['nothing asked', {}, { knownAt: now }],
    ['a day', { on }, { effectiveOn: on }],
    ['a day as it counts', { on, by: 'booked' }, { bookedOn: on }],
    ['a day as it was known, to its last millisecond in London', { on, by: 'known' }, { knownAt: new Date('2026-04-30T22:59:59.999Z') }],
    ['a moment', { at: '2026-04-30T10:00:00Z' }, { knownAt: new Date('2026-04-30T10:00:00Z') }],
  ] as const)('%s', (_name, asked, answer) => expect(asOfAsked(asked, now)).toEqual(answer));

  it.each([
    ['both', { on, at: '2026-04-30T10:00:00Z' }, 'one-moment'],
    ['words', { at: 'yesterday' }, 'moment-not-understood'],
    ['a moment of no place', { at: '2026-04-30T10:00:00' }, 'moment-not-understood'],
    ['a month that is none', { at: '2026-13-30T10:00:00Z' }, 'moment-not-understood'],
  ] as const)('refuses %s', (_name, asked, code) => expect(() => asOfAsked(asked, now)).toThrow(expect.objectContaining({ code })));
});
