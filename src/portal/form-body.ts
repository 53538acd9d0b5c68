import type { DateParts } from './blocks/index.js';
import { newFormKey } from './session/form-key.js';

/** What a form sent: text, or several texts for boxes that were ticked. */
export type FormBody = Record<string, unknown>;

/** One text as typed; nothing, and whatever is no text, is empty. */
export const textOf = (body: Readonly<FormBody>, name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '');

/** The boxes ticked; one alone arrives as text. */
export function listOf(body: Readonly<FormBody>, name: string): string[] {
  const sent = body[name];
  if (Array.isArray(sent)) return sent.filter((each): each is string => typeof each === 'string');
  return typeof sent === 'string' && sent !== '' ? [sent] : [];
}

/** The parts of a date field as `2027-03-27`; undefined when nothing was typed. What is no date stays wrong, for the check to refuse. */
export function dayOfParts({ day, month, year }: DateParts): string | undefined {
  if (day === '' && month === '' && year === '') return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

export interface SeeOther {
  readonly url: string;
  readonly statusCode: 303;
}

/** After a form was taken: the page to see next. `done` is a short code whose words the page knows. */
export const seeOther = (path: string, done?: string): SeeOther => ({ url: done === undefined ? path : `${path}?done=${done}`, statusCode: 303 });

/** The tokens of a form that makes something: `{{ formTokens({ csrf: page.csrf, key: formKey }) }}`. */
export const withFormKey = <T extends object>(view: T): T & { readonly formKey: string } => ({ ...view, formKey: newFormKey() });
