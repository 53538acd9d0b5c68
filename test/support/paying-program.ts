import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { Actors, Grants, IdentityModule, People } from '../../src/identity/index.js';
import type { Actor, BookId, BudgetLineId, LocalDate, OrganisationId, PaymentId, PersonId } from '../../src/kernel/index.js';
import { newId, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { Books, Ledger } from '../../src/ledger/index.js';
import { Payees, Payments, PaymentsModule, PaymentSettings, PayOuts, StripeAccounts } from '../../src/payments/index.js';
import { Clock, Database, loadConfig, PlatformModule } from '../../src/platform/index.js';
import { discardCluster } from '../../src/platform/database/embedded/index.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { startSandbox } from '../../src/sandbox/index.js';
import { cliHere, dataFolder, postgresPid, Program } from './program.js';

const KEY = 'sk_test_crash';
const DAY = '2026-04-01' as LocalDate;
/** The money at Stripe from the start, in the world and in the ledger. */
const AT_STRIPE = 1_000_000;

class ShiftedClock extends Clock {
  ms = 0;

  override now(): Date {
    return new Date(Date.now() + this.ms);
  }
}

/** An office beside the running program, on the same database: where people plan, prepare and approve. It has no worker. */
interface Office {
  get<T>(type: new (...args: never[]) => T): T;
  as(person: PersonId): Promise<Actor>;
}

interface Transfer {
  readonly id: string;
  readonly amount: number;
  readonly metadata: { readonly paymentId?: string };
}

/** The compiled program with its own PostgreSQL, either of which can be killed, and a simulated Stripe that outlives both. One book with one
 *  member's money in it, a maker, a checker, and a provider with an account at Stripe. */
export class PayingProgram {
  private readonly book = newId<'book'>() as BookId;
  private readonly provider = newId<'provider'>();
  private readonly people = { holder: newId<'person'>(), maker: newId<'person'>(), checker: newId<'person'>() } as Record<
    'holder' | 'maker' | 'checker',
    PersonId
  >;
  private readonly line: AccountKey = { book: this.book, kind: 'line', subject: this.people.holder, line: newId<'budget-line'>() as BudgetLineId };
  private readonly all = systemActor('test', { books: [this.book], people: Object.values(this.people), providers: [this.provider as never] });
  private readonly clock = new ShiftedClock();
  private desk: { readonly address: string; readonly app: INestApplicationContext } | undefined;
  program!: Program;

  private constructor(
    readonly dataDir: string,
    private readonly sandboxFolder: string,
    readonly sandbox: Sandbox,
  ) {}

  static async open(): Promise<PayingProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'commonpurse-crash-stripe-'));
    const world = new PayingProgram(await dataFolder(), folder, await startSandbox({ folder, accounts: [{ key: KEY }] }));
    await world.start();
    await world.found();
    return world;
  }

  async start(): Promise<void> {
    this.program = await Program.start(this.dataDir, ['--empty'], { STRIPE_API_URL: this.sandbox.url });
    await this.program.ready();
  }

  async close(): Promise<void> {
    await this.desk?.app.close();
    await this.program.kill('SIGTERM');
    await this.sandbox.close();
    await discardCluster(this.dataDir).catch(() => undefined);
    for (const folder of [this.dataDir, this.sandboxFolder]) rmSync(folder, { recursive: true, force: true });
  }

  /** Plans payments of these sums, all prepared by one person and approved by another in one go; the program's worker sends them. */
  async approve(sums: readonly number[]): Promise<PaymentId[]> {
    return this.office(async (office) => {
      const payable: AccountKey = { book: this.book, kind: 'payable', subject: this.provider };
      const payments = office.get(Payments);
      const owner = { subject: this.people.holder, line: this.line.line };
      const ids = await office.get(Database).transaction(this.all, async (tx) => {
        const planned: PaymentId[] = [];
        for (const sum of sums) {
          const id = newId();
          await office.get(Ledger).record(tx, [
            {
              book: this.book,
              kind: 'invoice',
              reference: `test:${id}`,
              effectiveOn: DAY,
              transfers: [{ debit: this.line, credit: payable, amount: pence(sum), owner }],
            },
          ]);
          planned.push(
            await payments.planPayOut(tx, this.all, {
              book: this.book,
              payeeSubject: this.provider,
              amount: pence(sum),
              parts: [{ owner, amount: pence(sum) }],
              purpose: { noun: 'wages', id },
            }),
          );
        }
        return planned;
      });
      await payments.prepare(await office.as(this.people.maker), { payments: ids });
      await payments.approve(await office.as(this.people.checker), { payments: ids });
      return ids;
    });
  }

  /** What officers do with what Stripe never received: once no answer can be under way any more it is called failed, planned again and
   *  approved again, for the program to send. */
  async planLostAgain(): Promise<number> {
    return this.office(async (office) => {
      this.clock.ms = 10 * 60_000;
      await office
        .get(PayOuts)
        .resolveUnknown(this.book)
        .finally(() => (this.clock.ms = 0));
      const lost = (await this.sql<{ id: PaymentId }>(`select id from payment where state = 'failed'`)).map((row) => row.id);
      const payments = office.get(Payments);
      for (const payment of lost) await payments.planAgain(await office.as(this.people.maker), { payment });
      if (lost.length === 0) return 0;
      await payments.prepare(await office.as(this.people.maker), { payments: lost });
      await payments.approve(await office.as(this.people.checker), { payments: lost });
      return lost.length;
    });
  }

  /** As if half a minute had gone by since a worker died: its locks are over, and its jobs are handed out again. */
  async endLocksOfTheDead(): Promise<void> {
    await this.sql(`update jobs.job set locked_until_ms = 0 where state = 'active'`);
    for (const queue of ['events', 'money']) {
      await this.sql(`select jobs.move_stalled_jobs_to_wait('${queue}', 2, ${Date.now()}, 0)`);
      await this.sql(`select jobs.move_stalled_jobs_to_wait('${queue}', 2, ${Date.now()}, 0)`);
    }
  }

  async faults(faults: readonly object[]): Promise<void> {
    await this.tell('/sandbox/switches', { clear: true, faults });
  }

  /** Stripe's own books, whole. */
  async transfers(): Promise<Transfer[]> {
    const all: Transfer[] = [];
    for (let more = true; more; ) {
      const after = all.length > 0 ? `&starting_after=${all.at(-1)!.id}` : '';
      const page = (await this.stripe(`transfers?limit=100${after}`)) as { data: Transfer[]; has_more: boolean };
      all.push(...page.data);
      more = page.has_more;
    }
    return all;
  }

  async stripeBalance(): Promise<number> {
    return ((await this.stripe('balance')) as { available: { amount: number }[] }).available[0]!.amount;
  }

  /** How many payments are in each state. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.sql<{ state: string; n: number }>('select state, count(*)::int as n from payment group by state');
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  }

  async checks(): Promise<unknown> {
    const { code, out, err } = await cliHere(this.dataDir, 'check', '--json');
    if (code === 0) return [];
    return out === '' ? err : (JSON.parse(out) as { checks: { name: string; faults: string[] }[] }).checks.filter((check) => check.faults.length > 0);
  }

  /** Asks the database as its superuser, whom no wall stops. */
  async sql<Row>(query: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: await this.address('postgres') });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(query, [...parameters])).rows as Row[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async until(claim: () => Promise<boolean>, withinMs: number): Promise<void> {
    for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) if (await claim().catch(() => false)) return;
    throw new Error(`not so in time: ${claim.toString()}; payments: ${JSON.stringify(await this.states())}\n${this.program.output}`);
  }

  killPostgres = async (): Promise<void> => void process.kill(await postgresPid(this.dataDir), 'SIGKILL');

  /** Opened when first needed, and anew when the database has moved. */
  private async office<T>(work: (office: Office) => Promise<T>): Promise<T> {
    const address = await this.address('commonpurse_app');
    if (this.desk?.address !== address) {
      await this.desk?.app.close();
      const config = loadConfig({ DATA_DIR: this.dataDir, DATABASE_URL: address, STRIPE_API_URL: this.sandbox.url, LOG_LEVEL: 'silent' });
      class Rooms {}
      Module({ imports: [PlatformModule.with(config, this.clock), IdentityModule, PaymentsModule] })(Rooms);
      this.desk = { address, app: await NestFactory.createApplicationContext(Rooms, { logger: false, abortOnError: false }) };
    }
    const { app } = this.desk;
    const get = <R>(type: new (...args: never[]) => R): R => app.get(type);
    return work({ get, as: (person) => get(Database).transaction(systemActor('test', {}), (tx) => get(Actors).actorFor(tx, person)) });
  }

  /** The people, the book with its Stripe account and its money, and the payee with two people's word for it. */
  private async found(): Promise<void> {
    const connected = (await this.stripe('accounts', { type: 'express', country: 'GB' })) as { id: string };
    await this.tell('/sandbox/topups', { account: KEY, pence: AT_STRIPE });
    await this.office(async ({ get, as }) => {
      const { holder, maker, checker } = this.people;
      await get(Database).transaction(this.all, async (tx) => {
        const organisationId = newId<'organisation'>() as OrganisationId;
        await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'money-holder', 'An invented treasurer', '2020-01-01')`, [
          organisationId,
        ]);
        for (const id of [holder, maker, checker]) await get(People).register(tx, this.all, { id, firstName: 'Test', familyName: 'Invented' });
        await get(Books).open(tx, { id: this.book, basis: 'cash', name: 'T', organisationId, holderId: null, openedOn: DAY });
        for (const person of [maker, checker])
          await get(Grants).give(tx, this.all, { person, role: 'finance-officer', on: 'book', id: this.book, reason: 'employed' });
        const transfers = [{ debit: { book: this.book, kind: 'clearing' as const, channel: 'stripe' as const }, credit: this.line, amount: pence(AT_STRIPE) }];
        await get(Ledger).record(tx, [{ book: this.book, kind: 'arrival', reference: 'test:money', effectiveOn: DAY, transfers }]);
        await get(PaymentSettings).set(tx, this.all, this.book, { coolingOffHours: 0, account: { name: 'T', sortCode: '108800', accountNumber: '10000001' } });
        await get(PaymentSettings).setLimit(tx, this.all, { book: this.book, person: checker, limit: pence(AT_STRIPE) });
        await get(StripeAccounts).connect(tx, this.all, { book: this.book, secretKey: KEY, webhookSecret: 'whsec_crash' });
      });
      const details = { name: 'Otter Pool', sortCode: '108800', accountNumber: '10000003', stripeAccountId: connected.id };
      const { id, version } = await get(Payees).enter(await as(maker), { book: this.book, kind: 'provider', subject: this.provider, ...details });
      await get(Payees).check(await as(checker), { payee: id, version, how: 'call-back' });
    });
  }

  /** Where the program's own PostgreSQL is now, for one of its roles. */
  private async address(role: 'postgres' | 'commonpurse_app'): Promise<string> {
    const place = await readFile(join(this.dataDir, 'postgres.location'), 'utf8').then(
      (text) => text.trim(),
      () => join(this.dataDir, 'postgres'),
    );
    const port = (await readFile(join(place, 'postmaster.pid'), 'utf8')).split('\n')[3]!.trim();
    const password = (await readFile(join(this.dataDir, `${role}.secret`), 'utf8')).trim();
    return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/commonpurse`;
  }

  private async tell(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.sandbox.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  private async stripe(path: string, fields?: Record<string, string>): Promise<unknown> {
    const headers = { authorization: `Bearer ${KEY}`, 'idempotency-key': newId(), 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${this.sandbox.url}/v1/${path}`, fields ? { method: 'POST', headers, body: new URLSearchParams(fields) } : { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
