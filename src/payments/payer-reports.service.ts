import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, Id, PaymentId, Pence } from '../kernel/index.js';
import { conflict, newId, refused, systemActor } from '../kernel/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import { readPayerReport } from './bankfile/index.js';
import type { ReportLine } from './bankfile/index.js';
import { PayOuts } from './pay-outs.service.js';
import { bankReference } from './payment.rules.js';
import { loadPayments } from './payment.store.js';
import type { Payment } from './payment.types.js';
import type { RemittanceRecord } from './remittances.service.js';
import { Remittances } from './remittances.service.js';

/** What became of a line: it told us something, we knew it, or a person has to look. */
export type LineOutcome = 'settled' | 'returned' | 'arrived' | 'known' | 'amount-differs' | 'not-ours';

export interface ReportAnswer {
  readonly reportId: string | null;
  readonly lines: number;
  readonly outcomes: Readonly<Partial<Record<LineOutcome, number>>>;
  /** References a person has to look at. */
  readonly toLookAt: readonly string[];
}

/** A payer's own payment reports: how an allocation book learns that its instructions were paid, or that money came back. */
@Injectable()
export class PayerReports {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly payOuts: PayOuts,
    private readonly remittances: Remittances,
    private readonly audit: Audit,
  ) {}

  /** Takes a report whole or not at all. A report or a line seen before changes nothing. Refuses: report-not-understood, a line that
   *  contradicts an earlier report (`report-contradicts`), a cash book (`not-an-allocation-book`). */
  async import(actor: Actor, book: BookId, csv: string, key?: string): Promise<ReportAnswer> {
    requireAccess(actor, 'statement:import', { book });
    const lines = readPayerReport(csv);
    const sha256 = createHash('sha256').update(csv).digest();
    const system = systemActor('payments', { books: [book] });
    return this.database.transaction(system, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'payerReports.import', input: { book, sha256: sha256.toString('hex') } }, async () => {
        const found = await this.books.find(tx, book);
        if (found?.basis !== 'allocation')
          throw refused('not-an-allocation-book', 'Only the books of ICBs and councils have a payer’s report. Import a bank statement instead.');
        const id = newId<'payer-report'>();
        const added = await tx.run(
          'insert into payer_report (id, book_id, sha256, line_count, imported_by, imported_at) values ($1, $2, $3, $4, $5, $6) on conflict (book_id, sha256) do nothing',
          [id, book, sha256, lines.length, actor.id, tx.now],
        );
        if (added === 0) return { reportId: null, lines: lines.length, outcomes: { known: lines.length }, toLookAt: [] };
        const outcomes = await this.applyAll(tx, system, { report: id, book }, lines);
        await this.audit.record(tx, actor, { action: 'payer-report:import', noun: 'payer-report', nounId: id, book, facts: { lines: lines.length } });
        return summary(id, lines, outcomes);
      }),
    );
  }

  private async applyAll(tx: Tx, actor: Actor, to: { report: Id<'payer-report'>; book: BookId }, lines: readonly ReportLine[]): Promise<LineOutcome[]> {
    await tx.row('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`payer-report:${to.book}`]);
    const expected = await this.remittances.expectedIn(tx, to.book);
    const seen = await this.seenBefore(tx, to.book, lines);
    const outcomes: LineOutcome[] = [];
    for (const line of lines) {
      if (seen.take(line)) {
        outcomes.push('known');
        continue;
      }
      const payment = line.status === 'received' ? undefined : await this.paymentOf(tx, to.book, line.reference);
      const remittance = line.status === 'received' ? expected.find((each) => line.reference.startsWith(each.reference)) : undefined;
      const outcome = await this.apply(tx, actor, line, payment, remittance);
      tx.write(
        'insert into payer_report_line (id, report_id, book_id, reference, status, amount_pence, day, payment_id, remittance_id, outcome) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
        [newId(), to.report, to.book, line.reference, line.status, line.amount, line.day, payment?.id ?? null, remittance?.id ?? null, outcome],
      );
      outcomes.push(outcome);
    }
    return outcomes;
  }

  private async apply(tx: Tx, actor: Actor, line: ReportLine, payment: Payment | undefined, remittance: RemittanceRecord | undefined): Promise<LineOutcome> {
    if (remittance) {
      if (remittance.amount !== line.amount) return 'amount-differs';
      await this.remittances.arrivedByBank(tx, actor, { remittance: remittance.id, amount: line.amount, on: line.day });
      return 'arrived';
    }
    if (!payment) return 'not-ours';
    if (payment.amount !== line.amount) return 'amount-differs';
    if (line.status === 'paid') {
      await this.payOuts.settled(tx, actor, payment.id);
      return 'settled';
    }
    await this.payOuts.returned(tx, actor, payment.id, {
      on: line.day,
      reason: line.status === 'rejected' ? 'The payer rejected the instruction.' : 'The payee’s bank sent it back.',
    });
    return 'returned';
  }

  /** The payment that was instructed under a reference and is in a file. */
  private async paymentOf(tx: Tx, book: BookId, reference: string): Promise<Payment | undefined> {
    const row = await tx.row<{ id: PaymentId }>(
      `select id from payment where book_id = $1 and direction = 'out' and channel = 'payer-file' and state in ('in-file', 'settled', 'reconciled') and left($2, length(reference)) = reference`,
      [book, reference],
    );
    const [payment] = row ? await loadPayments(tx, [row.id], 'look') : [];
    return payment && bankReference(payment) === reference ? payment : undefined;
  }

  /** Lines of earlier reports. Received money is counted, because two genuine receipts may look the same. */
  private async seenBefore(tx: Tx, book: BookId, lines: readonly ReportLine[]): Promise<{ take(line: ReportLine): boolean }> {
    const rows = await tx.rows<{ reference: string; status: string; amount: Pence; day: string }>(
      'select reference, status, amount_pence as amount, day from payer_report_line where book_id = $1 and reference = any($2)',
      [book, [...new Set(lines.map((line) => line.reference))]],
    );
    const left = [...rows];
    return {
      take: (line) => {
        const same = left.findIndex(
          (row) =>
            row.reference === line.reference &&
            row.status === line.status &&
            (line.status !== 'received' || (row.amount === line.amount && row.day === line.day)),
        );
        if (same < 0) return false;
        const [row] = left.splice(same, 1);
        if (row!.amount !== line.amount || row!.day !== line.day)
          throw conflict('report-contradicts', `The instruction ${line.reference} was reported before with another sum or day.`);
        return true;
      },
    };
  }
}

function summary(reportId: string, lines: readonly ReportLine[], outcomes: readonly LineOutcome[]): ReportAnswer {
  const counts: Partial<Record<LineOutcome, number>> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const toLookAt = lines.filter((_, index) => outcomes[index] === 'not-ours' || outcomes[index] === 'amount-differs').map((line) => line.reference);
  return { reportId, lines: lines.length, outcomes: counts, toLookAt: toLookAt.slice(0, 100) };
}
