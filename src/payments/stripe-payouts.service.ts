import { Injectable } from '@nestjs/common';
import type { Actor, BookId, PaymentId } from '../kernel/index.js';
import { addDays, startOfDay } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { loadPayments, move } from './payment.store.js';
import type { PayoutLine } from './payout.rules.js';
import { payoutOfLine } from './payout.rules.js';
import { StripeAccounts } from './stripe-accounts.service.js';

/** A pay-out was made at most this many days before the bank shows it. Our judgement, November 2026. */
const MADE_WITHIN_DAYS = 14;

/** Which pay-ins a pay-out of Stripe brought to the bank. The room of reconciliation, which knows the statement, asks. */
@Injectable()
export class StripePayouts {
  constructor(private readonly stripe: StripeAccounts) {}

  /** The intents of all pay-ins that lie in the pay-out that this line is; none when Stripe knows no such pay-out, or does not say what is in it
   *  (it says so of its own, automatic ones). Asks over the network: no transaction may be open. */
  async intentsShownBy(book: BookId, line: PayoutLine): Promise<string[]> {
    const gateway = await this.stripe.gatewayOf(book);
    if (!gateway) return [];
    const payout = payoutOfLine(line, await gateway.payoutsSince(startOfDay(addDays(line.day, -MADE_WITHIN_DAYS))));
    return payout ? gateway.intentsInPayout(payout.id) : [];
  }

  /** The bank has shown the pay-out: its pay-ins are reconciled. Done twice, it is done once. Answers how many changed. */
  async seen(tx: Tx, actor: Actor, book: BookId, intents: readonly string[]): Promise<number> {
    const payIns = await this.ofIntents(tx, book, intents, 'succeeded');
    for (const payIn of payIns) await move(tx, actor, payIn, 'reconcile');
    return payIns.length;
  }

  /** The match was undone: the bank has not shown it after all. */
  async notSeen(tx: Tx, actor: Actor, book: BookId, intents: readonly string[]): Promise<number> {
    const payIns = await this.ofIntents(tx, book, intents, 'reconciled');
    for (const payIn of payIns) await move(tx, actor, payIn, 'not-seen');
    return payIns.length;
  }

  private async ofIntents(
    tx: Tx,
    book: BookId,
    intents: readonly string[],
    state: 'succeeded' | 'reconciled',
  ): Promise<Awaited<ReturnType<typeof loadPayments>>> {
    const rows = await tx.rows<{ id: PaymentId }>(
      `select id from payment where book_id = $1 and direction = 'in' and state = $3 and stripe_payment_intent_id = any($2) order by id`,
      [book, intents, state],
    );
    const payIns = await loadPayments(
      tx,
      rows.map((row) => row.id),
      'lock',
    );
    return payIns.filter((payIn) => payIn.state === state);
  }
}
