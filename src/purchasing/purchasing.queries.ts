import { Injectable } from '@nestjs/common';
import { can, requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, Pence, PersonId, PoolId, ProviderId } from '../kernel/index.js';
import { notFound, sumPence, systemActor } from '../kernel/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { goesOnInFreeze, membersNow, PoolQueries, waitsFor } from '../pools/index.js';
import type { ChoiceWait, SignedPaper, SpendKind } from '../pools/index.js';
import { papersOf } from './papers/quote-paper.rows.js';
import type { InvoiceState, PurchaseState, QuoteState, SessionState } from './purchase.lifecycle.js';
import type { InvoiceId, InvoiceRow, PurchaseId, PurchaseRow, QuoteId, QuoteRow, SessionId } from './purchase.rows.js';
import {
  answersTo,
  boughtBefore,
  findInvoice,
  findPurchase,
  invoicesOf,
  openPartsOf,
  partsOfInvoice,
  partsOfSessions,
  purchasesOf,
  quotesOf,
  sessionsOf,
  wholeOf,
} from './purchase.rows.js';

export interface QuoteView {
  readonly id: QuoteId;
  readonly poolId: PoolId;
  readonly providerId: ProviderId;
  readonly service: string;
  readonly price: Pence;
  readonly sessions: number;
  readonly whole: Pence;
  readonly terms: string;
  readonly kind: SpendKind;
  /** It may be chosen and bought while the pool is stopped. */
  readonly goesOnInFreeze: boolean;
  readonly state: QuoteState;
  /** First names of the members who said yes; the provider sees none. */
  readonly chosenBy: readonly string[];
  readonly iChose: boolean;
  /** The signed sheet from which the reader's own answer was typed in; null without one. */
  readonly onPaper: SignedPaper | null;
  /** How many could not live with it; nobody's name. */
  readonly objections: number;
  readonly iObjected: boolean;
  /** What it still waits for to be chosen; null when it is chosen or gone, and for the provider. */
  readonly waitsFor: ChoiceWait | null;
  readonly setsUp: boolean;
}

export interface SessionView {
  readonly id: SessionId;
  readonly number: number;
  readonly day: LocalDate;
  readonly state: SessionState;
  /** What was set aside for it, and what still is. */
  readonly setAside: Pence;
  readonly left: Pence;
  /** The reader's own part; null when they have none. */
  readonly mine: Pence | null;
}

export interface InvoiceView {
  readonly id: InvoiceId;
  readonly purchaseId: PurchaseId;
  readonly number: string;
  readonly amount: Pence;
  readonly vat: Pence;
  readonly dated: LocalDate;
  readonly state: InvoiceState;
  readonly receivedAt: string;
  /** The reader's own part; null for who has none. */
  readonly mine: Pence | null;
  /** All parts, without names and largest first: whoever reads it can check the split by adding up. */
  readonly parts: readonly Pence[];
}

export interface PurchaseView {
  readonly id: PurchaseId;
  readonly poolId: PoolId;
  readonly providerId: ProviderId;
  readonly service: string;
  readonly price: Pence;
  readonly state: PurchaseState;
  readonly committedAt: string;
  readonly sessions: readonly SessionView[];
  readonly invoices: readonly InvoiceView[];
}

@Injectable()
export class PurchasingQueries {
  constructor(
    private readonly database: Database,
    private readonly pools: PoolQueries,
    private readonly ledger: LedgerQueries,
  ) {}

