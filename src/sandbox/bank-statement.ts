import { type LocalDate, addDays, daysBetween } from '../kernel/index.js';
import { type BankAccount, type BankLine, checkPeriod, linesOf } from './bank.js';
import type { World } from './world.js';

/** What an account did from a day (inclusive) until another (exclusive). Sums are whole pence. */
export interface Statement {
  readonly account: BankAccount;
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly lastDay: LocalDate;
  /** 1 for a statement that begins on the day the account was opened, and one more for each day after. */
  readonly number: number;
  readonly openingPence: number;
  readonly closingPence: number;
  /** The oldest first. */
  readonly lines: readonly BankLine[];
  /** Written as careless systems write: short names, broken references, no end-to-end ids. */
  readonly hard: boolean;
}

/** The statement of a period. It holds nothing of the moment at which it is asked, so the same days give the same bytes. */
export function statementOf(world: World, account: BankAccount, from: LocalDate, until: LocalDate, hard: boolean): Statement {
  checkPeriod(from, until);
  const rows = linesOf(world, account.id).rows;
  const lines = rows.filter((line) => from <= line.day && line.day < until);
  const openingPence = rows.findLast((line) => line.day < from)?.balancePence ?? account.openingPence;
  return {
    account,
    from,
    until,
    lastDay: addDays(until, -1),
    number: Math.max(1, daysBetween(account.openedOn, from) + 1),
    openingPence,
    closingPence: lines.at(-1)?.balancePence ?? openingPence,
    lines,
    hard,
  };
}
