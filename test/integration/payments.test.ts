import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PaymentId } from '../../src/kernel/index.js';
import { localDate, newId, pence } from '../../src/kernel/index.js';
import type { Loose } from '../support/payments-house.js';
import { KEY, PaymentsHouse, SECRET } from '../support/payments-house.js';

let house: PaymentsHouse;
beforeEach(async () => {
  house = new PaymentsHouse();
  await house.open();
});
afterEach(async () => {
  expect(await house.faults()).toEqual([]);
  await house.close();
});

/** T holds 200.00 of B's and 100.00 of C's, all of it in Stripe's balance as well as in the bank: enough to pay either way. */
async function fundedT(inStripe = 50_000): Promise<void> {
  await house.fund(house.b, 20_000);
  await house.fund(house.c, 10_000);
  if (inStripe > 0) await house.tell('/sandbox/topups', { account: KEY, pence: inStripe });
}

const invoiceT = () =>
  house.invoice(house.t, [
    { member: house.b, amount: 3_333, place: 1 },
    { member: house.c, amount: 3_333, place: 2 },
  ]);
const atStripe = async (path: string): Promise<Loose> =>
  (await fetch(`${house.sandbox.url}/v1/${path}`, { headers: { authorization: `Bearer ${KEY}` } })).json();
const transfers = async (): Promise<Loose[]> => (await atStripe('transfers')).data;
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