  /** The quotes of a pool, newest first: for its members and broker; a provider sees its own. */
  async quotes(actor: Actor, poolId: PoolId): Promise<QuoteView[]> {
    const insider = can(actor, 'quote:read', { pool: poolId });
    if (insider)
      return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => this.quoteViews(tx, actor, poolId, await quotesOf(tx, poolId)));
    const own = await this.database.read(actor, (tx) => quotesOf(tx, poolId));
    if (own.length === 0) throw notFound('The pool');
    return own.map((quote) => ({
      ...quote,
      whole: wholeOf(quote),
      chosenBy: [],
      iChose: false,
      onPaper: null,
      objections: 0,
      iObjected: false,
      waitsFor: null,
      goesOnInFreeze: false,
    }));
  }

  /** What a pool has bought and is buying, newest first, with sessions and invoices. */
  async purchases(actor: Actor, poolId: PoolId): Promise<PurchaseView[]> {
    requireAccess(actor, 'purchase:read', { pool: poolId });
    return this.database.read(systemActor('purchasing', { pools: [poolId] }), async (tx) => {
      const views: PurchaseView[] = [];
      for (const purchase of await purchasesOf(tx, poolId)) views.push(await this.purchaseView(tx, actor, purchase));
      return views;
    });
  }

  /** One purchase: for the pool's members and broker, and for its provider. */
  async purchase(actor: Actor, id: PurchaseId): Promise<PurchaseView> {
    const seen = await this.database.read(actor, (tx) => findPurchase(tx, id));
    if (!can(actor, 'purchase:read', { pool: seen.poolId })) requireAccess(actor, 'invoice:read', { provider: seen.providerId });
    return this.database.read(systemActor('purchasing', { pools: [seen.poolId], providers: [seen.providerId] }), (tx) => this.purchaseView(tx, actor, seen));
  }

  /** The purchases of a provider, newest first: for its own staff. */
  async purchasesOfProvider(actor: Actor, providerId: ProviderId): Promise<PurchaseView[]> {
    requireAccess(actor, 'invoice:read', { provider: providerId });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<{ id: PurchaseId }>('select id from purchase where provider_id = $1 order by id desc limit 100', [providerId]),
    );
    const views: PurchaseView[] = [];
    for (const { id } of rows) views.push(await this.purchase(actor, id));
    return views;
  }

  /** One invoice with its split. */
  async invoice(actor: Actor, id: InvoiceId): Promise<InvoiceView> {
    const seen = await this.database.read(actor, (tx) => findInvoice(tx, id));
    if (!can(actor, 'purchase:read', { pool: seen.poolId })) requireAccess(actor, 'invoice:read', { provider: seen.providerId });
    return this.database.read(systemActor('purchasing', { pools: [seen.poolId], providers: [seen.providerId] }), (tx) => this.invoiceView(tx, actor, seen));
  }

  private async quoteViews(tx: Tx, actor: Actor, poolId: PoolId, quotes: readonly QuoteRow[]): Promise<QuoteView[]> {
    const members = await this.pools.membersOf(tx, poolId);
    const names = new Map(members.map((member) => [member.personId, member.firstName]));
    const now = membersNow(members);
    const agreement = await this.pools.agreementInForce(tx, poolId);
    const bought = await boughtBefore(tx, poolId);
    const said = await answersTo(
      tx,
      quotes.map((quote) => quote.id),
    );
    const papers = await papersOf(tx, poolId, actor.id as PersonId);
    return quotes.map((quote) => {
      const { yes, objected } = said(quote.id);
      const stopping = objected.filter((person) => now.includes(person));
      const whole = wholeOf(quote);
      return {
        ...quote,
        whole,
        chosenBy: yes.map((person) => names.get(person) ?? 'Somebody'),
        iChose: yes.includes(actor.id as PersonId),
        onPaper: papers.get(quote.id) ?? null,
        objections: stopping.length,
        iObjected: stopping.includes(actor.id as PersonId),
        goesOnInFreeze: goesOnInFreeze(quote.kind, bought.has(`${quote.providerId} ${quote.kind}`)),
        waitsFor: (quote.state === 'offered' && agreement && waitsFor(agreement.terms, { members: now, yes, objected, whole })) || null,
      };
    });
  }

  private async purchaseView(tx: Tx, actor: Actor, purchase: PurchaseRow): Promise<PurchaseView> {
    const invoices: InvoiceView[] = [];
    for (const invoice of await invoicesOf(tx, purchase.id)) invoices.push(await this.invoiceView(tx, actor, invoice));
    const { id, poolId, providerId, service, price, state } = purchase;
    return {
      id,
      poolId,
      providerId,
      service,
      price,
      state,
      committedAt: purchase.committedAt.toISOString(),
      sessions: await this.sessionViews(tx, actor, id),
      invoices,
    };
  }

  private async sessionViews(tx: Tx, actor: Actor, purchase: PurchaseId): Promise<SessionView[]> {
    const sessions = await sessionsOf(tx, purchase);
    const ids = sessions.map((session) => session.id);
    const parts = await partsOfSessions(tx, ids);
    const open = await openPartsOf(tx, this.ledger, ids);
    return sessions.map((session) => {
      const here = parts.filter((part) => part.sessionId === session.id);
      const mine = here.filter((part) => part.personId === actor.id && (part.isFirst || part.absenceId !== null));
      return {
        id: session.id,
        number: session.number,
        day: session.day,
        state: session.state,
        setAside: sumPence(here.filter((part) => part.isFirst).map((part) => part.amount)),
        left: sumPence(open.filter((each) => each.sessionId === session.id).map((each) => each.left)),
        mine: mine.length > 0 ? sumPence(mine.map((part) => part.amount)) : null,
      };
    });
  }

  private async invoiceView(tx: Tx, actor: Actor, invoice: InvoiceRow): Promise<InvoiceView> {
    const parts = await partsOfInvoice(tx, invoice.id);
    const mine = parts.filter((part) => part.personId === actor.id);
    const { id, purchaseId, number, amount, vat, dated, state } = invoice;
    const sizes = parts.map((part) => part.amount).sort((a, b) => (a === b ? 0 : a > b ? -1 : 1));
    return {
      id,
      purchaseId,
      number,
      amount,
      vat,
      dated,
      state,
      receivedAt: invoice.receivedAt.toISOString(),
      mine: mine.length > 0 ? sumPence(mine.map((part) => part.amount)) : null,
      parts: can(actor, 'purchase:read', { pool: invoice.poolId }) ? sizes : [],
    };
  }
}
