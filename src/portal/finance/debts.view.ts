import type { WaitingArrival } from '../../budgets/index.js';
import type { Debt, FeeDue, FeesOwedBy } from '../../finance/index.js';
import { gapOf, returnableOf } from '../../finance/index.js';
import { formatDay, formatPounds, spokenReference, sumPence, type Pence } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import { money, type ChoiceItem, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const DEBTS_DONE: Flashes = {
  payBack: { kind: 'done', title: 'It is paid back', text: 'The member’s own money is free again by as much.' },
  cover: { kind: 'done', title: 'The gap is covered', text: 'Payments that waited for it can leave. The member still owes what they owed.' },
  returned: { kind: 'done', title: 'The cover goes back', text: 'A payment to the money-holder is planned. Two people decide about it, like any other.' },
  fees: { kind: 'done', title: 'The fees are paid' },
};

const PAYERS: Readonly<Record<FeesOwedBy, string>> = { 'money-holder': 'The money-holder', contributor: 'Who put the money in', icb: 'The ICB' };

/** What all debts leave open in the book: no payment leaves that would need others' money for it. */
export const gapOfAll = (debts: readonly Debt[]): Pence => sumPence(debts.map(gapOf));

export function debtsTable(debts: readonly Debt[], names: ReadonlyMap<string, string>, book: string): TableOptions {
  return {
    caption: 'Members who owe this book, or for whom money was put in',
    head: [
      { text: 'Member' },
      { text: 'Owes', isNumber: true },
      { text: 'Covered by the money-holder', isNumber: true },
      { text: 'Gap', isNumber: true },
      { text: 'Cover to give back', isNumber: true },
    ],
    rows: debts.map((debt) => [
      html`<a href="${paths.debt(debt.person)}?book=${book}">${names.get(debt.person)}</a>`,
      money(debt.owes),
      money(debt.covered),
      money(gapOf(debt)),
      money(returnableOf(debt)),
    ]),
    ...(debts.length > 1
      ? {
          foot: [
            'All',
            money(sumPence(debts.map((debt) => debt.owes))),
            money(sumPence(debts.map((debt) => debt.covered))),
            money(gapOfAll(debts)),
            money(sumPence(debts.map(returnableOf))),
          ],
        }
      : {}),
    hasRowHeaders: true,
    empty: 'Nobody owes this book anything.',
  };
}

export const debtFacts = (debt: Debt): SummaryRow[] => [
  { key: 'Owes', value: money(debt.owes) },
  { key: 'Covered by the money-holder', value: money(debt.covered) },
  { key: 'Gap', value: money(gapOf(debt)) },
  { key: 'Cover to give back', value: money(returnableOf(debt)) },
];

export const feesTable = (fees: readonly FeeDue[], names: ReadonlyMap<string, string>): TableOptions => ({
  caption: 'Fees that cards and the bank have taken, by who pays them',
  head: [{ text: 'Who pays' }, { text: 'Whose payment' }, { text: 'Pool' }, { text: 'Due', isNumber: true }],
  rows: fees.map((fee) => [
    PAYERS[fee.owedBy],
    fee.person ? (names.get(fee.person) ?? 'Somebody') : 'Nobody’s',
    fee.pool ? spokenReference('POL', fee.pool) : 'No pool',
    money(fee.amount),
  ]),
  ...(fees.length > 1 ? { foot: ['All', '', '', money(sumPence(fees.map((fee) => fee.amount)))] } : {}),
  hasRowHeaders: true,
  empty: 'No fees are due.',
});

/** Money that waits, as choices: its sum, its day and what the bank wrote. */
export const waitingItems = (waiting: readonly WaitingArrival[]): ChoiceItem[] =>
  waiting.map((line) => ({ value: line.lineId, text: `${formatPounds(line.amount)} on ${formatDay(line.bookedOn)}`, hint: line.text }));

/** Who can pay fees: each that the agreements name once, and a contributor for their own. `contributor:PERSON` or the payer alone. */
export function payerItems(fees: readonly FeeDue[], names: ReadonlyMap<string, string>): ChoiceItem[] {
  const due = new Map<string, { text: string; sum: bigint }>();
  for (const fee of fees) {
    const isOwn = fee.owedBy === 'contributor' && fee.person !== null;
    const value = isOwn ? `contributor:${fee.person}` : fee.owedBy;
    const text = isOwn ? (names.get(fee.person!) ?? 'Somebody') : PAYERS[fee.owedBy];
    due.set(value, { text, sum: (due.get(value)?.sum ?? 0n) + fee.amount });
  }
  return [...due].map(([value, { text, sum }]) => ({ value, text, hint: `${formatPounds(sum as Pence)} due` }));
}
