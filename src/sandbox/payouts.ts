import { type BalanceTransaction, balanceOf, moveBalance, needBalance, type PayoutContents } from './balance.js';
import { arriveFromOutside } from './bank.js';
import { type Call, ok } from './call.js';
import { emit } from './events.js';
import { needAccount } from './stripe-accounts.js';
import { type Answer, badRequest } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, type StripeObject } from './stripe-objects.js';
import { later, unix, type World } from './world.js';

export interface Payout extends StripeObject {
  readonly object: 'payout';
  readonly amount: number;
  readonly automatic: boolean;
  readonly statement_descriptor: string | null;
  readonly status: 'pending' | 'in_transit' | 'paid' | 'failed';
}

/** Sends available balance to the account's bank account; it arrives there after the account's pay-out delay. */
export function createPayout({ world, owner, params }: Call): Answer {
  params.allow('amount', 'currency', 'description', 'destination', 'metadata', 'method', 'source_type', 'statement_descriptor');
  const amount = params.needAmount('amount');
  params.needPounds();
  needBalance(world, owner, amount, 'You have insufficient funds in your Stripe account for this transfer. Your card balance is too low.');
  return ok(
    sendPayout(world, owner, amount, false, params.map('metadata'), {
      description: params.text('description'),
      descriptor: params.text('statement_descriptor'),
    }),
  );
}

function sendPayout(
  world: World,
  owner: string,
  amount: number,
  automatic: boolean,
  metadata: Record<string, string>,
  words: { description: string | null; descriptor: string | null } = { description: null, descriptor: null },
): Payout {
  const shared = basics(world, 'po', 'payout', metadata);
  const transaction = moveBalance(world, owner, { amount: -amount, type: 'payout', source: shared.id, description: words.description });
  const arrival = later(world.now(), needAccount(world, owner).settings.payoutDelayMs);
  const reference = words.descriptor ?? `STRIPE ${shared.id.slice(3, 11).toUpperCase()}`;
  const payout = world.store.put<Payout>('payout', owner, {
    ...shared,
    amount,
    arrival_date: unix(arrival),
    automatic,
    balance_transaction: transaction.id,
    currency: 'gbp',
    description: words.description,
    destination: `ba_${owner.slice(5)}`,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    method: 'standard',
    reconciliation_status: automatic ? 'in_progress' : 'not_applicable',
    source_type: 'card',
    statement_descriptor: words.descriptor,
    status: 'in_transit',
    trace_id: { status: 'supported', value: reference },
    type: 'bank_account',
  } as Payout);
  emit(world, owner, 'payout.created', payout);
  world.agenda.add('payout-ends', arrival, { owner, payout: shared.id, fails: world.switches.takePayoutFailure() ? 'yes' : '' });
  return payout;
}

/** The pay-out arrives at the bank, or comes back. */
export function endPayout(world: World, owner: string, id: string, fails: boolean): void {
  const payout = need<Payout>(world, 'payout', owner, id);
  if (payout.status !== 'in_transit') return;
  if (fails) {
    const back = moveBalance(world, owner, { amount: payout.amount, type: 'payout_failure', source: id });
    const failure = {
      failure_balance_transaction: back.id,
      failure_code: 'account_closed',
      failure_message: 'The bank account has been closed.',
      status: 'failed',
    };
    emit(world, owner, 'payout.failed', world.store.put<Payout>('payout', owner, { ...payout, ...failure } as Payout));
    return;
  }
  const { bank } = needAccount(world, owner).settings;
  const reference = (payout['trace_id'] as { value: string }).value;
  if (bank) arriveFromOutside(world, bank, { pence: payout.amount, kind: 'bank-giro-credit', name: 'STRIPE PAYMENTS UK LTD', reference, endToEndId: id });
  const reconciled = payout.automatic ? { reconciliation_status: 'completed' } : {};
  const paid = world.store.put<Payout>('payout', owner, { ...payout, ...reconciled, status: 'paid' } as Payout);
  emit(world, owner, 'payout.paid', paid);
  if (payout.automatic) emit(world, owner, 'payout.reconciliation_completed', paid);
}

/** Pays out the whole available balance and notes which transactions it carries, as Stripe's automatic pay-outs do.
 *  Null when there is nothing to pay. */
export function automaticPayout(world: World, owner: string): Payout | null {
  const { available } = balanceOf(world, owner);
  if (available <= 0) return null;
  const now = unix(world.now());
  const carried = new Set(world.store.part<PayoutContents>('payout_contents', owner).rows.flatMap((each) => each.transactions));
  const free = world.store.part<BalanceTransaction>('balance_transaction', owner).rows.filter((row) => row.available_on <= now && !carried.has(row.id));
  const payout = sendPayout(world, owner, available, true, {});
  world.store.put<PayoutContents>('payout_contents', owner, {
    id: payout.id,
    transactions: [...free.map((row) => row.id), payout['balance_transaction'] as string],
  });
  return payout;
}

export const retrievePayout = ({ world, owner, ids }: Call): Answer => ok(need<Payout>(world, 'payout', owner, ids[0]!));

export function listPayouts({ world, owner, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS, 'status', 'arrival_date', 'destination');
  const status = params.text('status');
  if (params.has('arrival_date')) throw badRequest('Filtering by arrival_date is not simulated; use created.', { param: 'arrival_date' });
  return ok(listOf(world.store.part<Payout>('payout', owner), params, path, (row) => !status || row.status === status));
}
