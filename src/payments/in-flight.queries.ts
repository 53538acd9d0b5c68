import { Injectable } from '@nestjs/common';
import type { Actor, BookId, LocalDate, PaymentId, Pence } from '../kernel/index.js';
import { dayOf } from '../kernel/index.js';
import type { Owner } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { loadPayments, lockPayment, move, ownerFrom } from './payment.store.js';
import { bankReference } from './payment.rules.js';
import type { Payment, RefundId, RemittanceId } from './payment.types.js';

/** Money of a cash book that the bank has to show, or has shown: what statement lines are matched with. */
export interface InFlightItem {
  readonly kind: 'payment' | 'payment-return' | 'remittance-in' | 'remittance-out' | 'refund';
  readonly id: PaymentId | RemittanceId | RefundId;
  /** Of a payment: which attempt. */
  readonly attempt: number;
  readonly state: string;
  readonly direction: 'credit' | 'debit';
  readonly amount: Pence;
  /** Whose money, part by part. */
  readonly parts: readonly { readonly owner: Owner; readonly amount: Pence }[];
  /** All that names it towards banks and payees. */
  readonly references: readonly string[];
  readonly name: string | null;
  readonly day: LocalDate;
  readonly file: { readonly id: string; readonly references: readonly string[] } | null;
  /** What it has put on clearing (bank) so far, in pence: below zero when money is to leave. Matching puts the opposite. */
  readonly onClearing: Pence;
}

/** A part of a payment of a pool that is on its way. */
export interface InFlightPart {
  readonly paymentId: PaymentId;
  readonly reference: string;
  readonly state: string;
  readonly dueOn: LocalDate;
  readonly subject: string | null;
  readonly line: string | null;
  readonly planLine: string | null;
  readonly amount: Pence;
}

/** Attempts that a statement may still name by the short reference and a number. */
const ATTEMPTS = ['', '-2', '-3', '-4', '-5'];

const MOST = 5_000;

/** What is on its way through a book's bank account. The transaction's scope names the book. */
@Injectable()
export class InFlight {
  /** Pay-outs by bank file that left and were not marked as seen on a statement; those that came back before that among them. */
  async payOuts(tx: Tx, book: BookId): Promise<InFlightItem[]> {
    const rows = await tx.rows<{ id: PaymentId }>(
      `select id from payment where book_id = $1 and direction = 'out' and channel = 'bank-file' and state in ('in-file', 'settled', 'returned') order by id limit ${MOST}`,
      [book],
    );
    return this.asItems(
      tx,
      rows.map((row) => row.id),
      'payment',
    );
  }

  /** Pay-outs by bank file of this sum that have left: one of them may have come back. */
  async mayComeBack(tx: Tx, book: BookId, amounts: readonly Pence[]): Promise<InFlightItem[]> {
    const rows = await tx.rows<{ id: PaymentId }>(
      `select id from payment where book_id = $1 and direction = 'out' and channel = 'bank-file' and state in ('in-file', 'settled', 'reconciled', 'returned')
         and amount_pence = any($2::bigint[]) and changed_at > $3::timestamptz - interval '400 days' order by id limit ${MOST}`,
      [book, amounts, tx.now],
    );
    return this.asItems(
      tx,
      rows.map((row) => row.id),
      'payment-return',
    );
  }

  /** By id, whatever state they are in: for what a person chose. */
  async payments(tx: Tx, ids: readonly PaymentId[], kind: 'payment' | 'payment-return'): Promise<InFlightItem[]> {
    return this.asItems(tx, ids, kind);
  }

