import { Injectable } from '@nestjs/common';
import type { AccountId, BookId, EntryId, LocalDate, Pence } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { AccountKey } from './account-key.js';
import type { EntryKind, NewTransfer, Owner } from './entry.js';

/** An entry as it was recorded, with its transfers between named accounts. */
export interface RecordedEntry {
  readonly id: EntryId;
  readonly book: BookId;
  readonly reference: string;
  readonly kind: EntryKind;
  readonly effectiveOn: LocalDate;
  readonly transfers: readonly NewTransfer[];
  /** Whether it set money aside, or freed or spent what was set aside. */
  readonly reserves: boolean;
  /** What corrected it, if anything did. */
  readonly correctedBy: EntryId | null;
}

interface Leg extends Owner {
  readonly debit: AccountId;
  readonly credit: AccountId;
  readonly amount: Pence;
  readonly reservation: string | null;
}

/** Single entries by their reference: what a correction is made of. */
@Injectable()
export class EntryQueries {
  /** An entry of a book in the transaction's scope; undefined when there is none. */
  async named(tx: Tx, book: BookId, reference: string): Promise<RecordedEntry | undefined> {
    const entry = await tx.row<Omit<RecordedEntry, 'transfers' | 'reserves'> & { bookedOn: LocalDate }>(
      `select e.id, e.book_id as book, e.reference, e.kind, e.effective_on as "effectiveOn", e.booked_on as "bookedOn",
         (select c.id from entry c where c.corrects_entry_id = e.id) as "correctedBy" from entry e where e.book_id = $1 and e.reference = $2`,
      [book, reference],
    );
    if (!entry) return undefined;
    const { bookedOn, ...facts } = entry;
    const legs = await tx.rows<Leg>(
      `select debit_account_id as debit, credit_account_id as credit, amount_pence as amount, subject_id as subject, line_id as line, plan_line_id as "planLine",
         pool_id as pool, reservation_id as reservation from transfer where entry_id = $1 and book_id = $2 and booked_on = $3 order by id`,
      [entry.id, book, bookedOn],
    );
    const keys = await this.keysOf(
      tx,
      book,
      legs.flatMap((leg) => [leg.debit, leg.credit]),
    );
    const setAside = await tx.row('select 1 from reservation where entry_id = $1 union all select 1 from reservation_end where entry_id = $1 limit 1', [
      entry.id,
    ]);
    return {
      ...facts,
      reserves: setAside !== undefined || legs.some((leg) => leg.reservation !== null),
      transfers: legs.map(({ debit, credit, amount, reservation: _reservation, ...owner }) => ({
        debit: keys.get(debit)!,
        credit: keys.get(credit)!,
        amount,
        owner: withoutNulls(owner),
      })),
    };
  }

  private async keysOf(tx: Tx, book: BookId, ids: readonly AccountId[]): Promise<Map<AccountId, AccountKey>> {
    const rows = await tx.rows<AccountKey & { id: AccountId }>(
      'select id, kind, subject_id as subject, line_id as line, plan_line_id as "planLine", pool_id as pool, channel from account where id = any($1)',
      [ids],
    );
    return new Map(rows.map(({ id, ...key }) => [id, { book, ...withoutNulls(key) } as AccountKey]));
  }
}

const withoutNulls = <T extends object>(row: T): Partial<T> => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<T>;
