import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, PaymentId, PersonId, PoolId } from '../kernel/index.js';
import { NO_PENCE, notFound, penceAsNumber, systemActor } from '../kernel/index.js';
import { Refunds } from '../payments/index.js';
import { announceAll, Database, once } from '../platform/index.js';
import { lineAccountOf, lockPool, PoolQueries, shareFreed } from '../pools/index.js';
import type { RefundInvoice } from './purchase.dto.js';
import { ownerOf } from './purchase.entries.js';
import type { InvoiceId, InvoicePartRow, InvoiceRow } from './purchase.rows.js';
import { findInvoice, partsOfInvoice } from './purchase.rows.js';

export interface InvoiceRefunded {
  readonly invoiceId: InvoiceId;
  readonly refundId: string;
  readonly amountPence: number;
  /** The parts, largest first; who got which is each member's own to see. */
  readonly partsPence: readonly number[];
}

/** Money that a provider gave back for an invoice. */
@Injectable()
export class InvoiceRefunds {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly refunds: Refunds,
    private readonly audit: Audit,
  ) {}

  /** A finance officer of the book that received it records a refund. It is split over what is still unrefunded of each member's part, so
   *  that full refunds equal the original split (truth 4); the parts of members of other books are remitted, and a leaver's goes to their
   *  line. Refuses: more-than-was-paid, via-does-not-fit. */
  async record(actor: Actor, invoiceId: InvoiceId, command: RefundInvoice, key?: string): Promise<InvoiceRefunded> {
    requireAccess(actor, 'match:make', { book: command.bookId });
    const { invoice, parts, shares } = await this.seen(invoiceId, command.bookId);
    const scope = {
      pools: [invoice.poolId] as PoolId[],
      people: [...new Set(shares.map((share) => share.personId))] as PersonId[],
      books: [...new Set([command.bookId, ...parts.map((part) => part.bookId), ...shares.map((share) => share.lineBookId)])] as BookId[],
    };
    return this.database.transaction(systemActor('purchasing', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'invoices.refund', input: { invoiceId, ...command } }, async () => {
        await lockPool(tx, invoice.poolId);
        const leavers = (await this.pools.sharesOf(tx, invoice.poolId)).filter((share) => share.memberState === 'left');
        const answer = await this.refunds.record(tx, actor, {
          book: command.bookId,
          via: command.via,
          amount: command.amountPence,
          on: command.on,
          reference: command.reference,
          payments: [...new Set(parts.map((part) => part.paymentId))] as PaymentId[],
          moved: leavers.filter((share) => share.owes === NO_PENCE).map((share) => ({ owner: ownerOf(share), to: lineAccountOf(share) })),
        });
        await announceAll(tx, [
          ...leavers.filter((share) => share.owes > 0n && share.bookId === command.bookId).map(shareFreed),
          { name: 'invoiceRefunded', about: { pools: [invoice.poolId], books: [command.bookId] }, payload: { poolId: invoice.poolId, invoiceId } },
        ]);
        await this.audit.record(tx, actor, {
          action: 'invoice:refund',
          noun: 'invoice',
          nounId: invoiceId,
          pool: invoice.poolId,
          book: command.bookId,
          facts: { amountPence: penceAsNumber(command.amountPence) },
        });
        return {
          invoiceId,
          refundId: answer.refundId,
          amountPence: penceAsNumber(command.amountPence),
          partsPence: answer.parts.map((part) => part.amountPence).sort((a, b) => b - a),
        };
      }),
    );
  }

  /** The invoice with its parts, if the book paid a part of it; else it does not exist for its officers. */
  private async seen(
    invoiceId: InvoiceId,
    bookId: BookId,
  ): Promise<{ invoice: InvoiceRow; parts: InvoicePartRow[]; shares: Awaited<ReturnType<PoolQueries['sharesOf']>> }> {
    const mine = await this.database.read(systemActor('purchasing', { books: [bookId] }), (tx) =>
      tx.row<{ pool: PoolId }>('select pool_id as pool from invoice_part where invoice_id = $1 and book_id = $2 limit 1', [invoiceId, bookId]),
    );
    if (!mine) throw notFound('The invoice');
    return this.database.read(systemActor('purchasing', { pools: [mine.pool] }), async (tx) => {
      const parts = await partsOfInvoice(tx, invoiceId);
      const of = new Set(parts.map((part) => part.shareId));
      return { invoice: await findInvoice(tx, invoiceId), parts, shares: (await this.pools.sharesOf(tx, mine.pool)).filter((share) => of.has(share.id)) };
    });
  }
}
