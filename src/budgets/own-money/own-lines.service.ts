import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, requireAccess } from '../../identity/index.js';
import type { Actor, BookId, BudgetLineId, LocalDate, PaymentId, Pence, PersonId } from '../../kernel/index.js';
import { dayOf, forbidden, newId, notFound, penceAsNumber, spokenReference, systemActor } from '../../kernel/index.js';
import { Ledger, LedgerQueries } from '../../ledger/index.js';
import { Payments } from '../../payments/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import type { OwnLine } from './own-line.entries.js';
import { broughtInEntry, homewardEntry, ownerOfOwnMoney, ownLineAccount, stayedEntry } from './own-line.entries.js';
import type { OwnMoneyFacts } from './own-line.rules.js';
import { decideHome, usableOf } from './own-line.rules.js';

/** What a payment of own money to its person is for. */
export const HOME = 'own-money';

const OWN_LINE = `id, person_id as "personId", book_id as "bookId", reference`;

export interface SentHome {
  readonly lineId: BudgetLineId;
  readonly paymentId: PaymentId;
  readonly amountPence: number;
}

/** Money of people's own with money-holders: it comes in, waits for what they want with it, and goes home to them alone. No funder gave it, so no
 *  rule about plans or budgets, and no decision of an ICB, touches it (features.md, A14). */
@Injectable()
export class OwnLines {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly balances: LedgerQueries,
    private readonly payments: Payments,
    private readonly audit: Audit,
  ) {}

  /** The person's line with a money-holder, opened the first time. The scope names both; the caller knows that the book holds cash. */
  async open(tx: Tx, personId: PersonId, bookId: BookId): Promise<OwnLine> {
    const id = newId<'budget-line'>();
    tx.write('insert into own_line (id, person_id, book_id, reference, opened_at) values ($1, $2, $3, $4, $5) on conflict (person_id, book_id) do nothing', [
      id,
      personId,
      bookId,
      spokenReference('OWN', id),
      tx.now,
    ]);
    return (await this.ofPerson(tx, personId, bookId))!;
  }

  ofPerson(tx: Tx, person: PersonId, book: BookId): Promise<OwnLine | undefined> {
    return tx.row<OwnLine>(`select ${OWN_LINE} from own_line where person_id = $1 and book_id = $2`, [person, book]);
  }

  find(tx: Tx, id: BudgetLineId): Promise<OwnLine | undefined> {
    return tx.row<OwnLine>(`select ${OWN_LINE} from own_line where id = $1`, [id]);
  }

  /** The line that a reference names, in a book. */
  named(tx: Tx, book: BookId, reference: string): Promise<OwnLine | undefined> {
    return tx.row<OwnLine>(`select ${OWN_LINE} from own_line where book_id = $1 and reference = $2`, [book, reference]);
  }

  /** What is in it, and what the person owes there. */
  async factsOf(tx: Tx, line: OwnLine): Promise<OwnMoneyFacts> {
    const { free } = await this.balances.balanceOf(tx, ownLineAccount(line));
    const { posted: owes } = await this.balances.balanceOf(tx, { book: line.bookId, kind: 'receivable', subject: line.personId });
    return { free, owes };
  }

  /** What the person may use of it now. */
  async usable(tx: Tx, line: OwnLine): Promise<Pence> {
    return usableOf(await this.factsOf(tx, line));
  }

  /** A bank transfer of the person's reached the book. `occasion` names it in the ledger. The scope names book and person. */
  async allocateIn(tx: Tx, id: BudgetLineId, amount: Pence, occasion: string, on: LocalDate = dayOf(tx.now)): Promise<void> {
    const line = await this.find(tx, id);
    if (!line) throw notFound('This money');
    await this.ledger.record(tx, [broughtInEntry(line, amount, occasion, on)]);
    await announce(tx, {
      name: 'ownMoneyCame',
      about: { people: [line.personId], books: [line.bookId] },
      payload: { lineId: line.id, personId: line.personId, bookId: line.bookId, amountPence: penceAsNumber(amount) },
    });
  }

  /** The person has their money back, all of it or a part: a payment to their own bank details. Asked by themselves, who represents them, or a finance
   *  officer of the book (after a death, to the estate). Refuses: see `decideHome`. */
  async sendHome(actor: Actor, id: BudgetLineId, command: { amountPence?: Pence | undefined }, key?: string): Promise<SentHome> {
    const line = await this.seen(actor, id);
    if (!isTheirs(actor, line.personId)) requireAccess(actor, 'own-money:send-home', { book: line.bookId });
    return this.database.transaction(systemActor('budgets', { people: [line.personId], books: [line.bookId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'own-money.home', input: { id, ...command } }, () =>
        this.homeIn(tx, actor, line, command.amountPence),
      ),
    );
  }

  /** The same inside another command's transaction, whose scope names person and book. */
  async homeIn(tx: Tx, actor: Actor, line: OwnLine, asked?: Pence): Promise<SentHome> {
    const amount = decideHome(await this.factsOf(tx, line), asked);
    const occasion = newId();
    await this.ledger.record(tx, [homewardEntry(line, amount, occasion, dayOf(tx.now))]);
    const paymentId = await this.payments.planPayOut(tx, actor, {
      book: line.bookId,
      payeeSubject: line.personId,
      amount,
      reference: line.reference,
      parts: [{ owner: ownerOfOwnMoney(line), amount }],
      purpose: { noun: HOME, id: occasion },
    });
    const amountPence = penceAsNumber(amount);
    await announce(tx, {
      name: 'ownMoneyGoesHome',
      about: { people: [line.personId], books: [line.bookId] },
      payload: { lineId: line.id, personId: line.personId, paymentId, amountPence },
    });
    await this.audit.record(tx, actor, {
      action: 'own-money:home',
      noun: 'own-line',
      nounId: line.id,
      about: line.personId,
      book: line.bookId,
      facts: { amountPence },
    });
    return { lineId: line.id, paymentId, amountPence };
  }

  /** A payment was called off. If it was one home, the money is the line's again; any other changes nothing. Once, however often it is told. */
  async calledOff(tx: Tx, facts: { paymentId: string; purposeNoun: string; purposeId: string; amount: Pence }): Promise<void> {
    if (facts.purposeNoun !== HOME) return;
    const part = await tx.row<{ line: BudgetLineId }>('select line_id as line from payment_part where payment_id = $1', [facts.paymentId]);
    const line = part && (await this.find(tx, part.line));
    if (line) await this.ledger.record(tx, [stayedEntry(line, facts.amount, facts.purposeId, dayOf(tx.now))]);
  }

  private async seen(actor: Actor, id: BudgetLineId): Promise<OwnLine> {
    const line = await this.database.read(actor, (tx) => this.find(tx, id));
    if (!line) throw notFound('This money');
    return line;
  }
}

/** Oneself, or who represents the person. A nominee looks after budgets, and this is none. */
export const isTheirs = (actor: Actor, person: PersonId): boolean => actor.id === person || can(actor, 'own-money:move', { person });

export function requireTheirs(actor: Actor, person: PersonId): void {
  if (!isTheirs(actor, person)) throw actor.scope.people.includes(person) ? forbidden() : notFound();
}
