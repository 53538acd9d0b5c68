import type { BookId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

/** Settlements and corrections of one book follow each other until their transaction ends, so that none counts on a debt that another has just
 *  settled, or puts right what another has just put right. */
export async function takeTurns(tx: Tx, book: BookId): Promise<void> {
  await tx.row('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`settlements:${book}`]);
}
