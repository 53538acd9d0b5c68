import type { FieldFault } from '../../kernel/index.js';
import { attributes, classes, html, type Html, type Printable } from '../../platform/index.js';
import { spoken } from './markup.js';

/** What every field of a form has. */
export interface FieldOptions {
  /** The field of the command: `amount`, `lines.0.pence`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: Printable;
  /** The faults of the whole form; the field finds its own by name. */
  readonly errors?: readonly FieldFault[];
  /** The label is the page's h1: one question on the page. */
  readonly isPageHeading?: boolean;
}

export interface TextFieldOptions extends FieldOptions {
  readonly value?: string;
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'search';
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  readonly autocomplete?: string;
  /** Width in characters, when the answer's length is known. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** The id of a field's first control, which the error summary links to. */
export const fieldId = (name: string): string => name.replace(/[^A-Za-z0-9_-]/g, '-');

/** The first fault of a field, if any. */
export const faultOf = (name: string, errors: readonly FieldFault[] = []): string | undefined => errors.find((fault) => fault.field === name)?.message;

/** What stands before a field's control, and what the control must say of it. */
export function framing(options: FieldOptions): {
  readonly id: string;
  readonly fault: string | undefined;
  readonly hint: Html;
  readonly error: Html;
  readonly describedBy: string | undefined;
} {
  const id = fieldId(options.name);
  const fault = faultOf(options.name, options.errors);
  return {
    id,
    fault,
    hint: options.hint ? html`<div class="nhsuk-hint" id="${id}-hint">${options.hint}</div>` : html``,
    error: fault ? html`<span class="nhsuk-error-message" id="${id}-error">${spoken('Error: ')}${fault}</span>` : html``,
    describedBy: classes(options.hint ? `${id}-hint` : null, fault && `${id}-error`) || undefined,
  };
}

export const formGroup = (fault: string | undefined, content: Printable): Html =>
  html`<div class="${classes('nhsuk-form-group', fault && 'nhsuk-form-group--error')}">${content}</div>`;

export function labelOf(options: FieldOptions): Html {
  const label = html`<label class="${classes('nhsuk-label', options.isPageHeading && 'nhsuk-label--l')}" for="${fieldId(options.name)}">${options.label}</label>`;
  return options.isPageHeading ? html`<h1 class="nhsuk-label-wrapper">${label}</h1>` : label;
}

export function textField(options: TextFieldOptions): Html {
  const { id, fault, hint, error, describedBy } = framing(options);
  const input = html`<input class="${classes('nhsuk-input', fault && 'nhsuk-input--error', options.width && `nhsuk-input--width-${options.width}`)}"${attributes(
    {
      id,
      name: options.name,
      type: options.type ?? 'text',
      value: options.type === 'password' ? undefined : options.value,
      inputmode: options.inputmode,
      autocomplete: options.autocomplete,
      'aria-describedby': describedBy,
      spellcheck: options.type === 'email' || options.inputmode ? 'false' : undefined,
      'aria-invalid': fault ? 'true' : undefined,
    },
  )}>`;
  const affix = (kind: string, text?: string): Printable => text && html`<div class="nhsuk-input-wrapper__${kind}" aria-hidden="true">${text}</div>`;
  const wrapped =
    options.prefix || options.suffix
      ? html`<div class="nhsuk-input-wrapper">${affix('prefix', options.prefix)}${input}${affix('suffix', options.suffix)}</div>`
      : input;
  return formGroup(fault, [labelOf(options), hint, error, wrapped]);
}

/** A sum in pounds, typed as people type it; `parsePounds` reads it. Say "in pounds" in the label or hint: the £ sign is not read aloud. */
export const moneyField = (options: Omit<TextFieldOptions, 'type' | 'inputmode' | 'prefix'>): Html =>
  textField({ hint: 'In pounds, like 120 or 120.50', width: 10, ...options, inputmode: 'decimal', prefix: '£' });

export interface TextareaOptions extends FieldOptions {
  readonly value?: string;
  readonly rows?: number;
  /** Shows how many characters are left, with and without JavaScript. */
  readonly maxLength?: number;
}

export function textareaField(options: TextareaOptions): Html {
  const { id, fault, hint, error, describedBy } = framing(options);
  const limit = options.maxLength;
  const area = html`<textarea class="${classes('nhsuk-textarea', limit !== undefined && 'nhsuk-js-character-count', fault && 'nhsuk-textarea--error')}"${attributes(
    {
      id,
      name: options.name,
      rows: options.rows ?? 5,
      'aria-describedby': classes(limit ? `${id}-info` : null, describedBy) || undefined,
      'aria-invalid': fault ? 'true' : undefined,
    },
  )}>
${options.value}</textarea>`;
  if (!limit) return formGroup(fault, [labelOf(options), hint, error, area]);
  return html`<div class="${classes('nhsuk-form-group', 'nhsuk-character-count', fault && 'nhsuk-form-group--error')}" data-module="nhsuk-character-count" data-maxlength="${limit}">
${labelOf(options)}${hint}${error}${area}<div class="nhsuk-hint nhsuk-character-count__message" id="${id}-info">You can enter up to ${limit} characters</div></div>`;
}

export interface SelectOptions extends FieldOptions {
  readonly value?: string;
  readonly items: readonly { readonly value: string; readonly text: string }[];
}

export function selectField(options: SelectOptions): Html {
  const { id, fault, hint, error, describedBy } = framing(options);
  return formGroup(fault, [
    labelOf(options),
    hint,
    error,
    html`<select class="${classes('nhsuk-select', fault && 'nhsuk-select--error')}"${attributes({ id, name: options.name, 'aria-describedby': describedBy, 'aria-invalid': fault ? 'true' : undefined })}>
${options.items.map((item) => html`<option${attributes({ value: item.value, selected: item.value === options.value })}>${item.text}</option>`)}
</select>`,
  ]);
}

export interface FileFieldOptions extends FieldOptions {
  /** What the picker offers: `image/*,application/pdf`. The server checks what it gets. */
  readonly accept?: string;
}

export function fileField(options: FileFieldOptions): Html {
  const { id, fault, hint, error, describedBy } = framing(options);
  return formGroup(fault, [
    labelOf(options),
    hint,
    error,
    html`<input class="${classes('nhsuk-file-upload__input cp-file', fault && 'nhsuk-file-upload__input--error')}"${attributes({ id, name: options.name, type: 'file', accept: options.accept, 'aria-describedby': describedBy })}>`,
  ]);
}

export const hiddenField = (name: string, value: string): Html => html`<input${attributes({ type: 'hidden', name, value })}>`;

/** The two hidden tokens of every form that changes something: against forgery, and against doing the same thing twice. */
export const formTokens = (tokens: { readonly csrf: string; readonly key?: string }): Html =>
  html`${hiddenField('_csrf', tokens.csrf)}${tokens.key === undefined ? null : hiddenField('_key', tokens.key)}`;

export interface ButtonOptions {
  readonly text: string;
  readonly kind?: 'primary' | 'secondary' | 'warning' | 'small';
  /** A link that looks like a button, for "Start" and "Continue" that change nothing. */
  readonly href?: string;
  readonly name?: string;
  readonly value?: string;
  /** Where this button sends its form, if not to where the form's others do. */
  readonly formAction?: string;
  /** Words added for people who listen, where a page has several buttons alike: ` to Monday Gardeners`. */
  readonly spoken?: string;
}

/** A button that sends the form; a second press within a second does nothing. */
export function button(options: ButtonOptions): Html {
  const kind =
    options.kind === 'small'
      ? 'nhsuk-button--secondary nhsuk-button--small'
      : options.kind && options.kind !== 'primary'
        ? `nhsuk-button--${options.kind}`
        : null;
  const words = html`${options.text}${options.spoken ? spoken(options.spoken) : null}`;
  if (options.href !== undefined)
    return html`<a class="${classes('nhsuk-button', kind)}"${attributes({ href: options.href, draggable: 'false' })}>${words}</a>`;
  return html`<button class="${classes('nhsuk-button', kind)}"${attributes({ type: 'submit', 'data-module': 'nhsuk-button', 'data-prevent-double-click': 'true', name: options.name, value: options.value, formaction: options.formAction })}>${words}</button>`;
}

/** Buttons and links side by side. */
export const buttonGroup = (...parts: readonly Printable[]): Html => html`<div class="nhsuk-button-group cp-buttons">${parts}</div>`;
