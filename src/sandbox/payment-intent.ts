import type { StripeObject } from './stripe-objects.js';

/** A payment intent, as Stripe writes it; the fields that the sandbox reads are named. */
export interface PaymentIntent extends StripeObject {
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_received: number;
  readonly customer: string | null;
  readonly description: string | null;
  readonly latest_charge: string | null;
  readonly payment_method: string | null;
  readonly payment_method_types: readonly string[];
  readonly return_url: string | null;
  readonly status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  readonly transfer_group: string | null;
}
