import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { BudgetQueries } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, PersonId, PoolId } from '../kernel/index.js';
import { invalid, notFound, spokenReference, systemActor, typedReference } from '../kernel/index.js';
import type { AccountKey, AsOf, BalanceAsOf, StatementPage } from '../ledger/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';

/** How a budget line's own account, or one of its shares or a funder's, stood on a day or at a moment, and the newest movements until then. */
export interface Standing extends BalanceAsOf {
  readonly kind: 'line' | 'share';
  readonly bookId: BookId;
  readonly bookName: string;
  readonly poolId: PoolId | null;
  readonly movements: StatementPage['items'];
}

interface AccountRow extends AccountKey {
  readonly bookName: string;
  readonly kind: 'line' | 'share';
}

/** So many movements of each account; older ones are in the book's export. */
const MOVEMENTS = 20;
const MOST_ACCOUNTS = 100;

const ACCOUNTS = `select a.book_id as book, b.name as "bookName", a.kind, a.subject_id as subject, a.line_id as line, a.plan_line_id as "planLine", a.pool_id as pool
  from account a join book b on b.id = a.book_id where a.guarded and`;

/** What was free, and what was set aside, at any past day or moment. */
@Injectable()
export class Standings {
  constructor(
    private readonly database: Database,
    private readonly budgets: BudgetQueries,
    private readonly ledger: LedgerQueries,
    private readonly audit: Audit,
  ) {}

  /** A budget line and all of its shares, in whatever books, for the person and those who may see the money. A look by another is written down. */
  async ofLine(actor: Actor, line: BudgetLineId, asOf: AsOf): Promise<Standing[]> {
    const { personId } = await this.budgets.line(actor, line);
    const rows = await this.database.read(systemActor('standings', { people: [personId] }), (tx) =>
      tx.rows<{ book: BookId }>('select distinct book_id as book from account where line_id = $1', [line]),
    );
    const books = rows.map((row) => row.book);
    return this.database.read(systemActor('standings', { people: [personId], books }), (tx) => this.standing(tx, asOf, 'a.line_id = $1', [line]));
  }

  /** The same in one book alone, for who reads that book: by the reference of a budget line, or of a funder's money. A look at a person's is
   *  written down. Refuses: reference-not-known. */
  async inBook(actor: Actor, book: BookId, reference: string, asOf: AsOf): Promise<Standing[]> {
    requireAccess(actor, 'book:read', { book });
    const wanted = typedReference(reference) ?? '';
    return this.database.read(systemActor('standings', { books: [book] }), async (tx) => {
      if (!(await tx.row('select 1 from book where id = $1', [book]))) throw notFound('The book');
      const found = wanted.startsWith('FUN-') ? await this.ofFunder(tx, book, wanted, asOf) : await this.ofLineNamed(tx, actor, book, wanted, asOf);
      if (found.length > 0) return found;
      const message = 'Nothing in this book has this reference. Check it letter by letter.';
      throw invalid('reference-not-known', message, [{ field: 'reference', message }]);
    });
  }

  private async ofFunder(tx: Tx, book: BookId, reference: string, asOf: AsOf): Promise<Standing[]> {
    const share = await tx.row<{ funder: string; pool: PoolId }>(
      'select funder_id as funder, pool_id as pool from funder_share where book_id = $1 and reference = $2',
      [book, reference],
    );
    if (!share) return [];
    return this.standing(tx, asOf, 'a.book_id = $1 and a.subject_id = $2 and a.pool_id = $3 and a.line_id is null', [book, share.funder, share.pool]);
  }

  /** A share may lie in a book whose readers do not see the line itself: its reference is worked out from its id. */
  private async ofLineNamed(tx: Tx, actor: Actor, book: BookId, reference: string, asOf: AsOf): Promise<Standing[]> {
    const lines = await tx.rows<{ id: BudgetLineId; person: PersonId; reference: string | null; isOwn: boolean }>(
      `select distinct a.line_id as id, a.subject_id as person, coalesce(l.reference, o.reference) as reference, a.kind = 'share' and a.plan_line_id is null as "isOwn" from account a
         left join budget_line l on l.id = a.line_id left join own_line o on o.id = a.line_id
       where a.book_id = $1 and a.line_id is not null and (coalesce(l.reference, o.reference) is null or coalesce(l.reference, o.reference) = $2)`,
      [book, reference],
    );
    const line = lines.find((each) => (each.reference ?? spokenReference(each.isOwn ? 'OWN' : 'LIN', each.id)) === reference);
    if (!line) return [];
    await this.audit.viewed(tx, actor, { about: line.person, noun: 'budget-line', nounId: line.id, why: 'book:read' });
    return this.standing(tx, asOf, 'a.book_id = $1 and a.line_id = $2', [book, line.id]);
  }

  private async standing(tx: Tx, asOf: AsOf, where: string, values: readonly unknown[]): Promise<Standing[]> {
    const rows = await tx.rows<AccountRow>(`${ACCOUNTS} ${where} order by a.kind, a.book_id, a.pool_id, a.plan_line_id limit ${MOST_ACCOUNTS}`, values);
    const standings: Standing[] = [];
    for (const { bookName, ...row } of rows) {
      const key = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as AccountKey;
      const { items } = await this.ledger.statementPageOf(tx, key, { limit: MOVEMENTS, asOf });
      standings.push({
        kind: row.kind,
        bookId: row.book,
        bookName,
        poolId: row.pool ?? null,
        ...(await this.ledger.freeAsOf(tx, key, asOf)),
        movements: items,
      });
    }
    return standings;
  }
}
