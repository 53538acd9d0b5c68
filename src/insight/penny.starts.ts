import type { BookId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { Fund } from './penny.funds.js';
import { fundOfTransfer, fundsOfPayments, promiseNamed } from './penny.funds.js';

/** Where the following of money begins. */
export interface PennyStart {
  readonly of: 'transfer' | 'payment' | 'invoice' | 'statement-line' | 'line' | 'funder-share';
  readonly id: string;
  /** Of an invoice: the budget line, or the funder's share, of the one part to follow. */
  readonly part?: string | undefined;
}

/** The budget lines and funds whose money it is, transfers of nobody's money, and which movements are meant. */
export interface Beginning {
  readonly lines: readonly string[];
  readonly funds: readonly Fund[];
  readonly alone: readonly string[];
  readonly starts:
    | 'all'
    | {
        readonly transfers: readonly string[];
        /** Beginnings of the references of entries. */
        readonly references: readonly string[];
        readonly statementLines: readonly string[];
        readonly matches: readonly string[];
        /** Remittances that carry a refund: the transfer that put it on its way is the refund's. */
        readonly remittances: readonly string[];
      };
}

const NONE = { transfers: [], references: [], statementLines: [], matches: [], remittances: [] } as const;

/** What a start means in these books; undefined when it is in none of them. */
export async function beginningOf(tx: Tx, books: readonly BookId[], start: PennyStart): Promise<Beginning | undefined> {
  if (start.of === 'transfer') return fromTransfer(tx, books, start.id);
  if (start.of === 'payment') return fromPayment(tx, books, start.id);
  if (start.of === 'invoice') return fromInvoice(tx, books, start.id, start.part);
  if (start.of === 'statement-line') return fromStatementLine(tx, books, start.id);
  if (start.of === 'funder-share') {
    const promise = await promiseNamed(tx, start.id);
    return promise && books.includes(promise.book) ? { lines: [], funds: [promise], alone: [], starts: 'all' } : undefined;
  }
  const line = await tx.row<{ id: string }>(
    'select id from budget_line where id = $1 and book_id = any($2) union all select id from own_line where id = $1 and book_id = any($2)',
    [start.id, books],
  );
  return line && { lines: [line.id], funds: [], alone: [], starts: 'all' };
}

async function fromTransfer(tx: Tx, books: readonly BookId[], id: string): Promise<Beginning | undefined> {
  const found = await tx.row<{ line: string | null; subject: string | null; pool: string | null; reference: string }>(
    'select t.line_id as line, t.subject_id as subject, t.pool_id as pool, e.reference from transfer t join entry e on e.id = t.entry_id where t.id = $1 and t.book_id = any($2)',
    [id, books],
  );
  if (!found) return undefined;
  const match = /^match:([0-9a-f-]{36}):bank$/.exec(found.reference)?.[1];
  if (match) return fromMatches(tx, books, [match], { ...NONE, transfers: [id], matches: [match] });
  const fund = await fundOfTransfer(tx, books, found);
  return { lines: found.line ? [found.line] : [], funds: fund ? [fund] : [], alone: fund ? [] : [id], starts: { ...NONE, transfers: [id] } };
}

async function fromPayment(tx: Tx, books: readonly BookId[], id: string): Promise<Beginning | undefined> {
  const payment = await tx.row<{ noun: string; purpose: string; hasMoved: boolean }>(
    `select purpose_noun as noun, purpose_id as purpose, posted_at is not null or state in ('succeeded', 'reconciled') as "hasMoved" from payment where id = $1 and book_id = any($2)`,
    [id, books],
  );
  if (!payment) return undefined;
  const { noun, purpose, hasMoved } = payment;
  const isRemittance = noun === 'remittance';
  // What has not moved yet is followed from the debt it will pay, or from where it set out.
  const funds = [...(await fundsOfPayments(tx, books, [id])), ...(await fundsOfRemittances(tx, isRemittance ? [purpose] : []))];
  const lines = await linesOfPayments(tx, books, [id]);
  const before = isRemittance
    ? [`remittance:${purpose}:sent`]
    : noun === 'funder-share'
      ? funds.map(({ funder, pool }) => `funder-share:${pool}:${funder}:left-over:${purpose}`)
      : noun === 'own-money'
        ? lines.map((line) => `own-line:${line}:home:${purpose}`)
        : [`invoice:${purpose}:`];
  const references = [`payment:${id}:`, ...(isRemittance ? [`remittance:${purpose}:arrived`] : []), ...(hasMoved ? [] : before)];
  return {
    lines,
    funds,
    alone: [],
    starts: { ...NONE, references, remittances: isRemittance && !hasMoved ? [purpose] : [] },
  };
}

async function fromInvoice(tx: Tx, books: readonly BookId[], id: string, part: string | undefined): Promise<Beginning | undefined> {
  const rows = await tx.rows<{ line: string | null; funder: Fund['funder'] | null; pool: Fund['pool'] }>(
    `select s.line_id as line, s.funder_id as funder, s.pool_id as pool from invoice_part p join pool_share s on s.id = p.share_id
     where p.invoice_id = $1 and p.book_id = any($2) and ($3::uuid is null or s.line_id = $3 or (s.id = $3 and s.funder_id is not null))`,
    [id, books, part ?? null],
  );
  if (rows.length === 0) return undefined;
  return {
    lines: [...new Set(rows.flatMap((row) => row.line ?? []))],
    funds: rows.flatMap(({ funder, pool }) => (funder === null ? [] : { funder, pool })),
    alone: [],
    starts: { ...NONE, references: [`invoice:${id}:`] },
  };
}

async function fromStatementLine(tx: Tx, books: readonly BookId[], id: string): Promise<Beginning | undefined> {
  const line = await tx.row('select 1 from statement_line where id = $1 and book_id = any($2)', [id, books]);
  if (!line) return undefined;
  const matches = await tx.rows<{ id: string }>('select match_id as id from line_match_line where line_id = $1 and live', [id]);
  return fromMatches(
    tx,
    books,
    matches.map((match) => match.id),
    { ...NONE, statementLines: [id], matches: matches.map((match) => match.id) },
  );
}

/** The lines behind everything that some matches say a statement line is. */
async function fromMatches(tx: Tx, books: readonly BookId[], matches: readonly string[], starts: Exclude<Beginning['starts'], 'all'>): Promise<Beginning> {
  const items = (
    await tx.rows<{ kind: string; id: string | null }>('select kind, item_id as id from line_match_item where match_id = any($1) and live', [matches])
  ).filter((item): item is { kind: string; id: string } => item.id !== null);
  const ids = items.map((item) => item.id);
  const remitted = await tx.rows<{ line: string | null }>('select line_id as line from remittance where id = any($1)', [ids]);
  const refunded = await tx.rows<{ line: string | null }>(
    'select p.line_id as line from refund_part x join payment_part p on p.payment_id = x.payment_id and p.n = x.payment_n where x.refund_id = any($1)',
    [ids],
  );
  const givenBack = await tx.rows<{ payment: string }>('select distinct payment_id as payment from refund_part where refund_id = any($1)', [ids]);
  const payments = [...ids, ...givenBack.map((each) => each.payment)];
  const booked = await tx.rows<{ id: string; line: string | null }>(
    `select t.id, t.line_id as line from entry e join transfer t on t.entry_id = e.id where e.reference = any($1) and e.book_id = any($2)`,
    [matches.map((match) => `match:${match}:bank`), books],
  );
  const given = await givenTo(tx, books, matches);
  const gifts = await givenToFunds(tx, books, matches);
  const lines = [...remitted, ...refunded, ...booked].flatMap((row) => row.line ?? []);
  return {
    lines: [...new Set([...lines, ...given, ...(await linesOfPayments(tx, books, ids))])],
    funds: [...gifts, ...(await fundsOfPayments(tx, books, payments)), ...(await fundsOfRemittances(tx, ids))],
    alone: booked.filter((row) => row.line === null).map((row) => row.id),
    starts,
  };
}

/** Whose the money became that nobody owned when it came: what went out of the same account afterwards, for the same line of a statement. */
async function givenTo(tx: Tx, books: readonly BookId[], matches: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ line: string }>(
    `select distinct given.line_id as line from line_match_line x join entry e on e.reference = 'match:' || x.match_id || ':bank' and e.book_id = x.book_id
       join transfer came on came.entry_id = e.id and came.credit_kind = 'unallocated'
       join transfer given on given.debit_account_id = came.credit_account_id and given.id > came.id
       join entry g on g.id = given.entry_id and g.reference like '%:statement-line:' || x.line_id
     where x.match_id = any($1) and x.live and x.book_id = any($2) and given.line_id is not null`,
    [matches, books],
  );
  return rows.map((row) => row.line);
}

async function linesOfPayments(tx: Tx, books: readonly BookId[], payments: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ line: string }>(
    'select distinct line_id as line from payment_part where payment_id = any($1) and book_id = any($2) and line_id is not null limit 200',
    [payments, books],
  );
  return rows.map((row) => row.line);
}

/** Whose such money became when it was a funder's for a pool. */
const givenToFunds = (tx: Tx, books: readonly BookId[], matches: readonly string[]): Promise<Fund[]> =>
  tx.rows(
    `select distinct f.funder_id as funder, f.pool_id as pool from line_match_line x join funder_share f on f.book_id = x.book_id
       join entry e on e.book_id = f.book_id and e.reference = 'funder-share:' || f.pool_id || ':' || f.funder_id || ':' || x.line_id
     where x.match_id = any($1) and x.live and x.book_id = any($2)`,
    [matches, books],
  );

/** Funders' money on its way from one money-holder to another. */
const fundsOfRemittances = (tx: Tx, remittances: readonly string[]): Promise<Fund[]> =>
  tx.rows(
    `select distinct r.subject_id as funder, r.pool_id as pool from remittance r
     where r.id = any($1) and r.line_id is null and r.subject_id is not null and r.pool_id is not null`,
    [remittances],
  );
