import { attributes, classes, html, type Html } from '../../platform/index.js';
import { formGroup, framing, labelOf, type FieldOptions } from './fields.js';

export interface PasswordFieldOptions extends FieldOptions {
  /** For whatever remembers passwords: is it one that there is, or a new one? */
  readonly autocomplete: 'current-password' | 'new-password';
}

/** A password, typed once: a button shows it to whoever wants to check it (with scripts; without, the field stays as it is). Nothing typed is
 *  ever sent back. */
export function passwordField(options: PasswordFieldOptions): Html {
  const { id, fault, hint, error, describedBy } = framing(options);
  const input = html`<input class="${classes('nhsuk-input nhsuk-password-input__input nhsuk-js-password-input-input', fault && 'nhsuk-input--error')}"${attributes(
    {
      id,
      name: options.name,
      type: 'password',
      autocomplete: options.autocomplete,
      autocapitalize: 'none',
      spellcheck: 'false',
      'aria-describedby': describedBy,
      'aria-invalid': fault ? 'true' : undefined,
    },
  )}>`;
  const show = html`<button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small nhsuk-password-input__toggle nhsuk-js-password-input-toggle" data-module="nhsuk-button" aria-controls="${id}" aria-label="Show password" hidden>Show</button>`;
  const field = html`<div class="nhsuk-input-wrapper nhsuk-password-input__wrapper">${input}${show}</div>`;
  return html`<div data-module="nhsuk-password-input">${formGroup(fault, [labelOf(options), hint, error, field])}</div>`;
}
