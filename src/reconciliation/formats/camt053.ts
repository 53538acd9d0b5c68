import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { isLocalDate } from '../../kernel/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { exactly } from './decimal.js';
import { notUnderstood } from './statement-file.js';
import type { ReadEntry, ReadStatement, StatementFile } from './statement-file.js';
import { readDetails } from './camt053-details.js';
import { listAt, nodeAt, textAt } from './xml-node.js';
import type { XmlNode } from './xml-node.js';

const LISTS = new Set(['Stmt', 'Bal', 'Ntry', 'NtryDtls', 'TxDtls', 'Ustrd', 'Strd', 'AddtlRmtInf']);

const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  htmlEntities: true,
  captureMetaData: true,
  isArray: (name) => LISTS.has(name),
});
const PLACE = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** Reads an ISO 20022 end-of-day statement (camt.053, versions 2 to 8 met in the world), any currency, several statements in one file.
 *  Refuses (`statement-not-understood`): XML that is cut off or has a DOCTYPE (no entity is ever expanded), other messages
 *  (camt.052, camt.054), no statement, and entries without a readable amount, direction or date. */
export function readCamt053(xml: string): StatementFile {
  const document = parse(xml);
  const lineOf = lineFinder(xml);
  const message = nodeAt(document, 'Document.BkToCstmrStmt') ?? nodeAt(document, 'BkToCstmrStmt');
  const empty = message ? null : /<(?:[\w-]+:)?BkToCstmrStmt\b/.exec(xml);
  if (empty) throw notUnderstood(NO_STATEMENT, newlines(xml, empty.index) + 1);
  if (!message) throw notUnderstood(otherMessage(document), lineOf(nodeAt(document, 'Document')) ?? 1);
  const statements = listAt(message, 'Stmt');
  if (statements.length === 0) throw notUnderstood(NO_STATEMENT, lineOf(message));
  return { format: 'camt.053', statements: statements.map((statement) => readStatement(statement, lineOf)) };
}

const NO_STATEMENT = 'the camt.053 message holds no statement (Stmt)';

type LineOf = (node: XmlNode | null) => number | null;

function parse(xml: string): XmlNode {
  const doctype = /<!DOCTYPE/i.exec(xml);
  if (doctype) throw notUnderstood('a document type (DOCTYPE) is not allowed in a statement', newlines(xml, doctype.index) + 1);
  const verdict = XMLValidator.validate(xml);
  if (verdict !== true) throw notUnderstood(`the XML is broken (${verdict.err.code})`, verdict.err.line);
  try {
    return parser.parse(xml) as XmlNode;
  } catch {
    throw notUnderstood('the XML is nested too deeply or uses names that are not allowed');
  }
}

function otherMessage(document: XmlNode): string {
  if (nodeAt(document, 'Document.BkToCstmrAcctRpt')) return 'this is a camt.052 report within the day; ask the bank for the camt.053 end-of-day statement';
  if (nodeAt(document, 'Document.BkToCstmrDbtCdtNtfctn')) return 'this is a camt.054 notification; ask the bank for the camt.053 end-of-day statement';
  return 'this is XML, but no camt.053 statement (no BkToCstmrStmt)';
}

/** Finds the line of a node; counts forward from the last one asked for, so a whole file is counted once. */
function lineFinder(xml: string): LineOf {
  let known = { index: 0, line: 1 };
  return (node) => {
    const start = (node as { [PLACE]?: { startIndex?: number } } | null)?.[PLACE]?.startIndex;
    if (start === undefined) return null;
    if (start < known.index) known = { index: 0, line: 1 };
    known = { index: start, line: known.line + newlines(xml, start, known.index) };
    return known.line;
  };
}

function newlines(text: string, until: number, from = 0): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < until; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function readStatement(node: XmlNode, lineOf: LineOf): ReadStatement {
  const account = accountOf(node);
  const entries = listAt(node, 'Ntry').map((entry) => readEntry(entry, account, lineOf));
  const balances = listAt(node, 'Bal').map((balance) => readBalance(balance, lineOf));
  const currency = textAt(node, 'Acct.Ccy') ?? balances.find((each) => each.type === 'OPBD')?.currency ?? balances[0]?.currency ?? entries[0]?.currency ?? null;
  const { opening, closing } = chooseBalances(balances, currency);
  return {
    id: textAt(node, 'Id'),
    account,
    currency,
    openedOn: opening?.on ?? dayAt(node, 'FrToDt.FrDtTm') ?? dayAt(node, 'FrToDt.FrDt'),
    closedOn: closing?.on ?? dayAt(node, 'FrToDt.ToDtTm') ?? dayAt(node, 'FrToDt.ToDt'),
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    openingCurrency: opening?.currency ?? null,
    closingCurrency: closing?.currency ?? null,
    entries,
  };
}

