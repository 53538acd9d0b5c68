import { followIntent, payOnPage, sessionAnywhere, successUrl } from './checkout.js';
import { setReady } from './connected-accounts.js';
import type { FormTree } from './form-body.js';
import { authorisePage, messagePage, onboardPage, payPage } from './pages.js';
import type { PaymentIntent } from './payment-intent.js';
import { payerAnswers } from './payment-outcomes.js';
import { StripeRefusal } from './stripe-errors.js';
import { need } from './stripe-objects.js';
import { methodNamed, methodTyped } from './test-methods.js';
import type { World } from './world.js';

export interface PageReply {
  readonly status: number;
  readonly html?: string;
  readonly location?: string;
}

const text = (form: FormTree, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value : '';
};

/** The pages that people see: pay, say that it is you, finish a provider's set-up. Null when there is no such page. */
export function answerPage(world: World, method: string, path: string, query: FormTree, form: FormTree): PageReply | null {
  try {
    return pageFor(world, method, path, query, form);
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    return { status: error.status, html: messagePage('This page is not here', 'The payment that this link names was not found. Nothing was taken.') };
  }
}

function pageFor(world: World, method: string, path: string, query: FormTree, form: FormTree): PageReply | null {
  const [, kind, id, second] = path.split('/');
  if (!id || (method !== 'GET' && method !== 'POST')) return null;
  if (kind === 'pay' && !second) return pay(world, method, id, form);
  if (kind === 'authorise' && second) return authorise(world, method, id, second, form);
  if (kind === 'onboard' && !second) return onboard(world, method, id, text(query, 'return_url'));
  return null;
}

function pay(world: World, method: string, id: string, form: FormTree): PageReply {
  const { owner, session } = sessionAnywhere(world, id);
  if (method === 'GET') return { status: 200, html: payPage(session, null) };
  const typed = text(form, 'number').trim();
  const chosen = typed ? (methodTyped('card', typed) ?? methodTyped('bacs_debit', typed)) : methodNamed(text(form, 'method'));
  if (!chosen || !session.payment_method_types.includes(chosen.kind))
    return { status: 422, html: payPage(session, 'That is not one of the test cards listed here.') };
  const { session: after, problem, next } = world.store.transaction(() => payOnPage(world, owner, session, chosen));
  if (problem) return { status: 422, html: payPage(after, problem) };
  return { status: 303, location: next ?? successUrl(after) };
}

function authorise(world: World, method: string, owner: string, id: string, form: FormTree): PageReply {
  const intent = need<PaymentIntent>(world, 'payment_intent', owner, id);
  if (intent.status !== 'requires_action')
    return { status: 200, html: messagePage('Already answered', 'This payment does not wait for an answer. You can close this page.') };
  if (method === 'GET') return { status: 200, html: authorisePage(intent.amount) };
  const session = world.store.transaction(() => {
    const answered = payerAnswers(world, owner, intent, text(form, 'answer') === 'yes');
    return followIntent(world, owner, answered);
  });
  if (session?.status === 'open') return { status: 303, location: session['url'] as string };
  const back = session ? successUrl(session) : intent.return_url;
  return back ? { status: 303, location: back } : { status: 200, html: messagePage('Thank you', 'You can close this page.') };
}

function onboard(world: World, method: string, id: string, back: string): PageReply {
  if (method === 'GET') return { status: 200, html: onboardPage() };
  world.store.transaction(() => setReady(world, id, true));
  return /^https?:\/\//.test(back)
    ? { status: 303, location: back }
    : { status: 200, html: messagePage('Thank you', 'The set-up is finished. You can close this page.') };
}
