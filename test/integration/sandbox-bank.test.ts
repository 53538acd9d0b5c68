import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { FLAT, type Loose, useSandbox } from '../support/sandbox-test.js';

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  removeNSPrefix: true,
  isArray: (name) => ['Ntry', 'TxDtls', 'Bal', 'Ustrd'].includes(name),
});

interface Read {
  readonly opening: number;
  readonly closing: number;
  readonly entries: Loose[];
  readonly sums: number[];
}

const inPence = (text: string): number => Number(BigInt(text.replace('.', '')));
const signed = (node: Loose): number => (node.CdtDbtInd === 'DBIT' ? -1 : 1) * inPence(node.Amt['#text']);

function readCamt(text: string): Read {
  expect(XMLValidator.validate(text)).toBe(true);
  const statement = parser.parse(text).Document.BkToCstmrStmt.Stmt;
  const balance = (code: string): number => signed(statement.Bal.find((each: Loose) => each.Tp.CdOrPrtry.Cd === code));
  const entries = statement.Ntry ?? [];
  return { opening: balance('OPBD'), closing: balance('CLBD'), entries, sums: entries.map(signed) };
}

const add = (sums: readonly number[]): number => sums.reduce((total, each) => total + each, 0);

const file = (fileId: string, more: object = {}) => ({
  fileId,
  debtor: { sortCode: '108800', accountNumber: '10000001' },
  payments: [
    {
      endToEndId: `${fileId}-1`,
      name: 'Riverside Swimming & Wellbeing CIC',
      sortCode: '205132',
      accountNumber: '13537846',
      pence: 6_666,
      reference: 'PAY-7K3M-9QXA',
    },
    { endToEndId: `${fileId}-2`, name: 'Cleo Invented', sortCode: '108800', accountNumber: '10000002', pence: 13_000, reference: 'RETURN TO HER LINE' },
  ],
  ...more,
});

const t = useSandbox();

