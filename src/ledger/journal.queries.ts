import { Injectable } from '@nestjs/common';
import type { AccountId, BookId, EntryId, LocalDate, Pence, PlanLineId, PoolId, ReservationId } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { AccountKind } from './chart.js';

/** An account as the journal names it: what it is for, and no figures. */
export interface JournalAccount {
  readonly id: AccountId;
  readonly kind: AccountKind;
  readonly subject: string | null;
  readonly line: string | null;
  readonly planLine: PlanLineId | null;
  readonly pool: PoolId | null;
  readonly channel: string | null;
}

export interface JournalTransfer {
  readonly id: string;
  readonly entry: EntryId;
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amount: Pence;
  /** The line or share whose money moved. */
  readonly owner: AccountId | null;
  readonly subject: string | null;
  readonly pool: PoolId | null;
  readonly planLine: PlanLineId | null;
  readonly reservation: ReservationId | null;
}

/** Money set aside in a line or share, or freed again: it moves nothing. */
export interface JournalReserve {
  readonly entry: EntryId;
  readonly what: 'reserved' | 'void' | 'expired';
  readonly reservation: ReservationId;
  readonly account: AccountId;
  readonly amount: Pence;
  readonly forDay: LocalDate;
  readonly endsOn: LocalDate;
}

export interface JournalEntry {
  readonly id: EntryId;
  readonly reference: string;
  readonly kind: string;
  readonly effectiveOn: LocalDate;
  readonly bookedOn: LocalDate;
  readonly bookedAt: Date;
  readonly corrects: EntryId | null;
  /** The number of the seal set on its batch, in the chain of its book; null while it waits for one. */
  readonly seal: bigint | null;
  readonly transfers: readonly JournalTransfer[];
  readonly reserves: readonly JournalReserve[];
}

type EntryRow = Omit<JournalEntry, 'transfers' | 'reserves' | 'seal'> & { readonly batch: bigint };

/** How many batches and entries one page reads: a page is a few hundred kilobytes, however long the book. Our judgement, November 2026. */
const BATCHES = 500;
const ENTRIES = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** A whole book read out in the order in which it was sealed, page by page by key: for exports. */
@Injectable()
export class JournalQueries {
  /** Every entry of a book in the order of its batches. Run it in `Database.readStill`, so that all pages are of one moment. */
  async *entriesOf(tx: Tx, book: BookId): AsyncGenerator<JournalEntry[]> {
    for (let after = 0n; ; ) {
      const batches = await tx.rows<{ id: bigint; seal: bigint | null }>(
        'select b.id, s.n as seal from ledger_batch b left join seal s on s.batch_id = b.id where b.book_id = $1 and b.id > $2 order by b.id limit $3',
        [book, after, BATCHES],
      );
      if (batches.length === 0) return;
      yield* this.entriesIn(tx, book, batches);
      after = batches.at(-1)!.id;
    }
  }

  /** The accounts with these ids, those in scope. */
  async accountsOf(tx: Tx, ids: readonly AccountId[]): Promise<JournalAccount[]> {
    return tx.rows<JournalAccount>(
      'select id, kind, subject_id as subject, line_id as line, plan_line_id as "planLine", pool_id as pool, channel from account where id = any($1)',
      [ids],
    );
  }

  private async *entriesIn(tx: Tx, book: BookId, batches: readonly { id: bigint; seal: bigint | null }[]): AsyncGenerator<JournalEntry[]> {
    const seals = new Map(batches.map((batch) => [batch.id, batch.seal]));
    let last: { batch: bigint; id: string } = { batch: 0n, id: FIRST };
    for (;;) {
      const rows = await tx.rows<EntryRow>(
        `select id, batch_id as batch, reference, kind, effective_on as "effectiveOn", booked_on as "bookedOn", booked_at as "bookedAt", corrects_entry_id as corrects
         from entry where batch_id = any($1::bigint[]) and (batch_id, id) > ($2, $3) order by batch_id, id limit $4`,
        [batches.map((batch) => batch.id).filter((id) => id >= last.batch), last.batch, last.id, ENTRIES],
      );
      if (rows.length === 0) return;
      yield await this.withTheirMovements(tx, book, rows, seals);
      if (rows.length < ENTRIES) return;
      last = rows.at(-1)!;
    }
  }

  private async withTheirMovements(tx: Tx, book: BookId, rows: readonly EntryRow[], seals: ReadonlyMap<bigint, bigint | null>): Promise<JournalEntry[]> {
    const ids = rows.map((row) => row.id);
    const days = rows.map((row) => row.bookedOn).sort();
    const [transfers, reserves] = await Promise.all([
      // Book and days leave all partitions but one or two out.
      tx.rows<JournalTransfer>(
        `select id, entry_id as entry, debit_account_id as debit, credit_account_id as credit, amount_pence as amount, owner_account_id as owner, subject_id as subject,
           pool_id as pool, plan_line_id as "planLine", reservation_id as reservation
         from transfer where entry_id = any($1) and book_id = $2 and booked_on between $3 and $4 order by id`,
        [ids, book, days[0], days.at(-1)],
      ),
      tx.rows<JournalReserve>(
        `select entry_id as entry, 'reserved' as what, id as reservation, account_id as account, amount_pence as amount, for_day as "forDay", ends_on as "endsOn"
           from reservation where entry_id = any($1)
         union all
         select x.entry_id, x.ended_as, r.id, r.account_id, x.amount_pence, r.for_day, r.ends_on from reservation_end x join reservation r on r.id = x.reservation_id
           where x.entry_id = any($1) order by reservation`,
        [ids],
      ),
    ]);
    const [transfersOf, reservesOf] = [byEntry(transfers), byEntry(reserves)];
    return rows.map(({ batch, ...row }) => ({
      ...row,
      seal: seals.get(batch) ?? null,
      transfers: transfersOf.get(row.id) ?? [],
      reserves: reservesOf.get(row.id) ?? [],
    }));
  }
}

function byEntry<T extends { readonly entry: EntryId }>(rows: readonly T[]): Map<EntryId, T[]> {
  const found = new Map<EntryId, T[]>();
  for (const row of rows) {
    const list = found.get(row.entry);
    if (list) list.push(row);
    else found.set(row.entry, [row]);
  }
  return found;
}