  /** Remittances to this book that come by bank; and those from it that their owner pays by card or Direct Debit from its account. */
  async remittances(tx: Tx, book: BookId, ids?: readonly string[]): Promise<InFlightItem[]> {
    interface Row {
      id: RemittanceId;
      isIn: boolean;
      amount: Pence;
      reference: string;
      state: string;
      sentOn: LocalDate;
      name: string | null;
      subject: string | null;
      line: string | null;
      planLine: string | null;
      pool: string | null;
    }
    const rows = await tx.rows<Row>(
      `select r.id, r.to_book_id = $1 as "isIn", r.amount_pence as amount, r.reference, r.state, r.sent_on as "sentOn", b.name,
         r.subject_id as subject, r.line_id as line, r.plan_line_id as "planLine", r.pool_id as pool
       from remittance r left join book b on b.id = case when r.to_book_id = $1 then r.from_book_id else r.to_book_id end
       where (r.to_book_id = $1 and r.channel in ('bank', 'payer-file') and r.state = 'on-the-way')
          or (r.from_book_id = $1 and r.channel in ('card', 'bacs-debit') and r.state <> 'failed' and ($2::uuid[] is not null or r.changed_at > $3::timestamptz - interval '400 days'))
       order by r.id limit ${MOST}`,
      [book, ids ?? null, tx.now],
    );
    return rows
      .filter((row) => !ids || ids.includes(row.id))
      .map((row) => ({
        kind: row.isIn ? 'remittance-in' : 'remittance-out',
        id: row.id,
        attempt: 1,
        state: row.state,
        direction: row.isIn ? 'credit' : 'debit',
        amount: row.amount,
        parts: [{ owner: ownerFrom(row), amount: row.amount }],
        references: ATTEMPTS.map((attempt) => `${row.reference}${attempt}`),
        name: row.name,
        day: row.sentOn,
        file: null,
        onClearing: (!row.isIn && row.state === 'closed' ? -row.amount : 0n) as Pence,
      }));
  }

  /** Refunds that came by bank, as somebody recorded them. */
  async refunds(tx: Tx, book: BookId, ids?: readonly string[]): Promise<InFlightItem[]> {
    const rows = await tx.rows<{ id: RefundId; amount: Pence; reference: string; day: LocalDate }>(
      `select id, amount_pence as amount, reference, received_on as day from refund where book_id = $1 and via = 'bank' and ($2::uuid[] is null or id = any($2)) order by id desc limit ${MOST}`,
      [book, ids ?? null],
    );
    const parts = await tx.rows<{ refund: RefundId; amount: Pence; subject: string | null; pool: string | null; line: string | null; planLine: string | null }>(
      `select x.refund_id as refund, x.amount_pence as amount, p.subject_id as subject, p.pool_id as pool, p.line_id as line, p.plan_line_id as "planLine"
       from refund_part x left join payment_part p on p.payment_id = x.payment_id and p.n = x.payment_n where x.refund_id = any($1) order by x.refund_id, x.n`,
      [rows.map((row) => row.id)],
    );
    return rows.map((row) => ({
      kind: 'refund',
      id: row.id,
      attempt: 1,
      state: 'recorded',
      direction: 'credit',
      amount: row.amount,
      references: [row.reference],
      name: null,
      day: row.day,
      file: null,
      onClearing: row.amount,
      parts: parts.filter((part) => part.refund === row.id).map((part) => ({ owner: ownerFrom(part), amount: part.amount })),
    }));
  }

  /** How many pay-outs of a book with money of a pool are neither settled nor called off: all that is still to happen before the money can go
   *  to another money-holder. */
  async unsettledOf(tx: Tx, book: BookId, pool: string): Promise<number> {
    const row = await tx.row<{ n: number }>(
      `select count(distinct p.id)::int as n from payment p join payment_part x on x.payment_id = p.id
       where p.book_id = $1 and x.pool_id = $2 and p.direction = 'out' and p.state not in ('settled', 'reconciled', 'recalled')`,
      [book, pool],
    );
    return row!.n;
  }

  /** Pay-outs of a book with money of a pool that have not left its bank for good, part by part: what a copy of the book has to name. */
  async partsOfPool(tx: Tx, book: BookId, pool: string): Promise<InFlightPart[]> {
    return tx.rows(
      `select p.id as "paymentId", p.reference, p.state, p.due_on as "dueOn", x.subject_id as subject, x.line_id as line, x.plan_line_id as "planLine", x.amount_pence as amount
       from payment p join payment_part x on x.payment_id = p.id
       where p.book_id = $1 and x.pool_id = $2 and p.direction = 'out' and p.state not in ('settled', 'reconciled', 'recalled') order by p.id, x.n`,
      [book, pool],
    );
  }

