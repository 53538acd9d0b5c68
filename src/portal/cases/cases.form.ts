import { LogCall, TypePackBack } from '../../brokers/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { dateParts, type DateParts, NO_DATE } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

export interface CallTyped {
  readonly onDay: DateParts;
  readonly withWhom: string;
  readonly agreed: string;
  readonly what: string;
  readonly waitsOn: string;
  readonly byDay: DateParts;
}

export const NO_CALL: CallTyped = { onDay: NO_DATE, withWhom: '', agreed: '', what: '', waitsOn: '', byDay: NO_DATE };

const CALL_WORDS: Readonly<Record<string, string>> = {
  onDay: 'Enter the day of the call, like 27 3 2027',
  withWhom: 'Write who you spoke with',
  agreed: 'Write what was agreed',
  'next.what': 'Write what happens next',
  'next.waitsOn': 'Choose who does it',
  'next.byDay': 'Enter by when, like 27 3 2027',
};

/** The command's fields as the form names them. */
export const CALL_NAMES: Readonly<Record<string, string>> = { 'next.what': 'what', 'next.waitsOn': 'waitsOn', 'next.byDay': 'byDay' };

/** A call as typed; what happens next is left out when none of it was filled in. */
export function readCall(body: FormBody): { typed: CallTyped; command: LogCall; faults: readonly FieldFault[] } {
  const typed: CallTyped = {
    onDay: dateParts('onDay', body),
    withWhom: textOf(body, 'withWhom'),
    agreed: textOf(body, 'agreed'),
    what: textOf(body, 'what'),
    waitsOn: textOf(body, 'waitsOn'),
    byDay: dateParts('byDay', body),
  };
  const byDay = dayOfParts(typed.byDay);
  const hasNext = typed.what.trim() !== '' || byDay !== undefined;
  const { command, faults } = readCommand(LogCall, {
    onDay: dayOfParts(typed.onDay),
    withWhom: typed.withWhom,
    agreed: typed.agreed,
    ...(hasNext ? { next: { what: typed.what, waitsOn: typed.waitsOn, byDay } } : {}),
  });
  return { typed, command, faults: faults.map(({ field, message }) => ({ field: CALL_NAMES[field] ?? field, message: CALL_WORDS[field] ?? message })) };
}

const PACK_FIELDS = ['who', 'matters', 'would', 'ask', 'next'] as const;
export type PackTyped = Readonly<Record<(typeof PACK_FIELDS)[number], string>> & { readonly onDay: DateParts };
export const NO_PACK: PackTyped = { onDay: NO_DATE, who: '', matters: '', would: '', ask: '', next: '' };

export function readPack(body: FormBody): { typed: PackTyped; command: TypePackBack; faults: readonly FieldFault[] } {
  const words = Object.fromEntries(PACK_FIELDS.map((field) => [field, textOf(body, field)])) as Record<(typeof PACK_FIELDS)[number], string>;
  const typed = { ...words, onDay: dateParts('onDay', body) };
  const { command, faults } = readCommand(TypePackBack, { ...words, onDay: dayOfParts(typed.onDay) });
  return {
    typed,
    command,
    faults: faults.map(({ field, message }) => ({ field, message: field === 'onDay' ? 'Enter the day on the sheet, like 27 3 2027' : message })),
  };
}
