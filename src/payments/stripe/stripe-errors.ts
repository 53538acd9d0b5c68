import { Stripe } from 'stripe';
import type { SendOutcome } from './stripe-gateway.js';

/** Timeout, dropped connection, 5xx, unreadable JSON, a key in use or reused, too many requests: it may have acted, so we do not know.
 *  Refused means that Stripe says it did nothing. Anything that is not Stripe's error is ours and passes through. */
export function outcomeOfError(error: unknown): SendOutcome {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const status = error.statusCode ?? 0;
  const isClear = status >= 400 && status < 500 && status !== 409 && status !== 429 && !(error instanceof Stripe.errors.StripeIdempotencyError);
  if (isClear) return { is: 'refused', code: error.code ?? error.type, reason: error.message.slice(0, 300) };
  return { is: 'unknown', reason: `${error.type}${status ? ` ${status}` : ''}` };
}
