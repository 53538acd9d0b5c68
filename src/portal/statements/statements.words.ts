import type { StateTone } from '../blocks/index.js';

export type LineState = 'new' | 'matched' | 'break' | 'unallocated';

const STATES: Readonly<Record<LineState, { readonly state: string; readonly tone: StateTone }>> = {
  new: { state: 'Not looked at yet', tone: 'waiting' },
  matched: { state: 'Matched', tone: 'good' },
  break: { state: 'Not explained', tone: 'stopped' },
  unallocated: { state: 'Nobody’s yet', tone: 'attention' },
};
export const lineStateWords = (state: LineState): { readonly state: string; readonly tone: StateTone } => STATES[state];

const KINDS: Readonly<Record<string, string>> = {
  payment: 'A payment of ours',
  'payment-return': 'A payment of ours that came back',
  'remittance-in': 'Money on its way from another book',
  'remittance-out': 'Money on its way to another book',
  refund: 'A refund',
  'stripe-payout': 'A pay-out of the Stripe balance',
  arrival: 'Money that is nobody’s until somebody says whose it is',
  'bank-charge': 'A charge of the bank itself',
};
export const kindWords = (kind: string): string => KINDS[kind] ?? kind;

const RULES: Readonly<Record<string, string>> = {
  reference: 'By its reference',
  'reference-in-words': 'By a reference in its words',
  'reference-cut': 'By a reference that the bank cut',
  'batch-parts': 'By the parts of a batch',
  'batch-reference': 'By the reference of a file',
  'batch-total': 'By the sum of a whole file',
  'name-and-day': 'By name, sum and day',
  'budget-line': 'By the reference of a budget line',
  'by-hand': 'By a person',
};
export const ruleWords = (rule: string | null): string => (rule === null ? '' : (RULES[rule] ?? rule));

const ACCOUNTS: Readonly<Record<string, string>> = {
  bank: 'In the bank',
  clearing: 'On its way',
  line: 'On budget lines',
  share: 'In shares of pools',
  payable: 'Owed to providers',
  remitting: 'Going to another book',
  unallocated: 'Nobody’s yet',
  receivable: 'People owe it',
  'fees-due': 'Fees the money-holder owes',
  agreed: 'Agreed by the funder',
  spent: 'Spent by the payer',
};
export const accountWords = (kind: string): string => ACCOUNTS[kind] ?? kind;

/** Ages of breaks in working days, as people sort them (domain 3.5). */
export const AGES: readonly { readonly upTo: number; readonly words: string }[] = [
  { upTo: 1, words: 'Up to 1 working day' },
  { upTo: 5, words: '2 to 5' },
  { upTo: 10, words: '6 to 10' },
  { upTo: 20, words: '11 to 20' },
  { upTo: Number.POSITIVE_INFINITY, words: 'More than 20' },
];
