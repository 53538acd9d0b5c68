import { AddGoalTerm, GOAL_TERMS } from '../../introductions/index.js';
import type { FieldFault, OrganisationId } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { textOf, type FormBody } from '../form-body.js';

export interface WordTyped {
  readonly words: string;
  readonly area: string;
  readonly sameAs: string;
  readonly heard: string;
}

export const NO_WORD_TYPED: WordTyped = { words: '', area: '', sameAs: '', heard: '' };

const FAULTS: Readonly<Record<string, string>> = {
  words: 'Write the words, 60 characters or fewer',
  area: 'Choose an area of life',
  sameAs: 'Choose a goal of the common list, or leave it empty',
  heard: 'Write 20 sayings or fewer, one on each line, each no longer than 60 characters',
};

/** The id of a goal of the common list. */
export const coreIdOf = (text: string): string | undefined => GOAL_TERMS.find((term) => term.id === text.trim())?.id;

export function readWord(body: FormBody, icbId: OrganisationId): { values: WordTyped; command: AddGoalTerm; faults: readonly FieldFault[] } {
  const values = { words: textOf(body, 'words').trim(), area: textOf(body, 'area'), sameAs: textOf(body, 'sameAs'), heard: textOf(body, 'heard') };
  const heard = values.heard
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const core = GOAL_TERMS.find((term) => term.id === values.sameAs);
  const { command, faults } = readCommand(AddGoalTerm, {
    icbId,
    words: values.words,
    area: core?.area ?? values.area,
    ...(values.sameAs === '' ? {} : { sameAs: values.sameAs }),
    ...(heard.length > 0 ? { heard } : {}),
  });
  return { values, command, faults: faults.map(({ field, message }) => ({ field: field.split('.')[0]!, message: FAULTS[field.split('.')[0]!] ?? message })) };
}
