import { Injectable } from '@nestjs/common';
import type { BookId, LocalDate } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import type { Tx } from '../platform/index.js';
import type { BrokenSeal, SealPlace } from './seal-proof.js';
import { BEFORE_ALL, firstOfEach, proveSeals, SEALS_A_PAGE, sentenceOf, unchained } from './seal-proof.js';

/** The most books whose rows one page of the proof sees. */
const BOOKS_IN_SCOPE = 500;
/** Beyond every seal of a book. */
const WHOLE_BOOK = 2 ** 52;

/** What a night's proof has found so far. */
interface Watch {
  readonly place: SealPlace;
  readonly seals: number;
  readonly faults: readonly string[];
  readonly isFinished: boolean;
}

/** The nightly proof of all chains, page by page. Each page is written down, so a proof that was stopped goes on where it was. */
@Injectable()
export class SealWatch {
  constructor(private readonly database: Database) {}

  /** Proves what is left of a day's proof. Answers how many seals it looked at in all, and the first broken one of each book. */
  async prove(day: LocalDate, progress: (seals: number) => void, page = SEALS_A_PAGE): Promise<{ seals: number; faults: readonly string[] }> {
    let watch = await this.begun(day);
    while (!watch.isFinished) {
      watch = await this.onePage(day, watch, page);
      progress(watch.seals);
    }
    return watch;
  }

  private begun(day: LocalDate): Promise<Watch> {
    return this.database.transaction(systemActor('seals', {}), async (tx) => {
      tx.write('insert into seal_watch (due_on, after_book, after_n) values ($1, $2, $3) on conflict do nothing', [day, BEFORE_ALL.book, BEFORE_ALL.n]);
      const row = await tx.row<{ book: BookId; n: bigint; seals: bigint; faults: string[]; isFinished: boolean }>(
        'select after_book as book, after_n as n, seals, faults, finished_at is not null as "isFinished" from seal_watch where due_on = $1',
        [day],
      );
      return { place: { book: row!.book, n: Number(row!.n) }, seals: Number(row!.seals), faults: row!.faults, isFinished: row!.isFinished };
    });
  }

  private async onePage(day: LocalDate, watch: Watch, most: number): Promise<Watch> {
    const books = await this.booksFrom(watch.place);
    if (books.length === 0) return this.written(day, { ...watch, isFinished: true });
    return this.database.transaction(systemActor('seals', { books }), async (tx) => {
      const { broken, count, end } = await proveSeals(tx, watch.place, most);
      const done = end ? books.filter((book) => book < end.book) : books;
      const faults = [...watch.faults, ...newFaults(watch.faults, [...broken, ...(await unchained(tx, done))])];
      return this.write(tx, day, {
        place: end ?? { book: books.at(-1)!, n: WHOLE_BOOK },
        seals: watch.seals + count,
        faults,
        isFinished: false,
      });
    });
  }

  /** The next books, the one in hand among them unless it is done. */
  private async booksFrom({ book, n }: SealPlace): Promise<BookId[]> {
    const rows = await this.database.read(systemActor('seals', {}), (tx) =>
      tx.rows<{ id: BookId }>(
        `select id from known_id where kind = 'book' and (id > $1 or (id = $1 and $2::bigint < ${WHOLE_BOOK})) order by id limit ${BOOKS_IN_SCOPE}`,
        [book, n],
      ),
    );
    return rows.map(({ id }) => id);
  }

  private written(day: LocalDate, watch: Watch): Promise<Watch> {
    return this.database.transaction(systemActor('seals', {}), (tx) => this.write(tx, day, watch));
  }

  private async write(tx: Tx, day: LocalDate, watch: Watch): Promise<Watch> {
    tx.write(
      'update seal_watch set after_book = $2, after_n = $3, seals = $4, faults = $5, finished_at = case when $6 then $7::timestamptz end where due_on = $1',
      [day, watch.place.book, watch.place.n, watch.seals, watch.faults, watch.isFinished, tx.now],
    );
    return watch;
  }
}

/** Sentences on the first broken seal of each book that none speaks of yet. */
const newFaults = (known: readonly string[], broken: readonly BrokenSeal[]): string[] =>
  firstOfEach(broken)
    .filter(({ book }) => !known.some((fault) => fault.startsWith(`book ${book},`)))
    .map(sentenceOf);
