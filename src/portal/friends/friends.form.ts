import { UseCode } from '../../introductions/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';

export interface CodeTyped {
  readonly firstName: string;
  readonly code: string;
}

export const NO_CODE_TYPED: CodeTyped = { firstName: '', code: '' };

const FAULTS: Readonly<Record<string, string>> = { firstName: 'Write their first name', code: 'Write the code, like BCDF-GHJK-MNPQ' };

/** The name and the code as typed; what is no code at all is for the room to refuse, in the same words as a wrong one. */
export function readCode(body: FormBody): { values: CodeTyped; command: UseCode; faults: readonly FieldFault[] } {
  const values = { firstName: textOf(body, 'firstName').trim(), code: textOf(body, 'code').trim() };
  const { command, faults } = readCommand(UseCode, values);
  return { values, command, faults: faults.map(({ field, message }) => ({ field, message: FAULTS[field] ?? message })) };
}
