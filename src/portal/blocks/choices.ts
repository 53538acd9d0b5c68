import type { LocalDate } from '../../kernel/index.js';
import { attributes, classes, html, type Html, type Printable } from '../../platform/index.js';
import { framing, formGroup, type FieldOptions } from './fields.js';

export interface ChoiceItem {
  readonly value: string;
  readonly text: string;
  readonly hint?: Printable;
}

export interface RadiosOptions extends FieldOptions {
  readonly value?: string;
  readonly items: readonly ChoiceItem[];
  readonly isInline?: boolean;
}

export interface CheckboxesOptions extends FieldOptions {
  readonly values?: readonly string[];
  readonly items: readonly ChoiceItem[];
}

export interface DateFieldOptions extends FieldOptions {
  /** As typed: parts are kept as they are when the page is shown again. Sent as `name-day`, `name-month`, `name-year`. */
  readonly value?: DateParts;
}

/** One answer of a few. Never opens more questions: a follow-up has a page of its own (conditional radios fail axe). */
export const radios = (options: RadiosOptions): Html =>
  group(
    options,
    html`<div class="${classes('nhsuk-radios', options.isInline && 'nhsuk-radios--inline')}">${options.items.map((item, index) => choiceOf('radio', options, item, index, item.value === options.value))}</div>`,
  );

/** Any number of a few. */
export const checkboxes = (options: CheckboxesOptions): Html =>
  group(
    options,
    html`<div class="nhsuk-checkboxes">${options.items.map((item, index) => choiceOf('checkbox', options, item, index, options.values?.includes(item.value) ?? false))}</div>`,
  );

/** A day in three parts. Its first part bears the field's own id, so that the error summary leads to it. */
export function dateField(options: DateFieldOptions): Html {
  const { id, fault } = framing(options);
  const part = (key: 'day' | 'month' | 'year', label: string, width: number): Html => {
    const partId = key === 'day' ? id : `${id}-${key}`;
    return html`<div class="nhsuk-date-input__item"><div class="nhsuk-form-group"><label class="nhsuk-label nhsuk-date-input__label" for="${partId}">${label}</label>
<input class="${classes('nhsuk-input', `nhsuk-input--width-${width}`, 'nhsuk-date-input__input', fault && 'nhsuk-input--error')}"${attributes({ id: partId, name: `${options.name}-${key}`, type: 'text', inputmode: 'numeric', value: options.value?.[key] })}></div></div>`;
  };
  return group(
    { hint: 'For example, 27 3 2027', ...options },
    html`<div class="nhsuk-date-input">${part('day', 'Day', 2)}${part('month', 'Month', 2)}${part('year', 'Year', 4)}</div>`,
    'group',
  );
}

/** A date field as typed. */
export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export const NO_DATE: DateParts = { day: '', month: '', year: '' };

/** A day as somebody types it: 7, 3, 2027. */
export function partsOfDay(date: LocalDate): DateParts {
  const [year = '', month = '', day = ''] = date.split('-');
  return { day: String(Number(day)), month: String(Number(month)), year };
}

/** Reads the parts of a date field back from a form's body, as typed. */
export const dateParts = (name: string, body: Readonly<Record<string, unknown>>): DateParts => {
  const part = (key: string): string => (typeof body[`${name}-${key}`] === 'string' ? (body[`${name}-${key}`] as string).trim() : '');
  return { day: part('day'), month: part('month'), year: part('year') };
};

function group(options: FieldOptions, content: Html, role?: string): Html {
  const { fault, hint, error, describedBy } = framing(options);
  const legend = options.isPageHeading
    ? html`<legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--l"><h1 class="nhsuk-fieldset__heading">${options.label}</h1></legend>`
    : html`<legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">${options.label}</legend>`;
  return formGroup(
    fault,
    html`<fieldset class="nhsuk-fieldset"${attributes({ role, 'aria-describedby': describedBy })}>${legend}${hint}${error}${content}</fieldset>`,
  );
}

function choiceOf(type: 'radio' | 'checkbox', options: FieldOptions, item: ChoiceItem, index: number, isChecked: boolean): Html {
  const family = type === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes';
  const id = index === 0 ? framing(options).id : `${framing(options).id}-${index + 1}`;
  return html`<div class="${family}__item"><input class="${family}__input"${attributes({ id, name: options.name, type, value: item.value, checked: isChecked, 'aria-describedby': item.hint ? `${id}-item-hint` : undefined })}>
<label class="nhsuk-label ${family}__label" for="${id}">${item.text}</label>${item.hint ? html`<div class="nhsuk-hint ${family}__hint" id="${id}-item-hint">${item.hint}</div>` : null}</div>`;
}
