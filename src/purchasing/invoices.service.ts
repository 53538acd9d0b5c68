import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, BookId, PaymentId, PersonId, PoolId } from '../kernel/index.js';
import { conflict, dayOf, newId, notFound, penceAsNumber, refused, statesAllowing, sumPence, systemActor } from '../kernel/index.js';
import { Ledger, LedgerQueries } from '../ledger/index.js';
import { Payments } from '../payments/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { FunderShareQueries, lockPool, PoolQueries, shareFreed, ShareMoves } from '../pools/index.js';
import type { PoolShare } from '../pools/index.js';
import type { SendInvoice } from './purchase.dto.js';
import { invoiceEntries, ownerOfAccount } from './purchase.entries.js';
import type { InvoiceAction } from './purchase.lifecycle.js';
import { INVOICE, SESSION } from './purchase.lifecycle.js';
import type { InvoiceDecision, OpenPart } from './purchase.rules.js';
import { decideInvoice, numberKey } from './purchase.rules.js';
import type { InvoiceId, PurchaseId, PurchaseRow, SessionId, SessionRow } from './purchase.rows.js';
import { findInvoice, findPurchase, openPartsOf, partsOfSessions, sessionsOf, writeHistory } from './purchase.rows.js';
import { Purchases } from './purchases.service.js';

export interface InvoiceSplit {
  readonly invoiceId: InvoiceId;
  readonly state: 'split';
  readonly amountPence: number;
  /** How many books pay, and so how many payments there are. */
  readonly payments: number;
}

