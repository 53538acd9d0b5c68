import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { KEY, SECRET, until, useSandbox } from '../support/sandbox-test.js';

const t = useSandbox();

describe('webhooks', () => {
  it('are signed so that the official client accepts them, and refuses a changed byte', async () => {
    const intent = await t.pay();
    await until(() => t.heard.some((each) => each.event.type === 'payment_intent.succeeded'));
    const { body, signature } = t.heard.find((each) => each.event.type === 'payment_intent.succeeded')!;
    const event = t.stripe.webhooks.constructEvent(body, signature, SECRET);
    expect((event.data.object as Stripe.PaymentIntent).id).toBe(intent.id);
    expect(() => t.stripe.webhooks.constructEvent(body.replace('12000', '12001'), signature, SECRET)).toThrow();
    expect((await t.stripe.events.retrieve(event.id)).type).toBe('payment_intent.succeeded');
  });

  it('are sent again until they are answered with 2xx', async () => {
    t.answers = [500, 500, 503, 302, 500];
    await t.stripe.customers.create({ name: 'Cleo' });
    await until(() => t.heard.length === 1);
    const { deliveries } = (await t.ask('GET', `/sandbox/deliveries?account=${KEY}`)).json;
    expect(deliveries[0]).toMatchObject({ attempts: 6 });
    expect(t.heard[0]!.event.type).toBe('customer.created');
  });

  it('come twice, in the wrong order, late, or only when released, as the switch says', async () => {
    const types = (): string[] => t.heard.map((each) => each.event.type);
    const mode = (webhooks: object) => t.ask('POST', '/sandbox/switches', { webhooks: { account: KEY, ...webhooks } });
    await mode({ mode: 'twice' });
    await t.stripe.customers.create({ name: 'Cleo' });
    await until(() => t.heard.length === 2);
    expect(t.heard[0]!.event.id).toBe(t.heard[1]!.event.id);

    t.heard = [];
    await mode({ mode: 'reversed', ms: 150 });
    await t.pay(900);
    await until(() => t.heard.length === 3);
    expect(types()).toEqual(['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created']);

    t.heard = [];
    await mode({ mode: 'never' });
    await t.stripe.customers.create({ name: 'Cleo' });
    await sleep(100);
    expect(t.heard).toEqual([]);
    await t.ask('POST', '/sandbox/release', { account: KEY });
    await until(() => t.heard.length === 1);
  });
});

describe('the journal', () => {
  it('gives everything back after a restart: money, answers to keys, and events not yet delivered', async () => {
    await t.ask('POST', '/sandbox/switches', { webhooks: { mode: 'late', ms: 400 } });
    const params: Stripe.PaymentIntentCreateParams = { amount: 900, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true };
    const first = await t.stripe.paymentIntents.create(params, { idempotencyKey: 'pay-1' });
    const debit = await t.pay(6_000, 'pm_bacs_debit');
    await t.sandbox.close();
    expect(t.heard).toEqual([]);
    await t.open();
    const again = await t.stripe.paymentIntents.create(params, { idempotencyKey: 'pay-1' });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(await t.available()).toBe(900 - 34);
    t.now = new Date('2026-11-03T10:00:00Z');
    expect((await t.stripe.paymentIntents.retrieve(debit.id)).status).toBe('succeeded');
    await until(() => t.heard.filter((each) => each.event.type === 'payment_intent.succeeded').length === 2);
  });

  it('ignores a torn last line and refuses to start on a damaged one before it', async () => {
    await t.pay(900);
    await t.sandbox.close();
    const path = join(t.folder, 'journal.jsonl');
    appendFileSync(path, '{"rows":[["payment_intent","acct_x",{"id":"pi_torn"');
    await t.open();
    expect((await t.stripe.paymentIntents.list()).data).toHaveLength(1);
    await t.pay(800);
    await t.sandbox.close();
    await t.open();
    expect((await t.stripe.paymentIntents.list()).data).toHaveLength(2);
    await t.sandbox.close();
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([Buffer.from('{"rows":\n'), whole]));
    await expect(t.open()).rejects.toThrow('damaged');
    writeFileSync(path, whole);
    await t.open();
  });

  it('has everything that was answered, once, after the process was killed in the middle of work', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'commonpurse-sandbox-'));
    const holder = join(process.cwd(), 'test', 'support', 'sandbox-holder.mjs');
    const answered = new Map<string, string>();
    const attempt = async (kill: boolean): Promise<void> => {
      const child = fork(holder, [folder], { execArgv: [] });
      const died = once(child, 'exit').then(() => {
        throw new Error('the sandbox did not start');
      });
      const [{ port }] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }];
      died.catch(() => undefined);
      const client = new Stripe(KEY, { host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, timeout: 5_000, telemetry: false });
      const one = async (i: number): Promise<void> => {
        const key = `pay-${i}`;
        const params = { amount: 1_000, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true, metadata: { key } };
        const intent = await client.paymentIntents.create(params, { idempotencyKey: key });
        expect(answered.get(key) ?? intent.id).toBe(intent.id);
        answered.set(key, intent.id);
        if (kill && answered.size === 25) child.kill('SIGKILL');
      };
      // Ten at a time: when it is killed some are on their way and others have not been asked.
      const outcomes: PromiseSettledResult<void>[] = [];
      const waiting = Array.from({ length: 60 }, (_, i) => i);
      const askOn = async (): Promise<void> => {
        for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) outcomes.push(...(await Promise.allSettled([one(i)])));
      };
      await Promise.all(Array.from({ length: 10 }, askOn));
      expect(outcomes.some((each) => each.status === 'rejected')).toBe(kill);
      if (!kill) {
        const intents: Stripe.PaymentIntent[] = [];
        for await (const each of client.paymentIntents.list({ limit: 100 })) intents.push(each);
        expect(new Set(intents.map((each) => each.metadata['key'])).size).toBe(60);
        expect(intents).toHaveLength(60);
        expect((await client.balance.retrieve()).available[0]!.amount).toBe(60 * 965);
        child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    };
    try {
      await attempt(true);
      expect(answered.size).toBeGreaterThanOrEqual(25);
      await attempt(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
