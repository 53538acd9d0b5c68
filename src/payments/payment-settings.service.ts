import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, PersonId, Pence } from '../kernel/index.js';
import { invalid, NO_PENCE, refused } from '../kernel/index.js';
import type { Book } from '../ledger/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Secrets } from '../platform/index.js';
import { readAccountNumber, readSortCode } from './payee.rules.js';

/** How long new payee details wait before the first payment, when a book says nothing else. Our judgement, November 2026 (RULE 23). */
const USUAL_COOLING_OFF_HOURS = 24;
const MOST_COOLING_OFF_HOURS = 720;

export interface BookPaymentSettings {
  readonly coolingOffHours: number;
  /** The code of the payer's own system that takes an allocation book's files. */
  readonly payerCode: string | null;
  /** The account that a cash book's files draw on. */
  readonly account: { readonly name: string; readonly sortCode: string; readonly accountNumber: string } | null;
}

/** How each book pays, and how much each person may approve of it. The transaction's scope must name the book. */
@Injectable()
export class PaymentSettings {
  constructor(
    private readonly books: Books,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  async of(tx: Tx, book: BookId): Promise<BookPaymentSettings> {
    const row = await tx.row<{ hours: number; payer: string | null; name: string | null; sort: Buffer | null; number: Buffer | null }>(
      'select cooling_off_hours as hours, payer_code as payer, account_name as name, sort_code as sort, account_number as number from payment_setting where book_id = $1',
      [book],
    );
    if (!row) return { coolingOffHours: USUAL_COOLING_OFF_HOURS, payerCode: null, account: null };
    const account =
      row.name && row.sort && row.number
        ? {
            name: row.name,
            sortCode: this.secrets.decrypt(row.sort, `payment_setting.sort_code:${book}`),
            accountNumber: this.secrets.decrypt(row.number, `payment_setting.account_number:${book}`),
          }
        : null;
    return { coolingOffHours: row.hours, payerCode: row.payer, account };
  }

  /** Sets what is named and keeps the rest. Done by those who set a money-holder up. Refuses: payer-code-not-understood, cooling-off-not-understood,
   *  book-has-no-bank (an allocation book's payer pays), book-has-no-payer (a cash book pays from its own account). */
  async set(tx: Tx, actor: Actor, book: BookId, change: Partial<BookPaymentSettings>): Promise<void> {
    requireAccess(actor, 'book:set-up', { book, site: true });
    const { coolingOffHours, payerCode, account: given } = change;
    requireFitting(await this.books.find(tx, book), change);
    const account = given && { name: given.name, sortCode: readSortCode(given.sortCode), accountNumber: readAccountNumber(given.accountNumber) };
    const hide = (text: string | undefined, column: string): Buffer | null =>
      text === undefined ? null : this.secrets.encrypt(text, `payment_setting.${column}:${book}`);
    tx.write(
      `insert into payment_setting (book_id, cooling_off_hours, payer_code, account_name, sort_code, account_number) values ($1, coalesce($2::int, $9::int), $3, $4, $5, $6)
       on conflict (book_id) do update set cooling_off_hours = coalesce($2::int, payment_setting.cooling_off_hours),
         payer_code = case when $7::boolean then $3 else payment_setting.payer_code end, account_name = case when $8::boolean then $4 else payment_setting.account_name end,
         sort_code = case when $8::boolean then $5 else payment_setting.sort_code end, account_number = case when $8::boolean then $6 else payment_setting.account_number end`,
      [
        book,
        coolingOffHours ?? null,
        payerCode ?? null,
        account?.name ?? null,
        hide(account?.sortCode, 'sort_code'),
        hide(account?.accountNumber, 'account_number'),
        payerCode !== undefined,
        given !== undefined,
        USUAL_COOLING_OFF_HOURS,
      ],
    );
    const facts = {
      ...(coolingOffHours === undefined ? {} : { coolingOffHours }),
      ...(payerCode === undefined ? {} : { payerCode }),
      ...(account ? { last4: account.accountNumber.slice(-4) } : {}),
    };
    await this.audit.record(tx, actor, { action: 'book:set-up', noun: 'payment-setting', book, facts });
  }

  /** The largest single payment a person may approve, in pence; zero when none is set (truth 7). */
  async limitOf(tx: Tx, book: BookId, person: PersonId): Promise<Pence> {
    const row = await tx.row<{ limit: Pence }>('select limit_pence as limit from payment_limit where book_id = $1 and person_id = $2', [book, person]);
    return row?.limit ?? NO_PENCE;
  }

  /** Nobody sets their own limit (`own-limit`). */
  async setLimit(tx: Tx, actor: Actor, limit: { book: BookId; person: PersonId; limit: Pence }): Promise<void> {
    requireAccess(actor, 'book:set-up', { book: limit.book, site: true });
    if (limit.person === actor.id) throw refused('own-limit', 'Somebody else has to set your limit.');
    tx.write(
      `insert into payment_limit (book_id, person_id, limit_pence, set_by, set_at) values ($1, $2, $3, $4, $5)
       on conflict (book_id, person_id) do update set limit_pence = excluded.limit_pence, set_by = excluded.set_by, set_at = excluded.set_at`,
      [limit.book, limit.person, limit.limit, actor.id, tx.now],
    );
    await this.audit.record(tx, actor, {
      action: 'limit:set',
      noun: 'payment-limit',
      nounId: limit.person,
      book: limit.book,
      facts: { limitPence: String(limit.limit) },
    });
  }
}

function requireFitting(book: Book | undefined, { coolingOffHours, payerCode, account }: Partial<BookPaymentSettings>): void {
  if (coolingOffHours !== undefined && !(Number.isInteger(coolingOffHours) && coolingOffHours >= 0 && coolingOffHours <= MOST_COOLING_OFF_HOURS))
    throw invalid('cooling-off-not-understood', `New payee details wait for 0 to ${MOST_COOLING_OFF_HOURS} hours.`);
  if (payerCode && !/^[A-Z0-9-]{2,20}$/.test(payerCode)) throw invalid('payer-code-not-understood', 'A payer’s code has 2 to 20 capitals, digits and dashes.');
  if (account && book?.basis === 'allocation')
    throw refused('book-has-no-bank', 'An ICB or council pays from its own ledger, so this book has no bank account here.');
  if (payerCode && book?.basis === 'cash')
    throw refused('book-has-no-payer', 'This book pays from its own bank account, so nobody else’s system takes its files.');
}
