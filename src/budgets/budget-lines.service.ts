import { Injectable } from '@nestjs/common';
import type { BookId, BudgetLineId, LocalDate, OrganisationId, Pence, PersonId } from '../kernel/index.js';
import { dayOf, notFound, penceAsNumber, statesAllowing } from '../kernel/index.js';
import { Ledger, LedgerQueries } from '../ledger/index.js';
import type { NewEvent, Tx } from '../platform/index.js';
import { announce, announceAll } from '../platform/index.js';
import { agreedLessEntries, lineAccount } from './budget.entries.js';
import { fourNumbers } from './budget.rules.js';
import { LINE } from './line.lifecycle.js';
import type { HeldLine, LineMoney } from './line.rules.js';
import { checkResume, checkSuspend, decideLineEnd, decideReclaim, decideReduction } from './line.rules.js';

/** What later decisions of the ICB do to a budget line. The decision itself is recorded, and authorised, in the room of commissioning; the
 *  transaction's scope names the person and the line's book. */
@Injectable()
export class BudgetLines {
  constructor(
    private readonly ledger: Ledger,
    private readonly ledgerQueries: LedgerQueries,
  ) {}

  /** The lines of a plan that are still open, by id, locked; or the one asked for, in whatever state. Refuses a line of another plan (not-found). */
  async ofPlan(tx: Tx, planId: string, line?: BudgetLineId): Promise<HeldLine[]> {
    const lines = await tx.rows<HeldLine>(
      `select l.id, l.person_id as "personId", l.plan_id as "planId", l.book_id as "bookId", b.basis, l.state, l.agreed_pence as agreed, l.from_day as "fromDay",
         l.until_day as "untilDay", l.suspended_on as "suspendedOn"
       from budget_line l join book b on b.id = l.book_id where l.plan_id = $1 and ($2::uuid = l.id or ($2 is null and l.state = 'open')) order by l.id for update of l`,
      [planId, line ?? null],
    );
    if (line !== undefined && lines.length === 0) throw notFound('The budget line');
    return lines;
  }

  /** The agreed sum falls (reg. 13). `decision` names it in the ledger. Answers what left the line. Refuses: see `decideReduction`. */
  async reduce(tx: Tx, line: HeldLine, amount: Pence, decision: string): Promise<{ agreed: Pence; taken: Pence }> {
    const { agreed } = decideReduction(line, await this.moneyOf(tx, line), amount);
    await this.lower(tx, line, agreed, amount, decision);
    return { agreed, taken: line.basis === 'allocation' ? amount : (0n as Pence) };
  }

  /** Takes what is free towards a sum asked back (reg. 15). Answers how much that was. Refuses: see `decideReclaim`. */
  async takeBack(tx: Tx, line: HeldLine, amount: Pence, decision: string): Promise<{ agreed: Pence; taken: Pence }> {
    const decided = decideReclaim(line, await this.moneyOf(tx, line), amount);
    if (decided.taken > 0n) await this.lower(tx, line, decided.agreed, decided.taken, decision);
    return decided;
  }

  /** Nothing new may be bought from it until it is lifted. Refuses: line-ended, line-suspended. */
  async suspend(tx: Tx, line: HeldLine): Promise<void> {
    checkSuspend(line);
    tx.write('update budget_line set suspended_on = $2 where id = $1', [line.id, dayOf(tx.now)]);
    await announce(tx, { name: 'lineSuspended', ...eventOf(line) });
  }

  /** Refuses: line-ended, line-not-suspended. */
  async resume(tx: Tx, line: HeldLine): Promise<void> {
    checkResume(line);
    tx.write('update budget_line set suspended_on = null where id = $1', [line.id]);
    await announce(tx, { name: 'lineResumed', ...eventOf(line) });
  }

  /** Nothing new may be bought from it from a day on; what is committed stays. Ended at once when that day is today, else by the job.
   *  Refuses: line-ended, ends-before-it-began. */
  async stop(tx: Tx, line: HeldLine, endsOn: LocalDate): Promise<void> {
    tx.write('update budget_line set until_day = $2 where id = $1', [line.id, decideLineEnd(line, endsOn)]);
    await this.endDue(tx, [line.personId], dayOf(tx.now));
  }

  /** A person's open lines of these funders end on a day that has come: another ICB is responsible. One that had not begun ends as it begins.
   *  Answers which. */
  async endOfFunders(tx: Tx, person: PersonId, funders: readonly OrganisationId[], day: LocalDate): Promise<BudgetLineId[]> {
    const lines = await tx.rows<{ id: BudgetLineId }>(
      `update budget_line set until_day = greatest(from_day + 1, least(until_day, $3::date)) where person_id = $1 and funder_id = any($2) and state = 'open' returning id`,
      [person, funders, day],
    );
    await this.endDue(tx, [person], dayOf(tx.now));
    return lines.map((line) => line.id).sort();
  }

  /** Ends the lines of these people whose last day is over. Answers how many. */
  async endDue(tx: Tx, people: readonly PersonId[], day: LocalDate): Promise<number> {
    const edge = LINE.open.end;
    const ended = await tx.rows<{ id: BudgetLineId; personId: PersonId; bookId: BookId }>(
      'update budget_line set state = $3 where person_id = any($1) and until_day <= $2 and state = any($4) returning id, person_id as "personId", book_id as "bookId"',
      [people, day, edge.to, statesAllowing(LINE, 'end')],
    );
    await announceAll(
      tx,
      ended.map(({ id, personId, bookId }) => ({ name: edge.event, about: { people: [personId], books: [bookId] }, payload: { lineId: id, personId } })),
    );
    return ended.length;
  }

  private async moneyOf(tx: Tx, line: HeldLine): Promise<LineMoney> {
    const figures = (await this.ledgerQueries.figuresOf(tx, [line.id])).get(line.id)!;
    return { numbers: fourNumbers(line, figures), freeInLine: (await this.ledgerQueries.balanceOf(tx, lineAccount(line))).free };
  }

  private async lower(tx: Tx, line: HeldLine, agreed: Pence, by: Pence, decision: string): Promise<void> {
    await this.ledger.record(tx, agreedLessEntries(line, line.basis, by, decision, dayOf(tx.now)));
    tx.write('update budget_line set agreed_pence = $2 where id = $1', [line.id, String(agreed)]);
    await announce(tx, { name: 'lineReduced', ...eventOf(line, { byPence: penceAsNumber(by), agreedPence: penceAsNumber(agreed) }) });
  }
}

const eventOf = ({ id, personId, bookId }: HeldLine, more: Record<string, number> = {}): Omit<NewEvent, 'name'> => ({
  about: { people: [personId], books: [bookId] },
  payload: { lineId: id, personId, ...more },
});