describe('two people and the payee', () => {
  it('pays by Stripe after two people decided, and the ledger keeps whose money it was', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.approved(payment);
    await house.deliver();
    const view = await house.queries.payment(await house.as(house.people.una), payment);
    expect([view.state, view.channel, view.words, view.history.map((step) => step.to)]).toEqual([
      'settled',
      'stripe',
      'It was paid.',
      ['planned', 'prepared', 'approved', 'sending', 'sent', 'settled'],
    ]);
    expect(await house.table(house.t)).toMatchObject({ clearing: '-66.66', 'share B': '166.67', 'share C': '66.67' });
    expect((await transfers()).map((each) => [each.amount, each.destination, each.metadata])).toEqual([[6_666, house.connected, { paymentId: payment }]]);
  });

  it('refuses one person twice, a person without a limit, a payee’s own person, connected people, and people whose right has ended', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.prepared(payment);
    const approve = async (who: 'una' | 'vera' | 'will') => code(house.payments.approve(await house.as(house.people[who]), { payments: [payment] }));
    expect(await approve('una')).toBe('same-person');
    expect(await approve('will')).toBe('over-limit');
    await house.grant(house.people.vera, 'provider', 'provider', house.provider);
    expect(await approve('vera')).toBe('payee-decides');
    await house.write((tx) => tx.run(`update access_grant set until_at = $1 where role = 'provider'`, [tx.now]));
    await house.write((tx) =>
      tx.run(`insert into connection (person_id, other_id, kind, from_day) values ($1, $2, 'family', '2020-01-01')`, [house.people.vera, house.people.una]),
    );
    expect(await approve('vera')).toBe('people-connected');
    await house.write((tx) => tx.run(`update connection set until_day = '2021-01-01'`));
    await house.write((tx) => tx.run(`update access_grant set until_at = $2 where person_id = $1`, [house.people.una, tx.now]));
    expect(await approve('vera')).toBe('maker-not-active');
    expect(await house.stateOf(payment)).toBe('prepared');
  });

  it('refuses payees nobody checked, checked by the one who entered them, or still cooling off', async () => {
    await fundedT(0);
    const [una, vera] = [await house.as(house.people.una), await house.as(house.people.vera)];
    await house.write((tx) => house.settings.set(tx, house.all, house.t, { coolingOffHours: 24 }));
    const changed = await house.payees.change(una, {
      payee: house.payeeT,
      version: 1,
      name: 'Swim Well Limited',
      sortCode: '10-88-00',
      accountNumber: '10000003',
    });
    const payment = await invoiceT();
    await house.prepared(payment);
    expect(await code(house.payments.approve(vera, { payments: [payment] }))).toBe('payee-not-checked');
    expect(await code(house.payees.check(una, { payee: house.payeeT, version: changed.version, how: 'call-back' }))).toBe('same-person');
    expect(await code(house.payees.check(vera, { payee: house.payeeT, version: 1, how: 'call-back' }))).toBe('payee-changed');
    await house.payees.check(vera, { payee: house.payeeT, version: changed.version, how: 'call-back' });
    expect(await code(house.payments.approve(vera, { payments: [payment] }))).toBe('payee-cooling-off');
    house.clock.advanceDays(1);
    expect(await code(house.payments.approve(vera, { payments: [payment] }))).toBe('done');
  });

  it('lets two approvers at once through once, and an approval and a hold at once end in one of the two', async () => {
    await fundedT();
    await house.write((tx) => house.settings.setLimit(tx, house.all, { book: house.t, person: house.people.will, limit: pence(1_000_000) }));
    const payment = await invoiceT();
    await house.prepared(payment);
    const [vera, will] = [await house.as(house.people.vera), await house.as(house.people.will)];
    const both = await Promise.all([code(house.payments.approve(vera, { payments: [payment] })), code(house.payments.approve(will, { payments: [payment] }))]);
    expect(both.sort()).toEqual(['done', 'payment-is-approved']);
    await house.deliver();
    expect(await transfers()).toHaveLength(1);

    for (let n = 0; n < 5; n++) {
      const other = await house.invoice(house.t, [{ member: house.b, amount: 100 }]);
      await house.prepared(other);
      const ends = await Promise.all([
        code(house.payments.approve(vera, { payments: [other] })),
        code(house.payments.hold(will, { payment: other, reason: 'The invoice is for another month.' })),
      ]);
      await house.deliver();
      expect([
        ['done', 'done'],
        ['payment-is-held', 'done'],
      ]).toContainEqual(ends);
      expect(await house.stateOf(other)).toBe('held');
    }
    expect(await transfers()).toHaveLength(1);
  });

  it('gives a repeat of the same key the first answer, and plans one payment for one invoice', async () => {
    await fundedT();
    const invoiceId = newId();
    const payment = await house.invoice(house.t, [{ member: house.b, amount: 1_000 }], { invoiceId });
    const una = await house.as(house.people.una);
    const first = await house.payments.prepare(una, { payments: [payment] }, 'a-key-of-una');
    expect(await house.payments.prepare(una, { payments: [payment] }, 'a-key-of-una')).toEqual(first);
    const again = house.write((tx) =>
      house.payments.planPayOut(tx, house.all, {
        book: house.t,
        payee: house.payeeT,
        amount: pence(1_000),
        parts: [{ owner: house.b.owner, amount: pence(1_000) }],
        purpose: { noun: 'invoice', id: invoiceId },
      }),
    );
    expect(await code(again)).toBe('already-planned');
  });

  it('lets the holder of an own account decide alone, and nobody else', async () => {
    await house.post(house.d, 'arrival', 'test:d', [{ debit: { book: house.d, kind: 'bank' }, credit: house.c.line, amount: pence(5_000) }]);
    const cleo = await house.as(house.people.c);
    const payee = await house.payees.enter(cleo, {
      book: house.d,
      kind: 'provider',
      subject: house.provider,
      name: 'Swim Well',
      sortCode: '108800',
      accountNumber: '10000003',
    });
    expect(payee.state).toBe('checked');
    await house.post(house.d, 'invoice', 'test:inv', [
      { debit: house.c.line, credit: { book: house.d, kind: 'payable', subject: house.provider }, amount: pence(2_000) },
    ]);
    const owner = { subject: house.people.c, line: house.c.line.line };
    const payment = await house.write((tx) =>
      house.payments.planPayOut(tx, house.all, {
        book: house.d,
        payeeSubject: house.provider,
        amount: pence(2_000),
        parts: [{ owner, amount: pence(2_000) }],
        purpose: { noun: 'invoice', id: newId() },
      }),
    );
    expect(await code(house.payments.approve(await house.as(house.people.vera), { payments: [payment] }))).toBe('not-found');
    await house.payments.approve(cleo, { payments: [payment] });
    const file = await house.files.release(cleo, house.d);
    expect([file?.paymentCount, await house.stateOf(payment)]).toEqual([1, 'in-file']);
  });
});

