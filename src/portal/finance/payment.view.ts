import type { NamedLine } from '../../insight/index.js';
import { dayOf, formatDay, type LocalDate, type Pence } from '../../kernel/index.js';
import type { PaymentState, PaymentStep, PaymentSummary, PaymentView } from '../../payments/index.js';
import { html, type Printable } from '../../platform/index.js';
import {
  money,
  MONEY_STEPS,
  stateTag,
  type MoneyStep,
  type StateTagOptions,
  type SummaryRow,
  type TableOptions,
  type TimelineItem,
  type TrackerOptions,
} from '../blocks/index.js';
import { paths } from '../paths.js';
import { channelWords, OWNERS, paymentState } from './finance.words.js';

/** Where on the way a state of a pay-out is; those that stop stand where they had got to. */
const STEP: Partial<Readonly<Record<PaymentState, MoneyStep>>> = {
  planned: 'committed',
  prepared: 'committed',
  approved: 'approved',
  sending: 'approved',
  'in-file': 'sent',
  sent: 'sent',
  settled: 'settled',
  reconciled: 'reconciled',
};

export type PaymentAction = 'hold' | 'release' | 'recall' | 'plan-again';

/** What may be done with a pay-out in each state; the command decides again. */
const ACTIONS: Partial<Readonly<Record<PaymentState, readonly PaymentAction[]>>> = {
  planned: ['hold', 'recall'],
  prepared: ['hold', 'release'],
  approved: ['hold'],
  held: ['release', 'recall'],
  returned: ['plan-again', 'recall'],
  failed: ['plan-again', 'recall'],
};

export const ACTION_WORDS: Readonly<Record<PaymentAction, { readonly text: string; readonly asks: string | null; readonly explains: string }>> = {
  hold: { text: 'Hold this payment', asks: 'Why is it held?', explains: 'It stays here until somebody lets it go on.' },
  release: {
    text: 'Let it go on',
    asks: null,
    explains: 'It goes back to planned: the next pay run collects it, one person prepares it and another approves it.',
  },
  recall: {
    text: 'Call it off',
    asks: 'Why will it not be paid?',
    explains: 'It will not be paid, and this cannot be undone. What it was for has to be settled in another way.',
  },
  'plan-again': { text: 'Plan it again', asks: null, explains: 'The next pay run collects it as a new attempt. Check the payee’s details first.' },
};

const DID: Readonly<Record<string, readonly [someone: string, itself: string]>> = {
  plan: ['planned it', 'It was planned'],
  prepare: ['prepared it', 'It was prepared'],
  approve: ['approved it', 'It was approved'],
  hold: ['held it', 'It was held'],
  release: ['let it go on', 'It goes on'],
  recall: ['called it off', 'It was called off'],
  send: ['began to send it', 'We began to send it to Stripe'],
  'put-in-file': ['put it into a payment file', 'It was put into a payment file'],
  made: ['sent it', 'Stripe took it'],
  'fall-back': ['chose the bank file', 'Stripe could not take it now, so it goes into a file for the bank'],
  'lose-sight': ['lost sight of it', 'No answer came, so we ask until we know. It is not sent again'],
  fail: ['marked it as failed', 'It did not go through'],
  settle: ['marked it as paid', 'It was paid'],
  return: ['marked it as returned', 'The money came back'],
  reconcile: ['found it on the bank statement', 'It was found on the bank statement'],
  'plan-again': ['planned it again', 'It was planned again'],
  ask: ['asked the payer', 'The payer was asked'],
  process: ['began to collect it', 'The bank began to collect it'],
  succeed: ['marked it as arrived', 'The money arrived'],
  'take-back': ['marked it as taken back', 'The bank took the money back'],
  'give-back': ['marked it as given back', 'The money was given back to us'],
};

/** One step of a payment's life as a sentence. */
export function sentenceOf(step: Pick<PaymentStep, 'action' | 'actor' | 'to'>, names: ReadonlyMap<string, string>): string {
  const [someone, itself] = DID[step.action] ?? ['changed it', `It is now ${step.to.replaceAll('-', ' ')}`];
  return step.actor.startsWith('system:') ? `${itself}.` : `${names.get(step.actor) ?? 'A colleague'} ${someone}.`;
}

/** The tracker of a pay-out; nothing for money coming in, whose way is another. */
export function trackerOf(payment: PaymentView): TrackerOptions | null {
  if (payment.direction === 'in') return null;
  const reached: Partial<Record<MoneyStep, LocalDate>> = {};
  let step: MoneyStep = 'committed';
  for (const each of payment.history) {
    const at = STEP[each.to];
    if (!at) continue;
    if (each.action === 'plan-again' || each.action === 'release') for (const later of MONEY_STEPS.slice(MONEY_STEPS.indexOf(at))) delete reached[later];
    reached[at] = dayOf(each.at);
    step = at;
  }
  const kind = (['held', 'returned', 'recalled', 'unknown'] as const).find((state) => state === payment.state);
  return {
    sum: payment.amount,
    to: payment.payeeName ?? 'a payee we do not know yet',
    reference: payment.reference,
    step,
    reached: { planned: payment.history[0] ? dayOf(payment.history[0].at) : payment.dueOn, ...reached },
    voice: 'staff',
    dueOn: payment.dueOn,
    ...(kind
      ? { stopped: { kind, reason: payment.reason ?? payment.words, owner: OWNERS[payment.owner], ...(payment.nextOn ? { nextOn: payment.nextOn } : {}) } }
      : {}),
  };
}

