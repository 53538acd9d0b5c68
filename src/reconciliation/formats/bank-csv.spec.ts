import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../kernel/index.js';
import { readBankCsv } from './bank-csv.js';

const LLOYDS = `Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance
03/04/2027,FPO,'00-00-11,00000042,MEREBROOK SWIM CLUB,24.00,,176.00
02/04/2027,FPI,'00-00-11,00000042,ALDERFORD ICB BUDGET,,150.00,200.00
01/04/2027,DD,'00-00-11,00000042,PAYROLL CO,10.00,,50.00
`;
const STARLING = `Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)
01/04/2027,Alderford ICB,APRIL,FASTER PAYMENT,150.00,200.00
02/04/2027,Merebrook Swim Club,SWIM 7,FASTER PAYMENT,-24.00,176.00
`;
const NATWEST = `
Date, Type, Description, Value, Balance, Account Name, Account Number
13/04/2027,BAC,"'APRIL BUDGET",150.00,200.00,"'COMMON ACCOUNT","'000011-00000042"
14/04/2027,DPC,"'SWIM, CLUB",-24.00,176.00,"'COMMON ACCOUNT","'000011-00000042"
`;
const BARCLAYS = `Number,Date,Account,Amount,Subcategory,Memo
,14/04/2027,00-00-11 00000042,-24.00,FUNDS TRANSFER,SWIM CLUB
 100231,13/04/2027,00-00-11 00000042,-5.00,CHEQUE,WINDOW CLEANER
`;

const only = (text: string) => {
  const { statements } = readBankCsv(text);
  expect(statements).toHaveLength(1);
  return statements[0]!;
};
const moves = (text: string): string[] => only(text).entries.map((entry) => `${entry.bookedOn} ${entry.direction} ${entry.amount}`);

function refusal(text: string): string {
  try {
    readBankCsv(text);
  } catch (error) {
    if (error instanceof DomainError && error.kind === 'invalid' && error.code === 'statement-not-understood') return error.message;
    throw error;
  }
  throw new Error('it was read');
}

describe('the banks we know', () => {
  it('reads Lloyds and Halifax: newest first, paid out and paid in apart', () => {
    expect(only(LLOYDS)).toMatchObject({
      account: '00-00-11 00000042',
      currency: 'GBP',
      opening: '60.00',
      closing: '176.00',
      openedOn: '2027-04-01',
      closedOn: '2027-04-03',
    });
    expect(moves(LLOYDS)).toEqual(['2027-04-01 debit 10.00', '2027-04-02 credit 150.00', '2027-04-03 debit 24.00']);
    expect(only(LLOYDS).entries[0]).toMatchObject({ text: 'PAYROLL CO', line: 4, balanceAfter: '50.00', valueOn: null });
  });

  it('reads Starling: oldest first, one signed amount, currency in the header', () => {
    expect(only(STARLING)).toMatchObject({ account: null, currency: 'GBP', opening: '50.00', closing: '176.00' });
    expect(only(STARLING).entries[1]).toMatchObject({ direction: 'debit', amount: '24.00', counterparty: 'Merebrook Swim Club', reference: 'SWIM 7' });
  });

  it('reads NatWest: a blank line on top, apostrophes, a comma within quotes', () => {
    expect(only(NATWEST)).toMatchObject({ account: '000011-00000042', opening: '50.00', closing: '176.00' });
    expect(only(NATWEST).entries[1]).toMatchObject({ text: 'SWIM, CLUB', line: 4 });
  });

  it('reads Barclays: no balance, so no opening and no closing', () => {
    expect(only(BARCLAYS)).toMatchObject({ account: '00-00-11 00000042', opening: null, closing: null });
    expect(moves(BARCLAYS)).toEqual(['2027-04-13 debit 5.00', '2027-04-14 debit 24.00']);
    expect(only(BARCLAYS).entries[0]).toMatchObject({ reference: '100231', text: 'WINDOW CLEANER' });
  });

  it("reads a header below the bank's own lines, month names, pound signs and rows without a balance", () => {
    const text =
      '"Account Name:","Flex ****0042"\n"Account Balance:","£176.00"\n\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\n' +
      '"01 Apr 2027","Payment","A","£1,024.00","",""\n"01 Apr 2027","Bank credit","B","","£150.00","£176.00"\n';
    expect(only(text)).toMatchObject({ currency: 'GBP', opening: '1050.00', closing: '176.00' });
    expect(moves(text)).toEqual(['2027-04-01 debit 1024.00', '2027-04-01 credit 150.00']);
  });

  it('reads a file without a header, when its cells can only be date, words, amount and balance', () => {
    expect(only('01/04/2027,SWIM CLUB,-24.00,176.00\n02/04/2027,BUDGET,"1,150.00","1,326.00"\n')).toMatchObject({ opening: '200.00', closing: '1326.00' });
  });

  it('gives each account of a file its own statement', () => {
    const text = 'Date,Description,Amount,Balance,Account Number\n01/04/2027,A,1.00,11.00,1\n01/04/2027,B,2.00,22.00,2\n02/04/2027,C,3.00,14.00,1\n';
    expect(readBankCsv(text).statements.map((each) => [each.account, each.opening, each.closing, each.entries.length])).toEqual([
      ['1', '10.00', '14.00', 2],
      ['2', '20.00', '22.00', 1],
    ]);
  });
});

