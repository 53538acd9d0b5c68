import type { LaterKind } from '../../commissioning/index.js';
import { GROUNDS, ReclaimMoney, ReduceLine, ResumeMoney, ReviewPlan, StopMoney, SuspendMoney } from '../../commissioning/index.js';
import type { FieldFault } from '../../kernel/index.js';
import { DomainError, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import { dateParts } from '../blocks/index.js';
import { dayOfParts, textOf, type FormBody } from '../form-body.js';

/** How a later decision is asked for: its words, and which answers it needs. */
export interface LaterForm {
  readonly title: string;
  readonly link: string;
  readonly button: string;
  /** What it does and does not do. */
  readonly about: string;
  /** Which lines of the plan it may be about; `null` is the plan alone, and `whole` is what no line means. */
  readonly lines: { readonly whole: string | null } | null;
  readonly amount: string | null;
  /** The day it needs: what it is called in the command, its label and its hint. */
  readonly day: { readonly field: string; readonly label: string; readonly hint: string } | null;
  readonly code: string;
}

export const LATER_FORMS: Readonly<Record<LaterKind, LaterForm>> = {
  review: {
    title: 'Record a review',
    link: 'Record a review',
    button: 'Record the review',
    about: 'The plan goes on as it is. If something has to change, draft a new plan.',
    lines: null,
    amount: null,
    day: { field: 'nextReviewOn', label: 'When is the next review?', hint: 'Within a year, for example 27 3 2027' },
    code: 'reviewed',
  },
  reduce: {
    title: 'Reduce the money',
    link: 'Reduce the money',
    button: 'Reduce the money',
    about: 'Only what is free, or has not arrived yet, can go. What is in pools, committed or spent stays.',
    lines: { whole: null },
    amount: 'By how much does it fall?',
    day: null,
    code: 'reduced',
  },
  reclaim: {
    title: 'Ask for money back',
    link: 'Ask for money back',
    button: 'Ask for the money',
    about: 'What is free in a line that the board holds goes at once. The rest stays asked; nothing is taken from a pool or from anybody’s bank account.',
    lines: { whole: null },
    amount: 'How much is asked back?',
    day: { field: 'answerBy', label: 'Until when may they answer?', hint: 'At least 28 days from today, for example 27 3 2027' },
    code: 'reclaimed',
  },
  suspend: {
    title: 'Suspend the money',
    link: 'Suspend the money',
    button: 'Suspend the money',
    about: 'Nothing new can be bought until it is lifted. What is committed is still paid.',
    lines: { whole: 'Every line of this plan' },
    amount: null,
    day: { field: 'lookAgainOn', label: 'When is it looked at again?', hint: 'Within 56 days, for example 27 3 2027' },
    code: 'suspended',
  },
  resume: {
    title: 'Lift the suspension',
    link: 'Lift the suspension',
    button: 'Lift the suspension',
    about: 'From now on it can be used again.',
    lines: { whole: 'Every line that is suspended' },
    amount: null,
    day: null,
    code: 'resumed',
  },
  stop: {
    title: 'Stop the money',
    link: 'Stop the money',
    button: 'Stop the money',
    about: 'From that day on nothing new can be bought. What is committed is still paid. The board still has to meet the needs in another way.',
    lines: { whole: 'The plan, with every line of it' },
    amount: null,
    day: { field: 'endsOn', label: 'From which day on?', hint: 'At least 28 days from today, unless the reason cannot wait. For example, 27 3 2027' },
    code: 'stopped',
  },
};

export const isLaterKind = (text: string): text is LaterKind => Object.hasOwn(LATER_FORMS, text);

/** The reasons that the regulation allows for it, to choose from. */
export const groundItems = (kind: LaterKind): { value: string; text: string }[] =>
  kind === 'resume' ? [] : Object.entries(GROUNDS[kind]).map(([value, text]) => ({ value, text }));

/** As typed, for the page to show again. */
export interface LaterTyped {
  readonly ground: string;
  readonly line: string;
  readonly amount: string;
  readonly day: { readonly day: string; readonly month: string; readonly year: string };
  readonly reason: string;
  readonly said: string;
}

export const typedLater = (body: Readonly<FormBody>): LaterTyped => ({
  ground: textOf(body, 'ground'),
  line: textOf(body, 'line'),
  amount: textOf(body, 'amount'),
  day: dateParts('day', body),
  reason: textOf(body, 'reason'),
  said: textOf(body, 'said'),
});

const COMMANDS = { review: ReviewPlan, reduce: ReduceLine, reclaim: ReclaimMoney, suspend: SuspendMoney, resume: ResumeMoney, stop: StopMoney } as const;
export type LaterCommand = ReviewPlan | ReduceLine | ReclaimMoney | SuspendMoney | ResumeMoney | StopMoney;

const FAULTS: Readonly<Record<string, string>> = {
  ground: 'Choose the reason that the regulation allows',
  line: 'Choose which line it is about',
  amount: 'Enter an amount, like 120 or 120.50',
  day: 'Enter a day, like 27 3 2027',
  reason: 'Say why, in 2,000 characters or fewer',
  said: 'Write down what the person said, or that nobody could ask them',
};

/** Fields of the commands as the form calls them. */
export const nameInForm = (field: string): string => {
  if (field === 'amountPence') return 'amount';
  if (field === 'lineId') return 'line';
  return ['nextReviewOn', 'answerBy', 'lookAgainOn', 'endsOn'].includes(field) ? 'day' : field;
};

export function readLater(kind: LaterKind, typed: LaterTyped): { readonly command: LaterCommand; readonly faults: readonly FieldFault[] } {
  const { lines, amount, day } = LATER_FORMS[kind];
  const { command, faults } = readCommand(COMMANDS[kind] as new () => LaterCommand, {
    ...(kind === 'resume' || typed.ground === '' ? {} : { ground: typed.ground }),
    ...(lines && typed.line !== '' ? { lineId: typed.line } : {}),
    ...(amount === null ? {} : { amountPence: poundsOf(typed.amount) }),
    ...(day === null ? {} : { [day.field]: dayOfParts(typed.day) }),
    reason: typed.reason,
    ...(typed.said.trim() === '' ? {} : { said: typed.said }),
  });
  return { command, faults: faults.map((fault) => ({ field: fault.field, message: FAULTS[nameInForm(fault.field)] ?? fault.message })) };
}

function poundsOf(text: string): bigint | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
