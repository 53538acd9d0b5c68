import { type Call, ok } from './call.js';
import { emit } from './events.js';
import type { PaymentIntent } from './payment-intent.js';
import { LEAST_CHARGE_PENCE, kindsOf, newIntent } from './payment-intents.js';
import { attempt } from './payment-outcomes.js';
import { type Answer, badRequest, missingParam } from './stripe-errors.js';
import { LIST_PARAMS, basics, listOf, need, newStripeId, type StripeObject } from './stripe-objects.js';
import type { Params } from './stripe-params.js';
import type { Row } from './store.js';
import type { TestMethod } from './test-methods.js';
import { unix, type World } from './world.js';

export interface CheckoutSession extends StripeObject {
  readonly object: 'checkout.session';
  readonly amount_total: number;
  readonly cancel_url: string | null;
  readonly customer: string | null;
  readonly expires_at: number;
  readonly line_items_words: readonly string[];
  readonly payment_intent: string | null;
  readonly payment_intent_data: Readonly<{ metadata: Record<string, string>; description: string | null }>;
  readonly payment_method_types: readonly string[];
  readonly payment_status: 'unpaid' | 'paid';
  readonly status: 'open' | 'complete' | 'expired';
  readonly success_url: string;
}

interface SessionOwner extends Row {
  readonly owner: string;
}

const ONE_DAY = 86_400;

/** A payment page for one sum. Only `mode=payment` is simulated. */
export function createSession({ world, owner, params }: Call): Answer {
  params.allow(
    'mode',
    'line_items',
    'success_url',
    'cancel_url',
    'client_reference_id',
    'metadata',
    'payment_intent_data',
    'allowed_payment_method_types',
    'customer',
    'customer_email',
    'customer_creation',
    'expires_at',
    'locale',
    'submit_type',
    'currency',
    'ui_mode',
    'billing_address_collection',
    'custom_text',
    'payment_method_options',
  );
  if (params.needText('mode') !== 'payment') throw badRequest('Only mode=payment is simulated.', { param: 'mode' });
  const { total, words } = lineItems(params);
  const customer = params.text('customer');
  if (customer) need(world, 'customer', owner, customer, 'customer', 'customer');
  const types = kindsOf(params);
  const data = params.child('payment_intent_data');
  const { id: _short, ...shared } = basics(world, 'cs', 'checkout.session', params.map('metadata'));
  const id = newStripeId('cs_test');
  const session = world.store.put<CheckoutSession>('checkout_session', owner, {
    id,
    ...shared,
    amount_subtotal: total,
    amount_total: total,
    cancel_url: params.text('cancel_url'),
    client_reference_id: params.text('client_reference_id'),
    currency: 'gbp',
    customer,
    customer_email: params.text('customer_email'),
    expires_at: params.integer('expires_at') ?? unix(world.now()) + ONE_DAY,
    line_items_words: words,
    mode: 'payment',
    payment_intent: null,
    payment_intent_data: { metadata: data?.map('metadata') ?? {}, description: data?.text('description') ?? null },
    allowed_payment_method_types: types,
    payment_method_types: types,
    payment_status: 'unpaid',
    status: 'open',
    success_url: params.needText('success_url'),
    ui_mode: 'hosted_page',
    url: `${world.publicUrl()}/pay/${id}`,
  } as unknown as CheckoutSession);
  world.store.put<SessionOwner>('session_owner', '', { id, owner });
  return ok(session);
}

function lineItems(params: Params): { total: number; words: string[] } {
  const items = params.children('line_items');
  if (items.length === 0) throw missingParam('line_items');
  let total = 0;
  const words = items.map((item) => {
    const price = item.child('price_data');
    if (!price) throw missingParam('line_items[0][price_data]');
    price.needPounds();
    const quantity = item.integer('quantity') ?? 1;
    if (quantity < 1) throw badRequest('This value must be greater than or equal to 1.', { param: 'line_items[0][quantity]' });
    total += price.needAmount('unit_amount') * quantity;
    return price.child('product_data')?.needText('name') ?? 'Payment';
  });
  if (total < LEAST_CHARGE_PENCE) throw badRequest("The Checkout Session's total amount due must add up to at least £0.30 gbp", { code: 'amount_too_small' });
  return { total, words };
}

