import nunjucks from 'nunjucks';

/** Markup that is already safe to print. Nunjucks prints it as it is, everything else it escapes. */
export class Html extends nunjucks.runtime.SafeString {
  /** Safe to print, so it needs a name of its own: `Html` is made by `html`, never by hand from what people typed. */
  get markup(): string {
    return this.val;
  }
}

/** What may stand in an `html` template. No bigint: a `Pence` printed raw would read as pounds. */
export type Printable = Html | string | number | null | undefined | false | readonly Printable[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for element content and for quoted attributes. */
export const escapeText = (text: string): string => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character]!) : text);

/** Markup from a template: values are escaped unless they are `Html`; lists are joined; nothing prints as nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly Printable[]): Html {
  let markup = strings[0]!;
  for (let index = 0; index < values.length; index++) markup += markupOf(values[index]) + strings[index + 1]!;
  return new Html(markup);
}

export const NOTHING = new Html('');

/** Joins parts with a separator, leaving out those that print as nothing. */
export const joinHtml = (parts: readonly Printable[], separator = ''): Html =>
  new Html(
    parts
      .map(markupOf)
      .filter((part) => part !== '')
      .join(separator),
  );

/** Attributes with a leading space each. `true` prints the bare name; undefined, null and false print nothing. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Html {
  let markup = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === false) continue;
    markup += value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`;
  }
  return new Html(markup);
}

/** Class names with a space between, without those that are off. */
export const classes = (...names: readonly (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ');

function markupOf(value: Printable): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof nunjucks.runtime.SafeString) return value.toString();
  if (Array.isArray(value)) return value.map(markupOf).join('');
  throw new TypeError(`cannot print a ${typeof value} in markup`);
}
