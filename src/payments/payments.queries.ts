import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess, seesNames } from '../identity/index.js';
import type { Actor, BookId, LocalDate, PaymentId, Pence, PersonId, ProviderId } from '../kernel/index.js';
import { dayOf, notFound, spokenReference } from '../kernel/index.js';
import type { Owner } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { PayIns } from './pay-ins.service.js';
import type { PaymentState } from './payment.lifecycle.js';
import { loadPayments, PAYMENT_COLUMNS } from './payment.store.js';
import type { Channel, Payment, PaymentFileId, PaymentRecord, RemittanceId } from './payment.types.js';
import { wordsOfState } from './payment.words.js';
import type { NextOwner } from './payment.words.js';
import type { RemittanceRecord } from './remittances.service.js';
import { Remittances } from './remittances.service.js';

/** A payment as a list shows it. */
export interface PaymentSummary {
  readonly id: PaymentId;
  readonly book: BookId;
  readonly direction: 'out' | 'in';
  readonly reference: string;
  readonly state: PaymentState;
  /** The state in plain words. */
  readonly words: string;
  /** Why it is held, failed, came back or is not known. */
  readonly reason: string | null;
  /** Who has to act next, and by when. */
  readonly owner: NextOwner;
  readonly nextOn: LocalDate | null;
  readonly amount: Pence;
  readonly channel: Channel | null;
  readonly purpose: { readonly noun: string; readonly id: string };
  readonly payeeName: string | null;
  readonly dueOn: LocalDate;
}

export interface PaymentStep {
  readonly at: Date;
  readonly from: PaymentState | null;
  readonly to: PaymentState;
  readonly action: string;
  readonly actor: string;
  readonly reason: string | null;
}

/** A payment's whole life. */
export interface PaymentView extends PaymentSummary {
  readonly parts: readonly { readonly owner: Owner; readonly amount: Pence; readonly refunded: Pence }[];
  readonly history: readonly PaymentStep[];
  readonly preparedBy: string | null;
  readonly approvedBy: string | null;
  readonly fileId: PaymentFileId | null;
  readonly attempt: number;
}

type SummaryRow = PaymentRecord & { payeeName: string | null };

@Injectable()
export class PaymentQueries {
  constructor(
    private readonly database: Database,
    private readonly payIns: PayIns,
    private readonly remittances: Remittances,
    private readonly audit: Audit,
  ) {}

  /** A payment's whole life, for those who may see it: the book's officers, the people whose money it is, the provider it is for. Others
   *  looking at a person's money is written down. */
  async payment(actor: Actor, id: PaymentId): Promise<PaymentView> {
    return this.database.transaction(actor, async (tx) => {
      const [payment] = await loadPayments(tx, [id], 'look');
      if (!payment) throw notFound('This payment');
      for (const { owner } of payment.parts) {
        // Without a line it is a funder's money, and no person's.
        if (owner.subject && owner.line)
          await this.audit.viewed(tx, actor, { about: owner.subject as PersonId, noun: 'payment', nounId: id, why: 'payment:read' });
      }
      const view = await this.viewOf(tx, payment);
      return seesNames(actor, payment.book) ? view : { ...view, payeeName: opaque(view, payment.payeeSubject) };
    });
  }

