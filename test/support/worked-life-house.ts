import { Arrivals } from '../../src/budgets/index.js';
import { Actors } from '../../src/identity/index.js';
import type { Actor, BookId, OrganisationId, PersonId, PoolId } from '../../src/kernel/index.js';
import { newId, pence, penceAsNumber, systemActor } from '../../src/kernel/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { PaymentSettings, StripeAccounts } from '../../src/payments/index.js';
import { PoolQueries } from '../../src/pools/index.js';
import type { BankAccountId } from '../../src/reconciliation/index.js';
import { StatementImports } from '../../src/reconciliation/index.js';
import type { Caller } from './house.js';
import { inventedNhsNumber } from './invented-nhs-number.js';
import { House } from './house.js';
import { ledgerTable, printedTable } from './ledger-table.js';

export const STRIPE_KEY = 'sk_test_treasurer';
const SORT_CODE = '108800';
const NUMBERS = { T: '10000001', D: '10000002', provider: '10000003', N: '10000004' } as const;
type Letter = 'A' | 'B' | 'C';
type CashBook = 'T' | 'D';

/** Bank details as people type them. */
const bankOf = (whose: keyof typeof NUMBERS): { sortCode: string; accountNumber: string } => ({ sortCode: SORT_CODE, accountNumber: NUMBERS[whose] });

/** The three members and three books of the worked life, with everybody who acts in it, through the whole app and the simulated Stripe, bank
 *  and payer. A's line is notional in N, an ICB's allocation book; B's lies in T, a treasurer's cash book; C has a direct payment in D. */
export class WorkedLife {
  readonly books = { N: '' as BookId, T: '' as BookId, D: '' as BookId };
  readonly lines = { A: '', B: '', C: '' };
  readonly references = { A: '', B: '', C: '' };
  readonly accounts = { T: '' as BankAccountId, D: '' as BankAccountId };
  pool = '' as PoolId;
  providerId = '';
  /** The provider's connected account at the simulated Stripe. */
  connected = '';

  private constructor(
    readonly house: House,
    readonly people: Record<Letter | 'coordinator' | 'broker' | 'provider' | 'maker' | 'checker' | 'icbMaker' | 'icbChecker', Caller>,
    private readonly icb: OrganisationId,
  ) {}

