import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, Grants, People, permissionsOf, requireAccess, ROLES } from '../identity/index.js';
import type { Role } from '../identity/index.js';
import type { Actor, BookId, PaymentId, PersonId, ProviderId } from '../kernel/index.js';
import { notFound, systemActor } from '../kernel/index.js';
import type { Book } from '../ledger/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { Coverages } from './coverage.service.js';
import { Payees } from './payees.service.js';
import type { StoredPayee } from './payees.service.js';
import { PaymentSettings } from './payment-settings.service.js';
import { checkPayee, coverPayment, decideApproval, oneBook } from './payment.rules.js';
import { loadPayments, lockPayments, move, naming } from './payment.store.js';
import type { Channel, Payment } from './payment.types.js';
import { ReleaseGates } from './release-gates.js';
import { StripeAccounts } from './stripe-accounts.service.js';

/** The second person's decision (truths 3 and 7, RULES 23 and 31). */
@Injectable()
export class Approvals {
  constructor(
    private readonly database: Database,
    private readonly books: Books,
    private readonly people: People,
    private readonly grants: Grants,
    private readonly payees: Payees,
    private readonly settings: PaymentSettings,
    private readonly coverages: Coverages,
    private readonly stripe: StripeAccounts,
    private readonly gates: ReleaseGates,
    private readonly audit: Audit,
  ) {}

  /** Authorises, and answers a system actor that sees exactly what an approval rests on: the book, the people who made and check the
   *  payments, and those behind the payees. */
  async actorFor(actor: Actor, ids: readonly PaymentId[]): Promise<Actor> {
    const seen = await this.database.read(actor, (tx) => loadPayments(tx, ids, 'look'));
    if (seen.length !== new Set(ids).size) throw notFound('This payment');
    const book = oneBook(seen);
    if (!can(actor, 'own-account:pay', { book })) requireAccess(actor, 'payment:approve', { book });
    return this.scoped(book, seen, actor);
  }

  private async scoped(book: BookId, payments: readonly Payment[], actor: Actor): Promise<Actor> {
    const providers = payments.flatMap((p) => (p.payeeSubject ? [p.payeeSubject as ProviderId] : []));
    const first = systemActor('payments', { books: [book], providers });
    const behind = await this.database.read(first, async (tx) => {
      const people = new Set<PersonId>();
      for (const { payee } of payments) {
        const found = payee && (await this.payees.find(tx, payee));
        if (found) for (const person of await this.payees.peopleBehind(tx, found)) people.add(person);
      }
      return [...people];
    });
    const makers = payments.flatMap((p) => (p.preparedBy ? [p.preparedBy] : []));
    return systemActor('payments', { books: [book], providers, people: [...new Set([actor.id as PersonId, ...makers, ...behind])] });
  }

  /** Approves all of them, or refuses naming the payment. The scope is that of `actorFor`. In a person's own direct-payment book the
   *  account-holder decides alone, for what is planned as well as for what is prepared. */
  async approveIn(tx: Tx, actor: Actor, ids: readonly PaymentId[]): Promise<Payment[]> {
    const payments = await lockPayments(tx, ids);
    const book = await this.books.find(tx, oneBook(payments));
    if (!book) throw notFound('This book');
    const alone = book.holderId !== null && can(actor, 'own-account:pay', { book: book.id });
    if (!alone) requireAccess(actor, 'payment:approve', { book: book.id });
    if (!alone) await this.gates.check(tx, book.id, payments);
    let coverage =
      book.basis === 'cash'
        ? await this.coverages.of(
            tx,
            book.id,
            payments.map((p) => p.id),
          )
        : undefined;
    const done: Payment[] = [];
    for (const payment of payments) {
      try {
        const payee = payment.payee ? await this.payees.find(tx, payment.payee) : undefined;
        checkPayee(payee, tx.now);
        const prepared = alone ? await this.preparedAlone(tx, actor, payment) : payment;
        if (!alone) await this.decide(tx, actor, prepared, payee!, book.id);
        if (coverage) coverage = coverPayment(coverage, payment.parts);
        done.push(
          await move(tx, actor, prepared, 'approve', {
            approved_by: actor.id,
            approved_at: tx.now,
            decided_alone: alone,
            channel: await this.channelFor(tx, book, prepared, payee!),
          }),
        );
      } catch (error) {
        throw naming(payment, error);
      }
    }
    await this.audit.recordAll(
      tx,
      actor,
      done.map((p) => ({ action: 'payment:approve', noun: 'payment', nounId: p.id, book: book.id, facts: { alone } })),
    );
    return done;
  }

  private async preparedAlone(tx: Tx, actor: Actor, payment: Payment): Promise<Payment> {
    return payment.state === 'planned' ? move(tx, actor, payment, 'prepare', { prepared_by: actor.id, prepared_at: tx.now }) : payment;
  }

  private async decide(tx: Tx, actor: Actor, payment: Payment, payee: StoredPayee, book: BookId): Promise<void> {
    const checker = actor.id as PersonId;
    if (!(await this.isActive(tx, checker, 'payment:approve', book))) requireAccess({ ...actor, grants: [] }, 'payment:approve', { book });
    const behind = await this.payees.peopleBehind(tx, payee);
    const all = [...new Set([checker, ...(payment.preparedBy ? [payment.preparedBy] : []), ...behind])];
    decideApproval({
      payment: payment.id,
      amount: payment.amount,
      maker: payment.preparedBy,
      checker,
      payeePeople: behind,
      makerActive: payment.preparedBy !== null && (await this.isActive(tx, payment.preparedBy, 'payment:prepare', book)),
      anyConnected: await this.people.areConnected(tx, all),
      limit: await this.settings.limitOf(tx, book, checker),
    });
  }

  /** A grant in force at this moment gives the permission: read again inside the transaction. */
  private async isActive(tx: Tx, person: PersonId, permission: string, book: BookId): Promise<boolean> {
    for (const role of Object.keys(ROLES) as Role[]) {
      if (permissionsOf(role).includes(permission) && (await this.grants.holdersOf(tx, role, book)).includes(person)) return true;
    }
    return false;
  }

  /** Known at once unless Stripe's balance has to be asked; then null, and the sender decides. */
  private async channelFor(tx: Tx, book: Book, payment: Payment, payee: StoredPayee): Promise<Channel | null> {
    if (book.basis === 'allocation') return 'payer-file';
    const mayUseStripe =
      payment.channel !== 'bank-file' && payment.purposeNoun !== 'remittance' && payee.stripeAccountId !== null && (await this.stripe.has(tx, book.id));
    return mayUseStripe ? null : 'bank-file';
  }
}
