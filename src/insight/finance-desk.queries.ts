import { Injectable } from '@nestjs/common';
import { idsWith, requireAccess, seesNames } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, LocalDate, Pence } from '../kernel/index.js';
import { forbidden, spokenReference } from '../kernel/index.js';
import type { Book } from '../ledger/index.js';
import { Books } from '../ledger/index.js';
import type { PaymentState } from '../payments/index.js';
import { Database } from '../platform/index.js';

/** Pay-outs of a book in one state. */
export interface StateTotal {
  readonly state: PaymentState;
  readonly count: number;
  readonly total: Pence;
  /** The earliest day by which one of them is to be paid. */
  readonly firstDueOn: LocalDate;
}

export interface NamedLine {
  readonly id: BudgetLineId;
  readonly name: string;
  readonly reference: string;
}

/** What a finance officer's desk rests on, over several rooms. Read-only; the scope of the officer's books decides. */
@Injectable()
export class FinanceDesk {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
  ) {}

  /** The books in which the actor has the permission, by name. Refuses those with none (forbidden). */
  async booksOf(actor: Actor, permission: string): Promise<Book[]> {
    const ids = idsWith(actor, permission, 'book');
    if (ids.length === 0) throw forbidden();
    const books = (await this.database.read(actor, (tx) => this.books.all(tx))).filter((book) => ids.includes(book.id));
    // The name of a person's own account is a person's name.
    return books.map((book) =>
      book.holderId && !seesNames(actor, book.id) ? { ...book, name: `A person’s own account, ${spokenReference('BOO', book.id)}` } : book,
    );
  }

  /** Pay-outs of a book by state. */
  async payOutTotals(actor: Actor, book: BookId): Promise<StateTotal[]> {
    requireAccess(actor, 'payment:read', { book });
    return this.database.read(actor, (tx) =>
      tx.rows<StateTotal>(
        `select state, count(*)::int as count, sum(amount_pence)::bigint as total, min(due_on) as "firstDueOn" from payment where book_id = $1 and direction = 'out' group by state`,
        [book],
      ),
    );
  }

  /** Whom the book has to pay and does not know where: the subjects of pay-outs without a payee, those with the most money first. */
  async payeesMissing(actor: Actor, book: BookId): Promise<{ subject: string; count: number; total: Pence }[]> {
    requireAccess(actor, 'payee:read', { book });
    return this.database.read(actor, (tx) =>
      tx.rows<{ subject: string; count: number; total: Pence }>(
        `select payee_subject_id as subject, count(*)::int as count, sum(amount_pence)::bigint as total from payment
       where book_id = $1 and direction = 'out' and payee_id is null and payee_subject_id is not null and state <> 'recalled' group by payee_subject_id order by 3 desc, 1 limit 100`,
        [book],
      ),
    );
  }

  /** Budget lines by id, those the actor may see. No person's name: officers of a book know lines by their references. */
  async linesNamed(actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, NamedLine>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<NamedLine>(
        `select id, name, reference from budget_line where id = any($1) union all select id, 'Own money', reference from own_line where id = any($1)`,
        [[...new Set(ids)]],
      ),
    );
    return new Map(rows.map((row) => [row.id as string, row]));
  }

  /** Where lines of bank statements stand: the statement, and their place in it. */
  async placesOf(actor: Actor, lines: readonly string[]): Promise<ReadonlyMap<string, { readonly statement: string; readonly place: number }>> {
    if (lines.length === 0) return new Map();
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<{ id: string; statement: string; place: number }>('select id, statement_id as statement, place from statement_line where id = any($1)', [lines]),
    );
    return new Map(rows.map(({ id, ...place }) => [id, place]));
  }
}
