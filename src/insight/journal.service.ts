import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { AccountId, Actor, BookId, LocalDate } from '../kernel/index.js';
import { DomainError, invalid, invariant, notFound, spokenReference, systemActor } from '../kernel/index.js';
import type { AccountKind, Book, JournalEntry } from '../ledger/index.js';
import { Books, CHART, JournalQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { JournalFormat, JournalPeriod } from './journal.rules.js';
import {
  AccountNames,
  ControlTotals,
  csvControls,
  csvHead,
  csvRows,
  isBalanced,
  journalControls,
  journalHead,
  journalOpening,
  journalText,
} from './journal.rules.js';

export interface JournalAsk {
  readonly book: BookId;
  readonly format: JournalFormat;
  /** The first day counted in, and the day after the last one; left out: all of the book. */
  readonly from?: LocalDate | undefined;
  readonly until?: LocalDate | undefined;
}

/** Takes text piece by piece; resolves when there is room for more, and rejects when nobody reads any longer. */
export type Sink = (text: string) => Promise<void>;

/** A book ready to be written out. */
export interface JournalExport {
  readonly fileName: string;
  readonly contentType: string;
  /** Writes all of it, in flat memory however long the book. */
  write(sink: Sink): Promise<void>;
}

/** At most this many books are read out at once by one process: each holds a connection until it ends. Our judgement, November 2026. */
const MOST_AT_ONCE = 2;
const normal = (kind: AccountKind): 'debit' | 'credit' => CHART[kind].normal;

/** A whole book as a file, for its auditor and its officers: CSV, or a plain-text journal that hledger and ledger read. */
@Injectable()
export class Journal {
  private open = 0;

  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly journal: JournalQueries,
    private readonly audit: Audit,
  ) {}

  /** Authorises, writes down that the book was read out, and answers how to write it. Refuses: period-wrong; exports-busy. */
  async of(actor: Actor, { book: id, format, from, until }: JournalAsk): Promise<JournalExport> {
    requireAccess(actor, 'book:read', { book: id });
    if (from && until && until <= from)
      throw invalid('period-wrong', 'The last day comes after the first.', [{ field: 'until', message: 'Give a day after the first one.' }]);
    if (this.open >= MOST_AT_ONCE) throw new DomainError('unavailable', 'exports-busy', 'Other books are being read out just now. Try again in a minute.');
    const system = systemActor('journal', { books: [id] });
    const book = await this.database.transaction(system, async (tx) => {
      const found = await this.books.find(tx, id);
      if (!found) throw notFound('The book');
      await this.audit.record(tx, actor, {
        action: 'journal:export',
        noun: 'book',
        nounId: id,
        book: id,
        facts: { format, from: from ?? null, until: until ?? null },
      });
      return found;
    });
    const period = { from: from ?? null, until: until ?? null };
    const days = from || until ? `-${from ?? 'start'}-${until ?? 'now'}` : '';
    return {
      fileName: `${spokenReference('BOO', id)}${days}.${format === 'csv' ? 'csv' : 'journal'}`.toLowerCase(),
      contentType: format === 'csv' ? 'text/csv; charset=utf-8' : 'text/plain; charset=utf-8',
      write: (sink) => this.counted(() => this.database.readStill(system, (tx) => this.write(tx, book, format, period, sink))),
    };
  }

  private async counted(work: () => Promise<void>): Promise<void> {
    this.open += 1;
    try {
      await work();
    } finally {
      this.open -= 1;
    }
  }

  /** One walk over the book: entries before the period only move the opening balances, those after it are left out. */
  private async write(tx: Tx, book: Book, format: JournalFormat, period: JournalPeriod, sink: Sink): Promise<void> {
    const references = new Map<string, string>();
    const names = new AccountNames(references);
    const totals = new ControlTotals();
    await sink(format === 'csv' ? csvHead() : journalHead({ reference: spokenReference('BOO', book.id), basis: book.basis }, period, tx.now));
    if (period.from) {
      for await (const page of this.journal.entriesOf(tx, book.id)) {
        const before = page.filter((entry) => entry.bookedOn < period.from!);
        await this.know(tx, before, names, references);
        for (const entry of before) totals.before(entry);
      }
      if (format === 'journal') await sink(journalOpening(totals, names, period.from));
    }
    for await (const page of this.journal.entriesOf(tx, book.id)) {
      const within = page.filter((entry) => (!period.from || entry.bookedOn >= period.from) && (!period.until || entry.bookedOn < period.until));
      await this.know(tx, within, names, references);
      for (const entry of within) totals.within(entry);
      if (within.length > 0) await sink(within.map((entry) => (format === 'csv' ? csvRows(entry, names) : journalText(entry, names))).join(''));
    }
    invariant(isBalanced(totals), `the book ${book.id} does not balance`);
    await sink((format === 'csv' ? csvControls : journalControls)({ totals, names, normal, period }));
  }

  /** Names the accounts of a page that were not met before. */
  private async know(tx: Tx, entries: readonly JournalEntry[], names: AccountNames, references: Map<string, string>): Promise<void> {
    const ids = new Set<AccountId>();
    for (const entry of entries) {
      for (const { debit, credit, owner } of entry.transfers) for (const id of [debit, credit, owner]) if (id && !names.has(id)) ids.add(id);
      for (const { account } of entry.reserves) if (!names.has(account)) ids.add(account);
    }
    if (ids.size === 0) return;
    const accounts = await this.journal.accountsOf(tx, [...ids].sort());
    const lines = [...new Set(accounts.flatMap((account) => account.line ?? []))];
    const known = await tx.rows<{ id: string; reference: string }>(
      'select id, reference from budget_line where id = any($1) union all select id, reference from own_line where id = any($1)',
      [lines],
    );
    for (const { id, reference } of known) references.set(id, reference);
    // A share that no plan is named for is of its member's own money, wherever the line behind it lies.
    for (const { kind, line, planLine } of accounts)
      if (kind === 'share' && line && !planLine && !references.has(line)) references.set(line, spokenReference('OWN', line));
    for (const account of accounts.sort((a, b) => (a.id < b.id ? -1 : 1))) names.add(account);
  }
}
