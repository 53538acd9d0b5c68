import { decimalPounds, pence } from '../kernel/index.js';
import type { BankLine, LineDetail, LineKind, Sides } from './bank.js';
import type { Statement } from './bank-statement.js';
import { NAME_LENGTH, REFERENCE_LENGTH, bankText, splitReference } from './bank-text.js';

export type CamtVersion = '02' | '08';

/** Domain, family and sub-family of ISO 20022's transaction codes, for credits and for debits. */
const CODES: Readonly<Record<LineKind, readonly [string, string, string]>> = {
  'payment-out': ['PMNT', 'ICDT', 'DMCT'],
  'payment-in': ['PMNT', 'RCDT', 'DMCT'],
  'batch-out': ['PMNT', 'ICDT', 'DMCT'],
  'batch-in': ['PMNT', 'RCDT', 'DMCT'],
  'bank-giro-credit': ['PMNT', 'RCDT', 'DMCT'],
  'returned-payment': ['PMNT', 'ICDT', 'RRTN'],
  charge: ['ACMT', 'MDOP', 'CHRG'],
  interest: ['ACMT', 'MCOP', 'INTR'],
  'direct-debit': ['PMNT', 'RDDT', 'PMDD'],
  card: ['PMNT', 'CCRD', 'POSD'],
  'standing-order': ['PMNT', 'ICDT', 'STDO'],
  other: ['PMNT', 'OTHR', 'OTHR'],
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** One element; empty content leaves it out. */
const tag = (name: string, ...content: (string | null)[]): string => {
  const inside = content.filter((each) => each !== null && each !== '').join('');
  return inside === '' ? '' : `<${name}>${inside}</${name}>`;
};
const leaf = (name: string, text: string | null): string => (text === null || text === '' ? '' : `<${name}>${escaped(text)}</${name}>`);
const amount = (name: string, sum: number): string => `<${name} Ccy="GBP">${decimalPounds(pence(Math.abs(sum)))}</${name}>`;
const mark = (sum: number): string => leaf('CdtDbtInd', sum < 0 ? 'DBIT' : 'CRDT');

/** camt.053.001.02 or .08, in the order of elements that the schema asks for. A balance of nothing counts as credit. */
export function camt053(statement: Statement, version: CamtVersion): string {
  const { account, from, lastDay } = statement;
  const id = `${account.sortCode}${account.accountNumber}${from.replaceAll('-', '')}${lastDay.replaceAll('-', '').slice(2)}`;
  const written = `${lastDay}T23:59:59`;
  const body = tag(
    'BkToCstmrStmt',
    tag('GrpHdr', leaf('MsgId', id), leaf('CreDtTm', written)),
    tag(
      'Stmt',
      leaf('Id', id),
      leaf('ElctrncSeqNb', String(statement.number)),
      leaf('CreDtTm', written),
      tag('FrToDt', leaf('FrDtTm', `${from}T00:00:00`), leaf('ToDtTm', written)),
      tag(
        'Acct',
        tag('Id', tag('Othr', leaf('Id', account.accountNumber))),
        leaf('Ccy', 'GBP'),
        leaf('Nm', bankText(account.name, 35)),
        tag('Svcr', agent(account)),
      ),
      balance('OPBD', statement.openingPence, from),
      balance('CLBD', statement.closingPence, lastDay),
      summary(statement.lines),
      ...statement.lines.map((line, i) => entry(line, `${i + 1}`, statement.hard, version)),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}">${body}</Document>\n`;
}

const agent = (sides: Sides): string => tag('FinInstnId', tag('ClrSysMmbId', tag('ClrSysId', leaf('Cd', 'GBDSC')), leaf('MmbId', sides.sortCode)));

const balance = (code: 'OPBD' | 'CLBD', sum: number, day: string): string =>
  tag('Bal', tag('Tp', tag('CdOrPrtry', leaf('Cd', code))), amount('Amt', sum), mark(sum), tag('Dt', leaf('Dt', day)));

function summary(lines: readonly BankLine[]): string {
  const total = (rows: readonly BankLine[]): string =>
    leaf('NbOfNtries', String(rows.length)) + leaf('Sum', decimalPounds(pence(rows.reduce((sum, each) => sum + Math.abs(each.pence), 0))));
  return tag(
    'TxsSummry',
    tag('TtlNtries', total(lines)),
    tag('TtlCdtNtries', total(lines.filter((each) => each.pence >= 0))),
    tag('TtlDbtNtries', total(lines.filter((each) => each.pence < 0))),
  );
}

/** One booked line; a batch has several transactions inside. */
function entry(line: BankLine, number: string, hard: boolean, version: CamtVersion): string {
  const [domain, family, sub] = CODES[line.kind];
  const batch = line.details.length > 1 ? tag('Btch', leaf('PmtInfId', line.batch?.slice(0, 35) ?? null), leaf('NbOfTxs', String(line.details.length))) : '';
  return tag(
    'Ntry',
    leaf('NtryRef', number),
    amount('Amt', line.pence),
    mark(line.pence),
    tag('Sts', version === '02' ? 'BOOK' : leaf('Cd', 'BOOK')),
    tag('BookgDt', leaf('Dt', line.day)),
    tag('ValDt', leaf('Dt', line.day)),
    leaf('AcctSvcrRef', line.bankReference),
    tag('BkTxCd', tag('Domn', leaf('Cd', domain), tag('Fmly', leaf('Cd', family), leaf('SubFmlyCd', sub)))),
    tag('NtryDtls', batch, ...line.details.map((each) => transaction(line, each, hard, version))),
    leaf('AddtlNtryInf', line.kind === 'charge' || line.kind === 'interest' ? bankText(line.details[0]?.name ?? '', 35) : null),
  );
}

function transaction(line: BankLine, each: LineDetail, hard: boolean, version: CamtVersion): string {
  const credit = line.pence >= 0;
  const reference = bankText(each.reference, REFERENCE_LENGTH);
  const sum = version === '02' ? tag('AmtDtls', tag('TxAmt', amount('Amt', each.pence))) : amount('Amt', each.pence) + mark(line.pence);
  const remittance = tag('RmtInf', ...(hard ? splitReference(reference) : [reference]).map((part) => leaf('Ustrd', part)));
  const parties = line.kind === 'charge' || line.kind === 'interest' ? '' : related(each, line.kind === 'returned-payment' ? false : credit, hard, version);
  return tag(
    'TxDtls',
    tag('Refs', leaf('AcctSvcrRef', line.bankReference), leaf('EndToEndId', hard ? 'NOTPROVIDED' : (each.endToEndId?.slice(0, 35) ?? 'NOTPROVIDED'))),
    sum,
    parties,
    remittance,
    each.returnReason ? tag('RtrInf', tag('Rsn', leaf('Cd', each.returnReason))) : '',
  );
}

/** The other side: the debtor of a credit, the creditor of a debit. A returned payment keeps the roles it had when it left. */
function related(each: LineDetail, credit: boolean, hard: boolean, version: CamtVersion): string {
  const [role, account] = credit ? ['Dbtr', 'DbtrAcct'] : ['Cdtr', 'CdtrAcct'];
  const name = leaf('Nm', bankText(each.name, hard ? 12 : NAME_LENGTH));
  const party = tag(role!, version === '02' ? name : tag('Pty', name));
  const where = each.other && !hard ? tag(account!, tag('Id', tag('Othr', leaf('Id', each.other.accountNumber)))) : '';
  const agents = each.other && !hard ? tag('RltdAgts', tag(credit ? 'DbtrAgt' : 'CdtrAgt', agent(each.other))) : '';
  return tag('RltdPties', party, where) + agents;
}
