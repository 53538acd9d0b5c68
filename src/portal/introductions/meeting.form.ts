import { PlanMeeting, SetStep } from '../../introductions/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export interface MeetingValues {
  readonly onDay: DateParts;
  readonly where: string;
  readonly company: string;
  readonly wayHome: string;
}

const FAULTS: Readonly<Record<string, string>> = {
  onDay: 'Enter a real date, like 27 3 2027',
  words: 'Use 600 characters or fewer',
  company: 'Use 200 characters or fewer, on one line',
  wayHome: 'Use 600 characters or fewer',
};

/** One form, two commands: the day and place that both see, and this side's own part. */
export function readMeeting(body: FormBody): { values: MeetingValues; step: SetStep; meeting: PlanMeeting; faults: readonly FieldFault[] } {
  const values = { onDay: dateParts('onDay', body), where: textOf(body, 'where'), company: textOf(body, 'company'), wayHome: textOf(body, 'wayHome') };
  const step = readCommand(SetStep, { kind: 'meet', onDay: dayOfParts(values.onDay), words: values.where });
  const meeting = readCommand(PlanMeeting, { company: values.company, wayHome: values.wayHome });
  const faults = [...step.faults, ...meeting.faults].map(({ field, message }) => ({
    field: field === 'words' ? 'where' : field,
    message: FAULTS[field] ?? message,
  }));
  return { values, step: step.command, meeting: meeting.command, faults };
}
