import { pence, penceAsNumber } from '../kernel/index.js';
import { moveBalance } from './balance.js';
import { emit } from './events.js';
import { type FeeTable, needAccount } from './stripe-accounts.js';
import { basics, newStripeId, type StripeObject } from './stripe-objects.js';
import { type TestMethod, declineWords, methodDetails } from './test-methods.js';
import { later, type World } from './world.js';

export interface Charge extends StripeObject {
  readonly object: 'charge';
  readonly amount: number;
  readonly amount_refunded: number;
  readonly balance_transaction: string | null;
  readonly disputed: boolean;
  readonly payment_intent: string;
  readonly refunded: boolean;
  readonly status: 'succeeded' | 'pending' | 'failed';
}

/** What is charged: the fields of a payment intent that a charge needs. */
export interface Chargeable extends StripeObject {
  readonly amount: number;
  readonly customer: string | null;
  readonly description: string | null;
  readonly latest_charge: string | null;
  readonly transfer_group: string | null;
}

/** Stripe's fee in pence: a share in basis points rounded half up, plus a fixed part for cards, within limits for debits. */
export function feeOf(fees: FeeTable, kind: TestMethod['kind'], charged: number): number {
  const share = (points: number): number => penceAsNumber(pence((BigInt(charged) * BigInt(points) + 5_000n) / 10_000n));
  if (kind === 'card') return share(fees.cardBasisPoints) + fees.cardFixedPence;
  return Math.min(Math.max(share(fees.debitBasisPoints), fees.debitLeastPence), fees.debitMostPence);
}

/** A charge that has succeeded: its money is in the balance, less the fee. */
export function chargeSucceeds(world: World, owner: string, intent: Chargeable, method: TestMethod): Charge {
  const { settings } = needAccount(world, owner);
  const fresh = { ...chargeFor(world, intent, method), status: 'succeeded' as const, paid: true };
  const started = world.store.part<Charge>('charge', owner).get(intent.latest_charge ?? '');
  const charge = started?.status === 'pending' ? { ...started, status: 'succeeded' as const, paid: true } : fresh;
  const transaction = moveBalance(world, owner, {
    amount: intent.amount,
    fee: feeOf(settings.fees, method.kind, intent.amount),
    type: method.kind === 'card' ? 'charge' : 'payment',
    source: charge.id,
    description: intent.description,
    availableAt: later(world.now(), method.kind === 'card' ? settings.cardDelayMs : 0),
  });
  const done = world.store.put<Charge>('charge', owner, { ...charge, balance_transaction: transaction.id } as Charge);
  emit(world, owner, 'charge.succeeded', done);
  return done;
}

/** A Direct Debit on its way: nothing is in the balance yet. */
export function chargePending(world: World, owner: string, intent: Chargeable, method: TestMethod): Charge {
  const charge = world.store.put<Charge>('charge', owner, { ...chargeFor(world, intent, method), status: 'pending', paid: false } as Charge);
  emit(world, owner, 'charge.pending', charge);
  return charge;
}

export function chargeFails(world: World, owner: string, intent: Chargeable, method: TestMethod): Charge {
  const started = world.store.part<Charge>('charge', owner).get(intent.latest_charge ?? '');
  const base = started?.status === 'pending' ? started : chargeFor(world, intent, method);
  const failure = { failure_code: method.code ?? 'card_declined', failure_message: failureWords(method), status: 'failed' as const, paid: false };
  const charge = world.store.put<Charge>('charge', owner, { ...base, ...failure } as Charge);
  emit(world, owner, 'charge.failed', charge);
  return charge;
}

export const failureWords = (method: TestMethod): string =>
  method.kind === 'card' ? declineWords(method) : 'The customer has notified their bank that this payment was unauthorized.';

function chargeFor(world: World, intent: Chargeable, method: TestMethod): Charge {
  const shared = basics(world, 'ch', 'charge', { ...intent.metadata });
  return {
    ...shared,
    id: method.kind === 'card' ? shared.id : newStripeId('py'),
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    balance_transaction: null,
    captured: true,
    currency: 'gbp',
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_code: null,
    failure_message: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(method),
    refunded: false,
    status: 'pending',
    transfer_group: intent.transfer_group,
  } as Charge;
}
