import type { BudgetLineId, LocalDate, Pence } from '../kernel/index.js';
import { invalid, minus, plus, sumPence } from '../kernel/index.js';
import type { BookBasis, LineFigures } from '../ledger/index.js';

export type Managed = 'notional' | 'third-party' | 'direct-payment';

/** The four numbers people see everywhere, and what is still to come beneath them.
 *  agreed = still to come + free + committed + spent, always. */
export interface FourNumbers {
  readonly line: BudgetLineId;
  readonly agreed: Pence;
  readonly stillToCome: Pence;
  readonly free: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
}

export function fourNumbers(line: { id: BudgetLineId; agreed: Pence }, figures: LineFigures): FourNumbers {
  const { free, committed, spent } = figures;
  return { line: line.id, agreed: line.agreed, free, committed, spent, stillToCome: minus(line.agreed, plus(plus(free, committed), spent)) };
}

/** The same over several lines. */
export function totalOf(numbers: readonly FourNumbers[]): Omit<FourNumbers, 'line'> {
  const sum = (key: Exclude<keyof FourNumbers, 'line'>): Pence => sumPence(numbers.map((each) => each[key]));
  return { agreed: sum('agreed'), stillToCome: sum('stillToCome'), free: sum('free'), committed: sum('committed'), spent: sum('spent') };
}

/** A budget, and each of its lines, ends after it begins. Refuses: line-dates-wrong. */
export function checkBudgetDays({ fromDay, untilDay }: { readonly fromDay: LocalDate; readonly untilDay: LocalDate }): void {
  if (untilDay <= fromDay)
    throw invalid('line-dates-wrong', 'The budget must end after it begins.', [{ field: 'untilDay', message: 'Give a day after the first day.' }]);
}

/** A budget has at least one line: without one it would give nobody anything. Refuses: budget-without-lines. */
export function checkBudgetLines(lines: readonly unknown[]): void {
  if (lines.length === 0)
    throw invalid('budget-without-lines', 'A budget needs at least one line: without one it gives nobody any money.', [
      { field: 'lines', message: 'Write down at least one line with its sum.' },
    ]);
}

/** Which books may hold a line: notional money stays in the ICB's allocation book; the other two ways need a book of cash
 *  (RULE 1, TRAP 1). Refuses: line-in-wrong-book. */
export function checkNewLine(managed: Managed, book: { basis: BookBasis; ownedByHolder: boolean }): void {
  const fits = managed === 'notional' ? book.basis === 'allocation' : book.basis === 'cash' && (managed === 'direct-payment') === book.ownedByHolder;
  if (!fits)
    throw invalid(
      'line-in-wrong-book',
      'This way of managing money does not fit the book: notional lines need the ICB’s own book, direct payments the holder’s account, third-party lines the money-holder’s account.',
    );
}
