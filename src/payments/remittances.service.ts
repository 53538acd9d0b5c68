import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor, BookId, Id, LocalDate, PaymentId, Pence, ReservationId } from '../kernel/index.js';
import { conflict, dayOf, invalid, invariant, newId, notFound, penceAsNumber, refused } from '../kernel/index.js';
import type { AccountKey, Owner } from '../ledger/index.js';
import { Books, Ledger } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { announce } from '../platform/index.js';
import { PayIns } from './pay-ins.service.js';
import { PayOuts } from './pay-outs.service.js';
import { lockPayment, move, ownerFrom } from './payment.store.js';
import type { RemittanceId } from './payment.types.js';
import { Payments } from './payments.service.js';
import { arrivedEntry, cameBackEntry, receivedByBankEntry, sentEntry } from './remittance.entries.js';
import type { RemittanceFacts } from './remittance.entries.js';

export type RemittanceChannel = 'card' | 'bacs-debit' | 'bank' | 'payer-file';

export interface SendRemittance {
  /** A line or share of the sender's book; for a refund on its way to its owner's book, where the money lies. */
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly amount: Pence;
  readonly by: RemittanceChannel;
  /** What was set aside in the sender's account for exactly this; spent by it. */
  readonly reservation?: ReservationId;
}

export interface RemittanceRecord {
  readonly id: RemittanceId;
  readonly fromBook: BookId;
  readonly toBook: BookId;
  readonly from: AccountKey;
  readonly to: AccountKey;
  readonly owner: Owner;
  readonly amount: Pence;
  readonly channel: RemittanceChannel;
  readonly carries: 'contribution' | 'return' | 'refund';
  readonly reference: string;
  readonly state: 'on-the-way' | 'arrived' | 'closed' | 'failed';
  readonly payInId: PaymentId | null;
  readonly payOutId: PaymentId | null;
  readonly sentOn: LocalDate;
  readonly arrivedOn: LocalDate | null;
}

export interface RemittanceAnswer {
  readonly remittanceId: RemittanceId;
  readonly payInId?: PaymentId;
  readonly payOutId?: PaymentId;
}

const COLUMNS = `id, from_book_id as "fromBook", to_book_id as "toBook", from_account as "from", to_account as "to", subject_id as subject, line_id as line, plan_line_id as "planLine",
  pool_id as pool, amount_pence as amount, channel, carries, reference, state, pay_in_id as "payInId", pay_out_id as "payOutId", sent_on as "sentOn", arrived_on as "arrivedOn"`;

type Row = Omit<RemittanceRecord, 'owner'> & { subject: string | null; line: string | null; planLine: string | null; pool: string | null };
const asRecord = ({ subject, line, planLine, pool, ...row }: Row): RemittanceRecord => ({ ...row, owner: ownerFrom({ subject, line, planLine, pool }) });

/** Money going from one book to another: a pay-out of one and a pay-in of the other under one id, each entry inside its own book. */
@Injectable()
export class Remittances {
  constructor(
    private readonly books: Books,
    private readonly ledger: Ledger,
    private readonly payments: Payments,
    private readonly payIns: PayIns,
    private readonly payOuts: PayOuts,
    private readonly audit: Audit,
  ) {}

  /** Takes the money out of the line or share at once; it buys nothing until it arrives. By card or Direct Debit the owner pays in at the
   *  receiver; by bank or payer file a pay-out is planned at the sender. The caller has authorised; the scope names both books.
   *  Refuses: same-book, channel-does-not-fit, not-enough-free. */
  async send(tx: Tx, actor: Actor, command: SendRemittance): Promise<RemittanceAnswer> {
    const { from, to, amount, by, reservation } = command;
    if (from.book === to.book) throw invalid('same-book', 'Both sides are in the same book, so nothing has to travel.');
    await this.checkChannel(tx, from.book, by);
    const id = newId<'remittance'>();
    const facts = { id, from, to, amount, owner: ownerOf(from, to), on: dayOf(tx.now), reservation };
    await this.ledger.record(tx, [sentEntry(facts)]);
    return this.begin(tx, actor, facts, by, to.kind === 'share' ? 'contribution' : 'return');
  }

  /** The way asked for, or by bank where the receiver takes no cards. For what was agreed long before it is sent; the scope names the receiver's book. */
  async wayInto(tx: Tx, book: BookId, asked: RemittanceChannel | undefined): Promise<RemittanceChannel> {
    if (asked !== 'card' && asked !== 'bacs-debit') return 'bank';
    return (await this.payIns.takes(tx, book)) ? asked : 'bank';
  }

