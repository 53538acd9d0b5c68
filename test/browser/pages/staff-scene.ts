import type { BookId, LocalDate, OrganisationId, PaymentId, PersonId } from '../../../src/kernel/index.js';
import { newId, pence } from '../../../src/kernel/index.js';
import { Tracking } from '../../../src/insight/index.js';
import { Ledger } from '../../../src/ledger/index.js';
import { Payments, PaymentSettings } from '../../../src/payments/index.js';
import { BankAccounts } from '../../../src/reconciliation/index.js';
import { SignIn } from '../../../src/identity/index.js';
import type { Caller } from '../../support/house.js';
import { House } from '../../support/house.js';

const SORT = '108800';
const NUMBER = '10000001';

/** A board, a money-holder with a bank account, and the officers of both, each with a short sign-in name. */
export class StaffScene {
  readonly names = new Map<string, PersonId>();
  icb!: OrganisationId;
  n!: BookId;
  t!: BookId;
  provider = newId<'provider'>();

  private constructor(readonly house: House) {}

  static async open(at: string): Promise<StaffScene> {
    const scene = new StaffScene(await House.open({ at }));
    await scene.begin();
    return scene;
  }

  get url(): string {
    return this.house.url;
  }

  close(): Promise<void> {
    return this.house.close();
  }

  private async begin(): Promise<void> {
    const { house } = this;
    this.icb = await house.organisation('icb', 'NHS Greenvale ICB');
    const treasurer = await house.organisation('money-holder', 'Purse Keepers CIC');
    this.n = await house.book('allocation', 'NHS Greenvale ICB', { organisation: this.icb });
    this.t = await house.book('cash', 'Purse Keepers CIC', { organisation: treasurer });
    const [n, t] = [this.n, this.t];
    const officer = [{ role: 'finance-officer' as const, on: 'book' as const, id: t }];
    await this.staff('carol', await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: this.icb }]));
    await this.staff('una', await house.person('Una', officer));
    await this.staff('vera', await house.person('Vera', officer));
    await this.staff(
      'adil',
      await house.person('Adil', [
        { role: 'auditor', on: 'book', id: n },
        { role: 'auditor', on: 'book', id: t },
      ]),
    );
    await this.staff('otto', await house.person('Otto', [{ role: 'operator', on: 'site', id: null }]));
    const setUp = house.system({ books: [n, t], people: [...this.names.values()], providers: [this.provider] });
    await this.tell('/bank/accounts', { sortCode: SORT, accountNumber: NUMBER, name: 'Purse Keepers CIC', openedOn: '2026-11-20' });
    await house.database.transaction(setUp, async (tx) => {
      const settings = house.app.get(PaymentSettings, { strict: false });
      await settings.set(tx, setUp, t, { coolingOffHours: 0, account: { name: 'Purse Keepers CIC', sortCode: SORT, accountNumber: NUMBER } });
      for (const name of ['una', 'vera']) await settings.setLimit(tx, setUp, { book: t, person: this.names.get(name)!, limit: pence(100_000) });
      await tx.run(`insert into provider (id, name, kind, tier, state, made_at) values ($1, 'Leaf & Spade', 'micro-enterprise', 1, 'listed', $2)`, [
        this.provider,
        tx.now,
      ]);
      await house.app
        .get(BankAccounts, { strict: false })
        .openIn(tx, setUp, { bookId: t, name: 'Purse Keepers CIC', sortCode: SORT, accountNumber: NUMBER, openedOn: '2026-11-20' as LocalDate });
    });
  }

  /** Two people of the board: one who asked for letters in large print. */
  async holder(firstName: string, nhsNumber: string, over: object = {}): Promise<PersonId> {
    const carol = await this.caller('carol');
    const { personId } = await carol.must<{ personId: PersonId }>('post', 'holders', {
      icbId: this.icb,
      firstName,
      familyName: 'Invented',
      bornOn: '1990-05-05',
      nhsNumber,
      place: 'M33',
      ...over,
    });
    this.names.set(firstName.toLowerCase(), personId);
    return personId;
  }

  async caller(username: string): Promise<Caller> {
    return this.house.signedIn(this.names.get(username)!, username);
  }

  private async staff(username: string, caller: Caller): Promise<void> {
    this.names.set(username, caller.id);
    await this.house.database.transaction(this.house.system({ people: [caller.id] }), (tx) =>
      this.house.app.get(SignIn, { strict: false }).setPassword(tx, caller.id, username, 'a password of theirs'),
    );
  }

  /** The bank's or sandbox's own switches. */
  async tell(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.house.sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  /** Money that a funder sends to the money-holder's account. */
  credit(amount: number, name: string, reference: string): Promise<void> {
    return this.tell('/bank/credits', { sortCode: SORT, accountNumber: NUMBER, pence: amount, name, reference });
  }

  /** What the bank gives for the days, as a file. */
  async statement(from: string, until: string, format: 'camt053' | 'csv' = 'camt053'): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
    const answer = await fetch(`${this.house.sandbox.url}/bank/accounts/${SORT}-${NUMBER}/statement?from=${from}&until=${until}&format=${format}`);
    if (!answer.ok) throw new Error(await answer.text());
    return {
      name: `statement.${format === 'csv' ? 'csv' : 'xml'}`,
      mimeType: format === 'csv' ? 'text/csv' : 'application/xml',
      buffer: Buffer.from(await answer.arrayBuffer()),
    };
  }

  /** An invoice of the provider to be paid from a person's line in the money-holder's book. */
  async invoice(person: PersonId, line: string, amount: number): Promise<PaymentId> {
    const { house, t } = this;
    const id = newId();
    const actor = house.system({ books: [t], people: [person], providers: [this.provider] });
    const owner = { subject: person, line };
    const payment = await house.database.transaction(actor, async (tx) => {
      await house.app.get(Ledger, { strict: false }).record(tx, [
        {
          book: t,
          reference: `invoice:${id}:${t}`,
          kind: 'invoice',
          effectiveOn: '2026-11-20' as LocalDate,
          transfers: [
            {
              debit: { book: t, kind: 'line', ...owner } as never,
              credit: { book: t, kind: 'payable', subject: this.provider } as never,
              amount: pence(amount),
            },
          ],
        },
      ]);
      return house.app.get(Payments, { strict: false }).planPayOut(tx, actor, {
        book: t,
        payeeSubject: this.provider,
        amount: pence(amount),
        parts: [{ owner: owner as never, amount: pence(amount) }],
        purpose: { noun: 'bill', id },
        reference: 'INV-7',
      });
    });
    await house.database.transaction(actor, (tx) => house.app.get(Tracking, { strict: false }).track(tx, [person]));
    return payment;
  }
}
