import { dayOf, addDays, invalid, localDate, notFound } from '../kernel/index.js';
import { type LineKind, accountId, arriveFromOutside, balanceOfAccount, book, detail, linesOf, needBankAccount, openAccount } from './bank.js';
import { bankCsv, paymentReportCsv } from './bank-csv-writer.js';
import { findFile, hardDay, submitFile } from './bank-payments.js';
import { statementOf } from './bank-statement.js';
import { type CamtVersion, camt053 } from './camt053-writer.js';
import type { Fields } from './json-fields.js';
import { instruct, openPayer, paymentReport } from './payer.js';
import { bankAccountFrom, dayFromQuery, payerFrom, sidesFrom } from './settings-reader.js';
import type { World } from './world.js';

/** What the bank's side and the sandbox's own switches answer: JSON, or a file. */
export interface Reply {
  readonly status?: number;
  readonly json?: unknown;
  readonly file?: { readonly type: string; readonly text: string };
}

export type AdminHandler = (world: World, body: Fields, ids: readonly string[], query: Fields) => Reply;

const LINE_KINDS: readonly LineKind[] = [
  'payment-out',
  'payment-in',
  'bank-giro-credit',
  'returned-payment',
  'charge',
  'interest',
  'direct-debit',
  'card',
  'standing-order',
  'other',
];

function sidesFromPath(path: string): { sortCode: string; accountNumber: string } {
  const match = /^(\d{6})-(\d{8})$/.exec(path);
  if (!match) throw notFound(`The bank account ${path.slice(0, 40)}`);
  return { sortCode: match[1]!, accountNumber: match[2]! };
}

const openBankAccount: AdminHandler = (world, body) => {
  const account = openAccount(world, bankAccountFrom(world, body));
  return { status: 201, json: { ...account, balancePence: balanceOfAccount(world, account) } };
};

const showBankAccount: AdminHandler = (world, _body, ids) => {
  const account = needBankAccount(world, sidesFromPath(ids[0]!));
  return { json: { ...account, balancePence: balanceOfAccount(world, account) } };
};

const showLines: AdminHandler = (world, _body, ids, query) => {
  const endToEndId = query.textOr('endToEndId', null);
  const rows = linesOf(world, needBankAccount(world, sidesFromPath(ids[0]!)).id).rows;
  return { json: { lines: rows.filter((line) => endToEndId === null || line.details.some((each) => each.endToEndId === endToEndId)) } };
};

const showStatement: AdminHandler = (world, _body, ids, query) => {
  const today = dayOf(world.now());
  const from = dayFromQuery(query, 'from', today);
  const statement = statementOf(
    world,
    needBankAccount(world, sidesFromPath(ids[0]!)),
    from,
    dayFromQuery(query, 'until', addDays(from, 1)),
    query.textOr('hard', 'false') === 'true',
  );
  const format = query.textOr('format', 'camt053');
  if (format === 'csv') return { file: { type: 'text/csv; charset=utf-8', text: bankCsv(statement) } };
  const version = query.textOr('version', '02');
  if (format !== 'camt053' || (version !== '02' && version !== '08'))
    throw invalid('format-not-known', 'A statement is written as camt053 (version 02 or 08) or as csv.');
  return { file: { type: 'application/xml; charset=utf-8', text: camt053(statement, version as CamtVersion) } };
};

const takeFile: AdminHandler = (world, body) => {
  const { file, replayed } = submitFile(world, {
    fileId: body.text('fileId'),
    debtor: sidesFrom(body.child('debtor')),
    executionDay: body.day('executionDay'),
    batchBooking: body.has('batchBooking') ? body.flag('batchBooking') : null,
    payments: body.children('payments').map((each) => ({
      endToEndId: each.text('endToEndId'),
      name: each.text('name'),
      ...sidesFrom(each),
      pence: each.pence(),
      reference: each.textOr('reference', ''),
    })),
  });
  const { fingerprint: _none, ...shown } = file;
  return { status: replayed ? 200 : 201, json: { ...shown, fileId: file.id, replayed } };
};

