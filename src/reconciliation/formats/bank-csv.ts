import { parse } from 'csv-parse/sync';
import type { LocalDate } from '../../kernel/index.js';
import { mapColumns, missingColumns, namedCurrency } from './csv-columns.js';
import type { Column, ColumnMapping } from './csv-columns.js';
import { readDates } from './csv-dates.js';
import { chooseReading } from './csv-order.js';
import { decimalText, exactly, plainDecimal } from './decimal.js';
import { notUnderstood } from './statement-file.js';
import type { ReadEntry, ReadStatement, StatementFile } from './statement-file.js';

/** Banks put at most this many lines (account name, balance, dates) above the header (our judgement, November 2026). */
const LINES_ABOVE_HEADER = 12;

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

interface MoneyRow {
  readonly row: Row;
  readonly bookedOn: LocalDate;
  readonly valueOn: LocalDate | null;
  readonly asWritten: bigint;
  readonly turned: bigint;
  readonly balance: bigint | null;
  /** The amount without its sign, as the bank wrote it. */
  readonly amount: string;
}

/** Reads a bank's CSV export. Columns are found by their header, day and month by the whole column, order and the sign of money
 *  out by the running balance; opening and closing are derived from it. A file with several accounts gives a statement for each.
 *  Refuses (`statement-not-understood`), with the line: a header that is none, ragged rows, dates and amounts that are none. */
export function readBankCsv(text: string): StatementFile {
  const { mapping, rows } = findHeader(readRows(text));
  if (rows.length === 0) throw notUnderstood('the file has a header and no entries', 2);
  const money = readMoney(rows, mapping);
  const accounts = new Map<string, MoneyRow[]>();
  for (const each of money) {
    const account = accountOf(each.row, mapping) ?? '';
    const list = accounts.get(account) ?? [];
    list.push(each);
    accounts.set(account, list);
  }
  return { format: 'bank-csv', statements: [...accounts].map(([account, list]) => readStatement(account || null, list, mapping)) };
}

function readRows(text: string): Row[] {
  const lines = text.replace(/\r\n?/g, '\n');
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(lines, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      relax_quotes: true,
      delimiter: delimiterOf(lines),
    }) as unknown as typeof records;
  } catch (error) {
    throw notUnderstood('a quotation mark is opened and never closed', (error as { lines?: number }).lines ?? null);
  }
  return records
    .map(({ record, info }) => ({ cells: record.map(plainCell), line: info.lines - record.join('').split('\n').length + 1 }))
    .filter((row) => row.cells.some((cell) => cell !== ''));
}

