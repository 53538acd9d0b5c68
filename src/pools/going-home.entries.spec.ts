import { describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate, ReservationId } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { entryTable } from '../../test/support/entry-table.js';
import { writtenTable } from '../../test/support/ledger-table.js';
import { shareOf } from '../../test/support/share-facts.js';
import { areaMoveEntries, crossing, deathEntries, leavingEntries, windUpEntries } from './going-home.entries.js';

const occasion = { id: '1', on: '2026-11-20' as LocalDate };
const freed = (reservation: string, book: string, amount: number) => ({
  reservation: reservation as ReservationId,
  book: book as BookId,
  amount: pence(amount),
});
const home = (person: string, book: string, amount: number, lineBook = book) => ({ share: shareOf(person, book, lineBook), amount: pence(amount) });

describe('money of a share that goes home', () => {
  it.each([
    {
      what: 'a leaver in one book: later sessions freed, the rest to the line',
      entries: leavingEntries(occasion, [freed('may', 'N', 3333), freed('june', 'N', 3334)], [home('asha', 'N', 8667)]),
      table: `
        N | commitment-ended | may | -33.33
        N | commitment-ended | june | -33.34
        N | returned | share asha / line asha | 86.67`,
    },
    {
      what: 'a leaver of the worked life, whose line is in another book: only freed here, the rest is remitted',
      entries: leavingEntries(occasion, [freed('june', 'T', 3334)], [home('carys', 'T', 13_000, 'D')]),
      table: 'T | commitment-ended | june | -33.34',
    },
    { what: 'a leaver whose money is all kept for notice', entries: leavingEntries(occasion, [], []), table: '' },
    { what: 'nothing free in a share moves nothing', entries: leavingEntries(occasion, [], [home('asha', 'N', 0)]), table: '' },
    {
      what: 'a death, with shares of two lines in two books: no charge for notice',
      entries: deathEntries(occasion, [freed('may', 'N', 3333), freed('may-too', 'T', 1667)], [home('asha', 'N', 10_000), home('asha', 'T', 2_000)]),
      table: `
        N | commitment-ended | may | -33.33
        T | commitment-ended | may-too | -16.67
        N | returned | share asha / line asha | 100.00
        T | returned | share asha / line asha | 20.00`,
    },
    {
      what: 'a move of area: the old ICB’s line has its money back',
      entries: areaMoveEntries(occasion, [freed('june', 'N', 3333)], [home('asha', 'N', 4_000)]),
      table: `
        N | commitment-ended | june | -33.33
        N | returned | share asha / line asha | 40.00`,
    },
    {
      what: 'a winding-up, member by member',
      entries: windUpEntries(occasion, [], [home('asha', 'N', 1), home('bola', 'T', 2), home('carys', 'T', 3, 'D')]),
      table: `
        N | returned | share asha / line asha | 0.01
        T | returned | share bola / line bola | 0.02`,
    },
  ])('$what', ({ entries, table }) => expect(entryTable(entries)).toBe(writtenTable(table)));

  it('names the occasion, once a book, so that a repeat changes nothing', () => {
    const twice = [deathEntries, areaMoveEntries, windUpEntries, leavingEntries].map((entriesOf) =>
      entriesOf(occasion, [freed('r', 'N', 1)], [home('asha', 'N', 2)]).map((entry) => entry.reference),
    );
    expect(twice).toEqual([
      ['death:1:released', 'death:1:returned:line-asha:swimming'],
      ['area-move:1:released', 'area-move:1:returned:line-asha:swimming'],
      ['wind-up:1:released', 'wind-up:1:returned:line-asha:swimming'],
      ['exit:1:released', 'exit:1:returned:line-asha:swimming'],
    ]);
  });

  it('leaves to a remittance what crosses books, and no empty one', () => {
    const [asha, carys, empty] = [home('asha', 'N', 1), home('carys', 'T', 3, 'D'), home('bola', 'T', 0, 'D')];
    expect(crossing([asha, carys, empty])).toEqual([carys]);
  });
});
