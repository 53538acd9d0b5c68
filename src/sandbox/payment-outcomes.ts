import { chargeFails, chargePending, chargeSucceeds, failureWords } from './charges.js';
import { openDispute } from './disputes.js';
import { emit } from './events.js';
import type { PaymentIntent } from './payment-intent.js';
import { needAccount } from './stripe-accounts.js';
import { type Answer, badRequest, errorBody, unexpectedState } from './stripe-errors.js';
import { type TestMethod, methodDetails, methodNamed } from './test-methods.js';
import { later, type World } from './world.js';

const save = (world: World, owner: string, intent: PaymentIntent): PaymentIntent => world.store.put('payment_intent', owner, intent);

/** Tries to take the money: the one way from "confirm" to an outcome. */
export function attempt(world: World, owner: string, intent: PaymentIntent, methodId: string | null): Answer {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedState(`This PaymentIntent's status is ${intent.status}, so it cannot be confirmed.`, intent);
  }
  if (!methodId) throw unexpectedState("You cannot confirm this PaymentIntent because it's missing a payment method.", intent);
  const method = knownMethod(methodId, intent.payment_method_types);
  const chosen = { ...intent, payment_method: methodId, next_action: null };
  if (method.does === 'ask') return askPayer(world, owner, chosen);
  if (method.does === 'decline') return decline(world, owner, chosen, method);
  if (method.kind === 'bacs_debit') return startDebit(world, owner, chosen, method);
  return { status: 200, body: succeed(world, owner, chosen, method) };
}

/** A test method of a kind that the intent takes. */
export function knownMethod(id: string, types: readonly string[]): TestMethod {
  const method = methodNamed(id);
  if (!method) throw badRequest(`No such PaymentMethod: '${id}'`, { code: 'resource_missing', param: 'payment_method' });
  if (!types.includes(method.kind)) {
    throw badRequest(`The PaymentMethod provided (${method.kind}) is not allowed for this PaymentIntent.`, {
      code: 'payment_intent_invalid_parameter',
      param: 'payment_method',
    });
  }
  return method;
}

function succeed(world: World, owner: string, intent: PaymentIntent, method: TestMethod): PaymentIntent {
  const charge = chargeSucceeds(world, owner, intent, method);
  const done = save(world, owner, {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    status: 'succeeded',
  } as PaymentIntent);
  emit(world, owner, 'payment_intent.succeeded', done);
  if (method.does === 'dispute') openDispute(world, owner, charge.id, 'fraudulent', null);
  return done;
}

/** A refused card: the intent waits for another method, and the answer is 402. */
function decline(world: World, owner: string, intent: PaymentIntent, method: TestMethod): Answer {
  const charge = chargeFails(world, owner, intent, method);
  const fault = {
    charge: charge.id,
    code: method.code ?? 'card_declined',
    ...(method.declineCode ? { decline_code: method.declineCode } : {}),
    message: failureWords(method),
    payment_method: { id: method.id, object: 'payment_method', ...methodDetails(method) },
    type: 'card_error' as const,
  };
  const failed = save(world, owner, {
    ...intent,
    last_payment_error: fault,
    latest_charge: charge.id,
    payment_method: null,
    status: 'requires_payment_method',
  } as PaymentIntent);
  emit(world, owner, 'payment_intent.payment_failed', failed);
  return { status: 402, body: errorBody({ ...fault, payment_intent: failed }) };
}

function askPayer(world: World, owner: string, intent: PaymentIntent): Answer {
  const url = `${world.publicUrl()}/authorise/${owner}/${intent.id}`;
  const asking = save(world, owner, {
    ...intent,
    next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: intent.return_url ?? null, url } },
    status: 'requires_action',
  } as PaymentIntent);
  emit(world, owner, 'payment_intent.requires_action', asking);
  return { status: 200, body: asking };
}

/** The payer's answer to "is it you?", from the hosted page. */
export function payerAnswers(world: World, owner: string, intent: PaymentIntent, yes: boolean): PaymentIntent {
  if (intent.status !== 'requires_action') return intent;
  const method = methodNamed(intent.payment_method ?? '')!;
  if (yes) return succeed(world, owner, intent, method);
  const fault = { code: 'payment_intent_authentication_failure', message: 'The provided PaymentMethod has failed authentication.', type: 'card_error' };
  const failed = save(world, owner, {
    ...intent,
    last_payment_error: fault,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  } as PaymentIntent);
  emit(world, owner, 'payment_intent.payment_failed', failed);
  return failed;
}

function startDebit(world: World, owner: string, intent: PaymentIntent, method: TestMethod): Answer {
  const charge = chargePending(world, owner, intent, method);
  const started = save(world, owner, { ...intent, latest_charge: charge.id, status: 'processing' } as PaymentIntent);
  emit(world, owner, 'payment_intent.processing', started);
  const dueAt = later(world.now(), needAccount(world, owner).settings.debitDelayMs);
  world.agenda.add('debit-ends', dueAt, { owner, intent: intent.id, method: method.id });
  return { status: 200, body: started };
}

/** The day on which a Direct Debit is known: it succeeds, or fails. Does nothing when it was ended before. */
export function endDebit(world: World, owner: string, id: string, methodId: string, fails = false): PaymentIntent | null {
  const intent = world.store.part<PaymentIntent>('payment_intent', owner).get(id);
  const method = methodNamed(methodId);
  if (intent?.status !== 'processing' || !method) return null;
  if (method.does !== 'fail-later' && !fails) return succeed(world, owner, intent, method);
  const charge = chargeFails(world, owner, intent, { ...method, code: method.code ?? 'debit_not_authorized' });
  const fault = { charge: charge.id, code: method.code ?? 'debit_not_authorized', message: failureWords(method), type: 'invalid_request_error' };
  const failed = save(world, owner, { ...intent, last_payment_error: fault, payment_method: null, status: 'requires_payment_method' } as PaymentIntent);
  emit(world, owner, 'payment_intent.payment_failed', failed);
  return failed;
}
