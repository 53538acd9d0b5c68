import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, People, requireAccess } from '../identity/index.js';
import type { Actor, BudgetLineId, LocalDate, Pence, PersonId } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import type { LineFigures, StatementRow } from '../ledger/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database, uuids } from '../platform/index.js';
import { lineAccount } from './budget.entries.js';
import type { FourNumbers } from './budget.rules.js';
import { fourNumbers } from './budget.rules.js';
import type { LineRow, LineView } from './line.views.js';
import { readLines } from './line-reads.js';
import { isTheirs } from './own-money/own-lines.service.js';

export type BudgetLineFacts = Pick<LineView, 'id' | 'personId' | 'planId' | 'managed' | 'bookId' | 'fromDay' | 'untilDay' | 'state' | 'suspendedOn'>;

/** What a person's page of money tells of. */
export interface PersonMoney {
  readonly lines: LineView[];
  readonly hasOwnMoney: boolean;
}

const LINES = `select l.id, l.budget_id as "budgetId", l.person_id as "personId", l.plan_id as "planId", l.name, l.reference, l.managed, l.book_id as "bookId", b.name as "bookName",
  l.funder_id as "funderId", f.name as "funderName", l.agreed_pence as agreed, l.from_day as "fromDay", l.until_day as "untilDay", l.state, l.suspended_on as "suspendedOn"
  from budget_line l join organisation f on f.id = l.funder_id left join book b on b.id = l.book_id`;

