import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, pence } from '../../kernel/index.js';
import { readBankCsv } from './bank-csv.js';
import { lineKeys, sterlingEntries } from './sterling.js';
import type { SterlingLine } from './sterling.js';
import type { ReadEntry, ReadStatement } from './statement-file.js';

const entry = (amount: string, more: Partial<ReadEntry> = {}): ReadEntry => ({
  bookedOn: '2027-04-01' as ReadEntry['bookedOn'],
  valueOn: null,
  amount,
  currency: 'GBP',
  direction: 'credit',
  status: 'BOOK',
  reversal: false,
  reference: null,
  bankReference: null,
  counterparty: null,
  counterpartyAccount: null,
  text: 'x',
  line: 7,
  balanceAfter: null,
  parts: [],
  ...more,
});
const statement = (entries: readonly ReadEntry[], more: Partial<ReadStatement> = {}): ReadStatement => ({
  id: null,
  account: 'A',
  currency: 'GBP',
  openedOn: null,
  closedOn: null,
  opening: '10.00',
  closing: '12.50',
  openingCurrency: 'GBP',
  closingCurrency: 'GBP',
  entries,
  ...more,
});

function refusal(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('sterlingEntries', () => {
  it('gives pence, with zeros behind the penny allowed and the value day filled in', () => {
    const { openingPence, closingPence, lines } = sterlingEntries(statement([entry('5.500'), entry('3.00', { direction: 'debit' })]));
    expect([openingPence, closingPence]).toEqual([1000n, 1250n]);
    expect(lines.map((line) => [line.amountPence, line.direction, line.valueOn])).toEqual([
      [550n, 'credit', '2027-04-01'],
      [300n, 'debit', '2027-04-01'],
    ]);
  });

  it('leaves pending entries out of lines and sum', () => {
    expect(sterlingEntries(statement([entry('2.50'), entry('99.00', { status: 'PDNG' })])).lines).toHaveLength(1);
  });

  it('takes balances read off the page where the file has none', () => {
    const bare = statement([entry('2.50')], { opening: null, closing: null });
    expect(refusal(() => sterlingEntries(bare)).code).toBe('statement-has-no-balance');
    expect(sterlingEntries(bare, { openingPence: pence(1000), closingPence: pence(1250) }).lines).toHaveLength(1);
  });

  it.each([
    ['another currency', statement([entry('2.50')], { currency: 'EUR' }), 'statement-not-in-sterling', /in EUR/],
    ['one entry in another currency', statement([entry('2.50', { currency: 'USD' })]), 'statement-not-in-sterling', /in USD/],
    ['a closing balance in another currency', statement([entry('2.50')], { closingCurrency: 'SEK' }), 'statement-not-in-sterling', /in SEK/],
    ['parts of a penny', statement([entry('2.505')]), 'statement-amount-not-whole-pence', /line 7/],
    ['entries short of the closing balance', statement([entry('2.49')]), 'statement-does-not-add-up', /difference is £0\.01/],
    ['an entry without a day', statement([entry('2.50', { bookedOn: null })]), 'statement-has-no-date', /line 7/],
  ])('refuses %s', (_, given, code, message) => {
    const error = refusal(() => sterlingEntries(given));
    expect(error).toMatchObject({ kind: 'invalid', code });
    expect(error.message).toMatch(message);
  });

  it('says where a running balance first goes wrong, also when two mistakes cancel out', () => {
    const header = 'Date,Description,Amount,Balance\n';
    const wrong = readBankCsv(`${header}01/04/2027,A,1.00,11.00\n02/04/2027,B,1.00,12.00\n03/04/2027,C,1.00,14.00\n04/04/2027,D,1.00,15.00\n`).statements[0]!;
    expect(refusal(() => sterlingEntries(wrong)).message).toMatch(/difference is £1\.00\. The running balance first goes wrong at line 4/);
    const cancelling = readBankCsv(`${header}01/04/2027,A,1.00,11.00\n02/04/2027,B,1.00,13.00\n03/04/2027,C,1.00,13.00\n04/04/2027,D,1.00,14.00\n`)
      .statements[0]!;
    expect(refusal(() => sterlingEntries(cancelling)).message).toMatch(/goes wrong at line 3/);
  });
});

describe('lineKeys', () => {
  const line = fc
    .record({
      bookedOn: fc.constantFrom('2027-04-01', '2027-04-02'),
      amountPence: fc.integer({ min: 1, max: 3 }).map((value) => pence(value)),
      direction: fc.constantFrom('credit', 'debit'),
      text: fc.constantFrom('swim', 'bus'),
      counterparty: fc.constant(null),
      reference: fc.constant(null),
      bankReference: fc.constantFrom(null, 'B1'),
    })
    .map((facts) => ({ ...facts, valueOn: facts.bookedOn, counterpartyAccount: null, parts: [] }) as unknown as SterlingLine);
  const lines = fc.array(line, { maxLength: 12 });

  it('gives every line its own key, genuine twins included', () => {
    fc.assert(fc.property(lines, (list) => new Set(lineKeys('A', list)).size === list.length));
  });

  it('gives the same keys whatever the order', () => {
    fc.assert(
      fc.property(
        lines.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(lineKeys('A', shuffled).sort()).toEqual(lineKeys('A', list).sort());
        },
      ),
    );
  });

  it('finds in a longer file every line of a shorter one, so that an overlap creates only what is new', () => {
    fc.assert(
      fc.property(lines, lines, (first, more) => {
        const known = new Set(lineKeys('A', first));
        const again = lineKeys('A', [...more, ...first]);
        expect(again.filter((key) => !known.has(key))).toHaveLength(more.length);
      }),
    );
  });

  it('keeps accounts apart, and looks past spaces and capitals', () => {
    const one = {
      bookedOn: '2027-04-01',
      amountPence: 1n,
      direction: 'credit',
      text: 'Swim  Club',
      counterparty: null,
      reference: null,
      bankReference: null,
    } as unknown as SterlingLine;
    expect(lineKeys('A', [one])).not.toEqual(lineKeys('B', [one]));
    expect(lineKeys('A', [one])).toEqual(lineKeys('A', [{ ...one, text: 'SWIM CLUB ' }]));
  });
});
