import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { checkSample, decideAuditor } from './auditor.rules.js';

const day = (text: string): LocalDate => text as LocalDate;
const stranger = { rolesHere: [], isConnected: false, isSelf: false };
const TODAY = day('2026-11-22');
const period = (from: string, until: string) => ({ fromDay: day(from), untilDay: day(until) });

describe('who may audit a book, and how long', () => {
  it.each([
    ['a stranger, from today', stranger, period('2026-11-22', '2027-01-01'), null],
    ['a stranger, from a later day', stranger, period('2026-12-01', '2026-12-31'), null],
    ['a stranger whose days began already', stranger, period('2026-10-01', '2026-12-31'), null],
    ['an auditor of this book again', { ...stranger, rolesHere: ['auditor'] }, period('2026-11-22', '2027-01-01'), null],
    ['days that are over', stranger, period('2026-10-01', '2026-11-22'), 'period-wrong'],
    ['no day at all', stranger, period('2026-12-01', '2026-12-01'), 'period-wrong'],
    ['longer than any audit', stranger, period('2026-11-22', '2028-01-01'), 'period-too-long'],
    ['oneself', { ...stranger, isSelf: true }, period('2026-11-22', '2027-01-01'), 'not-independent'],
    ['an officer of the book', { ...stranger, rolesHere: ['auditor', 'finance-officer'] }, period('2026-11-22', '2027-01-01'), 'not-independent'],
    ['somebody’s brother', { ...stranger, isConnected: true }, period('2026-11-22', '2027-01-01'), 'not-independent'],
  ])('%s', (_, facts, days, code) => {
    const decide = (): void => decideAuditor(facts, days, TODAY);
    if (code === null) expect(decide).not.toThrow();
    else expect(decide).toThrow(expect.objectContaining({ code }));
  });

  it('a sample has days', () => expect(() => checkSample(period('2026-11-22', '2026-11-22'))).toThrow(expect.objectContaining({ code: 'period-wrong' })));
});
