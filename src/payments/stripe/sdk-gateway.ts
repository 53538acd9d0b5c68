import { Stripe } from 'stripe';
import type { Pence } from '../../kernel/index.js';
import { dayOf, invariant, pence, penceAsNumber } from '../../kernel/index.js';
import type { PayoutFacts } from '../payout.rules.js';
import { outcomeOfError } from './stripe-errors.js';
import type {
  CheckoutFacts,
  DisputeFacts,
  IntentFacts,
  NewCheckout,
  NewDebit,
  NewTransfer,
  SendOutcome,
  StripeGateway,
  TransferFacts,
} from './stripe-gateway.js';

/** Most pay-outs, and most movements of one, that are read. Our judgement, November 2026. */
const MOST_PAYOUTS = 500;
const MOST_MOVEMENTS = 10_000;

/** The one version our types fit. */
const API_VERSION = '2026-10-28.endive';

export interface StripeAddress {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: string | undefined;
}

/** Opens the official client for one secret key, at Stripe itself or at the given address. */
export function stripeClient(secretKey: string, address: StripeAddress | undefined): Stripe {
  const place = address ? { protocol: address.protocol, host: address.host, ...(address.port ? { port: address.port } : {}) } : {};
  return new Stripe(secretKey, { ...place, apiVersion: API_VERSION, maxNetworkRetries: 2, timeout: 10_000, telemetry: false });
}

/** The gateway through Stripe's own SDK. */
export class SdkGateway implements StripeGateway {
  constructor(private readonly stripe: Stripe) {}

  async available(): Promise<Pence> {
    const balance = await this.stripe.balance.retrieve();
    const pounds = balance.available.find((part) => part.currency === 'gbp')?.amount ?? 0;
    return pence(Math.max(pounds, 0));
  }

  async transfer(transfer: NewTransfer): Promise<SendOutcome> {
    return attempt(async () => {
      const made = await this.stripe.transfers.create(
        {
          amount: penceAsNumber(transfer.amount),
          currency: 'gbp',
          destination: transfer.destination,
          transfer_group: transfer.paymentId,
          description: transfer.reference,
          metadata: { paymentId: transfer.paymentId },
        },
        { idempotencyKey: transfer.key },
      );
      return made.id;
    });
  }

  async findTransfer(paymentId: string): Promise<TransferFacts | undefined> {
    const page = await this.stripe.transfers.list({ transfer_group: paymentId, limit: 10 });
    const found = page.data.find((transfer) => transfer.metadata['paymentId'] === paymentId);
    return found && transferFacts(found);
  }

  async transferById(id: string): Promise<TransferFacts> {
    return transferFacts(await this.stripe.transfers.retrieve(id));
  }

