import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { invalid, parsePounds, penceAsNumber } from '../kernel/index.js';

type Node = Readonly<Record<string, unknown>>;

const LISTS = new Set(['PmtInf', 'CdtTrfTxInf', 'Ustrd']);
const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, removeNSPrefix: true, isArray: (name) => LISTS.has(name) });

const wrong = (message: string) => invalid('file-not-understood', `The file is no pain.001 that this bank can read: ${message}.`);

/** The node or text at a path of names, or undefined. */
const at = (node: unknown, ...path: string[]): unknown => path.reduce<unknown>((place, name) => (place as Node | undefined)?.[name], node);

function text(node: unknown, ...path: string[]): string {
  const value = at(node, ...path);
  const plain = typeof value === 'object' && value !== null ? (value as Node)['#text'] : value;
  if (typeof plain !== 'string' || plain === '') throw wrong(`${path.join('/')} is missing`);
  return plain;
}

/** Reads a pain.001 credit transfer file (version 3 or 9) into the form that `POST /bank/payments` takes as JSON. One debtor
 *  account and one day for a file. The file's own count and control sum must be right, as banks ask. */
export function readPain001(xml: string): Record<string, unknown> {
  if (xml.includes('<!DOCTYPE')) throw wrong('it has a document type');
  if (XMLValidator.validate(xml) !== true) throw wrong('it is not whole XML');
  const file = at(parser.parse(xml), 'Document', 'CstmrCdtTrfInitn');
  const groups = at(file, 'PmtInf') as unknown[] | undefined;
  const group = groups?.[0];
  if (!group || groups.length !== 1) throw wrong('it must have one PmtInf');
  const payments = ((at(group, 'CdtTrfTxInf') as unknown[] | undefined) ?? []).map(readPayment);
  const sum = payments.reduce((total, each) => total + each.pence, 0);
  if (text(file, 'GrpHdr', 'NbOfTxs') !== String(payments.length)) throw wrong('NbOfTxs is not the number of payments');
  if (inPence(text(file, 'GrpHdr', 'CtrlSum')) !== sum) throw wrong('CtrlSum is not the sum of the payments');
  const batch = at(group, 'BtchBookg');
  return {
    fileId: text(file, 'GrpHdr', 'MsgId'),
    debtor: { sortCode: text(group, 'DbtrAgt', 'FinInstnId', 'ClrSysMmbId', 'MmbId'), accountNumber: text(group, 'DbtrAcct', 'Id', 'Othr', 'Id') },
    executionDay: typeof at(group, 'ReqdExctnDt') === 'string' ? text(group, 'ReqdExctnDt') : text(group, 'ReqdExctnDt', 'Dt'),
    ...(batch === undefined ? {} : { batchBooking: batch === 'true' }),
    payments,
  };
}

function readPayment(node: unknown) {
  if (at(node, 'Amt', 'InstdAmt', '@_Ccy') !== 'GBP') throw wrong('a sum is not in GBP');
  const remittance = at(node, 'RmtInf', 'Ustrd') as unknown[] | undefined;
  return {
    endToEndId: text(node, 'PmtId', 'EndToEndId'),
    name: text(node, 'Cdtr', 'Nm'),
    sortCode: text(node, 'CdtrAgt', 'FinInstnId', 'ClrSysMmbId', 'MmbId'),
    accountNumber: text(node, 'CdtrAcct', 'Id', 'Othr', 'Id'),
    pence: inPence(text(node, 'Amt', 'InstdAmt')),
    reference: (remittance ?? []).filter((each) => typeof each === 'string').join(' '),
  };
}

const inPence = (sum: string): number => penceAsNumber(parsePounds(sum));