describe('sending by Stripe', () => {
  it('sends the whole payment by bank file when the balance is short by a penny', async () => {
    await fundedT(6_665);
    const payment = await invoiceT();
    await house.approved(payment);
    await house.deliver();
    expect((await house.queries.payment(await house.as(house.people.una), payment)).channel).toBe('bank-file');
    expect(await transfers()).toHaveLength(0);
    const file = await house.files.release(await house.as(house.people.vera), house.t, 'release-key');
    expect(await house.files.release(await house.as(house.people.vera), house.t, 'release-key')).toEqual(file);
    await house.deliver();
    expect([await house.stateOf(payment), (await house.files.listOf(await house.as(house.people.una), house.t))[0]?.state]).toEqual(['in-file', 'submitted']);
    expect((await house.ask(`/bank/payments/${file!.id}`)).payments).toMatchObject([{ pence: 6_666, accountNumber: '10000003' }]);
  });

  it.each(['timeout-after', 'drop-after', 'error-after'] as const)('calls it unknown after %s, asks, and pays once', async (kind) => {
    await fundedT();
    const payment = await invoiceT();
    await house.tell('/sandbox/switches', { faults: [{ kind, method: 'POST', path: '/v1/transfers', times: 3, ms: 300 }] });
    await house.approved(payment);
    await house.deliver();
    expect(await transfers()).toHaveLength(1);
    expect(await house.stateOf(payment)).toBe('settled');
  });

  it('does not call it failed while an answer may still come, and says so once Stripe has never heard of it', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.tell('/sandbox/switches', { faults: [{ kind: 'drop-before', method: 'POST', path: '/v1/transfers', times: 3 }] });
    await house.approved(payment);
    await house.deliver();
    expect(await house.stateOf(payment)).toBe('unknown');
    expect(await house.payOuts.resolveUnknown(house.t)).toBe(0);
    house.clock.set(new Date(house.clock.now().getTime() + 6 * 60_000));
    expect(await house.payOuts.resolveUnknown(house.t)).toBe(1);
    expect(await house.stateOf(payment)).toBe('failed');
    expect(await house.table(house.t)).toMatchObject({ payable: '66.66' });

    await house.payments.planAgain(await house.as(house.people.una), { payment });
    await house.approved(payment);
    await house.deliver();
    expect([await house.stateOf(payment), (await transfers()).length]).toEqual(['settled', 1]);
  });

  it('asks after a payment that a crash left in the middle of sending, and never sends it again', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.approved(payment);
    await house.write((tx) => tx.run(`update payment set state = 'sending', channel = 'stripe', sending_at = $2 where id = $1`, [payment, tx.now]));
    await house.deliver();
    expect([await house.stateOf(payment), (await transfers()).length]).toEqual(['unknown', 0]);
  });

  it('takes the webhook before the answer, twice and late, for one payment', async () => {
    await fundedT();
    await house.listenToStripe();
    await house.tell('/sandbox/switches', { webhooks: { mode: 'twice' }, faults: [{ kind: 'drop-after', method: 'POST', path: '/v1/transfers', times: 3 }] });
    const payment = await invoiceT();
    await house.approved(payment);
    await house.until(async () => (await house.stateOf(payment)) === 'settled');
    await house.tell(`/sandbox/events/${await lastEvent('transfer.created')}/deliver`, { account: KEY });
    await house.deliver();
    expect(await house.table(house.t)).toMatchObject({ clearing: '-66.66' });
    const events = await house.write((tx) => tx.rows(`select 1 from webhook_event where type = 'transfer.created'`));
    expect(events).toHaveLength(1);
  });

  it('takes a transfer that Stripe reverses as come back: the debt stands again', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.approved(payment);
    await house.deliver();
    const [transfer] = await transfers();
    await fetch(`${house.sandbox.url}/v1/transfers/${transfer.id}/reversals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'idempotency-key': 'reverse-it', 'content-type': 'application/x-www-form-urlencoded' },
    });
    await house.payOuts.applyTransfer(house.all, { id: transfer.id, paymentId: payment, amount: pence(6_666), isReversed: true });
    expect([await house.stateOf(payment), (await house.table(house.t))['payable']]).toEqual(['returned', '66.66']);
  });
});

const lastEvent = async (type: string): Promise<string> => (await atStripe(`events?type=${type}`)).data[0].id;

describe('webhooks', () => {
  const post = (path: string, body: string, signature?: string) =>
    fetch(`${house.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(signature ? { 'stripe-signature': signature } : {}) },
      body,
    });

  it('refuses no signature, a wrong one, a changed body and another book; stores nothing', async () => {
    const { Stripe } = await import('stripe');
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'payout.paid', data: { object: { id: 'po_1' } } });
    const good = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: SECRET });
    expect((await post(`/webhooks/stripe/${house.t}`, body)).status).toBe(422);
    expect(
      (
        await post(
          `/webhooks/stripe/${house.t}`,
          body,
          good.replace(/v1=./, (start) => (start === 'v1=0' ? 'v1=1' : 'v1=0')),
        )
      ).status,
    ).toBe(422);
    expect((await post(`/webhooks/stripe/${house.t}`, `${body} `, good)).status).toBe(422);
    expect((await post(`/webhooks/stripe/${house.n}`, body, good)).status).toBe(404);
    expect((await post('/webhooks/stripe', body, good)).status).toBe(404);
    expect(await house.write((tx) => tx.rows('select 1 from webhook_event'))).toEqual([]);
    await house.write((tx) => house.stripe.serveBareAddress(tx, house.all, house.t));
    expect((await post('/webhooks/stripe', body, good)).status).toBe(200);
    expect((await post(`/webhooks/stripe/${house.t}`, body, good)).status).toBe(200);
    await house.deliver();
    expect(await house.write((tx) => tx.rows('select type, object_id, outcome from webhook_event'))).toEqual([
      { type: 'payout.paid', object_id: 'po_1', outcome: 'ignored' },
    ]);
  });
});

