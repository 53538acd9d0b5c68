import type { BookId, LocalDate, OrganisationId, Pence, PoolId } from '../kernel/index.js';
import { dayOf } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

/** A funder's money in one pool, in whatever books it lay. No budget line is behind it. */
export interface Fund {
  readonly funder: OrganisationId;
  readonly pool: PoolId;
}

/** What a funder promised with one money-holder, and the share it became. */
export interface PennyPromise extends Fund {
  readonly shareId: string;
  readonly funderName: string;
  readonly book: BookId;
  /** What the funder quotes when it pays. */
  readonly reference: string;
  readonly purpose: string;
  readonly promised: Pence;
  readonly offeredOn: LocalDate;
  readonly offeredBy: string;
  readonly endsOn: LocalDate;
  readonly rest: 'back-at-end' | 'back-when-pool-ends';
  readonly state: 'promised' | 'held' | 'ended';
}

const PROMISE = `select f.share_id as "shareId", f.pool_id as pool, f.funder_id as funder, o.name as "funderName", f.book_id as book, f.reference, f.purpose,
  f.promised_pence as promised, f.offered_at as "offeredAt", f.offered_by as "offeredBy", f.ends_on as "endsOn", f.rest, f.state
  from funder_share f join organisation o on o.id = f.funder_id`;

type PromiseRow = Omit<PennyPromise, 'offeredOn'> & { readonly offeredAt: Date };
const promiseOf = ({ offeredAt, ...row }: PromiseRow): PennyPromise => ({ ...row, offeredOn: dayOf(offeredAt) });

const MOST_IN_BOOK = 200;

/** The promises behind some funds in these books, the oldest first. */
export async function promisesOf(tx: Tx, books: readonly BookId[], funds: readonly Fund[]): Promise<PennyPromise[]> {
  const rows = await tx.rows<PromiseRow>(
    `${PROMISE} join unnest($1::uuid[], $2::uuid[]) as w(funder, pool) on w.funder = f.funder_id and w.pool = f.pool_id
     where f.book_id = any($3) order by f.offered_at, f.share_id`,
    [funds.map((fund) => fund.funder), funds.map((fund) => fund.pool), books],
  );
  return rows.map(promiseOf);
}

/** Every promise that a money-holder's book was named in: those whose money has come first, the newest first of each. */
export async function promisesIn(tx: Tx, book: BookId): Promise<PennyPromise[]> {
  return (
    await tx.rows<PromiseRow>(`${PROMISE} where f.book_id = $1 order by f.state = 'promised', f.offered_at desc, f.share_id desc limit ${MOST_IN_BOOK}`, [book])
  ).map(promiseOf);
}

export const promiseNamed = async (tx: Tx, share: string): Promise<PennyPromise | undefined> => {
  const row = await tx.row<PromiseRow>(`${PROMISE} where f.share_id = $1`, [share]);
  return row && promiseOf(row);
};

/** The share accounts of funds. */
export async function accountsOfFunds(tx: Tx, books: readonly BookId[], funds: readonly Fund[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select a.id from account a join unnest($1::uuid[], $2::uuid[]) as w(funder, pool) on a.subject_id = w.funder and a.pool_id = w.pool
     where a.kind = 'share' and a.line_id is null and a.guarded and a.book_id = any($3)`,
    [funds.map((fund) => fund.funder), funds.map((fund) => fund.pool), books],
  );
  return rows.map((row) => row.id);
}

const LEFT_OVER = /^funder-share:([0-9a-f-]{36}):([0-9a-f-]{36}):left-over:([0-9a-f-]{36})$/;

/** Of an entry by which the rest of a fund set out home: which occasion it was. A payment follows under it. */
export const leftOverOf = (reference: string): string | undefined => LEFT_OVER.exec(reference)?.[3];

/** Of an entry by which money that had come became a fund's: the statement line that brought it. */
export const arrivalOfFund = (reference: string): string | undefined => /^funder-share:[0-9a-f-]{36}:[0-9a-f-]{36}:([0-9a-f-]{36})$/.exec(reference)?.[1];

/** The references under which money that left some shares went on: payments of their invoices and of what went back, and remittances that
 *  arrived. Worked out, so that each is looked up by its whole name. */
export async function onwardReferences(tx: Tx, books: readonly BookId[], references: readonly string[]): Promise<string[]> {
  const ids = (noun: string): string[] => [...new Set(references.map((each) => each.split(':')).flatMap(([first, id]) => (first === noun ? [id!] : [])))];
  const payments = await tx.rows<{ id: string; attempt: number }>(
    `select id, attempt from payment where book_id = any($1) and direction = 'out' and state <> 'recalled'
       and ((purpose_noun = 'invoice' and purpose_id = any($2)) or (purpose_noun = 'funder-share' and purpose_id = any($3)))`,
    [books, ids('invoice'), references.flatMap((each) => leftOverOf(each) ?? [])],
  );
  const attempts = payments.flatMap(({ id, attempt }) =>
    Array.from({ length: attempt }, (_, n) => [`payment:${id}:sent:${n + 1}`, `payment:${id}:returned:${n + 1}`]).flat(),
  );
  return [...attempts, ...ids('remittance').map((id) => `remittance:${id}:arrived`)];
}

/** The funds whose money some payments carry: by their parts, or, on its way home, by the pool it comes from. */
export async function fundsOfPayments(tx: Tx, books: readonly BookId[], payments: readonly string[]): Promise<Fund[]> {
  return tx.rows<Fund>(
    `select distinct x.subject_id as funder, x.pool_id as pool from payment_part x
       where x.payment_id = any($1) and x.book_id = any($2) and x.line_id is null and x.subject_id is not null and x.pool_id is not null
     union
     select f.funder_id, f.pool_id from payment p join funder_share f on f.funder_id = p.payee_subject_id and f.book_id = p.book_id
       where p.id = any($1) and p.book_id = any($2) and p.purpose_noun = 'funder-share'
         and exists (select 1 from entry e where e.book_id = p.book_id and e.reference = 'funder-share:' || f.pool_id || ':' || f.funder_id || ':left-over:' || p.purpose_id)`,
    [payments, books],
  );
}

/** The fund that one transfer belongs to; undefined when it is a member's, or nobody's. */
export async function fundOfTransfer(
  tx: Tx,
  books: readonly BookId[],
  transfer: { readonly subject: string | null; readonly pool: string | null; readonly line: string | null; readonly reference: string },
): Promise<Fund | undefined> {
  if (transfer.line !== null || transfer.subject === null) return undefined;
  const [noun, first] = transfer.reference.split(':');
  const pool = transfer.pool ?? (leftOverOf(transfer.reference) ? first! : undefined);
  if (pool === undefined) return noun === 'payment' ? (await fundsOfPayments(tx, books, [first!]))[0] : undefined;
  return tx.row<Fund>('select funder_id as funder, pool_id as pool from funder_share where funder_id = $1 and pool_id = $2 limit 1', [transfer.subject, pool]);
}
