import type { BookId, LocalDate, OrganisationId, Pence, PoolId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { FunderShareFacts } from './funder-share.entries.js';
import type { FunderShareState } from './funder-share.lifecycle.js';
import type { RestRule } from './funder-share.rules.js';
import type { ShareId } from './pool.rows.js';

export interface FunderShareRow extends FunderShareFacts {
  readonly id: ShareId;
  readonly funderName: string;
  readonly reference: string;
  readonly purpose: string;
  readonly promised: Pence;
  readonly endsOn: LocalDate;
  readonly rest: RestRule;
  readonly drawOrder: number;
  readonly state: FunderShareState;
}

const ROW = `select f.share_id as id, f.pool_id as "poolId", f.funder_id as "funderId", f.book_id as "bookId", o.name as "funderName", f.reference, f.purpose,
  f.promised_pence as promised, f.ends_on as "endsOn", f.rest, f.draw_order as "drawOrder", f.state from funder_share f join organisation o on o.id = f.funder_id`;

/** Funders' shares of a pool in the order in which they are drawn. */
export const funderShareRows = (tx: Tx, pool: PoolId): Promise<FunderShareRow[]> => tx.rows(`${ROW} where f.pool_id = $1 order by f.draw_order`, [pool]);

export const findFunderShare = (tx: Tx, id: ShareId): Promise<FunderShareRow | undefined> => tx.row(`${ROW} where f.share_id = $1`, [id]);

export const funderSharesOf = (tx: Tx, funder: OrganisationId): Promise<FunderShareRow[]> =>
  tx.rows(`${ROW} where f.funder_id = $1 order by f.offered_at desc, f.share_id limit 100`, [funder]);

/** By what the funder quotes, in one book. */
export const funderShareNamed = (tx: Tx, book: BookId, reference: string): Promise<FunderShareRow | undefined> =>
  tx.row(`${ROW} where f.book_id = $1 and f.reference = $2`, [book, reference]);
