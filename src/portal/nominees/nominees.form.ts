import { AskNomination, EndNomination, Nominate, TurnDownNomination } from '../../holders/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { dateParts, type DateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, textOf } from '../form-body.js';

export interface Asked {
  readonly name: string;
  readonly contact: string;
  readonly reason: string;
  readonly hasAgreed: readonly string[];
}

export const NOTHING_ASKED: Asked = { name: '', contact: '', reason: '', hasAgreed: [] };

interface Read<Typed, Command> {
  readonly typed: Typed;
  readonly command: Command;
  readonly faults: readonly FieldFault[];
}

const PLAIN: Readonly<Record<string, string>> = {
  name: 'Write the name of the person you want',
  contact: 'Write how we can reach them, like a phone number',
  reason: 'Write a few words on why you want them',
};

/** Whom a person wants to manage their direct payment. */
export function readAsked(body: FormBody): Read<Asked, AskNomination> {
  const typed = {
    name: textOf(body, 'name'),
    contact: textOf(body, 'contact'),
    reason: textOf(body, 'reason'),
    hasAgreed: textOf(body, 'hasAgreed') === 'yes' ? ['yes'] : [],
  };
  const { command, faults } = readCommand(AskNomination, { ...typed, hasAgreed: typed.hasAgreed.length > 0 });
  return { typed, command, faults: faults.map(({ field, message }) => ({ field, message: PLAIN[field] ?? message })) };
}

/** Whose nomination ends, and why. */
export interface Ending {
  readonly of: string;
  readonly words: string;
}

/** Why a nomination ends, as staff write it down: each nominee on the page has a field of their own. */
export function readEnd(body: FormBody, nominee: string): Read<Ending, EndNomination> {
  const field = `why-${nominee}`;
  const words = textOf(body, field).replace(/\s*[\r\n]+\s*/g, ' ');
  const { command, faults } = readCommand(EndNomination, { reason: words });
  return { typed: { of: nominee, words }, command, faults: faults.map(() => ({ field, message: 'Write who asked for it, and why' })) };
}

export interface Recorded {
  readonly username: string;
  readonly agreedOn: DateParts;
  readonly reason: string;
}

/** What staff write down when the board agrees. `nomination` is what it answers, if the person asked here. */
export function readRecorded(body: FormBody, nomination?: string): Read<Recorded, Nominate> {
  const typed = {
    username: textOf(body, 'username').trim(),
    agreedOn: dateParts('agreedOn', body),
    reason: textOf(body, 'reason').replace(/\s*[\r\n]+\s*/g, ' '),
  };
  const { command, faults } = readCommand(Nominate, {
    username: typed.username,
    nomineeAgreedOn: dayOfParts(typed.agreedOn),
    reason: typed.reason,
    ...(nomination ? { nominationId: nomination } : {}),
  });
  const words: Readonly<Record<string, string>> = {
    nomineeAgreedOn: 'Enter the day on which they agreed in writing',
    reason: 'Say why the board agrees',
  };
  return {
    typed,
    command,
    faults: [
      ...(typed.username === '' ? [{ field: 'username', message: 'Enter the name with which they sign in' }] : []),
      ...faults.map(({ field, message }) => ({ field: field === 'nomineeAgreedOn' ? 'agreedOn' : field, message: words[field] ?? message })),
    ],
  };
}

export function readTurnedDown(body: FormBody): Read<string, TurnDownNomination> {
  const typed = textOf(body, 'answer');
  const { command, faults } = readCommand(TurnDownNomination, { reason: typed });
  return { typed, command, faults: faults.map(() => ({ field: 'answer', message: 'Say why not, in words that the person can read' })) };
}
