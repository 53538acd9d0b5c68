import type { FieldFault } from '../../kernel/index.js';
import { DomainError } from '../../kernel/index.js';
import { FormInvalid } from '../../platform/index.js';

/** Refusals that a form can show: what was sent, or what stands in its way now. What may not be seen or done has a page of its own. */
const SHOWN: readonly DomainError['kind'][] = ['invalid', 'refused', 'conflict'];

/** Runs a form's command. A refusal comes back as the same page with its sentence in the error summary, at the field it is about.
 *  `names` says what the form calls a field of the command: `{ amountPence: 'amount' }`. */
export async function orAgain<Answer>(
  work: () => Promise<Answer>,
  again: (errors: FieldFault[]) => FormInvalid | Promise<FormInvalid>,
  names: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !SHOWN.includes(error.kind)) throw error;
    const fields = error.fields.map((fault) => ({ field: names[fault.field] ?? fault.field, message: fault.message }));
    throw await again(fields.length > 0 ? fields : [{ field: '', message: error.message }]);
  }
}

/** The faults of a command's fields under the names of the form's fields; the first of each field only. */
export function renamed(faults: readonly FieldFault[], names: Readonly<Record<string, string>>): FieldFault[] {
  const all = faults.map((fault) => ({ field: names[fault.field] ?? fault.field, message: fault.message }));
  return all.filter((fault, index) => all.findIndex((other) => other.field === fault.field) === index);
}
