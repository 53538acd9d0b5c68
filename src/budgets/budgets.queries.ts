import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { can, People, requireAccess } from '../identity/index.js';
import type { Actor, BookId, BudgetLineId, Id, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { notFound } from '../kernel/index.js';
import type { LineFigures, StatementRow } from '../ledger/index.js';
import { LedgerQueries } from '../ledger/index.js';
import type { Tx } from '../platform/index.js';
import { Database } from '../platform/index.js';
import { lineAccount } from './budget.entries.js';
import type { FourNumbers, Managed } from './budget.rules.js';
import { fourNumbers } from './budget.rules.js';

export interface LineView {
  readonly id: BudgetLineId;
  readonly budgetId: Id<'budget'>;
  readonly personId: PersonId;
  readonly planId: Id<'plan'>;
  readonly name: string;
  readonly reference: string;
  readonly managed: Managed;
  readonly bookId: BookId;
  readonly bookName: string | null;
  readonly funderId: OrganisationId;
  readonly funderName: string;
  readonly agreed: Pence;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
  readonly state: 'open' | 'ended';
  readonly numbers: FourNumbers;
}

export type BudgetLineFacts = Pick<LineView, 'id' | 'personId' | 'planId' | 'managed' | 'bookId' | 'fromDay' | 'untilDay' | 'state'>;

const LINES = `select l.id, l.budget_id as "budgetId", l.person_id as "personId", l.plan_id as "planId", l.name, l.reference, l.managed, l.book_id as "bookId", b.name as "bookName",
  l.funder_id as "funderId", f.name as "funderName", l.agreed_pence as agreed, l.from_day as "fromDay", l.until_day as "untilDay", l.state
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
    return this.database.read(actor, async (tx) => {
      const icb = can(actor, 'budget:read', { person }) ? undefined : await this.people.icbOf(tx, person);
      requireAccess(actor, 'budget:read', { person, icb });
      await this.audit.viewed(tx, actor, {
        about: person,
        noun: 'budget',
        why,
      });
      const [lines] = await Promise.all([
        tx.rows<Omit<LineView, 'numbers'>>(`${LINES} where l.person_id = $1 order by l.state desc, l.from_day desc, l.id limit 100`, [person]),
        this.seeMoneyOf(tx, actor, person),
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

  /** One line with its four numbers and the newest movements of the line itself. */
  async line(actor: Actor, id: BudgetLineId, page: { before?: string | undefined; limit: number }): Promise<LineView & { movements: StatementRow[] }> {
    return this.database.read(actor, async (tx) => {
      const [found] = await tx.rows<Omit<LineView, 'numbers'>>(`${LINES} where l.id = $1`, [id]);
      if (!found) throw notFound('The budget line');
      const { personId, bookId } = found;
      const mayLook = can(actor, 'line:read', { book: bookId }) || can(actor, 'budget:read', { person: personId });
      if (!mayLook)
        requireAccess(actor, 'budget:read', {
          person: personId,
          icb: await this.people.icbOf(tx, personId),
        });
      await this.audit.viewed(tx, actor, {
        about: personId,
        noun: 'budget-line',
        nounId: id,
        why: 'budget line',
      });
      const [, figures, movements] = await Promise.all([
        this.seeMoneyOf(tx, actor, personId),
        this.ledger.figuresOf(tx, [id]),
        this.ledger.statementOf(tx, lineAccount({ id, personId, bookId }), page),
      ]);
      return { ...withNumbers([found], figures)[0]!, movements };
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
      `select id, person_id as "personId", plan_id as "planId", managed, book_id as "bookId", from_day as "fromDay", until_day as "untilDay", state
       from budget_line where id = any($1) order by id`,
      [lines],
    );
  }

  /** A board sees people, not their money, until it was decided that this actor may look at this person's. */
  private async seeMoneyOf(tx: Tx, actor: Actor, person: PersonId): Promise<void> {
    if (!actor.scope.people.includes(person)) await tx.alsoSee({ people: [person] });
  }
}

const withNumbers = (lines: readonly Omit<LineView, 'numbers'>[], figures: Map<BudgetLineId, LineFigures>): LineView[] =>
  lines.map((line) => ({
    ...line,
    numbers: fourNumbers(line, figures.get(line.id)!),
  }));
