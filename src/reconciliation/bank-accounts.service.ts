import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess, seesNames } from '../identity/index.js';
import type { Actor, BookId, Id, LocalDate, Pence } from '../kernel/index.js';
import { conflict, newId, notFound, penceAsNumber, refused, spokenReference, systemActor } from '../kernel/index.js';
import { Books, Ledger } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once, Secrets, sqlStateOf } from '../platform/index.js';
import { readAccountNumber, readSortCode } from './bank-account.rules.js';
import { openingEntry } from './match.entries.js';

export type BankAccountId = Id<'bank-account'>;

export interface OpenBankAccount {
  readonly bookId: BookId;
  readonly name: string;
  readonly sortCode: string;
  readonly accountNumber: string;
  /** The first day this system answers for. */
  readonly openedOn: LocalDate;
  /** What the account held when that day began; 0 for a new account. It is nobody's until it is allocated. */
  readonly openingPence?: Pence | undefined;
}

export interface BankAccountView {
  readonly id: BankAccountId;
  readonly bookId: BookId;
  readonly name: string;
  readonly reference: string;
  readonly sortCode: string;
  readonly last4: string;
  readonly openedOn: LocalDate;
  /** What the last imported statement closed with, and when. */
  readonly closing: Pence;
  readonly closingOn: LocalDate;
  readonly statements: number;
}

const COLUMNS = `id, book_id as "bookId", name, reference, sort_code as "sortCode", account_last4 as last4, opened_on as "openedOn", closing_pence as closing, closing_on as "closingOn",
  statement_count as statements`;

/** The bank accounts in which cash books' money lies. */
@Injectable()
export class BankAccounts {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly ledger: Ledger,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /** Puts a bank account under a book. Refuses: book-has-no-bank (allocation books hold no cash), bank-account-known, book-has-account. */
  async open(actor: Actor, command: OpenBankAccount, key?: string): Promise<{ id: BankAccountId; reference: string; last4: string }> {
    if (!can(actor, 'book:set-up', { book: command.bookId, site: true })) requireAccess(actor, 'statement:import', { book: command.bookId });
    const { accountNumber: _hidden, ...asked } = command;
    const input = { ...asked, accountLookup: this.lookup(command).toString('hex') };
    return this.database.transaction(systemActor('reconciliation', { books: [command.bookId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'bankAccounts.open', input }, () => this.openIn(tx, actor, command)),
    );
  }

  /** The same inside the caller's transaction, whose scope names the book. */
  async openIn(tx: Tx, actor: Actor, command: OpenBankAccount): Promise<{ id: BankAccountId; reference: string; last4: string }> {
    const book = await this.books.find(tx, command.bookId);
    if (!book) throw notFound('The book');
    if (book.basis !== 'cash') throw refused('book-has-no-bank', 'An ICB or council pays from its own ledger, so this book has no bank account here.');
    const [sortCode, accountNumber] = [readSortCode(command.sortCode), readAccountNumber(command.accountNumber)];
    const opening = command.openingPence ?? (0n as Pence);
    if (opening < 0n) throw refused('account-overdrawn', 'Other people’s money cannot be put into an overdrawn account. Bring it to zero or more first.');
    const id = newId<'bank-account'>();
    const [reference, last4] = [spokenReference('ACC', id), accountNumber.slice(-4)];
    try {
      await tx.run(
        `insert into bank_account (id, book_id, name, reference, sort_code, account_number, account_lookup, account_last4, opened_on, opening_pence, closing_pence, closing_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $9)`,
        [
          id,
          book.id,
          command.name,
          reference,
          sortCode,
          this.secrets.encrypt(accountNumber, numberPlace(id)),
          this.lookup(command),
          last4,
          command.openedOn,
          opening,
        ],
      );
    } catch (error) {
      if (sqlStateOf(error) === '23505') throw conflict('bank-account-known', 'This account is here already, or the book has another open account.');
      throw error;
    }
    if (opening > 0n) await this.ledger.record(tx, [openingEntry(book.id, { account: id, amount: opening, on: command.openedOn })]);
    await this.audit.record(tx, actor, {
      action: 'bank-account:open',
      noun: 'bank-account',
      nounId: id,
      book: book.id,
      facts: { last4, openingPence: penceAsNumber(opening) },
    });
    return { id, reference, last4 };
  }

  async ofBook(actor: Actor, book: BookId): Promise<BankAccountView[]> {
    requireAccess(actor, 'statement:read', { book });
    const accounts = await this.database.read(actor, (tx) => this.ofBookIn(tx, book));
    return seesNames(actor, book) ? accounts : accounts.map((account) => ({ ...account, name: 'The account of this book' }));
  }

  /** All that were ever opened, by age; the transaction's scope names the book. */
  ofBookIn(tx: Tx, book: BookId): Promise<BankAccountView[]> {
    return tx.rows<BankAccountView>(`select ${COLUMNS} from bank_account where book_id = $1 order by id limit 100`, [book]);
  }

  find(tx: Tx, id: BankAccountId): Promise<BankAccountView | undefined> {
    return tx.row<BankAccountView>(`select ${COLUMNS} from bank_account where id = $1`, [id]);
  }

  /** By its spoken reference (`ACC-…`) or its id. */
  named(tx: Tx, reference: string): Promise<BankAccountView | undefined> {
    return tx.row<BankAccountView>(`select ${COLUMNS} from bank_account where reference = upper($1) or id::text = lower($1)`, [reference]);
  }

  /** Locked until the transaction ends: imports and matching of one account go one after another. */
  async lock(tx: Tx, id: BankAccountId): Promise<BankAccountView & { readonly accountNumber: string; readonly key: string }> {
    const row = await tx.row<BankAccountView & { number: Buffer; lookup: Buffer }>(
      `select ${COLUMNS}, account_number as number, account_lookup as lookup from bank_account where id = $1 and closed_on is null for update`,
      [id],
    );
    if (!row) throw notFound('The bank account');
    const { number, lookup, ...account } = row;
    return { ...account, accountNumber: this.secrets.decrypt(number, numberPlace(id)), key: lookup.toString('hex') };
  }

  private lookup(account: Pick<OpenBankAccount, 'sortCode' | 'accountNumber'>): Buffer {
    return this.secrets.lookup(`${readSortCode(account.sortCode)}${readAccountNumber(account.accountNumber)}`, 'bank-account');
  }
}

const numberPlace = (id: string): string => `bank_account.account_number:${id}`;