/** A provider's invoice: checked, split to the penny over the members' shares, and turned into one payment a book. */
@Injectable()
export class Invoices {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly payments: Payments,
    private readonly pools: PoolQueries,
    private readonly funders: FunderShareQueries,
    private readonly moves: ShareMoves,
    private readonly purchases: Purchases,
    private readonly audit: Audit,
  ) {}

  /** Takes an invoice for confirmed sessions. Refuses: invoice-twin (the provider sent this number before), session-not-confirmed,
   *  more-than-price, more-than-set-aside, vat-too-large,
   *  money-holder-changing. */
  async receive(actor: Actor, purchaseId: PurchaseId, command: SendInvoice, key?: string): Promise<InvoiceSplit> {
    const seen = await this.database.read(actor, (tx) => findPurchase(tx, purchaseId));
    requireAccess(actor, 'invoice:send', { provider: seen.providerId });
    const scope = await this.scopeOf(seen, command.sessionIds as SessionId[]);
    return this.database.transaction(systemActor('purchasing', scope), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'invoices.receive', input: { purchaseId, ...command } }, async () => {
        await lockPool(tx, seen.poolId);
        if (await this.moves.isOnItsWay(tx, seen.poolId))
          throw refused('money-holder-changing', 'The group’s money is on its way to another money-holder. Send the invoice again in a few days.');
        const invoiceId = await this.keep(tx, actor, seen, command);
        const sessions = (await sessionsOf(tx, purchaseId)).filter((session) => command.sessionIds.includes(session.id));
        if (sessions.length !== command.sessionIds.length) throw notFound('One of the sessions');
        const decision = decideInvoice(
          { sessions, price: seen.price, open: await this.openParts(tx, sessions) },
          { amount: command.amountPence, vat: command.vatPence ?? (0n as SendInvoice['amountPence']), forMembers: command.forMembers },
        );
        const shares = await this.pools.sharesOf(tx, seen.poolId);
        const accounts = [...shares, ...(await this.funders.sharesOf(tx, seen.poolId))].map(({ id, account }) => ({ id, account }));
        const paid = await this.split(tx, actor, seen, invoiceId, command, decision, accounts);
        await this.closeSessions(tx, actor, seen, invoiceId, sessions, decision);
        await this.tell(tx, actor, seen, invoiceId, command, scope, decision, shares);
        return { invoiceId, state: 'split' as const, amountPence: penceAsNumber(command.amountPence), payments: paid };
      }),
    );
  }

  /** A payment of an invoice settled, or came back after it had; the transaction sees the payment's pools. Safe to repeat. */
  async paymentMoved(tx: Tx, actor: Actor, invoiceId: InvoiceId, paymentId: PaymentId, to: 'settled' | 'returned'): Promise<void> {
    const invoice = await findInvoice(tx, invoiceId);
    tx.write('update invoice_part set paid_at = $3 where invoice_id = $1 and payment_id = $2', [invoiceId, paymentId, to === 'settled' ? tx.now : null]);
    const open = await tx.row('select 1 from invoice_part where invoice_id = $1 and paid_at is null limit 1', [invoiceId]);
    const action: InvoiceAction = to === 'settled' ? 'pay' : 'return';
    if ((to === 'settled' && open) || !statesAllowing(INVOICE, action).includes(invoice.state)) return;
    const edge = to === 'settled' ? INVOICE.split.pay : INVOICE.paid.return;
    tx.write('update invoice set state = $2 where id = $1 and state = any($3)', [invoiceId, edge.to, statesAllowing(INVOICE, action)]);
    await writeHistory(tx, actor, {
      poolId: invoice.poolId,
      providerId: invoice.providerId,
      noun: 'invoice',
      nounId: invoiceId,
      action,
      from: invoice.state,
      to: edge.to,
    });
    if (to === 'settled')
      await announce(tx, {
        name: INVOICE.split.pay.event,
        about: { pools: [invoice.poolId], providers: [invoice.providerId] },
        payload: { poolId: invoice.poolId, providerId: invoice.providerId, invoiceId },
      });
  }

  private async scopeOf(
    purchase: PurchaseRow,
    sessions: readonly SessionId[],
  ): Promise<{ pools: PoolId[]; people: PersonId[]; books: BookId[]; providers: PurchaseRow['providerId'][] }> {
    const parts = await this.database.read(systemActor('purchasing', { pools: [purchase.poolId] }), (tx) => partsOfSessions(tx, sessions));
    return {
      pools: [purchase.poolId],
      people: [...new Set(parts.flatMap((part) => part.personId ?? []))],
      books: [...new Set(parts.map((part) => part.bookId))],
      providers: [purchase.providerId],
    };
  }

  /** Writes the invoice once: two at the same moment meet on the unique number, and the later one is refused. */
  private async keep(tx: Tx, actor: Actor, purchase: PurchaseRow, command: SendInvoice): Promise<InvoiceId> {
    const id = newId<'invoice'>();
    const kept = await tx.run(
      `insert into invoice (id, purchase_id, pool_id, provider_id, number, number_key, amount_pence, vat_pence, dated, state, received_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10) on conflict (provider_id, number_key) do nothing`,
      [
        id,
        purchase.id,
        purchase.poolId,
        purchase.providerId,
        command.number,
        numberKey(command.number),
        String(command.amountPence),
        String(command.vatPence ?? 0n),
        command.dated,
        tx.now,
      ],
    );
    if (kept === 0) throw conflict('invoice-twin', 'An invoice with this number was received before. Give a new invoice its own number.');
    await writeHistory(tx, actor, { poolId: purchase.poolId, providerId: purchase.providerId, noun: 'invoice', nounId: id, action: 'receive', to: 'received' });
    return id;
  }

  private async openParts(tx: Tx, sessions: readonly SessionRow[]): Promise<OpenPart[]> {
    const open = await openPartsOf(
      tx,
      this.balances,
      sessions.map((session) => session.id),
    );
    return open.map((part) => ({
      session: part.sessionId,
      share: part.shareId,
      personId: part.personId,
      book: part.bookId,
      reservation: part.reservationId,
      forDay: part.forDay,
      left: part.left,
    }));
  }

  /** Posts the parts from what was set aside, plans one payment a book, and keeps which part is paid by which. */
  private async split(
    tx: Tx,
    actor: Actor,
    purchase: PurchaseRow,
    invoiceId: InvoiceId,
    command: SendInvoice,
    decision: InvoiceDecision,
    shares: readonly Pick<PoolShare, 'id' | 'account'>[],
  ): Promise<number> {
    const byId = new Map(shares.map((share) => [share.id, share]));
    const parts = decision.parts.map((part) => ({ ...part, account: byId.get(part.share)!.account }));
    await this.ledger.record(tx, invoiceEntries({ id: invoiceId, providerId: purchase.providerId, on: dayOf(tx.now) }, parts));
    const owed = parts.filter((part) => part.amount > 0n);
    const books = [...new Set(owed.map((part) => part.book))];
    for (const book of books) {
      const here = owed.filter((part) => part.book === book);
      const paymentId = await this.payments.planPayOut(tx, actor, {
        book,
        payeeSubject: purchase.providerId,
        amount: sumPence(here.map((part) => part.amount)),
        reference: command.number,
        purpose: { noun: 'invoice', id: invoiceId },
        parts: here.map((part) => ({
          owner: ownerOfAccount(part.account),
          amount: part.amount,
          place: shares.findIndex((share) => share.id === part.share),
        })),
      });
      for (const part of here)
        tx.write(
          'insert into invoice_part (invoice_id, share_id, pool_id, person_id, book_id, amount_pence, vat_pence, payment_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
          [invoiceId, part.share, purchase.poolId, part.personId, part.book, String(part.amount), String(part.vat), paymentId],
        );
    }
    const edge = INVOICE.received.split;
    tx.write('update invoice set state = $2 where id = $1 and state = any($3)', [invoiceId, edge.to, statesAllowing(INVOICE, 'split')]);
    await writeHistory(tx, actor, {
      poolId: purchase.poolId,
      providerId: purchase.providerId,
      noun: 'invoice',
      nounId: invoiceId,
      action: 'split',
      from: 'received',
      to: edge.to,
    });
    return books.length;
  }

  private async closeSessions(
    tx: Tx,
    actor: Actor,
    purchase: PurchaseRow,
    invoiceId: InvoiceId,
    sessions: readonly SessionRow[],
    decision: InvoiceDecision,
  ): Promise<void> {
    for (const session of sessions) {
      tx.write('insert into invoice_session (invoice_id, session_id) values ($1, $2)', [invoiceId, session.id]);
      if (!decision.done.includes(session.id)) continue;
      const edge = SESSION.confirmed.invoice;
      const moved = await tx.run('update purchase_session set state = $2 where id = $1 and state = any($3)', [
        session.id,
        edge.to,
        statesAllowing(SESSION, 'invoice'),
      ]);
      if (moved === 0) throw refused('session-not-confirmed', 'A session was disputed or invoiced just now.');
      await writeHistory(tx, actor, {
        poolId: purchase.poolId,
        providerId: purchase.providerId,
        noun: 'session',
        nounId: session.id,
        action: 'invoice',
        from: session.state,
        to: edge.to,
      });
    }
    await this.purchases.completeIfDone(tx, actor, purchase);
  }

  private async tell(
    tx: Tx,
    actor: Actor,
    purchase: PurchaseRow,
    invoiceId: InvoiceId,
    command: SendInvoice,
    scope: { pools: PoolId[]; people: PersonId[]; books: BookId[] },
    decision: InvoiceDecision,
    shares: readonly PoolShare[],
  ): Promise<void> {
    const { poolId, providerId } = purchase;
    const about = { ...scope, providers: [providerId] };
    const payload = { poolId, providerId, purchaseId: purchase.id, invoiceId, amountPence: penceAsNumber(command.amountPence) };
    await announce(tx, { name: 'invoiceReceived', about, payload });
    await announce(tx, { name: INVOICE.received.split.event, about, payload });
    const leavers = decision.parts
      .filter((part) => part.freed.length > 0)
      .flatMap((part) => shares.find((share) => share.id === part.share) ?? [])
      .filter((share) => share.memberState === 'left');
    for (const share of leavers) await announce(tx, shareFreed(share));
    await this.audit.record(tx, actor, {
      action: 'invoice:send',
      noun: 'invoice',
      nounId: invoiceId,
      pool: poolId,
      facts: { amountPence: payload.amountPence, number: command.number },
    });
  }
}
