import { formatDay, type LocalDate, type Pence } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { icon } from './icon.js';
import { spoken } from './markup.js';
import { money } from './money.js';
import { stateBlock } from './state-tag.js';

/** The way of outgoing money (design, section 4), in order. */
export const MONEY_STEPS = ['planned', 'committed', 'approved', 'sent', 'settled', 'reconciled'] as const;
export type MoneyStep = (typeof MONEY_STEPS)[number];

export interface TrackerOptions {
  readonly sum: Pence;
  readonly to: string;
  /** A reference people can read aloud. */
  readonly reference: string;
  /** The last step reached. */
  readonly step: MoneyStep;
  readonly reached: Partial<Record<MoneyStep, LocalDate>>;
  /** When it should arrive, if not yet. */
  readonly dueOn?: LocalDate;
  /** It has stopped, come back, or nobody knows yet: with why, who and when. */
  readonly stopped?: {
    readonly kind: 'held' | 'returned' | 'recalled' | 'unknown';
    readonly reason: string;
    readonly owner: string;
    readonly nextOn?: LocalDate;
  };
  readonly voice?: 'holder' | 'staff';
}

const WORDS: Readonly<Record<MoneyStep, { holder: string; staff: string; hint: string }>> = {
  planned: { holder: 'Planned', staff: 'Planned', hint: 'When it is in the plan' },
  committed: { holder: 'Promised', staff: 'Committed', hint: 'When the money is set aside' },
  approved: { holder: 'Agreed to pay', staff: 'Approved', hint: 'When two people have checked it' },
  sent: { holder: 'Sent', staff: 'In file or sent', hint: 'When it has left the account' },
  settled: { holder: 'Arrived', staff: 'Settled', hint: 'When the bank says it arrived' },
  reconciled: { holder: 'Checked against the bank', staff: 'Reconciled', hint: 'When it matches the bank statement' },
};

const STOPPED: Readonly<Record<'held' | 'returned' | 'recalled' | 'unknown', { state: string; next: string }>> = {
  held: { state: 'Held: it will not be sent yet', next: 'We will look again' },
  returned: { state: 'Returned: the money came back', next: 'We will try again or tell you' },
  recalled: { state: 'Recalled: we asked for it back', next: 'We will know more' },
  unknown: { state: 'Not known yet: we are asking the bank', next: 'We ask again' },
};

/** Where is my money: each step with its day, where it is now, and why it stopped if it did. */
export function moneyTracker(options: TrackerOptions): Html {
  const at = MONEY_STEPS.indexOf(options.step);
  const stopped = options.stopped;
  return html`<div class="cp-tracker" role="group" aria-label="Where the money is">
<p class="cp-tracker__what">${money(options.sum, { size: 'large' })} to ${options.to}</p>
<p class="cp-tracker__reference">Reference <strong>${options.reference}</strong>${options.dueOn && !stopped ? html`. It should arrive by <strong>${formatDay(options.dueOn)}</strong>` : null}.</p>
${stopped ? stateBlock({ state: STOPPED[stopped.kind].state, tone: stopped.kind === 'unknown' ? 'attention' : 'stopped', reason: stopped.reason, owner: stopped.owner, next: stopped.nextOn && { what: STOPPED[stopped.kind].next, on: stopped.nextOn } }) : null}
<ol class="cp-tracker__steps">${MONEY_STEPS.map((step, index) => stepOf(options, step, index < at ? 'done' : index === at ? 'now' : 'ahead'))}</ol>
</div>`;
}

function stepOf(options: TrackerOptions, step: MoneyStep, place: 'done' | 'now' | 'ahead'): Html {
  const day = options.reached[step];
  const isDone = place === 'done' || (place === 'now' && step === 'reconciled');
  return html`<li class="cp-tracker__step cp-tracker__step--${isDone ? 'done' : place}"${place === 'now' ? html` aria-current="step"` : null}><span class="cp-tracker__mark">${
    isDone ? icon('tick') : place === 'now' ? icon(options.stopped ? 'stop' : 'clock') : null
  }</span>
<span class="cp-tracker__words"><span class="cp-tracker__name">${WORDS[step][options.voice ?? 'holder']}${spoken(isDone ? ' (done)' : place === 'now' ? ' (it is here now)' : ' (not yet)')}</span>
<span class="cp-tracker__day">${day ? formatDay(day) : place === 'ahead' ? WORDS[step].hint : 'Day not known'}</span></span></li>`;
}
