import type { OnModuleInit } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { BookId } from '../kernel/index.js';
import { NO_SCOPE, systemActor } from '../kernel/index.js';
import type { JobContext } from '../platform/index.js';
import { Database, EventHandlers, JobRegistry } from '../platform/index.js';
import { Matching } from './matching.service.js';
import { PayoutPayIns } from './payout-pay-ins.service.js';
import { Proof } from './proof.service.js';

/** The background door of reconciliation. */
@Injectable()
export class ReconciliationJobs implements OnModuleInit {
  constructor(
    private readonly handlers: EventHandlers,
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly matching: Matching,
    private readonly proof: Proof,
    private readonly payIns: PayoutPayIns,
  ) {}

  onModuleInit(): void {
    // Outside: a run is several transactions of its own. Run again, it finds nothing more to match.
    this.handlers.onOutside(
      'statementImported',
      'reconciliation.match',
      async (event) => void (await this.matching.runBook(event.payload['bookId'] as BookId)),
    );
    // Outside: Stripe is asked what its pay-out brought. Both do what is true by then, so their order does not matter.
    for (const event of ['stripePayoutMatched', 'stripePayoutUnmatched'])
      this.handlers.onOutside(event, 'reconciliation.pay-ins', ({ payload }) =>
        this.payIns.bringUpToDate(payload['bookId'] as BookId, payload['lineId'] as string),
      );
    this.jobs.register({ name: 'reconciliation.match', run: (context) => this.matchAll(context) });
    this.jobs.register({ name: 'reconciliation.prove', run: (context) => this.proveAll(context) });
  }

  private async matchAll({ progress, log }: JobContext): Promise<void> {
    const books = await this.books();
    let [done, matched, breaks] = [0, 0, 0];
    for (const book of books) {
      const run = await this.matching.runBook(book);
      matched += run.matched;
      breaks += run.breaks;
      progress((done += 1), books.length);
    }
    log(`${matched} lines matched, ${breaks} breaks open`);
  }

  private async proveAll({ progress, log }: JobContext): Promise<void> {
    const books = await this.books();
    let [done, broken] = [0, 0];
    for (const book of books) {
      if (!(await this.proof.keep(book)).ok) broken += 1;
      progress((done += 1), books.length);
    }
    log(`${books.length} books proved, ${broken} do not agree`);
  }

  /** Every book by its bare id. */
  private async books(): Promise<BookId[]> {
    const rows = await this.database.read(systemActor('reconciliation', NO_SCOPE), (tx) =>
      tx.rows<{ id: BookId }>(`select id from known_id where kind = 'book' order by id`),
    );
    return rows.map((row) => row.id);
  }
}
