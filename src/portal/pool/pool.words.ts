import type { StateTagOptions } from '../blocks/index.js';
import type { AgreementState, ContributionState, MemberState, PoolState } from '../../pools/index.js';
import type { InvoiceState, QuoteState, SessionState } from '../../purchasing/index.js';

/** States of a pool and of what is in it, as people read them. */
export type Words = Pick<StateTagOptions, 'state' | 'tone'>;

export const POOL_WORDS: Readonly<Record<PoolState, Words>> = {
  forming: { state: 'Just an idea so far', tone: 'quiet' },
  agreeing: { state: 'Waiting for everyone to agree', tone: 'waiting' },
  active: { state: 'Running', tone: 'good' },
  frozen: { state: 'Stopped for now', tone: 'stopped' },
  closing: { state: 'Ending', tone: 'quiet' },
  closed: { state: 'Ended', tone: 'quiet' },
};

export const MEMBER_WORDS: Readonly<Record<MemberState, Words>> = {
  invited: { state: 'Asked, has not agreed yet', tone: 'waiting' },
  member: { state: 'In the pool', tone: 'good' },
  left: { state: 'Left', tone: 'quiet' },
};

export const AGREEMENT_WORDS: Readonly<Record<AgreementState, Words>> = {
  draft: { state: 'Being written', tone: 'quiet' },
  offered: { state: 'Waiting for everyone to agree', tone: 'waiting' },
  'in-force': { state: 'Everyone has agreed', tone: 'good' },
  superseded: { state: 'Old: a newer one took its place', tone: 'quiet' },
};

export const CONTRIBUTION_WORDS: Readonly<Record<ContributionState, Words>> = {
  made: { state: 'Made', tone: 'waiting' },
  'on-its-way': { state: 'On its way', tone: 'waiting' },
  arrived: { state: 'Arrived', tone: 'good' },
  failed: { state: 'Did not arrive', tone: 'stopped' },
};

export const QUOTE_WORDS: Readonly<Record<QuoteState, Words>> = {
  offered: { state: 'You can choose this', tone: 'waiting' },
  chosen: { state: 'Chosen by everyone', tone: 'good' },
  committed: { state: 'Bought', tone: 'good' },
  withdrawn: { state: 'Taken back', tone: 'quiet' },
};

export const SESSION_WORDS: Readonly<Record<SessionState, Words>> = {
  planned: { state: 'To come', tone: 'quiet' },
  recorded: { state: 'Waiting for someone to say it happened', tone: 'attention' },
  confirmed: { state: 'It happened', tone: 'good' },
  disputed: { state: 'Someone said it was not right', tone: 'stopped' },
  invoiced: { state: 'It happened, and the bill has come', tone: 'good' },
};

export const INVOICE_WORDS: Readonly<Record<InvoiceState, Words>> = {
  received: { state: 'Received', tone: 'waiting' },
  split: { state: 'Shared out, waiting to be paid', tone: 'waiting' },
  paid: { state: 'Paid', tone: 'good' },
};

/** How money travels, as people say it. */
export const BY_WORDS: Readonly<Record<string, string>> = {
  'same-book': 'inside the same account',
  card: 'by card',
  'bacs-debit': 'by Direct Debit',
  bank: 'by bank transfer',
  'payer-file': 'by the NHS team that pays',
};

/** Names in a row, as people say them: `Ana, Ben and Cass`. */
export const inARow = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`);
