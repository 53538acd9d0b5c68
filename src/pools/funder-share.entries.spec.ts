import { describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate, OrganisationId, PoolId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { entryTable } from '../../test/support/entry-table.js';
import { writtenTable } from '../../test/support/ledger-table.js';
import { funderShareAccount, leftoverEntry, putInEntry } from './funder-share.entries.js';

const share = (book: string) => ({ poolId: 'swimmers' as PoolId, funderId: 'charity' as OrganisationId, bookId: book as BookId });
const facts = { occasion: '1', amount: pence(50_000), on: '2026-11-20' as LocalDate };

describe('a funder’s share', () => {
  it.each([
    {
      what: 'comes from money that reached the bank',
      entry: putInEntry(share('T'), 'cash', facts),
      table: 'T | allocated | unallocated / share charity | 500.00',
    },
    {
      what: 'is agreed in the funder’s own allocation book',
      entry: putInEntry(share('N'), 'allocation', facts),
      table: 'N | agreed | agreed / share charity | 500.00',
    },
    {
      what: 'goes back as a payment that is owed to the funder',
      entry: leftoverEntry(share('T'), 'cash', facts),
      table: 'T | returned | share charity / payable charity | 500.00',
    },
    {
      what: 'is agreed no longer in an allocation book',
      entry: leftoverEntry(share('N'), 'allocation', facts),
      table: 'N | agreed-less | share charity / agreed | 500.00',
    },
  ])('$what', ({ entry, table }) => expect(entryTable([entry])).toBe(writtenTable(table)));

  it('is the funder’s, of no budget line; what goes back is the funder’s and the pool’s no longer', () => {
    expect(funderShareAccount(share('T'))).toEqual({ book: 'T', kind: 'share', subject: 'charity', pool: 'swimmers' });
    expect(leftoverEntry(share('T'), 'cash', facts).transfers![0]!.owner).toEqual({ subject: 'charity' });
  });

  it('names each sum of a share apart', () => {
    const references = [putInEntry(share('T'), 'cash', facts), leftoverEntry(share('T'), 'cash', facts)].map((entry) => entry.reference);
    expect(references).toEqual(['funder-share:swimmers:charity:1', 'funder-share:swimmers:charity:left-over:1']);
  });
});
