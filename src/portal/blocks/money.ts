import { formatPounds, type Pence } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { spoken } from './markup.js';

export interface MoneyOptions {
  /** What the sum is for: `a week`, `each session`. */
  readonly per?: string;
  /** Shows a plus before sums above zero, as in a list of movements. */
  readonly signed?: boolean;
  readonly size?: 'normal' | 'large' | 'huge';
}

/** A sum of money, always with two decimals, never broken over two lines, and with "minus" said aloud. */
export function money(sum: Pence, options: MoneyOptions = {}): Html {
  const sign =
    sum < 0n
      ? html`${spoken('minus ')}<span aria-hidden="true">−</span>`
      : options.signed && sum > 0n
        ? html`${spoken('plus ')}<span aria-hidden="true">+</span>`
        : null;
  const size = options.size && options.size !== 'normal' ? ` cp-money--${options.size}` : '';
  const per = options.per ? html` <span class="cp-money__per">${options.per}</span>` : null;
  return html`<span class="cp-money${size}">${sign}${formatPounds((sum < 0n ? -sum : sum) as Pence)}</span>${per}`;
}
