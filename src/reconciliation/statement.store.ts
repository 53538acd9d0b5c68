import type { BookId, Id, LocalDate, Pence } from '../kernel/index.js';
import { newId, penceAsNumber } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { BankAccountId } from './bank-accounts.service.js';
import type { SterlingLine } from './formats/sterling.js';
import type { LineFacts, LinePart } from './match.types.js';

export type StatementId = Id<'statement'>;
export type StatementLineId = Id<'statement-line'>;

export interface NewStatement {
  readonly id: StatementId;
  readonly book: BookId;
  readonly account: BankAccountId;
  readonly upload: string;
  readonly number: number;
  readonly format: string;
  readonly bankNumber: string | null;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly opening: Pence;
  readonly closing: Pence;
  readonly knownCount: number;
  readonly importedBy: string;
}

/** Which of the keys belong to lines that are here already. */
export async function knownKeys(tx: Tx, account: BankAccountId, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ key: string }>(
    `select encode(l.line_key, 'hex') as key from statement_line l join unnest($2::text[]) as k(key) on l.line_key = decode(k.key, 'hex') where l.bank_account_id = $1`,
    [account, keys],
  );
  return new Set(rows.map((row) => row.key));
}

/** Lines from a day on, as they were read: so that the twins of known lines can be counted on. */
export async function linesFrom(tx: Tx, account: BankAccountId, day: LocalDate): Promise<SterlingLine[]> {
  const rows = await tx.rows<Omit<SterlingLine, 'counterpartyAccount' | 'parts'>>(
    `select booked_on as "bookedOn", value_on as "valueOn", amount_pence as "amountPence", direction, reference, bank_reference as "bankReference", counterparty, words as text
     from statement_line where bank_account_id = $1 and booked_on >= $2`,
    [account, day],
  );
  return rows.map((row) => ({ ...row, counterpartyAccount: null, parts: [] }));
}

/** Writes a statement with its lines, each in state `new`. The database checks at commit that they add up. */
export async function insertStatement(
  tx: Tx,
  statement: NewStatement,
  lines: readonly { readonly key: string; readonly line: SterlingLine }[],
): Promise<StatementLineId[]> {
  tx.write(
    `insert into statement (id, book_id, bank_account_id, upload_id, number, format, bank_number, from_day, until_day, opening_pence, closing_pence, line_count, known_count, imported_by, imported_at)
     values ($1, $2, $3, $4, $5, $6, left($7, 200), $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      statement.id,
      statement.book,
      statement.account,
      statement.upload,
      statement.number,
      statement.format,
      statement.bankNumber,
      statement.from,
      statement.until,
      statement.opening,
      statement.closing,
      lines.length,
      statement.knownCount,
      statement.importedBy,
      tx.now,
    ],
  );
  const ids = lines.map(() => newId<'statement-line'>());
  tx.write(
    `insert into statement_line (id, book_id, bank_account_id, statement_id, place, line_key, booked_on, value_on, direction, amount_pence, reference, bank_reference, counterparty, words, parts)
     select x.id, $1, $2, $3, x.n - 1, decode(x.key, 'hex'), x.booked, x.valued, x.direction, x.amount, x.reference, x.bank_reference, x.counterparty, x.words, x.parts
     from unnest($4::uuid[], $5::text[], $6::date[], $7::date[], $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::jsonb[])
       with ordinality as x(id, key, booked, valued, direction, amount, reference, bank_reference, counterparty, words, parts, n)`,
    [statement.book, statement.account, statement.id, ids, lines.map(({ key }) => key), ...columnsOf(lines.map(({ line }) => line))],
  );
  tx.write(`insert into line_state (line_id, book_id, bank_account_id, state, changed_at) select id, $2, $3, 'new', $4 from unnest($1::uuid[]) as x(id)`, [
    ids,
    statement.book,
    statement.account,
    tx.now,
  ]);
  return ids;
}

const columnsOf = (lines: readonly SterlingLine[]): unknown[] => [
  lines.map((line) => line.bookedOn),
  lines.map((line) => line.valueOn),
  lines.map((line) => line.direction),
  lines.map((line) => line.amountPence.toString()),
  lines.map((line) => line.reference),
  lines.map((line) => line.bankReference),
  lines.map((line) => line.counterparty),
  lines.map((line) => line.text),
  lines.map((line) => (line.parts.length > 0 ? JSON.stringify(storedParts(line)) : null)),
];

const storedParts = (line: SterlingLine): StoredPart[] =>
  line.parts.map(({ amountPence, reference, counterparty, text }) => ({
    amountPence: amountPence === null ? null : penceAsNumber(amountPence),
    reference,
    counterparty,
    words: text,
  }));

export interface StoredPart extends Omit<LinePart, 'amount'> {
  readonly amountPence: number | null;
}

interface LineRow extends Omit<LineFacts, 'parts'> {
  readonly parts: readonly StoredPart[] | null;
}

export const LINE_FACTS =
  'l.id, l.booked_on as day, l.direction, l.amount_pence as amount, l.reference, l.bank_reference as "bankReference", l.counterparty, l.words, l.parts';

export const asFacts = ({ parts, ...row }: LineRow): LineFacts => ({
  ...row,
  parts: (parts ?? []).map(({ amountPence, ...part }) => ({ ...part, amount: amountPence === null ? null : (BigInt(amountPence) as Pence) })),
});

/** Lines of an account that are still to be explained: those never looked at first, then the oldest. */
export async function openLines(tx: Tx, account: BankAccountId, most: number): Promise<LineFacts[]> {
  const rows = await tx.rows<LineRow>(
    `select ${LINE_FACTS} from line_state s join statement_line l on l.id = s.line_id where s.bank_account_id = $1 and s.state in ('new', 'break') order by (s.state = 'new') desc, l.booked_on, l.id limit $2`,
    [account, most],
  );
  return rows.map(asFacts);
}

/** Whether a line of the account was never looked at. */
export const hasNewLines = async (tx: Tx, account: BankAccountId): Promise<boolean> =>
  (await tx.row(`select 1 from line_state where bank_account_id = $1 and state = 'new' limit 1`, [account])) !== undefined;

/** One line as it is, not locked; undefined when out of scope. */
export async function lineFacts(tx: Tx, id: string): Promise<(LineFacts & { readonly account: BankAccountId }) | undefined> {
  const row = await tx.row<LineRow & { account: BankAccountId }>(`select ${LINE_FACTS}, l.bank_account_id as account from statement_line l where l.id = $1`, [
    id,
  ]);
  if (!row) return undefined;
  const { account, ...facts } = row;
  return { ...asFacts(facts), account };
}

/** Lines by id, locked with their states. */
export async function lockLines(
  tx: Tx,
  ids: readonly string[],
): Promise<(LineFacts & { readonly state: string; readonly account: BankAccountId; readonly book: BookId })[]> {
  const rows = await tx.rows<LineRow & { state: string; account: BankAccountId; book: BookId }>(
    `select ${LINE_FACTS}, s.state, l.bank_account_id as account, l.book_id as book from line_state s join statement_line l on l.id = s.line_id where s.line_id = any($1) order by s.line_id for update of s`,
    [ids],
  );
  return rows.map(({ state, account, book, ...row }) => ({ ...asFacts(row), state, account, book }));
}
