import { describe, expect, it } from '@jest/globals';
import type { BookId, OrganisationId, PersonId, PoolId } from '../kernel/index.js';
import { decimalPounds, localDate, newId, pence } from '../kernel/index.js';
import type { AccountKey, NewEntry } from '../ledger/index.js';
import { CHART } from '../ledger/index.js';
import { coverEntry, coverReturnEntry, feesPaidEntry, payBackEntry } from './settlement.entries.js';

const book = newId<'book'>() as BookId;
const carys = newId<'person'>() as PersonId;
const treasurer = newId<'organisation'>() as OrganisationId;
const pool = newId<'pool'>() as PoolId;
const names = new Map<string, string>([
  [carys, 'C'],
  [treasurer, 'the treasurer'],
]);
const arrived = (amount: number) => ({ book, statementLine: newId(), amount: pence(amount), on: localDate('2026-11-20') });
const nameOf = ({ kind, subject }: AccountKey): string => (subject ? `${kind} ${names.get(subject)}` : kind);

/** The entry as one would write it on a sheet: debit / credit, sum, whose money. */
const sheet = (entry: NewEntry): string[] =>
  (entry.transfers ?? []).map(
    ({ debit, credit, amount, owner }) =>
      `${nameOf(debit)} / ${nameOf(credit)} ${decimalPounds(amount)}${owner?.subject ? `, ${names.get(owner.subject)}` : ''}${owner?.pool ? ' in the pool' : ''}`,
  );

describe('the movements of settling', () => {
  it('a pay-back, a cover, its return, and fees', () => {
    expect(sheet(payBackEntry(arrived(6_000), carys))).toEqual(['unallocated / receivable C 60.00, C']);
    expect(sheet(coverEntry(arrived(5_500), carys, treasurer))).toEqual(['unallocated / receivable the treasurer 55.00, C']);
    expect(sheet(coverReturnEntry({ book, id: newId(), amount: pence(5_500), on: localDate('2026-11-21') }, carys, treasurer))).toEqual([
      'receivable the treasurer / payable the treasurer 55.00, C',
    ]);
    const parts = [
      { person: null, pool: null, amount: pence(650) },
      { person: carys, pool, amount: pence(200) },
    ];
    expect(sheet(feesPaidEntry(arrived(850), parts))).toEqual(['unallocated / fees-due 6.50', 'unallocated / fees-due 2.00, C in the pool']);
  });

  it('one line settles one thing once: its reference says which', () => {
    const line = arrived(100);
    expect(payBackEntry(line, carys).reference).toBe(`statement-line:${line.statementLine}:paid-back`);
    expect([payBackEntry(line, carys).kind, coverEntry(line, carys, treasurer).kind, feesPaidEntry(line, []).kind]).toEqual([
      'receivable-settled',
      'receivable',
      'fee',
    ]);
  });

  it('keeps truth 10: bank + clearing = what people own - receivable - fees due, after each step', () => {
    // After worked life, step 9: the claim of 60.00 is C's debt; 2.60 of fees are due.
    const sums = new Map<string, bigint>(
      Object.entries({ bank: 25_333n, clearing: 6_741n, line: 28_000n, share: 10_334n, receivable: 6_000n, 'fees-due': 260n }),
    );
    const of = (kind: string): bigint => sums.get(kind) ?? 0n;
    const post = (entry: NewEntry): void => {
      for (const { debit, credit, amount } of entry.transfers ?? [])
        for (const [kind, side] of [
          [debit.kind, 'debit'],
          [credit.kind, 'credit'],
        ] as const)
          sums.set(kind, of(kind) + (CHART[kind].normal === side ? amount : -amount));
    };
    const table: string[] = [];
    const step = (name: string, ...entries: NewEntry[]): void => {
      entries.forEach(post);
      const left = of('bank') + of('clearing');
      const right = of('line') + of('share') + of('payable') + of('unallocated') - of('receivable') - of('fees-due');
      expect([name, left]).toEqual([name, right]);
      table.push([name, ...['bank', 'clearing', 'payable', 'receivable', 'fees-due'].map((kind) => decimalPounds(pence(of(kind))))].join(' | '));
    };
    const arrival = (amount: number): NewEntry => ({
      ...payBackEntry(arrived(amount), carys),
      transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount: pence(amount) }],
    });
    step('claimed back');
    step('covered', arrival(6_000), coverEntry(arrived(6_000), carys, treasurer));
    step('paid back', arrival(6_000), payBackEntry(arrived(6_000), carys));
    step('cover due home', coverReturnEntry({ book, id: newId(), amount: pence(6_000), on: localDate('2026-11-21') }, carys, treasurer));
    step('fees paid', arrival(260), feesPaidEntry(arrived(260), [{ person: carys, pool, amount: pence(260) }]));
    expect(table).toEqual([
      'claimed back | 253.33 | 67.41 | 0.00 | 60.00 | 2.60',
      'covered | 313.33 | 67.41 | 0.00 | 0.00 | 2.60',
      'paid back | 373.33 | 67.41 | 0.00 | -60.00 | 2.60',
      'cover due home | 373.33 | 67.41 | 60.00 | 0.00 | 2.60',
      'fees paid | 375.93 | 67.41 | 60.00 | 0.00 | 0.00',
    ]);
  });
});
