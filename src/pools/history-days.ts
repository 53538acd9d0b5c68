import type { LocalDate, PoolId } from '../kernel/index.js';
import { addDays, dayOf, startOfDay } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

/** What happened on some days, newest first. */
export interface DaysTold {
  readonly items: readonly { readonly at: string; readonly sentence: string }[];
  /** The first of these days; null when there is nothing before them. */
  readonly since: LocalDate | null;
}

/** Days of a history that are read at once. */
export interface Days {
  readonly since: LocalDate | null;
  /** From this moment, counted, and until this one, not counted; null: without an end. */
  readonly from: Date | null;
  readonly until: Date | null;
}

/** More than anybody reads at once. */
const MOST_STEPS = 100;

/** The whole days up to `last`, or to the newest, that hold a hundred steps of this history or fewer; the newest alone when it holds more. A day is
 *  never told in parts, since what several people did on it is one sentence. */
export async function daysTold(tx: Tx, history: 'pool_history' | 'purchase_history', pool: PoolId, last?: LocalDate): Promise<Days> {
  const until = last === undefined ? null : startOfDay(addDays(last, 1));
  const newest = (skip: number): Promise<{ at: Date } | undefined> =>
    tx.row(`select at from ${history} where pool_id = $1 and ($2::timestamptz is null or at < $2) order by at desc offset $3 limit 1`, [pool, until, skip]);
  const [first, tooMuch] = await Promise.all([newest(0), newest(MOST_STEPS)]);
  if (!first || !tooMuch) return { since: null, from: null, until };
  const [newestDay, partDay] = [dayOf(first.at), dayOf(tooMuch.at)];
  const since = partDay < newestDay ? addDays(partDay, 1) : newestDay;
  return { since, from: startOfDay(since), until };
}
