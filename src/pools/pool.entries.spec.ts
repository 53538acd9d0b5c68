import { describe, expect, it } from '@jest/globals';
import type { Id, LocalDate } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { entryTable } from '../../test/support/entry-table.js';
import { writtenTable } from '../../test/support/ledger-table.js';
import { shareOf } from '../../test/support/share-facts.js';
import { contributionEntry, crossesBooks, lineAccountOf, shareAccount } from './pool.entries.js';

const on = '2026-11-20' as LocalDate;

describe('putting money in', () => {
  it('moves it from the line to the share of the same person, line and plan line', () => {
    const entry = contributionEntry({ id: 'c' as Id<'contribution'>, share: shareOf('asha', 'N'), amount: pence(12_000), on });
    expect(entryTable([entry])).toBe(writtenTable('N | contribution | line asha / share asha | 120.00'));
    expect(entry).toMatchObject({
      reference: 'contribution:c:made',
      effectiveOn: on,
      transfers: [
        {
          debit: { book: 'N', kind: 'line', subject: 'asha', line: 'line-asha' },
          credit: { book: 'N', kind: 'share', subject: 'asha', line: 'line-asha', planLine: 'swimming', pool: 'swimmers' },
        },
      ],
    });
  });

  it('knows a share that lies in another book than its line', () => {
    const carys = shareOf('carys', 'T', 'D');
    expect([crossesBooks(shareOf('asha', 'N')), crossesBooks(carys)]).toEqual([false, true]);
    expect([shareAccount(carys).book, lineAccountOf(carys).book]).toEqual(['T', 'D']);
  });
});
