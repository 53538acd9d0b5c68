import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, Grants, People, requireAccess } from '../identity/index.js';
import type { Actor, BookId, PersonId } from '../kernel/index.js';
import { conflict, invalid, newId, notFound, refused, systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce, AS_NAMES, Database, once, Secrets } from '../platform/index.js';
import { readAccountNumber, readSortCode } from './payee.rules.js';
import type { PayeeId } from './payment.types.js';
import { PaymentSettings } from './payment-settings.service.js';

export type PayeeKind = 'provider' | 'person' | 'book';

/** Where to pay: a bank account, a connected Stripe account, or both. */
export interface PayeeDetails {
  readonly name: string;
  readonly sortCode?: string | undefined;
  readonly accountNumber?: string | undefined;
  readonly stripeAccountId?: string | undefined;
}

export interface EnterPayee extends PayeeDetails {
  readonly book: BookId;
  readonly kind: PayeeKind;
  /** The provider, person or book that is paid. */
  readonly subject: string;
  /** The person behind it, when there is one: nobody may approve a payment to themselves (RULE 31). */
  readonly person?: PersonId | undefined;
}

export interface PayeeView {
  readonly id: PayeeId;
  readonly book: BookId;
  readonly kind: PayeeKind;
  readonly subject: string;
  readonly name: string;
  readonly last4: string | null;
  readonly hasStripe: boolean;
  readonly state: 'entered' | 'checked' | 'stopped';
  readonly version: number;
  readonly usableFrom: string | null;
}

export interface StoredPayee {
  readonly id: PayeeId;
  readonly book: BookId;
  readonly kind: PayeeKind;
  readonly subject: string;
  readonly person: PersonId | null;
  readonly name: string;
  readonly sortCode: Buffer | null;
  readonly accountNumber: Buffer | null;
  readonly last4: string | null;
  readonly stripeAccountId: string | null;
  readonly state: 'entered' | 'checked' | 'stopped';
  readonly version: number;
  readonly enteredBy: string;
  readonly usableFrom: Date | null;
}

const COLUMNS = `id, book_id as book, kind, subject_id as subject, person_id as person, name, sort_code as "sortCode", account_number as "accountNumber", account_last4 as last4,
  stripe_account_id as "stripeAccountId", state, version, entered_by as "enteredBy", usable_from as "usableFrom"`;

