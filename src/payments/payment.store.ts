import type { Actor, BookId, Lifecycle, LocalDate, PaymentId, Scope } from '../kernel/index.js';
import { conflict, DomainError, edgeOf, invariant, newId, notFound, penceAsNumber, spokenReference } from '../kernel/index.js';
import type { AccountKey, Owner } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import { PAY_IN, PAY_OUT } from './payment.lifecycle.js';
import type { PayInAction, PaymentState, PayOutAction } from './payment.lifecycle.js';
import { placed } from './payment.rules.js';
import type { Channel, PayeeId, Payment, PaymentPart, PaymentRecord, Purpose, StoredPart } from './payment.types.js';

export const PAYMENT_COLUMNS = `p.id, p.book_id as book, p.direction, p.payee_id as payee, p.payee_subject_id as "payeeSubject", p.amount_pence as amount, p.channel, p.reference, p.payee_reference as "payeeReference",
  p.purpose_noun as "purposeNoun", p.purpose_id as "purposeId", p.due_on as "dueOn", p.state, p.attempt, p.prepared_by as "preparedBy", p.approved_by as "approvedBy",
  p.decided_alone as "decidedAlone", p.reason, p.posted_at as "postedAt", p.sending_at as "sendingAt", p.file_id as "fileId", p.stripe_transfer_id as "stripeTransferId",
  p.stripe_checkout_id as "stripeCheckoutId", p.stripe_checkout_url as "stripeCheckoutUrl", p.stripe_payment_intent_id as "stripePaymentIntentId", p.to_account as "toAccount",
  p.created_at as "createdAt", p.changed_at as "changedAt"`;

interface PartRow {
  readonly payment: PaymentId;
  readonly n: number;
  readonly place: number;
  readonly subject: string | null;
  readonly line: string | null;
  readonly planLine: string | null;
  readonly pool: string | null;
  readonly amount: StoredPart['amount'];
  readonly refunded: StoredPart['refunded'];
}

/** An owner as rows keep it: what is absent is null there and left out here, so that equal owners are equal. */
export const ownerFrom = (row: { subject: string | null; line: string | null; planLine: string | null; pool: string | null }): Owner =>
  ({
    ...(row.subject ? { subject: row.subject } : {}),
    ...(row.line ? { line: row.line } : {}),
    ...(row.planLine ? { planLine: row.planLine } : {}),
    ...(row.pool ? { pool: row.pool } : {}),
  }) as Owner;

