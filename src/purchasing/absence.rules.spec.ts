import { describe, expect, it } from '@jest/globals';
import type { Id, LocalDate, PersonId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { AbsenceFacts } from './absence.rules.js';
import { checkCount, checkRange, decideAbsence, MOST_SESSIONS_AT_ONCE, takeOver } from './absence.rules.js';

const day = '2026-11-26' as LocalDate;
const facts = (over: object = {}, terms: object = {}): AbsenceFacts => ({
  terms: { absence: 'pay-if-you-come', split: 'equal', ...terms },
  session: { day, state: 'planned' },
  holdsPlace: true,
  toldBefore: false,
  ...over,
});
const told = (toldOn: string, reason: 'away' | 'hospital' | 'bereavement' = 'away') => ({ reason, toldOn: toldOn as LocalDate });

describe('whether somebody who does not come pays', () => {
  it.each([
    { what: 'pay if you come, told the day before', terms: {}, absence: told('2026-11-25'), outcome: 'excused' },
    { what: 'pay if you come, told on the day', terms: {}, absence: told('2026-11-26'), outcome: 'pays' },
    { what: 'told a week before, as agreed', terms: { absenceDays: 7 }, absence: told('2026-11-19'), outcome: 'excused' },
    { what: 'told six days before a week', terms: { absenceDays: 7 }, absence: told('2026-11-20'), outcome: 'pays' },
    { what: 'no notice agreed, told on the day', terms: { absenceDays: 0 }, absence: told('2026-11-26'), outcome: 'excused' },
    { what: 'pay to hold the place', terms: { absence: 'pay-to-hold-place' }, absence: told('2026-11-01'), outcome: 'pays' },
    { what: 'in hospital, place held', terms: { absence: 'pay-to-hold-place' }, absence: told('2026-11-26', 'hospital'), outcome: 'excused' },
    { what: 'a bereavement, told on the day', terms: {}, absence: told('2026-11-26', 'bereavement'), outcome: 'excused' },
  ])('$what: $outcome', ({ terms, absence, outcome }) => expect(decideAbsence(facts({}, terms), absence)).toBe(outcome));

  it.each([
    { code: 'session-is-over', over: { session: { day, state: 'invoiced' } } },
    { code: 'absence-told-before', over: { toldBefore: true } },
    { code: 'not-in-this-session', over: { holdsPlace: false } },
  ])('refuses: $code', ({ code, over }) => expect(() => decideAbsence(facts(over as object), told('2026-11-20'))).toThrow(expect.objectContaining({ code })));
});

describe('the days of being away', () => {
  it.each([
    { what: 'one day', until: undefined, code: null },
    { what: 'the same day twice', until: '2026-11-26', code: null },
    { what: 'a year and a day', until: '2027-11-27', code: null },
    { what: 'longer', until: '2027-11-28', code: 'days-wrong' },
    { what: 'backwards', until: '2026-11-25', code: 'days-wrong' },
  ])('$what: $code', ({ until, code }) => {
    const check = () => checkRange({ fromDay: day, untilDay: until as LocalDate | undefined });
    if (code === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });

  it('hold no more sessions than are looked at: none is left out in silence', () => {
    expect(() => checkCount(MOST_SESSIONS_AT_ONCE)).not.toThrow();
    expect(() => checkCount(MOST_SESSIONS_AT_ONCE + 1)).toThrow(expect.objectContaining({ code: 'too-many-sessions' }));
  });
});

describe('who takes the part over', () => {
  const share = (person: string, usable: number, id = person) => ({ id: id as Id<'share'>, personId: person as PersonId, usable: pence(usable) });
  const coming = [share('asha', 2_000), share('bola', 1_000, 'bola-1'), share('bola', 1_000, 'bola-2')];
  it.each([
    {
      what: 'those who come, alike, each out of their own shares in order',
      split: 'attendance' as const,
      part: 3_001,
      of: coming,
      parts: [
        ['asha', 1_501n],
        ['bola-1', 1_000n],
        ['bola-2', 500n],
      ],
      uncovered: 0n,
    },
    { what: 'nobody, when it would not reach for one of them', split: 'attendance' as const, part: 4_002, of: coming, parts: [], uncovered: 4_002n },
    { what: 'nobody, in any other split', split: 'equal' as const, part: 100, of: coming, parts: [], uncovered: 100n },
    { what: 'nobody, when nobody else comes', split: 'attendance' as const, part: 100, of: [], parts: [], uncovered: 100n },
  ])('$what', ({ split, part, of, parts, uncovered }) => {
    const taken = takeOver(split, pence(part), of);
    expect([taken.parts.map((each) => [each.share, each.amount]), taken.uncovered]).toEqual([parts, uncovered]);
  });
});