describe('coverage: no payment needs another’s money', () => {
  it('holds what was approved before a Direct Debit was claimed back, and lets the others’ own payments go', async () => {
    await house.fund(house.b, 20_000);
    const una = await house.as(house.people.una);
    const sent = await contributeByCard(10_000);
    const paysC = await house.invoice(house.t, [{ member: house.c, amount: 4_000 }]);
    const paysB = await house.invoice(house.t, [{ member: house.b, amount: 5_000 }]);
    await house.approved(paysC);
    const intent = (await house.write((tx) => tx.row<{ id: string }>('select stripe_payment_intent_id as id from payment where id = $1', [sent])))!.id;
    const dispute = await house.tell('/sandbox/disputes', { account: KEY, payment_intent: intent });
    await house.outcomes.applyDispute(house.t, { id: dispute.id, intentId: intent, amount: pence(10_000), fee: pence(0), isWon: false });
    await house.deliver();
    const vera = await house.as(house.people.vera);
    expect(await house.files.release(vera, house.t)).toBeNull();
    const view = await house.queries.payment(una, paysC);
    expect([view.state, view.reason]).toEqual(['held', 'This payment would use £40.00 that belongs to other people. It waits until the gap is covered.']);
    await house.approved(paysB);
    await house.deliver();
    expect((await house.files.release(vera, house.t))?.totalPence).toBe(5_000);
    expect(await house.table(house.t)).toMatchObject({ 'receivable C': '100.00', 'share B': '150.00', payable: '40.00' });
    const joint = await house.invoice(house.t, [
      { member: house.b, amount: 1_000 },
      { member: house.c, amount: 1_000 },
    ]);
    await house.prepared(joint);
    expect(await code(house.payments.approve(vera, { payments: [joint] }))).toBe('would-use-others-money');
  });

  it('lets only one of two approvals at once count on the same money', async () => {
    await fundedT(0);
    const clearing = { book: house.t, kind: 'clearing', channel: 'stripe' } as const;
    await house.post(house.t, 'receivable', 'test:debt', [
      { debit: { book: house.t, kind: 'receivable', subject: house.people.c }, credit: clearing, amount: pence(6_000), owner: house.c.owner },
    ]);
    await house.write((tx) => house.settings.setLimit(tx, house.all, { book: house.t, person: house.people.will, limit: pence(1_000_000) }));
    const [one, two] = [await house.invoice(house.t, [{ member: house.c, amount: 3_000 }]), await house.invoice(house.t, [{ member: house.c, amount: 3_000 }])];
    await house.prepared(one, two);
    const ends = await Promise.all([
      code(house.payments.approve(await house.as(house.people.vera), { payments: [one] })),
      code(house.payments.approve(await house.as(house.people.will), { payments: [two] })),
    ]);
    expect(ends.sort()).toEqual(['done', 'would-use-others-money']);
  });
});

/** Cleo puts money of her own account into her share by card; answers the pay-in. */
async function contributeByCard(amount: number, method = 'pm_card_visa'): Promise<PaymentId> {
  await house.post(house.d, 'arrival', `test:d:${newId()}`, [{ debit: { book: house.d, kind: 'bank' }, credit: house.c.line, amount: pence(amount) }]);
  const { remittanceId, payInId } = await house.write((tx) =>
    house.remittances.send(tx, house.all, { from: house.c.line, to: house.c.share, amount: pence(amount), by: 'card' }),
  );
  const address = await house.queries.payInAddress(await house.as(house.people.c), remittanceId, '/money');
  await house.payOnPage(address, method);
  const session = await house.write((tx) => tx.row<{ id: string }>('select stripe_checkout_id as id from payment where id = $1', [payInId]));
  await house.until(async () => {
    const gateway = (await house.stripe.gatewayOf(house.t))!;
    const { intentId } = await gateway.checkoutById(session!.id);
    if (intentId) await house.outcomes.applyIntent(house.t, await gateway.intentById(intentId));
    await house.deliver();
    return method.includes('Declined') || (await house.stateOf(payInId!)) === 'succeeded';
  });
  return payInId!;
}

