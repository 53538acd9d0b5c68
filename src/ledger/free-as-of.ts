import type { Pence } from '../kernel/index.js';
import { minus, NO_PENCE } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { AccountKey } from './account-key.js';
import { accountIdOf } from './account-key.js';
import type { AsOf } from './as-of.js';
import { balanceSql, questionOf } from './as-of.js';
import { CHART } from './chart.js';

/** What an account stood at, what of it was set aside, and what was free. */
export interface BalanceAsOf {
  readonly posted: Pence;
  readonly reserved: Pence;
  readonly free: Pence;
}

/** Up to the day or moment $3: rows of reservations themselves know when they were made, their days are their entry's. */
const untilOf = (asOf: AsOf, row: 'r' | 'x', at: 'made_at' | 'at'): string =>
  'knownAt' in asOf
    ? `${row}.${at} <= $3::timestamptz`
    : `exists (select 1 from entry e where e.id = ${row}.entry_id and e.${'effectiveOn' in asOf ? 'effective_on' : 'booked_on'} <= $3::date)`;

/** What was set aside of account $1: each reservation made by then, less what had been spent out of it and what had been freed. A spending
 *  dated before the setting aside leaves nothing set aside, never less than nothing. */
const reservedSql = (asOf: AsOf): string => `
  select coalesce(sum(greatest(0, r.amount_pence
      - coalesce((select sum(t.amount_pence) from transfer t where t.reservation_id = r.id and t.book_id = $2 and ${questionOf(asOf).until}), 0)
      - coalesce((select sum(x.amount_pence) from reservation_end x where x.reservation_id = r.id and ${untilOf(asOf, 'x', 'at')}), 0))), 0)
  from reservation r where r.account_id = $1 and ${untilOf(asOf, 'r', 'made_at')}`;

/** What was free in a line or share: on a day as it is true, as the periods count it, or as the ledger knew it at a moment. One question; it
 *  reads the account's own reservations and what came after. */
export async function freeAsOf(tx: Tx, key: AccountKey, asOf: AsOf): Promise<BalanceAsOf> {
  const sign = CHART[key.kind].normal === 'credit' ? 1n : -1n;
  const row = await tx.row<{ net: Pence; reserved: Pence }>(`select (${balanceSql(key, asOf)})::bigint as net, (${reservedSql(asOf)})::bigint as reserved`, [
    accountIdOf(key),
    key.book,
    questionOf(asOf).value,
  ]);
  const posted = (sign * (row?.net ?? NO_PENCE)) as Pence;
  const reserved = row?.reserved ?? NO_PENCE;
  return { posted, reserved, free: minus(posted, reserved) };
}