function accountOf(statement: XmlNode): string | null {
  const iban = textAt(statement, 'Acct.Id.IBAN');
  if (iban) return iban;
  const number = textAt(statement, 'Acct.Id.Othr.Id');
  const sortCode = textAt(statement, 'Acct.Svcr.FinInstnId.ClrSysMmbId.MmbId');
  return number && sortCode && /^\d{6}$/.test(sortCode) && /^\d{8}$/.test(number) ? `${sortCode} ${number}` : number;
}

interface Balance {
  readonly type: string;
  readonly amount: string;
  readonly currency: string | null;
  readonly on: LocalDate | null;
}

function readBalance(node: XmlNode, lineOf: LineOf): Balance {
  const { amount, currency } = readAmount(node, lineOf);
  const type = textAt(node, 'Tp.CdOrPrtry.Cd') ?? textAt(node, 'Tp.CdOrPrtry.Prtry') ?? '';
  const overdrawn = directionOf(node, lineOf) === 'debit' && exactly(amount) !== 0n;
  return { type, amount: overdrawn ? `-${amount}` : amount, currency, on: dayAt(node, 'Dt.Dt') ?? dayAt(node, 'Dt.DtTm') };
}

/** The booked balances at both ends. Opening: OPBD, else the previous closing (PRCD), else the first of two interim ones (a statement
 *  in pages). Closing: CLBD, else the last interim one. Available and expected balances (OPAV, CLAV, FWAV, XPCD …) are not booked money. */
function chooseBalances(balances: readonly Balance[], currency: string | null): { opening: Balance | null; closing: Balance | null } {
  const of = (type: string): Balance[] => balances.filter((each) => each.type === type);
  const pick = (found: readonly Balance[]): Balance | null => found.find((each) => each.currency === currency) ?? found[0] ?? null;
  const interim = of('ITBD');
  const opening = pick(of('OPBD')) ?? pick(of('PRCD')) ?? (interim.length > 1 ? interim[0]! : null);
  const closing = pick(of('CLBD')) ?? (interim.length > (opening?.type === 'ITBD' ? 1 : 0) ? interim.at(-1)! : null);
  return { opening, closing };
}

function readEntry(node: XmlNode, account: string | null, lineOf: LineOf): ReadEntry {
  const line = lineOf(node);
  const { amount, currency } = readAmount(node, lineOf);
  const direction = directionOf(node, lineOf);
  const reversal = textAt(node, 'RvslInd') === 'true' || textAt(node, 'RvslInd') === '1';
  const booked = dateAt(node, 'BookgDt', line);
  const valued = dateAt(node, 'ValDt', line);
  const details = readDetails(node, { account, direction, reversal });
  return {
    bookedOn: booked ?? valued,
    valueOn: valued,
    amount,
    currency,
    direction,
    reversal,
    line,
    balanceAfter: null,
    status: textAt(node, 'Sts.Cd') ?? textAt(node, 'Sts.Prtry') ?? textAt(node, 'Sts') ?? 'BOOK',
    ...details,
  };
}

function readAmount(node: XmlNode, lineOf: LineOf): { amount: string; currency: string | null } {
  const amount = textAt(node, 'Amt');
  if (amount === null || !/^\d/.test(amount) || exactly(amount) === null)
    throw notUnderstood('the amount (Amt) is missing or is no plain decimal', lineOf(node));
  return { amount, currency: textAt(node, 'Amt.@_Ccy') };
}

function directionOf(node: XmlNode, lineOf: LineOf): 'credit' | 'debit' {
  const mark = textAt(node, 'CdtDbtInd');
  if (mark === 'CRDT') return 'credit';
  if (mark === 'DBIT') return 'debit';
  throw notUnderstood('CdtDbtInd should be CRDT or DBIT', lineOf(node));
}

/** The day the bank wrote, whatever the time zone beside it. Refuses days that do not exist (30 February). */
function dateAt(node: XmlNode, path: string, line: number | null): LocalDate | null {
  const written = textAt(node, `${path}.Dt`) ?? textAt(node, `${path}.DtTm`);
  if (written === null) return null;
  const day = written.slice(0, 10);
  if (!isLocalDate(day)) throw notUnderstood(`${path} is not a real date`, line);
  return day;
}

function dayAt(node: XmlNode, path: string): LocalDate | null {
  const day = textAt(node, path)?.slice(0, 10);
  return isLocalDate(day) ? day : null;
}
