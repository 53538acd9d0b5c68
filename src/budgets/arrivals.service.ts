import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess, seesNames } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, PersonId } from '../kernel/index.js';
import { conflict, invalid, notFound, penceAsNumber, systemActor, typedReference } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import type { UnallocatedLine } from '../reconciliation/index.js';
import { Matching, ReconciliationQueries } from '../reconciliation/index.js';
import type { ArrivalDecision } from './arrivals.rules.js';
import { decideArrival } from './arrivals.rules.js';
import { BudgetQueries } from './budgets.queries.js';
import { Budgets } from './budgets.service.js';
import type { OwnLine } from './own-money/own-line.entries.js';
import { OwnLines } from './own-money/own-lines.service.js';

/** Money in that waits for an officer. */
export interface WaitingArrival extends UnallocatedLine {
  /** Why it was not given to a line by itself, in a sentence. */
  readonly why: string;
}

/** The moment between the money's coming and the event that gives it to its line. */
const SOON = 'It names an open budget line, and is given to it in a moment.';

/** Money that reached a book's bank account and is nobody's yet becomes the money of a budget line. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly database: Database,
    private readonly reconciliation: ReconciliationQueries,
    private readonly matching: Matching,
    private readonly budgets: Budgets,
    private readonly ownLines: OwnLines,
    private readonly people: People,
    private readonly queries: BudgetQueries,
    private readonly audit: Audit,
  ) {}

  /** What waits in a book, the oldest first (at most 1,000), each with the reason. */
  async waiting(actor: Actor, book: BookId): Promise<WaitingArrival[]> {
    requireAccess(actor, 'statement:read', { book });
    return this.database.read(systemActor('budgets', { books: [book] }), async (tx) => {
      const waiting: WaitingArrival[] = [];
      for (const line of await this.reconciliation.unallocatedLines(tx, book)) {
        const decision = await this.decide(tx, line);
        const text = seesNames(actor, book) ? line.text : (line.lineReference ?? 'The bank’s words are not shown to you.');
        waiting.push({ ...line, text, why: 'to' in decision ? SOON : decision.why });
      }
      return waiting;
    });
  }

  /** Gives money that came in to the budget line it names, in the caller's transaction, whose scope names the book. What no line can be
   *  sure of stays as it is and waits for an officer; said twice, it is done once. Answers the line, or undefined when it waits or is
   *  somebody's already. */
  async allocateNamed(tx: Tx, actor: Actor, { book, statementLine }: { book: BookId; statementLine: string }): Promise<BudgetLineId | undefined> {
    const [arrived] = await this.reconciliation.unallocatedLines(tx, book, statementLine);
    if (!arrived) return undefined;
    const decision = await this.decide(tx, arrived, 'lock');
    if (!('to' in decision) || !(await this.matching.allocated(tx, arrived.lineId))) return undefined;
    const noun = await this.give(tx, arrived.lineReference, decision.to, arrived);
    await this.audit.record(tx, actor, {
      action: 'budget:allocate',
      noun,
      nounId: decision.to,
      book,
      why: 'the bank’s line names it',
      facts: { statementLine: arrived.lineId, amountPence: penceAsNumber(arrived.amount) },
    });
    return decision.to;
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
      const own = await this.ownNamed(tx, command.book, typedReference(command.reference) ?? null);
      if (own) return { line: own.id, person: own.personId };
      const found = await this.budgets.byReference(tx, command.book, command.reference);
      if (!found)
        throw invalid('line-not-known', 'No budget line of this book has this reference, and nobody’s own money. Check it letter by letter.', [
          {
            field: 'reference',
            message: 'Enter the reference of a budget line of this book, like LIN-7K3M-9QXA, or of a person’s own money, like OWN-7K3M-9QXA',
          },
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
        const noun = await this.give(tx, command.reference, line, arrived);
        const amountPence = penceAsNumber(arrived.amount);
        await this.audit.record(tx, actor, {
          action: 'budget:allocate',
          noun,
          nounId: line,
          book: command.book,
          facts: { statementLine: arrived.lineId, amountPence },
        });
        return { lineId: line, amountPence };
      }),
    );
  }

  /** Looks at the line that the money names, and locks it when it is about to be credited: two arrivals of one line take turns. */
  private async decide(tx: Tx, arrived: UnallocatedLine, how: 'look' | 'lock' = 'look'): Promise<ArrivalDecision> {
    const { amount, bookId, lineReference: named } = arrived;
    const own = await this.ownNamed(tx, bookId, named);
    if (own) return this.decideOwn(tx, own, arrived);
    const found = named
      ? await tx.row<{ id: BudgetLineId; person: PersonId; state: 'open' | 'ended' }>(
          `select id, person_id as person, state from budget_line where book_id = $1 and reference = $2${how === 'lock' ? ' for update' : ''}`,
          [bookId, named],
        )
      : undefined;
    if (!found) return decideArrival({ amount, named, isByHand: false, line: undefined });
    await tx.alsoSee({ people: [found.person] }); // the line's money may lie in shares of other books as well
    const numbers = (await this.queries.fourNumbers(tx, [found.id])).get(found.id)!;
    const rule = (await this.reconciliation.line(tx, arrived.lineId))?.rule;
    return decideArrival({
      amount,
      named,
      isByHand: rule === 'by-hand',
      line: { id: found.id, state: found.state, stillToCome: numbers.stillToCome },
    });
  }

  /** Money that a person sent themselves: no sum was agreed, so all of it is theirs, unless a person has to look (after a death, or said by hand). */
  private async decideOwn(tx: Tx, own: OwnLine, arrived: UnallocatedLine): Promise<ArrivalDecision> {
    await tx.alsoSee({ people: [own.personId] });
    const person = await this.people.find(tx, own.personId);
    const isByHand = (await this.reconciliation.line(tx, arrived.lineId))?.rule === 'by-hand';
    const state = person?.diedOn ? 'ended' : 'open';
    return decideArrival({ amount: arrived.amount, named: own.reference, isByHand, line: { id: own.id, state, stillToCome: arrived.amount } });
  }

  private ownNamed(tx: Tx, book: BookId, reference: string | null): Promise<OwnLine | undefined> {
    return reference?.toUpperCase().startsWith(OWN) ? this.ownLines.named(tx, book, reference) : Promise.resolve(undefined);
  }

  /** Answers what kind of line it was given to. */
  private async give(tx: Tx, reference: string | null, to: BudgetLineId, arrived: UnallocatedLine): Promise<'own-line' | 'budget-line'> {
    const isOwn = reference?.toUpperCase().startsWith(OWN) === true;
    await (isOwn ? this.ownLines : this.budgets).allocateIn(tx, to, arrived.amount, `statement-line:${arrived.lineId}`);
    return isOwn ? 'own-line' : 'budget-line';
  }
}

/** How references of people's own money begin. */
const OWN = 'OWN';