describe('the simulated bank', () => {
  it('pays a file once, and says on the statement what was really paid', async () => {
    const first = await t.ask('POST', '/bank/payments', file('F1'));
    expect([first.status, first.json.state, first.json.pence]).toEqual([201, 'paid', 19_666]);
    const again = await t.ask('POST', '/bank/payments', file('F1'));
    expect([again.status, again.json.replayed]).toEqual([200, true]);
    expect((await t.ask('POST', '/bank/payments', { ...file('F1'), executionDay: '2026-11-03' })).status).toBe(409);
    const read = readCamt((await t.ask('GET', '/bank/accounts/108800-10000001/statement?from=2026-11-02&until=2026-11-03&format=camt053')).text);
    expect(read).toMatchObject({ opening: 40_000, closing: 40_000 - 19_666, sums: [-6_666, -13_000] });
    const details = read.entries[0].NtryDtls.TxDtls[0];
    expect(details.RltdPties.Cdtr.Nm).toBe('RIVERSIDE SWIMMING');
    expect([details.Refs.EndToEndId, details.RmtInf.Ustrd[0]]).toEqual(['F1-1', 'PAY-7K3M-9QXA']);
    const arrived = readCamt((await t.ask('GET', '/bank/accounts/108800-10000002/statement?from=2026-11-02&until=2026-11-03')).text);
    expect(arrived.sums).toEqual([13_000]);
  });

  it('reads a pain.001, and refuses one whose control sum is wrong', async () => {
    const xml = (sum: string): string => `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn>
      <GrpHdr><MsgId>P1</MsgId><NbOfTxs>1</NbOfTxs><CtrlSum>${sum}</CtrlSum></GrpHdr><PmtInf><PmtInfId>P1</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt>2026-11-02</ReqdExctnDt>
      <DbtrAcct><Id><Othr><Id>10000001</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>108800</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>
      <CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><Amt><InstdAmt Ccy="GBP">66.66</InstdAmt></Amt>
      <CdtrAgt><FinInstnId><ClrSysMmbId><MmbId>205132</MmbId></ClrSysMmbId></FinInstnId></CdtrAgt><Cdtr><Nm>Riverside</Nm></Cdtr>
      <CdtrAcct><Id><Othr><Id>13537846</Id></Othr></Id></CdtrAcct><RmtInf><Ustrd>INV 7</Ustrd></RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>`;
    expect((await t.ask('POST', '/bank/payments', xml('66.67'), 'application/xml')).json.error.code).toBe('file-not-understood');
    const taken = await t.ask('POST', '/bank/payments', xml('66.66'), 'application/xml');
    expect([taken.json.state, taken.json.payments[0].pence, taken.json.payments[0].reference]).toEqual(['paid', 6_666, 'INV 7']);
    expect((await t.ask('POST', '/bank/payments', xml('66.66'), 'application/xml')).json.replayed).toBe(true);
    expect((await t.ask('GET', '/bank/accounts/108800-10000001')).json.balancePence).toBe(33_334);
  });

  it('books standing charges and interest each month on their day', async () => {
    const account = { sortCode: '108800', accountNumber: '10000003', name: 'Quiet', openingPence: 1_000 };
    const standing = [
      { kind: 'charge', direction: 'debit', pence: 650, name: 'ACCOUNT FEE', dayOfMonth: 20 },
      { kind: 'interest', direction: 'credit', pence: 12, name: 'GROSS INTEREST', dayOfMonth: 1 },
    ];
    await t.ask('POST', '/bank/accounts', { ...account, standing });
    t.now = new Date('2027-01-05T09:00:00Z');
    const read = readCamt((await t.ask('GET', '/bank/accounts/108800-10000003/statement?from=2026-11-02&until=2027-01-06')).text);
    expect(read.sums).toEqual([-650, 12, -650, 12]);
    expect(read).toMatchObject({ opening: 1_000, closing: -276 });
    expect(read.entries.map((each) => each.BookgDt.Dt)).toEqual(['2026-11-20', '2026-12-01', '2026-12-20', '2027-01-01']);
  });

  it('refuses a file that the account cannot pay, and pays nothing of it', async () => {
    const big = file('F2');
    big.payments[0]!.pence = 27_001;
    expect((await t.ask('POST', '/bank/payments', big)).json.error.code).toBe('not-enough-in-account');
    expect((await t.ask('GET', '/bank/accounts/108800-10000001')).json.balancePence).toBe(40_000);
    expect((await t.ask('GET', '/bank/payments/F2')).status).toBe(404);
  });

  it('sends a bounced payment back on the next working day', async () => {
    t.now = new Date('2026-11-06T15:00:00Z');
    await t.ask('POST', '/sandbox/switches', { bounce: { references: ['F3-1'] } });
    await t.ask('POST', '/bank/payments', file('F3'));
    t.now = new Date('2026-11-08T15:00:00Z');
    expect((await t.ask('GET', '/bank/payments/F3')).json.payments[0].state).toBe('paid');
    t.now = new Date('2026-11-09T15:00:00Z');
    expect((await t.ask('GET', '/bank/payments/F3')).json.payments.map((each: Loose) => each.state)).toEqual(['returned', 'paid']);
    const read = readCamt((await t.ask('GET', '/bank/accounts/108800-10000001/statement?from=2026-11-09&until=2026-11-10&version=08')).text);
    expect(read).toMatchObject({ opening: 20_334, closing: 27_000, sums: [6_666] });
    expect(read.entries[0].NtryDtls.TxDtls[0].RtrInf.Rsn.Cd).toBe('AC04');
  });

  it('pays a file with a later day on that day, a day of rest moved on', async () => {
    const sent = await t.ask('POST', '/bank/payments', file('F4', { executionDay: '2026-11-07', batchBooking: true }));
    expect([sent.json.state, sent.json.day]).toEqual(['accepted', '2026-11-09']);
    expect((await t.ask('GET', '/bank/accounts/108800-10000001')).json.balancePence).toBe(40_000);
    t.now = new Date('2026-11-09T08:00:00Z');
    const read = readCamt((await t.ask('GET', '/bank/accounts/108800-10000001/statement?from=2026-11-09&until=2026-11-10')).text);
    expect(read.sums).toEqual([-19_666]);
    const parts = read.entries[0].NtryDtls.TxDtls.map((each: Loose) => inPence(each.AmtDtls.TxAmt.Amt['#text']));
    expect(parts).toEqual([6_666, 13_000]);
  });

  it('writes hard statements whose balances still add up, in both versions and in CSV, the same bytes each time', async () => {
    const credit = { ...FLAT, id: 'C1', pence: 5_000, name: 'Élodie O’Hara-Montgomery & Sons Ltd', reference: 'PAY-7K3M-9QXA' };
    await t.ask('POST', '/bank/credits', credit);
    expect((await t.ask('POST', '/bank/credits', credit)).json.replayed).toBe(true);
    await t.ask('POST', '/bank/accounts/108800-10000001/hard-day', {});
    await t.ask('POST', '/bank/accounts/108800-10000001/hard-day', {});
    t.now = new Date('2026-11-03T09:00:00Z');
    await t.ask('POST', '/bank/payments', file('F5'));
    const statement = (from: string, until: string): string => `/bank/accounts/108800-10000001/statement?from=2026-11-${from}&until=2026-11-${until}`;
    for (const version of ['02', '08']) {
      for (const hard of ['true', 'false']) {
        const whole = readCamt((await t.ask('GET', `${statement('02', '04')}&version=${version}&hard=${hard}`)).text);
        expect(whole.opening + add(whole.sums)).toBe(whole.closing);
        const first = readCamt((await t.ask('GET', `${statement('02', '03')}&version=${version}&hard=${hard}`)).text);
        const second = readCamt((await t.ask('GET', `${statement('03', '04')}&version=${version}`)).text);
        expect(first.sums).toEqual([-650, -1_299, 2_500, 2_500, 6_000]);
        expect(second.opening).toBe(first.closing);
        for (const each of whole.entries) {
          const inside = each.NtryDtls.TxDtls.map((one: Loose) => inPence((version === '02' ? one.AmtDtls.TxAmt.Amt : one.Amt)['#text']));
          expect(add(inside)).toBe(Math.abs(signed(each)));
        }
      }
    }
    const day = statement('02', '03');
    const before = await t.ask('GET', day);
    t.now = new Date('2027-02-01T09:00:00Z');
    expect((await t.ask('GET', day)).text).toBe(before.text);
    const csv = (await t.ask('GET', `${day}&format=csv`)).text;
    expect(csv.split('\r\n')[0]).toBe('Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance');
    const rows = parse(csv, { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row['Credit Amount'] || `-${row['Debit Amount']}`)).toEqual(['60.00', '25.00', '25.00', '-12.99', '-6.50']);
    expect(rows[0]!['Balance']).toBe('490.51');
    await t.sandbox.close();
    await t.open();
    expect((await t.ask('GET', day)).text).toBe(before.text);
  });

  it('never books a line behind one that a statement has shown', async () => {
    await t.ask('POST', '/bank/credits', { ...FLAT, pence: 100, name: 'A', day: '2026-11-02' });
    t.now = new Date('2026-11-05T09:00:00Z');
    await t.ask('POST', '/bank/credits', { ...FLAT, pence: 100, name: 'B' });
    expect((await t.ask('POST', '/bank/credits', { ...FLAT, pence: 100, name: 'C', day: '2026-11-04' })).json.error.code).toBe('line-too-early');
    expect((await t.ask('POST', '/bank/credits', { ...FLAT, pence: 100, name: 'C', day: '2026-11-06' })).json.error.code).toBe('line-too-late');
    expect((await t.ask('POST', '/bank/credits', { ...FLAT, pence: 0, name: 'C' })).status).toBe(422);
  });

  it('reports what an ICB paid by its own payment system, one line for each instruction', async () => {
    const own = { sortCode: '601111', accountNumber: '20000001' };
    await t.ask('POST', '/bank/accounts', { ...own, name: 'Northmoor ICB', openingPence: 100_000 });
    await t.ask('POST', '/bank/payers', { code: 'QNM', name: 'Northmoor ICB', account: own });
    const batch = {
      batchId: 'B1',
      instructions: [
        { reference: 'PAY-1', name: 'Riverside, "the" Pool', pence: 3_334, sortCode: '205132', accountNumber: '13537846' },
        { reference: 'PAY-2', name: 'Cleo Invented', pence: 100, sortCode: '108800', accountNumber: '10000002' },
      ],
    };
    await t.ask('POST', '/sandbox/switches', { bounce: { references: ['PAY-1'] } });
    expect((await t.ask('POST', '/bank/payer/QNM/instructions', batch)).status).toBe(201);
    expect((await t.ask('POST', '/bank/payer/QNM/instructions', batch)).json.replayed).toBe(true);
    expect((await t.ask('POST', '/bank/payer/QNM/instructions', { ...batch, instructions: [batch.instructions[0]] })).status).toBe(409);
    t.now = new Date('2026-11-03T09:00:00Z');
    await t.ask('POST', '/bank/credits', { ...own, pence: 1_667, name: 'Thursday Swimmers', reference: 'REF-1' });
    const report = parse((await t.ask('GET', '/bank/payment-report?payer=QNM&format=csv')).text, { columns: true }) as Record<string, string>[];
    expect(report.map((row) => [row['Reference'], row['Amount'], row['Payment Date'], row['Status']])).toEqual([
      ['PAY-1', '33.34', '02/11/2026', 'paid'],
      ['PAY-2', '1.00', '02/11/2026', 'paid'],
      ['PAY-1', '33.34', '03/11/2026', 'returned'],
      ['REF-1', '16.67', '03/11/2026', 'received'],
    ]);
    expect((await t.ask('GET', '/bank/accounts/601111-20000001')).json.balancePence).toBe(100_000 - 100 + 1_667);
  });
});
