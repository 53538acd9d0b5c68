import { Injectable } from '@nestjs/common';
import { requireAccess, seesNames } from '../identity/index.js';
import type { Actor, BookId, LocalDate } from '../kernel/index.js';
import { dayOf } from '../kernel/index.js';
import { PaymentQueries } from '../payments/index.js';
import { Database } from '../platform/index.js';
import { totalsOf } from './pay-run.rules.js';
import type { RunTotals } from './pay-run.rules.js';
import { linesOf, lockRun, RUN_COLUMNS } from './pay-run.store.js';
import type { PayRun, PayRunId, PayRunLine } from './pay-run.store.js';

export interface PayRunView extends PayRun {
  readonly lines: readonly PayRunLine[];
  readonly totals: RunTotals;
}

@Injectable()
export class FinanceQueries {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentQueries,
  ) {}

  /** A run with every line and the totals of each state. */
  async payRun(actor: Actor, id: PayRunId): Promise<PayRunView> {
    return this.database.read(actor, async (tx) => {
      const run = await lockRun(tx, id, 'look');
      requireAccess(actor, 'payment:read', { book: run.book });
      const found = await linesOf(tx, this.payments, id);
      const lines = seesNames(actor, run.book) ? found : found.map((line) => ({ ...line, payeeName: `Payee of ${line.reference}` }));
      return { ...run, lines, totals: totalsOf(lines) };
    });
  }

  /** The day on which the last report of the payer's own system was taken in, which proves what an allocation book says was paid; null
   *  before the first. */
  async reportedOn(actor: Actor, book: BookId): Promise<LocalDate | null> {
    requireAccess(actor, 'book:read', { book });
    const row = await this.database.read(actor, (tx) =>
      tx.row<{ at: Date }>('select imported_at as at from payer_report where book_id = $1 order by imported_at desc limit 1', [book]),
    );
    return row ? dayOf(row.at) : null;
  }

  /** Runs of a book, newest first; `before` is the id of the last one shown. */
  async payRuns(actor: Actor, book: BookId, page: { before?: string | undefined; limit: number }): Promise<{ items: PayRun[]; next: string | null }> {
    requireAccess(actor, 'payment:read', { book });
    const items = await this.database.read(actor, (tx) =>
      tx.rows<PayRun>(`select ${RUN_COLUMNS} from pay_run where book_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`, [
        book,
        page.before ?? null,
        page.limit,
      ]),
    );
    return { items, next: items.length === page.limit ? items.at(-1)!.id : null };
  }
}
