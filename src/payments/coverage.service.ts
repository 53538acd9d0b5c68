import { Injectable } from '@nestjs/common';
import type { BookId, PaymentId, Pence } from '../kernel/index.js';
import { plus, sumPence } from '../kernel/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { LEAVING } from './payment.lifecycle.js';
import { afterPayment, coverageOf } from './payment.rules.js';
import type { Coverage } from './payment.rules.js';
import type { PaymentPart } from './payment.types.js';

/** Whether a cash book can pay without touching what belongs to others (truth 3). */
@Injectable()
export class Coverages {
  constructor(private readonly ledger: LedgerQueries) {}

  /** What the book holds against whose money is in it, with every other payment that is already leaving counted as gone. Takes the book's
   *  lock until the transaction ends, so that two approvals cannot both count on the same money. */
  async of(tx: Tx, book: BookId, leftOut: readonly PaymentId[]): Promise<Coverage> {
    await tx.row('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`payments-coverage:${book}`]);
    const [figures] = await this.ledger.figuresOfBooks(tx, [book]);
    const cash = figures ? plus(plus(figures.of.bank, figures.of.clearing), figures.of['fees-due']) : (0n as Pence);
    const coverage = coverageOf(cash, await this.ledger.ownedIn(tx, book));
    const leaving = await tx.rows<{ subject: string | null; amount: Pence }>(
      `select x.subject_id as subject, sum(x.amount_pence)::bigint as amount from payment p join payment_part x on x.payment_id = p.id
       where p.book_id = $1 and p.direction = 'out' and p.posted_at is null and p.state = any($2) and p.id <> all($3::uuid[]) group by x.subject_id`,
      [book, LEAVING, leftOut],
    );
    return afterPayment(
      coverage,
      leaving.map(({ subject, amount }): PaymentPart => ({ owner: subject === null ? {} : { subject }, amount })),
    );
  }

  /** Free cash that belongs to nobody in particular, in pence; below zero when members own more than there is. */
  spare(coverage: Coverage): Pence {
    return (coverage.cash - sumPence(coverage.owned.values())) as Pence;
  }
}
