import type { LocalDate, Pence } from '../../kernel/index.js';
import { formatDay, minus, NO_PENCE, pence, plus } from '../../kernel/index.js';
import type { ExitJson } from '../../pools/index.js';
import type { TableOptions } from '../blocks/index.js';
import { money } from '../blocks/index.js';

export interface ExitLine {
  readonly text: string;
  /** Above zero for what is yours, below for what went or stays. */
  readonly change: Pence;
}

const down = (sum: number): Pence => minus(NO_PENCE, pence(sum));

/** Every line from what was put in to what goes back: to the person themselves, or about somebody by name, a funder among them. */
export function exitLines(exit: ExitJson, about?: string): ExitLine[] {
  const [who, to, their, owe] = about === undefined ? ['you', 'you', 'your', 'you still owe'] : [about, 'them', 'their', 'they still owe'];
  return [
    { text: `What ${who} put in`, change: pence(exit.putInPence) },
    ...exit.invoices.map((each) => ({
      text: `${about === undefined ? 'Your' : 'Their'} part of a bill on ${formatDay(each.on)}`,
      change: down(each.amountPence),
    })),
    ...exit.refunds.map((each) => ({ text: `Money that came back on ${formatDay(each.on)}`, change: pence(each.amountPence) })),
    ...(exit.returnedBeforePence > 0 ? [{ text: `Already went back to ${to}`, change: down(exit.returnedBeforePence) }] : []),
    ...exit.keptForNotice.map((each) => ({ text: `Kept for ${their} part of the session on ${formatDay(each.forDay)}`, change: down(each.amountPence) })),
    ...(exit.onItsWayPence > 0 ? [{ text: `On its way to the new money-holder, and sent on to ${to} from there`, change: down(exit.onItsWayPence) }] : []),
    ...(exit.heldForDebtPence > 0 ? [{ text: `Kept because ${owe} it`, change: down(exit.heldForDebtPence) }] : []),
  ];
}

/** True when the lines lead to what goes back, to the penny. */
export const leadsTo = (exit: ExitJson): boolean =>
  exitLines(exit).reduce<Pence>((sum, line) => plus(sum, line.change), NO_PENCE) === pence(exit.toReturnPence);

/** As the person reads it themselves, or whoever acts for somebody, by name. */
export function exitTable(exit: ExitJson, left: boolean, about?: string): TableOptions {
  const on = formatDay(exit.leftOn);
  const back = about === undefined ? 'you' : 'them';
  return {
    caption: left
      ? `${about === undefined ? 'Your exit statement' : `The exit statement of ${about}`}, ${on}`
      : `If ${about === undefined ? 'you leave' : `${about} leaves`} today, ${on}`,
    hasRowHeaders: true,
    head: [{ text: 'What' }, { text: 'Amount', isNumber: true }],
    rows: exitLines(exit, about).map((line) => [line.text, money(line.change, { signed: true })]),
    foot: [left ? `Goes back to ${back}` : `Would go back to ${back}`, money(pence(exit.toReturnPence))],
  };
}

/** Until when something is still owed, in a sentence. */
export function noticeWords(exit: ExitJson, left: boolean, about?: string): string {
  const [notice, who, their, owe, pay] =
    about === undefined ? (['Your notice', 'You', 'your', 'owe', 'pay'] as const) : ([`The notice of ${about}`, about, 'their', 'owes', 'pays'] as const);
  if (exit.noticeUntil === exit.leftOn) return left ? `${who} ${owe} nothing more.` : `There is no notice to give. ${who} would owe nothing more.`;
  const until = formatDay(exit.noticeUntil as LocalDate);
  return `${notice} ${left ? 'ends' : 'would end'} on ${until}. ${who} ${left ? pay : 'would pay'} ${their} part of what is booked before that day, and nothing after it.`;
}
