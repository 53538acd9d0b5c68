import { listTransactions, retrieveBalance, retrieveTransaction } from './balance.js';
import { type Call, ok } from './call.js';
import { createSession, expireSession, listSessions, retrieveSession } from './checkout.js';
import { createAccountLink, createConnected, createCustomer, listConnected, retrieveConnected, retrieveOwn } from './connected-accounts.js';
import { cancelIntent, confirmIntent, createIntent, listCharges, listIntents, retrieveIntent, searchIntents, updateIntent } from './payment-intents.js';
import { createPayout, listPayouts, retrievePayout } from './payouts.js';
import { createRefund, listRefunds } from './refunds.js';
import type { Answer } from './stripe-errors.js';
import { LIST_PARAMS, listOf, need, type StripeObject } from './stripe-objects.js';
import { createTransfer, listReversals, listTransfers, retrieveTransfer, reverseTransfer } from './transfers.js';

type Handler = (call: Call) => Answer;

interface Route {
  readonly method: string;
  readonly parts: readonly string[];
  /** Moves money, so an idempotency key is needed. */
  readonly money: boolean;
  readonly handler: Handler;
}

const retrieve =
  (table: string, noun = table): Handler =>
  ({ world, owner, ids }) =>
    ok(need<StripeObject>(world, table, owner, ids[0]!, noun));

const list =
  (table: string, ...filters: string[]): Handler =>
  ({ world, owner, params, path }) => {
    params.allow(...LIST_PARAMS, ...filters);
    const wanted = filters.map((name) => [name, params.text(name)] as const).filter(([, value]) => value !== null);
    return ok(listOf(world.store.part<StripeObject>(table, owner), params, path, (row) => wanted.every(([name, value]) => row[name] === value)));
  };

const listEvents: Handler = ({ world, owner, params, path }) => {
  params.allow(...LIST_PARAMS, 'type', 'types', 'delivery_success');
  const types = [...params.texts('types'), ...params.texts('type')];
  return ok(listOf(world.store.part<StripeObject>('event', owner), params, path, (row) => types.length === 0 || types.includes(row['type'] as string)));
};

const route = (line: string, handler: Handler, money = false): Route => {
  const [method, path] = line.split(' ') as [string, string];
  return { method, parts: path.split('/').slice(2), money, handler };
};

/** Fixed words stand before variable parts, so that `search` is not taken for an id. */
const ROUTES: readonly Route[] = [
  route('POST /v1/payment_intents', createIntent, true),
  route('GET /v1/payment_intents', listIntents),
  route('GET /v1/payment_intents/search', searchIntents),
  route('GET /v1/payment_intents/:id', retrieveIntent),
  route('POST /v1/payment_intents/:id', updateIntent),
  route('POST /v1/payment_intents/:id/confirm', confirmIntent, true),
  route('POST /v1/payment_intents/:id/cancel', cancelIntent),
  route('GET /v1/charges', listCharges),
  route('GET /v1/charges/:id', retrieve('charge')),
  route('POST /v1/refunds', createRefund, true),
  route('GET /v1/refunds', listRefunds),
  route('GET /v1/refunds/:id', retrieve('refund')),
  route('POST /v1/customers', createCustomer),
  route('GET /v1/customers', list('customer', 'email')),
  route('GET /v1/customers/:id', retrieve('customer')),
  route('GET /v1/account', retrieveOwn),
  route('POST /v1/accounts', createConnected),
  route('GET /v1/accounts', listConnected),
  route('GET /v1/accounts/:id', retrieveConnected),
  route('POST /v1/account_links', createAccountLink),
  route('POST /v1/transfers', createTransfer, true),
  route('GET /v1/transfers', listTransfers),
  route('GET /v1/transfers/:id', retrieveTransfer),
  route('POST /v1/transfers/:id/reversals', reverseTransfer, true),
  route('GET /v1/transfers/:id/reversals', listReversals),
  route('POST /v1/payouts', createPayout, true),
  route('GET /v1/payouts', listPayouts),
  route('GET /v1/payouts/:id', retrievePayout),
  route('GET /v1/balance', ({ world, owner, params }) => (params.allow(), ok(retrieveBalance(world, owner)))),
  route('GET /v1/balance_transactions', ({ world, owner, params }) => ok(listTransactions(world, owner, params))),
  route('GET /v1/balance_transactions/:id', ({ world, owner, ids }) => ok(retrieveTransaction(world, owner, ids[0]!))),
  route('GET /v1/events', listEvents),
  route('GET /v1/events/:id', retrieve('event')),
  route('POST /v1/checkout/sessions', createSession, true),
  route('GET /v1/checkout/sessions', listSessions),
  route('GET /v1/checkout/sessions/:id', retrieveSession),
  route('POST /v1/checkout/sessions/:id/expire', expireSession),
  route('GET /v1/disputes', list('dispute', 'charge', 'payment_intent')),
  route('GET /v1/disputes/:id', retrieve('dispute')),
];

/** The route of a request, with the variable parts of its path. */
export function matchRoute(method: string, path: string): { route: Route; ids: string[] } | null {
  const parts = path.split('/').slice(2);
  for (const each of ROUTES) {
    if (each.method !== method || each.parts.length !== parts.length) continue;
    if (each.parts.every((part, i) => part.startsWith(':') || part === parts[i])) {
      return { route: each, ids: parts.filter((_, i) => each.parts[i]!.startsWith(':')).map(decodeURIComponent) };
    }
  }
  return null;
}