/** Payments by id with their parts, in the order asked; locked in id order when asked to. Those out of scope are left out. */
export async function loadPayments(tx: Tx, ids: readonly PaymentId[], lock: 'lock' | 'look'): Promise<Payment[]> {
  const rows = await tx.rows<PaymentRecord>(
    `select ${PAYMENT_COLUMNS} from payment p where p.id = any($1) order by p.id${lock === 'lock' ? ' for update' : ''}`,
    [ids],
  );
  const withParts = await withTheirParts(tx, rows);
  const byId = new Map(withParts.map((payment) => [payment.id, payment]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export async function withTheirParts(tx: Tx, rows: readonly PaymentRecord[]): Promise<Payment[]> {
  const parts = await tx.rows<PartRow>(
    `select payment_id as payment, n, place, subject_id as subject, line_id as line, plan_line_id as "planLine", pool_id as pool, amount_pence as amount, refunded_pence as refunded
     from payment_part where payment_id = any($1) order by payment_id, n`,
    [rows.map((row) => row.id)],
  );
  const byPayment = new Map<PaymentId, StoredPart[]>();
  for (const part of parts) {
    byPayment.set(part.payment, [
      ...(byPayment.get(part.payment) ?? []),
      { n: part.n, place: part.place, owner: ownerFrom(part), amount: part.amount, refunded: part.refunded },
    ]);
  }
  return rows.map((row) => ({ ...row, parts: byPayment.get(row.id) ?? [] }));
}

/** One payment, locked. Refuses what is not there or out of scope (not-found). */
export async function lockPayment(tx: Tx, id: PaymentId): Promise<Payment> {
  const [payment] = await loadPayments(tx, [id], 'lock');
  if (!payment) throw notFound('This payment');
  return payment;
}

/** All of them, locked in id order; refuses when one is missing (not-found). */
export async function lockPayments(tx: Tx, ids: readonly PaymentId[]): Promise<Payment[]> {
  const found = await loadPayments(tx, [...new Set(ids)], 'lock');
  if (found.length !== new Set(ids).size) throw notFound('One of these payments');
  return found;
}

export interface NewPaymentRow {
  readonly id: PaymentId;
  readonly book: BookId;
  readonly direction: 'out' | 'in';
  readonly payee?: PayeeId | undefined;
  readonly payeeSubject?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly parts: readonly PaymentPart[];
  readonly amount: Payment['amount'];
  readonly purpose: Purpose;
  readonly dueOn: LocalDate;
  readonly toAccount?: AccountKey | undefined;
  readonly payeeReference?: string | undefined;
}

/** Writes a payment, its parts and its first history row, in state `planned`. Its short reference is made from its id. */
export async function insertPayment(tx: Tx, actor: Actor, row: NewPaymentRow): Promise<void> {
  await tx.run(
    `insert into payment (id, book_id, direction, payee_id, payee_subject_id, amount_pence, channel, reference, purpose_noun, purpose_id, due_on, state, to_account, payee_reference, created_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'planned', $12, $13, $14, $14)`,
    [
      row.id,
      row.book,
      row.direction,
      row.payee ?? null,
      row.payeeSubject ?? null,
      row.amount,
      row.channel ?? null,
      spokenReference('PAY', row.id),
      row.purpose.noun,
      row.purpose.id,
      row.dueOn,
      row.toAccount ? JSON.stringify(row.toAccount) : null,
      row.payeeReference ?? null,
      tx.now,
    ],
  );
  const parts = placed(row.parts);
  tx.write(
    `insert into payment_part (payment_id, n, book_id, subject_id, line_id, plan_line_id, pool_id, place, amount_pence)
     select $1, n - 1, $2, subject, line, plan_line, pool, place, amount
     from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::bigint[]) with ordinality as x(subject, line, plan_line, pool, place, amount, n)`,
    [
      row.id,
      row.book,
      parts.map((p) => p.owner.subject ?? null),
      parts.map((p) => p.owner.line ?? null),
      parts.map((p) => p.owner.planLine ?? null),
      parts.map((p) => p.owner.pool ?? null),
      parts.map((p) => p.place),
      parts.map((p) => p.amount),
    ],
  );
  await writeHistory(tx, actor, row, { from: null, to: 'planned', action: 'plan', reason: null });
}

/** Columns that a change of state may set beside it. */
export type PaymentChange = Partial<
  Record<
    | 'payee_id'
    | 'payee_subject_id'
    | 'channel'
    | 'attempt'
    | 'prepared_by'
    | 'prepared_at'
    | 'approved_by'
    | 'approved_at'
    | 'decided_alone'
    | 'posted_at'
    | 'sending_at'
    | 'file_id'
    | 'stripe_transfer_id'
    | 'stripe_checkout_id'
    | 'stripe_checkout_url'
    | 'stripe_payment_intent_id',
    unknown
  >
>;

/** The one way a payment changes state: along an edge of its lifecycle, by a guarded update, with a history row and the edge's event.
 *  Answers the payment as it is now. Refuses what the table does not allow, and a state changed meanwhile (conflict). */
export async function move<P extends Payment>(
  tx: Tx,
  actor: Actor,
  payment: P,
  action: PayOutAction | PayInAction,
  change: PaymentChange = {},
  reason: string | null = null,
): Promise<P> {
  const table = (payment.direction === 'out' ? PAY_OUT : PAY_IN) as Lifecycle<PaymentState, PayOutAction | PayInAction>;
  const edge = edgeOf('payment', table, payment.state, action);
  const columns = Object.keys(change);
  invariant(
    columns.every((column) => /^[a-z_]+$/.test(column)),
    'a column has a plain name',
  );
  const sets = columns.map((column, index) => `, ${column} = $${index + 6}`).join('');
  const changed = await tx.run(`update payment set state = $3, reason = $4, changed_at = $5${sets} where id = $1 and state = $2`, [
    payment.id,
    payment.state,
    edge.to,
    reason,
    tx.now,
    ...Object.values(change),
  ]);
  if (changed === 0) throw conflict('payment-changed', 'This payment was changed by somebody else just now. Look at it again.');
  await writeHistory(tx, actor, payment, { from: payment.state, to: edge.to, action, reason });
  if (edge.event) await announce(tx, { name: edge.event, about: aboutOf(payment), payload: payloadOf(payment) });
  const [after] = await withTheirParts(tx, await tx.rows<PaymentRecord>(`select ${PAYMENT_COLUMNS} from payment p where p.id = $1`, [payment.id]));
  return { ...payment, ...after! };
}

async function writeHistory(
  tx: Tx,
  actor: Actor,
  payment: { id: PaymentId; book: BookId },
  step: { from: string | null; to: string; action: string; reason: string | null },
): Promise<void> {
  tx.write(
    'insert into payment_history (id, payment_id, book_id, at, from_state, to_state, action, actor, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [newId(), payment.id, payment.book, tx.now, step.from, step.to, step.action, actor.id, step.reason],
  );
}

/** Exactly what a handler of a payment's event may see: its book, and the people and pools whose money it is. */
export const aboutOf = (payment: Payment): Partial<Scope> => ({
  books: [payment.book],
  people: [...new Set(payment.parts.flatMap((part) => (part.owner.subject ? [part.owner.subject as Scope['people'][number]] : [])))],
  pools: [...new Set(payment.parts.flatMap((part) => (part.owner.pool ? [part.owner.pool] : [])))],
});

export const payloadOf = (payment: Payment): Record<string, string | number | null> => ({
  paymentId: payment.id,
  bookId: payment.book,
  purposeNoun: payment.purposeNoun,
  purposeId: payment.purposeId,
  amountPence: penceAsNumber(payment.amount),
});

/** A refusal, with the payment it is about. */
export function naming(payment: PaymentRecord, error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return new DomainError(error.kind, error.code, error.message, error.fields, { ...error.facts, payment: payment.id, reference: payment.reference });
}
