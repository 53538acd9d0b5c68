import type { LocalDate } from '../kernel/index.js';
import { penceAsNumber } from '../kernel/index.js';
import type { ExitStatement, ShareChange } from './pool-exit.rules.js';

interface ChangeJson {
  readonly on: LocalDate;
  readonly amountPence: number;
}

/** The exit statement as the API, the page and the stored copy hold it. */
export interface ExitJson {
  readonly leftOn: LocalDate;
  readonly noticeUntil: LocalDate;
  readonly putInPence: number;
  readonly invoices: readonly ChangeJson[];
  readonly refunds: readonly ChangeJson[];
  readonly returnedBeforePence: number;
  readonly keptForNotice: readonly { readonly forDay: LocalDate; readonly amountPence: number }[];
  readonly keptPence: number;
  readonly freedPence: number;
  readonly heldForDebtPence: number;
  readonly onItsWayPence: number;
  readonly toReturnPence: number;
}

const change = ({ on, amount }: ShareChange): ChangeJson => ({ on, amountPence: penceAsNumber(amount) });

export const exitJson = (s: ExitStatement): ExitJson => ({
  leftOn: s.leftOn,
  noticeUntil: s.noticeUntil,
  putInPence: penceAsNumber(s.putIn),
  invoices: s.invoices.map(change),
  refunds: s.refunds.map(change),
  returnedBeforePence: penceAsNumber(s.returnedBefore),
  keptForNotice: s.keptForNotice.map((each) => ({ forDay: each.forDay, amountPence: penceAsNumber(each.left) })),
  keptPence: penceAsNumber(s.kept),
  freedPence: s.freed.reduce((sum, each) => sum + penceAsNumber(each.left), 0),
  heldForDebtPence: penceAsNumber(s.heldForDebt),
  onItsWayPence: penceAsNumber(s.onItsWay),
  toReturnPence: penceAsNumber(s.toReturn),
});
