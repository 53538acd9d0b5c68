import { formatDay, type LocalDate } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { icon } from './icon.js';

/** What money is held against. Notional money lies in the NHS's own ledger and in no bank account here: what proves it is the payer's report. */
export type CheckedBy = 'bank' | 'payer' | 'both';

export interface Check {
  readonly by: CheckedBy;
  /** The day up to which it agreed; null when it was not checked, or did not agree. */
  readonly on: LocalDate | null;
}

const WORDS: Readonly<Record<CheckedBy, { readonly done: (day: string) => string; readonly not: string }>> = {
  bank: { done: (day) => `Checked against the bank on ${day}`, not: 'Not yet checked against the bank' },
  payer: {
    done: (day) => `The NHS keeps this money. Checked against its report of payments on ${day}`,
    not: 'The NHS keeps this money. Not yet checked against its report of payments',
  },
  both: {
    done: (day) => `Checked against the bank and the NHS report of payments, up to ${day}`,
    not: 'Not all of it is checked yet against the bank or the NHS report of payments',
  },
};

/** In a sentence without its full stop. */
export const checkedWords = ({ by, on }: Check): string => (on === null ? WORDS[by].not : WORDS[by].done(formatDay(on)));

/** The same as a line of its own. */
export const checkedNote = (check: Check): Html =>
  html`<p class="cp-proof${check.on ? '' : ' cp-proof--not'}">${icon(check.on ? 'tick' : 'clock')}<span>${checkedWords(check)}.</span></p>`;

/** Several together: the earliest of their days, and none when one of them has none. Nothing at all is held against the bank, and was not. */
export function checkedTogether(checks: readonly Check[]): Check {
  const kinds = new Set(checks.map((check) => check.by));
  const by = kinds.size > 1 ? 'both' : ([...kinds][0] ?? 'bank');
  const days = checks.map((check) => check.on);
  return { by, on: days.includes(null) ? null : (days.sort()[0] ?? null) };
}