@Injectable()
export class BudgetQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** A person's lines with their four numbers, open ones first. Looking at somebody else's is written down. */
  async linesOf(actor: Actor, person: PersonId, why = 'budget'): Promise<LineView[]> {
    return (await this.moneyOf(actor, person, why)).lines;
  }

  /** The same, and whether there is money of their own beside it that this reader may know of. */
  async moneyOf(actor: Actor, person: PersonId, why = 'budget'): Promise<PersonMoney> {
    const look = { about: person, noun: 'budget', why };
    const read = actor.kind === 'system' ? undefined : await readLines(this.database, actor, { person });
    if (!read) return this.moneyOfPlainly(actor, person, look);
    await this.audit.looked(actor, this.database.now(), look);
    return { lines: withNumbers(read.lines, read.figures), hasOwnMoney: read.hasOwnMoney && isTheirs(actor, person) };
  }

  /** One line with its four numbers. */
  async line(actor: Actor, id: BudgetLineId): Promise<LineView> {
    const read = actor.kind === 'system' ? undefined : await readLines(this.database, actor, { line: id });
    const [line] = read ? withNumbers(read.lines, read.figures) : [];
    if (!line) return this.linePlainly(actor, id);
    await this.audit.looked(actor, this.database.now(), lookAt(line));
    return line;
  }

  /** What moved on the line itself, newest first, below an id. */
  movements(actor: Actor, id: BudgetLineId, page: Page): Promise<StatementRow[]> {
    return this.database.read(actor, async (tx) => {
      const { personId, bookId } = await this.seen(tx, actor, id);
      await this.seeMoneyOf(tx, actor, personId);
      return this.ledger.statementOf(tx, lineAccount({ id, personId, bookId }), page);
    });
  }

  /** The same as `moneyOf`, statement by statement; says why not to those who may not. */
  async moneyOfPlainly(actor: Actor, person: PersonId, look: { about: PersonId; noun: string; why: string }): Promise<PersonMoney> {
    return this.database.read(actor, async (tx) => {
      const icb = can(actor, 'budget:read', { person }) ? undefined : await this.people.icbOf(tx, person);
      requireAccess(actor, 'budget:read', { person, icb });
      await this.audit.viewed(tx, actor, look);
      const [, lines, ownMoney] = await Promise.all([
        this.seeMoneyOf(tx, actor, person),
        tx.rows<LineRow>(`${LINES} where l.person_id = $1 order by l.state desc, l.from_day desc, l.id limit 100`, [person]),
        tx.row('select 1 from own_line where person_id = $1 limit 1', [person]),
      ]);
      const figures = await this.ledger.figuresOf(
        tx,
        lines.map((line) => line.id),
      );
      return { lines: withNumbers(lines, figures), hasOwnMoney: ownMoney !== undefined && isTheirs(actor, person) };
    });
  }

  /** The same as `line`, statement by statement; says why not to those who may not. */
  linePlainly(actor: Actor, id: BudgetLineId): Promise<LineView> {
    return this.database.read(actor, (tx) => this.lineIn(tx, actor, id));
  }

  /** The line and a page of what moved on it, for who sees both at once: one look, not two. */
  lineAndMovements(actor: Actor, id: BudgetLineId, page: Page): Promise<{ line: LineView; movements: StatementRow[] }> {
    return this.database.read(actor, async (tx) => {
      const line = await this.lineIn(tx, actor, id);
      return { line, movements: await this.ledger.statementOf(tx, lineAccount(line), page) };
    });
  }

  private async lineIn(tx: Tx, actor: Actor, id: BudgetLineId): Promise<LineView> {
    const { personId } = await this.seen(tx, actor, id);
    const [, lines, figures] = await Promise.all([
      this.seeMoneyOf(tx, actor, personId),
      tx.rows<LineRow>(`${LINES} where l.id = $1`, [id]),
      this.ledger.figuresOf(tx, [id]),
    ]);
    return withNumbers(lines, figures)[0]!;
  }

  /** Whose line it is, for whoever may look at it; the look is written down. */
  private async seen(tx: Tx, actor: Actor, id: BudgetLineId): Promise<BudgetLineFacts> {
    const [facts] = await this.factsOf(tx, [id]);
    if (!facts) throw notFound('The budget line');
    const { personId, bookId } = facts;
    const mayLook = can(actor, 'line:read', { book: bookId }) || can(actor, 'budget:read', { person: personId });
    if (!mayLook) requireAccess(actor, 'budget:read', { person: personId, icb: await this.people.icbOf(tx, personId) });
    await this.audit.viewed(tx, actor, lookAt(facts));
    return facts;
  }

  /** The four numbers of lines by id, inside a transaction that may see them. */
  async fourNumbers(tx: Tx, lines: readonly BudgetLineId[]): Promise<Map<BudgetLineId, FourNumbers>> {
    const agreed = await tx.rows<{ id: BudgetLineId; agreed: Pence }>('select id, agreed_pence as agreed from budget_line where id = any($1::uuid[])', [
      uuids(lines),
    ]);
    const figures = await this.ledger.figuresOf(tx, lines);
    return new Map(agreed.map((line) => [line.id, fourNumbers(line, figures.get(line.id)!)]));
  }

  /** What a contribution rests on: whose lines, how managed, in which book, until when. Inside a transaction that may see them. */
  async factsOf(tx: Tx, lines: readonly BudgetLineId[]): Promise<BudgetLineFacts[]> {
    return tx.rows<BudgetLineFacts>(
      `select id, person_id as "personId", plan_id as "planId", managed, book_id as "bookId", from_day as "fromDay", until_day as "untilDay", state, suspended_on as "suspendedOn"
       from budget_line where id = any($1::uuid[]) order by id`,
      [uuids(lines)],
    );
  }

  /** The lines of one person that are open on a day, first made first, with their names; inside a transaction that may see them. */
  openLinesOf(tx: Tx, person: PersonId, day: LocalDate): Promise<(BudgetLineFacts & Pick<LineView, 'name'>)[]> {
    return tx.rows(
      `select id, person_id as "personId", plan_id as "planId", name, managed, book_id as "bookId", from_day as "fromDay", until_day as "untilDay", state, suspended_on as "suspendedOn"
       from budget_line where person_id = $1 and state = 'open' and from_day <= $2 and until_day > $2 order by id`,
      [person, day],
    );
  }

  /** A board sees people, not their money, until it was decided that this actor may look at this person's. */
  private async seeMoneyOf(tx: Tx, actor: Actor, person: PersonId): Promise<void> {
    if (!actor.scope.people.includes(person)) await tx.alsoSee({ people: [person] });
  }
}

interface Page {
  readonly before?: string | undefined;
  readonly limit: number;
}

const lookAt = (line: Pick<LineRow, 'id' | 'personId'>): { about: PersonId; noun: string; nounId: string; why: string } => ({
  about: line.personId,
  noun: 'budget-line',
  nounId: line.id,
  why: 'budget line',
});

const withNumbers = (lines: readonly LineRow[], figures: ReadonlyMap<BudgetLineId, LineFigures>): LineView[] =>
  lines.map((line) => ({
    ...line,
    numbers: fourNumbers(line, figures.get(line.id)!),
  }));
