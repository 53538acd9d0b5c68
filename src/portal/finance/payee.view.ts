import { dayOf, formatInstant } from '../../kernel/index.js';
import type { PayeeView } from '../../payments/index.js';
import { html } from '../../platform/index.js';
import { stateTag, type StateTagOptions, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

const WHO: Readonly<Record<PayeeView['kind'], string>> = { provider: 'Provider', person: 'Person', book: 'Another money-holder' };

/** Details are paid to once a second person has checked them and they have waited (RULE 23). */
export function payeeState(payee: PayeeView, now: Date): StateTagOptions {
  if (payee.state === 'stopped') return { state: 'Stopped', tone: 'quiet', reason: 'Nothing is paid to these details.' };
  if (payee.state === 'entered')
    return {
      state: 'Waits for a check',
      tone: 'waiting',
      reason: 'A second person checks new details before anything is paid.',
      owner: 'A second finance officer',
    };
  const from = payee.usableFrom === null ? null : new Date(payee.usableFrom);
  if (from && from > now)
    return {
      state: 'Checked, waiting',
      tone: 'waiting',
      reason: `New details wait before the first payment, so that a fraud can still be noticed. They can be paid from ${formatInstant(from)}.`,
      next: { what: 'Payments can leave', on: dayOf(from) },
    };
  return { state: 'Ready to pay', tone: 'good' };
}

const placeOf = (payee: PayeeView): string =>
  [payee.last4 ? `account ending ${payee.last4}` : null, payee.hasStripe ? 'Stripe' : null].filter((each) => each !== null).join(' and ') || 'no details';

export const payeesTable = (payees: readonly PayeeView[], now: Date): TableOptions => ({
  caption: 'Payees by name',
  isCaptionHidden: true,
  head: [{ text: 'Name' }, { text: 'Who' }, { text: 'Paid to' }, { text: 'State' }],
  rows: payees.map((payee) => [html`<a href="${paths.payee(payee.id)}">${payee.name}</a>`, WHO[payee.kind], placeOf(payee), stateTag(payeeState(payee, now))]),
  hasRowHeaders: true,
  empty: 'No payee yet. When a provider sends the first invoice, enter where to pay it. A second person then checks the details.',
});

export interface PayeePageView {
  readonly state: StateTagOptions;
  readonly facts: readonly SummaryRow[];
  readonly mayCheck: boolean;
  readonly mayChange: boolean;
}

export const payeePageView = (payee: PayeeView, now: Date, may: { readonly enter: boolean; readonly check: boolean }): PayeePageView => ({
  state: payeeState(payee, now),
  facts: [
    { key: 'Who', value: WHO[payee.kind] },
    { key: 'Bank account', value: payee.last4 ? `Ending ${payee.last4}` : 'None' },
    { key: 'Stripe account', value: payee.hasStripe ? 'Yes' : 'None' },
    { key: 'Version of the details', value: String(payee.version) },
  ],
  mayCheck: may.check && payee.state === 'entered',
  mayChange: may.enter && payee.state !== 'stopped',
});

export const PAYEE_DONE: Flashes = {
  entered: { kind: 'done', title: 'The details are entered', text: 'A second finance officer now checks them, best by phoning a number you know already.' },
  changed: { kind: 'done', title: 'The details are changed', text: 'They are checked and wait anew before anything is paid.' },
  checked: { kind: 'done', title: 'The details are checked' },
  stopped: { kind: 'done', title: 'Nothing is paid to these details any more' },
};
