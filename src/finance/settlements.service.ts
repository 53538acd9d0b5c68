import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Budgets } from '../budgets/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, OrganisationId, PaymentId, Pence, PersonId } from '../kernel/index.js';
import { conflict, dayOf, invalid, newId, notFound, penceAsNumber, refused, systemActor } from '../kernel/index.js';
import { Books, Ledger } from '../ledger/index.js';
import { Payments } from '../payments/index.js';
import { Leaving } from '../pools/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { Matching, ReconciliationQueries } from '../reconciliation/index.js';
import type { BookPayBack, CoverGap, ReturnCover, SettleFees } from './settlement.dto.js';
import type { ArrivedMoney } from './settlement.entries.js';
import { coverEntry, coverReturnEntry, feesPaidEntry, payBackEntry } from './settlement.entries.js';
import { SettlementQueries } from './settlement.queries.js';
import { takeTurns } from './take-turns.js';
import { checkCover, decideFees, decidePayBack, decideReturn } from './settlement.rules.js';

/** What was settled, and what is left to settle: plain JSON. */
export interface Settled {
  readonly book: BookId;
  readonly settledPence: number;
  readonly leftPence: number;
}

/** Debts to a book made good with money that came in: a member's, the gap it leaves, and fees. An officer decides about a bank line that
 *  is nobody's yet; all of it becomes what they say, once. */
@Injectable()
export class Settlements {
  constructor(
    private readonly database: Database,
    private readonly reconciliation: ReconciliationQueries,
    private readonly matching: Matching,
    private readonly ledger: Ledger,
    private readonly books: Books,
    private readonly budgets: Budgets,
    private readonly payments: Payments,
    private readonly leaving: Leaving,
    private readonly queries: SettlementQueries,
    private readonly audit: Audit,
  ) {}

  /** A member pays back what they owe the book (truth 3): their free shares are free again by as much. What they paid beyond it goes to a
   *  line of their own in this book. Refuses: nothing-owed, rest-has-no-line. */
  payBack(actor: Actor, book: BookId, command: BookPayBack, key?: string): Promise<Settled> {
    return this.settle(actor, book, command, { name: 'payBack', person: command.personId, key }, async (tx, arrived) => {
      const debt = await this.queries.debtOf(tx, book, command.personId);
      const { back, rest } = decidePayBack(debt, arrived.amount);
      await this.ledger.record(tx, [payBackEntry({ ...arrived, amount: back }, command.personId)]);
      if (rest > 0n) await this.giveRest(tx, arrived, command, rest);
      await this.leaving.askForUnblocked(tx, book, command.personId);
      return { settled: back, left: (debt.owes - back) as Pence };
    });
  }

  /** The money-holder puts its own money in where a member's debt left a gap, so that payments need nobody else's (truth 3). The member
   *  goes on owing it. Refuses: no-money-holder, more-than-the-gap. */
  cover(actor: Actor, book: BookId, command: CoverGap, key?: string): Promise<Settled> {
    return this.settle(actor, book, command, { name: 'cover', person: command.personId, key }, async (tx, arrived) => {
      const debt = await this.queries.debtOf(tx, book, command.personId);
      checkCover(debt, arrived.amount);
      await this.ledger.record(tx, [coverEntry(arrived, command.personId, await this.moneyHolderOf(tx, book))]);
      return { settled: arrived.amount, left: (debt.owes - debt.covered - arrived.amount) as Pence };
    });
  }

  /** Fees that whoever the agreement names has paid. Refuses: contributor-not-named, more-than-due. */
  fees(actor: Actor, book: BookId, command: SettleFees, key?: string): Promise<Settled> {
    return this.settle(actor, book, command, { name: 'fees', person: command.personId, key }, async (tx, arrived) => {
      const due = await this.queries.feesOf(tx, book);
      const payer = { owedBy: command.owedBy, pool: command.poolId, person: command.personId };
      await this.ledger.record(tx, [feesPaidEntry(arrived, decideFees(due, payer, arrived.amount))]);
      const all = due.reduce((sum, each) => sum + each.amount, 0n);
      return { settled: arrived.amount, left: (all - arrived.amount) as Pence };
    });
  }