/** The session of an id, whoever's it is: for the hosted page. Expires it when its time has come. */
export function sessionAnywhere(world: World, id: string): { owner: string; session: CheckoutSession } {
  const owner = world.store.part<SessionOwner>('session_owner').get(id)?.owner ?? '';
  return { owner, session: current(world, owner, id) };
}

function current(world: World, owner: string, id: string): CheckoutSession {
  const session = need<CheckoutSession>(world, 'checkout_session', owner, id, 'checkout.session');
  return session.status === 'open' && session.expires_at <= unix(world.now()) ? expire(world, owner, session) : session;
}

function expire(world: World, owner: string, session: CheckoutSession): CheckoutSession {
  return world.store.transaction(() => {
    const expired = world.store.put<CheckoutSession>('checkout_session', owner, { ...session, status: 'expired', url: null });
    emit(world, owner, 'checkout.session.expired', expired);
    return expired;
  });
}

export const retrieveSession = ({ world, owner, ids }: Call): Answer => ok(current(world, owner, ids[0]!));

export function expireSession({ world, owner, ids }: Call): Answer {
  const session = current(world, owner, ids[0]!);
  if (session.status !== 'open') throw badRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`);
  return ok(expire(world, owner, session));
}

export function listSessions({ world, owner, params, path }: Call): Answer {
  params.allow(...LIST_PARAMS, 'payment_intent', 'status', 'customer');
  const [intent, status] = [params.text('payment_intent'), params.text('status')];
  return ok(
    listOf(
      world.store.part<CheckoutSession>('checkout_session', owner),
      params,
      path,
      (row) => (!intent || row.payment_intent === intent) && (!status || row.status === status),
    ),
  );
}

/** A person pays on the hosted page. Answers the session afterwards, and why it failed if it did. */
export function payOnPage(
  world: World,
  owner: string,
  session: CheckoutSession,
  method: TestMethod,
): { session: CheckoutSession; problem: string | null; next: string | null } {
  if (session.status !== 'open') return { session, problem: 'This payment page has been used or has expired.', next: null };
  const kept = world.store.part<PaymentIntent>('payment_intent', owner).get(session.payment_intent ?? '');
  const intent =
    kept ??
    newIntent(world, owner, {
      amount: session.amount_total,
      currency: 'gbp',
      types: session.payment_method_types,
      metadata: session.payment_intent_data.metadata,
      customer: session.customer,
      description: session.payment_intent_data.description,
      transferGroup: null,
      methodId: null,
      returnUrl: session.success_url,
    });
  const tied = world.store.put<CheckoutSession>('checkout_session', owner, { ...session, payment_intent: intent.id });
  const { status, body } = attempt(world, owner, intent, method.id);
  if (status !== 200) return { session: tied, problem: (body as { error: { message: string } }).error.message, next: null };
  const after = body as PaymentIntent;
  if (after.status === 'requires_action') {
    return { session: tied, problem: null, next: (after['next_action'] as { redirect_to_url: { url: string } }).redirect_to_url.url };
  }
  return { session: completeSession(world, owner, tied, after), problem: null, next: null };
}

/** The session is complete: paid, or (Direct Debit) still to be paid. */
function completeSession(world: World, owner: string, session: CheckoutSession, intent: PaymentIntent): CheckoutSession {
  const done = world.store.put<CheckoutSession>('checkout_session', owner, {
    ...session,
    payment_status: intent.status === 'succeeded' ? 'paid' : 'unpaid',
    status: 'complete',
    url: null,
  });
  emit(world, owner, 'checkout.session.completed', done);
  return done;
}

/** Follows an intent that ended later: the payer's own answer, or a Direct Debit's day. Answers the session, if it came from one. */
export function followIntent(world: World, owner: string, intent: PaymentIntent): CheckoutSession | null {
  const session = world.store.part<CheckoutSession>('checkout_session', owner).rows.findLast((row) => row.payment_intent === intent.id);
  if (!session) return null;
  if (session.status === 'open') return intent.status === 'succeeded' ? completeSession(world, owner, session, intent) : session;
  if (session.status !== 'complete' || session.payment_status === 'paid') return session;
  const paid = intent.status === 'succeeded';
  const after = paid ? world.store.put<CheckoutSession>('checkout_session', owner, { ...session, payment_status: 'paid' }) : session;
  emit(world, owner, paid ? 'checkout.session.async_payment_succeeded' : 'checkout.session.async_payment_failed', after);
  return after;
}

/** Where the payer's browser goes after success. */
export const successUrl = (session: CheckoutSession): string => session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
