import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, Id, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { dayOf, newId, notFound, penceAsNumber, spokenReference, systemActor } from '../kernel/index.js';
import { Books, Ledger } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import type { AllocateMoney, NewLine } from './budget.dto.js';
import { agreedEntries, allocationEntry } from './budget.entries.js';
import { checkBudgetDays, checkBudgetLines, checkNewLine } from './budget.rules.js';

export interface OpenBudget {
  readonly personId: PersonId;
  readonly planId: string;
  readonly icbId: OrganisationId;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
  readonly lines: readonly NewLine[];
}

/** The money agreed for people. Opening one is the ICB's decision, so the room of commissioning calls it. */
@Injectable()
export class Budgets {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly books: Books,
    private readonly audit: Audit,
  ) {}

  /** Opens a budget with its lines, and credits notional ones. The transaction's scope must name person, ICB and books.
   *  Refuses: line-dates-wrong, budget-without-lines, line-in-wrong-book. */
  async open(tx: Tx, actor: Actor, budget: OpenBudget): Promise<{ id: Id<'budget'>; lines: { id: BudgetLineId; reference: string }[] }> {
    checkBudgetDays(budget);
    checkBudgetLines(budget.lines);
    const id = newId<'budget'>();
    tx.write('insert into budget (id, person_id, plan_id, icb_id, from_day, until_day, made_at) values ($1, $2, $3, $4, $5, $6, $7)', [
      id,
      budget.personId,
      budget.planId,
      budget.icbId,
      budget.fromDay,
      budget.untilDay,
      tx.now,
    ]);
    const lines = [];
    for (const line of budget.lines) lines.push(await this.openLine(tx, id, budget, line));
    await announce(tx, {
      name: 'budgetOpened',
      about: { people: [budget.personId], icbs: [budget.icbId], books: [...new Set(budget.lines.map((line) => line.bookId))] },
      payload: { budgetId: id, personId: budget.personId, lineIds: lines.map((line) => line.id) },
    });
    await this.audit.record(tx, actor, { action: 'budget:agree', noun: 'budget', nounId: id, about: budget.personId });
    return { id, lines };
  }

  private async openLine(tx: Tx, budgetId: string, budget: OpenBudget, line: NewLine): Promise<{ id: BudgetLineId; reference: string }> {
    const book = await this.books.find(tx, line.bookId);
    if (!book) throw notFound('The book');
    checkNewLine(line.managed, { basis: book.basis, ownedByHolder: book.holderId === budget.personId });
    const id = newId<'budget-line'>();
    const reference = spokenReference('LIN', id);
    tx.write(
      `insert into budget_line (id, budget_id, person_id, plan_id, funder_id, managed, book_id, name, reference, agreed_pence, from_day, until_day, state, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', $13)`,
      [
        id,
        budgetId,
        budget.personId,
        budget.planId,
        line.funderId,
        line.managed,
        line.bookId,
        line.name,
        reference,
        String(line.agreedPence),
        budget.fromDay,
        budget.untilDay,
        tx.now,
      ],
    );
    await this.ledger.record(tx, agreedEntries({ id, personId: budget.personId, bookId: line.bookId }, book.basis, line.agreedPence, budget.fromDay));
    return { id, reference };
  }

  /** A finance officer says whose money this is that reached the book. Refuses: not-enough-unallocated. */
  async allocate(actor: Actor, lineId: BudgetLineId, command: AllocateMoney, key?: string): Promise<{ lineId: string; amountPence: number }> {
    const line = await this.database.read(actor, (tx) => tx.row<{ bookId: BookId }>('select book_id as "bookId" from budget_line where id = $1', [lineId]));
    if (!line) throw notFound('The budget line');
    requireAccess(actor, 'match:make', { book: line.bookId });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'budgets.allocate', input: { lineId, ...command } }, async () => {
        await this.allocateIn(tx, lineId, command.amountPence, command.reference);
        await this.audit.record(tx, actor, {
          action: 'budget:allocate',
          noun: 'budget-line',
          nounId: lineId,
          book: line.bookId,
          facts: { amountPence: penceAsNumber(command.amountPence) },
        });
        return { lineId, amountPence: penceAsNumber(command.amountPence) };
      }),
    );
  }

  /** The same inside another command's transaction (reconciliation found the line's reference on a statement); true on `on`, today unless told. */
  async allocateIn(tx: Tx, lineId: BudgetLineId, amount: Pence, reference: string, on: LocalDate = dayOf(tx.now)): Promise<void> {
    const line = await tx.row<{ id: BudgetLineId; personId: PersonId; bookId: BookId }>(
      `select id, person_id as "personId", book_id as "bookId" from budget_line where id = $1 for update`,
      [lineId],
    );
    if (!line) throw notFound('The budget line');
    await this.ledger.record(tx, [allocationEntry(line, amount, reference, on)]);
    tx.write('update budget_line set first_paid_on = $2 where id = $1 and first_paid_on is null', [lineId, dayOf(tx.now)]);
    await announce(tx, {
      name: 'moneyAllocated',
      about: { people: [line.personId], books: [line.bookId] },
      payload: { lineId, personId: line.personId, amountPence: penceAsNumber(amount) },
    });
  }

  /** The line a funder's reference names, in a book; undefined when none or another book's. */
  async byReference(tx: Tx, book: BookId, text: string): Promise<BudgetLineId | undefined> {
    const named = /LIN-[A-Z2-9]{4}-?[A-Z2-9]{4}/.exec(text.toUpperCase())?.[0];
    if (!named) return undefined;
    const reference = named.length === 12 ? `${named.slice(0, 8)}-${named.slice(8)}` : named;
    return (await tx.row<{ id: BudgetLineId }>('select id from budget_line where book_id = $1 and reference = $2', [book, reference]))?.id;
  }

  /** For jobs and listeners: the scope of one line. */
  lineActor(name: string, line: { personId: PersonId; bookId: BookId }): Actor {
    return systemActor(name, { people: [line.personId], books: [line.bookId] });
  }
}