  /** Payments of a book, newest first; `before` is the id of the last one shown. */
  async ofBook(
    actor: Actor,
    book: BookId,
    page: { states?: readonly PaymentState[] | undefined; before?: string | undefined; limit: number },
  ): Promise<{ items: PaymentSummary[]; next: string | null }> {
    requireAccess(actor, 'payment:read', { book });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<SummaryRow>(
        `select ${PAYMENT_COLUMNS}, y.name as "payeeName" from payment p left join payee y on y.id = p.payee_id
       where p.book_id = $1 and ($2::text[] is null or p.state = any($2)) and ($3::uuid is null or p.id < $3) order by p.id desc limit $4`,
        [book, page.states ?? null, page.before ?? null, page.limit],
      ),
    );
    const shown = seesNames(actor, book) ? rows : rows.map((row) => ({ ...row, payeeName: opaque(row, row.payeeSubject) }));
    return { items: shown.map(summaryOf), next: rows.length === page.limit ? rows.at(-1)!.id : null };
  }

  /** What books pay to a provider, newest first, for its staff: without whose money it is. */
  async toProvider(
    actor: Actor,
    provider: ProviderId,
    page: { before?: string | undefined; limit: number },
  ): Promise<{ items: PaymentSummary[]; next: string | null }> {
    requireAccess(actor, 'payment:follow', { provider });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<PaymentRecord>(
        `select ${PAYMENT_COLUMNS} from payment p where p.payee_subject_id = $1 and p.direction = 'out' and ($2::uuid is null or p.id < $2) order by p.id desc limit $3`,
        [provider, page.before ?? null, page.limit],
      ),
    );
    return { items: rows.map((row) => summaryOf({ ...row, payeeName: null })), next: rows.length === page.limit ? rows.at(-1)!.id : null };
  }

  /** Every payment for one purpose (an invoice over three books is three payments), the oldest first. The scope decides which are seen. */
  async ofPurpose(tx: Tx, purposeId: string): Promise<PaymentSummary[]> {
    const rows = await tx.rows<SummaryRow>(
      `select ${PAYMENT_COLUMNS}, y.name as "payeeName" from payment p left join payee y on y.id = p.payee_id where p.purpose_id = $1 order by p.id limit 100`,
      [purposeId],
    );
    return rows.map(summaryOf);
  }

  /** The states payments went through and when, the oldest first, inside the caller's transaction: for pages that say where money is. */
  async stepsOf(tx: Tx, ids: readonly PaymentId[]): Promise<{ payment: PaymentId; to: PaymentState; at: Date }[]> {
    return tx.rows('select payment_id as payment, to_state as "to", at from payment_history where payment_id = any($1) order by id limit 2000', [ids]);
  }

  /** Payments by id, in id order, inside the caller's transaction. The scope decides which are seen. */
  async summariesOf(tx: Tx, ids: readonly PaymentId[]): Promise<PaymentSummary[]> {
    const rows = await tx.rows<SummaryRow>(
      `select ${PAYMENT_COLUMNS}, y.name as "payeeName" from payment p left join payee y on y.id = p.payee_id where p.id = any($1) order by p.id`,
      [ids],
    );
    return rows.map(summaryOf);
  }

  /** The pay-outs of a book that are planned or held and due by a day, but for `except`; locked, the earliest due first. For pay runs. */
  async dueBy(tx: Tx, book: BookId, ask: { day: LocalDate; except: readonly PaymentId[]; limit: number }): Promise<PaymentSummary[]> {
    const rows = await tx.rows<PaymentRecord>(
      `select ${PAYMENT_COLUMNS} from payment p where p.book_id = $1 and p.direction = 'out' and p.state in ('planned', 'held') and p.due_on <= $2 and p.id <> all($3::uuid[])
       order by p.due_on, p.id limit $4 for update`,
      [book, ask.day, ask.except, ask.limit],
    );
    return rows.map((row) => summaryOf({ ...row, payeeName: null }));
  }

  /** Where to pay a remittance by card or Direct Debit: the address of Stripe's page. */
  async payInAddress(actor: Actor, remittance: RemittanceId, returnPath = '/'): Promise<string> {
    return this.payIns.address(actor, await this.payIns.ofRemittance(actor, remittance), returnPath);
  }

  /** A remittance, for those who may see either side. */
  async remittance(actor: Actor, id: RemittanceId): Promise<RemittanceRecord> {
    const found = await this.database.read(actor, (tx) => this.remittances.find(tx, id));
    if (!found) throw notFound('This remittance');
    return found;
  }

  /** For the rooms above: what came back of these payments, part by part, in a transaction that sees their pool or book. */
  async refundedParts(tx: Tx, payments: readonly PaymentId[]): Promise<{ readonly owner: Owner; readonly refunded: Pence }[]> {
    return (await loadPayments(tx, payments, 'look')).flatMap((payment) => payment.parts.filter((part) => part.refunded > 0n));
  }

  private async viewOf(tx: Tx, payment: Payment): Promise<PaymentView> {
    const payee = payment.payee && (await tx.row<{ name: string }>('select name from payee where id = $1', [payment.payee]));
    const history = await tx.rows<PaymentStep>(
      `select at, from_state as "from", to_state as "to", action, actor, reason from payment_history where payment_id = $1 order by id limit 200`,
      [payment.id],
    );
    return {
      ...summaryOf({ ...payment, payeeName: payee ? payee.name : null }),
      parts: payment.parts.map(({ owner, amount, refunded }) => ({ owner, amount, refunded })),
      history,
      preparedBy: payment.preparedBy,
      approvedBy: payment.approvedBy,
      fileId: payment.fileId,
      attempt: payment.attempt,
    };
  }
}

/** Whom a payment goes to, for who may not read names: the same payee has the same reference. */
const opaque = (payment: { payeeName: string | null }, subject: string | null): string | null =>
  payment.payeeName === null || subject === null ? null : spokenReference('PRO', subject);

function summaryOf(row: SummaryRow): PaymentSummary {
  const { words, owner, nextOn } = wordsOfState(row.state, dayOf(row.changedAt));
  return {
    id: row.id,
    book: row.book,
    direction: row.direction,
    reference: row.reference,
    state: row.state,
    words,
    reason: row.reason,
    owner,
    nextOn,
    amount: row.amount,
    channel: row.channel,
    purpose: { noun: row.purposeNoun, id: row.purposeId },
    payeeName: row.payeeName,
    dueOn: row.dueOn,
  };
}
