import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, BookId, PaymentId, Pence } from '../kernel/index.js';
import { conflict, dayOf, invariant, newId, notFound, penceAsNumber, refused, systemActor, workingDayAfter } from '../kernel/index.js';
import type { Book } from '../ledger/index.js';
import { Books, Ledger } from '../ledger/index.js';
import type { StoredEvent, Tx } from '../platform/index.js';
import { announce, Database, once, Secrets } from '../platform/index.js';
import { controlTotals, readBankCsv, readPayerCsv, writeBankCsv, writePayerCsv } from './bankfile/index.js';
import type { BankDoor, FileKind, Instruction } from './bankfile/index.js';
import { Coverages } from './coverage.service.js';
import { Payees } from './payees.service.js';
import { PayOuts } from './pay-outs.service.js';
import { PaymentSettings } from './payment-settings.service.js';
import { goesOn, ReleaseGates } from './release-gates.js';
import { paymentEntry } from './payment.entries.js';
import { bankReference, oneBook } from './payment.rules.js';
import { aboutOf, lockPayments, move } from './payment.store.js';
import type { Payment, PaymentFileId } from './payment.types.js';

/** Injection token for `BankDoor | undefined`. */
export const BANK_DOOR = Symbol('bank door');

export interface PaymentFileView {
  readonly id: PaymentFileId;
  readonly book: BookId;
  readonly kind: FileKind;
  readonly name: string;
  readonly paymentCount: number;
  readonly totalPence: number;
  /** Of the file's bytes, in hexadecimal: both people and the bank can compare it. */
  readonly sha256: string;
  readonly madeAt: string;
  readonly state: 'to-download' | 'submitting' | 'submitted' | 'refused';
  readonly note: string | null;
}

interface FileRow {
  readonly id: PaymentFileId;
  readonly book: BookId;
  readonly kind: FileKind;
  readonly name: string;
  readonly count: number;
  readonly total: Pence;
  readonly sha256: Buffer;
  readonly madeAt: Date;
  readonly state: PaymentFileView['state'];
  readonly note: string | null;
}

const COLUMNS = `id, book_id as book, kind, name, payment_count as count, total_pence as total, sha256, made_at as "madeAt", door_state as state, door_note as note`;
/** The most payments of one file. Our judgement, November 2026. */
const MOST = 1_000;

