import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../kernel/index.js';
import { inspectedFile, inspectedTable } from './inspect-statement.js';
import { readStatementFile } from './read-statement-file.js';
import { LARGEST_FILE_BYTES } from './statement-file.js';
import { sterlingEntries } from './sterling.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function outcome(work: () => unknown): string {
  try {
    work();
    return 'read';
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'invalid') return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe('finding the format by content', () => {
  const csv = 'Date,Description,Amount,Balance\n01/04/2027,Café £5,-5.00,95.00\n';

  it.each([
    ['UTF-8', bytes(csv)],
    ['UTF-8 with a byte order mark', bytes(`\ufeff${csv}`)],
    ['Windows-1252, where the pound sign is one byte', Uint8Array.from(csv, (letter) => letter.charCodeAt(0))],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${csv}`, 'utf16le'))],
  ])('reads %s', (_, file) => {
    expect(readStatementFile(file)).toMatchObject({
      format: 'bank-csv',
      statements: [{ opening: '100.00', closing: '95.00', entries: [{ text: 'Café £5' }] }],
    });
  });

  it.each([
    ['nothing', bytes(' \n'), /empty/],
    ['a PDF', bytes('%PDF-1.7'), /PDF/],
    ['a spreadsheet', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]), /spreadsheet/],
    ['bytes that are no text', Uint8Array.from([65, 0, 66]), /not text/],
    ['OFX', bytes('OFXHEADER:100\nDATA:OFXSGML'), /OFX/],
    ['MT940', bytes(':20:1\n:25:2\n'), /MT940/],
    ['JSON', bytes('{"a":1}'), /JSON/],
    ['more than 20 MB', new Uint8Array(LARGEST_FILE_BYTES + 1), /20 MB/],
  ])('refuses %s by name', (_, file, reason) => {
    expect(outcome(() => readStatementFile(file))).toMatch(reason);
  });

  it('never fails in any other way than by a refusal', () => {
    const piece = fc.constantFrom(
      'Date,',
      'Amount,',
      'Description',
      '\n',
      '01/04/2027,',
      '5.00',
      '"',
      ',',
      '<Document>',
      '<Stmt>',
      '</Stmt>',
      '&#163;',
      'Ã',
      '-',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => outcome(() => readStatementFile(bytes(pieces.join('')))).length > 0),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (any) => outcome(() => readStatementFile(any)).length > 0),
      { numRuns: 300 },
    );
  });
});

describe('statement inspect', () => {
  const file = readStatementFile(bytes('Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)\n01/04/2027,Swim Club\u0007,S7,FPS,-24.50,75.50\n'));

  it('gives exactly the published shape', () => {
    expect(inspectedFile(file)).toEqual({
      statements: [
        {
          account: null,
          currency: 'GBP',
          opening: '100.00',
          closing: '75.50',
          entries: [
            {
              bookedOn: '2027-04-01',
              valueOn: null,
              amount: '24.50',
              direction: 'debit',
              reference: 'S7',
              counterparty: 'Swim Club\u0007',
              text: 'Swim Club\u0007',
              parts: [],
            },
          ],
        },
      ],
    });
  });

  it('prints a table in which nothing of the file can steer the terminal', () => {
    expect(inspectedTable(file)).toContain('2     2027-04-01  -      -24.50  BOOK    S7         Swim Club');
    expect(inspectedTable(file)).not.toContain('\u0007');
  });
});

/** Files of real banks, published by others and kept beside the project; see the README there. */
const DATA = join(process.cwd(), '..', 'shared', 'data');
const EXPECTED: Readonly<Record<string, string>> = {
  'camt053/camt053.v2.all-balance-types.xml': '[CH2801234000123456789 EUR 1.01 > 4.04: 8.850]',
  'camt053/camt053.v2.five.decimals.xml': '[NL26VAYB8060476890 EUR 18.150 > 27.050: 8.850]',
  'camt053/camt053.v2.minimal.xml': '[NL26VAYB8060476890 EUR 18.15 > -27.00: 8.85]',
  'camt053/camt053.v2.multi.statement.xml': '[NL26VAYB8060476890 EUR 18.15 > 27.00: 8.85][NL26VAYB8060476890 EUR 27.00 > 20.00: -7.00]',
  'camt053/camt053.v2.with-party-ids.xml': '[NL26VAYB8060476890 EUR 18.15 > -27.00: 8.85]',
  'camt053/camt053.v2.wrong.xml': 'statement-not-understood: The statement was not understood. Line 3: the camt.053 message holds no statement (Stmt).',
  'camt053/camt053.v3.xml': '[NL26VAYB8060476890 EUR 18.15 > -27.00: 8.85]',
  'camt053/camt053.v8.xml': '[NL26VAYB8060476890 EUR 18.15 > -27.00: 8.85]',
  'bank-csv/creditunion.csv': '[null null null > null: 50000 50000 70000 65000 60000 75000 45000 50000]',
  'bank-csv/default.csv': '[Checking null null > null: 50000 50000 70000 65000 60000 75000][Cash null null > null: 45000 50000]',
  'bank-csv/schwab-checking-baltest-case1.csv': '[null USD 1093.74 > 878.47: -57.27 -75.00 -103.00 20.00]',
  'bank-csv/schwab-checking-baltest-case4.csv': '[null USD 1093.74 > 878.47: -57.27 -75.00 -103.00 20.00]',
  'bank-csv/stripe-all.csv': '[null CAD null > null: 25.00 27.50 25.00 25.00 10.00]',
  'bank-csv/stripe-default.csv': '[null CAD null > null: 25.00 27.50 25.00 25.00 10.00]',
  'bank-csv/xero.csv':
    '[Income null null > null: -36000 -113000 -30000 -30000 -113000][Cash null null > null: 36000 113000 15000 15000 30000 113000 -209000][Checking null null > null: 209000]',
};

if (!existsSync(DATA)) console.warn(`Real bank files are not here (${DATA}): their tests are skipped.`);
const withData = existsSync(DATA) ? describe : describe.skip;

withData('files of real banks', () => {
  const read = (name: string) => readStatementFile(readFileSync(join(DATA, name)));
  const short = (name: string): string =>
    read(name)
      .statements.map((statement) => {
        const amounts = statement.entries.map((entry) => `${entry.direction === 'debit' ? '-' : ''}${entry.amount}`);
        return `[${statement.account} ${statement.currency} ${statement.opening} > ${statement.closing}: ${amounts.join(' ')}]`;
      })
      .join('');

  it.each(Object.entries(EXPECTED))('%s', (name, expected) => {
    let shown = '';
    const refused = outcome(() => (shown = short(name)));
    expect(refused === 'read' ? shown : refused).toBe(expected);
  });

  it('has an expectation for each file', () => {
    expect(['camt053', 'bank-csv'].flatMap((folder) => readdirSync(join(DATA, folder)).map((name) => `${folder}/${name}`)).sort()).toEqual(
      Object.keys(EXPECTED).sort(),
    );
  });

  it('lets none of them into a sterling account', () => {
    for (const name of Object.keys(EXPECTED).filter((each) => !each.includes('wrong'))) {
      for (const statement of read(name).statements) expect(outcome(() => sterlingEntries(statement))).toMatch(/^statement-(not-in-sterling|has-no-balance)/);
    }
  });

  it.each(['mt940', 'ofx'])('names the reason for each %s file', (folder) => {
    for (const name of readdirSync(join(DATA, folder))) expect(outcome(() => read(`${folder}/${name}`))).toMatch(/^statement-not-understood/);
  });
});
