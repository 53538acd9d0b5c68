import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import Stripe from 'stripe';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

export const KEY = 'sk_test_book_t';
export const SECRET = 'whsec_for_the_test_only';
export const POOL = { sortCode: '108800', accountNumber: '10000001', name: 'Thursday Swimmers Money-holder', openingPence: 40_000 };
export const FLAT = { sortCode: '108800', accountNumber: '10000002', name: 'Cleo Invented', openingPence: 0 };

/** What was read from outside as JSON or XML; its form is what the test is about. */
export type Loose = ReturnType<typeof JSON.parse>;

export interface Heard {
  readonly body: string;
  readonly signature: string;
  readonly event: Stripe.Event;
}

/** A sandbox of its own for each test, with a clock that the test sets and a listener for its webhooks. */
export class SandboxTest {
  folder = '';
  sandbox!: Sandbox;
  stripe!: Stripe;
  now = new Date();
  /** Events that were answered with 200. */
  heard: Heard[] = [];
  /** What the listener answers next; 200 when empty. */
  answers: number[] = [];
  private listener!: Server;

  async open(): Promise<void> {
    const webhook = { url: `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}/hook`, secret: SECRET };
    this.sandbox = await startSandbox({
      folder: this.folder,
      now: () => this.now,
      accounts: [{ key: KEY, webhook, bank: { sortCode: POOL.sortCode, accountNumber: POOL.accountNumber }, debitDelayMs: 86_400_000 }],
      bankAccounts: [POOL, FLAT],
      retries: { firstMs: 20 },
    });
    this.stripe = this.clientFor(KEY);
  }

  clientFor(key: string, timeout = 5_000): Stripe {
    return new Stripe(key, { host: '127.0.0.1', port: this.sandbox.port, protocol: 'http', maxNetworkRetries: 0, timeout, telemetry: false });
  }

  async ask(method: 'GET' | 'POST', path: string, body?: unknown, type = 'application/json'): Promise<{ status: number; text: string; json: Loose }> {
    const sent = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${this.sandbox.url}${path}`, { method, ...(body === undefined ? {} : { body: sent, headers: { 'content-type': type } }) });
    const text = await answer.text();
    return { status: answer.status, text, json: text.startsWith('{') ? JSON.parse(text) : null };
  }

  pay(amount = 12_000, method = 'pm_card_visa', more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.Response<Stripe.PaymentIntent>> {
    const params = { amount, currency: 'gbp', payment_method: method, confirm: true, ...more };
    return this.stripe.paymentIntents.create({ allowed_payment_method_types: ['card', 'bacs_debit'], ...params });
  }

  async available(): Promise<number> {
    return (await this.stripe.balance.retrieve()).available[0]!.amount;
  }

  async listen(): Promise<void> {
    this.listener = createServer((request, response) => {
      void readAll(request).then((body) => {
        const status = this.answers.shift() ?? 200;
        const signature = String(request.headers['stripe-signature']);
        if (status === 200) this.heard.push({ body, signature, event: JSON.parse(body) as Stripe.Event });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => this.listener.listen(0, '127.0.0.1', resolve));
  }

  async deafen(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise((resolve) => this.listener.close(resolve));
  }
}

/** Gives each test of the file a fresh sandbox, on Monday 2 November 2026 at nine. */
export function useSandbox(): SandboxTest {
  const test = new SandboxTest();
  beforeAll(() => test.listen());
  afterAll(() => test.deafen());
  beforeEach(async () => {
    test.folder = mkdtempSync(join(tmpdir(), 'commonpurse-sandbox-'));
    test.now = new Date('2026-11-02T09:00:00Z');
    test.heard = [];
    test.answers = [];
    await test.open();
  });
  afterEach(async () => {
    await test.sandbox.close();
    rmSync(test.folder, { recursive: true, force: true });
  });
  return test;
}

/** The error that a call was refused with; fails when it was not. */
export async function refusal(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error as Stripe.errors.StripeError,
  );
  expect(outcome).not.toBeNull();
  return outcome!;
}

/** Waits until something is so; fails after three seconds. */
export async function until(ready: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !ready(); i++) await sleep(10);
  expect(ready()).toBe(true);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
