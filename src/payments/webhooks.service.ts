import { Injectable } from '@nestjs/common';
import type { BookId } from '../kernel/index.js';
import { invariant, notFound, systemActor } from '../kernel/index.js';
import type { StoredEvent } from '../platform/index.js';
import { announce, Database } from '../platform/index.js';
import { PayInOutcomes } from './pay-in-outcomes.service.js';
import { PayOuts } from './pay-outs.service.js';
import { readEvent } from './stripe/index.js';
import type { StripeGateway } from './stripe/index.js';
import { StripeAccounts } from './stripe-accounts.service.js';

/** What Stripe tells us of: checked, stored under its own id and answered at once; worked off later from what Stripe then says. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly stripe: StripeAccounts,
    private readonly payIns: PayInOutcomes,
    private readonly payOuts: PayOuts,
  ) {}

  /** Stores an event of a book's Stripe account; without a book, of the demonstration treasurer's. The same event again changes nothing.
   *  Refuses: a book without a Stripe account (not-found), a signature that does not fit the bytes (`signature-not-valid`). */
  async receive(asked: BookId | undefined, rawBody: Buffer, signature: string): Promise<'stored' | 'known'> {
    const book = asked ?? (await this.stripe.bookOfBareAddress());
    const secret = book && (await this.stripe.webhookSecretOf(book));
    if (!book || !secret) throw notFound('This address');
    const event = readEvent(rawBody, signature, secret);
    return this.database.transaction(systemActor('webhooks', { books: [book] }), async (tx) => {
      const added = await tx.run(
        'insert into webhook_event (book_id, stripe_event_id, type, object_id, received_at) values ($1, $2, $3, $4, $5) on conflict (book_id, stripe_event_id) do nothing',
        [book, event.id, event.type, event.objectId, tx.now],
      );
      if (added === 0) return 'known';
      const { id, type, objectId } = event;
      if (!event.isConnected)
        await announce(tx, { name: 'stripeEventReceived', about: { books: [book] }, payload: { bookId: book, stripeEventId: id, type, objectId } });
      return 'stored';
    });
  }

  /** Works an event off with no transaction open: the object is fetched again, so a late or early event says what is true now. */
  async handle(event: StoredEvent): Promise<void> {
    const book = event.payload['bookId'] as BookId;
    const gateway = await this.stripe.gatewayOf(book);
    invariant(gateway, `an event came for book ${book}, which has no Stripe account`);
    const outcome = await this.apply(book, gateway, event.payload['type'] as string, event.payload['objectId'] as string | null);
    await this.database.transaction(systemActor('webhooks', { books: [book] }), (tx) =>
      tx.run('update webhook_event set handled_at = $3, outcome = $4 where book_id = $1 and stripe_event_id = $2', [
        book,
        event.payload['stripeEventId'],
        tx.now,
        outcome,
      ]),
    );
  }

  private async apply(book: BookId, gateway: StripeGateway, type: string, objectId: string | null): Promise<string> {
    if (objectId === null) return 'ignored';
    if (type.startsWith('payment_intent.')) return this.payIns.applyIntent(book, await gateway.intentById(objectId));
    if (type.startsWith('checkout.session.')) {
      const { intentId } = await gateway.checkoutById(objectId);
      return intentId ? this.payIns.applyIntent(book, await gateway.intentById(intentId)) : 'nothing';
    }
    if (type.startsWith('transfer.')) return this.payOuts.applyTransfer(systemActor('payments', { books: [book] }), await gateway.transferById(objectId));
    if (type.startsWith('charge.dispute.')) {
      const dispute = await gateway.disputeById(objectId);
      if (dispute.intentId) await this.payIns.applyIntent(book, await gateway.intentById(dispute.intentId));
      return this.payIns.applyDispute(book, dispute);
    }
    return 'ignored';
  }
}
