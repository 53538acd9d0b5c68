import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import pg from 'pg';
import type { BookId, BudgetLineId, LocalDate, OrganisationId, Pence, PersonId, PlanLineId, PoolId, ReservationId } from '../../src/kernel/index.js';
import { newId, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey, EntryKind, NewEntry, NewTransfer } from '../../src/ledger/index.js';
import { Books, Ledger, ledgerChecks, LedgerQueries, Seals } from '../../src/ledger/index.js';
import { appDataSource, Database, SetClock } from '../../src/platform/index.js';
import type { TestDatabase } from './database.js';
import { testDatabase } from './database.js';

/** The ledger alone, on a database of its own, with a clock that stands still. */
export class LedgerHouse {
  readonly ledger = new Ledger();
  readonly books = new Books();
  readonly queries = new LedgerQueries();
  readonly seals: Seals;
  readonly opened: BookId[] = [];

  private constructor(
    readonly made: TestDatabase,
    readonly source: DataSource,
    readonly database: Database,
    readonly clock: SetClock,
  ) {
    this.seals = new Seals(database);
  }

  static async open(at = '2026-05-01T10:00:00Z', connections = 12): Promise<LedgerHouse> {
    Logger.overrideLogger(false);
    const made = await testDatabase();
    const source = await appDataSource(made.appUrl, connections).initialize();
    const clock = new SetClock(new Date(at));
    return new LedgerHouse(made, source, new Database(source, clock), clock);
  }

  async close(): Promise<void> {
    await this.source.destroy();
    await this.made.drop();
  }

  /** A new book of a new body. */
  async book(basis: 'allocation' | 'cash', openedOn = '2025-04-01'): Promise<BookId> {
    const [id, body] = [newId<'book'>() as BookId, newId<'organisation'>() as OrganisationId];
    await this.database.transaction(systemActor('test', { books: [id] }), async (tx) => {
      await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'money-holder', 'A body', '2022-07-01')`, [body]);
      await this.books.open(tx, { id, basis, name: 'A book', organisationId: body, holderId: null, openedOn: openedOn as LocalDate });
    });
    this.opened.push(id);
    return id;
  }

  get actor() {
    return systemActor('test', { books: this.opened });
  }

  record(...entries: NewEntry[]): Promise<string[]> {
    return this.database.transaction(this.actor, (tx) => this.ledger.record(tx, entries));
  }

  /** The faults of the ledger's own checks, by name. */
  async faults(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const check of ledgerChecks) {
      const faults = await this.database.read(this.actor, (tx) => check.find(tx));
      if (faults.length > 0) found[check.name] = faults;
    }
    return found;
  }

  /** As one who rules the database and switched its triggers off. */
  async tamper(...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.made.superuserUrl });
    await client.connect();
    try {
      await client.query('set session_replication_role = replica');
      for (const sql of statements) await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async sql<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.database.read(this.actor, (tx) => tx.rows<Row>(sql, parameters));
  }
}

export const person = (): PersonId => newId<'person'>() as PersonId;
export const pool = (): PoolId => newId<'pool'>() as PoolId;

export const plain = (book: BookId, kind: AccountKey['kind'], channel?: 'bank' | 'stripe'): AccountKey => ({ book, kind, ...(channel ? { channel } : {}) });

/** One person with a line, and a share in a pool, in a book. */
export interface Member {
  readonly subject: PersonId;
  readonly line: BudgetLineId;
  readonly planLine: PlanLineId;
}
export const member = (): Member => ({ subject: person(), line: newId() as BudgetLineId, planLine: newId() as PlanLineId });
export const lineOf = (book: BookId, { subject, line }: Member): AccountKey => ({ book, kind: 'line', subject, line });
export const shareOf = (book: BookId, of: Member, inPool: PoolId): AccountKey => ({ book, kind: 'share', pool: inPool, ...of });

export const move = (debit: AccountKey, credit: AccountKey, amount: number | bigint, more: Partial<NewTransfer> = {}): NewTransfer => ({
  debit,
  credit,
  amount: pence(amount) as Pence,
  ...more,
});

let made = 0;
/** An entry with a reference of its own. */
export const entry = (book: BookId, kind: EntryKind, transfers: readonly NewTransfer[], more: Partial<NewEntry> = {}): NewEntry => ({
  book,
  kind,
  reference: `test:${process.pid}:${++made}`,
  effectiveOn: '2026-05-01' as LocalDate,
  transfers,
  ...more,
});

export const reservation = (): ReservationId => newId<'reservation'>() as ReservationId;
