import { moveBalance, needBalance } from './balance.js';
import { type Call, ok } from './call.js';
import { emit } from './events.js';
import { type Answer, badRequest } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, newStripeId, type StripeObject } from './stripe-objects.js';

export interface Transfer extends StripeObject {
  readonly object: 'transfer';
  readonly amount: number;
  readonly amount_reversed: number;
  readonly destination: string;
  readonly destination_payment: string;
  readonly reversed: boolean;
  readonly transfer_group: string | null;
}

interface Reversal extends StripeObject {
  readonly object: 'transfer_reversal';
  readonly amount: number;
  readonly transfer: string;
}

const SHORT = 'You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance or waiting for pending funds.';

/** Moves money from the account's available balance to one of its connected accounts, at once. */
export function createTransfer({ world, owner, account, params }: Call): Answer {
  params.allow('amount', 'currency', 'destination', 'description', 'metadata', 'source_transaction', 'source_type', 'transfer_group');
  const amount = params.needAmount('amount');
  params.needPounds();
  const destination = params.needText('destination');
  const connected = need<StripeObject>(world, 'connected_account', account.platform ?? owner, destination, 'destination', 'destination');
  if ((connected['capabilities'] as Record<string, string>)['transfers'] !== 'active') {
    throw badRequest('Your destination account needs to have the transfers capability active.', {
      code: 'insufficient_capabilities_for_transfer',
      param: 'destination',
    });
  }
  needBalance(world, owner, amount, SHORT);
  const shared = basics(world, 'tr', 'transfer', params.map('metadata'));
  const out = moveBalance(world, owner, { amount: -amount, type: 'transfer', source: shared.id, description: params.text('description') });
  const arrival = newStripeId('py');
  moveBalance(world, destination, { amount, type: 'payment', source: arrival });
  const transfer = world.store.put<Transfer>('transfer', owner, {
    ...shared,
    amount,
    amount_reversed: 0,
    balance_transaction: out.id,
    currency: 'gbp',
    description: params.text('description'),
    destination,
    destination_payment: arrival,
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${shared.id}/reversals` },
    reversed: false,
    source_transaction: params.text('source_transaction'),
    source_type: 'card',
    transfer_group: params.text('transfer_group'),
  } as unknown as Transfer);
  emit(world, owner, 'transfer.created', transfer);
  return ok(transfer);
}

/** Takes a transfer back, all or part, out of the connected account's available balance. */
export function reverseTransfer(call: Call): Answer {
  const { world, owner, params } = call;
  params.allow('amount', 'description', 'metadata', 'refund_application_fee');
  const transfer = need<Transfer>(world, 'transfer', owner, call.ids[0]!);
  const left = transfer.amount - transfer.amount_reversed;
  const amount = params.amount('amount') ?? left;
  if (left === 0) throw badRequest(`Transfer ${transfer.id} is already fully reversed.`, { code: 'transfer_already_reversed' });
  if (amount > left) throw badRequest(`Reversal amount (${amount}) is greater than unreversed amount on transfer (${left})`, { param: 'amount' });
  needBalance(world, transfer.destination, amount, 'The connected account does not have enough available balance to reverse this transfer.');
  const shared = basics(world, 'trr', 'transfer_reversal', params.map('metadata'));
  const back = moveBalance(world, owner, { amount, type: 'transfer_refund', source: shared.id });
  moveBalance(world, transfer.destination, { amount: -amount, type: 'payment_refund', source: transfer.destination_payment });
  const reversal = world.store.put<Reversal>('transfer_reversal', owner, {
    ...shared,
    amount,
    balance_transaction: back.id,
    currency: 'gbp',
    destination_payment_refund: null,
    source_refund: null,
    transfer: transfer.id,
  } as Reversal);
  const reversed = transfer.amount_reversed + amount;
  const list = transfer['reversals'] as { data: unknown[] };
  const after = world.store.put<Transfer>('transfer', owner, {
    ...transfer,
    amount_reversed: reversed,
    reversals: { ...list, data: [reversal, ...list.data] },
    reversed: reversed === transfer.amount,
  } as Transfer);
  emit(world, owner, 'transfer.reversed', after);
  return ok(reversal);
}

export const retrieveTransfer = ({ world, owner, ids }: Call): Answer => ok(need<Transfer>(world, 'transfer', owner, ids[0]!));

export function listTransfers({ world, owner, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS, 'destination', 'transfer_group');
  const [destination, group] = [params.text('destination'), params.text('transfer_group')];
  return ok(
    listOf(
      world.store.part<Transfer>('transfer', owner),
      params,
      path,
      (row) => (!destination || row.destination === destination) && (!group || row.transfer_group === group),
    ),
  );
}

export function listReversals({ world, owner, params, path, ids }: Call): Answer {
  params.allow(...LIST_PARAMS);
  return ok(listOf(world.store.part<Reversal>('transfer_reversal', owner), params, path, (row) => row.transfer === ids[0]));
}
