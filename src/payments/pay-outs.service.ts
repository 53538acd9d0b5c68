import { Injectable } from '@nestjs/common';
import type { Actor, LocalDate, PaymentId } from '../kernel/index.js';
import { conflict, dayOf, DomainError, invariant, systemActor } from '../kernel/index.js';
import type { Book } from '../ledger/index.js';
import { Books, Ledger } from '../ledger/index.js';
import type { StoredEvent, Tx } from '../platform/index.js';
import { Clock, Database } from '../platform/index.js';
import { Coverages } from './coverage.service.js';
import { Payees } from './payees.service.js';
import { paymentEntry, returnEntry } from './payment.entries.js';
import { channelOf, coverPayment, outsideKey } from './payment.rules.js';
import type { Coverage } from './payment.rules.js';
import { loadPayments, lockPayment, move } from './payment.store.js';
import type { Payment } from './payment.types.js';
import type { SendOutcome, StripeGateway, TransferFacts } from './stripe/index.js';
import { StripeAccounts } from './stripe-accounts.service.js';

/** How long an answer of Stripe may still be under way: three attempts of 10 seconds, and a wide margin. Our judgement, November 2026. */
const ANSWER_MAY_COME_MS = 5 * 60_000;

const actorOf = (event: StoredEvent): Actor => systemActor('payments', event.about);