  /** A member's part of a refund that landed in another book: the refund's own entry has put it on its way. */
  async carryRefund(tx: Tx, actor: Actor, facts: Omit<RemittanceFacts, 'id' | 'on'>): Promise<RemittanceAnswer> {
    const book = await this.books.find(tx, facts.from.book);
    return this.begin(tx, actor, { ...facts, id: newId<'remittance'>(), on: dayOf(tx.now) }, book?.basis === 'allocation' ? 'payer-file' : 'bank', 'refund');
  }

  /** The receiver books what its statement line, or its payer's report, shows. The scope names the receiver's book; the sender's side
   *  follows by event. Refuses another amount (`amount-differs`) and a remittance not by bank. Done twice, it is done once. */
  async arrivedByBank(tx: Tx, actor: Actor, arrival: { remittance: RemittanceId; amount: Pence; on: LocalDate }): Promise<RemittanceRecord> {
    const remittance = await this.lock(tx, arrival.remittance);
    if (remittance.state === 'arrived' || remittance.state === 'closed') return remittance;
    if (remittance.amount !== arrival.amount)
      throw refused('amount-differs', 'The sum that arrived is not the sum that was sent.', { sentPence: String(remittance.amount) });
    if (remittance.channel === 'card' || remittance.channel === 'bacs-debit')
      throw refused('channel-does-not-fit', 'This remittance comes through Stripe, not through the bank.');
    const book = await this.books.find(tx, remittance.toBook);
    invariant(book, `remittance ${remittance.id}: the receiver's book is not in scope`);
    await this.ledger.record(tx, [receivedByBankEntry({ ...remittance, on: arrival.on }, book.basis)]);
    return this.markArrived(tx, actor, remittance, arrival.on);
  }

  /** After a card or Direct Debit pay-in succeeded and was booked. */
  async arrivedByStripe(tx: Tx, actor: Actor, payIn: PaymentId, on: LocalDate): Promise<void> {
    const remittance = await this.ofPayIn(tx, payIn);
    if (remittance?.state === 'on-the-way') await this.markArrived(tx, actor, remittance, on);
  }

  /** The sender learns that it arrived: remitting is closed and its pay-out, if any, is done. */
  async close(tx: Tx, actor: Actor, id: RemittanceId): Promise<void> {
    const remittance = await this.lock(tx, id);
    if (remittance.state !== 'arrived') return;
    const book = await this.books.find(tx, remittance.fromBook);
    invariant(book, `remittance ${id}: the sender's book is not in scope`);
    await this.ledger.record(tx, [arrivedEntry({ ...remittance, on: remittance.arrivedOn! }, book.basis)]);
    await this.changeState(tx, remittance, 'closed');
    if (remittance.payOutId) await this.finishPayOut(tx, actor, remittance.payOutId);
  }

  /** It will not arrive (a Direct Debit that failed, a pay-in withdrawn): the money is back in the line or share it left. */
  async failedPayIn(tx: Tx, actor: Actor, payIn: PaymentId): Promise<void> {
    const remittance = await this.ofPayIn(tx, payIn);
    if (remittance?.state !== 'on-the-way') return;
    await this.ledger.record(tx, [cameBackEntry({ ...remittance, on: dayOf(tx.now) })]);
    await this.changeState(tx, remittance, 'failed');
    await announce(tx, {
      name: 'remittanceFailed',
      about: aboutRemittance(remittance),
      payload: { remittanceId: remittance.id, amountPence: penceAsNumber(remittance.amount) },
    });
    await this.audit.record(tx, actor, { action: 'remittance:fail', noun: 'remittance', nounId: remittance.id, book: remittance.fromBook });
  }

  async find(tx: Tx, id: RemittanceId): Promise<RemittanceRecord | undefined> {
    const row = await tx.row<Row>(`select ${COLUMNS} from remittance where id = $1`, [id]);
    return row && asRecord(row);
  }

  /** What a book expects to arrive by bank or on its payer's report, the oldest first: for matching. Statement references begin with `reference`. */
  async expectedIn(tx: Tx, book: BookId): Promise<RemittanceRecord[]> {
    const rows = await tx.rows<Row>(
      `select ${COLUMNS} from remittance where to_book_id = $1 and state = 'on-the-way' and channel in ('bank', 'payer-file') order by id limit 1000`,
      [book],
    );
    return rows.map(asRecord);
  }

  async ofPayIn(tx: Tx, payIn: PaymentId): Promise<RemittanceRecord | undefined> {
    const row = await tx.row<Row>(`select ${COLUMNS} from remittance where pay_in_id = $1 for update`, [payIn]);
    return row && asRecord(row);
  }

  private async checkChannel(tx: Tx, from: BookId, by: RemittanceChannel): Promise<void> {
    const book = await this.books.find(tx, from);
    if (!book) throw notFound('This book');
    if ((book.basis === 'allocation') !== (by === 'payer-file'))
      throw invalid('channel-does-not-fit', 'An allocation book pays through its payer’s file, and a cash book never does.');
  }

