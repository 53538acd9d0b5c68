import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { KEY, type Loose, refusal, useSandbox } from '../support/sandbox-test.js';

const t = useSandbox();

describe('the simulated Stripe, through the official client', () => {
  it('takes a card payment and keeps 1.5% and 20p of it', async () => {
    const intent = await t.pay(12_000, 'pm_card_visa', { metadata: { payment: 'P1' }, expand: ['latest_charge.balance_transaction'] });
    expect(intent.status).toBe('succeeded');
    expect(intent.metadata).toEqual({ payment: 'P1' });
    const movement = (intent.latest_charge as Stripe.Charge).balance_transaction as Stripe.BalanceTransaction;
    expect([movement.amount, movement.fee, movement.net]).toEqual([12_000, 200, 11_800]);
    expect(await t.available()).toBe(11_800);
    expect((await t.stripe.paymentIntents.retrieve(intent.id)).amount_received).toBe(12_000);
    expect((await t.stripe.paymentIntents.search({ query: "metadata['payment']:'P1'" })).data.map((each) => each.id)).toEqual([intent.id]);
  });

  it('gives 402 with the reason for a declined card, and the same intent can then be paid', async () => {
    const intent = await t.stripe.paymentIntents.create({ amount: 500, currency: 'gbp', allowed_payment_method_types: ['card'] });
    expect(intent.status).toBe('requires_payment_method');
    const error = await refusal(t.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclinedInsufficientFunds' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect([error.statusCode, error.code, error.decline_code]).toEqual([402, 'card_declined', 'insufficient_funds']);
    expect(error.payment_intent?.status).toBe('requires_payment_method');
    expect(await t.available()).toBe(0);
    expect((await t.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).status).toBe('succeeded');
    expect((await refusal(t.stripe.paymentIntents.confirm(intent.id))).code).toBe('payment_intent_unexpected_state');
  });

  it('gives the first answer to a repeated key, and refuses the key with another body', async () => {
    const params: Stripe.PaymentIntentCreateParams = { amount: 900, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true };
    const first = await t.stripe.paymentIntents.create(params, { idempotencyKey: 'pay-1' });
    const again = await t.stripe.paymentIntents.create(params, { idempotencyKey: 'pay-1' });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(again.lastResponse.requestId).toMatch(/^req_/);
    const error = await refusal(t.stripe.paymentIntents.create({ ...params, amount: 901 }, { idempotencyKey: 'pay-1' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    expect(error.statusCode).toBe(400);
    expect((await t.stripe.paymentIntents.list()).data).toHaveLength(1);
  });

  it('answers 409 while the first request of a key is at work', async () => {
    await t.ask('POST', '/sandbox/switches', { faults: [{ kind: 'slow', path: '/v1/payment_intents', ms: 200 }] });
    const params: Stripe.PaymentIntentCreateParams = { amount: 900, currency: 'gbp' };
    const first = t.stripe.paymentIntents.create(params, { idempotencyKey: 'slow-1' });
    await sleep(50);
    expect((await refusal(t.stripe.paymentIntents.create(params, { idempotencyKey: 'slow-1' }))).statusCode).toBe(409);
    expect((await first).status).toBe('requires_payment_method');
  });

  it('acts once although the answer was lost: timeout, 500 and dropped socket are told apart from "failed" by asking again', async () => {
    // The client itself tries once more after a dropped socket, with the same key, even when told not to retry.
    for (const kind of ['timeout-after', 'error-after', 'drop-after']) {
      await t.ask('POST', '/sandbox/switches', { faults: [{ kind, path: '/v1/payment_intents', times: kind === 'drop-after' ? 2 : 1 }] });
      const hasty = t.clientFor(KEY, 300);
      const params: Stripe.PaymentIntentCreateParams = { amount: 1_000, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true, metadata: { kind } };
      const error = await refusal(hasty.paymentIntents.create(params, { idempotencyKey: kind }));
      expect(error instanceof Stripe.errors.StripeConnectionError || error instanceof Stripe.errors.StripeAPIError).toBe(true);
      const again = await t.stripe.paymentIntents.create(params, { idempotencyKey: kind });
      expect(again.status).toBe('succeeded');
    }
    expect((await t.stripe.paymentIntents.list()).data).toHaveLength(3);
    expect(await t.available()).toBe(3 * (1_000 - 35));
  });

  it('refuses wrong keys, unknown parameters, unknown ids and money without a key, each in its own shape', async () => {
    expect((await refusal(t.clientFor('nonsense').balance.retrieve())).statusCode).toBe(401);
    expect((await refusal(t.stripe.paymentIntents.retrieve('pi_none'))).statusCode).toBe(404);
    const odd = await refusal(t.stripe.paymentIntents.create({ amount: 900, currency: 'gbp', colour: 'blue' } as unknown as Stripe.PaymentIntentCreateParams));
    expect([odd.code, odd.param]).toEqual(['parameter_unknown', 'colour']);
    expect((await refusal(t.stripe.paymentIntents.create({ amount: 900, currency: 'eur' }))).param).toBe('currency');
    const old = { amount: 900, currency: 'gbp', payment_method_types: ['card'] } as unknown as Stripe.PaymentIntentCreateParams;
    expect((await refusal(t.stripe.paymentIntents.create(old))).param).toBe('payment_method_types');
    expect((await refusal(t.pay(900, 'pm_card_nobody'))).code).toBe('resource_missing');
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/x-www-form-urlencoded' };
    const bare = await fetch(`${t.sandbox.url}/v1/transfers`, { method: 'POST', headers, body: 'amount=1' });
    expect([bare.status, ((await bare.json()) as Loose).error.code]).toEqual([400, 'idempotency_key_missing']);
    const dirty = await fetch(`${t.sandbox.url}/v1/customers`, { method: 'POST', headers, body: 'metadata[__proto__][x]=1' });
    expect(dirty.status).toBe(400);
  });

  it('keeps the accounts of different keys apart', async () => {
    const intent = await t.pay();
    const other = t.clientFor('sk_test_book_d');
    expect((await other.paymentIntents.list()).data).toEqual([]);
    expect((await refusal(other.paymentIntents.retrieve(intent.id))).statusCode).toBe(404);
  });

  it('lets a Direct Debit succeed only on its day, with 1% kept, and lets it be claimed back without limit', async () => {
    const intent = await t.pay(6_000, 'pm_bacs_debit');
    expect(intent.status).toBe('processing');
    expect(await t.available()).toBe(0);
    t.now = new Date('2026-11-03T10:00:00Z');
    expect((await t.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    expect(await t.available()).toBe(5_940);
    const claimed = await t.ask('POST', '/sandbox/disputes', { account: KEY, payment_intent: intent.id, reason: 'debit_not_authorized' });
    expect(claimed.json.status).toBe('lost');
    expect(await t.available()).toBe(-60);
    expect((await t.stripe.disputes.retrieve(claimed.json.id)).amount).toBe(6_000);
  });

  it('asks the payer when the card wants it', async () => {
    const intent = await t.pay(700, 'pm_card_authenticationRequired');
    expect(intent.status).toBe('requires_action');
    const page = intent.next_action!.redirect_to_url!.url!;
    expect(await (await fetch(page)).text()).toContain('Simulated');
    await fetch(page, { method: 'POST', body: new URLSearchParams({ answer: 'yes' }) });
    expect((await t.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    await t.stripe.paymentIntents.cancel(intent.id).catch((error: Stripe.errors.StripeError) => expect(error.code).toBe('payment_intent_unexpected_state'));
  });

  it('refunds in parts, never more than was paid', async () => {
    const intent = await t.pay(12_000);
    await t.stripe.refunds.create({ payment_intent: intent.id, amount: 5_000 });
    expect((await refusal(t.stripe.refunds.create({ payment_intent: intent.id, amount: 7_001 }))).param).toBe('amount');
    expect(await t.available()).toBe(6_800);
    await t.pay(1_000);
    await t.stripe.refunds.create({ payment_intent: intent.id });
    expect((await refusal(t.stripe.refunds.create({ payment_intent: intent.id }))).code).toBe('charge_already_refunded');
    const sums = (await t.stripe.refunds.list({ payment_intent: intent.id })).data.map((each) => each.amount);
    expect(sums).toEqual([7_000, 5_000]);
  });

  it('transfers and pays out only what is available', async () => {
    await t.pay(12_000);
    await t.pay(6_000);
    expect(await t.available()).toBe(11_800 + 5_890);
    const provider = await t.stripe.accounts.create({ type: 'express', country: 'GB' });
    expect(provider.capabilities?.transfers).toBe('active');
    const transfer = await t.stripe.transfers.create({ amount: 6_666, currency: 'gbp', destination: provider.id, transfer_group: 'INV-1' });
    const short = await refusal(t.stripe.transfers.create({ amount: 11_025, currency: 'gbp', destination: provider.id }));
    expect([short.statusCode, short.code]).toEqual([400, 'balance_insufficient']);
    expect((await refusal(t.stripe.payouts.create({ amount: 11_025, currency: 'gbp' }))).code).toBe('balance_insufficient');
    expect((await t.stripe.balance.retrieve({}, { stripeAccount: provider.id })).available[0]!.amount).toBe(6_666);
    await t.stripe.transfers.createReversal(transfer.id, { amount: 666 });
    expect((await t.stripe.transfers.retrieve(transfer.id)).amount_reversed).toBe(666);
    expect(await t.available()).toBe(11_800 + 5_890 - 6_000);
    expect((await t.stripe.transfers.list({ transfer_group: 'INV-1' })).data).toHaveLength(1);
  });

  it('keeps card money back until it is available, when the account is set up so', async () => {
    await t.ask('POST', '/sandbox/accounts', { key: KEY, cardDelayMs: 3 * 86_400_000, connectedReady: false });
    await t.pay(12_000);
    const balance = await t.stripe.balance.retrieve();
    expect([balance.available[0]!.amount, balance.pending[0]!.amount]).toEqual([0, 11_800]);
    const provider = await t.stripe.accounts.create({ type: 'express', country: 'GB' });
    const order = { amount: 6_666, currency: 'gbp', destination: provider.id };
    expect((await refusal(t.stripe.transfers.create(order))).code).toBe('insufficient_capabilities_for_transfer');
    const link = await t.stripe.accountLinks.create({
      account: provider.id,
      type: 'account_onboarding',
      return_url: 'http://localhost/a',
      refresh_url: 'http://localhost/b',
    });
    expect((await fetch(link.url, { method: 'POST', redirect: 'manual' })).headers.get('location')).toBe('http://localhost/a');
    expect((await refusal(t.stripe.transfers.create(order))).code).toBe('balance_insufficient');
    t.now = new Date('2026-11-05T09:00:01Z');
    expect((await t.stripe.transfers.create(order)).amount).toBe(6_666);
    const statuses = (await t.stripe.balanceTransactions.list()).data.map((each) => each.status);
    expect(statuses).toEqual(['available', 'available']);
  });

  it('pages through lists, and through what an automatic pay-out carries; the parts add up to the pay-out', async () => {
    for (let i = 1; i <= 8; i++) await t.pay(1_000 * i);
    const sent = (await t.ask('POST', '/sandbox/automatic-payout', { account: KEY })).json.payout as Stripe.Payout;
    await t.pay(700);
    const carried: Stripe.BalanceTransaction[] = [];
    for await (const each of t.stripe.balanceTransactions.list({ payout: sent.id, limit: 3 })) carried.push(each);
    expect(carried).toHaveLength(9);
    const charges = carried.filter((each) => each.type !== 'payout');
    expect(charges.reduce((total, each) => total + each.net, 0)).toBe(sent.amount);
    await t.sandbox.run();
    expect((await t.stripe.payouts.retrieve(sent.id)).status).toBe('paid');
    const { lines } = (await t.ask('GET', `/bank/accounts/108800-10000001/lines?endToEndId=${sent.id}`)).json;
    expect(lines.map((each: { pence: number }) => each.pence)).toEqual([sent.amount]);
    await t.ask('POST', '/sandbox/switches', { failPayouts: 1 });
    const failing = await t.stripe.payouts.create({ amount: 100, currency: 'gbp' });
    await t.sandbox.run();
    expect((await t.stripe.payouts.retrieve(failing.id)).status).toBe('failed');
    expect(await t.available()).toBe(700 - 31);
  });

  it('has a payment page on which a person pays by test card, without JavaScript', async () => {
    const session = await t.stripe.checkout.sessions.create({
      mode: 'payment',
      allowed_payment_method_types: ['card'],
      line_items: [{ price_data: { currency: 'gbp', unit_amount: 12_000, product_data: { name: 'Your part <of> the pool' } }, quantity: 1 }],
      success_url: 'http://localhost:3000/thanks?session={CHECKOUT_SESSION_ID}',
      payment_intent_data: { metadata: { payment: 'P9' } },
    });
    expect(session.payment_intent).toBeNull();
    expect((await fetch(`${session.url!}x`)).status).toBe(404);
    const page = await (await fetch(session.url!)).text();
    expect(page).toContain('Simulated payment page');
    expect(page).toContain('Your part &lt;of&gt; the pool');
    expect(page).not.toContain('<script');
    const declined = await fetch(session.url!, { method: 'POST', body: new URLSearchParams({ number: '4000 0000 0000 0002' }), redirect: 'manual' });
    expect([declined.status, (await declined.text()).includes('Your card was declined.')]).toEqual([422, true]);
    const paid = await fetch(session.url!, { method: 'POST', body: new URLSearchParams({ method: 'pm_card_visa' }), redirect: 'manual' });
    expect([paid.status, paid.headers.get('location')]).toEqual([303, `http://localhost:3000/thanks?session=${session.id}`]);
    const after = await t.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect([after.status, after.payment_status]).toEqual(['complete', 'paid']);
    expect((after.payment_intent as Stripe.PaymentIntent).metadata).toEqual({ payment: 'P9' });
    expect((await fetch(session.url!, { method: 'POST', body: new URLSearchParams({ method: 'pm_card_visa' }), redirect: 'manual' })).status).toBe(422);
    expect(await t.available()).toBe(11_800);
  });
});
