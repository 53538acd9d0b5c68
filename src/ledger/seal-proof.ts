import type { BookId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';

/** The last seal of a book's chain: it holds all those before it. */
export interface ChainHead {
  readonly book: BookId;
  readonly n: number;
  /** SHA-256, in hexadecimal. */
  readonly hash: string;
}

/** The first seal of a book that is not what its rows and the seal before make. */
export interface BrokenSeal {
  readonly book: BookId;
  readonly n: number;
  readonly why: string;
}

/** A place in all chains, by book and number; the first page begins before every id. */
export interface SealPlace {
  readonly book: BookId;
  readonly n: number;
}
export const BEFORE_ALL: SealPlace = { book: '00000000-0000-0000-0000-000000000000' as BookId, n: 0 };

/** How many seals are proved by one query. Our judgement, November 2026. */
export const SEALS_A_PAGE = 2_000;

/** What one page of a proof found: every broken seal, how many it looked at, and where it ended (`null` when nothing was left). */
export interface ProvedPage {
  readonly broken: readonly BrokenSeal[];
  readonly count: number;
  readonly end: SealPlace | null;
}

/** Proves one page of the seals in scope that come after a place: the hash of each again from its rows, and whether it follows the one
 *  before. */
export async function proveSeals(tx: Tx, after: SealPlace, most: number = SEALS_A_PAGE): Promise<ProvedPage> {
  const rows = await tx.rows<{ book: BookId; n: bigint; fault: string | null; count: bigint | null }>(
    'select book, n, fault, count from ledger_seal_broken($1, $2, $3) order by book, n',
    [after.book, after.n, most],
  );
  const last = rows.find((row) => row.count !== null);
  return {
    broken: rows.filter((row) => row.count === null).map(({ book, n, fault }) => ({ book, n: Number(n), why: fault! })),
    count: Number(last?.count ?? 0),
    end: last ? { book: last.book, n: Number(last.n) } : null,
  };
}

/** The first broken seal of each book in scope. */
export async function brokenSeals(tx: Tx): Promise<BrokenSeal[]> {
  const found: BrokenSeal[] = [];
  for (let place: SealPlace | null = BEFORE_ALL; place; ) {
    const { broken, end }: ProvedPage = await proveSeals(tx, place);
    found.push(...broken);
    place = end;
  }
  return firstOfEach([...found, ...(await unchained(tx))]);
}

/** Of several broken seals of a book, the one that comes first. */
export function firstOfEach(broken: readonly BrokenSeal[]): BrokenSeal[] {
  const first = new Map<BookId, BrokenSeal>();
  for (const each of broken) if ((first.get(each.book)?.n ?? Infinity) > each.n) first.set(each.book, each);
  return [...first.values()];
}

export const sentenceOf = ({ book, n, why }: BrokenSeal): string => `book ${book}, seal ${n}: ${why}`;

/** Books with a batch that is neither sealed nor waiting: the last links of their chain are gone. Names the seal that is missing. All books in
 *  scope, or these of them. */
export async function unchained(tx: Tx, books?: readonly BookId[]): Promise<BrokenSeal[]> {
  const rows = await tx.rows<{ book: BookId; n: bigint; batch: bigint }>(
    `select b.book_id as book, min(b.id) as batch, (select coalesce(max(s.n), 0) + 1 from seal s where s.book_id = b.book_id) as n
     from ledger_batch b left join seal s on s.batch_id = b.id left join unsealed_batch u on u.book_id = b.book_id and u.batch_id = b.id
     where s.batch_id is null and u.batch_id is null ${books ? 'and b.book_id = any($1)' : ''} group by b.book_id`,
    books ? [books] : [],
  );
  return rows.map(({ book, n, batch }) => ({ book, n: Number(n), why: `the seal of batch ${batch} is gone` }));
}

/** The heads of all chains in scope. */
export async function headsOf(tx: Tx): Promise<ChainHead[]> {
  const rows = await tx.rows<{ book: BookId; n: bigint; hash: string }>(
    `select b.id as book, s.n, encode(s.hash, 'hex') as hash from book b cross join lateral (select n, hash from seal where book_id = b.id order by n desc limit 1) s order by b.id`,
  );
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

/** Heads written down before, against the seals of today: each must still be there, as it was. */
export async function missingHeads(tx: Tx, heads: readonly ChainHead[]): Promise<BrokenSeal[]> {
  const rows = await tx.rows<{ book: BookId; n: number }>(
    `select h.book, h.n from unnest($1::uuid[], $2::int[], $3::text[]) as h(book, n, hash) left join seal s on s.book_id = h.book and s.n = h.n
     where encode(s.hash, 'hex') is distinct from h.hash order by h.book, h.n`,
    [heads.map((head) => head.book), heads.map((head) => head.n), heads.map((head) => head.hash)],
  );
  return rows.map((row) => ({ ...row, why: 'it is not the seal that was written down' }));
}
