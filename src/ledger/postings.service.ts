import { Injectable, Logger } from '@nestjs/common';
import type { BookId } from '../kernel/index.js';
import { conflict, DomainError, systemActor } from '../kernel/index.js';
import { Database, Lane } from '../platform/index.js';
import type { EachOutcome, NewEntry, Outcome } from './entry.js';
import { checkEntry } from './check-entry.js';
import { Ledger } from './ledger.service.js';

/** The most entries that share one commit. Our judgement, November 2026: more gains little, and all wait for the slowest. */
const MOST_TOGETHER = 500;
/** Batches of one book at a time: one is made ready and answered while PostgreSQL writes the other. */
const ABREAST = 2;

/** What one caller learns: its own outcome, or its own refusal. */
type Posted = Outcome | { readonly refusal: unknown };

/** Entries that need no other row beside them, each in a transaction of its book alone. Those of one book that come while others are being
 *  written share the next commit; each has a fate of its own. Whoever posts was authorised before, and a repeat gets the first answer. */
@Injectable()
export class Postings {
  private readonly log = new Logger('postings');
  private readonly lanes = new Map<BookId, Lane<NewEntry, Posted>>();

  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
  ) {}

  /** Records one entry, durably, before it answers. Refuses as `Ledger.record` does. */
  async post(entry: NewEntry): Promise<Outcome> {
    checkEntry(entry);
    const lane =
      this.lanes.get(entry.book) ?? new Lane<NewEntry, Posted>(MOST_TOGETHER, (entries, follow) => this.together(entry.book, entries, follow), ABREAST);
    this.lanes.set(entry.book, lane);
    try {
      const posted = await lane.do(entry);
      if (typeof posted !== 'string') throw posted.refusal;
      return posted;
    } finally {
      if (lane.isIdle) this.lanes.delete(entry.book);
    }
  }

  /** The plain path: one entry, one transaction. */
  async postAlone(entry: NewEntry): Promise<Outcome> {
    const [outcome] = await this.database.transaction(systemActor('ledger', { books: [entry.book] }), (tx) => this.ledger.record(tx, [entry]));
    return outcome!;
  }

  private async together(book: BookId, entries: readonly NewEntry[], follow: () => void): Promise<Posted[]> {
    if (entries.length > 1)
      try {
        const asked = this.ledger.recordAlone(this.database, systemActor('ledger', { books: [book] }), book, entries);
        follow();
        return (await asked).map(postedOf);
      } catch (error) {
        // Nothing of it stays, so each is written by itself and one that cannot be spoils nobody else's.
        this.log.warn(`${entries.length} entries could not share a commit and are written one by one: ${(error as Error).name}`);
      }
    follow();
    const alone: Posted[] = [];
    for (const entry of entries) alone.push(await this.postAlone(entry).catch((refusal: unknown) => ({ refusal })));
    return alone;
  }
}

function postedOf(outcome: EachOutcome): Posted {
  if (outcome === 'not-enough-free') return { refusal: new DomainError('refused', 'not-enough-free', 'There is not enough free money for this.') };
  if (outcome === 'reference-reused') return { refusal: conflict('reference-reused', 'This was already recorded with other content.') };
  return outcome;
}