describe('pay-ins', () => {
  it('takes a card: the whole sum in the share, the fee beside it, the sender’s remitting closed', async () => {
    await house.listenToStripe();
    await house.post(house.d, 'arrival', 'test:d', [{ debit: { book: house.d, kind: 'bank' }, credit: house.c.line, amount: pence(30_000) }]);
    const { remittanceId, payInId } = await house.write((tx) =>
      house.remittances.send(tx, house.all, { from: house.c.line, to: house.c.share, amount: pence(12_000), by: 'card' }),
    );
    expect(await house.table(house.d)).toEqual({ bank: '300.00', 'line C': '180.00', remitting: '120.00' });
    const cleo = await house.as(house.people.c);
    const address = await house.queries.payInAddress(cleo, remittanceId, '/money');
    expect(await house.queries.payInAddress(cleo, remittanceId, '/money')).toBe(address);
    expect(await house.payOnPage(address, 'pm_card_chargeDeclined')).toBe(422);
    await house.deliver();
    expect(await house.stateOf(payInId!)).toBe('awaiting-payer');
    expect(await house.payOnPage(address, 'pm_card_visa')).toBe(303);
    await house.until(async () => (await house.stateOf(payInId!)) === 'succeeded');
    await house.until(async () => (await house.table(house.d))['remitting'] === undefined);
    expect(await house.table(house.t)).toEqual({ clearing: '118.00', 'fees-due': '2.00', 'share C': '120.00' });
    expect(await house.table(house.d)).toEqual({ bank: '300.00', clearing: '-120.00', 'line C': '180.00' });
    expect(await code(house.queries.payInAddress(cleo, remittanceId))).toBe('pay-in-ended');
    expect(await code(house.queries.payInAddress(await house.as(house.people.b), remittanceId))).toBe('not-found');
  });

  it('books a second payment on another page as nobody’s, not as hers', async () => {
    const payIn = await contributeByCard(3_000);
    const gateway = (await house.stripe.gatewayOf(house.t))!;
    const extra = { id: 'pi_another', paymentId: payIn, state: 'succeeded' as const, amount: pence(3_000), fee: pence(65), reason: null };
    expect(await house.outcomes.applyIntent(house.t, extra)).toBe('done');
    expect(await house.outcomes.applyIntent(house.t, extra)).toBe('nothing');
    expect(await house.table(house.t)).toMatchObject({ 'share C': '30.00', unallocated: '30.00' });
    expect(await gateway.available()).toBeGreaterThan(0n);
  });

  it('withdraws a pay-in that nobody paid: the money is back in her line', async () => {
    await house.post(house.d, 'arrival', 'test:d', [{ debit: { book: house.d, kind: 'bank' }, credit: house.c.line, amount: pence(30_000) }]);
    const { remittanceId, payInId } = await house.write((tx) =>
      house.remittances.send(tx, house.all, { from: house.c.line, to: house.c.share, amount: pence(12_000), by: 'card' }),
    );
    const cleo = await house.as(house.people.c);
    const address = await house.queries.payInAddress(cleo, remittanceId);
    expect((await house.outcomes.withdraw(cleo, payInId!, 'withdraw-key')).state).toBe('failed');
    expect(await house.table(house.d)).toEqual({ bank: '300.00', 'line C': '300.00' });
    expect(await house.payOnPage(address, 'pm_card_visa')).toBe(422);
  });

  it('collects a Direct Debit with a mandate: nothing in the share before it succeeded; one that fails gives the money back', async () => {
    await house.listenToStripe();
    await house.post(house.d, 'arrival', 'test:d', [{ debit: { book: house.d, kind: 'bank' }, credit: house.c.line, amount: pence(30_000) }]);
    const keep = (paymentMethod: string) =>
      house.write((tx) => house.payIns.keepMandate(tx, house.all, { book: house.t, subject: house.people.c, paymentMethod }));
    await keep('pm_bacs_debit');
    const send = () =>
      house.write((tx) => house.remittances.send(tx, house.all, { from: house.c.line, to: house.c.share, amount: pence(6_000), by: 'bacs-debit' }));
    const { payInId } = await send();
    await house.until(async () => (await house.stateOf(payInId!)) === 'processing');
    expect(await house.table(house.t)).toEqual({});
    await house.sandbox.run('debit-ends');
    await house.until(async () => (await house.stateOf(payInId!)) === 'succeeded');
    expect(await house.table(house.t)).toEqual({ clearing: '59.40', 'fees-due': '0.60', 'share C': '60.00' });
    await keep('pm_bacs_debit_fails');
    const second = await send();
    await house.until(async () => (await house.stateOf(second.payInId!)) === 'processing');
    await house.sandbox.run('debit-ends');
    await house.until(async () => (await house.stateOf(second.payInId!)) === 'failed');
    expect(await house.table(house.d)).toMatchObject({ 'line C': '240.00' });
  });
});

