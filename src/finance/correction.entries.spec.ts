import { describe, expect, it } from '@jest/globals';
import type { BookId, BudgetLineId, EntryId, LocalDate } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import type { RecordedEntry } from '../ledger/index.js';
import { entryTable } from '../../test/support/entry-table.js';
import { writtenTable } from '../../test/support/ledger-table.js';
import { reverseEntry } from './correction.entries.js';
import { correctableAs } from './correction.rules.js';

const book = 'T' as BookId;
const unallocated = { book, kind: 'unallocated' as const };
const line = { book, kind: 'line' as const, subject: 'asha', line: 'line-asha' as BudgetLineId };
const debt = { book, kind: 'receivable' as const, subject: 'asha' };
const entry = (over: Partial<RecordedEntry> = {}): RecordedEntry => ({
  id: 'e-1' as EntryId,
  book,
  reference: 'budget-line:line-asha:allocated:statement-line:1',
  kind: 'allocated',
  effectiveOn: '2026-03-30' as LocalDate,
  transfers: [{ debit: unallocated, credit: line, amount: pence(40_000), owner: { subject: 'asha', line: 'line-asha' as BudgetLineId } }],
  reserves: false,
  correctedBy: null,
  ...over,
});

describe('a correction', () => {
  it('is the exact reverse, with the same owner and true day, and names what it corrects', () => {
    const reverse = reverseEntry(entry(), { id: 'c-1' });
    expect(entryTable([entry() as never, reverse])).toBe(
      writtenTable(`
        T | allocated | unallocated / line asha | 400.00
        T | correction | line asha / unallocated | 400.00`),
    );
    expect(reverse).toMatchObject({ reference: 'correction:c-1:reverse', corrects: 'e-1', effectiveOn: '2026-03-30' });
    expect(reverse.transfers![0]!.owner).toEqual({ subject: 'asha', line: 'line-asha' });
  });

  it.each([
    { what: 'money given to a line', found: entry(), as: 'allocation' },
    {
      what: 'a debt paid back',
      found: entry({ kind: 'receivable-settled', transfers: [{ debit: unallocated, credit: debt, amount: pence(1), owner: { subject: 'asha' } }] }),
      as: 'pay-back',
    },
  ])('puts right $what', ({ found, as }) => expect(correctableAs(found)).toBe(as));

  it.each([
    { code: 'corrected-already', what: 'what was corrected', found: entry({ correctedBy: 'e-2' as EntryId }) },
    { code: 'has-its-own-way', what: 'a correction', found: entry({ kind: 'correction' }) },
    { code: 'has-its-own-way', what: 'a payment', found: entry({ kind: 'payment' }) },
    { code: 'has-its-own-way', what: 'what set money aside', found: entry({ reserves: true }) },
    { code: 'has-its-own-way', what: 'what moved nothing', found: entry({ transfers: [] }) },
    {
      code: 'has-its-own-way',
      what: 'a funder’s share',
      found: entry({ transfers: [{ debit: unallocated, credit: { book, kind: 'share', subject: 'charity' }, amount: pence(1) }] }),
    },
    {
      code: 'has-its-own-way',
      what: 'cover given back',
      found: entry({ kind: 'receivable-settled', transfers: [{ debit: debt, credit: unallocated, amount: pence(1) }] }),
    },
  ])('refuses $what: $code', ({ code, found }) => expect(() => correctableAs(found)).toThrow(expect.objectContaining({ code })));
});
