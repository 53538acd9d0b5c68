import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, People, requireAccess } from '../identity/index.js';
import type { Actor, BudgetLineId, Pence, PersonId } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import type { LineFigures, StatementRow } from '../ledger/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { lineAccount } from './budget.entries.js';
import type { FourNumbers } from './budget.rules.js';
import { fourNumbers } from './budget.rules.js';
import type { LineRow, LineView } from './line.views.js';

import { readLines } from './line-reads.js';

export type BudgetLineFacts = Pick<LineView, 'id' | 'personId' | 'planId' | 'managed' | 'bookId' | 'fromDay' | 'untilDay' | 'state' | 'suspendedOn'>;

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
    const look = { about: person, noun: 'budget', why };
    const read = actor.kind === 'system' ? undefined : await readLines(this.database, actor, { person });
    if (!read) return this.linesOfPlainly(actor, person, look);
    await this.audit.looked(actor, this.database.now(), look);
    return withNumbers(read.lines, read.figures);
  }

  /** One line with its four numbers and the newest movements of the line itself. */
  async line(actor: Actor, id: BudgetLineId, page: Page): Promise<LineWithMovements> {
    const read = actor.kind === 'system' ? undefined : await readLines(this.database, actor, { line: id, ...page });
    const [line] = read ? withNumbers(read.lines, read.figures) : [];
    if (!read || !line) return this.linePlainly(actor, id, page);
    await this.audit.looked(actor, this.database.now(), lookAt(line));
    return { ...line, movements: read.movements };
  }

  /** The same as `linesOf`, statement by statement; says why not to those who may not. */
  async linesOfPlainly(actor: Actor, person: PersonId, look: { about: PersonId; noun: string; why: string }): Promise<LineView[]> {
    return this.database.read(actor, async (tx) => {
      const icb = can(actor, 'budget:read', { person }) ? undefined : await this.people.icbOf(tx, person);
      requireAccess(actor, 'budget:read', { person, icb });
      await this.audit.viewed(tx, actor, look);
      const [, lines] = await Promise.all([
        this.seeMoneyOf(tx, actor, person),
        tx.rows<LineRow>(`${LINES} where l.person_id = $1 order by l.state desc, l.from_day desc, l.id limit 100`, [person]),
      ]);
      return withNumbers(
        lines,
        await this.ledger.figuresOf(
          tx,
          lines.map((line) => line.id),
        ),
      );
    });
  }

  /** The same as `line`, statement by statement; says why not to those who may not. */
  async linePlainly(actor: Actor, id: BudgetLineId, page: Page): Promise<LineWithMovements> {
    return this.database.read(actor, async (tx) => {
      const [facts] = await this.factsOf(tx, [id]);
      if (!facts) throw notFound('The budget line');
      const { personId, bookId } = facts;
      const mayLook = can(actor, 'line:read', { book: bookId }) || can(actor, 'budget:read', { person: personId });
      if (!mayLook)
        requireAccess(actor, 'budget:read', {
          person: personId,
          icb: await this.people.icbOf(tx, personId),
        });
      await this.audit.viewed(tx, actor, lookAt(facts));
      const [, lines, figures, movements] = await Promise.all([
        this.seeMoneyOf(tx, actor, personId),
        tx.rows<LineRow>(`${LINES} where l.id = $1`, [id]),
        this.ledger.figuresOf(tx, [id]),
        this.ledger.statementOf(tx, lineAccount({ id, personId, bookId }), page),
      ]);
      return { ...withNumbers(lines, figures)[0]!, movements };
    });
  }

  /** The four numbers of lines by id, inside a transaction that may see them. */
  async fourNumbers(tx: Tx, lines: readonly BudgetLineId[]): Promise<Map<BudgetLineId, FourNumbers>> {
    const agreed = await tx.rows<{ id: BudgetLineId; agreed: Pence }>('select id, agreed_pence as agreed from budget_line where id = any($1)', [lines]);
    const figures = await this.ledger.figuresOf(tx, lines);
    return new Map(agreed.map((line) => [line.id, fourNumbers(line, figures.get(line.id)!)]));
  }

  /** What a contribution rests on: whose lines, how managed, in which book, until when. Inside a transaction that may see them. */
  async factsOf(tx: Tx, lines: readonly BudgetLineId[]): Promise<BudgetLineFacts[]> {
    return tx.rows<BudgetLineFacts>(
      `select id, person_id as "personId", plan_id as "planId", managed, book_id as "bookId", from_day as "fromDay", until_day as "untilDay", state, suspended_on as "suspendedOn"
       from budget_line where id = any($1) order by id`,
      [lines],
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
type LineWithMovements = LineView & { readonly movements: readonly StatementRow[] };

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
