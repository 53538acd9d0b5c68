import type { BookId, Id, LocalDate, PaymentId, Pence, PersonId } from '../kernel/index.js';
import { invariant, notFound } from '../kernel/index.js';
import type { PaymentFileId, PaymentQueries, PaymentState } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import type { LineState, PayRunState } from './pay-run.lifecycle.js';

export type PayRunId = Id<'pay-run'>;
export type PayRunLineId = Id<'pay-run-line'>;

export interface PayRun {
  readonly id: PayRunId;
  readonly book: BookId;
  readonly cutOffOn: LocalDate;
  readonly state: PayRunState;
  readonly lineCount: number;
  readonly total: Pence;
  readonly proposedBy: PersonId;
  readonly proposedAt: Date;
  readonly maker: PersonId | null;
  readonly checker: PersonId | null;
  readonly fileId: PaymentFileId | null;
}

export interface PayRunLine {
  readonly id: PayRunLineId;
  readonly payment: PaymentId;
  readonly amount: Pence;
  readonly state: LineState;
  readonly reason: string | null;
  readonly changedBy: PersonId | null;
  readonly reference: string;
  readonly paymentState: PaymentState;
  readonly payeeName: string | null;
}

export const RUN_COLUMNS = `id, book_id as book, cut_off_on as "cutOffOn", state, line_count as "lineCount", total_pence as total, proposed_by as "proposedBy", proposed_at as "proposedAt",
  maker_id as maker, checker_id as checker, file_id as "fileId"`;

/** The run, locked unless only looked at. Refuses what is not there or out of scope (not-found). */
export async function lockRun(tx: Tx, id: PayRunId, how: 'lock' | 'look' = 'lock'): Promise<PayRun> {
  const run = await tx.row<PayRun>(`select ${RUN_COLUMNS} from pay_run where id = $1${how === 'lock' ? ' for update' : ''}`, [id]);
  if (!run) throw notFound('This pay run');
  return run;
}

/** All lines of a run (at most 500) in the order they were collected, with what their payments say. */
export async function linesOf(tx: Tx, payments: PaymentQueries, run: PayRunId): Promise<PayRunLine[]> {
  const lines = await tx.rows<Omit<PayRunLine, 'reference' | 'paymentState' | 'payeeName'>>(
    'select id, payment_id as payment, amount_pence as amount, state, reason, changed_by as "changedBy" from pay_run_line where run_id = $1 order by id',
    [run],
  );
  const byId = new Map(
    (
      await payments.summariesOf(
        tx,
        lines.map((line) => line.payment),
      )
    ).map((payment) => [payment.id, payment]),
  );
  return lines.map((line) => {
    const payment = byId.get(line.payment);
    invariant(payment, `line ${line.id} has no payment in scope`);
    return { ...line, reference: payment.reference, paymentState: payment.state, payeeName: payment.payeeName };
  });
}

/** The payments of a book that stand in a run that is not released. */
export async function inOpenRuns(tx: Tx, book: BookId): Promise<PaymentId[]> {
  const rows = await tx.rows<{ payment: PaymentId }>(
    `select payment_id as payment from pay_run_line where book_id = $1 and state <> 'dropped' and not run_ended`,
    [book],
  );
  return rows.map((row) => row.payment);
}