/** Files of approved payments, for a bank or for the payer's own system. */
@Injectable()
export class PaymentFiles {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly ledger: Ledger,
    private readonly payees: Payees,
    private readonly settings: PaymentSettings,
    private readonly payOuts: PayOuts,
    private readonly coverages: Coverages,
    private readonly gates: ReleaseGates,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
    @Inject(BANK_DOOR) private readonly door: BankDoor | undefined,
  ) {}

  /** Puts every approved payment of the book that goes by file into one, and posts it. Answers null when nothing is waiting.
   *  Refuses a cash book whose own account is not set up (`book-has-no-account`). */
  async release(actor: Actor, book: BookId, key?: string): Promise<PaymentFileView | null> {
    if (!can(actor, 'own-account:pay', { book })) requireAccess(actor, 'payment:approve', { book });
    return this.database.transaction(systemActor('payments', { books: [book] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'paymentFiles.release', input: { book } }, () => this.releaseIn(tx, actor, book)),
    );
  }

  /** The same inside the caller's transaction, whose scope names the book: for pay runs. `only` names the payments to look at. */
  async releaseIn(tx: Tx, actor: Actor, bookId: BookId, only?: readonly PaymentId[]): Promise<PaymentFileView | null> {
    if (!can(actor, 'own-account:pay', { book: bookId })) requireAccess(actor, 'payment:approve', { book: bookId });
    const book = await this.books.find(tx, bookId);
    if (!book) throw notFound('This book');
    const waiting = await this.takeWaiting(tx, actor, book, only);
    if (waiting.length === 0) return null;
    const file = await this.write(tx, actor, book, waiting);
    await this.ledger.record(
      tx,
      waiting.filter((p) => p.purposeNoun !== 'remittance').map((p) => paymentEntry(p, book.basis, dayOf(tx.now))),
    );
    for (const payment of waiting)
      await move(tx, actor, payment, 'put-in-file', { file_id: file.id, ...(payment.purposeNoun === 'remittance' ? {} : { posted_at: tx.now }) });
    const about = { books: [bookId], people: [...new Set(waiting.flatMap((p) => aboutOf(p).people ?? []))] };
    await announce(tx, { name: 'paymentFileReleased', about, payload: { fileId: file.id, bookId, count: file.count, totalPence: penceAsNumber(file.total) } });
    await this.audit.record(tx, actor, {
      action: 'payment-file:release',
      noun: 'payment-file',
      nounId: file.id,
      book: bookId,
      facts: { count: file.count, totalPence: String(file.total) },
    });
    return viewOf(file);
  }

  async listOf(actor: Actor, book: BookId): Promise<PaymentFileView[]> {
    requireAccess(actor, 'payment:read', { book });
    return (
      await this.database.read(actor, (tx) => tx.rows<FileRow>(`select ${COLUMNS} from payment_file where book_id = $1 order by id desc limit 100`, [book]))
    ).map(viewOf);
  }

  /** The file's text, for an officer's download; every download is written down. */
  async content(actor: Actor, id: PaymentFileId): Promise<{ name: string; text: string }> {
    return this.database.transaction(actor, async (tx) => {
      const file = await this.find(tx, id);
      if (!file) throw notFound('This file');
      if (!can(actor, 'own-account:pay', { book: file.book })) requireAccess(actor, 'payment:approve', { book: file.book });
      await this.audit.record(tx, actor, { action: 'payment-file:download', noun: 'payment-file', nounId: id, book: file.book });
      return { name: file.name, text: await this.textOf(tx, id) };
    });
  }

  /** Hands a file that the bank did not take over again, once the cause is gone. Refuses a file that is not refused (`file-not-refused`). */
  async submitAgain(actor: Actor, id: PaymentFileId): Promise<void> {
    await this.database.transaction(actor, async (tx) => {
      const file = await this.find(tx, id);
      if (!file) throw notFound('This file');
      requireAccess(actor, 'payment:approve', { book: file.book });
      const changed = await tx.run(`update payment_file set door_state = 'to-download', door_note = null where id = $1 and door_state = 'refused'`, [id]);
      if (changed === 0) throw conflict('file-not-refused', 'The bank has this file, or you are to take it there yourself.');
      const payload = { fileId: id, bookId: file.book, count: file.count, totalPence: penceAsNumber(file.total) };
      await announce(tx, { name: 'paymentFileReleased', about: { books: [file.book] }, payload });
      await this.audit.record(tx, actor, { action: 'payment-file:submit-again', noun: 'payment-file', nounId: id, book: file.book });
    });
  }

  /** After `paymentFileReleased`, with no transaction open: hands the file to the bank's door, if there is one. The file's id makes a repeat
   *  harmless. */
  async submit(event: StoredEvent): Promise<void> {
    if (!this.door) return;
    const actor = systemActor('payments', event.about);
    const id = event.payload['fileId'] as PaymentFileId;
    const found = await this.database.transaction(actor, async (tx) => {
      const taken = await tx.run(`update payment_file set door_state = 'submitting' where id = $1 and door_state in ('to-download', 'submitting')`, [id]);
      const file = taken === 1 ? await this.find(tx, id) : undefined;
      return file && { file, text: await this.textOf(tx, id), settings: await this.settings.of(tx, file.book) };
    });
    if (!found) return;
    const { file, text, settings } = found;
    if (file.kind === 'payer-csv' && settings.payerCode === null)
      return this.noteDoor(actor, id, 'to-download', 'This payer has no door; upload the file to its system.');
    const facts = file.kind === 'bank-csv' ? readBankCsv(text) : readPayerCsv(text);
    const answer = await this.door.submit({ id, facts, payerCode: file.kind === 'payer-csv' ? settings.payerCode : null });
    await this.noteDoor(actor, id, answer.is === 'taken' ? 'submitted' : 'refused', answer.is === 'taken' ? null : answer.reason);
  }

  /** Locked, in the order they were approved; in a cash book those that would need another's money are held instead (truth 3);
   *  while the book is stopped only wages and safety payments go (truth 10). */
  private async takeWaiting(tx: Tx, actor: Actor, book: Book, only: readonly PaymentId[] | undefined): Promise<Payment[]> {
    const rows = await tx.rows<{ id: PaymentId }>(
      `select id from payment where book_id = $1 and state = 'approved' and channel in ('bank-file', 'payer-file') and ($2::uuid[] is null or id = any($2)) order by id limit ${MOST}`,
      [book.id, only ?? null],
    );
    if (rows.length === 0) return [];
    const locked = (
      await lockPayments(
        tx,
        rows.map((row) => row.id),
      )
    ).filter((payment) => payment.state === 'approved');
    const isShut = (await this.gates.reasonFor(tx, book.id)) !== null && book.holderId === null;
    let coverage =
      book.basis === 'cash'
        ? await this.coverages.of(
            tx,
            book.id,
            locked.map((payment) => payment.id),
          )
        : undefined;
    const leaving: Payment[] = [];
    for (const payment of locked.filter((each) => !isShut || goesOn(each))) {
      if (!(await this.hasDetails(tx, payment)))
        await move(tx, actor, payment, 'hold', {}, 'The payee’s details changed after the approval, or hold no bank account.');
      else {
        const after = coverage && (await this.payOuts.coverOrHold(tx, actor, payment, coverage));
        if (coverage && !after) continue;
        coverage = after;
        leaving.push(payment);
      }
    }
    return leaving;
  }

  private async hasDetails(tx: Tx, payment: Payment): Promise<boolean> {
    const payee = payment.payee && (await this.payees.find(tx, payment.payee));
    return Boolean(payee && payee.state === 'checked' && payee.sortCode);
  }

  private async write(tx: Tx, actor: Actor, book: Book, payments: readonly Payment[]): Promise<FileRow> {
    invariant(oneBook(payments) === book.id, 'a file is of one book');
    const { account } = await this.settings.of(tx, book.id);
    if (book.basis === 'cash' && !account) throw refused('book-has-no-account', 'Enter the bank account that this book pays from first.');
    const instructions: Instruction[] = [];
    for (const payment of payments) {
      const payee = await this.payees.find(tx, payment.payee!);
      const details = payee && this.payees.bankDetails(payee);
      invariant(payee && details, `payment ${payment.id} has no bank details`);
      instructions.push({ ...details, name: payee.name, amount: payment.amount, reference: bankReference(payment), payeeReference: payment.payeeReference });
    }
    const kind: FileKind = book.basis === 'cash' ? 'bank-csv' : 'payer-csv';
    const facts = { instructions, payOn: workingDayAfter(dayOf(tx.now), 0), originator: account };
    const text = kind === 'bank-csv' ? writeBankCsv(facts) : writePayerCsv(facts);
    return this.keep(tx, actor, { book: book.id, kind, text, ...controlTotals(instructions) });
  }

  private async keep(tx: Tx, actor: Actor, file: { book: BookId; kind: FileKind; text: string; count: number; total: Pence }): Promise<FileRow> {
    const id = newId<'payment-file'>();
    const name = `payments-${dayOf(tx.now)}-${id.slice(-6)}.csv`;
    const sha256 = createHash('sha256').update(file.text).digest();
    tx.write(
      `insert into payment_file (id, book_id, kind, name, content, sha256, payment_count, total_pence, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, file.book, file.kind, name, this.secrets.encrypt(file.text, `payment_file.content:${id}`), sha256, file.count, file.total, actor.id, tx.now],
    );
    return { id, book: file.book, kind: file.kind, name, count: file.count, total: file.total, sha256, madeAt: tx.now, state: 'to-download', note: null };
  }

  private find(tx: Tx, id: PaymentFileId): Promise<FileRow | undefined> {
    return tx.row<FileRow>(`select ${COLUMNS} from payment_file where id = $1`, [id]);
  }

  private async textOf(tx: Tx, id: PaymentFileId): Promise<string> {
    const row = await tx.row<{ content: Buffer }>('select content from payment_file where id = $1', [id]);
    return this.secrets.decrypt(row!.content, `payment_file.content:${id}`);
  }

  private async noteDoor(actor: Actor, id: PaymentFileId, state: PaymentFileView['state'], note: string | null): Promise<void> {
    await this.database.transaction(actor, (tx) =>
      tx.run(`update payment_file set door_state = $2, door_note = $3, submitted_at = case when $2 = 'submitted' then $4::timestamptz end where id = $1`, [
        id,
        state,
        note,
        tx.now,
      ]),
    );
  }
}

const viewOf = (row: FileRow): PaymentFileView => ({
  id: row.id,
  book: row.book,
  kind: row.kind,
  name: row.name,
  paymentCount: row.count,
  totalPence: penceAsNumber(row.total),
  sha256: row.sha256.toString('hex'),
  madeAt: row.madeAt.toISOString(),
  state: row.state,
  note: row.note,
});
