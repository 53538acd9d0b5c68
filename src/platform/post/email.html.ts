import { html } from '../templates/index.js';
import type { Parcel } from './carrier.js';

/** The size of the words, in CSS pixels, by the format a person asked for. */
const SIZES: Readonly<Record<string, number>> = { 'large-print': 28, 'easy-read': 22 };
const SIZE = 19;

/** The same words as the plain text, one paragraph a line, for mailboxes that show markup. No pictures, no links, nothing that tells us
 *  whether it was read. */
export function htmlOf({ subject, body, format }: Pick<Parcel, 'subject' | 'body' | 'format'>): string {
  const size = SIZES[format] ?? SIZE;
  const lines = body.split(/\n+/).filter((line) => line !== '');
  return html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="font-family: Arial, sans-serif; font-size: ${size}px; line-height: 1.5; color: #212b32; background: #fff; max-width: 40em; margin: 1em">
<h1 style="font-size: 1.3em; line-height: 1.3">${subject}</h1>
${lines.map(
  (line) => html`<p style="margin: 0 0 1em">${line}</p>
`,
)}</body></html>
`.markup;
}
