import type { ReachBy, ReachFormat } from '../../identity/index.js';
import { NO_PENCE, sumPence, type Pence } from '../../kernel/index.js';

const BY: Readonly<Record<ReachBy, string>> = { letter: 'by letter', email: 'by email', text: 'by text message', phone: 'by phone' };
const FORMAT: Readonly<Record<ReachFormat, string>> = {
  standard: '',
  'large-print': 'in large print',
  'easy-read': 'in Easy Read',
  audio: 'as a recording',
  braille: 'in braille',
};

/** How somebody asked to be reached: `by letter, in large print`. */
export const reachWords = (by: ReachBy, format: ReachFormat): string => [BY[by], FORMAT[format]].filter((each) => each !== '').join(', ');

export type Per = 'week' | 'four-weeks' | 'month' | 'year' | 'once';

export const PER_WORDS: Readonly<Record<Per, string>> = { week: 'a week', 'four-weeks': 'every 4 weeks', month: 'a month', year: 'a year', once: 'once' };

/** How often each falls in a year. 52 weeks and 13 times four weeks: our judgement, November 2026, as pay cycles run (domain 3.9). */
const TIMES: Readonly<Record<Per, bigint>> = { week: 52n, 'four-weeks': 13n, month: 12n, year: 1n, once: 1n };

/** What costed services come to in their first year. */
export const firstYear = (lines: readonly { readonly amount: Pence; readonly per: string }[]): Pence =>
  lines.length === 0 ? NO_PENCE : sumPence(lines.map((line) => (line.amount * (TIMES[line.per as Per] ?? 1n)) as Pence));

export const MANAGED_WORDS: Readonly<Record<'notional' | 'third-party' | 'direct-payment', string>> = {
  notional: 'Notional: the ICB keeps and pays',
  'third-party': 'Third party: a money-holder keeps and pays',
  'direct-payment': 'Direct payment: the person’s own account',
};

const DECISIONS: Readonly<Record<string, string>> = {
  'agree-plan': 'agreed the plan',
  fund: 'funded the plan',
  review: 'reviewed the plan',
  reduce: 'reduced the money',
  reclaim: 'asked for money back',
  suspend: 'suspended the money',
  resume: 'lifted the suspension',
  stop: 'stopped the money',
};

export const decisionWords = (kind: string): string => DECISIONS[kind] ?? 'made a decision';

/** What a plan's services are filed under. */
export const CATEGORIES = [
  { value: 'support', text: 'Care and support' },
  { value: 'activity', text: 'Activity' },
  { value: 'community', text: 'Among other people' },
  { value: 'therapy', text: 'Therapy' },
  { value: 'equipment', text: 'Equipment' },
  { value: 'travel', text: 'Travel' },
  { value: 'training', text: 'Training' },
  { value: 'other', text: 'Something else' },
] as const;
