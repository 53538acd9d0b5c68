import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../kernel/index.js';
import { readCamt053 } from './camt053.js';

const amount = (sum: string, currency = 'GBP'): string => `<Amt Ccy="${currency}">${sum}</Amt>`;
const balance = (type: string, sum: string, mark = 'CRDT', currency = 'GBP'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${amount(sum, currency)}<CdtDbtInd>${mark}</CdtDbtInd><Dt><Dt>2027-03-01</Dt></Dt></Bal>`;
const entry = (inside: string, sum = '12.50', mark = 'CRDT', day = '2027-03-02'): string =>
  `<Ntry>${amount(sum)}<CdtDbtInd>${mark}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt>${inside}</Ntry>`;
const account =
  '<Acct><Id><Othr><Id>00000042</Id></Othr></Id><Ccy>GBP</Ccy><Svcr><FinInstnId><ClrSysMmbId><MmbId>000011</MmbId></ClrSysMmbId></FinInstnId></Svcr></Acct>';
const file = (inside: string): string =>
  `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n<BkToCstmrStmt>\n${inside}\n</BkToCstmrStmt>\n</Document>`;
const statement = (inside: string): string => file(`<Stmt>\n<Id>S1</Id>${account}${inside}</Stmt>`);
const read = (inside: string) => readCamt053(statement(inside)).statements[0]!;

function refusal(xml: string): DomainError {
  try {
    readCamt053(xml);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('balances', () => {
  it.each([
    ['booked ones', [balance('OPBD', '1.00'), balance('PRCD', '2.00'), balance('CLBD', '3.00'), balance('CLAV', '4.00')], '1.00', '3.00'],
    ['the previous closing where no opening is given', [balance('PRCD', '2.00'), balance('CLBD', '3.00')], '2.00', '3.00'],
    ['the interim ones of a statement in pages', [balance('ITBD', '5.00'), balance('ITBD', '6.00')], '5.00', '6.00'],
    ['an interim closing after a booked opening', [balance('OPBD', '1.00'), balance('ITBD', '6.00')], '1.00', '6.00'],
    [
      "the account's own currency where there are several",
      [balance('OPBD', '9.00', 'CRDT', 'SEK'), balance('OPBD', '1.00'), balance('CLBD', '3.00')],
      '1.00',
      '3.00',
    ],
    ['none where only available money is told', [balance('OPAV', '1.00'), balance('CLAV', '2.00')], null, null],
    ['a minus when overdrawn', [balance('OPBD', '1.00', 'DBIT'), balance('CLBD', '0.00', 'DBIT')], '-1.00', '0.00'],
  ])('takes %s', (_, balances, opening, closing) => {
    expect(read(balances.join(''))).toMatchObject({ opening, closing });
  });
});

describe('entries', () => {
  it('reads account, dates, amount as written, references and the line it starts on', () => {
    const details =
      '<AcctSvcrRef>BANK-7</AcctSvcrRef><ValDt><DtTm>2027-03-03T00:30:00+01:00</DtTm></ValDt><NtryDtls><TxDtls><Refs><EndToEndId>PAY-7K3M-9QXA</EndToEndId></Refs>' +
      '<RltdPties><Dbtr><Pty><Nm>Merebrook &amp; Sons</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>March</Ustrd><Ustrd>&#163;12</Ustrd></RmtInf></TxDtls></NtryDtls>';
    const { account: ours, entries } = read(`\n${entry(details, '12.500')}`);
    expect(ours).toBe('000011 00000042');
    expect(entries).toEqual([
      {
        bookedOn: '2027-03-02',
        valueOn: '2027-03-03',
        amount: '12.500',
        currency: 'GBP',
        direction: 'credit',
        status: 'BOOK',
        reversal: false,
        reference: 'PAY-7K3M-9QXA',
        bankReference: 'BANK-7',
        counterparty: 'Merebrook & Sons',
        counterpartyAccount: null,
        text: 'March £12',
        line: 6,
        balanceAfter: null,
        parts: [],
      },
    ]);
  });

  it('opens a batch into its parts, each with its own payer', () => {
    const part = (sum: string, who: string): string =>
      `<TxDtls><Refs><EndToEndId>${who}-1</EndToEndId></Refs>${amount(sum)}<RltdPties><Dbtr><Nm>${who}</Nm></Dbtr></RltdPties></TxDtls>`;
    const [batch] = read(
      entry(`<NtryRef>B1</NtryRef><NtryDtls><Btch><PmtInfId>RUN-9</PmtInfId></Btch>${part('5.00', 'Ash')}${part('7.50', 'Birch')}</NtryDtls>`),
    ).entries;
    expect(batch).toMatchObject({ amount: '12.50', reference: 'RUN-9', counterparty: null });
    expect(batch!.parts).toEqual([
      { amount: '5.00', currency: 'GBP', reference: 'Ash-1', counterparty: 'Ash', counterpartyAccount: null, text: '' },
      { amount: '7.50', currency: 'GBP', reference: 'Birch-1', counterparty: 'Birch', counterpartyAccount: null, text: '' },
    ]);
  });

  it('takes the payee for money out, the payer for money in, and the first payee for money that came back', () => {
    const parties =
      '<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><Cdtr><Nm>Payee</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>';
    const who = (inside: string, mark: string) => read(entry(inside, '1.00', mark)).entries[0]!;
    expect(who(parties, 'CRDT')).toMatchObject({ counterparty: 'Payer', reference: null, direction: 'credit' });
    expect(who(parties, 'DBIT')).toMatchObject({ counterparty: 'Payee', direction: 'debit' });
    expect(who(`<RvslInd>true</RvslInd>${parties}`, 'CRDT')).toMatchObject({ counterparty: 'Payee', direction: 'credit', reversal: true });
  });

  it('keeps pending entries apart by their status', () => {
    const pending = `<Ntry>${amount('1.00')}<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>`;
    expect(read(pending).entries[0]).toMatchObject({ status: 'PDNG', bookedOn: null });
  });
});

describe('refusals', () => {
  it.each([
    ['a file cut off', statement('').slice(0, -12), /Line \d+: the XML is broken/],
    [
      'a document type, even a harmless one',
      `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>${statement('').slice(21)}`,
      /Line 2: a document type/,
    ],
    ['a message without a statement', file(''), /Line 3: the camt.053 message holds no statement/],
    ['a report within the day', '<Document><BkToCstmrAcctRpt><GrpHdr/></BkToCstmrAcctRpt></Document>', /Line 1: this is a camt.052 report/],
    ['other XML', '<rss></rss>', /Line 1: this is XML, but no camt.053/],
    ['an amount that is none', statement(`\n${entry('', '12,50')}`), /Line 6: the amount/],
    ['a negative amount', statement(`\n${entry('', '-12.50')}`), /Line 6: the amount/],
    ['a direction that is none', statement(`\n\n${entry('', '12.50', 'BOTH')}`), /Line 7: CdtDbtInd/],
    ['30 February', statement(`\n${entry('', '12.50', 'CRDT', '2027-02-30')}`), /Line 6: BookgDt is not a real date/],
  ])('refuses %s, with its line', (_, xml, reason) => {
    const error = refusal(xml);
    expect(error).toMatchObject({ kind: 'invalid', code: 'statement-not-understood' });
    expect(error.message).toMatch(reason);
  });
});