describe('who sees a payment', () => {
  it('shows it to officers with its parts, to its members their own part, to the provider without whose money it is, to others not at all', async () => {
    await fundedT(0);
    const payment = await invoiceT();
    await house.grant(house.people.pat, 'provider', 'provider', house.provider);
    const seenBy = async (person: keyof PaymentsHouse['people']): Promise<[number, Loose]> => {
      const answer = await fetch(`${house.url}/api/v1/payments/${payment}`, {
        headers: { authorization: `Bearer ${await house.token(house.people[person])}` },
      });
      return [answer.status, await answer.json()];
    };
    const [, officer] = await seenBy('una');
    expect(officer).toMatchObject({ state: 'planned', amountPence: 6_666, owner: 'finance', nextOn: '2026-11-25', payeeName: 'Swim Well Limited' });
    expect(officer.parts.map((part: Loose) => part.amountPence)).toEqual([3_333, 3_333]);
    const [, member] = await seenBy('b');
    expect(member.parts).toMatchObject([{ subject: house.people.b, amountPence: 3_333 }]);
    const [, provider] = await seenBy('pat');
    expect([provider.amountPence, provider.parts]).toEqual([6_666, []]);
    expect((await seenBy('a'))[0]).toBe(404);
    const list = await house.queries.toProvider(await house.as(house.people.pat), house.provider, { limit: 10 });
    expect(list.items.map((item) => [item.id, item.payeeName])).toEqual([[payment, null]]);
  });
});

describe('a refund', () => {
  it('takes a leaver’s part to their line in their own book, and is held until we know where to pay', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.approved(payment);
    await house.deliver();
    await house.write((tx) => tx.run(`update payee set state = 'stopped', checked_by = null where subject_id = $1`, [house.d]));
    const moved = [{ owner: house.c.owner, to: house.c.line }];
    const refund = { book: house.t, via: 'bank' as const, amount: pence(6_666), on: localDate('2026-11-20'), reference: 'REF-2', payments: [payment], moved };
    const { parts } = await house.write((tx) => house.refunds.record(tx, house.all, refund));
    expect(parts.map((part) => [part.amountPence, part.remittanceId !== null])).toEqual([
      [3_333, false],
      [3_333, true],
    ]);
    expect(await house.table(house.t)).toMatchObject({ remitting: '33.33', 'share B': '200.00' });
    const remittance = await house.queries.remittance(house.all, parts[1]!.remittanceId as never);
    expect([remittance.carries, await house.stateOf(remittance.payOutId!)]).toEqual(['refund', 'held']);
    expect(await code(house.write((tx) => house.refunds.record(tx, house.all, { ...refund, amount: pence(1), reference: 'REF-3' })))).toBe(
      'more-than-was-paid',
    );
    expect(await code(house.write((tx) => house.refunds.record(tx, house.all, { ...refund, amount: pence(2) })))).toBe('refund-known');
  });
});

describe('the checks', () => {
  it('find a payment that says it never left, one that one person decided, and parts that do not fit', async () => {
    await fundedT();
    const payment = await invoiceT();
    await house.approved(payment);
    await house.deliver();
    const spoil = (change: string, mend: string, names: string[]) => async (): Promise<void> => {
      await house.write((tx) => tx.run(change, [payment]));
      expect([...new Set((await house.faults()).map((fault) => fault.split(':')[0]))].sort()).toEqual(names);
      await house.write((tx) => tx.run(mend, [payment]));
    };
    await spoil('update payment set posted_at = null where id = $1', 'update payment set posted_at = changed_at where id = $1', [
      'payments-post-once',
      'sent-is-in-clearing',
    ])();
    await spoil(
      'update payment set decided_alone = true, prepared_by = approved_by where id = $1',
      `update payment set decided_alone = false, prepared_by = '${house.people.una}' where id = $1`,
      ['paid-by-two-people'],
    )();
    await spoil(
      'update payment_part set amount_pence = amount_pence - 1 where payment_id = $1 and n = 0',
      'update payment_part set amount_pence = amount_pence + 1 where payment_id = $1 and n = 0',
      ['payments-are-their-parts'],
    )();
    await expect(house.write((tx) => tx.run('update payment set prepared_by = approved_by where id = $1', [payment]))).rejects.toThrow('payment_by_two_people');
  });
});

