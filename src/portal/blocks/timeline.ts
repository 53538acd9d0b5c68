import { formatDay, formatInstant, type LocalDate } from '../../kernel/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { linkOr } from './markup.js';

export interface TimelineItem {
  /** A day, or an instant when the time of day matters. */
  readonly when: LocalDate | Date;
  /** A plain sentence: `Ana put in £40.00.` */
  readonly text: Printable;
  readonly detail?: Printable;
  readonly href?: string;
  /** Still to happen. */
  readonly isAhead?: boolean;
}

/** What happened, and what will, as sentences in order. */
export const timeline = (items: readonly TimelineItem[], nothing = 'Nothing has happened yet.'): Html =>
  items.length === 0
    ? html`<p>${nothing}</p>`
    : html`<ol class="cp-timeline">${items.map(
        (item) => html`<li class="cp-timeline__item${item.isAhead ? ' cp-timeline__item--ahead' : ''}">
<p class="cp-timeline__when">${timeOf(item.when)}${item.isAhead ? ' (to come)' : null}</p><p class="cp-timeline__text">${linkOr(item.href, item.text)}</p>${item.detail ? html`<p class="cp-timeline__detail">${item.detail}</p>` : null}</li>`,
      )}</ol>`;

const timeOf = (when: LocalDate | Date): Html =>
  typeof when === 'string'
    ? html`<time datetime="${when}">${formatDay(when)}</time>`
    : html`<time datetime="${when.toISOString()}">${formatInstant(when)}</time>`;
