import { invalid } from '../kernel/index.js';
import { moveBalance } from './balance.js';
import type { AdminHandler } from './bank-routes.js';
import { followIntent } from './checkout.js';
import { setReady } from './connected-accounts.js';
import { closeDispute, openDispute } from './disputes.js';
import { type Delivery, addEndpoint, releaseHeld, sendAgain } from './events.js';
import type { PaymentIntent } from './payment-intent.js';
import { endDebit } from './payment-outcomes.js';
import { automaticPayout } from './payouts.js';
import { failRefund } from './refunds.js';
import { settingsFrom } from './settings-reader.js';
import { accountNamed, register } from './stripe-accounts.js';
import { need, newStripeId } from './stripe-objects.js';
import { FAULT_KINDS, type Fault, WEBHOOK_MODES, type WebhookMode } from './switches.js';

/** `account` in these bodies is a secret key (`sk_test_…`) or an account id (`acct_…`). */
const throwSwitches: AdminHandler = (world, body) => {
  if (body.flag('clear')) world.switches.clear();
  for (const each of body.children('faults')) {
    world.switches.addFault({
      kind: each.oneOf('kind', FAULT_KINDS) as Fault['kind'],
      times: each.wholeOr('times', 1),
      ...(each.has('method') ? { method: each.text('method') } : {}),
      ...(each.has('path') ? { path: each.text('path') } : {}),
      ...(each.has('ms') ? { ms: each.whole('ms') } : {}),
    });
  }
  if (body.has('webhooks')) {
    const wanted = body.child('webhooks');
    const account = wanted.has('account') ? accountNamed(world, wanted.text('account')).id : '';
    world.switches.setWebhooks(account, { mode: wanted.oneOf('mode', WEBHOOK_MODES) as WebhookMode['mode'], ms: wanted.wholeOr('ms', 0) });
  }
  if (body.has('failPayouts')) world.switches.failPayouts(body.whole('failPayouts'));
  if (body.has('bounce')) {
    const bounce = body.child('bounce');
    world.switches.bounce(bounce.wholeOr('next', 0), bounce.texts('references'));
  }
  return { json: { done: true } };
};

const addWebhookEndpoint: AdminHandler = (world, body) => {
  const url = body.text('url');
  if (!/^https?:\/\//.test(url)) throw invalid('url-not-understood', 'A webhook endpoint needs an http or https address.');
  const types = body.texts('enabledEvents');
  const endpoint = addEndpoint(world, accountNamed(world, body.text('account')).id, url, body.textOr('secret', null), types.length > 0 ? types : ['*']);
  return { status: 201, json: endpoint };
};

const showDeliveries: AdminHandler = (world, _body, _ids, query) => ({
  json: { deliveries: world.store.part<Delivery>('delivery', accountNamed(world, query.text('account')).id).rows },
});

const endOneDebit: AdminHandler = (world, body) => {
  const owner = accountNamed(world, body.text('account')).id;
  const intent = need<PaymentIntent>(world, 'payment_intent', owner, body.text('payment_intent'));
  const ended = endDebit(world, owner, intent.id, intent.payment_method ?? '', body.flag('fails'));
  if (ended) followIntent(world, owner, ended);
  return { json: ended ?? intent };
};

const dispute: AdminHandler = (world, body) => {
  const owner = accountNamed(world, body.text('account')).id;
  const charge = body.textOr('charge', null) ?? need<PaymentIntent>(world, 'payment_intent', owner, body.text('payment_intent')).latest_charge ?? '';
  return { status: 201, json: openDispute(world, owner, charge, body.textOr('reason', 'general'), body.wholeOr('amount', null)) };
};

const topUp: AdminHandler = (world, body) => {
  const owner = accountNamed(world, body.text('account')).id;
  return { status: 201, json: moveBalance(world, owner, { amount: body.pence(), type: 'topup', source: newStripeId('tu') }) };
};

export const SWITCH_ROUTES: Readonly<Record<string, AdminHandler>> = {
  'GET /sandbox/health': (world) => ({ json: { simulated: true, now: world.now().toISOString() } }),
  'POST /sandbox/accounts': (world, body) => ({ status: 201, json: register(world, body.text('key'), settingsFrom(body)) }),
  'POST /sandbox/webhook_endpoints': addWebhookEndpoint,
  'POST /sandbox/switches': throwSwitches,
  'GET /sandbox/deliveries': showDeliveries,
  'POST /sandbox/release': (world, body) => ({ json: { released: releaseHeld(world, accountNamed(world, body.text('account')).id) } }),
  'POST /sandbox/events/:event/deliver': (world, body, ids) => {
    const owner = accountNamed(world, body.text('account')).id;
    need(world, 'event', owner, ids[0]!);
    return { json: { deliveries: sendAgain(world, owner, ids[0]!) } };
  },
  'POST /sandbox/disputes': dispute,
  'POST /sandbox/disputes/:dispute/close': (world, body, ids) => ({
    json: closeDispute(world, accountNamed(world, body.text('account')).id, ids[0]!, body.oneOf('status', ['won', 'lost'])),
  }),
  'POST /sandbox/refunds/:refund/fail': (world, body, ids) => ({ json: failRefund(world, accountNamed(world, body.text('account')).id, ids[0]!) }),
  'POST /sandbox/debits/end': endOneDebit,
  'POST /sandbox/accounts/:account/ready': (world, body, ids) => ({ json: setReady(world, ids[0]!, body.flag('ready', true)) }),
  'POST /sandbox/topups': topUp,
  'POST /sandbox/automatic-payout': (world, body) => ({ json: { payout: automaticPayout(world, accountNamed(world, body.text('account')).id) } }),
};
