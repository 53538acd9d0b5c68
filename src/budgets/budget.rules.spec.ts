import { describe, expect, it } from '@jest/globals';
import type { DomainError, LocalDate } from '../kernel/index.js';
import { checkBudgetDays, checkBudgetLines, checkNewLine } from './budget.rules.js';

describe('the days of a budget', () => {
  it.each([
    ['2026-04-01', '2027-04-01', undefined],
    ['2026-04-01', '2026-04-02', undefined],
    ['2026-04-01', '2026-04-01', 'line-dates-wrong'],
    ['2026-04-02', '2026-04-01', 'line-dates-wrong'],
  ])('from %s until %s: %s', (fromDay, untilDay, code) => {
    expect(codeOf(() => checkBudgetDays({ fromDay: fromDay as LocalDate, untilDay: untilDay as LocalDate }))).toBe(code);
  });
});

describe('the lines of a budget', () => {
  it.each([
    [0, 'budget-without-lines'],
    [1, undefined],
    [2, undefined],
  ])('%d: %s', (count, code) => {
    expect(codeOf(() => checkBudgetLines(Array.from({ length: count }, () => 'a line')))).toBe(code);
  });
});

describe('which book may hold a line (RULE 1, TRAP 1)', () => {
  it.each([
    ['notional', 'allocation', false, undefined],
    ['notional', 'cash', false, 'line-in-wrong-book'],
    ['notional', 'cash', true, 'line-in-wrong-book'],
    ['third-party', 'cash', false, undefined],
    ['third-party', 'cash', true, 'line-in-wrong-book'],
    ['third-party', 'allocation', false, 'line-in-wrong-book'],
    ['direct-payment', 'cash', true, undefined],
    ['direct-payment', 'cash', false, 'line-in-wrong-book'],
    ['direct-payment', 'allocation', false, 'line-in-wrong-book'],
  ] as const)('%s in a book of %s, of the holder: %s: %s', (managed, basis, ownedByHolder, code) => {
    expect(codeOf(() => checkNewLine(managed, { basis, ownedByHolder }))).toBe(code);
  });
});

function codeOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return (error as DomainError).code;
  }
}
