import { html, NOTHING, type Html } from '../../platform/index.js';
import { icon, type IconName } from './icon.js';
import { spoken } from './markup.js';

/** Why two people, or a person and a pool, are shown to each other: `both: gardening`, `both: Tuesdays`, `2 miles`. */
export interface Reason {
  readonly kind: 'goal' | 'day' | 'place' | 'offer' | 'access' | 'pace';
  readonly text: string;
  /** Where this reason can be muted: it will not be used again. */
  readonly mute?: string;
}

const ICONS: Readonly<Record<Reason['kind'], IconName>> = { goal: 'heart', day: 'calendar', place: 'place', offer: 'speech', access: 'person', pace: 'clock' };

export function reasonChips(reasons: readonly Reason[], label = 'Why we show you this'): Html {
  if (reasons.length === 0) return NOTHING;
  return html`<div class="cp-chips"><p class="cp-chips__label">${label}</p><ul class="cp-chips__list">${reasons.map(
    (reason) =>
      html`<li class="cp-chip">${icon(ICONS[reason.kind])}<span>${reason.text}</span>${
        reason.mute ? html`<a class="cp-chip__mute" href="${reason.mute}">Mute${spoken(` the reason “${reason.text}”`)}</a>` : null
      }</li>`,
  )}</ul></div>`;
}
