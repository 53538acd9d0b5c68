import { ChangeGoal, NewGoal, RateGoal } from '../../holders/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts, NO_DATE } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export interface GoalValues {
  readonly matters: string;
  readonly why: string;
  readonly firstStep: string;
  readonly whoHelps: string;
  readonly signs: string;
  readonly byDay: DateParts;
}

export const NO_GOAL: GoalValues = { matters: '', why: '', firstStep: '', whoHelps: '', signs: '', byDay: NO_DATE };

const FAULTS: Readonly<Record<string, string>> = {
  matters: 'Say what matters to you, in 1,000 characters or fewer',
  why: 'Use 1,000 characters or fewer',
  firstStep: 'Use 1,000 characters or fewer',
  whoHelps: 'Use 1,000 characters or fewer',
  signs: 'Write 10 lines or fewer, each no longer than 300 characters',
  byDay: 'Enter a real date, like 27 3 2027, or leave it empty',
};

const inOurWords = (faults: readonly FieldFault[]): FieldFault[] => faults.map(({ field, message }) => ({ field, message: FAULTS[field] ?? message }));

export const goalValues = (body: FormBody): GoalValues => ({
  matters: textOf(body, 'matters'),
  why: textOf(body, 'why'),
  firstStep: textOf(body, 'firstStep'),
  whoHelps: textOf(body, 'whoHelps'),
  signs: textOf(body, 'signs'),
  byDay: dateParts('byDay', body),
});

const fieldsOf = (values: GoalValues): object => {
  const signs = values.signs
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const byDay = dayOfParts(values.byDay);
  return {
    matters: values.matters,
    why: values.why,
    firstStep: values.firstStep,
    whoHelps: values.whoHelps,
    ...(signs.length > 0 ? { signs } : {}),
    ...(byDay === undefined ? {} : { byDay }),
  };
};

export function readGoal(body: FormBody): { values: GoalValues; command: NewGoal; faults: readonly FieldFault[] } {
  const values = goalValues(body);
  const { command, faults } = readCommand(NewGoal, fieldsOf(values));
  return { values, command, faults: inOurWords(faults) };
}

export function readGoalChange(body: FormBody): { values: GoalValues; command: ChangeGoal; faults: readonly FieldFault[] } {
  const values = goalValues(body);
  const { command, faults } = readCommand(ChangeGoal, fieldsOf(values));
  const missing = values.matters.trim() === '' ? [{ field: 'matters', message: FAULTS['matters']! }] : [];
  return { values, command, faults: [...missing, ...inOurWords(faults)] };
}

export interface RatingForm {
  readonly values: { readonly rating: string; readonly words: string; readonly helped: boolean };
  readonly command: RateGoal;
  readonly faults: readonly FieldFault[];
}

export function readRating(body: FormBody): RatingForm {
  const values = { rating: textOf(body, 'rating'), words: textOf(body, 'words'), helped: textOf(body, 'helped') === 'yes' };
  const { command, faults } = readCommand(RateGoal, {
    rating: /^\d{1,2}$/.test(values.rating) ? Number(values.rating) : undefined,
    words: values.words,
    wasHelped: values.helped,
  });
  return {
    values,
    command,
    faults: faults.map(({ field, message }) => ({
      field,
      message: field === 'rating' ? 'Choose a number from 0 to 10' : field === 'words' ? FAULTS['why']! : message,
    })),
  };
}
