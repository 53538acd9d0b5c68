import { html, type Html } from '../../platform/index.js';
import { icon } from './icon.js';
import { details, spoken } from './markup.js';

/** In a table or sentence, where a number is hidden so that nobody can be picked out. A key on the page explains it (`suppressedNote`). */
export const suppressedNumber = (): Html => html`<span class="cp-suppressed">${icon('lock')}hidden${spoken(' to protect people')}</span>`;

/** A number on its own, hidden, with the reason one press away. `fewerThan` is the smallest count that is ever shown. */
export const suppressedBlock = (options: { readonly what: string; readonly fewerThan: number }): Html => html`<div class="cp-suppressed-block">
<p class="cp-suppressed-block__what">${options.what}: ${suppressedNumber()}</p>
${suppressedNote(options.fewerThan)}</div>`;

export const suppressedNote = (fewerThan: number): Html =>
  details(
    'Why are some numbers hidden?',
    html`<p>When fewer than ${fewerThan} people are behind a number, we do not show it. We also hide numbers that would let someone work it out. This is so that nobody can be picked out.</p>`,
  );