  static async open(at: string): Promise<WorkedLife> {
    const house = await House.open({ at, sandbox: { accounts: [{ key: STRIPE_KEY, debitDelayMs: 3 * 86_400_000 }] } });
    const icb = await house.organisation('icb', 'An invented ICB');
    const treasurer = await house.organisation('money-holder', 'An invented treasurer');
    const [N, T] = [await house.book('allocation', 'The ICB', { organisation: icb }), await house.book('cash', 'The treasurer', { organisation: treasurer })];
    const officer = (name: string, id: BookId): Promise<Caller> => house.person(name, [{ role: 'finance-officer', on: 'book', id }]);
    const coordinator = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: icb }]);
    const holder = async (name: string, nhsNumber: string): Promise<Caller> => {
      const about = { icbId: icb, firstName: name, familyName: 'Invented', bornOn: '1990-05-05', nhsNumber, place: 'M33' };
      const { personId } = await coordinator.must<{ personId: PersonId }>('post', 'holders', about);
      return house.signedIn(personId, `${name.toLowerCase()}@example.test`);
    };
    const { brokerId } = await coordinator.must<{ brokerId: PersonId }>('post', 'brokers', { icbId: icb, firstName: 'Bren', familyName: 'Invented' });
    const life = new WorkedLife(
      house,
      {
        A: await holder('Asha', inventedNhsNumber(1)),
        B: await holder('Bola', inventedNhsNumber(2)),
        C: await holder('Carys', inventedNhsNumber(3)),
        coordinator,
        broker: await house.signedIn(brokerId, 'bren@example.test'),
        provider: await house.person('Petra'),
        maker: await officer('Mona', T),
        checker: await officer('Chidi', T),
        icbMaker: await officer('Nadia', N),
        icbChecker: await officer('Nick', N),
      },
      icb,
    );
    Object.assign(life.books, { N, T });
    await life.openDoors();
    return life;
  }

  /** An actor as the app makes one for a request of theirs: for services that no address leads to yet. */
  as(who: Caller): Promise<Actor> {
    return this.house.database.transaction(systemActor('test', {}), (tx) => this.house.app.get(Actors).actorFor(tx, who.id));
  }

  at(day: string): void {
    this.house.clock.set(new Date(`${day}T10:00:00Z`));
  }

  /** The first step of the worked life: A, B and C are funded in their books, and what the ICB pays the day after is at the banks. */
  async fundAll(): Promise<void> {
    await this.fund('A', 120_000, 'notional', 'N');
    await this.fund('B', 40_000, 'third-party', 'T');
    await this.fund('C', 120_000, 'direct-payment', 'D');
    await this.credit('T', 40_000, this.references.B, 'The ICB');
    await this.credit('D', 30_000, this.references.C, 'The ICB');
    this.at('2026-04-02');
  }

  /** A plan agreed and funded; answers its budget line. */
  async fund(letter: Letter, agreed: number, managed: string, book: 'N' | 'T' | 'D'): Promise<void> {
    const { coordinator, [letter]: who } = this.people;
    const plan = await coordinator.must('post', 'plans', {
      personId: who.id,
      about: 'A plan made together',
      risks: 'None beyond the usual at a pool',
      coordinatorId: coordinator.id,
      reviewOn: '2026-07-01',
      consentOn: '2026-04-01',
      lines: [{ service: 'Swimming with support', category: 'activity', amountPence: agreed, per: 'year', outcome: 'I swim every week with people I like' }],
    });
    await coordinator.must('post', `plans/${plan.id}/agree`, { reason: 'Meets the need and is affordable' });
    const line = { name: 'Swimming', agreedPence: agreed, managed, funderId: this.icb, bookId: this.books[book] };
    const budget = await coordinator.must('post', 'budgets', {
      planId: plan.id,
      fromDay: '2026-04-01',
      untilDay: '2027-04-01',
      reason: 'Agreed in full',
      lines: [line],
    });
    this.lines[letter] = budget.lines[0].id;
    this.references[letter] = budget.lines[0].reference;
  }

  /** Money reaches a bank account from outside. */
  credit = (book: CashBook, amount: number, reference: string, name: string): Promise<unknown> =>
    this.tell('/bank/credits', { ...bankOf(book), pence: amount, name, reference });

  /** C's own bank shows what she paid by card or Direct Debit. */
  debitOfD = (kind: 'card' | 'direct-debit', amount: number, reference: string): Promise<unknown> =>
    this.tell('/bank/lines', { ...bankOf('D'), kind, direction: 'debit', pence: amount, name: 'The treasurer', reference });

  /** Brings the bank's statement up to a day (exclusive), as its officer or holder does; the matcher runs by itself. Answers the breaks left. */
  async statement(book: CashBook, from: string, until: string): Promise<{ id: string; code: string; lineId: string }[]> {
    const { sortCode, accountNumber } = bankOf(book);
    const answer = await fetch(`${this.house.sandbox.url}/bank/accounts/${sortCode}-${accountNumber}/statement?from=${from}&until=${until}`);
    const officer = book === 'T' ? this.people.maker : this.people.C;
    await this.house.app
      .get(StatementImports)
      .import(await this.as(officer), { accountId: this.accounts[book], fileName: 'statement.xml', bytes: new Uint8Array(await answer.arrayBuffer()) });
    await this.house.settle();
    return (await officer.get(`books/${this.books[book]}/breaks`)).body.items;
  }

  /** A person says that a line is money that is nobody's yet. */
  async arrived(book: CashBook, lineId: string): Promise<void> {
    await (book === 'T' ? this.people.maker : this.people.C).must('post', `lines/${lineId}/match`, { items: [{ kind: 'arrival' }] });
    await this.house.settle();
  }

  /** All that waits in a book becomes the money of the line that its own reference names. */
  async allocateWaiting(book: CashBook): Promise<void> {
    const officer = await this.as(book === 'T' ? this.people.maker : this.people.C);
    const arrivals = this.house.app.get(Arrivals);
    for (const { lineId, text } of await arrivals.waiting(officer, this.books[book]))
      await arrivals.allocate(officer, { book: this.books[book], statementLine: lineId, reference: text });
    await this.house.settle();
  }

  /** The payer's own payment report, imported into N. Answers what each line told us. */
  async payerReport(): Promise<Record<string, number>> {
    const csv = await (await fetch(`${this.house.sandbox.url}/bank/payment-report?payer=ICB1`)).text();
    const { outcomes } = await this.people.icbMaker.must('post', `books/${this.books.N}/payer-reports`, { csv });
    await this.house.settle();
    return outcomes;
  }

  /** Both details of a payee: entered by one officer, checked by another. */
  async payee(book: 'N' | 'T', details: object): Promise<void> {
    const [first, second] = this.officersOf(book);
    const { id } = await first.must('post', `books/${this.books[book]}/payees`, details);
    await second.must('post', `payees/${id}/check`, { version: 1, how: 'call-back' });
  }

  /** A pay run of all that is due in a book: proposed and prepared by one, approved and released by another. Answers its view. */
  async payRun(book: 'N' | 'T'): Promise<{ totalPence: number; lines: { reference: string; amountPence: number }[] }> {
    const [first, second] = this.officersOf(book);
    const run = await first.must('post', 'pay-runs', { book: this.books[book], cutOffOn: this.today });
    await first.must('post', `pay-runs/${run.id}/prepare`);
    await second.must('post', `pay-runs/${run.id}/approve`);
    await this.house.settle();
    await second.must('post', `pay-runs/${run.id}/release`);
    await this.house.settle();
    return (await first.get(`pay-runs/${run.id}`)).body;
  }

  /** C opens the hosted page and pays on it. */
  async payOnPage(remittanceId: string, method: string): Promise<void> {
    const { payAt } = (await this.people.C.get<{ payAt: string }>(`remittances/${remittanceId}/pay-in`)).body;
    const paid = await fetch(payAt, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ method }),
    });
    if (paid.status !== 303) throw new Error(`the page answered ${paid.status}`);
  }

  /** Webhooks come when they come. */
  async until(claim: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 15_000; Date.now() < end; ) {
      await this.house.settle();
      if (await claim()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not so in time: ${claim.toString()}\n${await this.printed()}`);
  }

  /** The three books as an auditor would write them. */
  async printed(): Promise<string> {
    return printedTable(await this.tables());
  }

  tables(): Promise<Record<'N' | 'T' | 'D', Record<string, string>>> {
    const names = new Map<string, string>((['A', 'B', 'C'] as const).map((letter) => [this.people[letter].id, letter]));
    const { N, T, D } = this.books;
    return this.house.database.read(this.everything, async (tx) => ({
      N: await ledgerTable(tx, N, names),
      T: await ledgerTable(tx, T, names),
      D: await ledgerTable(tx, D, names),
    }));
  }

  /** What the world outside has: the treasurer's Stripe balance and bank account and C's bank account; beside what the books say of each. */
  async outside(): Promise<Record<string, readonly [number, number]>> {
    const balance = (await (await fetch(`${this.house.sandbox.url}/v1/balance`, { headers: { authorization: `Bearer ${STRIPE_KEY}` } })).json()) as {
      available: { amount: number }[];
    };
    const bank = async (book: CashBook): Promise<number> =>
      ((await (await fetch(`${this.house.sandbox.url}/bank/accounts/${SORT_CODE}-${NUMBERS[book]}`)).json()) as { balancePence: number }).balancePence;
    const { T, D } = this.books;
    const ledger = this.house.app.get(LedgerQueries);
    const [stripe, bankT, bankD] = await this.house.database.read(this.everything, async (tx) => [
      await ledger.balanceOf(tx, { book: T, kind: 'clearing', channel: 'stripe' }),
      await ledger.balanceOf(tx, { book: T, kind: 'bank' }),
      await ledger.balanceOf(tx, { book: D, kind: 'bank' }),
    ]);
    return {
      stripe: [balance.available[0]!.amount, penceAsNumber(stripe!.posted)],
      bankT: [await bank('T'), penceAsNumber(bankT!.posted)],
      bankD: [await bank('D'), penceAsNumber(bankD!.posted)],
    };
  }

  /** Posted, set aside and usable pence of each share: usable is less by what its owner owes. */
  async shares(): Promise<Record<string, readonly [number, number, number]>> {
    const shares = await this.house.database.read(this.everything, (tx) => this.house.app.get(PoolQueries).sharesOf(tx, this.pool));
    const letterOf = (id: string): string => (['A', 'B', 'C'] as const).find((letter) => this.people[letter].id === id)!;
    return Object.fromEntries(
      shares.map((share) => [letterOf(share.personId), [penceAsNumber(share.posted), penceAsNumber(share.reserved), penceAsNumber(share.usable)] as const]),
    );
  }

  async tell(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.house.sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** Stripe's own API, as the treasurer or anyone with its key may use it. */
  async stripe(method: 'GET' | 'POST', path: string, fields: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const form = {
      method,
      headers: { authorization: `Bearer ${STRIPE_KEY}`, 'idempotency-key': newId(), 'content-type': 'application/x-www-form-urlencoded' },
    };
    const answer = await fetch(`${this.house.sandbox.url}/v1/${path}`, method === 'POST' ? { ...form, body: new URLSearchParams(fields) } : form);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  get today(): string {
    return this.house.clock.now().toISOString().slice(0, 10);
  }

  get everything(): Actor {
    const { A, B, C } = this.people;
    return this.house.system({ books: Object.values(this.books).filter(Boolean), pools: this.pool ? [this.pool] : [], people: [A.id, B.id, C.id] });
  }

  private officersOf(book: 'N' | 'T'): readonly [Caller, Caller] {
    return book === 'N' ? [this.people.icbMaker, this.people.icbChecker] : [this.people.maker, this.people.checker];
  }

  /** C's own book, the bank accounts, the payer, Stripe's keys and the limits of those who approve. */
  private async openDoors(): Promise<void> {
    const { house, people, books } = this;
    books.D = await house.book('cash', 'Carys’s own account', { holder: people.C.id });
    await house.grant(people.C.id, 'account-holder', 'book', books.D);
    for (const [whose, name, openingPence] of [
      ['T', 'The treasurer', 0],
      ['D', 'Carys Invented', 0],
      ['provider', 'Otter Pool', 0],
      ['N', 'The ICB', 500_000],
    ] as const)
      await this.tell('/bank/accounts', { ...bankOf(whose), name, openingPence });
    await this.tell('/bank/payers', { code: 'ICB1', name: 'The ICB', account: bankOf('N') });
    await this.tell('/sandbox/webhook_endpoints', { account: STRIPE_KEY, url: `${house.url}/webhooks/stripe/${books.T}`, secret: 'whsec_treasurer' });
    this.connected = (await this.stripe('POST', 'accounts', { type: 'express', country: 'GB' }))['id'] as string;
    const setUp = house.system({ books: [books.N, books.T], people: [people.checker.id, people.icbChecker.id] });
    await house.database.transaction(setUp, async (tx) => {
      const settings = house.app.get(PaymentSettings);
      await house.app.get(StripeAccounts).connect(tx, setUp, { book: books.T, secretKey: STRIPE_KEY, webhookSecret: 'whsec_treasurer' });
      await settings.set(tx, setUp, books.T, { coolingOffHours: 0, account: { name: 'The treasurer', ...bankOf('T') } });
      await settings.set(tx, setUp, books.N, { coolingOffHours: 0, payerCode: 'ICB1' });
      for (const [book, person] of [
        [books.T, people.checker],
        [books.N, people.icbChecker],
      ] as const)
        await settings.setLimit(tx, setUp, { book, person: person.id, limit: pence(100_000) });
    });
    for (const [book, who] of [
      ['T', people.maker],
      ['D', people.C],
    ] as const)
      this.accounts[book] = (await who.must('post', 'bank-accounts', { bookId: books[book], name: book, ...bankOf(book), openedOn: this.today })).id;
  }

  /** Where each book pays whom: the provider, and each other. */
  async knowPayees(): Promise<void> {
    const provider = { kind: 'provider', subject: this.providerId, name: 'Otter Pool', ...bankOf('provider') };
    await this.payee('T', { ...provider, stripeAccountId: this.connected });
    await this.payee('N', provider);
    await this.payee('T', { kind: 'book', subject: this.books.N, name: 'The ICB', ...bankOf('N') });
    await this.payee('T', { kind: 'book', subject: this.books.D, name: 'Carys Invented', ...bankOf('D') });
  }

  /** The three agree on one version, and their pool begins. */
  async startPool(): Promise<void> {
    const { A, B, C, broker } = this.people;
    for (const who of [A, B, C]) await who.must('post', `people/${who.id}/appointments`, { brokerId: broker.id, covers: ['pools'] });
    const members = [A, B, C].map(({ id }) => ({ personId: id }));
    this.pool = (
      await broker.must('post', 'pools', { name: 'Thursday swimmers', purpose: 'Swim together every Thursday', moneyHolderBookId: this.books.T, members })
    ).poolId;
    const agreement = await broker.must('post', `pools/${this.pool}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook: this.books.T,
      feesOwedBy: 'money-holder',
      reviewOn: '2026-10-01',
      text: 'We swim on Thursdays. We share the cost in equal parts.',
    });
    for (const who of [A, B, C])
      await who.must('post', `agreements/${agreement.agreementId}/assent`, { contentHash: agreement.contentHash, format: 'standard' });
    await this.house.settle();
  }
}