  /** Money of a pool on its way to a book from another. */
  async comingTo(tx: Tx, book: BookId, pool: string): Promise<Omit<InFlightPart, 'paymentId'>[]> {
    return tx.rows(
      `select reference, state, sent_on as "dueOn", subject_id as subject, line_id as line, plan_line_id as "planLine", amount_pence as amount
       from remittance where to_book_id = $1 and pool_id = $2 and state = 'on-the-way' order by id`,
      [book, pool],
    );
  }

  /** Attempts that came back, by payment: each left and returned, so the ledger is even and only the bank may still owe us a line. */
  async returnedAttempts(tx: Tx, book: BookId): Promise<{ id: PaymentId; attempt: number; amount: Pence }[]> {
    return tx.rows(
      `select p.id, a.attempt, p.amount_pence as amount from payment p cross join lateral generate_series(1, p.attempt) as a(attempt)
       where p.book_id = $1 and p.direction = 'out' and (p.state = 'returned' or p.attempt > 1) and (a.attempt < p.attempt or p.state = 'returned') order by p.id, a.attempt`,
      [book],
    );
  }

  /** Remittances that the bank has shown leaving, and of which the arrival was not told yet. */
  async leftNotArrived(tx: Tx, book: BookId): Promise<{ id: PaymentId; amount: Pence }[]> {
    return tx.rows(
      `select id, amount_pence as amount from payment where book_id = $1 and direction = 'out' and channel = 'bank-file' and purpose_noun = 'remittance' and state = 'reconciled' and posted_at is null order by id`,
      [book],
    );
  }

  /** A match was undone: the bank has not shown this payment after all. */
  async notSeen(tx: Tx, actor: Actor, id: PaymentId): Promise<void> {
    const payment = await lockPayment(tx, id);
    if (payment.state === 'reconciled') await move(tx, actor, payment, 'not-seen');
  }

  private async asItems(tx: Tx, ids: readonly PaymentId[], kind: 'payment' | 'payment-return'): Promise<InFlightItem[]> {
    const payments = await loadPayments(tx, ids, 'look');
    interface Beside {
      payee: string;
      name: string;
    }
    const names = new Map(
      (await tx.rows<Beside>('select id as payee, name from payee where id = any($1)', [payments.flatMap(({ payee }) => payee ?? [])])).map((row) => [
        row.payee,
        row.name,
      ]),
    );
    const files = new Map(
      (
        await tx.rows<{ id: string; name: string; madeAt: Date }>(`select id, name, made_at as "madeAt" from payment_file where id = any($1)`, [
          payments.flatMap(({ fileId }) => fileId ?? []),
        ])
      ).map((row) => [row.id, row]),
    );
    return payments
      .filter(({ direction }) => direction === 'out')
      .map((payment) => {
        const file = payment.fileId ? files.get(payment.fileId) : undefined;
        return {
          kind,
          id: payment.id,
          attempt: payment.attempt,
          state: payment.state,
          direction: kind === 'payment' ? 'debit' : 'credit',
          amount: payment.amount,
          parts: payment.parts.map(({ owner, amount }) => ({ owner, amount })),
          references: [
            ...new Set([bankReference(payment), payment.id, ...(payment.attempt === 1 ? [payment.reference] : [`${payment.id}-${payment.attempt}`])]),
          ],
          name: (payment.payee && names.get(payment.payee)) || null,
          day: dayOf(file?.madeAt ?? payment.postedAt ?? payment.changedAt),
          file: file ? { id: file.id, references: [file.id, file.name, file.name.replace(/\.[a-z]+$/i, '')] } : null,
          onClearing: onClearingOf(payment, kind),
        };
      });
  }
}

/** A pay-out is on clearing from the day it left; the pay-out of a remittance from the day its arrival was told (design, section 4). */
function onClearingOf(payment: Payment, kind: 'payment' | 'payment-return'): Pence {
  if (kind === 'payment-return') return (payment.state === 'returned' && payment.purposeNoun !== 'remittance' ? payment.amount : 0n) as Pence;
  return (payment.postedAt ? -payment.amount : 0n) as Pence;
}
