import type { FieldFault } from '../../kernel/index.js';
import { DomainError } from '../../kernel/index.js';
import { FormInvalid } from '../../platform/index.js';

/** What the form calls a field of the command: `{ amountPence: 'amount' }`, or a function of every field. */
type Names = Readonly<Record<string, string>> | ((field: string) => string);

/** A form that was sent: the page it stands on, its command, and what follows. */
export interface SentForm<Answer, Next> {
  readonly template: string;
  /** The page's parts and what it prints, with what was typed. Asked for only when the form comes back. */
  readonly model: () => object | Promise<object>;
  /** What is wrong with the form as it was filled in; then the command is not called. */
  readonly faults?: readonly FieldFault[];
  readonly names?: Names;
  readonly command: () => Promise<Answer>;
  readonly next: (answer: Answer) => Next;
}

/** Refusals that a form can show: what was sent, or what stands in its way now. What may not be seen or done has a page of its own. */
const SHOWN: readonly DomainError['kind'][] = ['invalid', 'refused', 'conflict'];

/** Runs a form's command. Faults and refusals come back as the same page (422), with their sentences in the error summary, each at the
 *  field it is about. */
export async function act<Answer, Next>({ template, model, faults = [], names = {}, command, next }: SentForm<Answer, Next>): Promise<Next> {
  const again = async (errors: readonly FieldFault[]): Promise<FormInvalid> =>
    new FormInvalid(template, { ...(await model()), errors: renamed(errors, names) });
  if (faults.length > 0) throw await again(faults);
  let answer: Answer;
  try {
    answer = await command();
  } catch (error) {
    if (!(error instanceof DomainError) || !SHOWN.includes(error.kind)) throw error;
    throw await again(error.fields.length > 0 ? error.fields : [{ field: '', message: error.message }]);
  }
  return next(answer);
}

/** Faults under the names of the form's fields; the first of each field only. */
export function renamed(faults: readonly FieldFault[], names: Names): FieldFault[] {
  const nameOf = typeof names === 'function' ? names : (field: string): string => names[field] ?? field;
  const all = faults.map((fault) => ({ field: nameOf(fault.field), message: fault.message }));
  return all.filter((fault, index) => fault.field === '' || all.findIndex((other) => other.field === fault.field) === index);
}
