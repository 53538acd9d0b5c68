import type { BookId, Id, LocalDate, PaymentId, Pence, PersonId } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import type { PaymentFileId, PaymentState } from '../payments/index.js';
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

/** All lines of a run (at most 500), in the order they were collected. */
export const linesOf = (tx: Tx, run: PayRunId): Promise<PayRunLine[]> => tx.rows<PayRunLine>(
  `select l.id, l.payment_id as payment, l.amount_pence as amount, l.state, l.reason, l.changed_by as "changedBy", p.reference, p.state as "paymentState", y.name as "payeeName"
   from pay_run_line l join payment p on p.id = l.payment_id left join payee y on y.id = p.payee_id where l.run_id = $1 order by l.id`, [run]);
