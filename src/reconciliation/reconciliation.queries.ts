import { Injectable } from '@nestjs/common';
import { requireAccess, seesNames } from '../identity/index.js';
import type { Actor, BookId, LocalDate, Pence } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import type { BankAccountId } from './bank-accounts.service.js';
import { budgetLineNamed } from './match-words.rules.js';
import type { MatchId } from './match.store.js';
import { opaqueLine } from './opaque.rules.js';
import type { StatementId, StatementLineId } from './statement.store.js';

export interface StatementView {
  readonly id: StatementId;
  readonly bookId: BookId;
  readonly bankAccountId: BankAccountId;
  readonly uploadId: string;
  readonly number: number;
  readonly format: string;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly opening: Pence;
  readonly closing: Pence;
  readonly lines: number;
  readonly knownLines: number;
  readonly importedAt: Date;
  /** How many lines nothing explains yet. */
  readonly open: number;
}

export interface StatementLineView {
  readonly id: StatementLineId;
  readonly bookedOn: LocalDate;
  readonly direction: 'credit' | 'debit';
  readonly amount: Pence;
  readonly reference: string | null;
  readonly counterparty: string | null;
  readonly words: string;
  readonly state: 'new' | 'matched' | 'break' | 'unallocated';
  readonly matchId: MatchId | null;
  readonly rule: string | null;
  readonly score: number | null;
  /** Why it is what it is: the facts of its match, or the reason of its break. */
  readonly reasons: readonly string[];
  readonly items: readonly { readonly kind: string; readonly id: string | null; readonly amountPence: number }[];
}

/** Money in that is nobody's yet: what `budgets` allocates. */
export interface UnallocatedLine {
  readonly lineId: StatementLineId;
  readonly bookId: BookId;
  readonly bookedOn: LocalDate;
  readonly amount: Pence;
  /** What it says, as the bank wrote it. */
  readonly text: string;
  /** The reference it names of a budget line (`LIN-7K3M-9QXA`) or of a person's own money (`OWN-7K3M-9QXA`), in its whole form; null when it names none. */
  readonly lineReference: string | null;
}

const STATEMENTS = `select s.id, s.book_id as "bookId", s.bank_account_id as "bankAccountId", s.upload_id as "uploadId", s.number, s.format, s.from_day as "from", s.until_day as until,
  s.opening_pence as opening, s.closing_pence as closing, s.line_count as lines, s.known_count as "knownLines", s.imported_at as "importedAt",
  (select count(*)::int from line_state x join statement_line l on l.id = x.line_id where l.statement_id = s.id and x.state in ('new', 'break')) as open from statement s`;

const LINES = `select l.id, l.booked_on as "bookedOn", l.direction, l.amount_pence as amount, l.reference, l.counterparty, l.words, s.state, m.id as "matchId", m.rule, m.score,
    coalesce(m.reasons, case when b.reason is null then '{}' else array[b.reason] end) as reasons,
    coalesce((select jsonb_agg(jsonb_build_object('kind', i.kind, 'id', i.item_id, 'amountPence', i.amount_pence) order by i.n) from line_match_item i where i.match_id = m.id), '[]') as items
  from statement_line l join line_state s on s.line_id = l.id
  left join line_match_line x on x.line_id = l.id and x.live left join line_match m on m.id = x.match_id
  left join break b on b.line_id = l.id and b.ended_at is null`;

@Injectable()
export class ReconciliationQueries {
  constructor(private readonly database: Database) {}

  /** Statements of an account, the newest first; `before` is the number of the last one shown. */
  async statementsOf(actor: Actor, account: BankAccountId, page: { before?: number | undefined; limit: number }): Promise<StatementView[]> {
    return this.database.read(actor, async (tx) => {
      const found = await tx.row<{ book: BookId }>('select book_id as book from bank_account where id = $1', [account]);
      if (!found) throw notFound('The bank account');
      requireAccess(actor, 'statement:read', { book: found.book });
      return tx.rows<StatementView>(`${STATEMENTS} where s.bank_account_id = $1 and ($2::int is null or s.number < $2) order by s.number desc limit $3`, [
        account,
        page.before ?? null,
        page.limit,
      ]);
    });
  }

  /** One statement with its lines as the bank ordered them; `after` is the place of the last line shown. */
  async statement(
    actor: Actor,
    id: StatementId,
    page: { after?: number | undefined; limit: number },
  ): Promise<{ statement: StatementView; items: (StatementLineView & { place: number })[] }> {
    return this.database.read(actor, async (tx) => {
      const statement = await tx.row<StatementView>(`${STATEMENTS} where s.id = $1`, [id]);
      if (!statement) throw notFound('This statement');
      requireAccess(actor, 'statement:read', { book: statement.bookId });
      const items = await tx.rows<StatementLineView & { place: number }>(
        `${LINES.replace('select l.id', 'select l.place, l.id')} where l.statement_id = $1 and l.place > $2 order by l.place limit $3`,
        [id, page.after ?? -1, page.limit],
      );
      return { statement, items: seesNames(actor, statement.bookId) ? items : items.map(opaqueLine) };
    });
  }

  /** One line, inside a transaction that may see it. */
  line(tx: Tx, id: string): Promise<StatementLineView | undefined> {
    return tx.row<StatementLineView>(`${LINES} where l.id = $1`, [id]);
  }

  /** Money in that is nobody's yet, the oldest first, inside a transaction whose scope names the book: for `budgets`, on `moneyArrived` and
   *  nightly. When it is somebody's, say so with `Matching.allocated`. */
  async unallocatedLines(tx: Tx, book: BookId, only?: string): Promise<UnallocatedLine[]> {
    const rows = await tx.rows<{
      lineId: StatementLineId;
      bookedOn: LocalDate;
      amount: Pence;
      reference: string | null;
      counterparty: string | null;
      words: string;
    }>(
      `select l.id as "lineId", l.booked_on as "bookedOn", l.amount_pence as amount, l.reference, l.counterparty, l.words from line_state s join statement_line l on l.id = s.line_id
       where s.book_id = $1 and s.state = 'unallocated' and ($2::uuid is null or l.id = $2) order by l.booked_on, l.id limit 1000`,
      [book, only ?? null],
    );
    return rows.map(({ reference, counterparty, words, ...row }) => ({
      ...row,
      bookId: book,
      text: [counterparty, reference, words].filter((each) => each).join(' '),
      lineReference: budgetLineNamed({ reference, counterparty, words }) ?? null,
    }));
  }
}
