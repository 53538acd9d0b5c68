import { html, type Html } from '../../platform/index.js';

export interface ProgressOptions {
  readonly id: string;
  readonly label: string;
  readonly done: number;
  /** Null while it is not known how much there is. */
  readonly total: number | null;
  /** What is counted: `lines checked`. */
  readonly unit: string;
  /** `You can leave this page. We will tell you when it is done.` */
  readonly note?: string;
}

/** How far a long piece of work has come, in words and as a bar. */
export function progressBar(options: ProgressOptions): Html {
  const count = (value: number): string => value.toLocaleString('en-GB');
  const isKnown = options.total !== null && options.total > 0;
  const words = isKnown ? `${count(options.done)} of ${count(options.total!)} ${options.unit}` : `${count(options.done)} ${options.unit} so far`;
  const bar = isKnown
    ? html`<progress class="cp-progress__bar" aria-labelledby="${options.id}-label" value="${Math.min(options.done, options.total!)}" max="${options.total!}">${words}</progress>`
    : html`<progress class="cp-progress__bar" aria-labelledby="${options.id}-label">${words}</progress>`;
  return html`<div class="cp-progress"><p class="cp-progress__label" id="${options.id}-label">${options.label}</p>${bar}<p class="cp-progress__words">${words}</p>${options.note ? html`<p class="cp-progress__note">${options.note}</p>` : null}</div>`;
}
