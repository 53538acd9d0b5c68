import type { BookId, LocalDate, Pence, PoolId } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import type { Terms } from '../terms.rules.js';
import type { CopyId } from './holder-copies.service.js';

export interface CopyRowStored {
  readonly id: CopyId;
  readonly bookId: BookId;
  readonly holder: string;
  readonly madeOn: LocalDate;
  readonly held: Pence;
  readonly rows: number;
  /** Hex of the SHA-256 of the file. */
  readonly sha256: string;
}

const COPY = `c.id, c.book_id as "bookId", b.name as holder, c.made_on as "madeOn", c.held_pence as held, c.rows, encode(c.sha256, 'hex') as sha256
  from holder_copy c join book b on b.id = c.book_id`;

/** Whether a money-holder takes nothing new. */
export const isClosing = async (tx: Tx, book: BookId): Promise<boolean> =>
  (await tx.row('select 1 from holder_closing where book_id = $1', [book])) !== undefined;

/** Who holds the money by an agreement: the one it names, or the next where that one has begun to close since it was offered. */
export const holderNow = async (tx: Tx, terms: Pick<Terms, 'moneyHolderBook' | 'successorBook'>): Promise<BookId | null> =>
  terms.moneyHolderBook !== null && terms.successorBook !== undefined && (await isClosing(tx, terms.moneyHolderBook))
    ? terms.successorBook
    : terms.moneyHolderBook;

/** Copies of a pool with what stands in them, the latest first. */
export const copiesOfPool = (tx: Tx, pool: PoolId, most: number): Promise<(CopyRowStored & { readonly content: Buffer })[]> =>
  tx.rows(`select c.content, ${COPY} where c.pool_id = $1 order by c.made_on desc, c.id limit $2`, [pool, most]);

/** Copies with one money-holder, the latest first. */
export const copiesOfBook = (tx: Tx, book: BookId): Promise<(CopyRowStored & { readonly poolId: PoolId })[]> =>
  tx.rows(`select c.pool_id as "poolId", ${COPY} where c.book_id = $1 order by c.made_on desc, c.pool_id limit 500`, [book]);

/** Those of the day on which the latest was made: one of each pool, however many there are. */
export const latestCopiesOfBook = (tx: Tx, book: BookId): Promise<(CopyRowStored & { readonly poolId: PoolId })[]> =>
  tx.rows(
    `select c.pool_id as "poolId", ${COPY} where c.book_id = $1 and c.made_on = (select max(made_on) from holder_copy where book_id = $1) order by c.pool_id`,
    [book],
  );

export const contentOf = (
  tx: Tx,
  id: CopyId,
): Promise<{ readonly poolId: PoolId; readonly bookId: BookId; readonly madeOn: LocalDate; readonly content: Buffer } | undefined> =>
  tx.row(`select pool_id as "poolId", book_id as "bookId", made_on as "madeOn", content from holder_copy where id = $1`, [id]);
