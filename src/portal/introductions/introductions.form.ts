import { SendMessage, SetStep } from '../../introductions/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export function readMessage(body: FormBody): { words: string; command: SendMessage; faults: readonly FieldFault[] } {
  const words = textOf(body, 'words');
  const { command, faults } = readCommand(SendMessage, { words });
  return { words, command, faults: faults.map(({ field }) => ({ field, message: words.trim() === '' ? 'Write a message' : 'Use 2,000 characters or fewer' })) };
}

export interface StepValues {
  readonly kind: string;
  readonly onDay: DateParts;
  readonly words: string;
}

const FAULTS: Readonly<Record<string, string>> = {
  kind: 'Choose what you will do',
  onDay: 'Enter a real date, like 27 3 2027',
  words: 'Use 600 characters or fewer',
};

export function readStep(body: FormBody): { values: StepValues; command: SetStep; faults: readonly FieldFault[] } {
  const values = { kind: textOf(body, 'kind'), onDay: dateParts('onDay', body), words: textOf(body, 'stepWords') };
  const { command, faults } = readCommand(SetStep, { kind: values.kind, onDay: dayOfParts(values.onDay), words: values.words });
  return {
    values,
    command,
    faults: faults.map(({ field, message }) => ({ field: field === 'words' ? 'stepWords' : field, message: FAULTS[field] ?? message })),
  };
}
