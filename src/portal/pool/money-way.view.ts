import type { LocalDate, Pence } from '../../kernel/index.js';
import { spokenReference } from '../../kernel/index.js';
import type { PaymentState, PaymentSummary } from '../../payments/index.js';
import type { MoneyStep, TrackerOptions } from '../blocks/index.js';
import { MONEY_STEPS } from '../blocks/index.js';

/** How far each state of a payment is on the way that people see. */
const STEP: Readonly<Record<PaymentState, MoneyStep>> = {
  planned: 'committed',
  prepared: 'committed',
  held: 'committed',
  recalled: 'committed',
  approved: 'approved',
  sending: 'approved',
  unknown: 'approved',
  failed: 'approved',
  'in-file': 'sent',
  sent: 'sent',
  returned: 'sent',
  settled: 'settled',
  reconciled: 'reconciled',
  'awaiting-payer': 'planned',
  processing: 'sent',
  succeeded: 'settled',
};

const STOPPED: Partial<Readonly<Record<PaymentState, 'held' | 'returned' | 'recalled' | 'unknown'>>> = {
  held: 'held',
  returned: 'returned',
  failed: 'returned',
  recalled: 'recalled',
  unknown: 'unknown',
};

const OWNERS: Readonly<Record<PaymentSummary['owner'], string>> = {
  finance: 'The payments team',
  bank: 'The bank',
  stripe: 'The card company',
  payer: 'The one who pays',
  nobody: 'Nobody: it has ended',
};

/** A day on which the payments reached a step; the last of them counts. */
export type Reached = Partial<Record<MoneyStep, LocalDate>>;

export interface WayFacts {
  readonly invoiceId: string;
  readonly sum: Pence;
  readonly to: string;
  readonly payments: readonly PaymentSummary[];
  readonly reached: Reached;
  readonly voice: 'holder' | 'staff';
}

/** The way of one invoice's money as one: it is only as far as the payment that is furthest behind, and a stop of one is told.
 *  An invoice over three accounts is three payments, and whose each is stays untold. */
export function moneyWay(facts: WayFacts): TrackerOptions {
  const steps = facts.payments.map((payment) => MONEY_STEPS.indexOf(STEP[payment.state]));
  const step = MONEY_STEPS[steps.length > 0 ? Math.min(...steps) : MONEY_STEPS.indexOf('committed')]!;
  const stopped = facts.payments.find((payment) => STOPPED[payment.state] !== undefined);
  const due = facts.payments
    .filter((payment) => !['settled', 'reconciled', 'recalled'].includes(payment.state))
    .map((payment) => payment.dueOn)
    .sort()
    .at(-1);
  const until = MONEY_STEPS.indexOf(step);
  return {
    sum: facts.sum,
    to: facts.to,
    reference: spokenReference('INV', facts.invoiceId),
    step,
    voice: facts.voice,
    reached: Object.fromEntries(Object.entries(facts.reached).filter(([name]) => MONEY_STEPS.indexOf(name as MoneyStep) <= until)) as Reached,
    ...(due ? { dueOn: due } : {}),
    ...(stopped
      ? {
          stopped: {
            kind: STOPPED[stopped.state]!,
            reason: stopped.reason ?? stopped.words,
            owner: OWNERS[stopped.owner],
            ...(stopped.nextOn ? { nextOn: stopped.nextOn } : {}),
          },
        }
      : {}),
  };
}

/** The days of an invoice's own steps: promised when the sessions were bought, and each later step when the last payment reached it. */
export function reachedBy(committedOn: LocalDate, histories: readonly (readonly { readonly on: LocalDate; readonly to: PaymentState }[])[]): Reached {
  const reached: Reached = { planned: committedOn, committed: committedOn };
  for (const step of MONEY_STEPS.slice(2)) {
    const days = histories.map(
      (history) =>
        history
          .filter((each) => MONEY_STEPS.indexOf(STEP[each.to]) >= MONEY_STEPS.indexOf(step) && STOPPED[each.to] === undefined)
          .map((each) => each.on)
          .sort()[0],
    );
    if (days.length > 0 && days.every((day) => day !== undefined)) reached[step] = (days as LocalDate[]).sort().at(-1)!;
  }
  return reached;
}
