import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { WaitingArrival } from '../../budgets/index.js';
import { Arrivals } from '../../budgets/index.js';
import type { Debt, FeeDue } from '../../finance/index.js';
import { SettlementQueries } from '../../finance/index.js';
import { can, People, seesNames } from '../../identity/index.js';
import type { Actor, BookId, PersonId } from '../../kernel/index.js';
import { spokenReference, systemActor } from '../../kernel/index.js';
import { Database } from '../../platform/index.js';

export interface Owed {
  readonly debts: readonly Debt[];
  readonly fees: readonly FeeDue[];
  /** Money of this book's bank that is nobody's yet; only for those who may say what it is. */
  readonly waiting: readonly WaitingArrival[];
  /** What people are called on the page: by name, or by reference to those who may not know who they are. */
  readonly names: ReadonlyMap<string, string>;
}

/** Reads what the pages about debts and fees show. Decides nothing. */
@Injectable()
export class DebtReader {
  constructor(
    private readonly database: Database,
    private readonly queries: SettlementQueries,
    private readonly arrivals: Arrivals,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  async of(actor: Actor, book: BookId): Promise<Owed> {
    const { debts, fees } = await this.queries.ofBook(actor, book);
    const waiting = can(actor, 'match:make', { book }) ? await this.arrivals.waiting(actor, book) : [];
    const people = [...new Set([...debts.map((debt) => debt.person), ...fees.flatMap((fee) => (fee.person ? [fee.person] : []))])] as PersonId[];
    return { debts, fees, waiting, names: await this.namesOf(actor, book, people) };
  }

  /** Somebody's debt was opened: they can read that it was. */
  async opened(actor: Actor, book: BookId, about: PersonId): Promise<void> {
    if (seesNames(actor, book)) await this.audit.looked(actor, this.database.now(), { about, noun: 'debt', why: 'debt to the book' });
  }

  private async namesOf(actor: Actor, book: BookId, people: readonly PersonId[]): Promise<Map<string, string>> {
    const names = new Map(people.map((id) => [id as string, spokenReference('PER', id)]));
    if (!seesNames(actor, book)) return names;
    const found = await this.database.read(systemActor('portal', { people }), (tx) => this.people.named(tx, people));
    for (const { id, firstName, familyName } of found) names.set(id, `${firstName} ${familyName}`);
    return names;
  }
}