describe('an allocation book', () => {
  it('exports to the payer, and learns from its report what was paid and what came back', async () => {
    await house.fund(house.a, 20_000);
    const paid = await house.invoice(house.n, [{ member: house.a, amount: 3_334 }]);
    const bounced = await house.invoice(house.n, [{ member: house.a, amount: 5_000 }]);
    await house.approved(paid, bounced);
    const una = await house.as(house.people.una);
    const { reference } = await house.queries.payment(una, bounced);
    await house.tell('/sandbox/switches', { bounce: { references: [reference] } });
    const file = (await house.files.release(await house.as(house.people.vera), house.n))!;
    expect([file.kind, file.paymentCount, file.totalPence]).toEqual(['payer-csv', 2, 8_334]);
    expect(await house.table(house.n)).toEqual({ agreed: '200.00', 'share A': '116.66', spent: '83.34' });
    await house.deliver();
    await house.sandbox.run('payer-bounces');
    const report = await (await fetch(`${house.sandbox.url}/bank/payment-report?payer=QNX`)).text();
    const answer = await house.reports.import(una, house.n, report);
    expect([answer.outcomes, answer.toLookAt]).toEqual([{ settled: 2, returned: 1 }, []]);
    expect([await house.stateOf(paid), await house.stateOf(bounced)]).toEqual(['settled', 'returned']);
    expect(await house.table(house.n)).toEqual({ agreed: '200.00', payable: '50.00', 'share A': '116.66', spent: '33.34' });
    expect((await house.reports.import(una, house.n, report)).reportId).toBeNull();
    expect(await code(house.reports.import(una, house.n, report.replace('33.34', '33.35')))).toBe('report-contradicts');
    expect(await code(house.reports.import(una, house.t, `${report}\n`))).toBe('not-an-allocation-book');
  });
});