  async openCheckout(checkout: NewCheckout): Promise<CheckoutFacts> {
    const kind = checkout.by === 'card' ? 'card' : 'bacs_debit';
    const session = await this.stripe.checkout.sessions.create(
      {
        mode: 'payment',
        allowed_payment_method_types: [kind],
        success_url: checkout.successUrl,
        cancel_url: checkout.cancelUrl,
        metadata: { paymentId: checkout.paymentId },
        payment_intent_data: { metadata: { paymentId: checkout.paymentId }, description: checkout.reference },
        line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: penceAsNumber(checkout.amount), product_data: { name: checkout.reference } } }],
      },
      { idempotencyKey: checkout.key },
    );
    return checkoutFacts(session);
  }

  async checkoutById(id: string): Promise<CheckoutFacts> {
    return checkoutFacts(await this.stripe.checkout.sessions.retrieve(id));
  }

  async closeCheckout(id: string): Promise<CheckoutFacts> {
    const now = await this.checkoutById(id);
    return now.state === 'open' ? checkoutFacts(await this.stripe.checkout.sessions.expire(id)) : now;
  }

  async debit(debit: NewDebit): Promise<SendOutcome> {
    return attempt(async () => {
      const intent = await this.stripe.paymentIntents.create(
        {
          amount: penceAsNumber(debit.amount),
          currency: 'gbp',
          allowed_payment_method_types: ['bacs_debit'],
          payment_method: debit.paymentMethod,
          confirm: true,
          off_session: true,
          description: debit.reference,
          metadata: { paymentId: debit.paymentId },
          ...(debit.customer ? { customer: debit.customer } : {}),
        },
        { idempotencyKey: debit.key },
      );
      return intent.id;
    });
  }

  async intentById(id: string): Promise<IntentFacts> {
    return intentFacts(await this.stripe.paymentIntents.retrieve(id), (charge) => this.feeOf(charge));
  }

  async findIntent(paymentId: string): Promise<IntentFacts | undefined> {
    const page = await this.stripe.paymentIntents.search({ query: `metadata['paymentId']:'${paymentId}'`, limit: 1 });
    const found = page.data[0];
    return found && intentFacts(found, (charge) => this.feeOf(charge));
  }

  async disputeById(id: string): Promise<DisputeFacts> {
    const dispute = await this.stripe.disputes.retrieve(id);
    const intent = dispute.payment_intent;
    return {
      id: dispute.id,
      intentId: typeof intent === 'string' ? intent : (intent?.id ?? null),
      amount: pence(dispute.amount),
      fee: pence(dispute.balance_transactions.reduce((sum, each) => sum + each.fee, 0)),
      isWon: dispute.status === 'won',
    };
  }

  async payoutsSince(since: Date): Promise<PayoutFacts[]> {
    const created = { gte: Math.floor(since.getTime() / 1000) };
    const payouts = await this.stripe.payouts.list({ created, limit: 100 }).autoPagingToArray({ limit: MOST_PAYOUTS });
    return payouts.filter(({ status }) => status === 'paid' || status === 'in_transit').map(payoutFacts);
  }

  async intentsInPayout(id: string): Promise<string[]> {
    const movements = await this.stripe.balanceTransactions
      .list({ payout: id, limit: 100, expand: ['data.source'] })
      .autoPagingToArray({ limit: MOST_MOVEMENTS });
    return movements.flatMap(({ type, source }) => {
      if ((type !== 'charge' && type !== 'payment') || source === null || typeof source === 'string' || source.object !== 'charge') return [];
      const intent = source.payment_intent;
      return intent === null ? [] : [typeof intent === 'string' ? intent : intent.id];
    });
  }

  /** The fee of a charge, from its balance transaction. */
  private async feeOf(chargeId: string): Promise<Pence> {
    const charge = await this.stripe.charges.retrieve(chargeId);
    const transaction = charge.balance_transaction;
    invariant(transaction, `charge ${chargeId} has succeeded and has no balance transaction`);
    const { fee } = typeof transaction === 'string' ? await this.stripe.balanceTransactions.retrieve(transaction) : transaction;
    return pence(fee);
  }
}

async function attempt(send: () => Promise<string>): Promise<SendOutcome> {
  try {
    return { is: 'made', id: await send() };
  } catch (error) {
    return outcomeOfError(error);
  }
}

const transferFacts = (transfer: Stripe.Transfer): TransferFacts => ({
  id: transfer.id,
  paymentId: transfer.metadata['paymentId'] ?? null,
  amount: pence(transfer.amount),
  isReversed: transfer.reversed,
});

const payoutFacts = (payout: Stripe.Payout): PayoutFacts => ({
  id: payout.id,
  amount: pence(payout.amount),
  reference: payout.trace_id?.value ?? null,
  arrivesOn: dayOf(new Date(payout.arrival_date * 1000)),
});

function checkoutFacts(session: Stripe.Checkout.Session): CheckoutFacts {
  const intent = session.payment_intent;
  const state = session.status === 'complete' ? 'complete' : session.status === 'expired' ? 'expired' : 'open';
  return { id: session.id, url: session.url, intentId: typeof intent === 'string' ? intent : (intent?.id ?? null), state };
}

async function intentFacts(intent: Stripe.PaymentIntent, feeOf: (charge: string) => Promise<Pence>): Promise<IntentFacts> {
  const state = stateOfIntent(intent);
  const charge = typeof intent.latest_charge === 'string' ? intent.latest_charge : intent.latest_charge?.id;
  invariant(state !== 'succeeded' || charge, `payment intent ${intent.id} has succeeded without a charge`);
  return {
    id: intent.id,
    paymentId: intent.metadata['paymentId'] ?? null,
    state,
    amount: pence(state === 'succeeded' ? intent.amount_received : intent.amount),
    fee: state === 'succeeded' ? await feeOf(charge!) : pence(0),
    reason: intent.last_payment_error?.message?.slice(0, 300) ?? null,
  };
}

/** Stripe's states of an intent in ours, each of them. A Direct Debit that failed is `requires_payment_method` with an error; so is a
 *  refused card, which may be tried again on the same page: the caller tells them apart by the channel. */
function stateOfIntent(intent: Stripe.PaymentIntent): IntentFacts['state'] {
  switch (intent.status) {
    case 'succeeded':
      return 'succeeded';
    case 'processing':
      return 'processing';
    case 'canceled':
      return 'failed';
    case 'requires_payment_method':
      return intent.last_payment_error ? 'failed' : 'waiting';
    case 'requires_action':
    case 'requires_capture':
    case 'requires_confirmation':
      return 'waiting';
    default:
      throw new Error(`payment intent ${intent.id} is in a state we do not know: ${String(intent.status)}`);
  }
}
