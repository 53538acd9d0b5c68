import type { Id, LocalDate, Pence, PoolId } from '../kernel/index.js';
import { minus, NO_PENCE } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { AccountKey } from './account-key.js';
import { accountIdOf } from './account-key.js';
import type { AccountKind } from './chart.js';
import { CHART } from './chart.js';
import { SUMMED_ACCOUNT } from './summed.sql.js';

/** Three questions about the past. `effectiveOn`: what was true when a day ended, as known today. `bookedOn`: what counts in the periods up to
 *  a day, as the closed accounts say. `knownAt`: what the ledger itself would have answered at a moment. */
export type AsOf = { readonly effectiveOn: LocalDate } | { readonly bookedOn: LocalDate } | { readonly knownAt: Date };

export interface StatementRow {
  readonly id: Id<'transfer'>;
  readonly entryId: string;
  readonly kind: string;
  readonly effectiveOn: LocalDate;
  readonly bookedAt: Date;
  /** In pence; positive makes the account larger. */
  readonly change: Pence;
  readonly otherKind: AccountKind;
  readonly poolId: PoolId | null;
}

/** Where a statement's next page begins: below this row, at this balance. */
export interface StatementCursor {
  readonly before: string;
  readonly balance: Pence;
}

export interface StatementPage {
  readonly items: readonly (StatementRow & { /** What the account stood at with this row and all older ones. */ readonly balance: Pence })[];
  readonly next: StatementCursor | null;
}

const signOf = (key: AccountKey): 1n | -1n => (CHART[key.kind].normal === 'credit' ? 1n : -1n);

/** Above every id: the first page of a statement begins below it. */
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The SQL of one question: $3 is its day or moment. `later` are the transfers that the answer leaves out; what is effective later is booked
 *  later as well, which tells PostgreSQL which years to look at. */
export const questionOf = (asOf: AsOf): { later: string; until: string; value: unknown } => {
  if ('effectiveOn' in asOf)
    return { later: 't.booked_on > $3::date and t.effective_on > $3::date', until: 't.effective_on <= $3::date', value: asOf.effectiveOn };
  if ('bookedOn' in asOf) return { later: 't.booked_on > $3::date', until: 't.booked_on <= $3::date', value: asOf.bookedOn };
  return { later: 't.booked_at > $3::timestamptz', until: 't.booked_at <= $3::timestamptz', value: asOf.knownAt };
};

/** Credits less debits of the transfers of account $1 in book $2 that meet a condition. */
const moved = (condition: string): string => `
  coalesce((select sum(t.amount_pence) from transfer t where t.credit_account_id = $1 and t.book_id = $2 and ${condition}), 0)
  - coalesce((select sum(t.amount_pence) from transfer t where t.debit_account_id = $1 and t.book_id = $2 and ${condition}), 0)`;

/** What an account stands at now, credits less debits: its running figure, or what is sealed and what waits. */
const standing = (key: AccountKey): string =>
  CHART[key.kind].kept ? `coalesce((select posted_pence from account where id = $1 and book_id = $2), 0)` : `(${SUMMED_ACCOUNT})`;

/** What stood when the last period before the day was closed, and what was booked from then on; where none was closed, all but the later. */
const closedThenBooked = (key: AccountKey): string => `
  (with closed as materialized (select max(until_day) as day from period_close where book_id = $2 and until_day <= $3::date + 1)
   select case when (select day from closed) is null then ${standing(key)} - (${moved('t.booked_on > $3::date')})
     else coalesce((select net_pence from closing_balance where account_id = $1 and until_day = (select day from closed)), 0)
       + ${moved('t.booked_on >= (select day from closed) and t.booked_on <= $3::date')} end)`;

/** What an account stood at, on its normal side, in pence. Reads what came later than asked, not what came before. */
export async function balanceAsOf(tx: Tx, key: AccountKey, asOf: AsOf): Promise<Pence> {
  const row = await tx.row<{ net: Pence }>(`select (${balanceSql(key, asOf)})::bigint as net`, [accountIdOf(key), key.book, questionOf(asOf).value]);
  return (signOf(key) * (row?.net ?? NO_PENCE)) as Pence;
}

/** What an account stood at, credits less debits: $1 the account, $2 its book, $3 the day or moment. */
export const balanceSql = (key: AccountKey, asOf: AsOf): string =>
  'bookedOn' in asOf && !CHART[key.kind].kept ? closedThenBooked(key) : `${standing(key)} - (${moved(questionOf(asOf).later)})`;

/** The rows of a page, newest first: $1 the account, $2 its book, $3 the day or moment if one is asked for, $4 the row before, $5 how many.
 *  Compared and ordered as a pair, so that only the index of the account can serve: by `id` alone PostgreSQL may walk the whole ledger. */
function pageSql(key: AccountKey, asOf: AsOf | undefined): string {
  const sign = signOf(key);
  const until = asOf ? questionOf(asOf).until : '$3::text is null';
  const side = (mine: string, other: string, change: bigint): string => `
    (select t.id, t.entry_id as "entryId", t.kind, t.effective_on as "effectiveOn", t.booked_at as "bookedAt", (${change} * t.amount_pence)::bigint as change,
       t.${other}_kind as "otherKind", t.pool_id as "poolId"
     from transfer t where (t.${mine}_account_id, t.id) < ($1, $4) and t.${mine}_account_id >= $1 and t.book_id = $2 and ${until}
     order by t.${mine}_account_id desc, t.id desc limit $5)`;
  return `${side('credit', 'debit', sign)} union all ${side('debit', 'credit', -sign)} order by id desc limit $5`;
}

/** Movements of an account, newest first, `limit` at a time; `before` is the id of the last row of the page shown before. */
export function statementRows(tx: Tx, key: AccountKey, page: { before?: string | undefined; limit: number; asOf?: AsOf }): Promise<StatementRow[]> {
  const value = page.asOf ? questionOf(page.asOf).value : null;
  return tx.rows<StatementRow>(pageSql(key, page.asOf), [accountIdOf(key), key.book, value, page.before ?? AFTER_ALL, page.limit]);
}

/** The same with the balance after each movement: the first page begins at what the account stood at, each next one where the last ended. */
export async function statementPage(tx: Tx, key: AccountKey, page: { after?: StatementCursor; limit: number; asOf?: AsOf }): Promise<StatementPage> {
  const { after, limit, asOf } = page;
  const from = after ? '0::bigint' : `(${asOf ? balanceSql(key, asOf) : standing(key)})::bigint`;
  const rows = await tx.rows<StatementRow & { stood: Pence }>(`select page.*, ${from} as stood from (${pageSql(key, asOf)}) page order by id desc`, [
    accountIdOf(key),
    key.book,
    asOf ? questionOf(asOf).value : null,
    after?.before ?? AFTER_ALL,
    limit,
  ]);
  let balance = after?.balance ?? ((signOf(key) * (rows[0]?.stood ?? NO_PENCE)) as Pence);
  const items = rows.map(({ stood: _, ...row }) => {
    const shown = { ...row, balance };
    balance = minus(balance, row.change);
    return shown;
  });
  return { items, next: items.length < limit ? null : { before: items.at(-1)!.id, balance } };
}
