import { attributes, html, type Html, type Printable } from '../../platform/index.js';

export type HeadingLevel = 2 | 3 | 4;

/** A heading of the level the page needs. */
export function heading(level: HeadingLevel, className: string, content: Printable): Html {
  if (level === 2) return html`<h2 class="${className}">${content}</h2>`;
  if (level === 3) return html`<h3 class="${className}">${content}</h3>`;
  return html`<h4 class="${className}">${content}</h4>`;
}

/** Words for people who listen to the page and do not see it. */
export const spoken = (text: string): Html => html`<span class="nhsuk-u-visually-hidden">${text}</span>`;

/** A link when there is somewhere to go, else the words alone. */
export const linkOr = (href: string | undefined, content: Printable, className?: string): Html =>
  href === undefined ? html`${content}` : html`<a${attributes({ class: className, href })}>${content}</a>`;

/** More to read, one press away; closed at first. */
export const details = (summary: string, content: Printable): Html => html`<details class="nhsuk-details cp-details">
<summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">${summary}</span></summary>
<div class="nhsuk-details__text">${content}</div>
</details>`;

/** The first letter large, as a sentence begins. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** In a row, as people say it: `Ana, Ben and Cass`. */
export const inARow = (words: readonly string[]): string => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`);

/** `1 person`, `4 people`. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
