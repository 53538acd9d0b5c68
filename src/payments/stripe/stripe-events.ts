import { Stripe } from 'stripe';
import { DomainError } from '../../kernel/index.js';
import type { EventEnvelope } from './stripe-gateway.js';

/** Reads an event after checking its signature over the very bytes received. Refuses anything else (`signature-not-valid`). */
export function readEvent(rawBody: Buffer, signature: string, webhookSecret: string): EventEnvelope {
  let event: Stripe.Event;
  try {
    event = Stripe.webhooks.constructEvent(rawBody, signature, webhookSecret);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)
      throw new DomainError('invalid', 'signature-not-valid', 'This did not come from Stripe, or it was changed on the way.');
    throw error;
  }
  const object = event.data.object as { id?: unknown };
  return {
    id: event.id,
    type: event.type,
    objectId: typeof object.id === 'string' ? object.id : null,
    isConnected: event.account !== undefined && event.account !== null,
  };
}
