import { Injectable } from '@nestjs/common';
import type { Actor, BookId, PaymentId } from '../kernel/index.js';
import { dayOf, invariant, systemActor } from '../kernel/index.js';
import { Ledger } from '../ledger/index.js';
import type { StoredEvent, Tx } from '../platform/index.js';
import { Clock, Database, once } from '../platform/index.js';
import { feeEntry, givenBackEntry, ownerOfPayIn, payInEntries, takenBackEntry, unexpectedEntry } from './payment.entries.js';
import { loadPayments, lockPayment, move } from './payment.store.js';
import type { Payment } from './payment.types.js';
import type { PaymentAnswer } from './payments.service.js';
import { answerOf } from './payments.service.js';
import { OWN_PAY_IN, PayIns } from './pay-ins.service.js';
import { Remittances } from './remittances.service.js';
import type { DisputeFacts, IntentFacts } from './stripe/index.js';
import { StripeAccounts } from './stripe-accounts.service.js';

const ANSWER_MAY_COME_MS = 5 * 60_000;

/** What became of pay-ins: the one place where Stripe's word, by answer, webhook or look-up, changes them. */
@Injectable()
export class PayInOutcomes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly payIns: PayIns,
    private readonly remittances: Remittances,
    private readonly stripe: StripeAccounts,
  ) {}

  /** After `payInAsked`, with no transaction open: a Direct Debit with a mandate is collected now; everything else waits for the payer. */
  async collect(event: StoredEvent): Promise<void> {
    const actor = systemActor('payments', event.about);
    const [payment] = await this.database.read(actor, (tx) => loadPayments(tx, [event.payload['paymentId'] as PaymentId], 'look'));
    if (payment?.state !== 'planned' || payment.channel !== 'bacs-debit' || payment.purposeNoun === OWN_PAY_IN) return;
    const gateway = await this.stripe.gatewayOf(payment.book);
    const mandate = await this.database.read(actor, (tx) =>
      tx.row<{ method: string; customer: string | null }>(
        `select stripe_payment_method_id as method, stripe_customer_id as customer from debit_mandate where book_id = $1 and subject_id = $2 and ended_at is null`,
        [payment.book, ownerOfPayIn(payment).subject ?? null],
      ),
    );
    if (!gateway || !mandate) return;
    if (payment.sendingAt) return void (await this.lookUp(payment));
    await this.database.transaction(actor, (tx) => tx.run(`update payment set sending_at = $2 where id = $1 and state = 'planned'`, [payment.id, tx.now]));
    const { id, amount, reference } = payment;
    const outcome = await gateway.debit({ key: id, paymentId: id, amount, reference, paymentMethod: mandate.method, customer: mandate.customer });
    if (outcome.is === 'made') await this.applyIntent(payment.book, await gateway.intentById(outcome.id));
    if (outcome.is === 'refused') await this.fail(payment, outcome.reason);
  }

  /** The payer, or the receiver's officer, withdraws a pay-in that nobody has paid; the money is back where it was. */
  async withdraw(actor: Actor, payIn: PaymentId, key?: string): Promise<PaymentAnswer> {
    const payment = await this.payIns.mine(actor, payIn);
    await this.payIns.closePage(payment);
    return this.database.transaction(await this.actorFor(payment.book, payIn), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payIns.withdraw', input: { payIn } }, async () =>
        answerOf(await this.failIn(tx, actor, payIn, 'It was withdrawn.')),
      ),
    );
  }

  /** Looks up every collection of a book whose answer never came. Answers how many are known now. */
  async resolveUnknown(book: BookId): Promise<number> {
    const actor = systemActor('payments', { books: [book] });
    const before = new Date(this.clock.now().getTime() - ANSWER_MAY_COME_MS);
    const waiting = await this.database.read(actor, async (tx) => {
      const rows = await tx.rows<{ id: PaymentId }>(
        `select id from payment where book_id = $1 and direction = 'in' and state = 'planned' and sending_at < $2 order by id limit 500`,
        [book, before],
      );
      return loadPayments(
        tx,
        rows.map((row) => row.id),
        'look',
      );
    });
    for (const payment of waiting) await this.lookUp(payment);
    return waiting.length;
  }

  /** A payment intent as Stripe now says it is. Twice, late or out of order changes nothing more. */
  async applyIntent(book: BookId, facts: IntentFacts): Promise<'done' | 'nothing'> {
    if (facts.paymentId === null) return 'nothing';
    const actor = await this.actorFor(book, facts.paymentId as PaymentId);
    return this.database.transaction(actor, async (tx) => {
      const [payment] = await loadPayments(tx, [facts.paymentId as PaymentId], 'lock');
      if (payment?.direction !== 'in' || payment.book !== book) return 'nothing';
      if (facts.state === 'succeeded') return this.succeeded(tx, actor, payment, facts);
      const isWaiting = payment.state === 'planned' || payment.state === 'awaiting-payer';
      if (facts.state === 'processing' && isWaiting) await move(tx, actor, payment, 'process', { stripe_payment_intent_id: facts.id });
      else if (
        facts.state === 'failed' &&
        payment.channel === 'bacs-debit' &&
        (payment.state === 'processing' || payment.sendingAt !== null) &&
        payment.state !== 'failed'
      )
        await this.failIn(tx, actor, payment.id, facts.reason ?? 'The bank did not pay.');
      else return 'nothing';
      return 'done';
    });
  }

  /** A payer's bank took the money back, or a dispute was won. Never refused: it is a fact from outside (truth 3). */
  async applyDispute(book: BookId, facts: DisputeFacts): Promise<'done' | 'nothing'> {
    const actor = systemActor('payments', { books: [book] });
    return this.database.transaction(actor, async (tx) => {
      const row = await tx.row<{ id: PaymentId }>(`select id from payment where book_id = $1 and direction = 'in' and stripe_payment_intent_id = $2`, [
        book,
        facts.intentId,
      ]);
      if (!row) return 'nothing';
      const payment = await lockPayment(tx, row.id);
      const fact = { dispute: facts.id, amount: facts.amount, on: dayOf(tx.now) };
      if (!facts.isWon && (payment.state === 'succeeded' || payment.state === 'reconciled')) {
        const fee = facts.fee > 0n ? [feeEntry(book, `payment:${payment.id}:dispute-fee:${facts.id}`, facts.fee, ownerOfPayIn(payment), fact.on)] : [];
        await this.ledger.record(tx, [takenBackEntry(payment, fact), ...fee]);
        await move(tx, actor, payment, 'take-back', {}, 'The payer’s bank took the money back.');
        return 'done';
      }
      if (facts.isWon && payment.state === 'returned') {
        await this.ledger.record(tx, [givenBackEntry(payment, fact)]);
        await move(tx, actor, payment, 'give-back', {}, 'The dispute was won and the money is back.');
        return 'done';
      }
      return 'nothing';
    });
  }

  private async succeeded(tx: Tx, actor: Actor, payment: Payment, facts: IntentFacts): Promise<'done' | 'nothing'> {
    const on = dayOf(tx.now);
    if (payment.stripePaymentIntentId === facts.id && payment.postedAt) return 'nothing';
    const canSucceed = ['planned', 'awaiting-payer', 'processing'].includes(payment.state);
    if (!canSucceed || facts.amount !== payment.amount) return this.unexpected(tx, payment, facts);
    const done = await move(tx, actor, payment, 'succeed', { stripe_payment_intent_id: facts.id, posted_at: tx.now });
    await this.ledger.record(tx, payInEntries(done, { fee: facts.fee, on, remittance: done.purposeNoun === 'remittance' }));
    await this.remittances.arrivedByStripe(tx, actor, done.id, on);
    return 'done';
  }

  /** Paid twice, or paid after it was withdrawn: booked once as nobody's, for a person to decide. */
  private async unexpected(tx: Tx, payment: Payment, facts: IntentFacts): Promise<'done' | 'nothing'> {
    const known = await tx.row('select 1 from entry where book_id = $1 and reference = $2', [payment.book, `stripe:${facts.id}:unexpected`]);
    if (known) return 'nothing';
    const on = dayOf(tx.now);
    const fee = facts.fee > 0n ? [feeEntry(payment.book, `stripe:${facts.id}:fee`, facts.fee, ownerOfPayIn(payment), on)] : [];
    await this.ledger.record(tx, [unexpectedEntry(payment.book, { intent: facts.id, amount: facts.amount, on }), ...fee]);
    return 'done';
  }

  private async fail(payment: Payment, reason: string): Promise<void> {
    const actor = await this.actorFor(payment.book, payment.id);
    await this.database.transaction(actor, async (tx) => {
      const now = await lockPayment(tx, payment.id);
      if (now.state === 'planned' || now.state === 'processing') await this.failIn(tx, actor, payment.id, reason);
    });
  }

  private async failIn(tx: Tx, actor: Actor, id: PaymentId, reason: string): Promise<Payment> {
    const failed = await move(tx, actor, await lockPayment(tx, id), 'fail', {}, reason);
    await this.remittances.failedPayIn(tx, actor, id);
    return failed;
  }

  private async lookUp(payment: Payment): Promise<void> {
    const gateway = await this.stripe.gatewayOf(payment.book);
    invariant(gateway, `pay-in ${payment.id} was sent to Stripe and its book has no account there`);
    const found = await gateway.findIntent(payment.id);
    if (found) await this.applyIntent(payment.book, found);
    else if (payment.sendingAt && this.clock.now().getTime() - payment.sendingAt.getTime() > ANSWER_MAY_COME_MS)
      await this.fail(payment, 'Stripe never received it.');
  }

  /** Sees the receiver's book, and the sender's when the pay-in is half of a remittance. */
  private async actorFor(book: BookId, payIn: PaymentId): Promise<Actor> {
    const remittance = await this.database.read(systemActor('payments', { books: [book] }), (tx) =>
      tx.row<{ from: BookId }>('select from_book_id as "from" from remittance where pay_in_id = $1', [payIn]),
    );
    return systemActor('payments', { books: remittance ? [book, remittance.from] : [book] });
  }
}
