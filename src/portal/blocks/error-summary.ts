import type { FieldFault } from '../../kernel/index.js';
import { html, NOTHING, type Html } from '../../platform/index.js';
import { fieldId } from './fields.js';

/** What must be put right, at the top of the page, each a link to its field. Takes the focus, with scripts and without. Nothing without faults. */
export function errorSummary(errors: readonly FieldFault[] = []): Html {
  if (errors.length === 0) return NOTHING;
  return html`<div class="nhsuk-error-summary" data-module="nhsuk-error-summary" tabindex="-1" autofocus><div role="alert">
<h2 class="nhsuk-error-summary__heading">There is a problem</h2>
<div class="nhsuk-error-summary__body"><ul class="nhsuk-list nhsuk-error-summary__list">${errors.map(
    (fault) => html`<li>${fault.field ? html`<a href="#${fieldId(fault.field)}">${fault.message}</a>` : fault.message}</li>`,
  )}</ul></div>
</div></div>`;
}
