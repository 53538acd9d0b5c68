import { describe, expect, it } from '@jest/globals';
import { localDate, pence } from '../../kernel/index.js';
import { controlTotals, readBankCsv, readPayerCsv, readPayerReport, writeBankCsv, writePayerCsv } from './index.js';

const payOn = localDate('2026-11-23');
const originator = { name: 'The Invented Treasurer & Friends', sortCode: '108800', accountNumber: '10000001' };
const instructions = [
  {
    sortCode: '108800',
    accountNumber: '10000003',
    name: 'Zoë’s Swimming, Ltd "Blue"',
    amount: pence(123_456),
    reference: 'PAY-7K3M-9QXA',
    payeeReference: 'INV, 7',
  },
  { sortCode: '010203', accountNumber: '00000004', name: '=cmd|calc', amount: pence(5), reference: 'PAY-2222-3333-2', payeeReference: null },
];

describe('files', () => {
  it('writes what a bureau reads: no header, capitals, pounds, British days', () => {
    expect(writeBankCsv({ instructions, payOn, originator })).toBe(
      '108800,10000003,ZOE S SWIMMING LTD,1234.56,99,108800,10000001,THE INVENTED TREAS,PAY-7K3M-9QXA,23/11/2026\r\n010203,00000004,CMD CALC,0.05,99,108800,10000001,THE INVENTED TREAS,PAY-2222-3333-2,23/11/2026\r\n',
    );
  });

  it('reads its own files back to the penny', () => {
    const bank = readBankCsv(writeBankCsv({ instructions, payOn, originator }));
    expect([controlTotals(bank.instructions), bank.payOn, bank.originator?.accountNumber]).toEqual([{ count: 2, total: 123_461n }, payOn, '10000001']);
    const payer = readPayerCsv(writePayerCsv({ instructions, payOn, originator: null }));
    expect(payer.instructions).toEqual([instructions[0], { ...instructions[1], name: 'cmd|calc' }]);
  });

  it('refuses files of others', () => {
    expect(() => readBankCsv('a,b\n')).toThrow(expect.objectContaining({ code: 'file-not-understood' }));
    expect(() => readPayerCsv('a,b\n1,2\n')).toThrow(expect.objectContaining({ code: 'file-not-understood' }));
  });
});

describe('a payer’s report', () => {
  const head = 'Reference,Payee,Amount,Payment Date,Status,Batch\r\n';

  it('is read line by line', () => {
    expect(
      readPayerReport(
        `${head}"PAY-1","Swim","33.34",20/11/2026,paid,"b"\r\nPAY-2,Swim,1234.00,2026-11-21,Returned,b\r\n,A donor,5.00,21/11/2026,received,\r\n`,
      ),
    ).toEqual([
      { reference: 'PAY-1', amount: 3_334n, day: '2026-11-20', status: 'paid' },
      { reference: 'PAY-2', amount: 123_400n, day: '2026-11-21', status: 'returned' },
      { reference: '', amount: 500n, day: '2026-11-21', status: 'received' },
    ]);
  });

  it.each([
    ['no report', 'The "quick', 'not a CSV file'],
    ['a column missing', 'Reference,Amount\r\n1,2\r\n', 'no column Payment Date, Status'],
    ['an unknown status', `${head}PAY-1,x,1.00,20/11/2026,lost,b`, 'Line 2'],
    ['no amount', `${head}PAY-1,x,,20/11/2026,paid,b`, 'Line 2'],
    ['a day that is none', `${head}PAY-1,x,1.00,31/02/2026,paid,b`, 'Line 2'],
    ['nothing paid', `${head}PAY-1,x,0.00,20/11/2026,paid,b`, 'Line 2'],
    ['an instruction twice', `${head}PAY-1,x,1.00,20/11/2026,paid,b\r\nPAY-1,x,1.00,20/11/2026,paid,b`, 'twice'],
    ['no reference', `${head},x,1.00,20/11/2026,paid,b`, 'Line 2'],
  ])('is refused whole: %s', (_words, text, message) => {
    expect(() => readPayerReport(text)).toThrow(expect.objectContaining({ code: 'report-not-understood', message: expect.stringContaining(message) }));
  });
});