  private async begin(tx: Tx, actor: Actor, facts: RemittanceFacts, by: RemittanceChannel, carries: RemittanceRecord['carries']): Promise<RemittanceAnswer> {
    const id = facts.id as RemittanceId;
    const { from, to, amount, owner } = facts;
    const byStripe = by === 'card' || by === 'bacs-debit';
    const payment = byStripe
      ? await this.payIns.ask(tx, actor, { to, amount, by, owner, remittance: id })
      : await this.payments.planPayOut(tx, actor, {
          book: from.book,
          payeeSubject: to.book,
          amount,
          parts: [{ owner, amount }],
          purpose: { noun: 'remittance', id },
          channel: by === 'bank' ? 'bank-file' : undefined,
        });
    const reference = (await tx.row<{ reference: string }>('select reference from payment where id = $1', [payment]))!.reference;
    tx.write(
      `insert into remittance (id, from_book_id, to_book_id, from_account, to_account, subject_id, line_id, plan_line_id, pool_id, amount_pence, channel, carries, reference, state,
         pay_in_id, pay_out_id, sent_on, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'on-the-way', $14, $15, $16, $17)`,
      [
        id,
        from.book,
        to.book,
        JSON.stringify(from),
        JSON.stringify(to),
        owner.subject ?? null,
        owner.line ?? null,
        owner.planLine ?? null,
        owner.pool ?? null,
        amount,
        by,
        carries,
        reference,
        byStripe ? payment : null,
        byStripe ? null : payment,
        facts.on,
        tx.now,
      ],
    );
    await this.audit.record(tx, actor, {
      action: 'remittance:send',
      noun: 'remittance',
      nounId: id,
      book: from.book,
      facts: { amountPence: String(amount), by },
    });
    return { remittanceId: id, ...(byStripe ? { payInId: payment } : { payOutId: payment }) };
  }

  private async markArrived(tx: Tx, actor: Actor, remittance: RemittanceRecord, on: LocalDate): Promise<RemittanceRecord> {
    await this.changeState(tx, remittance, 'arrived', on);
    await announce(tx, {
      name: 'remittanceArrived',
      about: aboutRemittance(remittance),
      payload: {
        remittanceId: remittance.id,
        carries: remittance.carries,
        amountPence: penceAsNumber(remittance.amount),
        poolId: remittance.owner.pool ?? null,
        subjectId: remittance.owner.subject ?? null,
      },
    });
    await this.audit.record(tx, actor, { action: 'remittance:arrive', noun: 'remittance', nounId: remittance.id, book: remittance.toBook });
    return { ...remittance, state: 'arrived', arrivedOn: on };
  }

  /** Its pay-out has done its work. One that never left will not leave: the money came another way. */
  private async finishPayOut(tx: Tx, actor: Actor, id: PaymentId): Promise<void> {
    let payment = await lockPayment(tx, id);
    const reason = 'The money arrived another way.';
    if (['in-file', 'sent', 'settled', 'reconciled'].includes(payment.state)) {
      if (payment.state === 'in-file' || payment.state === 'sent') await this.payOuts.settled(tx, actor, id);
      tx.write('update payment set posted_at = $2 where id = $1', [id, tx.now]);
      return;
    }
    if (payment.state === 'prepared' || payment.state === 'approved') payment = await move(tx, actor, payment, 'hold', {}, reason);
    await move(tx, actor, payment, 'recall', {}, reason);
  }

  private async lock(tx: Tx, id: RemittanceId): Promise<RemittanceRecord> {
    const row = await tx.row<Row>(`select ${COLUMNS} from remittance where id = $1 for update`, [id]);
    if (!row) throw notFound('This remittance');
    return asRecord(row);
  }

  private async changeState(tx: Tx, remittance: RemittanceRecord, to: RemittanceRecord['state'], on?: LocalDate): Promise<void> {
    const changed = await tx.run('update remittance set state = $3, arrived_on = coalesce($4, arrived_on), changed_at = $5 where id = $1 and state = $2', [
      remittance.id,
      remittance.state,
      to,
      on ?? null,
      tx.now,
    ]);
    if (changed === 0) throw conflict('remittance-changed', 'This remittance was changed by somebody else just now.');
  }
}

/** Whose money travels: the line or share it leaves, in the pool it goes to or comes from. */
const ownerOf = (from: AccountKey, to: AccountKey): Owner =>
  ownerFrom({
    subject: from.subject ?? null,
    line: from.line ?? to.line ?? null,
    planLine: to.planLine ?? from.planLine ?? null,
    pool: to.pool ?? from.pool ?? null,
  });

const aboutRemittance = (remittance: RemittanceRecord) => ({
  books: [remittance.fromBook, remittance.toBook],
  people: remittance.owner.subject ? [remittance.owner.subject as Id<'person'>] : [],
  pools: remittance.owner.pool ? [remittance.owner.pool] : [],
});