/** State, reason, owner and next date: for every payment that is not stopped in the tracker already. */
export const stateOf = (payment: PaymentSummary): StateTagOptions => ({
  ...paymentState(payment.state),
  reason: payment.reason ?? payment.words,
  owner: OWNERS[payment.owner],
  ...(payment.nextOn ? { next: { what: 'The next step is due', on: payment.nextOn } } : {}),
});

export interface PaymentPageView {
  readonly tracker: TrackerOptions | null;
  readonly state: StateTagOptions;
  readonly facts: readonly SummaryRow[];
  readonly parts: TableOptions;
  readonly history: readonly TimelineItem[];
  readonly actions: readonly { readonly text: string; readonly href: string; readonly kind: 'secondary' | 'warning' }[];
}

/** What the reader may do: change the payment's course, and take its file away. */
export interface PaymentMay {
  readonly change: boolean;
  readonly download: boolean;
}

export function paymentPageView(
  payment: PaymentView,
  names: ReadonlyMap<string, string>,
  lines: ReadonlyMap<string, NamedLine>,
  may: PaymentMay,
): PaymentPageView {
  const actions = may.change && payment.direction === 'out' ? (ACTIONS[payment.state] ?? []) : [];
  return {
    tracker: trackerOf(payment),
    state: stateOf(payment),
    facts: [
      {
        key: payment.direction === 'out' ? 'To' : 'From',
        value: payment.payeeName ?? (payment.direction === 'out' ? 'Payee not known yet' : 'The person who pays in'),
      },
      { key: 'Sum', value: money(payment.amount) },
      { key: 'For', value: purposeWords(payment.purpose.noun) },
      { key: 'Due', value: formatDay(payment.dueOn) },
      { key: 'By', value: channelWords(payment.channel) },
      ...(payment.attempt > 1 ? [{ key: 'Attempt', value: String(payment.attempt) }] : []),
      ...(payment.fileId && may.download ? [{ key: 'File', value: html`<a href="${paths.paymentFile(payment.fileId)}">Download the payment file</a>` }] : []),
    ],
    parts: partsTable(payment, lines),
    history: payment.history.map((step) => ({ when: step.at, text: sentenceOf(step, names), ...(step.reason ? { detail: step.reason } : {}) })),
    actions: actions.map((action) => ({
      text: ACTION_WORDS[action].text,
      href: paths.paymentStep(payment.id, action),
      kind: action === 'recall' ? 'warning' : 'secondary',
    })),
  };
}

const PURPOSES: Readonly<Record<string, string>> = {
  invoice: 'An invoice of a provider',
  remittance: 'Money going to another book',
  'pay-in': 'Money put into a pool',
  'own-pay-in': 'A person’s own money, on its way to a pool',
  'own-money': 'A person’s own money, going home to them',
};
const purposeWords = (noun: string): string => PURPOSES[noun] ?? noun;

/** Whose money it is, by the reference of their budget line: no names here. */
function partsTable(payment: PaymentView, lines: ReadonlyMap<string, NamedLine>): TableOptions {
  const hasRefunds = payment.parts.some((part) => part.refunded > 0n);
  const lineOf = (id: string | undefined): Printable => {
    const line = id === undefined ? undefined : lines.get(id);
    return line ? html`${line.reference}<br><span class="cp-small">${line.name}</span>` : 'Not of one budget line';
  };
  return {
    caption: 'Whose money it is',
    head: [{ text: 'Budget line' }, { text: 'Part', isNumber: true }, ...(hasRefunds ? [{ text: 'Came back', isNumber: true }] : [])],
    rows: payment.parts.map((part) => [lineOf(part.owner.line), money(part.amount), ...(hasRefunds ? [money(part.refunded)] : [])]),
    foot: [
      'All together',
      money(payment.amount),
      ...(hasRefunds ? [money(payment.parts.reduce((sum, part) => (sum + part.refunded) as Pence, 0n as Pence))] : []),
    ],
    hasRowHeaders: true,
  };
}

export const paymentsTable = (payments: readonly PaymentSummary[]): TableOptions => ({
  caption: 'Payments, the newest first',
  isCaptionHidden: true,
  head: [{ text: 'Payment' }, { text: 'State and reason' }, { text: 'Next' }, { text: 'Sum', isNumber: true }],
  rows: payments.map((payment) => [
    html`<a href="${paths.payment(payment.id)}">${payment.payeeName ?? (payment.direction === 'in' ? 'Money coming in' : 'Payee not known yet')}</a><br><span class="cp-small">${payment.reference}, due ${formatDay(payment.dueOn)}</span>`,
    html`${stateTag(paymentState(payment.state))}<br><span class="cp-small">${payment.reason ?? payment.words}</span>`,
    payment.nextOn ? html`${OWNERS[payment.owner]}<br><span class="cp-small">by ${formatDay(payment.nextOn)}</span>` : OWNERS[payment.owner],
    money(payment.amount),
  ]),
  hasRowHeaders: true,
  empty: 'No payment is in this state.',
});
