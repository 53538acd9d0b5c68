import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, Id, LocalDate, Pence } from '../kernel/index.js';
import { conflict, dayOf, newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { workingDaysSince } from './break.rules.js';
import type { Suggestion } from './match.types.js';

export type BreakId = Id<'break'>;

export interface BreakView {
  readonly id: BreakId;
  readonly bookId: BookId;
  readonly kind: 'line' | 'proof';
  readonly lineId: string | null;
  readonly code: string;
  readonly reason: string;
  readonly suggestions: readonly Suggestion[];
  /** Who has to answer. */
  readonly ownerId: string | null;
  readonly openedAt: Date;
  /** In working days; the day it was opened counts as none. */
  readonly age: number;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
  readonly amount: Pence | null;
  readonly direction: 'credit' | 'debit' | null;
  readonly bookedOn: LocalDate | null;
}

const MOST = 200;

/** What is left over, whose it is to look at, and what waits for it. */
@Injectable()
export class Breaks {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Open breaks of a book, the oldest first; `before` is the id of the last one shown. */
  async ofBook(actor: Actor, book: BookId, page: { after?: string | undefined } = {}): Promise<{ items: BreakView[]; next: string | null }> {
    requireAccess(actor, 'statement:read', { book });
    return this.database.read(actor, async (tx) => {
      const rows = await tx.rows<Omit<BreakView, 'age'>>(
        `select b.id, b.book_id as "bookId", b.kind, b.line_id as "lineId", b.code, b.reason, b.suggestions, b.owner_id as "ownerId", b.opened_at as "openedAt", b.answer, b.answered_at as "answeredAt",
           l.amount_pence as amount, l.direction, l.booked_on as "bookedOn"
         from break b left join statement_line l on l.id = b.line_id where b.book_id = $1 and b.ended_at is null and ($2::uuid is null or b.id > $2) order by b.id limit ${MOST + 1}`,
        [book, page.after ?? null],
      );
      const items = rows.slice(0, MOST).map((row) => ({ ...row, age: workingDaysSince(dayOf(row.openedAt), dayOf(tx.now)) }));
      return { items, next: rows.length > MOST ? items.at(-1)!.id : null };
    });
  }

  /** A named person says what is being done about a break; releases go on. The break stays open until it is explained. */
  async answer(actor: Actor, id: BreakId, command: { answer: string }, key?: string): Promise<{ breakId: BreakId; answeredBy: string }> {
    const row = await this.database.read(actor, (tx) => tx.row<{ book: BookId }>('select book_id as book from break where id = $1', [id]));
    if (!row) throw notFound('This break');
    requireAccess(actor, 'match:make', { book: row.book });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'breaks.answer', input: { id, ...command } }, async () => {
        const answered = await tx.run(
          'update break set answer = $2, answered_by = $3, answered_at = $4, owner_id = coalesce($5, owner_id) where id = $1 and ended_at is null',
          [id, command.answer, actor.id, tx.now, actor.kind === 'person' ? actor.id : null],
        );
        if (answered === 0) throw conflict('break-ended', 'This break is over already.');
        await this.audit.record(tx, actor, { action: 'break:answer', noun: 'break', nounId: id, book: row.book, why: command.answer });
        return { breakId: id, answeredBy: actor.id };
      }),
    );
  }

  /** How many breaks nobody has answered: while there are any, no new release leaves the book, wages and safety payments excepted (truth 10,
   *  RULE 27). The transaction's scope names the book. */
  async unanswered(tx: Tx, book: BookId): Promise<{ count: number; oldestAt: Date | null }> {
    const row = await tx.row<{ count: number; oldestAt: Date | null }>(
      'select count(*)::int as count, min(opened_at) as "oldestAt" from break where book_id = $1 and ended_at is null and answered_at is null',
      [book],
    );
    return row!;
  }

  /** Opens, keeps or ends the one break that says a book does not agree with its bank. */
  async keepProofBreak(tx: Tx, book: BookId, owner: string | null, facts: { code: string; reason: string } | null): Promise<void> {
    if (facts === null) {
      tx.write(`update break set ended_at = $2, ended_how = 'agrees-again' where book_id = $1 and kind = 'proof' and ended_at is null`, [book, tx.now]);
      return;
    }
    const rows = await tx.rows<{ isNew: boolean }>(
      `insert into break (id, book_id, kind, code, reason, owner_id, opened_at) values ($1, $2, 'proof', $3, $4, $5, $6)
       on conflict (book_id) where ended_at is null and kind = 'proof' do update set code = excluded.code, reason = excluded.reason returning xmax = 0 as "isNew"`,
      [newId(), book, facts.code, facts.reason.slice(0, 1000), owner, tx.now],
    );
    if (rows[0]?.isNew) await announce(tx, { name: 'breaksOpened', about: { books: [book] }, payload: { bookId: book, count: 1 } });
  }
}
