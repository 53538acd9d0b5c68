import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { Budgets, budgetChecks } from '../../src/budgets/index.js';
import { Commissioning, commissioningChecks, CommissioningModule } from '../../src/commissioning/index.js';
import { Actors, Grants, IdentityModule, People } from '../../src/identity/index.js';
import type {
  Actor,
  BookId,
  BudgetLineId,
  Id,
  LocalDate,
  OrganisationId,
  PaymentId,
  PersonId,
  PlanLineId,
  PoolId,
  ProviderId,
} from '../../src/kernel/index.js';
import { addDays, dayOf, newId, pence, penceAsNumber, systemActor } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { Books, Ledger, ledgerChecks, LedgerQueries } from '../../src/ledger/index.js';
import { Payees, PaymentFiles, Payments, paymentsChecks, PaymentSettings, PaymentsModule, PayOuts, Remittances } from '../../src/payments/index.js';
import { planChecks, Plans } from '../../src/plans/index.js';
import type { Check, Tx } from '../../src/platform/index.js';
import { createLogger, Database, EventHandlers, httpAdapter, installHttp, loadConfig, PlatformModule, SetClock } from '../../src/platform/index.js';
import { asEvent, Delivery, EVENT_COLUMNS } from '../../src/platform/outbox/delivery.js';
import type { EventRow } from '../../src/platform/outbox/delivery.js';
import { Agreements, Contributions, Freezes, Leaving, poolChecks, PoolQueries, Pools, PoolsModule, shareAccount } from '../../src/pools/index.js';
import type { AgreementOffered } from '../../src/pools/index.js';
import { Invoices, Purchases, purchasingChecks, PurchasingModule, PurchasingQueries, Quotes, Sessions } from '../../src/purchasing/index.js';
import type { Committed } from '../../src/purchasing/index.js';
import { testDatabase } from './database.js';

/** One budget holder of the house, with a line of her own and the plan line it is for. */
export interface Holder {
  readonly id: PersonId;
  readonly name: string;
  readonly lineId: BudgetLineId;
  readonly planLineId: PlanLineId;
  readonly bookId: BookId;
}

export interface PoolingHouse {
  readonly app: NestFastifyApplication;
  readonly database: Database;
  readonly clock: SetClock;
  readonly today: LocalDate;
  readonly n: BookId;
  readonly t: BookId;
  readonly d: BookId;
  /** Another treasurer's cash book, for a change of money-holder. */
  readonly u: BookId;
  readonly icb: OrganisationId;
  /** A neighbouring ICB, and a council that may put money beside the members'. */
  readonly otherIcb: OrganisationId;
  readonly council: OrganisationId;
  readonly asha: Holder;
  readonly bola: Holder;
  readonly carys: Holder;
  readonly members: readonly Holder[];
  readonly femi: PersonId;
  readonly pat: PersonId;
  readonly tess: PersonId;
  readonly tom: PersonId;
  /** Decides for the ICB. */
  readonly olu: PersonId;
  readonly provider: ProviderId;
  readonly pools: Pools;
  readonly agreements: Agreements;
  readonly contributions: Contributions;
  readonly leaving: Leaving;
  readonly freezes: Freezes;
  readonly poolQueries: PoolQueries;
  readonly quotes: Quotes;
  readonly purchases: Purchases;
  readonly sessions: Sessions;
  readonly invoices: Invoices;
  readonly purchasing: PurchasingQueries;
  readonly ledger: LedgerQueries;
  /** The person's actor with the grants of this moment. */
  as(person: PersonId | Holder): Promise<Actor>;
  /** Everything the house holds, for looking. */
  everything(pool?: PoolId): Actor;
  token(person: PersonId | Holder): Promise<string>;
  propose(): Promise<PoolId>;
  offer(pool: PoolId, over?: object): Promise<AgreementOffered>;
  /** A pool of all three (or those named) with an agreement in force. */
  startedPool(who?: readonly Holder[], over?: object): Promise<PoolId>;
  /** A started pool in which everybody has put in `pounds` pounds, and all of it has arrived. */
  fundedPool(pounds: number): Promise<PoolId>;
  putIn(pool: PoolId, holder: Holder, pounds: number): Promise<void>;
  /** A quote of the provider that everybody chose. */
  chosenQuote(pool: PoolId, who: readonly Holder[], pricePence: number, sessions: number): Promise<Id<'quote'>>;
  committed(pool: PoolId, pricePence?: number, sessions?: number): Promise<Committed>;
  /** Recorded by the provider and confirmed by a member, on the session's day. */
  attended(purchase: Committed, which: number, by?: Holder): Promise<Id<'session'>>;
  /** What stands in an account now: posted, set aside, free, in pence as numbers. */
  balance(key: AccountKey): Promise<{ posted: number; reserved: number; free: number }>;
  share(pool: PoolId, holder: Holder): AccountKey;
  line(holder: Holder): AccountKey;
  /** Runs every handler that no network needs for every event, until nothing is new. */
  deliver(): Promise<void>;
  /** The provider is a payee of N and T from now on, checked by two officers. */
  knowPayees(): Promise<void>;
  /** Two officers pay an invoice of each book by file, and it settles. */
  pay(invoiceId: string): Promise<void>;
  /** Money sent from one book to another reaches it by bank. */
  arriveByBank(remittanceId: string): Promise<void>;
  faults(): Promise<string[]>;
  /** Names of the checks that find a fault after `sql`, which passes by every wall and trigger and is undone. */
  faultsAfter(sql: string): Promise<string[]>;
  close(): Promise<void>;
}

