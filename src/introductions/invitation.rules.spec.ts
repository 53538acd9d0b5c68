import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { TRIES_A_DAY } from './acquaintance-code.rules.js';
import type { InvitedFacts } from './invitation.rules.js';
import { requireMayMeet, requireTriesLeft } from './invitation.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const facts = (over: Partial<InvitedFacts> = {}): InvitedFacts => ({
  from: 'a',
  to: 'b',
  bornOn: { from: day('1990-01-01'), to: day('1980-01-01') },
  today: day('2026-11-22'),
  introduction: undefined,
  isAsked: false,
  ...over,
});

describe('two who know each other', () => {
  it.each<[string, Partial<InvitedFacts>]>([
    ['both grown up', {}],
    ['both under 18', { bornOn: { from: day('2010-01-01'), to: day('2011-01-01') } }],
    ['one stepped back once', { introduction: 'stepped-back' }],
    ['one just 18 today', { bornOn: { from: day('2008-11-22'), to: day('1980-01-01') } }],
  ])('may meet: %s', (_what, over) => expect(() => requireMayMeet(facts(over))).not.toThrow());

  it.each<[string, Partial<InvitedFacts>]>([
    ['same-person', { to: 'a' }],
    ['ages-apart', { bornOn: { from: day('2008-11-23'), to: day('1980-01-01') } }],
    ['date-of-birth-needed', { bornOn: { from: null, to: day('1980-01-01') } }],
    ['already-introduced', { introduction: 'introduced' }],
    ['already-introduced', { introduction: 'became-pool' }],
    ['already-asked', { isAsked: true }],
  ])('may not: %s', (code, over) => expect(() => requireMayMeet(facts(over))).toThrow(expect.objectContaining({ code })));
});

describe('wrong codes', () => {
  it('may be typed in ten times a day', () => {
    expect(() => requireTriesLeft(TRIES_A_DAY - 1)).not.toThrow();
    expect(() => requireTriesLeft(TRIES_A_DAY)).toThrow(expect.objectContaining({ code: 'too-many-tries' }));
  });
});
