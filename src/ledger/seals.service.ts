import { Injectable, Logger } from '@nestjs/common';
import type { BookId, PersonId } from '../kernel/index.js';
import { systemActor } from '../kernel/index.js';
import { announceAll, Database } from '../platform/index.js';
import type { Tx } from '../platform/index.js';
import { BEFORE_ALL, brokenSeals, headsOf, missingHeads } from './seal-proof.js';
import type { BrokenSeal, ChainHead } from './seal-proof.js';

/** The most batches sealed in one transaction, and the most books. Our judgement, November 2026: long enough to be cheap, short enough that a
 *  kill loses little. */
const BATCHES_AT_ONCE = 500;
const BOOKS_AT_ONCE = 50;
/** The most books whose rows one proof sees at a time: walls look through a scope's list in order. */
const BOOKS_IN_SCOPE = 500;
/** The most people whose figures are worked out again in one transaction. */
const PEOPLE_IN_EVENT = 500;

/** Seals what was committed, beside the writes and not in them: each batch of a book's ledger is hashed and chained to the one before. */
@Injectable()
export class Seals {
  private readonly log = new Logger('seals');

  constructor(private readonly database: Database) {}

  /** Sets the seals that wait, in any book; answers how many. Several at once share the work: each book has one sealer at a time. The new
   *  head of each chain is a line in the log, where nobody who edits the database can edit it along. A book that cannot be sealed is an
   *  error in the log and holds up no other; `seals-keep-up` finds it. */
  async sealWaiting(): Promise<number> {
    for (let sealed = 0; ; ) {
      const round = await this.round();
      sealed += round;
      if (round < BATCHES_AT_ONCE) return sealed;
    }
  }

  /** Sets the seals that wait in one book; answers how many. */
  async sealBook(book: BookId): Promise<number> {
    for (let sealed = 0; ; ) {
      const set = await this.sealSome([book]);
      sealed += set;
      if (set === 0) return sealed;
    }
  }

  /** The heads of the chains of these books. Written down elsewhere, they hold the whole ledger of that moment (`seals --against`). */
  heads(books: readonly BookId[]): Promise<ChainHead[]> {
    return this.inGroups(books, (tx) => headsOf(tx));
  }

  /** The first broken seal of each of these books, if any. */
  broken(books: readonly BookId[]): Promise<BrokenSeal[]> {
    return this.inGroups(books, (tx) => brokenSeals(tx));
  }

  /** Heads written down before that are not in the chains any more, as they were. */
  missing(heads: readonly ChainHead[]): Promise<BrokenSeal[]> {
    const books = [...new Set(heads.map((head) => head.book))];
    return this.database.read(systemActor('seals', { books }), (tx) => missingHeads(tx, heads));
  }

  /** Once through the books that wait, by their ids. */
  private async round(): Promise<number> {
    let sealed = 0;
    for (let after = BEFORE_ALL.book; ; ) {
      const books = await this.waiting(after);
      if (books.length > 0) sealed += await this.sealSome(books).catch(() => this.oneByOne(books));
      if (books.length < BOOKS_AT_ONCE) return sealed;
      after = books.at(-1)!;
    }
  }

  private async waiting(after: BookId): Promise<BookId[]> {
    const rows = await this.database.read(systemActor('seals', {}), (tx) =>
      tx.rows<{ id: BookId }>(`select distinct book_id as id from unsealed_batch where book_id > $1 order by 1 limit ${BOOKS_AT_ONCE}`, [after]),
    );
    return rows.map(({ id }) => id);
  }

  private async oneByOne(books: readonly BookId[]): Promise<number> {
    let sealed = 0;
    for (const book of books)
      sealed += await this.sealSome([book]).catch((error: Error) => {
        this.log.error(`book ${book} could not be sealed: ${error.message}`);
        return 0;
      });
    return sealed;
  }

  private async sealSome(books: readonly BookId[]): Promise<number> {
    const { count, heads } = await this.database.transaction(systemActor('seals', { books }), async (tx) => {
      const set = await tx.rows<{ book: BookId; n: number }>(
        `select id as book, ledger_seal(id, ${BATCHES_AT_ONCE}, $2) as n from (select id from unnest($1::uuid[]) as b(id) order by id) b`,
        [books, tx.now],
      );
      const sealed = set.filter(({ n }) => n > 0);
      if (sealed.length === 0) return { count: 0, heads: [] };
      await this.tell(tx, sealed);
      return { count: sealed.reduce((sum, { n }) => sum + n, 0), heads: await headsOf(tx) };
    });
    for (const head of heads) this.log.log(`book ${head.book} is sealed to ${head.n}: ${head.hash}`);
    return count;
  }

  /** Announces whose money the newest seals of these books moved: whoever keeps figures of people has only this to listen for, whatever command
   *  moved it. */
  private async tell(tx: Tx, sealed: readonly { book: BookId; n: number }[]): Promise<void> {
    const rows = await tx.rows<{ person: PersonId }>(
      `with e as materialized (
         select e.id, e.book_id, e.booked_on from unnest($1::uuid[], $2::int[]) as b(book, n)
           cross join lateral (select s.batch_id from seal s where s.book_id = b.book order by s.n desc limit b.n) s join entry e on e.batch_id = s.batch_id)
       select k.id as person from (
         select t.subject_id as id from e join transfer t on t.entry_id = e.id and t.booked_on = e.booked_on and t.book_id = e.book_id where t.subject_id is not null
         union select a.subject_id from e join reservation r on r.entry_id = e.id join account a on a.id = r.account_id
         union select a.subject_id from e join reservation_end x on x.entry_id = e.id join reservation r on r.id = x.reservation_id join account a on a.id = r.account_id) m
         join known_id k on k.kind = 'person' and k.id = m.id
       order by 1`,
      [sealed.map(({ book }) => book), sealed.map(({ n }) => n)],
    );
    const people = rows.map((row) => row.person);
    const groups = Array.from({ length: Math.ceil(people.length / PEOPLE_IN_EVENT) }, (_, i) => people.slice(i * PEOPLE_IN_EVENT, (i + 1) * PEOPLE_IN_EVENT));
    await announceAll(
      tx,
      groups.map((group) => ({ name: 'moneyMoved', about: { people: group }, payload: { people: group.length } })),
    );
  }

  private async inGroups<T>(books: readonly BookId[], find: (tx: Tx) => Promise<T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let at = 0; at < books.length; at += BOOKS_IN_SCOPE)
      found.push(...(await this.database.read(systemActor('seals', { books: books.slice(at, at + BOOKS_IN_SCOPE) }), find)));
    return found;
  }
}