const showFile: AdminHandler = (world, _body, ids) => {
  const file = findFile(world, ids[0]!);
  if (!file) throw notFound(`The file ${ids[0]}`);
  const { fingerprint: _none, ...shown } = file;
  return { json: { ...shown, fileId: file.id } };
};

/** Money that arrives from another bank. An `id` makes a repeat give the first line again. */
const takeCredit: AdminHandler = (world, body) => {
  const account = needBankAccount(world, sidesFrom(body));
  const id = body.textOr('id', null);
  const known = id ? world.store.part<{ id: string; line: string }>('bank_credit', account.id).get(id) : undefined;
  if (known) return { json: { ...linesOf(world, account.id).get(known.line), replayed: true } };
  const other = body.has('from') ? sidesFrom(body.child('from')) : null;
  const day = body.day('day');
  const line = arriveFromOutside(world, account, {
    pence: body.pence(),
    kind: 'payment-in',
    name: body.text('name'),
    reference: body.textOr('reference', ''),
    endToEndId: body.textOr('endToEndId', null),
    other,
    ...(day ? { day } : {}),
  });
  if (!line) throw invalid('account-closed', 'That account is closed.');
  if (id) world.store.put('bank_credit', account.id, { id, line: line.id });
  return { status: 201, json: line };
};

/** Any other line: a charge, interest, a card payment, a line that is not ours. */
const takeLine: AdminHandler = (world, body) => {
  const account = needBankAccount(world, sidesFrom(body));
  const day = body.day('day');
  const one = detail({ pence: body.pence(), name: body.text('name'), reference: body.textOr('reference', ''), endToEndId: body.textOr('endToEndId', null) });
  const sign = body.oneOf('direction', ['credit', 'debit']) === 'credit' ? 1 : -1;
  return { status: 201, json: book(world, account, { kind: body.oneOf('kind', LINE_KINDS), sign, details: [one], ...(day ? { day } : {}) }) };
};

const makeHardDay: AdminHandler = (world, body, ids) => {
  const account = needBankAccount(world, sidesFromPath(ids[0]!));
  const day = body.day('day') ?? dayOf(world.now());
  return { json: { account: accountId(account), day, booked: hardDay(world, account, day) } };
};

const takeInstructions: AdminHandler = (world, body, ids) => {
  const instructions = body
    .children('instructions')
    .map((each) => ({ reference: each.text('reference'), name: each.text('name'), pence: each.pence(), ...sidesFrom(each) }));
  const { count, replayed } = instruct(world, ids[0]!, body.text('batchId'), instructions);
  return { status: replayed ? 200 : 201, json: { payer: ids[0], batchId: body.text('batchId'), count, replayed } };
};

const showReport: AdminHandler = (world, _body, _ids, query) => {
  const from = dayFromQuery(query, 'from', localDate('2000-01-01'));
  const until = dayFromQuery(query, 'until', addDays(dayOf(world.now()), 1));
  const lines = paymentReport(world, query.text('payer'), from, until);
  return query.textOr('format', 'csv') === 'json' ? { json: { lines } } : { file: { type: 'text/csv; charset=utf-8', text: paymentReportCsv(lines) } };
};

export const BANK_ROUTES: Readonly<Record<string, AdminHandler>> = {
  'POST /bank/accounts': openBankAccount,
  'GET /bank/accounts/:account': showBankAccount,
  'GET /bank/accounts/:account/lines': showLines,
  'GET /bank/accounts/:account/statement': showStatement,
  'POST /bank/accounts/:account/hard-day': makeHardDay,
  'POST /bank/payments': takeFile,
  'GET /bank/payments/:file': showFile,
  'POST /bank/credits': takeCredit,
  'POST /bank/lines': takeLine,
  'POST /bank/payers': (world, body) => ({ status: 201, json: openPayer(world, payerFrom(body)) }),
  'POST /bank/payer/:code/instructions': takeInstructions,
  'GET /bank/payment-report': showReport,
};
