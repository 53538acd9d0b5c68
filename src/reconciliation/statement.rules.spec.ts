import { describe, expect, it } from '@jest/globals';
import type { DomainError, LocalDate } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { FileState } from './statement.rules.js';
import { checkAccount, decideImport } from './statement.rules.js';

const account = { closing: pence(1_000), closingOn: '2026-11-10' as LocalDate, statements: 1 };
const row = (amount: number, isKnown = false, bookedOn = '2026-11-10') => ({
  direction: amount < 0 ? ('debit' as const) : ('credit' as const),
  amountPence: pence(Math.abs(amount)),
  bookedOn: bookedOn as LocalDate,
  isKnown,
});
const file = (opening: number, closing: number, lines: FileState['lines'], until = '2026-11-10'): FileState => ({
  opening: pence(opening),
  closing: pence(closing),
  fromDay: null,
  untilDay: until as LocalDate,
  isSameFile: false,
  lines,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('what to import', () => {
  it.each([
    ['takes what follows', file(1_000, 1_500, [row(500)]), { is: 'fresh', places: [0] }],
    ['takes only the new lines of an overlap', file(400, 1_500, [row(600, true), row(500)]), { is: 'fresh', places: [1] }],
    ['takes nothing of a file whose lines are all known', file(400, 1_000, [row(600, true)]), { is: 'again' }],
    ['takes nothing of known lines that cancel out', file(1_000, 1_000, [row(600, true), row(-600, true)]), { is: 'again' }],
    ['takes a later twin of a known line', file(1_000, 1_600, [row(600, true, '2026-11-11')], '2026-11-11'), { is: 'continues' }],
    ['takes twins among new lines', file(1_000, 1_700, [row(600, true), row(100)]), { is: 'continues' }],
    ['takes an empty statement of a later day', file(1_000, 1_000, [], '2026-11-11'), { is: 'fresh', places: [] }],
    ['takes nothing of an empty statement of the same day', file(1_000, 1_000, []), { is: 'again' }],
  ])('%s', (_, facts, decision) => expect(decideImport(account, facts)).toEqual(decision));

  it('names both figures of a gap, and refuses lines that contradict what is here', () => {
    expect(() => decideImport(account, file(900, 1_400, [row(500)]))).toThrow(/opens with £9\.00, and the last one closed with £10\.00 on 10 November 2026/);
    expect(codeOf(() => decideImport(account, file(400, 1_500, [row(600, true), row(499)])))).toBe('statement-contradicts');
    expect(codeOf(() => decideImport(account, file(1_000, 1_600, [row(600, true)])))).toBe('statement-ambiguous');
    expect(decideImport(account, { ...file(1_000, 1_600, [row(600, true)]), isSameFile: true })).toEqual({ is: 'again' });
    expect(codeOf(() => decideImport({ ...account, statements: 0 }, file(900, 1_400, [row(500)])))).toBe('statement-does-not-follow');
  });
});

describe('whose statement it is', () => {
  const mine = { sortCode: '108800', accountNumber: '10000001' };
  it.each([null, '', '108800 10000001', '10-88-00 10000001', '10000001', 'GB33BUKB10880010000001', '****0001'])('takes %s', (named) =>
    expect(codeOf(() => checkAccount(named, mine))).toBe('none'),
  );
  it.each(['10000002', '108801 10000001', 'GB33BUKB10880010000002', 'DE89370400440532013000', '****0002', 'NL10000001'])('refuses %s', (named) =>
    expect(codeOf(() => checkAccount(named, mine))).toBe('statement-of-another-account'),
  );
});
