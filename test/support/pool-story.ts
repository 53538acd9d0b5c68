import { expect } from '@jest/globals';
import request from 'supertest';
import type { BookId, LocalDate, Pence, PersonId, PoolId } from '../../src/kernel/index.js';
import { decimalPounds, newId } from '../../src/kernel/index.js';
import type { KindFigures } from '../../src/reconciliation/proof.rules.js';
import { proveAllocationBook, proveCashBook } from '../../src/reconciliation/proof.rules.js';
import { Payees, PaymentSettings } from '../../src/payments/index.js';
import { ledgerTable, printedTable } from './ledger-table.js';
import type { Holder, PoolingHouse } from './pooling-house.js';
import { poolingHouse } from './pooling-house.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as a client reads it
type Answered = Record<string, any>;
type Who = PersonId | Holder;

interface JournalRow {
  readonly batch: string;
  readonly day: LocalDate;
  readonly book: BookId;
  readonly kind: string;
  readonly what: string;
  readonly fromKind: string;
  readonly fromSubject: string | null;
  readonly toKind: string | null;
  readonly toSubject: string | null;
  readonly amount: Pence;
}

export interface Purchase {
  readonly purchaseId: string;
  readonly sessions: readonly { readonly sessionId: string; readonly day: LocalDate }[];
}

/** One pool's life, told by who does what through the API, and its ledger from the first day of the story on. */
export class PoolStory {
  poolId!: PoolId;
  private before = '0';
  private readonly others = new Map<string, string>();
  private invoices = 0;

  private constructor(readonly house: PoolingHouse) {}

  static async open(): Promise<PoolStory> {
    const story = new PoolStory(await poolingHouse());
    await story.house.knowPayees();
    const { last } = (await story.house.database.read(story.house.everything(), (tx) =>
      tx.row<{ last: string }>('select coalesce(max(batch_id), 0)::text as last from entry'),
    ))!;
    story.before = last;
    return story;
  }

  /** Somebody of the story who is not of the house. */
  knows(person: PersonId, name: string): void {
    this.others.set(person, name);
  }

  /** It is ten in the morning of that day. */
  on(day: string): void {
    this.house.clock.set(new Date(`${day}T10:00:00Z`));
  }

  async call(who: Who, method: 'get' | 'post', path: string, body: object = {}): Promise<{ status: number; body: Answered }> {
    const asked = request(this.house.app.getHttpServer())
      [method](`/api/v1/${path}`)
      .set('authorization', `Bearer ${await this.house.token(who)}`);
    const { status, body: answer } = await (method === 'post' ? asked.set('idempotency-key', newId()).send(body) : asked);
    return { status, body: answer as Answered };
  }

