import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, PaymentId, Pence } from '../kernel/index.js';
import { conflict, dayOf, invariant, newId, notFound, penceAsNumber, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once, sqlStateOf } from '../platform/index.js';
import { Approvals } from './approvals.service.js';
import { Payees } from './payees.service.js';
import type { PayOutAction } from './payment.lifecycle.js';
import { checkParts, oneBook } from './payment.rules.js';
import { insertPayment, loadPayments, lockPayment, lockPayments, move, naming } from './payment.store.js';
import type { PaymentChange } from './payment.store.js';
import type { Channel, PayeeId, Payment, PaymentPart, Purpose } from './payment.types.js';

export interface PlanPayOut {
  readonly book: BookId;
  /** Whom to pay; or `payeeSubject`, the provider, person or book, whose payee is then looked up. */
  readonly payee?: PayeeId | undefined;
  readonly payeeSubject?: string | undefined;
  readonly amount: Pence;
  readonly parts: readonly PaymentPart[];
  readonly purpose: Purpose;
  /** What the payee calls it: an invoice number. */
  readonly reference?: string | undefined;
  /** The day by which to pay; today when absent. */
  readonly dueOn?: LocalDate | undefined;
  /** Only to force a bank file; otherwise chosen when it leaves. */
  readonly channel?: Extract<Channel, 'bank-file'> | undefined;
}

/** What a command about payments answers: plain JSON. */
export interface PaymentAnswer {
  readonly id: PaymentId;
  readonly state: string;
  readonly reference: string;
  readonly amountPence: number;
}

export const answerOf = (payment: Payment): PaymentAnswer => ({
  id: payment.id,
  state: payment.state,
  reference: payment.reference,
  amountPence: penceAsNumber(payment.amount),
});

/** Starting a payment over clears who decided it and how it left. */
const AFRESH: PaymentChange = {
  prepared_by: null,
  prepared_at: null,
  approved_by: null,
  approved_at: null,
  decided_alone: false,
  channel: null,
  sending_at: null,
};

/** Pay-outs until they leave: planned, prepared by one person, approved by another, held, called off, planned again. */
@Injectable()
export class Payments {
  constructor(
    private readonly database: Database,
    private readonly payees: Payees,
    private readonly approvals: Approvals,
    private readonly audit: Audit,
  ) {}

  /** Writes a payment in state `planned`, in the caller's transaction, whose scope names the book. One whose payee is not known yet is
   *  held, so that no invoice is lost. Refuses: parts-do-not-add-up, payee of another book (not-found), already-planned. */
  async planPayOut(tx: Tx, actor: Actor, plan: PlanPayOut): Promise<PaymentId> {
    checkParts(plan.amount, plan.parts);
    invariant(plan.payee ?? plan.payeeSubject, 'a pay-out has a payee or says whom it is for');
    const payee = plan.payee ? await this.payees.find(tx, plan.payee) : await this.payees.ofSubject(tx, plan.book, plan.payeeSubject!);
    if ((plan.payee && !payee) || (payee && payee.book !== plan.book)) throw notFound('This payee');
    const id = newId<'payment'>();
    const { book, amount, parts, purpose, channel } = plan;
    await insertPayment(tx, actor, {
      id,
      book,
      direction: 'out',
      payee: payee?.id,
      payeeSubject: payee?.subject ?? plan.payeeSubject,
      channel,
      parts,
      amount,
      purpose,
      dueOn: plan.dueOn ?? dayOf(tx.now),
      payeeReference: plan.reference,
    }).catch((error: unknown) => {
      throw sqlStateOf(error) === '23505' ? conflict('already-planned', 'A payment for this is planned already.') : error;
    });
    if (!payee)
      await move(tx, actor, await lockPayment(tx, id), 'hold', {}, 'We do not know yet where to pay this. Enter the payee’s details, then release it.');
    await this.audit.record(tx, actor, {
      action: 'payment:plan',
      noun: 'payment',
      nounId: id,
      book,
      facts: { amountPence: String(amount), for: purpose.noun, forId: purpose.id },
    });
    return id;
  }

  /** The maker's step. Refuses payments that are not planned, and those of several books. */
  async prepare(actor: Actor, command: { payments: readonly PaymentId[] }, key?: string): Promise<PaymentAnswer[]> {
    const book = await this.bookOf(actor, command.payments, 'payment:prepare');
    return this.database.transaction(systemActor('payments', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payments.prepare', input: command }, async () =>
        (await this.prepareIn(tx, actor, command.payments)).map(answerOf),
      ),
    );
  }

