import { Injectable } from '@nestjs/common';
import type { Actor, BookId, DomainError, Id, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { conflict, dayOf, invalid, newId, refused } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { sqlStateOf } from '../platform/index.js';
import type { AccountKind, BookBasis } from './chart.js';
import { CHART } from './chart.js';

export interface Book {
  readonly id: BookId;
  readonly basis: BookBasis;
  readonly name: string;
  readonly organisationId: OrganisationId | null;
  readonly holderId: PersonId | null;
}

/** A period of a book that takes nothing any more. */
export interface PeriodClose {
  readonly id: Id<'period-close'>;
  readonly book: BookId;
  readonly from: LocalDate;
  /** The first day still open when it was closed; the period ended the day before. */
  readonly until: LocalDate;
  /** The actor's id. */
  readonly closedBy: string;
  readonly closedAt: Date;
  /** What each kind of account stood at when the period ended, on its normal side, in pence; kinds without movements are left out. */
  readonly sums: Readonly<Partial<Record<AccountKind, Pence>>>;
}

/** Opening, finding and closing the accounts of money-holders. */
@Injectable()
export class Books {
  /** Opens a book of a body, or of a person with a direct-payment account. The transaction's scope must name it. */
  async open(tx: Tx, book: Book & { openedOn: LocalDate }): Promise<void> {
    tx.write('insert into book (id, basis, name, organisation_id, holder_id, opened_on) values ($1, $2, $3, $4, $5, $6)', [
      book.id,
      book.basis,
      book.name,
      book.organisationId,
      book.holderId,
      book.openedOn,
    ]);
  }

  async find(tx: Tx, id: BookId): Promise<Book | undefined> {
    return tx.row<Book>('select id, basis, name, organisation_id as "organisationId", holder_id as "holderId" from book where id = $1', [id]);
  }

  /** The id of every book there is, whoever may see it: bare ids, for the seals and what proves them. */
  async everyId(tx: Tx): Promise<BookId[]> {
    return (await tx.rows<{ id: BookId }>(`select id from known_id where kind = 'book' order by id`)).map(({ id }) => id);
  }

  async all(tx: Tx): Promise<Book[]> {
    return tx.rows<Book>('select id, basis, name, organisation_id as "organisationId", holder_id as "holderId" from book order by name, id');
  }

  /** The first day that still takes entries. */
  async openFrom(tx: Tx, book: BookId): Promise<LocalDate | undefined> {
    return (await tx.row<{ day: LocalDate }>('select coalesce(open_from, opened_on) as day from book where id = $1', [book]))?.day;
  }

  /** Closes the accounts of a book before the day `until`: they take nothing any more, and there is no way back. What comes late is booked on
   *  the first open day with its true day kept. Waits for writers in flight, and they for it. Refuses: closed-before (not after the last
   *  close), day-not-over, seal-outstanding (a batch of the period waits for its seal), book-closed. */
  async close(tx: Tx, actor: Actor, book: BookId, until: LocalDate): Promise<PeriodClose> {
    const id = newId<'period-close'>();
    try {
      await tx.row('select ledger_close($1, $2, $3, $4, $5, $6)', [id, book, until, dayOf(tx.now), actor.id, tx.now]);
    } catch (error) {
      throw asRefusal(error);
    }
    return (await this.closes(tx, book, { limit: 1 }))[0]!;
  }

  /** The closed periods of a book, the latest first; `before` is the first day of the last one shown. */
  async closes(tx: Tx, book: BookId, page: { before?: LocalDate | undefined; limit: number }): Promise<PeriodClose[]> {
    const rows = await tx.rows<Omit<PeriodClose, 'sums'> & { kinds: AccountKind[]; nets: string[] }>(
      `select p.id, p.book_id as book, p.from_day as "from", p.until_day as until, p.closed_by as "closedBy", p.closed_at as "closedAt",
         array_agg(s.kind) filter (where s.net_pence <> 0) as kinds, array_agg(s.net_pence::text) filter (where s.net_pence <> 0) as nets
       from period_close p left join closing_sum s on s.close_id = p.id where p.book_id = $1 and p.from_day < coalesce($2::date, 'infinity')
       group by p.id order by p.from_day desc limit $3`,
      [book, page.before ?? null, page.limit],
    );
    return rows.map(({ kinds, nets, ...row }) => ({ ...row, sums: Object.fromEntries((kinds ?? []).map((kind, n) => [kind, onNormalSide(kind, nets[n]!)])) }));
  }
}

const onNormalSide = (kind: AccountKind, net: string): Pence => (CHART[kind].normal === 'credit' ? BigInt(net) : -BigInt(net)) as Pence;

/** A book that is closed as a whole takes nothing on any day. */
export const bookClosed = (): DomainError => refused('book-closed', 'This book is closed: nothing can be booked in it any more.');

/** The database's words for a refusal, in ours. */
function asRefusal(error: unknown): unknown {
  const state = sqlStateOf(error);
  if (state === 'CP008') return conflict('closed-before', 'These accounts are closed up to a later day already, and closed accounts are not opened again.');
  if (state === 'CP009') return invalid('day-not-over', 'A period can be closed when its last day is over.');
  if (state === 'CP010') return refused('seal-outstanding', 'Something of this period was booked a moment ago and waits for its seal. Try again in a minute.');
  if (state === 'CP011') return bookClosed();
  return error;
}
