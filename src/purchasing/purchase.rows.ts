import type { Actor, BookId, Id, LocalDate, PaymentId, Pence, PersonId, PoolId, ProviderId, ReservationId } from '../kernel/index.js';
import { newId, notFound } from '../kernel/index.js';
import type { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import type { QuoteChoice, ShareId, SpendKind } from '../pools/index.js';
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
  /** What it buys sets the group up. */
  readonly setsUp: boolean;
  readonly kind: SpendKind;
  readonly state: QuoteState;
}

export interface PurchaseRow {
  readonly id: PurchaseId;
  readonly poolId: PoolId;
  readonly quoteId: QuoteId;
  readonly providerId: ProviderId;
  readonly service: string;
  readonly price: Pence;
  readonly kind: SpendKind;
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
  /** Null for a funder's share. */
  readonly personId: PersonId | null;
  readonly bookId: BookId;
  readonly reservationId: ReservationId;
  readonly amount: Pence;
  /** The absence for which it was taken over; null for what was set aside for the member's own place. */
  readonly absenceId: string | null;
  /** Whether it was set aside when the session was committed: these parts make its price. */
  readonly isFirst: boolean;
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
  readonly personId: PersonId | null;
  readonly bookId: BookId;
  readonly amount: Pence;
  readonly vat: Pence;
  readonly paymentId: PaymentId;
}

const QUOTE = `id, pool_id as "poolId", provider_id as "providerId", service, price_pence as price, sessions, terms, sets_up as "setsUp", kind, state`;
const PURCHASE = `id, pool_id as "poolId", quote_id as "quoteId", provider_id as "providerId", service, price_pence as price, kind, state, committed_at as "committedAt"`;
const SESSION = `id, purchase_id as "purchaseId", pool_id as "poolId", provider_id as "providerId", number, day, state`;
const INVOICE = `id, purchase_id as "purchaseId", pool_id as "poolId", provider_id as "providerId", number, amount_pence as amount, vat_pence as vat, dated, state, received_at as "receivedAt"`;

/** Found in the transaction's scope, or 404. */
async function one<Row>(tx: Tx, what: string, sql: string, id: string): Promise<Row> {
  const row = await tx.row<Row>(sql, [id]);
  if (!row) throw notFound(what);
  return row;
}

/** The price of all its sessions. */
export const wholeOf = (quote: Pick<QuoteRow, 'price' | 'sessions'>): Pence => (quote.price * BigInt(quote.sessions)) as Pence;

export const findQuote = (tx: Tx, id: QuoteId): Promise<QuoteRow> => one(tx, 'The quote', `select ${QUOTE} from quote where id = $1`, id);
/** Whether the group bought this from this provider before, of the same kind: then a quote renews it. */
export const isRenewal = async (tx: Tx, quote: Pick<QuoteRow, 'poolId' | 'providerId' | 'kind'>): Promise<boolean> =>
  (await tx.row('select 1 from purchase where pool_id = $1 and provider_id = $2 and kind = $3 limit 1', [quote.poolId, quote.providerId, quote.kind])) !==
  undefined;
/** What the group has bought, as provider and kind. */
export const boughtBefore = async (tx: Tx, pool: PoolId): Promise<ReadonlySet<string>> =>
  new Set(
    (await tx.rows<{ name: string }>(`select distinct provider_id || ' ' || kind as name from purchase where pool_id = $1`, [pool])).map((row) => row.name),
  );
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

/** Sessions of a pool between two days, both counted, that are not invoiced, with what they are; by day, `most` of them. */
export const sessionsBetween = (
  tx: Tx,
  pool: PoolId,
  { from, until, most }: { readonly from: LocalDate; readonly until: LocalDate; readonly most: number },
): Promise<(SessionRow & { readonly service: string })[]> =>
  tx.rows(
    `select s.id, s.purchase_id as "purchaseId", s.pool_id as "poolId", s.provider_id as "providerId", s.number, s.day, s.state, p.service
     from purchase_session s join purchase p on p.id = s.purchase_id where s.pool_id = $1 and s.day between $2 and $3 and s.state <> 'invoiced' order by s.day, s.id limit $4`,
    [pool, from, until, most],
  );

/** What was set aside for sessions, when they were committed or later: members' by join order of the shares, then their id, then the session's
 *  day; funders' after them. */