  /** The same inside the caller's transaction: for pay runs. The scope names the book. */
  async prepareIn(tx: Tx, actor: Actor, ids: readonly PaymentId[]): Promise<Payment[]> {
    const payments = await lockPayments(tx, ids);
    const book = oneBook(payments);
    requireAccess(actor, 'payment:prepare', { book });
    const done: Payment[] = [];
    for (const payment of payments) {
      const change = { prepared_by: actor.id, prepared_at: tx.now };
      done.push(await move(tx, actor, payment, 'prepare', change).catch((error: unknown) => Promise.reject(naming(payment, error))));
    }
    await this.audit.recordAll(
      tx,
      actor,
      done.map((p) => ({ action: 'payment:prepare', noun: 'payment', nounId: p.id, book })),
    );
    return done;
  }

  /** The checker's step, all or none; announces `paymentApproved` for each. See `Approvals`. */
  async approve(actor: Actor, command: { payments: readonly PaymentId[] }, key?: string): Promise<PaymentAnswer[]> {
    const system = await this.approvals.actorFor(actor, command.payments);
    return this.database.transaction(system, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payments.approve', input: command }, async () =>
        (await this.approvals.approveIn(tx, actor, command.payments)).map(answerOf),
      ),
    );
  }

  /** Stops a payment that has not left, for a reason that people will read. */
  async hold(actor: Actor, command: { payment: PaymentId; reason: string }, key?: string): Promise<PaymentAnswer> {
    return this.step(actor, command, 'payments.hold', key, (tx) => this.holdIn(tx, actor, command.payment, command.reason));
  }

  async holdIn(tx: Tx, actor: Actor, id: PaymentId, reason: string): Promise<Payment> {
    return this.moved(tx, actor, id, 'hold', {}, reason);
  }

  /** Lets a held payment go back to `planned`: it is prepared and approved anew. A missing payee is looked up again. */
  async release(actor: Actor, command: { payment: PaymentId }, key?: string): Promise<PaymentAnswer> {
    return this.step(actor, command, 'payments.release', key, (tx) => this.releaseIn(tx, actor, command.payment));
  }

  async releaseIn(tx: Tx, actor: Actor, id: PaymentId): Promise<Payment> {
    const payment = await lockPayment(tx, id);
    const payee = payment.payee === null && payment.payeeSubject ? await this.payees.ofSubject(tx, payment.book, payment.payeeSubject) : undefined;
    return this.moved(tx, actor, id, 'release', { ...AFRESH, ...(payee ? { payee_id: payee.id } : {}) }, null);
  }

  /** Calls off a payment that is planned, held, failed or came back: it will not be paid. */
  async recall(actor: Actor, command: { payment: PaymentId; reason: string }, key?: string): Promise<PaymentAnswer> {
    return this.step(actor, command, 'payments.recall', key, (tx) => this.moved(tx, actor, command.payment, 'recall', {}, command.reason));
  }

  /** Plans a failed or returned payment again, as its next attempt, with new keys towards the outside. */
  async planAgain(actor: Actor, command: { payment: PaymentId }, key?: string): Promise<PaymentAnswer> {
    return this.step(actor, command, 'payments.planAgain', key, async (tx) => {
      const payment = await lockPayment(tx, command.payment);
      return this.moved(
        tx,
        actor,
        payment.id,
        'plan-again',
        { ...AFRESH, attempt: payment.attempt + 1, file_id: null, stripe_transfer_id: null, posted_at: null },
        null,
      );
    });
  }

  private async moved(tx: Tx, actor: Actor, id: PaymentId, action: PayOutAction, change: PaymentChange, reason: string | null): Promise<Payment> {
    const payment = await lockPayment(tx, id);
    mayDecide(actor, 'payment:hold', payment.book);
    const after = await move(tx, actor, payment, action, change, reason);
    await this.audit.record(tx, actor, { action: `payment:${action}`, noun: 'payment', nounId: id, book: payment.book, ...(reason ? { why: reason } : {}) });
    return after;
  }

  private async step<C extends { payment: PaymentId }>(
    actor: Actor,
    command: C,
    name: string,
    key: string | undefined,
    work: (tx: Tx) => Promise<Payment>,
  ): Promise<PaymentAnswer> {
    const book = await this.bookOf(actor, [command.payment], 'payment:hold');
    return this.database.transaction(systemActor('payments', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: name, input: command }, async () => answerOf(await work(tx))),
    );
  }

  /** The one book of the payments, after asking whether the actor may see them and do this. */
  private async bookOf(actor: Actor, ids: readonly PaymentId[], permission: string): Promise<BookId> {
    const seen = await this.database.read(actor, (tx) => loadPayments(tx, ids, 'look'));
    if (seen.length !== ids.length) throw notFound('This payment');
    const book = oneBook(seen);
    mayDecide(actor, permission, book);
    return book;
  }
}

/** The officers of a book by the permission; in a person's own book its holder too. */
function mayDecide(actor: Actor, permission: string, book: BookId): void {
  if (!can(actor, 'own-account:pay', { book })) requireAccess(actor, permission, { book });
}
