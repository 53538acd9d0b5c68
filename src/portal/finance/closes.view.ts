import type { ClosedPeriod } from '../../finance/index.js';
import type { FieldFault, LocalDate, Pence } from '../../kernel/index.js';
import { addDays, dayOf, formatDay, isLocalDate, pence } from '../../kernel/index.js';
import type { AccountKind } from '../../ledger/index.js';
import type { DateParts, TableOptions } from '../blocks/index.js';
import { dateParts, money } from '../blocks/index.js';
import { dayOfParts, type FormBody } from '../form-body.js';
import type { Flashes } from '../shell/index.js';
import { nameIn } from './pay-runs.view.js';

export const CLOSE_DONE: Flashes = { closed: { kind: 'done', title: 'The accounts are closed up to the day you chose' } };

/** What one wants to see of a closed period at a glance; every sum is in the API. */
const SHOWN: readonly { readonly text: string; readonly kinds: readonly AccountKind[] }[] = [
  { text: 'Bank, or agreed', kinds: ['bank', 'agreed'] },
  { text: 'Budget lines', kinds: ['line'] },
  { text: 'In pools', kinds: ['share'] },
  { text: 'Owed to providers', kinds: ['payable'] },
  { text: 'Members owe', kinds: ['receivable'] },
];

const sumOf = (closed: ClosedPeriod, kinds: readonly AccountKind[]): Pence => pence(kinds.reduce((sum, kind) => sum + (closed.sumsPence[kind] ?? 0), 0));

export const closesTable = (closes: readonly ClosedPeriod[], names: ReadonlyMap<string, string>): TableOptions => ({
  caption: 'What stood in the accounts when each period ended, the latest first',
  head: [{ text: 'Period' }, { text: 'Closed' }, ...SHOWN.map(({ text }) => ({ text, isNumber: true }))],
  rows: closes.map((closed) => [
    `${formatDay(closed.fromOn)} to ${formatDay(addDays(closed.untilOn, -1))}`,
    `${formatDay(dayOf(new Date(closed.closedAt)))} by ${nameIn(names, closed.closedBy)}`,
    ...SHOWN.map(({ kinds }) => money(sumOf(closed, kinds))),
  ]),
  hasRowHeaders: true,
  empty: 'Nothing was closed yet.',
});

/** The day the form begins with: the first of this month, when something before it is still open. */
export const firstOfMonth = (today: LocalDate): LocalDate => `${today.slice(0, 8)}01` as LocalDate;

export function readClose(body: FormBody): { values: DateParts; untilOn: LocalDate | undefined; faults: readonly FieldFault[] } {
  const values = dateParts('untilOn', body);
  const untilOn = dayOfParts(values);
  if (isLocalDate(untilOn)) return { values, untilOn, faults: [] };
  return { values, untilOn: undefined, faults: [{ field: 'untilOn', message: 'Enter the first day that stays open, like 1 7 2027' }] };
}
