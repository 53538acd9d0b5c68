import type { Pence } from '../../kernel/index.js';
import type { PayoutFacts } from '../payout.rules.js';

/** How asking Stripe to move money ended. `unknown`: it may have acted; ask, never send again. */
export type SendOutcome =
  | { readonly is: 'made'; readonly id: string }
  | { readonly is: 'refused'; readonly code: string; readonly reason: string }
  | { readonly is: 'unknown'; readonly reason: string };

/** A payment intent as far as we care. Stripe's vocabulary becomes ours here and nowhere else. */
export interface IntentFacts {
  readonly id: string;
  readonly paymentId: string | null;
  readonly state: 'waiting' | 'processing' | 'succeeded' | 'failed';
  readonly amount: Pence;
  /** What Stripe kept; known once it has succeeded. */
  readonly fee: Pence;
  readonly reason: string | null;
}

export interface TransferFacts {
  readonly id: string;
  readonly paymentId: string | null;
  readonly amount: Pence;
  readonly isReversed: boolean;
}

export interface DisputeFacts {
  readonly id: string;
  readonly intentId: string | null;
  readonly amount: Pence;
  readonly fee: Pence;
  /** The money has come back to the balance. */
  readonly isWon: boolean;
}

export interface CheckoutFacts {
  readonly id: string;
  readonly url: string | null;
  readonly intentId: string | null;
  readonly state: 'open' | 'complete' | 'expired';
}

export interface NewTransfer {
  readonly key: string;
  readonly paymentId: string;
  readonly amount: Pence;
  /** The payee's connected account. */
  readonly destination: string;
  readonly reference: string;
}

export interface NewCheckout {
  readonly key: string;
  readonly paymentId: string;
  readonly amount: Pence;
  readonly reference: string;
  readonly by: 'card' | 'bacs-debit';
  readonly successUrl: string;
  readonly cancelUrl: string;
}

export interface NewDebit {
  readonly key: string;
  readonly paymentId: string;
  readonly amount: Pence;
  readonly reference: string;
  readonly paymentMethod: string;
  readonly customer: string | null;
}

/** One book's Stripe account. Every call goes over the network: no transaction may be open. */
export interface StripeGateway {
  /** What the account can send now, in pence; never below zero. */
  available(): Promise<Pence>;
  transfer(transfer: NewTransfer): Promise<SendOutcome>;
  /** The transfer made for a payment, by its transfer group; undefined when there is none. */
  findTransfer(paymentId: string): Promise<TransferFacts | undefined>;
  transferById(id: string): Promise<TransferFacts>;
  openCheckout(checkout: NewCheckout): Promise<CheckoutFacts>;
  checkoutById(id: string): Promise<CheckoutFacts>;
  /** Ends a page that nobody has paid on; one that is complete or expired stays as it is. */
  closeCheckout(id: string): Promise<CheckoutFacts>;
  debit(debit: NewDebit): Promise<SendOutcome>;
  intentById(id: string): Promise<IntentFacts>;
  /** The intent made for a pay-in, by its metadata. Stripe's search may lag a minute. */
  findIntent(paymentId: string): Promise<IntentFacts | undefined>;
  disputeById(id: string): Promise<DisputeFacts>;
  /** Pay-outs to the bank made since an instant that have arrived or are on their way. */
  payoutsSince(since: Date): Promise<PayoutFacts[]>;
  /** The intents of the payments in a pay-out. Stripe tells of automatic pay-outs only; of others none. */
  intentsInPayout(id: string): Promise<string[]>;
}

/** An event's envelope after its signature was checked. The contents are fetched again, never taken from here. */
export interface EventEnvelope {
  readonly id: string;
  readonly type: string;
  readonly objectId: string | null;
  /** Of a connected account, not of the book's own. */
  readonly isConnected: boolean;
}
