import { moveBalance, needBalance } from './balance.js';
import { type Call, ok } from './call.js';
import type { Charge } from './charges.js';
import { emit } from './events.js';
import type { PaymentIntent } from './payment-intent.js';
import { type Answer, badRequest, missingParam } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, type StripeObject } from './stripe-objects.js';
import type { World } from './world.js';

export interface Refund extends StripeObject {
  readonly object: 'refund';
  readonly amount: number;
  readonly charge: string;
  readonly payment_intent: string;
  readonly status: 'succeeded' | 'failed';
}

/** Gives money back to the payer, all or part, out of the available balance. The fee of the charge is not given back.
 *  A refund that the balance does not cover is refused (Stripe would keep some pending; our judgement, November 2026). */
export function createRefund({ world, owner, params }: Call): Answer {
  params.allow('payment_intent', 'charge', 'amount', 'reason', 'metadata', 'instructions_email');
  const charge = chargeToRefund(world, owner, params.text('charge'), params.text('payment_intent'));
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw badRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const amount = params.amount('amount') ?? left;
  if (amount > left) throw badRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  if (charge.disputed) throw badRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  needBalance(world, owner, amount, 'Insufficient funds in your Stripe balance to refund this amount.');
  const shared = basics(world, 're', 'refund', params.map('metadata'));
  const type = charge.id.startsWith('py_') ? 'payment_refund' : 'refund';
  const transaction = moveBalance(world, owner, { amount: -amount, type, source: shared.id });
  const refund = world.store.put<Refund>('refund', owner, {
    ...shared,
    amount,
    balance_transaction: transaction.id,
    charge: charge.id,
    currency: 'gbp',
    failure_reason: null,
    payment_intent: charge.payment_intent,
    reason: params.text('reason'),
    status: 'succeeded',
  } as Refund);
  const refunded = charge.amount_refunded + amount;
  const after = world.store.put<Charge>('charge', owner, { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount });
  emit(world, owner, 'refund.created', refund);
  emit(world, owner, 'charge.refunded', after, { amount_refunded: charge.amount_refunded });
  emit(world, owner, 'refund.updated', refund);
  return ok(refund);
}

function chargeToRefund(world: World, owner: string, chargeId: string | null, intentId: string | null): Charge {
  if (chargeId) return need<Charge>(world, 'charge', owner, chargeId, 'charge', 'charge');
  if (!intentId) throw missingParam('payment_intent');
  const intent = need<PaymentIntent>(world, 'payment_intent', owner, intentId, 'payment_intent', 'payment_intent');
  if (intent.status !== 'succeeded') {
    throw badRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      code: 'charge_not_refundable',
      param: 'payment_intent',
    });
  }
  return need<Charge>(world, 'charge', owner, intent.latest_charge!, 'charge', 'payment_intent');
}

/** The payer's bank sends the refund back: the money is in the balance again. A test's switch. */
export function failRefund(world: World, owner: string, id: string): Refund {
  const refund = need<Refund>(world, 'refund', owner, id);
  if (refund.status === 'failed') return refund;
  const charge = need<Charge>(world, 'charge', owner, refund.charge);
  const transaction = moveBalance(world, owner, { amount: refund.amount, type: 'refund_failure', source: id });
  world.store.put<Charge>('charge', owner, { ...charge, amount_refunded: charge.amount_refunded - refund.amount, refunded: false });
  const failed = world.store.put<Refund>('refund', owner, {
    ...refund,
    failure_balance_transaction: transaction.id,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  } as Refund);
  emit(world, owner, 'refund.failed', failed, { status: 'succeeded' });
  emit(world, owner, 'refund.updated', failed, { status: 'succeeded' });
  return failed;
}

export function listRefunds({ world, owner, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS, 'payment_intent', 'charge');
  const [intent, charge] = [params.text('payment_intent'), params.text('charge')];
  return ok(
    listOf(world.store.part<Refund>('refund', owner), params, path, (row) => (!intent || row.payment_intent === intent) && (!charge || row.charge === charge)),
  );
}
