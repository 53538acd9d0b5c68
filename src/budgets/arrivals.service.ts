import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, PersonId } from '../kernel/index.js';
import { conflict, invalid, notFound, penceAsNumber, systemActor } from '../kernel/index.js';
import { Database, once } from '../platform/index.js';
import type { UnallocatedLine } from '../reconciliation/index.js';
import { Matching, ReconciliationQueries } from '../reconciliation/index.js';
import { Budgets } from './budgets.service.js';

/** Money that reached a book's bank account and is nobody's yet becomes the money of a budget line. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly database: Database,
    private readonly reconciliation: ReconciliationQueries,
    private readonly matching: Matching,
    private readonly budgets: Budgets,
    private readonly audit: Audit,
  ) {}

  /** What waits in a book, the oldest first (at most 1,000). */
  async waiting(actor: Actor, book: BookId): Promise<UnallocatedLine[]> {
    requireAccess(actor, 'statement:read', { book });
    return this.database.read(actor, (tx) => this.reconciliation.unallocatedLines(tx, book));
  }

  /** All of one statement line becomes the budget line's that the reference names. Refuses: a reference of no line in this book
   *  (`line-not-known`), and a statement line that is nobody's no longer (not-found, or `already-allocated` when two people say so at once). */
  async allocate(
    actor: Actor,
    command: { book: BookId; statementLine: string; reference: string },
    key?: string,
  ): Promise<{ lineId: BudgetLineId; amountPence: number }> {
    requireAccess(actor, 'match:make', { book: command.book });
    const { line, person } = await this.database.read(actor, async (tx) => {
      const found = await this.budgets.byReference(tx, command.book, command.reference);
      if (!found)
        throw invalid('line-not-known', 'No budget line of this book has this reference. Check it letter by letter.', [
          { field: 'reference', message: 'Enter the reference of a budget line of this book, like LIN-7K3M-9QXA' },
        ]);
      const row = await tx.row<{ person: PersonId }>('select person_id as person from budget_line where id = $1', [found]);
      return { line: found, person: row!.person };
    });
    return this.database.transaction(systemActor('budgets', { books: [command.book], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'arrivals.allocate', input: command }, async () => {
        const [arrived] = await this.reconciliation.unallocatedLines(tx, command.book, command.statementLine);
        if (!arrived) throw notFound('This money');
        if (!(await this.matching.allocated(tx, arrived.lineId)))
          throw conflict('already-allocated', 'Somebody else has just said whose money this is. Look at the line again.');
        await this.budgets.allocateIn(tx, line, arrived.amount, `statement-line:${arrived.lineId}`);
        const amountPence = penceAsNumber(arrived.amount);
        await this.audit.record(tx, actor, {
          action: 'budget:allocate',
          noun: 'budget-line',
          nounId: line,
          book: command.book,
          facts: { statementLine: arrived.lineId, amountPence },
        });
        return { lineId: line, amountPence };
      }),
    );
  }
}
