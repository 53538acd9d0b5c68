import type { Actor, BookId, Id, LocalDate, PaymentId, Pence, PersonId, PoolId, ProviderId, ReservationId } from '../kernel/index.js';
import { newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import type { ShareId } from '../pools/index.js';
import type { InvoiceState, PurchaseState, QuoteState, SessionState } from './purchase.lifecycle.js';

export type QuoteId = Id<'quote'>;
export type PurchaseId = Id<'purchase'>;
export type SessionId = Id<'session'>;
export type InvoiceId = Id<'invoice'>;

export interface QuoteRow {
  readonly id: QuoteId;
  readonly poolId: PoolId;
  readonly providerId: ProviderId;
  readonly service: string;
  readonly price: Pence;
  readonly sessions: number;
  readonly terms: string;
  readonly state: QuoteState;
}

export interface PurchaseRow {
  readonly id: PurchaseId;
  readonly poolId: PoolId;
  readonly quoteId: QuoteId;
  readonly providerId: ProviderId;
  readonly service: string;
  readonly price: Pence;
  readonly state: PurchaseState;
  readonly committedAt: Date;
}

export interface SessionRow {
  readonly id: SessionId;
  readonly purchaseId: PurchaseId;
  readonly poolId: PoolId;
  readonly providerId: ProviderId;
  readonly number: number;
  readonly day: LocalDate;
  readonly state: SessionState;
}

export interface SessionPartRow {
  readonly sessionId: SessionId;
  readonly shareId: ShareId;
  readonly personId: PersonId;
  readonly bookId: BookId;
  readonly reservationId: ReservationId;
  readonly amount: Pence;
}

export interface InvoiceRow {
  readonly id: InvoiceId;
  readonly purchaseId: PurchaseId;
  readonly poolId: PoolId;
  readonly providerId: ProviderId;
  readonly number: string;
  readonly amount: Pence;
  readonly vat: Pence;
  readonly dated: LocalDate;
  readonly state: InvoiceState;
  readonly receivedAt: Date;
}

export interface InvoicePartRow {
  readonly shareId: ShareId;
  readonly personId: PersonId;
  readonly bookId: BookId;
  readonly amount: Pence;
  readonly vat: Pence;
  readonly paymentId: PaymentId;
}

const QUOTE = `id, pool_id as "poolId", provider_id as "providerId", service, price_pence as price, sessions, terms, state`;
const PURCHASE = `id, pool_id as "poolId", quote_id as "quoteId", provider_id as "providerId", service, price_pence as price, state, committed_at as "committedAt"`;
const SESSION = `id, purchase_id as "purchaseId", pool_id as "poolId", provider_id as "providerId", number, day, state`;
const INVOICE = `id, purchase_id as "purchaseId", pool_id as "poolId", provider_id as "providerId", number, amount_pence as amount, vat_pence as vat, dated, state, received_at as "receivedAt"`;

/** Found in the transaction's scope, or 404. */
async function one<Row>(tx: Tx, what: string, sql: string, id: string): Promise<Row> {
  const row = await tx.row<Row>(sql, [id]);
  if (!row) throw notFound(what);
  return row;
}

export const findQuote = (tx: Tx, id: QuoteId): Promise<QuoteRow> => one(tx, 'The quote', `select ${QUOTE} from quote where id = $1`, id);
export const lockQuote = (tx: Tx, id: QuoteId): Promise<QuoteRow> => one(tx, 'The quote', `select ${QUOTE} from quote where id = $1 for update`, id);
export const quotesOf = (tx: Tx, pool: PoolId): Promise<QuoteRow[]> =>
  tx.rows(`select ${QUOTE} from quote where pool_id = $1 order by id desc limit 100`, [pool]);
export const findPurchase = (tx: Tx, id: PurchaseId): Promise<PurchaseRow> => one(tx, 'The purchase', `select ${PURCHASE} from purchase where id = $1`, id);
export const purchasesOf = (tx: Tx, pool: PoolId): Promise<PurchaseRow[]> =>
  tx.rows(`select ${PURCHASE} from purchase where pool_id = $1 order by id desc limit 100`, [pool]);
export const findSession = (tx: Tx, id: SessionId): Promise<SessionRow> => one(tx, 'The session', `select ${SESSION} from purchase_session where id = $1`, id);
export const lockSession = (tx: Tx, id: SessionId): Promise<SessionRow> =>
  one(tx, 'The session', `select ${SESSION} from purchase_session where id = $1 for update`, id);
export const findInvoice = (tx: Tx, id: InvoiceId): Promise<InvoiceRow> => one(tx, 'The invoice', `select ${INVOICE} from invoice where id = $1`, id);
export const invoicesOf = (tx: Tx, purchase: PurchaseId): Promise<InvoiceRow[]> =>
  tx.rows(`select ${INVOICE} from invoice where purchase_id = $1 order by id`, [purchase]);

export const sessionsOf = (tx: Tx, purchase: PurchaseId): Promise<SessionRow[]> =>
  tx.rows(`select ${SESSION} from purchase_session where purchase_id = $1 order by number`, [purchase]);

/** What was set aside for sessions, by join order of the shares, then their id, then the session's day. */
export const partsOfSessions = (tx: Tx, sessions: readonly SessionId[]): Promise<SessionPartRow[]> =>
  tx.rows(
    `select p.session_id as "sessionId", p.share_id as "shareId", p.person_id as "personId", p.book_id as "bookId", p.reservation_id as "reservationId", p.amount_pence as amount
     from session_part p join purchase_session s on s.id = p.session_id join pool_share h on h.id = p.share_id
     where p.session_id = any($1) order by h.join_order, h.id, s.number`,
    [sessions],
  );

export const partsOfInvoice = (tx: Tx, invoice: InvoiceId): Promise<InvoicePartRow[]> =>
  tx.rows(
    `select p.share_id as "shareId", p.person_id as "personId", p.book_id as "bookId", p.amount_pence as amount, p.vat_pence as vat, p.payment_id as "paymentId"
     from invoice_part p join pool_share h on h.id = p.share_id where p.invoice_id = $1 order by h.join_order, h.id`,
    [invoice],
  );

export const whoChose = async (tx: Tx, quote: QuoteId): Promise<PersonId[]> =>
  (await tx.rows<{ person: PersonId }>('select person_id as person from quote_choice where quote_id = $1', [quote])).map((row) => row.person);

export interface PurchaseHistory {
  readonly poolId: PoolId;
  readonly providerId: ProviderId;
  readonly noun: 'quote' | 'purchase' | 'session' | 'invoice';
  readonly nounId: string;
  readonly action: string;
  readonly from?: string | null;
  readonly to: string;
}

export async function writeHistory(tx: Tx, actor: Actor, row: PurchaseHistory): Promise<void> {
  await tx.run(
    'insert into purchase_history (id, pool_id, provider_id, noun, noun_id, action, from_state, to_state, actor, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [newId(), row.poolId, row.providerId, row.noun, row.nounId, row.action, row.from ?? null, row.to, actor.id, tx.now],
  );
}
