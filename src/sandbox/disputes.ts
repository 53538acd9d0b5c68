import { moveBalance } from './balance.js';
import type { Charge } from './charges.js';
import { emit } from './events.js';
import { needAccount } from './stripe-accounts.js';
import { badRequest } from './stripe-errors.js';
import { basics, need, type StripeObject } from './stripe-objects.js';
import { unix, type World } from './world.js';

export interface Dispute extends StripeObject {
  readonly object: 'dispute';
  readonly amount: number;
  readonly charge: string;
  readonly status: 'needs_response' | 'won' | 'lost';
}

const FOURTEEN_DAYS = 14 * 86_400;

/** The payer's bank takes the money back. The balance pays, below zero if it must. A claim under the Direct Debit Guarantee
 *  is final and so is lost at once (RULE 25); a card dispute waits for an answer. */
export function openDispute(world: World, owner: string, chargeId: string, reason: string, amount: number | null): Dispute {
  const charge = need<Charge>(world, 'charge', owner, chargeId);
  if (charge.status !== 'succeeded') throw badRequest(`Charge ${chargeId} has not succeeded.`);
  if (charge.disputed) throw badRequest(`Charge ${chargeId} is disputed already.`);
  const isDebit = charge.id.startsWith('py_');
  const { fees } = needAccount(world, owner).settings;
  const taken = amount ?? charge.amount - charge.amount_refunded;
  if (taken < 1 || taken > charge.amount) throw badRequest('That is more than was charged, or nothing.', { param: 'amount' });
  const shared = basics(world, 'du', 'dispute');
  const transaction = moveBalance(world, owner, {
    amount: -taken,
    fee: isDebit ? fees.debitDisputePence : fees.cardDisputePence,
    type: 'adjustment',
    source: shared.id,
    description: `Chargeback withdrawal for ${charge.id}`,
    feeWords: 'Dispute fee',
  });
  const dispute = world.store.put<Dispute>('dispute', owner, {
    ...shared,
    amount: taken,
    balance_transactions: [transaction],
    charge: charge.id,
    currency: 'gbp',
    evidence_details: { due_by: unix(world.now()) + FOURTEEN_DAYS },
    is_charge_refundable: false,
    payment_intent: charge.payment_intent,
    reason,
    status: isDebit ? 'lost' : 'needs_response',
  } as Dispute);
  world.store.put<Charge>('charge', owner, { ...charge, disputed: true });
  emit(world, owner, 'charge.dispute.created', dispute);
  emit(world, owner, 'charge.dispute.funds_withdrawn', dispute);
  if (isDebit) emit(world, owner, 'charge.dispute.closed', dispute);
  return dispute;
}

/** Ends a card dispute; a won one gives the money (not the fee) back. */
export function closeDispute(world: World, owner: string, id: string, status: 'won' | 'lost'): Dispute {
  const dispute = need<Dispute>(world, 'dispute', owner, id);
  if (dispute.status !== 'needs_response') throw badRequest(`Dispute ${id} is closed.`);
  const closed = world.store.put<Dispute>('dispute', owner, { ...dispute, status });
  if (status === 'won') {
    moveBalance(world, owner, { amount: dispute.amount, type: 'adjustment', source: id, description: `Chargeback reversal for ${dispute.charge}` });
    emit(world, owner, 'charge.dispute.funds_reinstated', closed);
  }
  emit(world, owner, 'charge.dispute.closed', closed);
  return closed;
}