export const partsOfSessions = (tx: Tx, sessions: readonly SessionId[]): Promise<SessionPartRow[]> =>
  tx.rows(
    `with part as (
       select session_id, share_id, person_id, book_id, reservation_id, amount_pence, null::uuid as absence_id, true as is_first from session_part where session_id = any($1)
       union all
       select session_id, share_id, person_id, book_id, reservation_id, amount_pence, case because when 'absence' then because_id end, false
       from session_part_later where session_id = any($1)
     ) select p.session_id as "sessionId", p.share_id as "shareId", p.person_id as "personId", p.book_id as "bookId", p.reservation_id as "reservationId",
         p.amount_pence as amount, p.absence_id as "absenceId", p.is_first as "isFirst"
     from part p join purchase_session s on s.id = p.session_id join pool_share h on h.id = p.share_id
     order by (p.person_id is null), h.join_order, h.id, s.number, p.reservation_id`,
    [sessions],
  );

/** The parts of sessions of which something is still set aside, with how much. */
export async function openPartsOf(
  tx: Tx,
  ledger: LedgerQueries,
  sessions: readonly SessionId[],
): Promise<(SessionPartRow & { left: Pence; forDay: LocalDate; endsOn: LocalDate })[]> {
  const parts = await partsOfSessions(tx, sessions);
  const purposes = [...sessions, ...parts.flatMap((part) => part.absenceId ?? [])];
  const open = new Map((await ledger.openReservations(tx, { purposes })).map((each) => [each.id, each]));
  return parts.flatMap((part) => {
    const reservation = open.get(part.reservationId);
    return reservation ? [{ ...part, left: reservation.left, forDay: reservation.forDay, endsOn: reservation.endsOn }] : [];
  });
}

/** Keeps that more was set aside for sessions after they were committed. */
export async function keepLaterParts(
  tx: Tx,
  pool: PoolId,
  because: { why: 'absence' | 'money-holder'; id: string },
  parts: readonly { session: string; share: ShareId; personId: PersonId | null; book: BookId; reservation: ReservationId; amount: Pence }[],
): Promise<void> {
  tx.write(
    `insert into session_part_later (reservation_id, session_id, share_id, pool_id, person_id, book_id, amount_pence, because, because_id)
     select p.reservation, p.session, p.share, $1, p.person, p.book, p.amount, $2, $3
     from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::bigint[]) as p(reservation, session, share, person, book, amount)`,
    [
      pool,
      because.why,
      because.id,
      parts.map((part) => part.reservation),
      parts.map((part) => part.session),
      parts.map((part) => part.share),
      parts.map((part) => part.personId),
      parts.map((part) => part.book),
      parts.map((part) => String(part.amount)),
    ],
  );
}

export const partsOfInvoice = (tx: Tx, invoice: InvoiceId): Promise<InvoicePartRow[]> =>
  tx.rows(
    `select p.share_id as "shareId", p.person_id as "personId", p.book_id as "bookId", p.amount_pence as amount, p.vat_pence as vat, p.payment_id as "paymentId"
     from invoice_part p join pool_share h on h.id = p.share_id where p.invoice_id = $1 order by (p.person_id is null), h.join_order, h.id`,
    [invoice],
  );

export interface QuoteAnswers {
  readonly yes: readonly PersonId[];
  readonly objected: readonly PersonId[];
}

/** What members said to each of these quotes. */
export async function answersTo(tx: Tx, quotes: readonly QuoteId[]): Promise<(quote: QuoteId) => QuoteAnswers> {
  const rows = await tx.rows<{ quote: QuoteId; person: PersonId; choice: QuoteChoice }>(
    'select quote_id as quote, person_id as person, choice from quote_choice where quote_id = any($1) order by at, person_id',
    [quotes],
  );
  const said = (quote: QuoteId, choice: QuoteChoice): PersonId[] => rows.filter((row) => row.quote === quote && row.choice === choice).map((row) => row.person);
  return (quote) => ({ yes: said(quote, 'yes'), objected: said(quote, 'object') });
}

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
  tx.write(
    'insert into purchase_history (id, pool_id, provider_id, noun, noun_id, action, from_state, to_state, actor, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    [newId(), row.poolId, row.providerId, row.noun, row.nounId, row.action, row.from ?? null, row.to, actor.id, tx.now],
  );
}