/** Whom a book pays, and where. New or changed details are checked by a second person and wait before the first payment (RULE 23). */
@Injectable()
export class Payees {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly books: Books,
    private readonly settings: PaymentSettings,
    private readonly audit: Audit,
  ) {}

  /** Refuses details in the wrong form, none at all (`payee-needs-details`), and a subject that has a payee already (`payee-known`). */
  async enter(actor: Actor, command: EnterPayee, key?: string): Promise<PayeeView> {
    requireAccess(actor, 'payee:enter', { book: command.book });
    const details = readDetails(command);
    return this.database.transaction(this.scopeOf(command.book, actor, command.person), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payees.enter', input: command }, async () => {
        if (await this.ofSubject(tx, command.book, command.subject)) throw conflict('payee-known', 'This payee is known already. Change its details instead.');
        const id = newId<'payee'>();
        tx.write(
          `insert into payee (id, book_id, kind, subject_id, person_id, name, sort_code, account_number, account_last4, stripe_account_id, state, entered_by, entered_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'entered', $11, $12)`,
          [
            id,
            command.book,
            command.kind,
            command.subject,
            command.person ?? null,
            details.name,
            ...this.hidden(id, details),
            details.stripeAccountId ?? null,
            actor.id,
            tx.now,
          ],
        );
        return this.entered(tx, actor, id, 'payee:enter');
      }),
    );
  }

  /** New details undo the check: they are checked and wait anew. Refuses a version that is no longer the last one. */
  async change(actor: Actor, command: PayeeDetails & { payee: PayeeId; version: number }, key?: string): Promise<PayeeView> {
    const book = await this.bookOf(actor, command.payee, 'payee:enter');
    const details = readDetails(command);
    return this.database.transaction(this.scopeOf(book, actor), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payees.change', input: command }, async () => {
        const changed = await tx.run(
          `update payee set name = $3, sort_code = $4, account_number = $5, account_last4 = $6, stripe_account_id = $7, state = 'entered', version = version + 1, entered_by = $8, entered_at = $9,
             checked_by = null, checked_at = null, checked_how = null, usable_from = null where id = $1 and version = $2 and state <> 'stopped'`,
          [command.payee, command.version, details.name, ...this.hidden(command.payee, details), details.stripeAccountId ?? null, actor.id, tx.now],
        );
        if (changed === 0) throw conflict('payee-changed', 'These details were changed by somebody else, or the payee is stopped. Look at them again.');
        return this.entered(tx, actor, command.payee, 'payee:change');
      }),
    );
  }

  /** The second person confirms the details by calling back or by Confirmation of Payee; they may be used when their waiting time is over.
   *  Refuses: same-person, people-connected, payee-decides, details changed meanwhile (`payee-changed`). */
  async check(actor: Actor, command: { payee: PayeeId; version: number; how: 'call-back' | 'confirmation-of-payee' }, key?: string): Promise<PayeeView> {
    const book = await this.bookOf(actor, command.payee, 'payee:check');
    const before = await this.database.read(this.scopeOf(book, actor), (tx) => this.find(tx, command.payee));
    const about = [before?.enteredBy, before?.person].filter((id): id is PersonId => id !== null && id !== undefined && !id.startsWith('system:'));
    return this.database.transaction(this.scopeOf(book, actor, ...about), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payees.check', input: command }, async () => {
        const payee = await this.lock(tx, command.payee);
        if (payee.version !== command.version || payee.state !== 'entered')
          throw conflict('payee-changed', 'These details were changed or checked by somebody else. Look at them again.');
        if (payee.enteredBy === actor.id) throw refused('same-person', 'You entered these details, so somebody else has to check them.');
        if (payee.person === actor.id) throw refused('payee-decides', 'Nobody may check their own details.');
        if (await this.people.areConnected(tx, [actor.id as PersonId, ...about]))
          throw refused('people-connected', 'The two people who enter and check details may not be connected.');
        const { coolingOffHours } = await this.settings.of(tx, payee.book);
        tx.write(`update payee set state = 'checked', checked_by = $2, checked_at = $3, checked_how = $4, usable_from = $5 where id = $1`, [
          payee.id,
          actor.id,
          tx.now,
          command.how,
          new Date(tx.now.getTime() + coolingOffHours * 3_600_000),
        ]);
        await this.audit.record(tx, actor, {
          action: 'payee:check',
          noun: 'payee',
          nounId: payee.id,
          book: payee.book,
          facts: { how: command.how, version: payee.version },
        });
        return this.view(await this.lock(tx, payee.id));
      }),
    );
  }

  /** No more payments to this payee; those planned are refused until details are entered anew. */
  async stop(actor: Actor, command: { payee: PayeeId; reason: string }): Promise<void> {
    const book = await this.bookOf(actor, command.payee, 'payee:enter');
    await this.database.transaction(this.scopeOf(book, actor), async (tx) => {
      tx.write(`update payee set state = 'stopped', stopped_reason = $2, checked_by = null where id = $1`, [command.payee, command.reason]);
      await this.audit.record(tx, actor, { action: 'payee:stop', noun: 'payee', nounId: command.payee, book, why: command.reason });
    });
  }

  /** The payee of a provider, person or book, unless stopped. */
  async ofSubject(tx: Tx, book: BookId, subject: string): Promise<StoredPayee | undefined> {
    return tx.row<StoredPayee>(`select ${COLUMNS} from payee where book_id = $1 and subject_id = $2 and state <> 'stopped'`, [book, subject]);
  }

  async find(tx: Tx, id: PayeeId): Promise<StoredPayee | undefined> {
    return tx.row<StoredPayee>(`select ${COLUMNS} from payee where id = $1`, [id]);
  }

  async listOf(actor: Actor, book: BookId): Promise<PayeeView[]> {
    requireAccess(actor, 'payee:read', { book });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<StoredPayee>(`select ${COLUMNS} from payee where book_id = $1 order by name ${AS_NAMES}, id limit 500`, [book]),
    );
    return rows.map((row) => this.view(row));
  }

  /** The full bank details, for the payment file alone. Null when the payee has none. */
  bankDetails(payee: StoredPayee): { sortCode: string; accountNumber: string } | null {
    if (!payee.sortCode || !payee.accountNumber) return null;
    return {
      sortCode: this.secrets.decrypt(payee.sortCode, `payee.sort_code:${payee.id}`),
      accountNumber: this.secrets.decrypt(payee.accountNumber, `payee.account_number:${payee.id}`),
    };
  }

  /** The people behind a payee: its person, and those who act for its provider. The scope must name the provider. */
  async peopleBehind(tx: Tx, payee: StoredPayee): Promise<PersonId[]> {
    const acting = payee.kind === 'provider' ? await this.grants.holdersOf(tx, 'provider', payee.subject) : [];
    return [...new Set([...(payee.person ? [payee.person] : []), ...(payee.kind === 'person' ? [payee.subject as PersonId] : []), ...acting])];
  }

  private hidden(id: string, details: PayeeDetails): [Buffer | null, Buffer | null, string | null] {
    if (!details.sortCode || !details.accountNumber) return [null, null, null];
    const { sortCode, accountNumber } = details;
    return [
      this.secrets.encrypt(sortCode, `payee.sort_code:${id}`),
      this.secrets.encrypt(accountNumber, `payee.account_number:${id}`),
      accountNumber.slice(-4),
    ];
  }

  /** Tells of new details, so that the holder is warned (RULE 23). In a person's own book its holder alone answers for them, at once. */
  private async entered(tx: Tx, actor: Actor, id: PayeeId, action: string): Promise<PayeeView> {
    const payee = await this.lock(tx, id);
    const book = await this.books.find(tx, payee.book);
    if (book?.holderId && can(actor, 'own-account:pay', { book: payee.book })) {
      tx.write(`update payee set state = 'checked', checked_by = $2, checked_at = $3, checked_how = 'own-account', usable_from = $3 where id = $1`, [
        id,
        actor.id,
        tx.now,
      ]);
    }
    await this.audit.record(tx, actor, { action, noun: 'payee', nounId: id, book: payee.book, facts: { version: payee.version } });
    await announce(tx, {
      name: 'payeeDetailsChanged',
      about: { books: [payee.book], ...(payee.person ? { people: [payee.person] } : {}) },
      payload: { payeeId: id, bookId: payee.book, version: payee.version },
    });
    return this.view(await this.lock(tx, id));
  }

  private async lock(tx: Tx, id: PayeeId): Promise<StoredPayee> {
    const payee = await tx.row<StoredPayee>(`select ${COLUMNS} from payee where id = $1 for update`, [id]);
    if (!payee) throw notFound('This payee');
    return payee;
  }

  private async bookOf(actor: Actor, id: PayeeId, permission: string): Promise<BookId> {
    const payee = await this.database.read(actor, (tx) => this.find(tx, id));
    if (!payee) throw notFound('This payee');
    requireAccess(actor, permission, { book: payee.book });
    return payee.book;
  }

  private scopeOf(book: BookId, actor: Actor, ...people: (PersonId | undefined)[]): Actor {
    const named = [actor.kind === 'person' ? (actor.id as PersonId) : undefined, ...people].filter((id): id is PersonId => id !== undefined);
    return systemActor('payments', { books: [book], people: [...new Set(named)] });
  }

  private view(row: StoredPayee): PayeeView {
    const { id, book, kind, subject, name, last4, state, version } = row;
    return { id, book, kind, subject, name, last4, hasStripe: row.stripeAccountId !== null, state, version, usableFrom: row.usableFrom?.toISOString() ?? null };
  }
}

/** The details with numbers in the one form we keep. */
function readDetails(details: PayeeDetails): PayeeDetails {
  const hasBank = Boolean(details.sortCode || details.accountNumber);
  if (!hasBank && !details.stripeAccountId) throw invalid('payee-needs-details', 'Enter a sort code and account number, or a Stripe account.');
  if (details.stripeAccountId && !/^acct_[A-Za-z0-9]{3,60}$/.test(details.stripeAccountId))
    throw invalid('stripe-account-not-understood', 'A Stripe account begins with acct_.', [
      { field: 'stripeAccountId', message: 'Enter a Stripe account, like acct_1A2b3C' },
    ]);
  const bank = hasBank ? { sortCode: readSortCode(details.sortCode ?? ''), accountNumber: readAccountNumber(details.accountNumber ?? '') } : {};
  return { name: details.name.trim(), stripeAccountId: details.stripeAccountId, ...bank };
}
