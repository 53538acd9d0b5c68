import { describe, expect, it } from '@jest/globals';
import type { DomainError, LocalDate } from '../kernel/index.js';
import { GROUNDS, groundsOf, STATUTES } from './decision.grounds.js';
import { checkAnswerDay, checkStopDay, checkSuspension } from './decision.rules.js';

const today = '2026-11-20' as LocalDate;
const day = (text: string): LocalDate => text as LocalDate;
const codeOf = (work: () => void): string => {
  try {
    work();
    return 'allowed';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('later decisions', () => {
  it.each([
    ['needs-not-met', '2026-12-18', 'allowed'],
    ['needs-not-met', '2026-12-17', 'notice-too-short'],
    ['consent-withdrawn', '2026-11-20', 'allowed'],
    ['died', '2026-11-20', 'allowed'],
    ['offence', '2026-11-20', 'allowed'],
    ['offence', '2026-11-19', 'ends-in-the-past'],
  ] as const)('stops for %s on %s: %s', (ground, endsOn, code) => expect(codeOf(() => checkStopDay(ground, today, day(endsOn)))).toBe(code));

  it.each([
    ['2026-12-18', 'allowed'],
    ['2026-12-17', 'time-too-short'],
  ])('gives until %s to answer: %s', (answerBy, code) => expect(codeOf(() => checkAnswerDay(today, day(answerBy)))).toBe(code));

  it.each([
    ['2027-01-15', 'allowed'],
    ['2027-01-16', 'suspended-too-long'],
    ['2026-11-20', 'suspended-too-long'],
  ])('suspends until %s: %s', (until, code) => expect(codeOf(() => checkSuspension(today, day(until)))).toBe(code));

  it('names a regulation and its reasons for each kind', () => {
    for (const kind of ['review', 'reduce', 'reclaim', 'suspend', 'stop'] as const) {
      expect(STATUTES[kind]).toMatch(/^S\.I\. 2013\/1617 reg\. \d+$/);
      expect(groundsOf(kind).every((ground) => /^[a-z-]+$/.test(ground) && (GROUNDS[kind] as Record<string, string>)[ground]!.length > 10)).toBe(true);
    }
  });
});
