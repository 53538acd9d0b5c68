import type { LocalDate } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';

export interface GallerySection {
  readonly id: string;
  readonly title: string;
  readonly examples: readonly Html[];
}

export const day = (text: string): LocalDate => text as LocalDate;

/** One example with the name of the state it shows. */
export const state = (name: string, example: Html): Html => html`<p class="nhsuk-caption-m">${name}</p>${example}`;

export const LONG = 'The Tuesday and Thursday Allotment, Cooking and Bus-Practice Company of Upper Weatherby and the Villages Around';
