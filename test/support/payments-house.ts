import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { financeChecks, FinanceModule, FinanceQueries, PayRuns } from '../../src/finance/index.js';
import { Actors, Grants, IdentityModule, People } from '../../src/identity/index.js';
import type { Role } from '../../src/identity/index.js';
import type { Actor, BookId, BudgetLineId, Id, LocalDate, OrganisationId, PaymentId, PersonId, PlanLineId, PoolId } from '../../src/kernel/index.js';
import { localDate, newId, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey, NewTransfer, Owner } from '../../src/ledger/index.js';
import { Books, Ledger, ledgerChecks, LedgerQueries } from '../../src/ledger/index.js';
import {
  PayerReports,
  PayInOutcomes,
  PayIns,
  PaymentFiles,
  PaymentQueries,
  Payees,
  Payments,
  paymentsChecks,
  PaymentsModule,
  PaymentSettings,
  PayOuts,
  Refunds,
  Remittances,
  StripeAccounts,
  Webhooks,
} from '../../src/payments/index.js';
import type { PayeeId, PaymentPart } from '../../src/payments/index.js';
import type { Tx } from '../../src/platform/index.js';
import { createLogger, Database, EventHandlers, httpAdapter, installHttp, loadConfig, PlatformModule, SetClock } from '../../src/platform/index.js';
import { asEvent, Delivery, EVENT_COLUMNS } from '../../src/platform/outbox/delivery.js';
import type { EventRow } from '../../src/platform/outbox/delivery.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { testDatabase } from './database.js';
import { ledgerTable } from './ledger-table.js';

export const KEY = 'sk_test_book_t';
export const SECRET = 'whsec_for_the_test_only';
const DAY = localDate('2026-11-20');

/** What was read from outside as JSON; its form is what the test is about. */
export type Loose = ReturnType<typeof JSON.parse>;

/** A member as the worked life has them: their line, and their share of the one pool. */
export interface Member {
  readonly id: PersonId;
  readonly line: AccountKey;
  readonly share: AccountKey;
  readonly owner: Owner;
}

/** Book N is an ICB's (allocation), T a treasurer's (cash, with Stripe), D Cleo's own account. A is in N, B in T, C has her line in D and her
 *  share in T. Una, Vera and Will are officers of N and T. */
export class PaymentsHouse {
  readonly clock = new SetClock(new Date('2026-11-20T10:00:00Z'));
  readonly n = newId<'book'>();
  readonly t = newId<'book'>();
  readonly d = newId<'book'>();
  readonly pool = newId<'pool'>();
  readonly provider = newId<'provider'>();
  readonly icb = newId<'organisation'>();
  readonly treasurer = newId<'organisation'>();
  readonly people = {
    a: newId<'person'>(),
    b: newId<'person'>(),
    c: newId<'person'>(),
    una: newId<'person'>(),
    vera: newId<'person'>(),
    will: newId<'person'>(),
    olga: newId<'person'>(),
    pat: newId<'person'>(),
  };
  readonly a = this.member(this.people.a, this.n, this.n);
  readonly b = this.member(this.people.b, this.t, this.t);
  readonly c = this.member(this.people.c, this.d, this.t);
  app!: NestFastifyApplication;
  database!: Database;
  sandbox!: Sandbox;
  /** The provider's connected account at the simulated Stripe. */
  connected = '';
  payeeN!: PayeeId;
  payeeT!: PayeeId;
  private folder = '';
  private drop: () => Promise<void> = () => Promise.resolve();