const checks: readonly Check[] = [
  ...ledgerChecks,
  ...paymentsChecks,
  ...planChecks,
  ...budgetChecks,
  ...commissioningChecks,
  ...poolChecks,
  ...purchasingChecks,
];

/** Three neighbours whose budgets are managed in three ways, as in the worked life: Asha's is notional in the ICB's book N, Bola's is
 *  held by a treasurer in book T, Carys has a direct payment in her own account, book D. */
export async function poolingHouse(): Promise<PoolingHouse> {
  const test = await testDatabase();
  const clock = new SetClock(new Date('2026-11-20T10:00:00Z'));
  const config = loadConfig({ DATABASE_URL: test.appUrl, ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`, LOG_LEVEL: 'silent' });
  class House {}
  Module({ imports: [PlatformModule.with(config, clock), IdentityModule, CommissioningModule, PaymentsModule, PoolsModule, PurchasingModule] })(House);
  const app = await NestFactory.create<NestFastifyApplication>(
    House,
    httpAdapter({ logger: createLogger({ level: 'silent', program: 'test' }), trustProxy: false }),
    { rawBody: true, logger: false, abortOnError: false },
  );
  installHttp(app, { publicUrl: config.publicUrl });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const get = <T>(type: new (...args: never[]) => T): T => app.get(type);
  const [database, people, grants, books, plans, commissioning, budgets, ledger] = [
    get(Database),
    get(People),
    get(Grants),
    get(Books),
    get(Plans),
    get(Commissioning),
    get(Budgets),
    get(Ledger),
  ];
  const [n, t, d, u] = [newId<'book'>(), newId<'book'>(), newId<'book'>(), newId<'book'>()];
  const [icb, treasurer, otherIcb, council] = Array.from({ length: 4 }, () => newId<'organisation'>()) as [
    OrganisationId,
    OrganisationId,
    OrganisationId,
    OrganisationId,
  ];
  const provider = newId<'provider'>();
  const ids = {
    asha: newId<'person'>(),
    bola: newId<'person'>(),
    carys: newId<'person'>(),
    femi: newId<'person'>(),
    pat: newId<'person'>(),
    olu: newId<'person'>(),
    tess: newId<'person'>(),
    tom: newId<'person'>(),
  };
  const pools: PoolId[] = [];
  const everything = (pool?: PoolId): Actor =>
    systemActor('test', {
      people: Object.values(ids),
      icbs: [icb, otherIcb, council],
      books: [n, t, d, u],
      pools: pool ? [pool] : pools,
      providers: [provider],
    });
  const as = (person: PersonId | Holder): Promise<Actor> =>
    database.transaction(systemActor('test', {}), (tx) => get(Actors).actorFor(tx, typeof person === 'string' ? person : person.id));

  await database.transaction(everything(), async (tx) => {
    const founder = everything();
    await tx.run(
      `insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An invented ICB', '2022-07-01'), ($2, 'money-holder', 'An invented treasurer', '2020-01-01'),
         ($3, 'icb', 'A neighbouring ICB', '2022-07-01'), ($4, 'council', 'An invented council', '2020-01-01')`,
      [icb, treasurer, otherIcb, council],
    );
    for (const [name, id] of Object.entries(ids))
      await people.register(tx, founder, { id, firstName: name[0]!.toUpperCase() + name.slice(1), familyName: 'Invented' });
    for (const id of [ids.asha, ids.bola, ids.carys]) {
      await people.makeResponsible(tx, id, icb, '2026-04-01' as LocalDate);
      await grants.give(tx, founder, { person: id, role: 'holder', on: 'person', id, reason: 'holder of a budget' });
    }
    for (const role of ['icb-officer', 'care-coordinator'] as const)
      await grants.give(tx, founder, { person: ids.olu, role, on: 'icb', id: icb, reason: 'employed' });
    for (const person of [ids.tess, ids.tom])
      for (const id of [n, t, u]) await grants.give(tx, founder, { person, role: 'finance-officer', on: 'book', id, reason: 'employed' });
    await grants.give(tx, founder, { person: ids.pat, role: 'provider', on: 'provider', id: provider, reason: 'employed' });
    for (const id of [ids.asha, ids.bola, ids.carys])
      await grants.give(tx, founder, { person: ids.femi, role: 'person-broker', on: 'person', id, reason: 'appointed' });
    await books.open(tx, { id: n, basis: 'allocation', name: 'N', organisationId: icb, holderId: null, openedOn: '2026-04-01' as LocalDate });
    await books.open(tx, { id: t, basis: 'cash', name: 'T', organisationId: treasurer, holderId: null, openedOn: '2026-04-01' as LocalDate });
    await books.open(tx, { id: u, basis: 'cash', name: 'U', organisationId: treasurer, holderId: null, openedOn: '2026-04-01' as LocalDate });
    await books.open(tx, { id: d, basis: 'cash', name: 'D', organisationId: null, holderId: ids.carys, openedOn: '2026-04-01' as LocalDate });
  });

  const olu = await as(ids.olu);
  async function holder(
    name: 'asha' | 'bola' | 'carys',
    managed: 'notional' | 'third-party' | 'direct-payment',
    bookId: BookId,
    agreed: number,
  ): Promise<Holder> {
    const draft = await plans.draft(olu, {
      personId: ids[name],
      about: 'Invented.',
      risks: 'None.',
      coordinatorId: ids.olu,
      reviewOn: '2027-05-01' as LocalDate,
      consentOn: '2026-04-01' as LocalDate,
      lines: [{ service: 'Swimming with others', category: 'community', amountPence: pence(agreed), per: 'year', outcome: 'To be well and among people.' }],
    });
    await commissioning.agreePlan(olu, draft.id, { reason: 'Agreed together.' });
    const { lines } = await commissioning.fund(olu, {
      planId: draft.id,
      fromDay: '2026-04-01' as LocalDate,
      untilDay: '2027-04-01' as LocalDate,
      reason: 'Agreed together.',
      lines: [{ name, managed, funderId: icb, bookId, agreedPence: pence(agreed) }],
    });
    return { id: ids[name], name, lineId: lines[0]!.id, planLineId: draft.lines[0]!, bookId };
  }
  const asha = await holder('asha', 'notional', n, 120_000);
  const bola = await holder('bola', 'third-party', t, 120_000);
  const carys = await holder('carys', 'direct-payment', d, 120_000);
  await database.transaction(everything(), async (tx) => {
    for (const [book, sum] of [
      [t, 100_000],
      [d, 90_000],
    ] as const)
      await ledger.record(tx, [
        {
          book,
          reference: 'test:arrival',
          kind: 'arrival',
          effectiveOn: '2026-11-01' as LocalDate,
          transfers: [{ debit: { book, kind: 'bank' }, credit: { book, kind: 'unallocated' }, amount: pence(sum) }],
        },
      ]);
    await budgets.allocateIn(tx, bola.lineId, pence(100_000), 'test');
    await budgets.allocateIn(tx, carys.lineId, pence(90_000), 'test');
  });

  await database.transaction(everything(), async (tx) => {
    await get(PaymentSettings).set(tx, everything(), n, { coolingOffHours: 0, payerCode: 'QNX' });
    await get(PaymentSettings).set(tx, everything(), t, {
      coolingOffHours: 0,
      account: { name: 'Treasurer', sortCode: '10-88-00', accountNumber: '10000001' },
    });
    for (const book of [n, t]) await get(PaymentSettings).setLimit(tx, everything(), { book, person: ids.tom, limit: pence(1_000_000) });
  });
  const knowPayees = async (): Promise<void> => {
    for (const book of [n, t]) {
      const { id, version } = await get(Payees).enter(await as(ids.tess), {
        book,
        kind: 'provider',
        subject: provider,
        name: 'Pool and Paddle',
        sortCode: '10-88-00',
        accountNumber: '10000003',
      });
      await get(Payees).check(await as(ids.tom), { payee: id, version, how: 'call-back' });
    }
  };
  const delivery = new Delivery(database, get(EventHandlers));
  const share = (pool: PoolId, of: Holder): AccountKey =>
    shareAccount({
      poolId: pool,
      personId: of.id,
      lineId: of.lineId,
      planLineId: of.planLineId,
      lineBookId: of.bookId,
      bookId: of.bookId === d ? t : of.bookId,
    });
  const services = {
    pools: get(Pools),
    agreements: get(Agreements),
    contributions: get(Contributions),
    leaving: get(Leaving),
    freezes: get(Freezes),
    poolQueries: get(PoolQueries),
    quotes: get(Quotes),
    purchases: get(Purchases),
    sessions: get(Sessions),
    invoices: get(Invoices),
    purchasing: get(PurchasingQueries),
    ledger: get(LedgerQueries),
  };
  const members = [asha, bola, carys];

  const house: PoolingHouse = {
    app,
    database,
    clock,
    n,
    t,
    d,
    u,
    icb,
    otherIcb,
    council,
    asha,
    bola,
    carys,
    members,
    femi: ids.femi,
    pat: ids.pat,
    tess: ids.tess,
    tom: ids.tom,
    olu: ids.olu,
    provider,
    ...services,
    as,
    everything,
    share,
    get today() {
      return dayOf(clock.now());
    },
    token: async (person) =>
      database.transaction(systemActor('test', {}), (tx) => get(Actors).beginSession(tx, typeof person === 'string' ? person : person.id, null)),
    propose: async () => {
      const { poolId } = await services.pools.propose(await as(ids.femi), {
        name: 'Thursday swimmers',
        purpose: 'To swim together and not alone.',
        place: 'M33',
        moneyHolderBookId: t,
        members: members.map((each) => ({ personId: each.id })),
      });
      pools.push(poolId);
      return poolId;
    },
    offer: async (pool, over = {}) =>
      services.agreements.offer(await as(ids.femi), pool, {
        split: 'equal',
        absence: 'pay-to-hold-place',
        noticeDays: 28,
        decide: 'all-agree',
        moneyHolderBook: t,
        feesOwedBy: 'money-holder',
        reviewOn: '2027-05-20' as LocalDate,
        text: 'We swim on Thursdays.',
        ...over,
      }),
    startedPool: async (who = members, over = {}) => {
      const { poolId } = await services.pools.propose(await as(ids.femi), {
        name: 'Thursday swimmers',
        purpose: 'To swim together.',
        members: who.map((each) => ({ personId: each.id })),
      });
      pools.push(poolId);
      const { agreementId, contentHash } = await house.offer(poolId, over);
      for (const each of who) await services.agreements.assent(await as(each), agreementId, { contentHash, format: 'easy-read' });
      return poolId;
    },
    fundedPool: async (pounds) => {
      const pool = await house.startedPool();
      for (const each of members) await house.putIn(pool, each, pounds);
      return pool;
    },
    putIn: async (pool, of, pounds) => {
      const made = await services.contributions.contribute(await as(of), {
        poolId: pool,
        lineId: of.lineId,
        amountPence: pence(pounds * 100),
        ...(of.bookId === d ? { by: 'bank' as const } : {}),
      });
      if (made.remittanceId) await house.arriveByBank(made.remittanceId);
      await house.deliver();
    },
    chosenQuote: async (pool, who, price, sessions) => {
      const { quoteId } = await services.quotes.give(await as(ids.femi), pool, {
        providerId: provider,
        service: 'An hour in the warm pool',
        pricePence: pence(price),
        sessions,
      });
      for (const each of who) await services.quotes.choose(await as(each), quoteId);
      return quoteId;
    },
    committed: async (pool, price = 10_000, sessions = 3) => {
      const quote = await house.chosenQuote(pool, members, price, sessions);
      return services.purchases.commit(await as(ids.femi), quote, { days: Array.from({ length: sessions }, (_, at) => addDays(house.today, 6 + at * 28)) });
    },
    attended: async (purchase, which, by = asha) => {
      const session = purchase.sessions[which]!;
      if (session.day > house.today) clock.set(new Date(`${session.day}T18:00:00Z`));
      await services.sessions.record(await as(ids.pat), session.sessionId, purchase.purchaseId);
      await services.sessions.confirm(await as(by), session.sessionId);
      return session.sessionId;
    },
    balance: async (key) => {
      const { posted, reserved, free } = await database.read(everything(), (tx) => services.ledger.balanceOf(tx, key));
      return { posted: penceAsNumber(posted), reserved: penceAsNumber(reserved), free: penceAsNumber(free) };
    },
    line: (of) => ({ book: of.bookId, kind: 'line', subject: of.id, line: of.lineId }),
    deliver: async () => {
      for (let ran = 1; ran > 0; ) {
        ran = 0;
        const rows = await database.read(systemActor('test', {}), (tx) => tx.rows<EventRow>(`select ${EVENT_COLUMNS} from outbox_event order by seq`));
        for (const event of rows.map(asEvent))
          for (const subscription of get(EventHandlers).of(event.name)) if (!subscription.outside && (await delivery.run(subscription, event))) ran += 1;
      }
    },
    knowPayees,
    pay: async (invoiceId) => {
      const [tess, tom] = [await as(ids.tess), await as(ids.tom)];
      const payments = await database.read(everything(), (tx) =>
        tx.rows<{ id: PaymentId; book: BookId }>('select id, book_id as book from payment where purpose_id = $1', [invoiceId]),
      );
      for (const { id, book } of payments) {
        await get(Payments).prepare(tess, { payments: [id] });
        await get(Payments).approve(tom, { payments: [id] });
        for (const event of await database.read(systemActor('test', {}), (tx) =>
          tx.rows<EventRow>(`select ${EVENT_COLUMNS} from outbox_event where name = 'paymentApproved' and payload->>'paymentId' = $1`, [id]),
        ))
          await get(PayOuts).dispatch(asEvent(event));
        await get(PaymentFiles).release(tom, book);
        await database.transaction(everything(), (tx) => get(PayOuts).settled(tx, everything(), id));
      }
      await house.deliver();
    },
    arriveByBank: async (remittanceId) => {
      await database.transaction(everything(), async (tx) => {
        const remittances = get(Remittances);
        const sent = await remittances.find(tx, remittanceId as never);
        await remittances.arrivedByBank(tx, everything(), { remittance: remittanceId as never, amount: sent!.amount, on: house.today });
      });
      await house.deliver();
    },
    faults: async () =>
      (
        await Promise.all(checks.map((check) => database.read(everything(), async (tx) => (await check.find(tx)).map((fault) => `${check.name}: ${fault}`))))
      ).flat(),
    faultsAfter: async (sql) => {
      const client = new pg.Client({ connectionString: test.superuserUrl });
      await client.connect();
      try {
        await client.query(`begin; set local session_replication_role = replica; ${sql}`);
        const tx = { rows: async (query: string, values: unknown[] = []) => (await client.query(query, values)).rows } as unknown as Tx;
        const found: string[] = [];
        for (const check of [...commissioningChecks, ...poolChecks, ...purchasingChecks]) if ((await check.find(tx)).length > 0) found.push(check.name);
        return found;
      } finally {
        await client.query('rollback');
        await client.end();
      }
    },
    close: async () => {
      await app.close();
      await test.drop();
    },
  };
  return house;
}
