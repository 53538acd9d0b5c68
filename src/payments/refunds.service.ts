import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, BookId, LocalDate, PaymentId, Pence } from '../kernel/index.js';
import { conflict, invalid, invariant, newId, penceAsNumber } from '../kernel/index.js';
import type { AccountKey, Owner } from '../ledger/index.js';
import { Books, Ledger } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import { gateOf, refundEntry } from './payment.entries.js';
import { ownerFrom } from './payment.store.js';
import type { RefundId } from './payment.types.js';
import { homeOf, splitRefund } from './refund.rules.js';
import type { RefundablePart, RefundSlice } from './refund.rules.js';
import { Remittances } from './remittances.service.js';

export interface RecordRefund {
  /** The book the money reached. */
  readonly book: BookId;
  /** How it came: a bank line, Stripe's balance, or (allocation books) the payer's report. */
  readonly via: 'bank' | 'stripe' | 'payer';
  readonly amount: Pence;
  readonly on: LocalDate;
  /** Names the refund in its book: a statement line's or provider's reference. The same again changes nothing. */
  readonly reference: string;
  /** All payments of the invoice it is for, in whatever books. */
  readonly payments: readonly PaymentId[];
  /** Where else the part of an owner belongs: a leaver's line (truth 4). */
  readonly moved?: readonly { readonly owner: Owner; readonly to: AccountKey }[] | undefined;
}

export interface RefundAnswer {
  readonly refundId: RefundId;
  readonly parts: readonly {
    readonly paymentId: PaymentId;
    readonly subject: string | null;
    readonly amountPence: number;
    readonly remittanceId: string | null;
  }[];
}

/** Money a payee gave back, shared out over whose money it was. */
@Injectable()
export class Refunds {
  constructor(
    private readonly books: Books,
    private readonly ledger: Ledger,
    private readonly remittances: Remittances,
    private readonly audit: Audit,
  ) {}

  /** Splits a refund over what is still unrefunded of each part, books it where it landed, and remits the parts of members of other books.
   *  The caller has authorised; the scope names every book of the payments and of `moved`. Refuses: more-than-was-paid, via-does-not-fit. */
  async record(tx: Tx, actor: Actor, refund: RecordRefund): Promise<RefundAnswer> {
    const book = await this.books.find(tx, refund.book);
    invariant(book, 'the book a refund reached is in scope');
    if ((book.basis === 'allocation') !== (refund.via === 'payer'))
      throw invalid('via-does-not-fit', 'An allocation book learns of refunds from its payer’s report, and a cash book never does.');
    const parts = await this.lockParts(tx, refund.payments);
    const known = await tx.row<{ id: RefundId; amount: Pence }>('select id, amount_pence as amount from refund where book_id = $1 and reference = $2', [
      refund.book,
      refund.reference,
    ]);
    if (known && known.amount !== refund.amount) throw conflict('refund-known', 'A refund of another sum is recorded under this reference.');
    if (known) return this.answerFor(tx, known.id);
    const slices = splitRefund(refund.amount, parts);
    const id = newId<'refund'>();
    const gate = gateOf(refund.book, book.basis, refund.via === 'stripe' ? 'stripe' : 'bank');
    const placed = slices.map((slice) => ({ slice, home: homeOf(slice.part, refund.moved ?? []) }));
    await this.ledger.record(tx, [refundEntry(refund.book, { id, gate, on: refund.on }, placed)]);
    tx.write('insert into refund (id, book_id, amount_pence, via, reference, received_on, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      id,
      refund.book,
      refund.amount,
      refund.via,
      refund.reference,
      refund.on,
      actor.id,
      tx.now,
    ]);
    for (const [n, { slice, home }] of placed.entries()) {
      const sent =
        home.book === refund.book
          ? undefined
          : await this.remittances.carryRefund(tx, actor, { from: gate, to: home, amount: slice.amount, owner: slice.part.owner });
      await this.writePart(tx, id, refund.book, n, slice, sent?.remittanceId ?? null);
    }
    const people = slices.flatMap(({ part }) => (part.owner.subject ? [part.owner.subject] : []));
    await announce(tx, {
      name: 'refundRecorded',
      about: { books: [refund.book], people: [...new Set(people)] as never },
      payload: { refundId: id, bookId: refund.book, amountPence: penceAsNumber(refund.amount) },
    });
    await this.audit.record(tx, actor, {
      action: 'refund:record',
      noun: 'refund',
      nounId: id,
      book: refund.book,
      facts: { amountPence: String(refund.amount) },
    });
    return this.answerFor(tx, id);
  }

  /** Only what was really paid can be refunded. Locked, so that two refunds share out one after the other. */
  private async lockParts(tx: Tx, payments: readonly PaymentId[]): Promise<RefundablePart[]> {
    interface Row {
      payment: PaymentId;
      book: BookId;
      n: number;
      place: number;
      subject: string | null;
      line: string | null;
      planLine: string | null;
      pool: string | null;
      amount: Pence;
      refunded: Pence;
    }
    const rows = await tx.rows<Row>(
      `select x.payment_id as payment, x.book_id as book, x.n, x.place, x.subject_id as subject, x.line_id as line, x.plan_line_id as "planLine", x.pool_id as pool, x.amount_pence as amount,
         x.refunded_pence as refunded from payment_part x join payment p on p.id = x.payment_id where p.id = any($1) and p.posted_at is not null order by x.payment_id, x.n for update of x`,
      [payments],
    );
    return rows.map((row) => ({
      payment: row.payment,
      book: row.book,
      n: row.n,
      place: row.place,
      owner: ownerFrom(row),
      amount: row.amount,
      refunded: row.refunded,
    }));
  }

  private async writePart(tx: Tx, refund: RefundId, book: BookId, n: number, slice: RefundSlice, remittance: string | null): Promise<void> {
    const { part, amount } = slice;
    tx.write('update payment_part set refunded_pence = refunded_pence + $3 where payment_id = $1 and n = $2', [part.payment, part.n, amount]);
    tx.write(
      'insert into refund_part (refund_id, n, book_id, payment_id, payment_n, subject_id, pool_id, amount_pence, remittance_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [refund, n, book, part.payment, part.n, part.owner.subject ?? null, part.owner.pool ?? null, amount, remittance],
    );
  }

  private async answerFor(tx: Tx, id: RefundId): Promise<RefundAnswer> {
    const rows = await tx.rows<{ paymentId: PaymentId; subject: string | null; amount: Pence; remittanceId: string | null }>(
      `select payment_id as "paymentId", subject_id as subject, amount_pence as amount, remittance_id as "remittanceId" from refund_part where refund_id = $1 order by n`,
      [id],
    );
    return { refundId: id, parts: rows.map(({ amount, ...row }) => ({ ...row, amountPence: penceAsNumber(amount) })) };
  }
}