  /** `rooms` and `prepare` let tests of rooms above begin in the same house. */
  constructor(
    private readonly more: { readonly rooms?: readonly (new () => object)[]; readonly prepare?: (app: NestFastifyApplication) => Promise<void> } = {},
  ) {}

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.get(type);
  }

  get payments() {
    return this.get(Payments);
  }
  get payees() {
    return this.get(Payees);
  }
  get payOuts() {
    return this.get(PayOuts);
  }
  get payIns() {
    return this.get(PayIns);
  }
  get outcomes() {
    return this.get(PayInOutcomes);
  }
  get remittances() {
    return this.get(Remittances);
  }
  get refunds() {
    return this.get(Refunds);
  }
  get files() {
    return this.get(PaymentFiles);
  }
  get reports() {
    return this.get(PayerReports);
  }
  get queries() {
    return this.get(PaymentQueries);
  }
  get settings() {
    return this.get(PaymentSettings);
  }
  get stripe() {
    return this.get(StripeAccounts);
  }
  get webhooks() {
    return this.get(Webhooks);
  }
  get runs() {
    return this.get(PayRuns);
  }
  get finance() {
    return this.get(FinanceQueries);
  }
  get ledger() {
    return this.get(Ledger);
  }
  get figures() {
    return this.get(LedgerQueries);
  }

  async open(): Promise<void> {
    const test = await testDatabase();
    this.drop = test.drop;
    this.folder = mkdtempSync(join(tmpdir(), 'payments-'));
    this.sandbox = await startSandbox({
      folder: this.folder,
      now: () => this.clock.now(),
      retries: { firstMs: 50 },
      accounts: [{ key: KEY, debitDelayMs: 5 * 86_400_000 }],
      bankAccounts: [
        { sortCode: '108800', accountNumber: '10000001', name: 'Treasurer', openingPence: 100_000 },
        { sortCode: '108800', accountNumber: '10000002', name: 'Cleo', openingPence: 30_000 },
        { sortCode: '108800', accountNumber: '10000003', name: 'Swim Well', openingPence: 0 },
        { sortCode: '108800', accountNumber: '10000004', name: 'The ICB', openingPence: 500_000 },
      ],
      payers: [{ code: 'QNX', name: 'An invented ICB', account: { sortCode: '108800', accountNumber: '10000004' }, daysToPay: 0 }],
    });
    const config = loadConfig({
      DATABASE_URL: test.appUrl,
      STRIPE_API_URL: this.sandbox.url,
      ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
      LOG_LEVEL: 'silent',
      PUBLIC_URL: 'http://localhost:3000',
    });
    class House {}
    Module({ imports: [PlatformModule.with(config, this.clock), IdentityModule, PaymentsModule, FinanceModule, ...(this.more.rooms ?? [])] })(House);
    this.app = await NestFactory.create<NestFastifyApplication>(
      House,
      httpAdapter({ logger: createLogger({ level: 'silent', program: 'test' }), trustProxy: false }),
      { rawBody: true, logger: false, abortOnError: false },
    );
    installHttp(this.app, { publicUrl: config.publicUrl });
    await this.more.prepare?.(this.app);
    await this.app.listen(0, '127.0.0.1');
    this.database = this.get(Database);
    await this.peopleAndBooks();
    await this.payeesAndKeys();
  }

  async close(): Promise<void> {
    await this.app?.close();
    await this.sandbox?.close();
    await this.drop();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.app.getHttpServer().address() as AddressInfo).port}`;
  }

  /** Sees everything. */
  get all(): Actor {
    return systemActor('test', {
      people: Object.values(this.people),
      books: [this.n, this.t, this.d],
      pools: [this.pool],
      providers: [this.provider],
      icbs: [this.icb as unknown as OrganisationId],
    });
  }

  as(person: PersonId): Promise<Actor> {
    return this.database.transaction(systemActor('test', {}), (tx) => this.get(Actors).actorFor(tx, person));
  }

  async token(person: PersonId): Promise<string> {
    return this.database.transaction(systemActor('test', {}), (tx) => this.get(Actors).beginSession(tx, person, null));
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(this.all, work);
  }

  async grant(person: PersonId, role: Role, on: 'book' | 'person' | 'site' | 'provider', id: string | null): Promise<void> {
    await this.write((tx) => this.get(Grants).give(tx, this.all, { person, role, on, id, reason: 'test' }));
  }

  /** One entry in one book, so that a test can begin where it needs to. */
  async post(
    book: BookId,
    kind: 'arrival' | 'allocated' | 'agreed' | 'contribution' | 'invoice' | 'bank-line' | 'receivable',
    reference: string,
    transfers: readonly NewTransfer[],
  ): Promise<void> {
    await this.write((tx) => this.ledger.record(tx, [{ book, kind, reference, effectiveOn: DAY, transfers }]));
  }

  /** Money at the bank of T that is a member's share. */
  async fund(member: Member, amount: number, mark = ''): Promise<void> {
    const book = member.share.book;
    const gate: AccountKey = book === this.n ? { book, kind: 'agreed' } : { book, kind: 'bank' };
    await this.post(book, book === this.n ? 'agreed' : 'arrival', `test:${member.id}:${mark}${newId()}`, [
      { debit: gate, credit: member.share, amount: pence(amount) },
    ]);
  }

  /** An invoice in one book: shares / payable. Answers the planned payment. */
  async invoice(
    book: BookId,
    parts: readonly { member: Member; amount: number; place?: number }[],
    over: { dueOn?: LocalDate; invoiceId?: string } = {},
  ): Promise<PaymentId> {
    const id = over.invoiceId ?? newId();
    const payable: AccountKey = { book, kind: 'payable', subject: this.provider };
    await this.post(
      book,
      'invoice',
      `invoice:${id}:${book}`,
      parts.map(({ member, amount }) => ({ debit: member.share, credit: payable, amount: pence(amount) })),
    );
    const split: PaymentPart[] = parts.map(({ member, amount, place }) => ({ owner: member.owner, amount: pence(amount), place }));
    return this.write((tx) =>
      this.payments.planPayOut(tx, this.all, {
        book,
        payeeSubject: this.provider,
        amount: pence(parts.reduce((sum, part) => sum + part.amount, 0)),
        parts: split,
        purpose: { noun: 'invoice', id },
        reference: 'INV-7',
        ...(over.dueOn ? { dueOn: over.dueOn } : {}),
      }),
    );
  }

  async prepared(...ids: PaymentId[]): Promise<void> {
    await this.payments.prepare(await this.as(this.people.una), { payments: ids });
  }

  async approved(...ids: PaymentId[]): Promise<void> {
    await this.prepared(...ids);
    await this.payments.approve(await this.as(this.people.vera), { payments: ids });
  }

  async stateOf(id: PaymentId): Promise<string> {
    return (await this.write((tx) => this.queries.summariesOf(tx, [id])))[0]!.state;
  }

  /** Runs every handler for every event, in order, until nothing is new. */
  async deliver(): Promise<void> {
    const handlers = this.get(EventHandlers);
    const delivery = new Delivery(this.database, handlers);
    for (let ran = 1; ran > 0; ) {
      ran = 0;
      const rows = await this.database.read(systemActor('test', {}), (tx) => tx.rows<EventRow>(`select ${EVENT_COLUMNS} from outbox_event order by seq`));
      for (const event of rows.map(asEvent)) for (const subscription of handlers.of(event.name)) if (await delivery.run(subscription, event)) ran += 1;
    }
  }

  /** Tells the sandbox something: its switches, a bank credit, a dispute. */
  async tell(path: string, body: unknown): Promise<Loose> {
    const answer = await fetch(`${this.sandbox.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`sandbox ${path}: ${answer.status} ${JSON.stringify(json)}`);
    return json;
  }

  async ask(path: string): Promise<Loose> {
    return (await fetch(`${this.sandbox.url}${path}`)).json();
  }

  /** A person pays on the hosted page of the sandbox. */
  async payOnPage(address: string, method: string): Promise<number> {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ method }).toString(),
      redirect: 'manual',
    });
    return answer.status;
  }

  /** From now on the sandbox sends the account's events to the app. */
  async listenToStripe(bookInAddress = true): Promise<void> {
    await this.tell('/sandbox/webhook_endpoints', { account: KEY, url: `${this.url}/webhooks/stripe${bookInAddress ? `/${this.t}` : ''}`, secret: SECRET });
  }

  /** Waits until the claim holds; events come when they come. */
  async until(claim: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < 100; n++) {
      await this.deliver();
      if (await claim()) return;
      await sleep(50);
    }
    throw new Error('it did not come to be');
  }

  async table(book: BookId): Promise<Record<string, string>> {
    const names = new Map<string, string>([
      [this.people.a, 'A'],
      [this.people.b, 'B'],
      [this.people.c, 'C'],
    ]);
    return this.database.read(this.all, (tx) => ledgerTable(tx, book, names));
  }

  async faults(): Promise<string[]> {
    const found: string[] = [];
    for (const check of [...ledgerChecks, ...paymentsChecks, ...financeChecks]) {
      found.push(...(await this.database.read(this.all, (tx) => check.find(tx))).map((fault) => `${check.name}: ${fault}`));
    }
    return found;
  }

  private member(id: PersonId, lineBook: BookId, shareBook: BookId): Member {
    const line = newId<'budget-line'>() as BudgetLineId;
    const planLine = newId<'plan-line'>() as PlanLineId;
    const pool = this.pool as PoolId;
    return {
      id,
      line: { book: lineBook, kind: 'line', subject: id, line },
      share: { book: shareBook, kind: 'share', subject: id, line, planLine, pool },
      owner: { subject: id, line, planLine, pool },
    };
  }

  private async peopleAndBooks(): Promise<void> {
    await this.write(async (tx) => {
      const [people, grants, books] = [this.get(People), this.get(Grants), this.get(Books)];
      await tx.run(
        `insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An invented ICB', '2022-07-01'), ($2, 'money-holder', 'An invented treasurer', '2020-01-01')`,
        [this.icb, this.treasurer],
      );
      for (const [name, id] of Object.entries(this.people)) await people.register(tx, this.all, { id, firstName: name, familyName: 'Invented' });
      const open = (id: Id<'book'>, basis: 'allocation' | 'cash', organisationId: string | null, holderId: PersonId | null) =>
        books.open(tx, {
          id,
          basis,
          name: `Book ${id.slice(-4)}`,
          organisationId: organisationId as OrganisationId | null,
          holderId,
          openedOn: localDate('2026-04-01'),
        });
      await open(this.n, 'allocation', this.icb, null);
      await open(this.t, 'cash', this.treasurer, null);
      await open(this.d, 'cash', null, this.people.c);
      for (const person of [this.people.una, this.people.vera, this.people.will])
        for (const book of [this.n, this.t]) await grants.give(tx, this.all, { person, role: 'finance-officer', on: 'book', id: book, reason: 'employed' });
      await grants.give(tx, this.all, { person: this.people.olga, role: 'operator', on: 'site', id: null, reason: 'employed' });
      await grants.give(tx, this.all, { person: this.people.c, role: 'account-holder', on: 'book', id: this.d, reason: 'direct payment' });
      await grants.give(tx, this.all, { person: this.people.c, role: 'holder', on: 'person', id: this.people.c, reason: 'holder' });
    });
  }

  private async payeesAndKeys(): Promise<void> {
    const [una, vera] = [await this.as(this.people.una), await this.as(this.people.vera)];
    await this.write(async (tx) => {
      for (const book of [this.n, this.t, this.d]) await this.settings.set(tx, this.all, book, { coolingOffHours: 0 });
      await this.settings.set(tx, this.all, this.n, { payerCode: 'QNX' });
      await this.settings.set(tx, this.all, this.t, { account: { name: 'Treasurer', sortCode: '10-88-00', accountNumber: '10000001' } });
      await this.settings.set(tx, this.all, this.d, { account: { name: 'Cleo', sortCode: '10-88-00', accountNumber: '10000002' } });
      for (const book of [this.n, this.t]) await this.settings.setLimit(tx, this.all, { book, person: this.people.vera, limit: pence(1_000_000) });
      await this.stripe.connect(tx, this.all, { book: this.t, secretKey: KEY, webhookSecret: SECRET });
    });
    this.connected = await this.connect();
    const checked = async (book: BookId, subject: string, kind: 'provider' | 'book', details: object): Promise<PayeeId> => {
      const { id, version } = await this.payees.enter(una, { book, kind, subject, name: 'Swim Well Limited', ...details } as never);
      await this.payees.check(vera, { payee: id, version, how: 'call-back' });
      return id;
    };
    const bank = { sortCode: '10-88-00', accountNumber: '10000003' };
    this.payeeN = await checked(this.n, this.provider, 'provider', bank);
    this.payeeT = await checked(this.t, this.provider, 'provider', { ...bank, stripeAccountId: this.connected });
    await checked(this.t, this.n, 'book', { sortCode: '10-88-00', accountNumber: '10000004' });
    await checked(this.t, this.d, 'book', { sortCode: '10-88-00', accountNumber: '10000002' });
  }

  private async connect(): Promise<string> {
    const answer = await fetch(`${this.sandbox.url}/v1/accounts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': newId() },
      body: new URLSearchParams({ type: 'express', country: 'GB' }).toString(),
    });
    return ((await answer.json()) as { id: string }).id;
  }
}