/** Some banks put an apostrophe before numbers, so that a spreadsheet keeps their zeros. */
const plainCell = (cell: string): string => cell.trim().replace(/^'/, '');

/** Comma, semicolon or tab: whichever the first lines hold most of. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 2000);
  const count = (mark: string): number => start.split(mark).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function findHeader(rows: readonly Row[]): { mapping: ColumnMapping; rows: readonly Row[] } {
  const first = rows[0];
  if (!first) throw notUnderstood('the file is empty');
  for (const [index, row] of rows.slice(0, LINES_ABOVE_HEADER).entries()) {
    const mapping = mapColumns(row.cells);
    if (missingColumns(mapping).length === 0) return { mapping, rows: sameLength(row.cells.length, rows.slice(index + 1)) };
  }
  const bare = withoutHeader(first);
  if (bare) return { mapping: bare, rows: sameLength(first.cells.length, rows) };
  throw notUnderstood(`this line should name the columns, and no name was found for ${missingColumns(mapColumns(first.cells)).join(', ')}`, first.line);
}

/** HSBC and First Direct export date, description, amount (and balance) without a header. */
function withoutHeader({ cells }: Row): ColumnMapping | null {
  const looksRight =
    (cells.length === 3 || cells.length === 4) && readDates([cells[0]!])[0] !== null && cells.slice(2).every((cell) => plainDecimal(cell) !== null);
  if (!looksRight) return null;
  return { at: { date: 0, description: 1, amount: 2, ...(cells.length === 4 ? { balance: 3 } : {}) }, currency: null };
}

/** Refuses a ragged row: a cell too few or too many moves money into another column. Empty cells at the end are let pass. */
function sameLength(length: number, rows: readonly Row[]): Row[] {
  for (const row of rows) {
    const tooMany = row.cells.slice(length).some((cell) => cell !== '');
    if (row.cells.length < length || tooMany) throw notUnderstood(`this row has ${row.cells.length} cells where the header has ${length}`, row.line);
  }
  return [...rows];
}

function readMoney(rows: readonly Row[], { at }: ColumnMapping): MoneyRow[] {
  const days = readDates(rows.map((row) => row.cells[at.date!]!));
  const valueDays = at.valueDate === undefined ? [] : readDates(rows.map((row) => row.cells[at.valueDate!]!));
  return rows.map((row, index) => {
    const bookedOn = days[index];
    if (!bookedOn) throw notUnderstood('the date is not a real date, or is written differently from the others', row.line);
    const balance = at.balance === undefined ? null : amountIn(row, at.balance, 'balance');
    return { row, bookedOn, valueOn: valueDays[index] ?? null, ...movementOf(row, at), balance: balance === null ? null : exactly(balance)! };
  });
}

/** The cell's amount; null when empty. Refuses what is no amount. */
function amountIn(row: Row, index: number, name: string): string | null {
  const cell = row.cells[index]!;
  if (cell === '' || cell === '-') return null;
  const amount = plainDecimal(cell);
  if (amount === null) throw notUnderstood(`the ${name} is not an amount`, row.line);
  return amount;
}

/** With one column the sign is the direction, or its opposite (credit cards). With two, a negative payment out is either the bank's
 *  habit or money given back. Which of the two it is, the running balance tells. */
function movementOf(row: Row, at: ColumnMapping['at']): Pick<MoneyRow, 'asWritten' | 'turned' | 'amount'> {
  const size = (amount: string): string => amount.replace('-', '');
  const single = at.amount === undefined ? null : amountIn(row, at.amount, 'amount');
  if (single !== null) return { asWritten: exactly(single)!, turned: -exactly(single)!, amount: size(single) };
  const out = at.debit === undefined ? null : amountIn(row, at.debit, 'amount paid out');
  const into = at.credit === undefined ? null : amountIn(row, at.credit, 'amount paid in');
  const both = out !== null && into !== null && exactly(out) !== 0n && exactly(into) !== 0n;
  if (both) throw notUnderstood('the row has an amount paid in and an amount paid out', row.line);
  const isOut = out !== null && (exactly(out) !== 0n || into === null);
  const amount = isOut ? out : into;
  if (amount === null) throw notUnderstood('the row has no amount', row.line);
  const exact = exactly(amount)!;
  const positive = exact < 0n ? -exact : exact;
  return { asWritten: isOut ? -positive : positive, turned: isOut ? -exact : exact, amount: size(amount) };
}

function accountOf({ cells }: Row, { at }: ColumnMapping): string | null {
  const sortCode = at.sortCode === undefined ? '' : cells[at.sortCode]!;
  const account = at.account === undefined ? '' : cells[at.account]!;
  return [sortCode, account].filter((each) => each !== '').join(' ') || null;
}

function readStatement(account: string | null, money: readonly MoneyRow[], mapping: ColumnMapping): ReadStatement {
  const [first, last] = [money[0]!.bookedOn, money.at(-1)!.bookedOn];
  const datesFall = first === last ? null : first > last;
  const counted = money.filter((each) => statusOf(each.row, mapping) === 'BOOK');
  const reading = chooseReading(counted, datesFall);
  const currency = currencyOf(money, mapping);
  const entries = money.map((each) => readEntry(each, mapping, reading.turned, currency));
  if (reading.newestFirst) entries.reverse();
  const days = money.map((each) => each.bookedOn).sort();
  return {
    id: null,
    account,
    currency,
    openedOn: days[0]!,
    closedOn: days.at(-1)!,
    opening: reading.opening === null ? null : decimalText(reading.opening),
    closing: reading.closing === null ? null : decimalText(reading.closing),
    openingCurrency: currency,
    closingCurrency: currency,
    entries,
  };
}

/** The currency of an account: its column, else the header, else a sign beside an amount. Sort codes are British, so is their money. */
function currencyOf(money: readonly MoneyRow[], { at, currency }: ColumnMapping): string | null {
  const named = at.currency === undefined ? '' : money[0]!.row.cells[at.currency]!;
  if (named) return named.toUpperCase();
  const cells = [at.amount, at.debit, at.credit, at.balance]
    .filter((index) => index !== undefined)
    .flatMap((index) => money.map((each) => each.row.cells[index]!));
  return currency ?? cells.map(namedCurrency).find((each) => each !== null) ?? (at.sortCode === undefined ? null : 'GBP');
}

function readEntry(money: MoneyRow, mapping: ColumnMapping, isTurned: boolean, currency: string | null): ReadEntry {
  const { row, bookedOn, valueOn, asWritten, turned, amount, balance } = money;
  const cell = (column: Column): string | null => (mapping.at[column] === undefined ? null : row.cells[mapping.at[column]]!.replace(/\s+/g, ' ') || null);
  const own = cell('currency')?.toUpperCase() ?? currency;
  const moved = isTurned ? turned : asWritten;
  return {
    bookedOn,
    valueOn,
    amount,
    currency: own,
    direction: moved < 0n ? 'debit' : 'credit',
    status: statusOf(row, mapping),
    reversal: false,
    reference: cell('reference'),
    bankReference: cell('bankReference'),
    counterparty: cell('counterparty'),
    counterpartyAccount: null,
    text: cell('description') ?? cell('counterparty') ?? cell('reference') ?? '',
    line: row.line,
    balanceAfter: balance === null ? null : decimalText(balance),
    parts: [],
  };
}

/** The bank's word for an entry's state, in the words of ISO 20022. A word we do not know counts as booked, as in a file without one. */
function statusOf({ cells }: Row, { at }: ColumnMapping): string {
  const word = at.status === undefined ? '' : cells[at.status]!.toLowerCase();
  if (/pending|authori/.test(word)) return 'PDNG';
  if (/fail|declin|revert|cancel|reject/.test(word)) return 'INFO';
  return 'BOOK';
}
