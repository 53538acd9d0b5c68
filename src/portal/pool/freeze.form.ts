import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { ExtendFreeze, FreezePool, ThawPool } from '../../pools/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts, NO_DATE } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';

export const FREEZE_STEPS = ['freeze', 'extend', 'end'] as const;
export type FreezeStep = (typeof FREEZE_STEPS)[number];

/** What was typed, for the page to show again. */
export interface FreezeTyped {
  readonly reason: string;
  readonly lastDay: DateParts;
}

export const NOTHING_TYPED: FreezeTyped = { reason: '', lastDay: NO_DATE };
export const typedFreeze = (body: Readonly<FormBody>): FreezeTyped => ({ reason: textOf(body, 'reason'), lastDay: dateParts('lastDay', body) });

const MESSAGES: Readonly<Record<FreezeStep, Readonly<Record<string, string>>>> = {
  freeze: { reason: 'Say why, so that people can understand it', lastDay: 'Enter a real last day, like 27 3 2027' },
  extend: { reason: 'Say why it has to be longer', lastDay: 'Enter a real last day, like 27 3 2027' },
  end: { reason: 'Say why it can go on' },
};
const COMMANDS = { freeze: FreezePool, extend: ExtendFreeze, end: ThawPool } as const;

/** What the form asks for, or what must be put right. */
export function readFreeze(
  step: FreezeStep,
  typed: FreezeTyped,
): { readonly command: FreezePool & ExtendFreeze & ThawPool; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand<object>(COMMANDS[step], { reason: typed.reason, ...(step === 'end' ? {} : { lastDay: dayOfParts(typed.lastDay) }) });
  const messages = MESSAGES[step];
  const all = renamed(faults, {}).map((fault) => ({ ...fault, message: messages[fault.field] ?? fault.message }));
  const noDay = step === 'freeze' && dayOfParts(typed.lastDay) === undefined ? [{ field: 'lastDay', message: messages['lastDay']! }] : [];
  return { command: command as FreezePool & ExtendFreeze & ThawPool, faults: [...all, ...noDay] };
}
