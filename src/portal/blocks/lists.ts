import { attributes, classes, html, NOTHING, type Html, type Printable } from '../../platform/index.js';
import { icon, type IconName } from './icon.js';
import { heading, spoken, type HeadingLevel } from './markup.js';

export interface SummaryRow {
  readonly key: string;
  readonly value: Printable;
  /** A link to change this row. */
  readonly change?: string;
  /** Instead of "Change". */
  readonly changeText?: string;
}

/** Questions and answers in two columns; with `change` links it is the check-your-answers page. */
export const summaryList = (rows: readonly SummaryRow[]): Html =>
  html`<dl class="nhsuk-summary-list">${rows.map(
    (row) => html`<div class="${classes('nhsuk-summary-list__row', !row.change && rows.some((each) => each.change) && 'nhsuk-summary-list__row--no-actions')}">
<dt class="nhsuk-summary-list__key">${row.key}</dt><dd class="nhsuk-summary-list__value">${row.value}</dd>${
      row.change
        ? html`<dd class="nhsuk-summary-list__actions"><a href="${row.change}">${row.changeText ?? 'Change'}${spoken(` ${row.key.toLowerCase()}`)}</a></dd>`
        : null
    }
</div>`,
  )}</dl>`;

export interface PaginationOptions {
  /** What is listed, for those who listen: `payments`. */
  readonly what: string;
  /** Address of the first page when this is a later one: lists are paged by key, so there is a way on and a way to the start. */
  readonly first?: string;
  readonly next?: string;
}

/** The way on through a long list. Nothing when all of it is shown. */
export function pagination(options: PaginationOptions): Html {
  if (!options.first && !options.next) return NOTHING;
  return html`<nav class="cp-pages" aria-label="More ${options.what}">${
    options.first ? html`<a class="cp-pages__link" href="${options.first}">Back to the start</a>` : null
  }${
    options.next ? html`<a class="cp-pages__link cp-pages__link--next" rel="next" href="${options.next}">Show more ${options.what} ${icon('arrow')}</a>` : null
  }</nav>`;
}

export interface EmptyStateOptions {
  readonly title: string;
  /** Teaches: what will be here, when, and what one could do. */
  readonly text: Printable;
  readonly icon?: IconName;
  readonly actions?: readonly { readonly text: string; readonly href: string }[];
  readonly headingLevel?: HeadingLevel;
}

export const emptyState = (options: EmptyStateOptions): Html => html`<div class="cp-empty">
<span class="cp-empty__icon">${icon(options.icon ?? 'leaf')}</span>
${heading(options.headingLevel ?? 3, 'nhsuk-heading-s cp-empty__title', options.title)}
<p class="cp-empty__text">${options.text}</p>
${options.actions?.length ? html`<p class="cp-empty__actions">${options.actions.map((action) => html`<a class="cp-action" href="${action.href}">${action.text} ${icon('arrow')}</a> `)}</p>` : null}
</div>`;

export interface NeedItem {
  readonly text: string;
  readonly href: string;
  /** Why now, and by when: `Answer by 3 March 2027`. */
  readonly hint?: string;
  readonly icon?: IconName;
  /** Overdue or blocking someone. Said in words in the hint as well. */
  readonly isUrgent?: boolean;
}

/** "What needs me": each thing one press away, most pressing first. Says so when nothing does. */
export function needsList(items: readonly NeedItem[], nothing = 'Nothing needs you today.'): Html {
  if (items.length === 0) return html`<p class="cp-needs__none">${icon('tick')}<span>${nothing}</span></p>`;
  return html`<ul class="cp-needs">${items.map(
    (item) => html`<li class="cp-needs__item${item.isUrgent ? ' cp-needs__item--urgent' : ''}"><a class="cp-needs__link"${attributes({ href: item.href })}>
<span class="cp-needs__icon">${icon(item.icon ?? (item.isUrgent ? 'stop' : 'arrow'))}</span><span class="cp-needs__words"><span class="cp-needs__text">${item.text}</span>${item.hint ? html`<span class="cp-needs__hint">${item.hint}</span>` : null}</span></a></li>`,
  )}</ul>`;
}

/** A few words set apart: `note` to know, `care` to take care, `done` when something went well. */
export const note = (kind: 'note' | 'care' | 'done', content: Printable): Html =>
  html`<div class="cp-note cp-note--${kind}">${icon(kind === 'done' ? 'tick' : kind === 'care' ? 'stop' : 'info')}<div class="cp-note__words">${spoken(kind === 'care' ? 'Take care: ' : kind === 'done' ? 'Done: ' : 'Note: ')}${content}</div></div>`;
