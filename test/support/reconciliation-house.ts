import {
  ReconciliationModule,
  BankAccounts,
  Breaks,
  Matching,
  Proof,
  reconciliationChecks,
  ReconciliationQueries,
  StatementImports,
} from '../../src/reconciliation/index.js';
import type { BankAccountId, ImportAnswer, MatchRun, StatementLineView } from '../../src/reconciliation/index.js';
import type { Actor, BookId, LocalDate, PaymentId } from '../../src/kernel/index.js';
import { localDate, newId, pence } from '../../src/kernel/index.js';
import { registerUploads } from '../../src/platform/index.js';
import type { Member } from './payments-house.js';
import { PaymentsHouse } from './payments-house.js';

export const SORT = '108800';
export const OPENED = localDate('2026-11-20');

/** The house of payments with the bank accounts of T (1,000.00 in it) and of Cleo's own book D (300.00), as the simulated bank has them. */
export class ReconciliationHouse extends PaymentsHouse {
  accountT!: BankAccountId;
  accountD!: BankAccountId;

  constructor() {
    super({ rooms: [ReconciliationModule], prepare: (app) => registerUploads(app.getHttpAdapter().getInstance() as never) });
  }

  get accounts() {
    return this.get(BankAccounts);
  }
  get imports() {
    return this.get(StatementImports);
  }
  get matching() {
    return this.get(Matching);
  }
  get breaks() {
    return this.get(Breaks);
  }
  get proof() {
    return this.get(Proof);
  }
  get reads() {
    return this.get(ReconciliationQueries);
  }

  override async open(): Promise<void> {
    await super.open();
    this.accountT = (
      await this.accounts.open(await this.una(), {
        bookId: this.t,
        name: 'Treasurer',
        sortCode: '10-88-00',
        accountNumber: '10000001',
        openedOn: OPENED,
        openingPence: pence(100_000),
      })
    ).id;
    this.accountD = (
      await this.accounts.open(await this.as(this.people.c), {
        bookId: this.d,
        name: 'Cleo',
        sortCode: SORT,
        accountNumber: '10000002',
        openedOn: OPENED,
        openingPence: pence(30_000),
      })
    ).id;
  }

  una = (): Promise<Actor> => this.as(this.people.una);

  /** Of the money that was in the account when it was opened here: a member's share (T) or line (D). */
  async own(member: Member, amount: number): Promise<void> {
    const to = member.line.book === this.d && amount < 0 ? member.line : member.share;
    await this.post(to.book, 'allocated', `test:own:${newId()}`, [
      { debit: { book: to.book, kind: 'unallocated' }, credit: to, amount: pence(Math.abs(amount)) },
    ]);
  }

  /** Invoices of one member each, approved and put into one file, which the simulated bank pays the same day. */
  async paidByFile(book: BookId, member: Member, amounts: readonly number[]): Promise<PaymentId[]> {
    const ids: PaymentId[] = [];
    for (const amount of amounts) ids.push(await this.invoice(book, [{ member, amount }]));
    await this.approved(...ids);
    await this.deliver();
    await this.files.release(await this.as(this.people.vera), book);
    await this.deliver();
    return ids;
  }

  /** What the simulated bank says of an account: from a day, until the day after another. */
  async fromBank(number: string, from: LocalDate, until: LocalDate, more = 'format=camt053'): Promise<Uint8Array> {
    const answer = await fetch(`${this.sandbox.url}/bank/accounts/${SORT}-${number}/statement?from=${from}&until=${until}&${more}`);
    if (!answer.ok) throw new Error(`the simulated bank answered ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async import(accountId: BankAccountId, bytes: Uint8Array, key?: string): Promise<ImportAnswer> {
    const actor = accountId === this.accountD ? await this.as(this.people.c) : await this.una();
    return this.imports.import(actor, { accountId, fileName: 'statement.xml', bytes }, key);
  }

  async match(book: BookId = this.t): Promise<MatchRun> {
    return this.matching.run(book === this.d ? await this.as(this.people.c) : await this.una(), book);
  }

  async lines(accountId: BankAccountId): Promise<StatementLineView[]> {
    const actor = accountId === this.accountD ? await this.as(this.people.c) : await this.una();
    const statements = await this.reads.statementsOf(actor, accountId, { limit: 50 });
    const lines: StatementLineView[] = [];
    for (const { id } of statements.reverse()) lines.push(...(await this.reads.statement(actor, id, { limit: 1_000 })).items);
    return lines;
  }

  override async faults(): Promise<string[]> {
    const found = await super.faults();
    for (const check of reconciliationChecks)
      found.push(...(await this.database.read(this.all, (tx) => check.find(tx))).map((fault) => `${check.name}: ${fault}`));
    return found;
  }
}