describe('sign and order', () => {
  const generic = (rows: string): string => `Date,Description,Amount,Balance\n${rows}`;

  it('tells by the running balance that money out is written without a minus', () => {
    expect(moves(generic('01/04/2027,A,24.00,176.00\n02/04/2027,B,-150.00,326.00\n03/04/2027,C,26.00,300.00\n'))).toEqual([
      '2027-04-01 debit 24.00',
      '2027-04-02 credit 150.00',
      '2027-04-03 debit 26.00',
    ]);
  });

  it('tells newest first within one day by the running balance', () => {
    const statement = only(generic('01/04/2027,later,-26.00,300.00\n01/04/2027,sooner,150.00,326.00\n'));
    expect(statement.entries.map((entry) => entry.text)).toEqual(['sooner', 'later']);
    expect(statement.opening).toBe('176.00');
  });

  it('keeps the signs as written when equal payments of one day could be read both ways', () => {
    expect(moves(generic('01/04/2027,A,-5.00,90.00\n01/04/2027,B,-5.00,95.00\n'))).toEqual(['2027-04-01 debit 5.00', '2027-04-01 debit 5.00']);
  });

  it("takes a negative payment out as the bank's habit, or as money given back, whichever the balance shows", () => {
    const apart = (rows: string): string => `Date,Description,Paid out,Paid in,Balance\n${rows}`;
    expect(moves(apart('01/04/2027,A,-24.00,,76.00\n02/04/2027,B,-6.00,,70.00\n'))).toEqual(['2027-04-01 debit 24.00', '2027-04-02 debit 6.00']);
    expect(moves(apart('01/04/2027,A,24.00,,76.00\n02/04/2027,A given back,-24.00,,100.00\n'))).toEqual(['2027-04-01 debit 24.00', '2027-04-02 credit 24.00']);
  });

  it.each([
    ['British days', '03/04/2027', '2027-04-03'],
    ['American days, when a month beyond twelve gives them away', '04/13/2027', '2027-04-13'],
    ['ISO days with a time', '2027-04-03 13:12', '2027-04-03'],
    ['short years and month names', '3-Apr-27', '2027-04-03'],
  ])('reads %s', (_, written, day) => {
    expect(only(generic(`${written},A,1.00,\n`)).entries[0]!.bookedOn).toBe(day);
  });

  it('reads a year written by day in a column where one row decides against months first', () => {
    expect(moves(generic('2/8/27,A,1,\n2/24/27,B,1,\n'))).toEqual(['2027-02-08 credit 1', '2027-02-24 credit 1']);
  });
});

describe('refusals', () => {
  const header = 'Date,Description,Amount,Balance\n';
  it.each([
    [
      'a header row that is a query',
      'SELECT date, amount FROM t WHERE 1=1;\n01/04/2027,1.00\n',
      /Line 1: this line should name the columns.*the date, the amount/,
    ],
    ['a ragged row, too short', `${header}01/04/2027,A,1.00,5.00\n02/04/2027,B,1.00\n`, /Line 3: this row has 3 cells where the header has 4/],
    ['a ragged row, too long', `${header}01/04/2027,A,B,1.00,5.00\n`, /Line 2: this row has 5 cells/],
    ['30 February', `${header}28/02/2027,A,1.00,5.00\n30/02/2027,B,1.00,6.00\n`, /Line 3: the date is not a real date/],
    ['an amount that is none', `${header}28/02/2027,A,one pound,5.00\n`, /Line 2: the amount is not an amount/],
    ['a balance that is none', `${header}28/02/2027,A,1.00,?\n`, /Line 2: the balance/],
    ['a row without an amount', `${header}28/02/2027,A,,5.00\n`, /Line 2: the row has no amount/],
    [
      'money in and out in one row',
      'Date,Description,Paid out,Paid in\n28/02/2027,A,1.00,2.00\n',
      /Line 2: the row has an amount paid in and an amount paid out/,
    ],
    ['a quotation mark never closed', `${header}28/02/2027,"A,1.00,5.00\n`, /quotation mark/],
    ['a header and nothing else', header, /no entries/],
  ])('refuses %s, with its line', (_, text, reason) => {
    expect(refusal(text)).toMatch(reason);
  });

  it('repeats nothing of the file in a refusal', () => {
    expect(refusal(`${header}28/02/2027,Iris Exampleton,one pound,5.00\n`)).not.toMatch(/Iris|pound/);
  });
});
