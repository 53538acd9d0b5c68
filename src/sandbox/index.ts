import type { AddressInfo } from 'node:net';
import { localDate } from '../kernel/index.js';
import { Agenda } from './agenda.js';
import { bookStanding, openAccount } from './bank.js';
import { bouncePayment, executeFile } from './bank-payments.js';
import { followIntent } from './checkout.js';
import { addEndpoint } from './events.js';
import { Fields } from './json-fields.js';
import { bounceInstruction, openPayer, payInstruction } from './payer.js';
import { endDebit } from './payment-outcomes.js';
import { endPayout } from './payouts.js';
import { makeServer } from './server.js';
import { bankAccountFrom, payerFrom } from './settings-reader.js';
import { type SettingsChange, register } from './stripe-accounts.js';
import { Store } from './store.js';
import { Switches } from './switches.js';
import { Courier, type RetryPlan, USUAL_RETRIES } from './webhooks.js';
import type { World } from './world.js';

/** A Stripe account that the sandbox knows from the start: its secret key, how it behaves, where its events go. */
export interface SandboxStripeAccount extends SettingsChange {
  readonly key: string;
  readonly webhook?: { readonly url: string; readonly secret: string };
}

/** A bank account that exists from the start, as `POST /bank/accounts` takes it. Sums are whole pence. */
export interface SandboxBankAccount {
  readonly sortCode: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly openedOn?: string;
  readonly openingPence?: number;
  readonly overdraftPence?: number;
  readonly batchBooking?: boolean;
}

/** A payer with a payment system of its own, as `POST /bank/payers` takes it. */
export interface SandboxPayer {
  readonly code: string;
  readonly name: string;
  readonly account?: { readonly sortCode: string; readonly accountNumber: string };
  readonly daysToPay?: number;
}

export interface SandboxOptions {
  /** 0 chooses a free port. */
  readonly port?: number;
  readonly host?: string;
  /** Where the journal is kept. */
  readonly folder: string;
  readonly accounts?: readonly SandboxStripeAccount[];
  readonly bankAccounts?: readonly SandboxBankAccount[];
  readonly payers?: readonly SandboxPayer[];
  readonly now?: () => Date;
  /** How people's browsers reach the sandbox; its own address when absent. */
  readonly publicUrl?: string;
  readonly retries?: Partial<RetryPlan>;
}

export interface Sandbox {
  readonly port: number;
  readonly url: string;
  /** Does what is due by the sandbox's clock; with a kind, all of that kind at once. Answers how many things were done. */
  run(kind?: string): Promise<number>;
  /** How many events its Stripe accounts have had: whoever fetches them need not ask before there are more. */
  eventCount(): number;
  close(): Promise<void>;
}

const TICK_MS = 100;

/** Starts the simulated Stripe and bank. What they knew before is read back from `folder`. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const host = options.host ?? '127.0.0.1';
  const now = options.now ?? (() => new Date());
  const store = new Store();
  const agenda = new Agenda(store, now);
  const courier = new Courier(store, { ...USUAL_RETRIES, ...options.retries });
  let url = '';
  const world: World = { store, agenda, switches: new Switches(), now, publicUrl: () => options.publicUrl ?? url, request: null };
  fillAgenda(world);
  let events = 0;
  store.listen('event', () => (events += 1));
  await store.load(options.folder);
  store.transaction(() => addKnown(world, options));
  const server = makeServer(world);
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, host, resolve));
  } catch (error) {
    await store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  url = `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  courier.start();
  const ticking = setInterval(() => agenda.run(), TICK_MS);
  ticking.unref();
  return {
    port,
    url,
    run: async (kind) => {
      const done = agenda.run(kind);
      await store.durable();
      return done;
    },
    eventCount: () => events,
    close: async () => {
      clearInterval(ticking);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await courier.stop();
      await store.close();
    },
  };
}

function fillAgenda(world: World): void {
  world.agenda.on('debit-ends', ({ owner, intent, method }) => {
    const ended = endDebit(world, owner!, intent!, method!);
    if (ended) followIntent(world, owner!, ended);
  });
  world.agenda.on('payout-ends', ({ owner, payout, fails }) => endPayout(world, owner!, payout!, fails === 'yes'));
  world.agenda.on('bank-file', ({ file }) => executeFile(world, file!));
  world.agenda.on('payment-bounces', ({ file, endToEndId }) => bouncePayment(world, file!, endToEndId!));
  world.agenda.on('payer-pays', ({ code, reference }) => payInstruction(world, code!, reference!));
  world.agenda.on('payer-bounces', ({ code, reference }) => bounceInstruction(world, code!, reference!));
  world.agenda.on('standing-line', ({ account, index, day }) => bookStanding(world, account!, Number(index), localDate(day!)));
}

function addKnown(world: World, options: SandboxOptions): void {
  for (const { key, webhook, ...settings } of options.accounts ?? []) {
    const account = register(world, key, settings);
    if (webhook) addEndpoint(world, account.id, webhook.url, webhook.secret, ['*']);
  }
  for (const each of options.bankAccounts ?? []) openAccount(world, bankAccountFrom(world, new Fields(each)));
  for (const each of options.payers ?? []) openPayer(world, payerFrom(new Fields(each)));
}
