import { formatPounds, penceAsNumber, type Pence } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';

export interface PledgeBarOptions {
  /** Unique on the page. */
  readonly id: string;
  /** What the money is for. */
  readonly label: string;
  readonly pledged: Pence;
  readonly threshold: Pence;
  /** It went into the pool, so it is a pledge no longer. */
  readonly isCalled: boolean;
}

/** How far pledges have come, in words: `£120.00 of £300.00 pledged`. */
export const pledgeBarWords = ({ pledged, threshold, isCalled }: Omit<PledgeBarOptions, 'id' | 'label'>): string =>
  isCalled ? `${formatPounds(pledged)} of ${formatPounds(threshold)} went into the pool` : `${formatPounds(pledged)} of ${formatPounds(threshold)} pledged`;

/** How far pledges have come: the words, and a bar that says the same. What each person pledged is theirs to tell. */
export function pledgeBar(options: PledgeBarOptions): Html {
  const words = pledgeBarWords(options);
  const [value, max] = [Math.min(penceAsNumber(options.pledged), penceAsNumber(options.threshold)), penceAsNumber(options.threshold)];
  return html`<div class="cp-progress cp-pledge-bar"><p class="cp-pledge-bar__words" id="${options.id}-words">${words}</p><progress class="cp-progress__bar" aria-label="${options.label}: ${words}" value="${value}" max="${max}">${words}</progress></div>`;
}
