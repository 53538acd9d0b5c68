import { formatDay, plus, type LocalDate, type Pence } from '../../kernel/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { checkedNote, type CheckedBy } from './checked.js';
import { icon } from './icon.js';
import { linkOr } from './markup.js';
import { money } from './money.js';
import { table } from './table.js';

export interface StatementOptions {
  readonly title: string;
  /** From inclusive to the last day inclusive, as people read statements. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly opening: Pence;
  readonly closing: Pence;
  /** In order of day. `change` is above zero for money in, below for money out. */
  readonly lines: readonly { readonly day: LocalDate; readonly text: Printable; readonly change: Pence; readonly href?: string }[];
  readonly checkedOn: LocalDate | null;
  /** Against what: the bank, unless something else is said. */
  readonly checkedBy?: CheckedBy;
}

export interface StatementView {
  readonly lines: readonly { readonly day: LocalDate; readonly text: Printable; readonly change: Pence; readonly href?: string; readonly balance: Pence }[];
  readonly addsUp: boolean;
}

export function statementView(options: StatementOptions): StatementView {
  let balance = options.opening;
  const lines = options.lines.map((line) => {
    balance = plus(balance, line.change);
    return { ...line, balance };
  });
  return { lines, addsUp: balance === options.closing };
}

/** Money in, money out and what was left after each, from one day to another. */
export function statement(options: StatementOptions): Html {
  const view = statementView(options);
  return html`<div class="cp-statement">
${table({
  caption: `${options.title}, ${formatDay(options.from)} to ${formatDay(options.to)}`,
  head: [{ text: 'Day' }, { text: 'What' }, { text: 'In or out', isNumber: true }, { text: 'Left', isNumber: true }],
  rows: [
    [formatDay(options.from), html`<strong>At the start</strong>`, '', money(options.opening)],
    ...view.lines.map((line) => [formatDay(line.day), linkOr(line.href, line.text), money(line.change, { signed: true }), money(line.balance)]),
    ...(view.lines.length === 0 ? [['', 'Nothing came in or went out.', '', money(options.opening)]] : []),
  ],
  foot: [formatDay(options.to), html`<strong>At the end</strong>`, '', html`<strong>${money(options.closing)}</strong>`],
})}
${view.addsUp ? null : html`<p class="cp-proof cp-proof--broken">${icon('stop')}<span>These lines do not lead to what is left at the end. We show them as they are, and someone must look into it.</span></p>`}
${checkedNote({ by: options.checkedBy ?? 'bank', on: options.checkedOn })}
</div>`;
}
