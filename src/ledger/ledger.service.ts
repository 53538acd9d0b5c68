import { Injectable } from '@nestjs/common';
import type { AccountId, Actor, BookId } from '../kernel/index.js';
import { conflict, DomainError, invariant, refused } from '../kernel/index.js';
import type { Database, Tx } from '../platform/index.js';
import { RunAgain, sqlStateOf } from '../platform/index.js';
import { batchOf, contentHash } from './batch.js';
import { bookClosed } from './books.service.js';
import type { EachOutcome, NewEntry, Outcome } from './entry.js';
import { checkEntry } from './check-entry.js';

const MOST_ENTRIES = 10_000;
const MOST_KNOWN = 200_000;

/** The only way money moves. Knows no people and no payment provider. */
@Injectable()
export class Ledger {
  /** Accounts that exist for certain: a row of theirs was committed. They are never removed. */
  private readonly known = new Set<AccountId>();

  /** Records entries in the caller's transaction: all of them, or none. One statement a book, for one entry or thousands.
   *  A reference seen before with the same content is a `replay` and changes nothing. Refuses: not-enough-free (a line or share would go
   *  below zero), reference-reused (other content), period-closed, book-closed, more-than-reserved, reservation-ended, account-unknown; and see `checkEntry`. */
  async record(tx: Tx, entries: readonly NewEntry[]): Promise<Outcome[]> {
    return (await this.write(tx, entries, false)) as Outcome[];
  }

  /** The same, but each entry has a fate of its own: one that is short of money or reuses a reference leaves the others alone. In their
   *  order: what an earlier entry brings, a later one may take. */
  async recordEach(tx: Tx, entries: readonly NewEntry[]): Promise<EachOutcome[]> {
    return this.write(tx, entries, true);
  }

  /** `recordEach` for entries of one book that need no other row beside them: a transaction of their own in one journey. The database must
   *  be asked as a system actor of the book. */
  async recordAlone(database: Database, actor: Actor, book: BookId, entries: readonly NewEntry[]): Promise<EachOutcome[]> {
    entries.forEach(checkEntry);
    return eachOnce(entries, true, (once) =>
      this.refusing(async () => {
        const { parameters, accounts } = batchOf(book, once, database.now(), true, (id) => this.known.has(id));
        const outcomes = await database.command<EachOutcome[]>(actor, 'ledger_record', parameters);
        this.keep(accounts, outcomes);
        return outcomes;
      }),
    );
  }

  private async write(tx: Tx, entries: readonly NewEntry[], reportEach: boolean): Promise<EachOutcome[]> {
    invariant(entries.length <= MOST_ENTRIES, `at most ${MOST_ENTRIES} entries at once`);
    entries.forEach(checkEntry);
    const outcomes: EachOutcome[] = entries.map(() => 'recorded');
    const books = new Map<BookId, number[]>();
    entries.forEach((entry, place) => {
      if (!movesSomething(entry)) return;
      const places = books.get(entry.book);
      if (places) places.push(place);
      else books.set(entry.book, [place]);
    });
    // In the order of their ids, as accounts are inside a book: two transactions never wait for each other.
    await Promise.all(
      [...books]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(async ([book, places]) => {
          const found = await this.writeOf(
            tx,
            book,
            places.map((place) => entries[place]!),
            reportEach,
          );
          places.forEach((place, n) => {
            outcomes[place] = found[n]!;
          });
        }),
    );
    return outcomes;
  }

  private writeOf(tx: Tx, book: BookId, entries: readonly NewEntry[], reportEach: boolean): Promise<EachOutcome[]> {
    return eachOnce(entries, reportEach, (once) =>
      this.refusing(async () => {
        const { parameters, accounts } = batchOf(book, once, tx.now, reportEach, (id) => this.known.has(id));
        const outcomes = await tx.call<EachOutcome[]>('ledger_record', parameters);
        tx.afterCommit(() => this.keep(accounts, outcomes));
        return outcomes;
      }),
    );
  }

  private async refusing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (sqlStateOf(error) === 'CP006') this.known.clear();
      throw asRefusal(error);
    }
  }

  /** Where every reference was used before, the database looked no further and made no account. */
  private keep(accounts: readonly AccountId[], outcomes: readonly EachOutcome[]): void {
    if (outcomes.every((outcome) => outcome === 'replay' || outcome === 'reference-reused')) return;
    if (this.known.size > MOST_KNOWN) this.known.clear();
    for (const id of accounts) this.known.add(id);
  }
}

/** Writes each reference once: a repeat inside the batch meets the first one's outcome, as a repeat of an earlier batch would. */
async function eachOnce(
  entries: readonly NewEntry[],
  reportEach: boolean,
  write: (once: readonly NewEntry[]) => Promise<readonly EachOutcome[]>,
): Promise<EachOutcome[]> {
  const first = new Map<string, number>();
  const once: NewEntry[] = [];
  for (const entry of entries)
    if (!first.has(entry.reference)) {
      first.set(entry.reference, once.length);
      once.push(entry);
    }
  if (once.length === entries.length) return [...(await write(once))];
  const isOther = (entry: NewEntry): boolean => contentHash(entry).compare(contentHash(once[first.get(entry.reference)!]!)) !== 0;
  const reused = entries.find(isOther);
  if (reused && !reportEach) throw asReused(reused.reference);
  const outcomes = await write(once);
  const seen = new Set<string>();
  return entries.map((entry) => {
    const outcome = outcomes[first.get(entry.reference)!]!;
    const isFirst = !seen.has(entry.reference);
    seen.add(entry.reference);
    if (isFirst || outcome === 'not-enough-free') return outcome;
    return isOther(entry) ? 'reference-reused' : outcome === 'recorded' ? 'replay' : outcome;
  });
}

const movesSomething = (entry: NewEntry): boolean => (entry.transfers?.length ?? 0) + (entry.reservations?.length ?? 0) + (entry.endings?.length ?? 0) > 0;

const asReused = (reference: string): DomainError =>
  new DomainError('conflict', 'reference-reused', 'This was already recorded with other content.', [], { reference });

/** The database's own words for a refusal, in ours; anything else passes through. */
function asRefusal(error: unknown): unknown {
  const { constraint, detail = '' } = (error as { driverError?: { constraint?: string; detail?: string } }).driverError ?? {};
  const state = sqlStateOf(error);
  if (state === 'CP001' || constraint === 'account_never_below_zero')
    return new DomainError('refused', 'not-enough-free', 'There is not enough free money for this.', [], state === 'CP001' ? { account: detail } : {});
  // Another transaction wrote the same reference since this one looked: the next look meets it.
  if (constraint === 'entry_reference_book_id_key') return new RunAgain('a reference was used just now by another transaction');
  if (constraint === 'reservation_never_overdrawn')
    return new DomainError('refused', 'more-than-reserved', 'This is more than what is left of the money set aside.');
  if (state === 'CP002') return asReused(detail);
  if (state === 'CP005') return refused('period-closed', 'The accounts of that time are closed. It can be booked on the first day that is open.');
  if (state === 'CP011') return bookClosed();
  if (state === 'CP006') return conflict('account-unknown', 'An account is not of this book, or there is no such kind in it.');
  if (state === 'CP007') return refused('reservation-ended', 'The money is no longer set aside.');
  return error;
}
