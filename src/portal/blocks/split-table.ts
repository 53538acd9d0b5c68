import { sumPence, type Pence } from '../../kernel/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { icon } from './icon.js';
import { money } from './money.js';
import { percentOf } from './portion.js';
import { table } from './table.js';

export interface SplitTableOptions {
  readonly caption: string;
  readonly whole: Pence;
  /** Whose each part is; others' parts stand as one sum. `how` says the rule: `a quarter each`. */
  readonly rows: readonly { readonly name: Printable; readonly sum: Pence; readonly how?: string; readonly isMine?: boolean }[];
}

/** True when the parts make the whole, to the penny. */
export const addsUp = (options: Pick<SplitTableOptions, 'whole' | 'rows'>): boolean => sumPence(options.rows.map((row) => row.sum)) === options.whole;

/** How a sum falls on shares, and proof that it adds up. */
export function splitTable(options: SplitTableOptions): Html {
  const hasHow = options.rows.some((row) => row.how);
  const mine = options.rows.findIndex((row) => row.isMine);
  const total = sumPence(options.rows.map((row) => row.sum));
  return html`${table({
    caption: options.caption,
    head: [
      { text: 'Whose share' },
      ...(hasHow ? [{ text: 'How it was worked out' }] : []),
      { text: 'Part', isNumber: true },
      { text: 'Amount', isNumber: true },
    ],
    rows: options.rows.map((row) => [row.name, ...(hasHow ? [row.how ?? ''] : []), percentOf(row.sum, options.whole), money(row.sum)]),
    foot: ['All together', ...(hasHow ? [''] : []), options.whole > 0n && total === options.whole ? '100%' : percentOf(total, options.whole), money(total)],
    hasRowHeaders: true,
    empty: 'No shares yet.',
    ...(mine >= 0 ? { highlighted: mine } : {}),
  })}${
    addsUp(options)
      ? html`<p class="cp-proof">${icon('tick')}<span>The shares add up to ${money(options.whole)}, to the penny.</span></p>`
      : html`<p class="cp-proof cp-proof--broken">${icon('stop')}<span>These shares make ${money(total)} and should make ${money(options.whole)}. We show them as they are, and someone must look into it.</span></p>`
  }`;
}
