import { RaiseWorry } from '../../concerns/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';

export interface WorryValues {
  readonly words: string;
  readonly reach: string;
  readonly from: string;
  readonly withoutName: boolean;
}

export function readWorry(body: FormBody): { values: WorryValues; command: RaiseWorry; faults: readonly FieldFault[] } {
  const values = {
    words: textOf(body, 'words'),
    reach: textOf(body, 'reach'),
    from: textOf(body, 'from').slice(0, 200),
    withoutName: textOf(body, 'withoutName') === 'yes',
  };
  const { command, faults } = readCommand(RaiseWorry, values);
  return { values, command, faults: faults.filter((fault) => fault.field !== 'from') };
}
