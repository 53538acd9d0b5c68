import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can } from '../identity/index.js';
import type { Actor, BookId, PaymentId, Pence, PersonId } from '../kernel/index.js';
import { conflict, dayOf, forbidden, invalid, invariant, newId, notFound, refused, systemActor } from '../kernel/index.js';
import type { AccountKey, Owner } from '../ledger/index.js';
import type { Config, Tx } from '../platform/index.js';
import { announce, CONFIG, Database } from '../platform/index.js';
import { aboutOf, insertPayment, loadPayments, lockPayment, move, payloadOf } from './payment.store.js';
import type { Payment, RemittanceId } from './payment.types.js';
import type { CheckoutFacts, StripeGateway } from './stripe/index.js';
import { StripeAccounts } from './stripe-accounts.service.js';

export interface AskPayIn {
  /** The share (or line) the money is for; its book receives it. */
  readonly to: AccountKey;
  readonly amount: Pence;
  readonly by: 'card' | 'bacs-debit';
  readonly owner: Owner;
  /** The remittance whose second half this is; none for a person's own money. */
  readonly remittance?: RemittanceId | undefined;
  /** Money of the person's own: never collected by a standing permission, which is for the account that holds their direct payment. */
  readonly isOwn?: boolean;
}

/** What a pay-in of somebody's own money is for. */
export const OWN_PAY_IN = 'own-pay-in';

