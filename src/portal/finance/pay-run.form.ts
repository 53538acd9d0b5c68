import type { FieldFault } from '../../kernel/index.js';
import { isLocalDate } from '../../kernel/index.js';
import { readCommand, TextField } from '../../platform/index.js';
import { dateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export function readProposal(body: FormBody): { values: ReturnType<typeof dateParts>; cutOffOn: string | undefined; faults: readonly FieldFault[] } {
  const values = dateParts('cutOffOn', body);
  const cutOffOn = dayOfParts(values);
  return { values, cutOffOn, faults: isLocalDate(cutOffOn) ? [] : [{ field: 'cutOffOn', message: 'Enter the day by which payments are due, like 27 3 2027' }] };
}

class Reason {
  @TextField({ max: 300, min: 3, message: 'Say why, in 3 to 300 characters. The person who waits for the money may read it' })
  reason!: string;
}

/** The reason of a step, on one line. */
export function readReason(body: FormBody): { reason: string; faults: readonly FieldFault[] } {
  const reason = textOf(body, 'reason')
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .trim();
  return { reason, faults: readCommand(Reason, { reason }).faults };
}
