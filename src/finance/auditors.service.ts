import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Role } from '../identity/index.js';
import { can, Grants, idsWith, People, requireAccess } from '../identity/index.js';
import type { Actor, BookId, LocalDate, PersonId } from '../kernel/index.js';
import { dayOf, forbidden, invalid, notFound, startOfDay, systemActor } from '../kernel/index.js';
import type { Book } from '../ledger/index.js';
import { Books } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import { decideAuditor } from './auditor.rules.js';
import type { AppointAuditor } from './auditors.dto.js';

export interface AuditorView {
  readonly personId: PersonId;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
  readonly reason: string;
  readonly givenBy: string;
  readonly isInForce: boolean;
}

/** Who keep a book or its money in hand: none of them audits it. */
const KEEPERS: readonly Role[] = ['finance-officer', 'finance-lead', 'account-holder'];

/** The right to read a book as its auditor: given for some days by the operator or the book's finance lead, with a reason. */
@Injectable()
export class Auditors {
  constructor(
    private readonly database: Database,
    private readonly grants: Grants,
    private readonly people: People,
    private readonly books: Books,
    private readonly audit: Audit,
  ) {}

  /** From its first day until its last the person reads the book, and writes nothing in it. Refuses: see `decideAuditor`; person-not-known. */
  async appoint(actor: Actor, book: BookId, command: AppointAuditor, key?: string): Promise<AuditorView> {
    requireAccess(actor, 'auditor:appoint', { book, site: true });
    const person = await this.named(command);
    const { fromDay, untilDay, reason } = command;
    return this.database.transaction(systemActor('finance', { books: [book], people: [person] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'auditors.appoint', input: { book, ...command } }, async () => {
        if (!(await this.books.find(tx, book))) throw notFound('The book');
        const keepers = await this.keepersOf(tx, book);
        const facts = {
          rolesHere: keepers.filter((keeper) => keeper.person === person).map((keeper) => keeper.role),
          isConnected: await this.isConnected(
            tx,
            person,
            keepers.map((keeper) => keeper.person),
          ),
          isSelf: actor.id === person,
        };
        decideAuditor(facts, { fromDay, untilDay }, dayOf(tx.now));
        await this.grants.end(tx, actor, { person, role: 'auditor', id: book, why: 'given again for other days' });
        const [from, until] = [startOfDay(fromDay), startOfDay(untilDay)];
        await this.grants.give(tx, actor, { person, role: 'auditor', on: 'book', id: book, reason, from: from > tx.now ? from : tx.now, until });
        await this.audit.record(tx, actor, { action: 'auditor:appoint', noun: 'book', nounId: book, book, why: reason, facts: { person, fromDay, untilDay } });
        return { personId: person, fromDay, untilDay, reason, givenBy: actor.id, isInForce: from <= tx.now };
      }),
    );
  }

  /** Ends the right at once. Ending what was never given does nothing. */
  async end(actor: Actor, book: BookId, command: { personId: PersonId; why: string }, key?: string): Promise<{ personId: PersonId }> {
    requireAccess(actor, 'auditor:appoint', { book, site: true });
    const { personId, why } = command;
    return this.database.transaction(systemActor('finance', { books: [book], people: [personId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'auditors.end', input: { book, ...command } }, async () => {
        await this.grants.end(tx, actor, { person: personId, role: 'auditor', id: book, why });
        await this.audit.record(tx, actor, { action: 'auditor:end', noun: 'book', nounId: book, book, why, facts: { person: personId } });
        return { personId };
      }),
    );
  }

  /** Who may read the book as auditor now or later, and who could: the newest right first. */
  async ofBook(actor: Actor, book: BookId): Promise<AuditorView[]> {
    requireAccess(actor, 'auditor:appoint', { book, site: true });
    const rows = await this.database.read(systemActor('finance', { books: [book] }), (tx) =>
      tx.rows<{ person: PersonId; from: Date; until: Date; reason: string; by: string; inForce: boolean }>(
        `select person_id as person, from_at as "from", until_at as until, reason, given_by as by, from_at <= $2 and until_at > $2 as "inForce" from access_grant
         where role = 'auditor' and on_kind = 'book' and on_id = $1 and until_at is not null order by id desc limit 100`,
        [book, tx.now],
      ),
    );
    return rows.map((row) => ({
      personId: row.person,
      fromDay: dayOf(row.from),
      untilDay: dayOf(row.until),
      reason: row.reason,
      givenBy: row.by,
      isInForce: row.inForce,
    }));
  }

  /** The books for which the actor may let an auditor in: all bodies' books for the operator, their own for a finance lead. */
  async booksToAppointFor(actor: Actor): Promise<Book[]> {
    const own = idsWith(actor, 'auditor:appoint', 'book');
    const mayAll = can(actor, 'auditor:appoint', { site: true });
    if (own.length === 0 && !mayAll) throw forbidden();
    return (await this.database.read(systemActor('finance', {}), (tx) => this.books.all(tx))).filter((book) => mayAll || own.includes(book.id));
  }

  /** By id, or by the name they sign in with. */
  private async named({ personId, username }: Pick<AppointAuditor, 'personId' | 'username'>): Promise<PersonId> {
    const found = await this.database.read(systemActor('finance', personId ? { people: [personId] } : {}), (tx) =>
      personId
        ? tx.row<{ id: PersonId }>('select id from person where id = $1', [personId])
        : tx.row<{ id: PersonId }>('select person_id as id from sign_in where username = $1', [(username ?? '').toLowerCase()]),
    );
    if (!found)
      throw invalid('person-not-known', 'Nobody is known by this.', [
        { field: personId ? 'personId' : 'username', message: 'Enter the name with which they sign in.' },
      ]);
    return found.id;
  }

  private async keepersOf(tx: Tx, book: BookId): Promise<{ person: PersonId; role: Role }[]> {
    const found = [];
    for (const role of KEEPERS) for (const person of await this.grants.holdersOf(tx, role, book)) found.push({ person, role });
    return found;
  }

  private async isConnected(tx: Tx, person: PersonId, keepers: readonly PersonId[]): Promise<boolean> {
    for (const keeper of new Set(keepers)) if (keeper !== person && (await this.people.areConnected(tx, [person, keeper]))) return true;
    return false;
  }
}
