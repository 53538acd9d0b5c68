import { type Call, ok } from './call.js';
import type { Charge } from './charges.js';
import { emit } from './events.js';
import { attempt, knownMethod } from './payment-outcomes.js';
import type { PaymentIntent } from './payment-intent.js';
import { type Answer, badRequest, unexpectedState } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, newStripeId, searchFilter } from './stripe-objects.js';
import type { Params } from './stripe-params.js';
import { unix, type World } from './world.js';

/** Stripe's least charge in pounds is 30p. */
export const LEAST_CHARGE_PENCE = 30;

const INTENT_PARAMS = [
  'amount',
  'currency',
  'payment_method',
  'allowed_payment_method_types',
  'automatic_payment_methods',
  'customer',
  'description',
  'metadata',
  'confirm',
  'off_session',
  'return_url',
  'receipt_email',
  'setup_future_usage',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_group',
  'capture_method',
  'confirmation_method',
  'error_on_requires_action',
  'mandate_data',
  'payment_method_options',
  'use_stripe_sdk',
] as const;

export const KINDS = ['card', 'bacs_debit'] as const;

const needIntent = (call: Call): PaymentIntent => need<PaymentIntent>(call.world, 'payment_intent', call.owner, call.ids[0]!);

export function createIntent({ world, owner, params }: Call): Answer {
  params.allow(...INTENT_PARAMS);
  if (params.text('capture_method') === 'manual')
    throw badRequest('The sandbox captures at once; capture_method=manual is not simulated.', { param: 'capture_method' });
  const customer = params.text('customer');
  if (customer) need(world, 'customer', owner, customer, 'customer', 'customer');
  const methodId = params.text('payment_method');
  const types = kindsOf(params);
  if (methodId) knownMethod(methodId, types);
  const intent = newIntent(world, owner, {
    amount: params.needAmount('amount', LEAST_CHARGE_PENCE),
    currency: params.needPounds(),
    types,
    metadata: params.map('metadata'),
    customer,
    description: params.text('description'),
    transferGroup: params.text('transfer_group'),
    methodId,
    returnUrl: params.text('return_url'),
    more: {
      receipt_email: params.text('receipt_email'),
      setup_future_usage: params.text('setup_future_usage'),
      statement_descriptor: params.text('statement_descriptor'),
    },
  });
  return params.flag('confirm') ? attempt(world, owner, intent, methodId) : ok(intent);
}

interface IntentFacts {
  readonly amount: number;
  readonly currency: 'gbp';
  readonly types: readonly string[];
  readonly metadata: Record<string, string>;
  readonly customer: string | null;
  readonly description: string | null;
  readonly transferGroup: string | null;
  readonly methodId: string | null;
  readonly returnUrl: string | null;
  readonly more?: Readonly<Record<string, string | null>>;
}

/** Writes an intent before any attempt to take the money. */
export function newIntent(world: World, owner: string, facts: IntentFacts): PaymentIntent {
  const shared = basics(world, 'pi', 'payment_intent', facts.metadata);
  const intent = {
    ...shared,
    amount: facts.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${shared.id}_secret_${newStripeId('x').slice(2)}`,
    confirmation_method: 'automatic',
    currency: facts.currency,
    customer: facts.customer,
    description: facts.description,
    last_payment_error: null,
    latest_charge: null,
    next_action: null,
    on_behalf_of: null,
    payment_method: facts.methodId,
    allowed_payment_method_types: facts.types,
    payment_method_types: facts.types,
    processing: null,
    return_url: facts.returnUrl,
    status: facts.methodId ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: facts.transferGroup,
    ...facts.more,
  } as unknown as PaymentIntent;
  world.store.put('payment_intent', owner, intent);
  emit(world, owner, 'payment_intent.created', intent);
  return intent;
}

export const retrieveIntent = (call: Call): Answer => ok(needIntent(call));

export function updateIntent(call: Call): Answer {
  const { world, owner, params } = call;
  params.allow('metadata', 'description', 'payment_method', 'receipt_email');
  const intent = needIntent(call);
  if (['succeeded', 'canceled', 'processing'].includes(intent.status) && params.has('payment_method')) {
    throw unexpectedState(`This PaymentIntent's payment_method could not be updated because it has a status of ${intent.status}.`, intent);
  }
  const methodId = params.text('payment_method');
  if (methodId) knownMethod(methodId, intent.payment_method_types);
  const change = {
    metadata: { ...intent.metadata, ...params.map('metadata') },
    ...(params.has('description') ? { description: params.text('description') } : {}),
    ...(methodId ? { payment_method: methodId, status: 'requires_confirmation' } : {}),
  };
  return ok(world.store.put('payment_intent', owner, { ...intent, ...change } as PaymentIntent));
}

export function confirmIntent(call: Call): Answer {
  const { world, owner, params } = call;
  params.allow(
    'payment_method',
    'return_url',
    'off_session',
    'mandate_data',
    'payment_method_options',
    'receipt_email',
    'setup_future_usage',
    'use_stripe_sdk',
    'error_on_requires_action',
  );
  const intent = needIntent(call);
  const back = params.text('return_url');
  return attempt(world, owner, back ? { ...intent, return_url: back } : intent, params.text('payment_method') ?? intent.payment_method);
}

export function cancelIntent(call: Call): Answer {
  const { world, owner, params } = call;
  params.allow('cancellation_reason');
  const intent = needIntent(call);
  if (['succeeded', 'canceled', 'processing'].includes(intent.status)) {
    throw unexpectedState(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`, intent);
  }
  const canceled = world.store.put('payment_intent', owner, {
    ...intent,
    canceled_at: unix(world.now()),
    cancellation_reason: params.text('cancellation_reason'),
    next_action: null,
    status: 'canceled',
  } as PaymentIntent);
  emit(world, owner, 'payment_intent.canceled', canceled);
  return ok(canceled);
}

export function listIntents({ world, owner, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS, 'customer');
  const customer = params.text('customer');
  return ok(listOf(world.store.part<PaymentIntent>('payment_intent', owner), params, path, (row) => !customer || row.customer === customer));
}

/** Search. Stripe's own lags by up to a minute; this one does not. */
export function searchIntents({ world, owner, params, path }: Call): Answer {
  params.allow('query', 'limit', 'page');
  const fits = searchFilter(params.needText('query'));
  const page = listOf(world.store.part<PaymentIntent>('payment_intent', owner), params, path, fits) as { has_more: boolean; data: PaymentIntent[] };
  return ok({ ...page, object: 'search_result', next_page: page.has_more ? page.data.at(-1)!.id : null });
}

export function listCharges({ world, owner, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS, 'payment_intent', 'customer', 'transfer_group');
  const intent = params.text('payment_intent');
  return ok(listOf(world.store.part<Charge>('charge', owner), params, path, (row) => !intent || row.payment_intent === intent));
}

/** The kinds of payment that an intent takes. This API version names them `allowed_payment_method_types` (it was `payment_method_types`). */
export function kindsOf(params: Params): readonly string[] {
  const named = params.texts('allowed_payment_method_types');
  for (const kind of named) {
    if (!KINDS.some((known) => known === kind)) throw badRequest(`The payment method type "${kind}" is invalid.`, { param: 'allowed_payment_method_types' });
  }
  return named.length > 0 ? named : [...KINDS];
}
