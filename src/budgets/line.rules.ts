import type { BookId, BudgetLineId, LocalDate, Pence, PersonId } from '../kernel/index.js';
import { formatDay, formatPounds, invalid, minus, NO_PENCE, refused, smaller } from '../kernel/index.js';
import type { BookBasis } from '../ledger/index.js';
import type { FourNumbers } from './budget.rules.js';
import type { LineState } from './line.lifecycle.js';

/** A line as later decisions about it find it, locked. */
export interface HeldLine {
  readonly id: BudgetLineId;
  readonly personId: PersonId;
  readonly planId: string;
  readonly bookId: BookId;
  readonly basis: BookBasis;
  readonly state: LineState;
  readonly agreed: Pence;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
  readonly suspendedOn: LocalDate | null;
}

export interface LineMoney {
  readonly numbers: FourNumbers;
  /** Free in the line itself. What lies in its shares of pools is never taken (RULE 12). */
  readonly freeInLine: Pence;
}

/** How much of the agreed sum may go: in an allocation book what is free in the line; in a cash book, which has only what arrived, what is
 *  still to come. Everything committed or spent stays agreed. */
export const reducible = (line: Pick<HeldLine, 'basis'>, { numbers, freeInLine }: LineMoney): Pence =>
  line.basis === 'allocation' ? freeInLine : numbers.stillToCome > 0n ? numbers.stillToCome : NO_PENCE;

/** Whether the agreed sum may fall (reg. 13). Refuses: line-ended, amount-not-positive, more-than-free (below what is committed and spent, or
 *  into money that lies elsewhere), nothing-would-be-left. */
export function decideReduction(line: HeldLine, money: LineMoney, amount: Pence): { readonly agreed: Pence } {
  requireOpen(line);
  requireSum(amount);
  const most = reducible(line, money);
  if (amount > most)
    throw refused(
      'more-than-free',
      line.basis === 'allocation'
        ? `Only ${formatPounds(most)} is free in this line. What is in pools, committed or spent cannot be taken away.`
        : `Only ${formatPounds(most)} of this line is still to come. What has arrived cannot be taken away like this: ask for it back.`,
      { mostPence: String(most) },
    );
  return { agreed: requireSomeLeft(line, minus(line.agreed, amount)) };
}

/** What a reclaim takes at once (reg. 15): in an allocation book what is free in the line, as far as it was asked for; in a cash book nothing,
 *  because the money is in another body's bank account and has to be paid back. The rest stays asked.
 *  Refuses: amount-not-positive, more-than-agreed, nothing-would-be-left. */
export function decideReclaim(line: HeldLine, money: LineMoney, amount: Pence): { readonly taken: Pence; readonly agreed: Pence } {
  requireSum(amount);
  if (amount > line.agreed) throw refused('more-than-agreed', `No more than the agreed ${formatPounds(line.agreed)} can be asked back.`);
  const taken = line.basis === 'allocation' ? smaller(money.freeInLine, amount) : NO_PENCE;
  return { taken, agreed: taken === 0n ? line.agreed : requireSomeLeft(line, minus(line.agreed, taken)) };
}

/** Whether a line may be suspended. Refuses: line-ended, line-suspended. */
export function checkSuspend(line: HeldLine): void {
  requireOpen(line);
  if (line.suspendedOn !== null) throw refused('line-suspended', `This money is suspended since ${formatDay(line.suspendedOn)} already.`);
}

/** Whether a suspension may be lifted. Refuses: line-ended, line-not-suspended. */
export function checkResume(line: HeldLine): void {
  requireOpen(line);
  if (line.suspendedOn === null) throw refused('line-not-suspended', 'This money is not suspended.');
}

/** The first day on which nothing new may be bought from a line that is stopped: never later than it would have been.
 *  Refuses: line-ended, ends-before-it-began. */
export function decideLineEnd(line: HeldLine, endsOn: LocalDate): LocalDate {
  requireOpen(line);
  if (endsOn <= line.fromDay)
    throw invalid('ends-before-it-began', 'This money has not begun yet.', [{ field: 'endsOn', message: `Give a day after ${formatDay(line.fromDay)}.` }]);
  return endsOn < line.untilDay ? endsOn : line.untilDay;
}

function requireOpen(line: HeldLine): void {
  if (line.state !== 'open') throw refused('line-ended', 'This part of the budget is over.');
}

function requireSum(amount: Pence): void {
  if (amount <= 0n)
    throw invalid('amount-not-positive', 'Enter an amount above zero.', [{ field: 'amountPence', message: 'Enter an amount, like 120 or 120.50' }]);
}

function requireSomeLeft(line: HeldLine, agreed: Pence): Pence {
  if (agreed <= 0n && line.state === 'open')
    throw refused('nothing-would-be-left', 'This would leave nothing in the line. Stop it first, with its own reasons.');
  return agreed;
}