  async must(who: Who, method: 'get' | 'post', path: string, body: object = {}): Promise<Answered> {
    const answer = await this.call(who, method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Femi names three people who want to swim together. */
  async gather(): Promise<void> {
    this.poolId = await this.house.propose();
  }

  /** Femi offers a version of the agreement. */
  async offer(over: object = {}): Promise<{ agreementId: string; contentHash: string }> {
    const { agreementId, contentHash } = await this.house.offer(this.poolId, over);
    return { agreementId, contentHash };
  }

  async agree(who: Who, to: { agreementId: string; contentHash: string }): Promise<void> {
    await this.must(who, 'post', `agreements/${to.agreementId}/assent`, { contentHash: to.contentHash, format: 'easy-read' });
  }

  /** A version that all of them agree to. */
  async agreed(over: object = {}, who: readonly Holder[] = this.house.members): Promise<void> {
    const version = await this.offer(over);
    for (const each of who) await this.agree(each, version);
    await this.house.deliver();
  }

  /** All three have agreed, and each has put in so many pounds. */
  async funded(pounds: number, over: object = {}): Promise<void> {
    await this.gather();
    await this.agreed(over);
    for (const who of this.house.members) await this.house.putIn(this.poolId, who, pounds);
  }

  /** A quote of so many pounds a day, which all three chose, and which is bought for these days. */
  async bought(pounds: number, days: readonly string[]): Promise<Purchase> {
    const quote = await this.quote(pounds, days.length);
    await this.choose(quote, this.house.members);
    return this.book(quote, days);
  }

  async quote(pounds: number, sessions: number): Promise<string> {
    const body = { providerId: this.house.provider, service: 'An hour in the warm pool', pricePence: pounds * 100, sessions };
    return (await this.must(this.house.femi, 'post', `pools/${this.poolId}/quotes`, body))['quoteId'];
  }

  async book(quote: string, days: readonly string[]): Promise<Purchase> {
    return (await this.must(this.house.femi, 'post', `quotes/${quote}/commit`, { days })) as Purchase;
  }

  async choose(quote: string, who: readonly Holder[]): Promise<string> {
    let state = '';
    for (const each of who) state = (await this.must(each, 'post', `quotes/${quote}/choose`))['state'];
    return state;
  }

  /** On its day the provider writes a session down, and one of those who came says that it was so. */
  async swim(purchase: Purchase, at: number, by: Holder): Promise<void> {
    const { sessionId, day } = purchase.sessions[at]!;
    this.house.clock.set(new Date(`${day}T18:00:00Z`));
    await this.must(this.house.pat, 'post', `purchases/${purchase.purchaseId}/sessions/${sessionId}/record`);
    await this.must(by, 'post', `sessions/${sessionId}/confirm`);
  }

  bill(purchase: Purchase, at: readonly number[], pounds: number, forMembers?: readonly Holder[]): Promise<{ status: number; body: Answered }> {
    return this.call(this.house.pat, 'post', `purchases/${purchase.purchaseId}/invoices`, {
      number: `POOL-${(this.invoices += 1)}`,
      amountPence: pounds * 100,
      dated: this.house.today,
      sessionIds: at.map((each) => purchase.sessions[each]!.sessionId),
      ...(forMembers ? { forMembers: forMembers.map((each) => each.id) } : {}),
    });
  }

  /** The provider sends a bill, and two officers of each book pay it. */
  async billAndPay(purchase: Purchase, at: readonly number[], pounds: number, forMembers?: readonly Holder[]): Promise<void> {
    const { status, body } = await this.bill(purchase, at, pounds, forMembers);
    if (status !== 201) throw new Error(JSON.stringify(body));
    await this.house.deliver();
    await this.house.pay(String(body['invoiceId']));
  }

  /** What is between two books comes to the other one's bank. */
  async moneyArrives(): Promise<number> {
    const going = await this.house.database.read(this.house.everything(), (tx) =>
      tx.rows<{ id: string }>(`select id from remittance where state = 'on-the-way' order by id`),
    );
    for (const { id } of going) await this.house.arriveByBank(id);
    return going.length;
  }

  /** A book that pays for the first time: its own account, an officer's limit, and a payee whom two officers looked at. */
  async letPay(book: BookId): Promise<void> {
    const { app, database } = this.house;
    const [officer] = await database.read(this.house.everything(), (tx) =>
      tx.rows<{ id: PersonId }>('select person_id as id from payment_limit where book_id = $1', [this.house.t]),
    );
    await database.transaction(this.house.everything(), async (tx) => {
      const settings = { coolingOffHours: 0, account: { name: 'Treasurer', sortCode: '10-88-00', accountNumber: '10000002' } };
      await app.get(PaymentSettings).set(tx, this.house.everything(), book, settings);
      await app.get(PaymentSettings).setLimit(tx, this.house.everything(), { book, person: officer!.id, limit: 1_000_000n as Pence });
    });
    const payee = { kind: 'provider' as const, subject: this.house.provider, name: 'Pool and Paddle', sortCode: '10-88-00', accountNumber: '10000003' };
    const { id, version } = await app.get(Payees).enter(await this.house.as(this.house.tess), { book, ...payee });
    await app.get(Payees).check(await this.house.as(officer!.id), { payee: id, version, how: 'call-back' });
  }

  /** The pool as somebody reads it. */
  seen(who: Who): Promise<Answered> {
    return this.must(who, 'get', `pools/${this.poolId}`);
  }

  /** What happened since the sentence `after`, in words and in order. */
  async history(who: Who, after = 'Everyone had agreed, and the pool started.'): Promise<string[]> {
    const sentences = ((await this.seen(who))['history'] as { sentence: string }[]).map((each) => each.sentence).reverse();
    return sentences.slice(sentences.indexOf(after) + 1);
  }

  /** Somebody's statement, of the day they left or as it would be today; held to its own sums. */
  async exitStatement(who: Who): Promise<Answered> {
    const { statement } = await this.must(who, 'get', `pools/${this.poolId}/exit-statement`);
    expect(accountedFor(statement)).toBe(statement.putInPence);
    return statement as Answered;
  }

  /** The journal since the story began: day | book | kind | debit / credit | pounds. Money set aside has a plus, and let go a minus; rows of one
   *  batch that are alike stand once. */
  async ledger(): Promise<string> {
    const names = this.names();
    const account = (kind: string, subject: string | null): string =>
      ['line', 'share', 'receivable', 'own line', 'own share'].includes(kind) && subject ? `${kind} ${names.get(subject) ?? '?'}` : kind;
    const rows = (await this.journalRows()).map(({ batch, day, book, kind, what, fromKind, fromSubject, toKind, toSubject, amount }) => {
      const from = account(fromKind, fromSubject);
      const words = toKind ? `${from} / ${account(toKind, toSubject)}` : `${from} ${what}`;
      const sum = `${SIGNS[what] ?? ''}${decimalPounds(amount)}`;
      const cells = [day, this.nameOf(book), kind.padEnd(19), words.padEnd(26), sum.padStart(7)].join(' | ');
      // In one batch of one book what is set aside anew stands last.
      return { sort: [batch.padStart(12, '0'), this.nameOf(book), what === 'set aside' ? '1' : '0', cells].join('|'), cells };
    });
    const alike = new Map<string, { readonly cells: string; times: number }>();
    for (const { sort, cells } of rows.sort((a, b) => (a.sort < b.sort ? -1 : 1))) alike.set(sort, { cells, times: (alike.get(sort)?.times ?? 0) + 1 });
    return [...alike.values()].map(({ cells, times }) => cells + (times > 1 ? ` x ${times}` : '')).join('\n');
  }

  /** What stands in each book now. */
  async balances(books: readonly BookId[]): Promise<string> {
    const names = this.names();
    const tables = await this.house.database.read(this.house.everything(this.poolId), async (tx) => {
      const all: [string, Record<string, string>][] = [];
      for (const book of books) all.push([this.nameOf(book), await ledgerTable(tx, book, names)]);
      return Object.fromEntries(all);
    });
    return printedTable(tables);
  }

  /** Every check finds nothing, and each book is worth what people own in it. The bank's own statement is not part of these stories. */
  async proves(): Promise<void> {
    const { house } = this;
    await house.deliver();
    expect(await house.faults()).toEqual([]);
    const books = await house.database.read(house.everything(), (tx) => house.ledger.figuresOfBooks(tx, [house.n, house.t, house.d, house.u]));
    expect(books).toHaveLength(4);
    for (const { book, of } of books)
      expect([this.nameOf(book), book === house.n ? proveAllocationBook(of) : proveCashBook(cash(of))]).toEqual([this.nameOf(book), []]);
  }

  private nameOf(book: BookId): string {
    return { [this.house.n]: 'N', [this.house.t]: 'T', [this.house.d]: 'D', [this.house.u]: 'U' }[book] ?? '?';
  }

  private names(): ReadonlyMap<string, string> {
    const named = this.house.members.map(({ id, name }) => [id as string, name[0]!.toUpperCase() + name.slice(1)] as const);
    return new Map([...named, ...this.others, [this.house.icb, 'ICB'], [this.house.council, 'council']]);
  }

  private journalRows(): Promise<JournalRow[]> {
    return this.house.database.read(this.house.everything(this.poolId), (tx) =>
      tx.rows<JournalRow>(
        `select e.batch_id::text as batch, e.effective_on as day, e.book_id as book, e.kind, 'moves' as what, case when d.line_id in (select id from own_line) then 'own ' else '' end || d.kind as "fromKind", d.subject_id as "fromSubject", case when c.line_id in (select id from own_line) then 'own ' else '' end || c.kind as "toKind",
           c.subject_id as "toSubject", t.amount_pence as amount
         from entry e join transfer t on t.entry_id = e.id join account d on d.id = t.debit_account_id join account c on c.id = t.credit_account_id where e.batch_id > $1::bigint
         union all
         select e.batch_id::text, e.effective_on, e.book_id, e.kind, 'set aside', case when a.line_id in (select id from own_line) then 'own ' else '' end || a.kind, a.subject_id, null, null, r.amount_pence
         from entry e join reservation r on r.entry_id = e.id join account a on a.id = r.account_id where e.batch_id > $1::bigint
         union all
         select e.batch_id::text, e.effective_on, e.book_id, e.kind, 'let go', case when a.line_id in (select id from own_line) then 'own ' else '' end || a.kind, a.subject_id, null, null, x.amount_pence
         from entry e join reservation_end x on x.entry_id = e.id join reservation r on r.id = x.reservation_id join account a on a.id = r.account_id where e.batch_id > $1::bigint`,
        [this.before],
      ),
    );
  }
}

/** Where everything that was put in is now, by an exit statement. */
export function accountedFor(statement: Answered): number {
  const total = (changes: { amountPence: number }[]): number => changes.reduce((sum, each) => sum + each.amountPence, 0);
  const gone = total(statement['invoices']) - total(statement['refunds']) + statement['returnedBeforePence'];
  return gone + statement['keptPence'] + statement['heldForDebtPence'] + statement['onItsWayPence'] + statement['toReturnPence'];
}

const SIGNS: Readonly<Record<string, string>> = { 'set aside': '+', 'let go': '-' };

/** No bank statement is read here, so the bank is as the ledger says; what is proved is that cash is what people own. */
const cash = (of: KindFigures): Parameters<typeof proveCashBook>[0] => ({
  statementClosing: of.bank,
  bankOnDay: of.bank,
  unexplained: { pence: 0n as Pence, count: 0 },
  clearingBank: 0n as Pence,
  clearingStripe: 0n as Pence,
  inFlight: [],
  of,
});