describe('the worked life', () => {
  it('comes out to the penny in all three books', async () => {
    const { a, b, c, n, t, d } = house;
    const una = await house.as(house.people.una);
    await house.listenToStripe();
    // 1 budgets
    await house.post(n, 'agreed', 'life:a', [{ debit: { book: n, kind: 'agreed' }, credit: a.line, amount: pence(120_000) }]);
    await house.post(t, 'arrival', 'life:b', [{ debit: { book: t, kind: 'bank' }, credit: b.line, amount: pence(40_000) }]);
    await house.post(d, 'arrival', 'life:c', [{ debit: { book: d, kind: 'bank' }, credit: c.line, amount: pence(30_000) }]);
    // 2 and 3 contributions
    for (const member of [a, b])
      await house.post(member.line.book, 'contribution', `life:${member.id}`, [{ debit: member.line, credit: member.share, amount: pence(12_000) }]);
    const card = await house.write((tx) => house.remittances.send(tx, house.all, { from: c.line, to: c.share, amount: pence(12_000), by: 'card' }));
    await house.payOnPage(await house.queries.payInAddress(await house.as(house.people.c), card.remittanceId), 'pm_card_visa');
    await house.until(async () => (await house.stateOf(card.payInId!)) === 'succeeded');
    await house.write((tx) => house.payIns.keepMandate(tx, house.all, { book: t, subject: c.id, paymentMethod: 'pm_bacs_debit' }));
    const debit = await house.write((tx) => house.remittances.send(tx, house.all, { from: c.line, to: c.share, amount: pence(6_000), by: 'bacs-debit' }));
    await house.until(async () => (await house.stateOf(debit.payInId!)) === 'processing');
    await house.sandbox.run('debit-ends');
    await house.until(async () => (await house.stateOf(debit.payInId!)) === 'succeeded');
    await house.deliver();
    for (const [sum, mark] of [
      [12_000, '1'],
      [6_000, '2'],
    ] as const)
      await house.post(d, 'bank-line', `life:d:${mark}`, [
        { debit: { book: d, kind: 'clearing', channel: 'bank' }, credit: { book: d, kind: 'bank' }, amount: pence(sum), owner: c.owner },
      ]);
    expect(await (await house.stripe.gatewayOf(t))!.available()).toBe(17_740n);
    // 5 and 6 an invoice of 100.00 over two books, two payments
    const invoiceId = newId();
    const fromN = await house.invoice(n, [{ member: a, amount: 3_334, place: 0 }], { invoiceId });
    const fromT = await house.invoice(
      t,
      [
        { member: b, amount: 3_333, place: 1 },
        { member: c, amount: 3_333, place: 2 },
      ],
      { invoiceId },
    );
    await house.approved(fromN);
    await house.approved(fromT);
    await house.deliver();
    await house.files.release(await house.as(house.people.vera), n);
    await house.deliver();
    await house.reports.import(una, n, await (await fetch(`${house.sandbox.url}/bank/payment-report?payer=QNX`)).text());
    expect([await house.stateOf(fromN), await house.stateOf(fromT)]).toEqual(['settled', 'settled']);
    // 7 a refund of 50.00, all into T
    const refund = await house.write((tx) =>
      house.refunds.record(tx, house.all, {
        book: t,
        via: 'stripe',
        amount: pence(5_000),
        on: localDate('2026-11-20'),
        reference: 'REF-1',
        payments: [fromN, fromT],
      }),
    );
    expect(refund.parts.map((part) => [part.subject, part.amountPence])).toEqual([
      [a.id, 1_667],
      [b.id, 1_667],
      [c.id, 1_666],
    ]);
    expect(
      (
        await house.write((tx) =>
          house.refunds.record(tx, house.all, {
            book: t,
            via: 'stripe',
            amount: pence(5_000),
            on: localDate('2026-11-20'),
            reference: 'REF-1',
            payments: [fromN, fromT],
          }),
        )
      ).refundId,
    ).toBe(refund.refundId);
    const toN = refund.parts[0]!.remittanceId!;
    // 8 C leaves: 130.00 back to her line; a notice session of 33.33
    const toD = await house.write((tx) => house.remittances.send(tx, house.all, { from: c.share, to: c.line, amount: pence(13_000), by: 'bank' }));
    const outs = await house.write((tx) => tx.rows<{ id: PaymentId }>(`select pay_out_id as id from remittance where pay_out_id is not null order by id`));
    await house.approved(...outs.map((row) => row.id));
    const file = (await house.files.release(await house.as(house.people.vera), t))!;
    expect([file.paymentCount, file.totalPence]).toEqual([2, 14_667]);
    await house.deliver();
    for (const [id, sum] of [
      [toN, 1_667],
      [toD.remittanceId, 13_000],
    ] as const)
      await house.post(t, 'bank-line', `life:t:${id}`, [
        { debit: { book: t, kind: 'clearing', channel: 'bank' }, credit: { book: t, kind: 'bank' }, amount: pence(sum), owner: {} },
      ]);
    const answer = await house.reports.import(una, n, await (await fetch(`${house.sandbox.url}/bank/payment-report?payer=QNX`)).text());
    expect(answer.outcomes).toEqual({ known: 1, arrived: 1 });
    await house.write((tx) =>
      house.remittances.arrivedByBank(tx, house.all, { remittance: toD.remittanceId, amount: pence(13_000), on: localDate('2026-11-21') }),
    );
    await house.deliver();
    const notice = await house.invoice(t, [{ member: c, amount: 3_333 }]);
    await house.approved(notice);
    await house.deliver();
    expect(await house.stateOf(notice)).toBe('settled');
    // 9 the Direct Debit is claimed back
    const intent = (await house.write((tx) => tx.row<{ id: string }>('select stripe_payment_intent_id as id from payment where id = $1', [debit.payInId])))!.id;
    await house.tell('/sandbox/disputes', { account: KEY, payment_intent: intent });
    await house.until(async () => (await house.stateOf(debit.payInId!)) === 'returned');
    await house.post(d, 'arrival', 'life:d:back', [{ debit: { book: d, kind: 'bank' }, credit: { book: d, kind: 'unallocated' }, amount: pence(6_000) }]);

    expect(await house.table(n)).toEqual({ agreed: '1200.00', 'line A': '1080.00', 'share A': '103.33', spent: '16.67' });
    expect(await house.table(t)).toEqual({
      bank: '253.33',
      clearing: '67.41',
      'fees-due': '2.60',
      'line B': '280.00',
      'receivable C': '60.00',
      'share B': '103.34',
    });
    expect(await house.table(d)).toEqual({ bank: '310.00', 'line C': '250.00', unallocated: '60.00' });
    const figures = await house.write((tx) => house.figures.figuresOf(tx, [a.line.line!]));
    expect(figures.get(a.line.line!)).toMatchObject({ free: 118_333n, committed: 0n, spent: 1_667n });
  });
});
