import { describe, expect, it } from '@jest/globals';
import type { BookId, Id, LocalDate, ReservationId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { entryTable } from '../../test/support/entry-table.js';
import { writtenTable } from '../../test/support/ledger-table.js';
import { shareOf } from '../../test/support/share-facts.js';
import { shareAccount } from '../pools/index.js';
import { absenceEntries } from './absence.entries.js';
import { handedOverEntry, takenOnEntry } from './money-holder.entries.js';

const on = '2026-11-20' as LocalDate;
const aside = (person: string, book: string, amount: number, purpose: string) => ({
  id: `new-${person}` as ReservationId,
  account: shareAccount(shareOf(person, book)),
  amount: pence(amount),
  purpose: purpose as Id<string>,
  forDay: on,
  endsOn: on,
});
const freed = (reservation: string, book: string) => ({ reservation: reservation as ReservationId, book: book as BookId });

describe('somebody who does not come and does not pay', () => {
  it.each([
    {
      what: 'the price falls by their part',
      entries: absenceEntries({ id: '1', on }, [freed('thursday-asha', 'N')], []),
      table: 'N | commitment-ended | thursday-asha | -all',
    },
    {
      what: 'those who come take it over, in all books at once',
      entries: absenceEntries({ id: '1', on }, [freed('thursday-asha', 'N')], [aside('bola', 'T', 1667, 'absence'), aside('carys', 'T', 1666, 'absence')]),
      table: `
        N | commitment-ended | thursday-asha | -all
        T | commitment | share bola for absence | +16.67
        T | commitment | share carys for absence | +16.66`,
    },
    {
      what: 'one entry for a book that frees and sets aside',
      entries: absenceEntries({ id: '1', on }, [freed('thursday-bola', 'T')], [aside('carys', 'T', 3333, 'absence')]),
      table: `
        T | commitment-ended | share carys for absence | +33.33
        T | commitment-ended | thursday-bola | -all`,
    },
  ])('$what', ({ entries, table }) => {
    expect(entryTable(entries)).toBe(writtenTable(table));
    expect(new Set(entries.map((entry) => entry.reference))).toEqual(new Set(['absence:1:excused']));
  });
});

describe('another money-holder', () => {
  it('frees all in the old book, and sets as much aside in the new one when the money has come', () => {
    const change = { id: 'c', on };
    const old = handedOverEntry({ ...change, book: 'T' as BookId }, ['thursday-asha', 'friday-asha'] as ReservationId[]);
    const now = takenOnEntry({ ...change, book: 'U' as BookId, part: 'asha' }, [aside('asha', 'U', 3334, 'thursday'), aside('asha', 'U', 3333, 'friday')]);
    expect(entryTable([old, now])).toBe(
      writtenTable(`
        T | commitment-ended | thursday-asha | -all
        T | commitment-ended | friday-asha | -all
        U | commitment | share asha for thursday | +33.34
        U | commitment | share asha for friday | +33.33`),
    );
    expect([old.reference, now.reference]).toEqual(['money-holder-change:c:handed-over', 'money-holder-change:c:taken-on:asha']);
  });
});
