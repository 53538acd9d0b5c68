import { balanceInsufficient } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, type StripeObject } from './stripe-objects.js';
import type { Params } from './stripe-params.js';
import { unix, type World } from './world.js';

/** One movement of a Stripe balance: `net` is `amount` less `fee`, signed, in pence. */
export interface BalanceTransaction extends StripeObject {
  readonly object: 'balance_transaction';
  readonly amount: number;
  readonly fee: number;
  readonly net: number;
  readonly type: string;
  readonly source: string;
  readonly available_on: number;
}

/** An automatic pay-out and the transactions that it carries. */
export interface PayoutContents {
  readonly id: string;
  readonly transactions: readonly string[];
}

const REPORTING: Readonly<Record<string, string>> = {
  charge: 'charge',
  payment: 'charge',
  refund: 'refund',
  payment_refund: 'refund',
  transfer: 'transfer',
  transfer_refund: 'transfer_reversal',
  payout: 'payout',
  payout_failure: 'payout_reversal',
  adjustment: 'dispute',
  topup: 'topup',
  refund_failure: 'refund_failure',
};

interface Totals {
  /** How many rows have been counted. */
  counted: number;
  available: number;
  pending: { availableOn: number; net: number }[];
}

const caches = new WeakMap<World, Map<string, Totals>>();

/** Moves a balance. `availableAt` is when the money can be used; now when absent. */
export function moveBalance(
  world: World,
  owner: string,
  move: { amount: number; fee?: number; type: string; source: string; description?: string | null; availableAt?: Date; feeWords?: string },
): BalanceTransaction {
  const fee = move.fee ?? 0;
  const { metadata: _none, ...shared } = basics(world, 'txn', 'balance_transaction');
  const availableOn = unix(move.availableAt ?? world.now());
  const row = {
    ...shared,
    amount: move.amount,
    available_on: availableOn,
    balance_type: 'payments',
    currency: 'gbp',
    description: move.description ?? null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0 ? [] : [{ amount: fee, application: null, currency: 'gbp', description: move.feeWords ?? 'Stripe processing fees', type: 'stripe_fee' }],
    net: move.amount - fee,
    reporting_category: REPORTING[move.type] ?? move.type,
    source: move.source,
    status: availableOn <= unix(world.now()) ? 'available' : 'pending',
    type: move.type,
  } as unknown as BalanceTransaction;
  return world.store.put('balance_transaction', owner, row);
}

/** What an account has, in pence. Adds up only what is new since it was last asked. */
export function balanceOf(world: World, owner: string): { available: number; pending: number } {
  const totals = totalsOf(world, owner);
  const rows = world.store.part<BalanceTransaction>('balance_transaction', owner).rows;
  for (; totals.counted < rows.length; totals.counted++) {
    const row = rows[totals.counted]!;
    totals.pending.push({ availableOn: row.available_on, net: row.net });
  }
  const now = unix(world.now());
  totals.available += sum(totals.pending.filter((each) => each.availableOn <= now));
  totals.pending = totals.pending.filter((each) => each.availableOn > now);
  return { available: totals.available, pending: sum(totals.pending) };
}

/** Refuses (`balance_insufficient`) what the available balance does not cover. Asked before anything is written. */
export function needBalance(world: World, owner: string, pence: number, message: string): void {
  if (balanceOf(world, owner).available < pence) throw balanceInsufficient(message);
}

export function retrieveBalance(world: World, owner: string): unknown {
  const { available, pending } = balanceOf(world, owner);
  const part = (amount: number) => [{ amount, currency: 'gbp', source_types: { card: amount } }];
  return { object: 'balance', available: part(available), pending: part(pending), livemode: false };
}

/** Lists transactions; `payout=` gives those of an automatic pay-out and the pay-out's own, for a manual one only its own. */
export function listTransactions(world: World, owner: string, params: Params): unknown {
  params.allow(...LIST_PARAMS, 'payout', 'source', 'type', 'currency');
  const payout = params.text('payout');
  const source = params.text('source');
  const type = params.text('type');
  const inside = new Set(payout ? world.store.part<PayoutContents>('payout_contents', owner).get(payout)?.transactions : []);
  const list = listOf(
    world.store.part<BalanceTransaction>('balance_transaction', owner),
    params,
    '/v1/balance_transactions',
    (row) => (!payout || inside.has(row.id) || row.source === payout) && (!source || row.source === source) && (!type || row.type === type),
  ) as { data: BalanceTransaction[] };
  return { ...list, data: list.data.map((row) => withStatus(world, row)) };
}

/** `status` as it is now: what was pending when written may be available since. */
const withStatus = (world: World, row: BalanceTransaction): BalanceTransaction =>
  ({ ...row, status: row.available_on <= unix(world.now()) ? 'available' : 'pending' }) as BalanceTransaction;

export const retrieveTransaction = (world: World, owner: string, id: string): BalanceTransaction =>
  withStatus(world, need<BalanceTransaction>(world, 'balance_transaction', owner, id));

function totalsOf(world: World, owner: string): Totals {
  let byOwner = caches.get(world);
  if (!byOwner) caches.set(world, (byOwner = new Map()));
  let totals = byOwner.get(owner);
  if (!totals) byOwner.set(owner, (totals = { counted: 0, available: 0, pending: [] }));
  return totals;
}

const sum = (parts: readonly { net: number }[]): number => parts.reduce((total, each) => total + each.net, 0);
