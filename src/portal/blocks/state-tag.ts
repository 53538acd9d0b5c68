import { formatDay, type LocalDate } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { icon, type IconName } from './icon.js';

/** How a state feels: words, an icon and a border say it; colour only helps. */
export type StateTone = 'good' | 'waiting' | 'attention' | 'stopped' | 'quiet';

export interface StateTagOptions {
  /** The state in words: `Waiting for your answer`. */
  readonly state: string;
  readonly tone: StateTone;
  readonly reason?: string;
  /** Who has it in hand. */
  readonly owner?: string;
  readonly next?: { readonly what: string; readonly on: LocalDate };
}

const ICONS: Readonly<Record<StateTone, IconName>> = { good: 'tick', waiting: 'clock', attention: 'info', stopped: 'stop', quiet: 'dot' };

/** The tag alone, for lists and tables. */
export const stateTag = (options: Pick<StateTagOptions, 'state' | 'tone'>): Html =>
  html`<strong class="cp-tag cp-tag--${options.tone}">${icon(ICONS[options.tone])}${options.state}</strong>`;

/** The tag with why, who has it in hand, and what happens next and when. */
export function stateBlock(options: StateTagOptions): Html {
  const facts = [
    options.reason && html`<div><dt>Why</dt><dd>${options.reason}</dd></div>`,
    options.owner && html`<div><dt>Who has it in hand</dt><dd>${options.owner}</dd></div>`,
    options.next && html`<div><dt>Next</dt><dd>${options.next.what} on ${formatDay(options.next.on)}</dd></div>`,
  ].filter(Boolean);
  return html`<div class="cp-state cp-state--${options.tone}">${stateTag(options)}${facts.length ? html`<dl class="cp-state__facts">${facts}</dl>` : null}</div>`;
}
