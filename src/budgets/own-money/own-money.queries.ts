import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can, People, requireAccess } from '../../identity/index.js';
import type { Actor, BookId, BudgetLineId, Pence, PersonId } from '../../kernel/index.js';
import { notFound, plus, sumPence, systemActor } from '../../kernel/index.js';
import { LedgerQueries } from '../../ledger/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import type { OwnLine } from './own-line.entries.js';
import { isTheirs, OwnLines, requireTheirs } from './own-lines.service.js';

/** A person's own money with one money-holder: brought in = here + in pools + spent + going home + went home, always. */
export interface OwnLineView extends OwnLine {
  readonly bookName: string;
  readonly broughtIn: Pence;
  /** With the money-holder, and in no pool: free to be put in or to go home. */
  readonly here: Pence;
  /** In pools: what is free there, set aside, or owed for what was bought. */
  readonly inPools: Pence;
  readonly spent: Pence;
  /** A payment to the person is planned or on its way. */
  readonly goingHome: Pence;
  readonly wentHome: Pence;
}

/** The same for a finance officer, who pays it out. */
export interface OwnLineOfBook extends OwnLineView {
  readonly personName: string;
  readonly hasDied: boolean;
}

const LINES = `select l.id, l.person_id as "personId", l.book_id as "bookId", l.reference, b.name as "bookName" from own_line l join book b on b.id = l.book_id`;

/** Most lines of one person or book that a list shows. */
const MOST = 200;

/** What stands in people's own lines. Beside `BudgetQueries` and never in it: no sum of budgets holds a penny of these. */
@Injectable()
export class OwnMoneyQueries {
  constructor(
    private readonly database: Database,
    private readonly lines: OwnLines,
    private readonly ledger: LedgerQueries,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** One's own, or that of somebody one represents; such a look is written down. */
  async ofPerson(actor: Actor, person: PersonId = actor.id as PersonId): Promise<OwnLineView[]> {
    requireTheirs(actor, person);
    return this.database.read(systemActor('budgets', { people: [person] }), async (tx) => {
      if (person !== actor.id) await this.audit.viewed(tx, actor, { about: person, noun: 'own-money', why: 'own money' });
      await tx.alsoSee({ books: (await tx.rows<{ id: BookId }>('select book_id as id from own_line where person_id = $1', [person])).map(({ id }) => id) });
      return this.told(tx, await tx.rows<OwnLine & { bookName: string }>(`${LINES} where l.person_id = $1 order by l.id limit ${MOST}`, [person]));
    });
  }

  /** Whose line it is, for the person and who represents them; such a look is written down. Refuses the rest (not-found). */
  async line(actor: Actor, id: BudgetLineId): Promise<OwnLine> {
    return this.database.read(actor, async (tx) => {
      const line = await this.lines.find(tx, id);
      if (!line || !isTheirs(actor, line.personId)) throw notFound('This money');
      if (line.personId !== actor.id) await this.audit.viewed(tx, actor, { about: line.personId, noun: 'own-money', nounId: id, why: 'own money' });
      return line;
    });
  }

  /** All of a book, for its officers: those with money here first. */
  async ofBook(actor: Actor, book: BookId): Promise<OwnLineOfBook[]> {
    requireAccess(actor, 'own-money:send-home', { book });
    const owners = await this.database.read(systemActor('budgets', { books: [book] }), (tx) =>
      tx.rows<{ id: PersonId }>(`select person_id as id from own_line where book_id = $1 order by id limit ${MOST}`, [book]),
    );
    const people = owners.map((row) => row.id);
    return this.database.read(systemActor('budgets', { books: [book], people }), async (tx) => {
      const named = new Map((await this.people.named(tx, people)).map((person) => [person.id, person]));
      const lines = await this.told(tx, await tx.rows<OwnLine & { bookName: string }>(`${LINES} where l.book_id = $1 order by l.id limit ${MOST}`, [book]));
      for (const person of people) await this.audit.viewed(tx, actor, { about: person, noun: 'own-money', why: 'own money of the book' });
      return lines
        .map((line) => {
          const person = named.get(line.personId);
          return { ...line, personName: person ? `${person.firstName} ${person.familyName}` : 'Somebody', hasDied: Boolean(person?.diedOn) };
        })
        .sort((a, b) => Number(b.here > 0n) - Number(a.here > 0n));
    });
  }

  /** Which of these are people whose own money the book keeps, by name: for who enters where they are paid. Each look is written down. */
  async ownersAmong(actor: Actor, book: BookId, subjects: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (subjects.length === 0 || !can(actor, 'own-money:send-home', { book })) return new Map();
    const owners = await this.database.read(systemActor('budgets', { books: [book] }), (tx) =>
      tx.rows<{ id: PersonId }>('select person_id as id from own_line where book_id = $1 and person_id = any($2)', [book, subjects]),
    );
    const people = owners.map((row) => row.id);
    return this.database.read(systemActor('budgets', { books: [book], people }), async (tx) => {
      for (const person of people) await this.audit.viewed(tx, actor, { about: person, noun: 'own-money', why: 'own money of the book' });
      return new Map((await this.people.named(tx, people)).map((person) => [person.id, `${person.firstName} ${person.familyName}`]));
    });
  }

  private async told(tx: Tx, lines: readonly (OwnLine & { readonly bookName: string })[]): Promise<OwnLineView[]> {
    const figures = await this.ledger.figuresByKind(
      tx,
      lines.map((line): BudgetLineId => line.id),
    );
    return lines.map((line) => {
      const [own, shares] = [figures(line.id, 'line'), figures(line.id, 'share')];
      const inPools = plus(shares.free, shares.committed);
      const goingHome = plus(own.payable, own.remitting);
      return {
        ...line,
        here: own.free,
        inPools,
        spent: shares.spent,
        goingHome,
        wentHome: own.spent,
        broughtIn: sumPence([own.free, own.reserved, inPools, shares.spent, goingHome, own.spent]),
      };
    });
  }
}