  /** Cover that is needed no more goes back to the money-holder: a payment is planned, which two people decide about like any other
   *  (truth 7). Refuses: nothing-to-return. */
  async returnCover(actor: Actor, book: BookId, command: ReturnCover, key?: string): Promise<Settled & { paymentId: PaymentId }> {
    requireAccess(actor, 'payment:prepare', { book });
    const { personId } = command;
    return this.database.transaction(systemActor('finance', { books: [book], people: [personId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'settlements.returnCover', input: { book, ...command } }, async () => {
        await takeTurns(tx, book);
        const amount = decideReturn(await this.queries.debtOf(tx, book, personId));
        const moneyHolder = await this.moneyHolderOf(tx, book);
        const id = newId();
        await this.ledger.record(tx, [coverReturnEntry({ book, id, amount, on: dayOf(tx.now) }, personId, moneyHolder)]);
        const paymentId = await this.payments.planPayOut(tx, actor, {
          book,
          payeeSubject: moneyHolder,
          amount,
          parts: [{ owner: { subject: personId }, amount }],
          purpose: { noun: 'cover', id },
        });
        await this.audit.record(tx, actor, {
          action: 'debt:return-cover',
          noun: 'book',
          nounId: book,
          book,
          about: personId,
          facts: { amountPence: penceAsNumber(amount) },
        });
        return { book, settledPence: penceAsNumber(amount), leftPence: 0, paymentId };
      }),
    );
  }

  /** The way of the three: the line is taken, the debt is read when nobody else can change it, the entry posted. */
  private async settle(
    actor: Actor,
    book: BookId,
    command: { readonly statementLine: string },
    what: { readonly name: 'payBack' | 'cover' | 'fees'; readonly person: PersonId | undefined; readonly key: string | undefined },
    post: (tx: Tx, arrived: ArrivedMoney) => Promise<{ settled: Pence; left: Pence }>,
  ): Promise<Settled> {
    requireAccess(actor, 'match:make', { book });
    const { name, person, key } = what;
    const about = person === undefined ? [] : [person];
    return this.database.transaction(systemActor('finance', { books: [book], people: about }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: `settlements.${name}`, input: { book, ...command } }, async () => {
        await takeTurns(tx, book);
        const [line] = await this.reconciliation.unallocatedLines(tx, book, command.statementLine);
        if (!line) throw notFound('This money');
        if (!(await this.matching.allocated(tx, line.lineId)))
          throw conflict('already-allocated', 'Somebody else has just said what this money is. Look at the line again.');
        const { settled, left } = await post(tx, { book, statementLine: line.lineId, amount: line.amount, on: dayOf(tx.now) });
        const [settledPence, leftPence] = [penceAsNumber(settled), penceAsNumber(left)];
        await announce(tx, { name: 'debtSettled', about: { books: [book], people: about }, payload: { bookId: book, how: name, amountPence: settledPence } });
        await this.audit.record(tx, actor, {
          action: `debt:${name}`,
          noun: 'book',
          nounId: book,
          book,
          about: person,
          facts: { statementLine: line.lineId, amountPence: settledPence },
        });
        return { book, settledPence, leftPence };
      }),
    );
  }

  /** What a member paid beyond their debt is theirs: it needs a line of their own in this book. */
  private async giveRest(tx: Tx, arrived: ArrivedMoney, command: BookPayBack, rest: Pence): Promise<void> {
    const reference = command.restReference ?? '';
    const line = await this.budgets.byReference(tx, arrived.book, reference);
    const owner = line && (await tx.row<{ person: PersonId }>('select person_id as person from budget_line where id = $1', [line]));
    if (!line || owner?.person !== command.personId)
      throw invalid('rest-has-no-line', 'More was paid than was owed. Say which budget line of this person gets the rest.', [
        { field: 'restReference', message: 'Enter the reference of a line of this person in this book.' },
      ]);
    await this.budgets.allocateIn(tx, line, rest, `statement-line:${arrived.statementLine}`);
  }

  /** The body that holds the book. A person's own account has nobody who could cover it (`no-money-holder`). */
  private async moneyHolderOf(tx: Tx, id: BookId): Promise<OrganisationId> {
    const book = await this.books.find(tx, id);
    if (!book?.organisationId) throw refused('no-money-holder', 'This account is a person’s own: no money-holder stands behind it.');
    return book.organisationId;
  }
}
