import type { FieldFault, Pence } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { ChangeThreshold, GivePledge, OpenPledgeRound } from '../../pools/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';
import { renamed } from '../shell/index.js';
import type { PutInTyped, Source } from './put-in.form.js';
import { readPutIn, typedPutIn } from './put-in.form.js';

/** What was typed to ask for pledges, for the page to show again. */
export interface RoundTyped {
  readonly purpose: string;
  readonly words: string;
  readonly threshold: string;
  readonly most: string;
  readonly freeUntil: DateParts;
  readonly reachBy: DateParts;
  readonly ending: string;
  readonly extendTo: DateParts;
  readonly smallest: string;
}

export const typedRound = (body: Readonly<FormBody>): RoundTyped => ({
  purpose: textOf(body, 'purpose'),
  words: textOf(body, 'words'),
  threshold: textOf(body, 'threshold'),
  most: textOf(body, 'most'),
  freeUntil: dateParts('freeUntil', body),
  reachBy: dateParts('reachBy', body),
  ending: textOf(body, 'ending'),
  extendTo: dateParts('extendTo', body),
  smallest: textOf(body, 'smallest'),
});

/** Fields of the command by the names of the form. */
export const ROUND_NAMES = { thresholdPence: 'threshold', mostPence: 'most', smallestPence: 'smallest' } as const;

const MESSAGES: Readonly<Record<string, string>> = {
  purpose: 'Say what the money is for, in 1 to 300 letters',
  threshold: 'Enter how much you need, like 120 or 120.50',
  most: 'Enter an amount, like 120 or 120.50, or leave it out',
  freeUntil: 'Enter a real day until which people can change their mind, like 27 3 2027',
  reachBy: 'Enter a real day by which there has to be enough, like 27 4 2027',
  ending: 'Choose what happens if there is not enough',
  extendTo: 'Enter a real second day, like 27 5 2027',
  smallest: 'Enter the least that would do, like 80 or 80.50',
};

function sumOf(text: string): Pence | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

const isFilled = ({ day, month, year }: DateParts): boolean => day !== '' || month !== '' || year !== '';

/** What people are asked to pledge, or what must be put right. Of the second day and the smallest sum only the one that was chosen is read. */
export function readRound(typed: RoundTyped): { readonly command: OpenPledgeRound; readonly faults: readonly FieldFault[] } {
  const { ending } = typed;
  const { command, faults } = readCommand(OpenPledgeRound, {
    purpose: typed.purpose,
    ...(typed.words.trim() === '' ? {} : { words: typed.words }),
    thresholdPence: sumOf(typed.threshold),
    ...(typed.most.trim() === '' ? {} : { mostPence: sumOf(typed.most) ?? null }),
    freeUntil: dayOfParts(typed.freeUntil),
    reachBy: dayOfParts(typed.reachBy),
    ending: ending === '' ? undefined : ending,
    ...(ending === 'extend' && isFilled(typed.extendTo) ? { extendTo: dayOfParts(typed.extendTo) ?? '' } : {}),
    ...(ending === 'shrink' && typed.smallest.trim() !== '' ? { smallestPence: sumOf(typed.smallest) ?? null } : {}),
  });
  const own: FieldFault[] = [
    ...(ending === 'extend' && dayOfParts(typed.extendTo) === undefined ? [{ field: 'extendTo', message: MESSAGES['extendTo']! }] : []),
    ...(ending === 'shrink' && sumOf(typed.smallest) === undefined ? [{ field: 'smallest', message: MESSAGES['smallest']! }] : []),
    ...(typed.most.trim() !== '' && sumOf(typed.most) === undefined ? [{ field: 'most', message: MESSAGES['most']! }] : []),
  ];
  const rest = renamed(faults, ROUND_NAMES)
    .filter((fault) => !own.some((mine) => mine.field === fault.field))
    .map((fault) => ({ ...fault, message: MESSAGES[fault.field] ?? fault.message }));
  return { command, faults: [...rest, ...own] };
}

export interface PledgeTyped extends PutInTyped {
  readonly helpedBy: string;
}

export const typedPledge = (body: Readonly<FormBody>): PledgeTyped => ({ ...typedPutIn(body), helpedBy: textOf(body, 'helpedBy') });

/** A pledge says what putting in would say, and who helped. */
export function readPledge(typed: PledgeTyped, sources: readonly Source[]): { readonly command: GivePledge; readonly faults: readonly FieldFault[] } {
  const putIn = readPutIn(typed, sources);
  const { command, faults } = readCommand(GivePledge, { ...putIn.command, ...(typed.helpedBy.trim() === '' ? {} : { helpedBy: typed.helpedBy }) });
  return { command, faults: [...putIn.faults, ...faults.filter((fault) => fault.field === 'helpedBy')] };
}

export function readThreshold(text: string): { readonly command: ChangeThreshold; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(ChangeThreshold, { thresholdPence: sumOf(text) });
  return { command, faults: faults.length === 0 ? [] : [{ field: 'threshold', message: MESSAGES['threshold']! }] };
}