/** Sending what was approved, and what became of it. */
@Injectable()
export class PayOuts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly books: Books,
    private readonly ledger: Ledger,
    private readonly payees: Payees,
    private readonly coverages: Coverages,
    private readonly stripe: StripeAccounts,
  ) {}

  /** After an approval, with no transaction open: chooses the channel, and sends what goes by Stripe. Safe to run again: a payment found in
   *  the middle of sending is never sent again but asked after. */
  async dispatch(event: StoredEvent): Promise<void> {
    const actor = actorOf(event);
    const id = event.payload['paymentId'] as PaymentId;
    const [payment] = await this.database.read(actor, (tx) => loadPayments(tx, [id], 'look'));
    if (payment?.state === 'sending') return this.loseSight(actor, payment);
    if (payment?.state !== 'approved' || payment.channel !== null) return;
    const gateway = await this.stripe.gatewayOf(payment.book);
    const available = gateway ? await gateway.available() : null;
    if (channelOf('cash', payment.amount, available) !== 'stripe' || !gateway) return this.chooseFile(actor, id);
    const destination = await this.beginSending(actor, id);
    if (destination === undefined) return;
    const outcome = await gateway.transfer({ key: outsideKey(payment), paymentId: id, amount: payment.amount, destination, reference: payment.reference });
    await this.recordOutcome(actor, id, outcome);
  }

  /** After `paymentUnknown`: asks at once; what cannot be told yet is left to the job. */
  async ask(event: StoredEvent): Promise<void> {
    const actor = actorOf(event);
    const [payment] = await this.database.read(actor, (tx) => loadPayments(tx, [event.payload['paymentId'] as PaymentId], 'look'));
    if (payment) await this.resolve(actor, payment);
  }

  /** The job's work on one book: every payment whose fate we do not know is looked up. Answers how many are known now. */
  async resolveUnknown(book: Payment['book']): Promise<number> {
    const actor = systemActor('payments', { books: [book] });
    const before = new Date(this.clock.now().getTime() - ANSWER_MAY_COME_MS);
    const waiting = await this.database.read(actor, async (tx) => {
      const rows = await tx.rows<{ id: PaymentId }>(
        `select id from payment where book_id = $1 and direction = 'out' and (state = 'unknown' or (state = 'sending' and sending_at < $2)) order by id limit 500`,
        [book, before],
      );
      return loadPayments(
        tx,
        rows.map((row) => row.id),
        'look',
      );
    });
    let known = 0;
    for (const payment of waiting) {
      if (payment.state === 'sending') await this.loseSight(actor, payment);
      if (await this.resolve(actor, payment)) known += 1;
    }
    return known;
  }

  /** Stripe's own word on a transfer, from a webhook or a look-up; the answer to our call ends in the same place. */
  async applyTransfer(actor: Actor, facts: TransferFacts): Promise<'done' | 'nothing'> {
    if (facts.paymentId === null) return 'nothing';
    return this.database.transaction(actor, async (tx) => {
      const [payment] = await loadPayments(tx, [facts.paymentId as PaymentId], 'lock');
      if (!payment || payment.direction !== 'out') return 'nothing';
      const sent = await this.transferMade(tx, actor, payment, facts.id);
      const now = sent ?? payment;
      if (facts.isReversed && now.stripeTransferId === facts.id && now.state === 'settled')
        await this.returned(tx, actor, now.id, { on: dayOf(tx.now), reason: 'Stripe took the transfer back.' });
      else if (!sent) return 'nothing';
      return 'done';
    });
  }

  /** The money came back (bank statement, payer's report, Stripe): the debt to the payee stands again. Done twice, it is done once. */
  async returned(tx: Tx, actor: Actor, id: PaymentId, facts: { on: LocalDate; reason: string }): Promise<Payment> {
    const payment = await lockPayment(tx, id);
    if (payment.state === 'returned') return payment;
    if (payment.purposeNoun === 'remittance') {
      if (payment.postedAt) throw conflict('remittance-arrived', 'This remittance is booked as arrived, so it cannot have come back.');
      return move(tx, actor, payment, 'return', {}, facts.reason);
    }
    const book = await this.bookOf(tx, payment);
    await this.ledger.record(tx, [returnEntry(payment, book.basis, facts.on)]);
    return move(tx, actor, payment, 'return', { posted_at: null }, facts.reason);
  }

  /** It reached the payee as far as the bank or the payer says. Done twice, it is done once. */
  async settled(tx: Tx, actor: Actor, id: PaymentId): Promise<Payment> {
    const payment = await lockPayment(tx, id);
    return payment.state === 'settled' || payment.state === 'reconciled' ? payment : move(tx, actor, payment, 'settle');
  }

  /** Found on the statement: settled if it was not, and reconciled. Done twice, it is done once. */
  async reconciled(tx: Tx, actor: Actor, id: PaymentId): Promise<Payment> {
    const payment = await lockPayment(tx, id);
    if (payment.state === 'reconciled') return payment;
    return move(tx, actor, payment.state === 'settled' || payment.direction === 'in' ? payment : await move(tx, actor, payment, 'settle'), 'reconcile');
  }

  private async chooseFile(actor: Actor, id: PaymentId): Promise<void> {
    await this.database.transaction(actor, (tx) =>
      tx.run(`update payment set channel = 'bank-file', changed_at = $2 where id = $1 and state = 'approved' and channel is null`, [id, tx.now]),
    );
  }

  /** Writes down that it is being sent, before it is. Answers where to, or undefined when it may not go now (held, or somebody else's money
   *  would be needed). */
  private async beginSending(actor: Actor, id: PaymentId): Promise<string | undefined> {
    return this.database.transaction(actor, async (tx) => {
      const payment = await lockPayment(tx, id);
      if (payment.state !== 'approved' || payment.channel !== null || !payment.payee) return undefined;
      const payee = await this.payees.find(tx, payment.payee);
      if (payee?.state !== 'checked' || !payee.stripeAccountId) {
        await move(tx, actor, payment, 'hold', {}, 'The payee’s details changed after the approval.');
        return undefined;
      }
      if (!(await this.coverOrHold(tx, actor, payment, await this.coverages.of(tx, payment.book, [payment.id])))) return undefined;
      await move(tx, actor, payment, 'send', { channel: 'stripe', sending_at: tx.now });
      return payee.stripeAccountId;
    });
  }

  /** Truth 3 again at the moment of leaving, since facts from outside may have come after the approval. Answers what the book holds
   *  afterwards; what is not covered is held, and undefined. */
  async coverOrHold(tx: Tx, actor: Actor, payment: Payment, coverage: Coverage): Promise<Coverage | undefined> {
    try {
      return coverPayment(coverage, payment.parts);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'would-use-others-money') throw error;
      await move(tx, actor, payment, 'hold', {}, error.message);
      return undefined;
    }
  }

  private async recordOutcome(actor: Actor, id: PaymentId, outcome: SendOutcome): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const payment = await lockPayment(tx, id);
      if (outcome.is === 'made') await this.transferMade(tx, actor, payment, outcome.id);
      if (payment.state !== 'sending' || outcome.is === 'made') return;
      if (outcome.is === 'unknown') await move(tx, actor, payment, 'lose-sight', {}, outcome.reason);
      else if (outcome.code === 'balance_insufficient') await move(tx, actor, payment, 'fall-back', { channel: 'bank-file', sending_at: null }, outcome.reason);
      else await move(tx, actor, payment, 'fail', {}, outcome.reason);
    });
  }

  /** The one place where a Stripe pay-out becomes sent, whoever says so first. Undefined when it was so already. */
  private async transferMade(tx: Tx, actor: Actor, payment: Payment, transferId: string): Promise<Payment | undefined> {
    if (payment.stripeTransferId === transferId) return undefined;
    const sent = await move(tx, actor, payment, 'made', { stripe_transfer_id: transferId, posted_at: tx.now });
    await this.ledger.record(tx, [paymentEntry(sent, (await this.bookOf(tx, sent)).basis, dayOf(tx.now))]);
    return move(tx, actor, sent, 'settle');
  }

  private async loseSight(actor: Actor, payment: Payment): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const now = await lockPayment(tx, payment.id);
      if (now.state === 'sending') await move(tx, actor, now, 'lose-sight', {}, 'The sending was interrupted.');
    });
  }

  /** Asks Stripe whether the payment was made. Only when it says no after every answer could have come is it failed. */
  private async resolve(actor: Actor, payment: Payment): Promise<boolean> {
    const gateway: StripeGateway | undefined = await this.stripe.gatewayOf(payment.book);
    invariant(gateway, `book ${payment.book} has sent a payment by Stripe and has no account there`);
    const found = await gateway.findTransfer(payment.id);
    if (found) return (await this.applyTransfer(actor, found)) === 'done';
    return this.database.transaction(actor, async (tx) => {
      const now = await lockPayment(tx, payment.id);
      if (now.state !== 'unknown' || !now.sendingAt || tx.now.getTime() - now.sendingAt.getTime() < ANSWER_MAY_COME_MS) return false;
      await move(tx, actor, now, 'fail', {}, 'Stripe never received it. It can be planned again.');
      return true;
    });
  }

  private async bookOf(tx: Tx, payment: Payment): Promise<Book> {
    const book = await this.books.find(tx, payment.book);
    invariant(book, `payment ${payment.id} has no book in scope`);
    return book;
  }
}
