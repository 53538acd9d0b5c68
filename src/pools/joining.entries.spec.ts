import { describe, expect, it } from '@jest/globals';
import type { LocalDate } from '../kernel/index.js';
import { pence } from '../kernel/index.js';
import { entryTable } from '../../test/support/entry-table.js';
import { writtenTable } from '../../test/support/ledger-table.js';
import { shareOf } from '../../test/support/share-facts.js';
import { partOfNewcomer, setUpEntries, splitSetUp } from './joining.entries.js';

const on = '2026-11-20' as LocalDate;
const paid = (person: string, sum: number, book = 'T') => ({ share: shareOf(person, book), paid: pence(sum) });

describe('a newcomer’s part of what setting up cost', () => {
  it('is spent by the newcomer and comes back to those who paid, to the penny', () => {
    const entries = setUpEntries({ id: 'd', on, amount: pence(1_000) }, shareOf('dev', 'T'), [paid('asha', 1_500), paid('bola', 1_500), paid('carys', 1_500)]);
    expect(entryTable(entries)).toBe(
      writtenTable(`
        T | invoice | share dev / payable swimmers | 10.00
        T | payment | payable swimmers / unallocated | 10.00
        T | refund | unallocated / share asha | 3.34
        T | refund | unallocated / share bola | 3.33
        T | refund | unallocated / share carys | 3.33`),
    );
  });

  it.each([
    { amount: 1_000, paid: [3_000, 1_000], back: [750n, 250n] },
    { amount: 1, paid: [10, 10], back: [1n, 0n] },
    { amount: 20, paid: [10, 10], back: [10n, 10n] },
    { amount: 5, paid: [0, 10], back: [0n, 5n] },
  ])('gives $amount back over $paid', ({ amount, paid: sums, back }) => {
    expect(
      splitSetUp(
        pence(amount),
        sums.map((sum, n) => paid(`person-${n}`, sum)),
      ),
    ).toEqual(back);
  });

  it.each([
    { paid: [], part: 0n },
    {
      paid: [
        ['asha', 3_000],
        ['bola', 3_000],
      ] as const,
      part: 2_000n,
    },
    {
      paid: [
        ['asha', 3_000],
        ['asha', 1_000],
        ['bola', 1],
      ] as const,
      part: 1_333n,
    },
    {
      paid: [
        ['asha', 0],
        ['bola', 10],
      ] as const,
      part: 5n,
    },
  ])('is $part where $paid was paid', ({ paid: sums, part }) => {
    expect(partOfNewcomer(sums.map(([person, sum]) => paid(person, sum)))).toBe(part);
  });

  it.each([
    { code: 'more-than-set-up', amount: 21, parts: [paid('asha', 10), paid('bola', 10)] },
    { code: 'set-up-crosses-books', amount: 10, parts: [paid('asha', 10), paid('bola', 10, 'N')] },
  ])('refuses: $code', ({ code, amount, parts }) => {
    expect(() => setUpEntries({ id: 'd', on, amount: pence(amount) }, shareOf('dev', 'T'), parts)).toThrow(expect.objectContaining({ code }));
  });
});