/** Money asked for by card or Direct Debit. */
@Injectable()
export class PayIns {
  constructor(
    private readonly database: Database,
    private readonly stripe: StripeAccounts,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether cards and Direct Debits can be taken in a book; the scope names it. */
  takes(tx: Tx, book: BookId): Promise<boolean> {
    return this.stripe.has(tx, book);
  }

  /** Writes a pay-in; nothing is in the share until it has succeeded (RULE 25). The caller has authorised; the scope names the receiver's
   *  book. Refuses a book without a Stripe account (`no-stripe-account`). */
  async ask(tx: Tx, actor: Actor, asked: AskPayIn): Promise<PaymentId> {
    const { to, amount, by, owner } = asked;
    if (!(await this.stripe.has(tx, to.book)))
      throw refused('no-stripe-account', 'This money-holder does not take cards or Direct Debits. Pay by bank transfer.');
    const id = newId<'payment'>();
    const purpose = asked.remittance ? { noun: 'remittance', id: asked.remittance } : { noun: asked.isOwn ? OWN_PAY_IN : 'pay-in', id };
    await insertPayment(tx, actor, {
      id,
      book: to.book,
      direction: 'in',
      channel: by,
      parts: [{ owner, amount }],
      amount,
      purpose,
      dueOn: dayOf(tx.now),
      toAccount: to,
    });
    const payment = await lockPayment(tx, id);
    await announce(tx, { name: 'payInAsked', about: aboutOf(payment), payload: { ...payloadOf(payment), by } });
    await this.audit.record(tx, actor, { action: 'pay-in:ask', noun: 'payment', nounId: id, book: to.book, facts: { amountPence: String(amount), by } });
    return id;
  }

  /** Keeps the payer's standing permission to collect from them, in place of an older one. */
  async keepMandate(tx: Tx, actor: Actor, mandate: { book: BookId; subject: string; paymentMethod: string; customer?: string | undefined }): Promise<void> {
    tx.write('update debit_mandate set ended_at = $3 where book_id = $1 and subject_id = $2 and ended_at is null', [mandate.book, mandate.subject, tx.now]);
    tx.write('insert into debit_mandate (id, book_id, subject_id, stripe_payment_method_id, stripe_customer_id, made_at) values ($1, $2, $3, $4, $5, $6)', [
      newId(),
      mandate.book,
      mandate.subject,
      mandate.paymentMethod,
      mandate.customer ?? null,
      tx.now,
    ]);
    await this.audit.record(tx, actor, { action: 'mandate:keep', noun: 'debit-mandate', nounId: mandate.subject, book: mandate.book });
  }

  /** The pay-in of a remittance, if the actor may see it. */
  async ofRemittance(actor: Actor, remittance: RemittanceId): Promise<PaymentId> {
    const row = await this.database.read(actor, (tx) => tx.row<{ id: PaymentId | null }>('select pay_in_id as id from remittance where id = $1', [remittance]));
    if (!row?.id) throw notFound('This pay-in');
    return row.id;
  }

  /** Where to pay: the address of Stripe's own page. Opened when first asked, and again after one has expired. For the person whose money it
   *  is, those who act for them, and the receiver's officers. `returnPath` is where the browser goes afterwards, on our own site.
   *  Refuses a pay-in that was paid or has ended (`pay-in-ended`). */
  async address(actor: Actor, payIn: PaymentId, returnPath: string): Promise<string> {
    if (!/^\/(?!\/)[\x21-\x7e]*$/.test(returnPath)) throw invalid('path-not-understood', 'The way back must be a path on this site.');
    const payment = await this.mine(actor, payIn);
    const gateway = await this.stripe.gatewayOf(payment.book);
    invariant(gateway, `pay-in ${payIn} is for a book without a Stripe account`);
    const open = payment.stripeCheckoutId ? await gateway.checkoutById(payment.stripeCheckoutId) : undefined;
    if (open?.state === 'open' && open.url) return open.url;
    if (open?.state === 'complete') throw refused('pay-in-ended', 'This was paid just now. It will show here in a moment.');
    const attempt = open ? payment.attempt + 1 : payment.attempt;
    const page = await this.open(gateway, payment, attempt, returnPath);
    await this.keepPage(payment, page, attempt);
    return page.url!;
  }

  /** Ends the page of a pay-in so that nobody can pay on it any more. Refuses one that is being paid (`pay-in-ended`). */
  async closePage(payment: Payment): Promise<void> {
    if (!payment.stripeCheckoutId) return;
    const gateway = await this.stripe.gatewayOf(payment.book);
    const closed = await gateway?.closeCheckout(payment.stripeCheckoutId);
    if (closed?.state === 'complete') throw refused('pay-in-ended', 'This was paid just now, so it cannot be withdrawn.');
  }

  /** A pay-in the actor may act on, still waiting for its payer. */
  async mine(actor: Actor, id: PaymentId): Promise<Payment> {
    const [payment] = await this.database.read(actor, (tx) => loadPayments(tx, [id], 'look'));
    if (payment?.direction !== 'in') throw notFound('This pay-in');
    const subject = payment.parts[0]?.owner.subject;
    const isTheirs = subject !== undefined && actor.scope.people.includes(subject as PersonId);
    if (!isTheirs && !can(actor, 'remittance:make', { book: payment.book })) throw forbidden();
    if (payment.state !== 'planned' && payment.state !== 'awaiting-payer') throw refused('pay-in-ended', 'This was paid already, or it was withdrawn.');
    return payment;
  }

  private async open(gateway: StripeGateway, payment: Payment, attempt: number, returnPath: string): Promise<CheckoutFacts> {
    const back = `${this.config.publicUrl.replace(/\/$/, '')}${returnPath}`;
    const mark = createHash('sha256').update(back).digest('hex').slice(0, 8);
    const page = await gateway.openCheckout({
      key: `${payment.id}-page-${attempt}-${mark}`,
      paymentId: payment.id,
      amount: payment.amount,
      reference: payment.reference,
      by: payment.channel === 'bacs-debit' ? 'bacs-debit' : 'card',
      successUrl: back,
      cancelUrl: back,
    });
    invariant(page.url, `the page of pay-in ${payment.id} has no address`);
    return page;
  }

  private async keepPage(payment: Payment, page: CheckoutFacts, attempt: number): Promise<void> {
    const actor = systemActor('payments', { books: [payment.book] });
    await this.database.transaction(actor, async (tx) => {
      const now = await lockPayment(tx, payment.id);
      const change = { stripe_checkout_id: page.id, stripe_checkout_url: page.url, attempt };
      if (now.state === 'planned') await move(tx, actor, now, 'ask', change);
      else if (now.state === 'awaiting-payer')
        tx.write('update payment set stripe_checkout_id = $2, stripe_checkout_url = $3, attempt = $4 where id = $1', [now.id, page.id, page.url, attempt]);
      else throw conflict('pay-in-ended', 'This was paid already, or it was withdrawn.');
    });
  }
}
