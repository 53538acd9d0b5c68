import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId } from '../kernel/index.js';
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
      const lines = await linesOf(tx, this.payments, id);
      return { ...run, lines, totals: totalsOf(lines) };
    });
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
