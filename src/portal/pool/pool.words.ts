import type { StateTagOptions } from '../blocks/index.js';
import { formatDay } from '../../kernel/index.js';
import type { AgreementState, ContributionState, MemberState, PoolState, SignedPaper } from '../../pools/index.js';
import type { InvoiceState, QuoteState, SessionState } from '../../purchasing/index.js';
import type { Flashes } from '../shell/index.js';

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

/** Of who is in a pool without putting money in. */
export const WITHOUT_MONEY_WORDS: Readonly<Record<MemberState, Words>> = {
  invited: { state: 'Asked to join without money, has not agreed yet', tone: 'waiting' },
  member: { state: 'In the pool, without putting money in', tone: 'good' },
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
  chosen: { state: 'Chosen by the group', tone: 'good' },
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

/** How something came that was signed on paper, for the person whose paper it is and those who act for them. */
export const onPaperWords = ({ signedBy, signedOn }: SignedPaper): string =>
  `It was typed in from a paper, signed on ${formatDay(signedOn)}${signedBy === 'member' ? '' : ` by the ${signedBy}`}. Is it wrong? Tell the broker of this pool.`;

/** What is said once after something was done, by the short code in the address. */
export const POOL_DONE: Flashes = {
  proposed: {
    kind: 'done',
    title: 'Your pool has begun',
    text: 'Everyone you named can see it now. Next, someone writes the agreement, and everyone reads it.',
  },
  invited: { kind: 'done', title: 'They have been asked', text: 'They can read about the pool and the agreement, and say yes or no.' },
  'own-in': { kind: 'done', title: 'Your own money is in the pool', text: 'It stays yours until it is spent.' },
  'own-bank': {
    kind: 'done',
    title: 'Now send it from your bank',
    text: 'Write what stands below in the bank transfer. When it comes, it goes into the pool.',
  },
  'own-not-wanted': { kind: 'done', title: 'You do not put this in any more', text: 'Nothing was taken from you.' },
  'own-back': { kind: 'done', title: 'Your money is out of the pool again', text: 'It is kept for you. You can put it in again, or have it sent home.' },
  offered: { kind: 'done', title: 'Everyone can read the new agreement now', text: 'It counts once everyone has agreed to it.' },
  agreed: { kind: 'done', title: 'You agreed', text: 'We wrote down the day and the words you agreed to. When everyone has agreed, the pool can start.' },
  started: { kind: 'done', title: 'Everyone has agreed', text: 'The pool has started. Now money can go in.' },
  'question-asked': { kind: 'done', title: 'Everyone can see your question now', text: 'They can vote until the last day. You can vote too.' },
  voted: { kind: 'done', title: 'Your vote is written down', text: 'Read it below. You can change it until the last day.' },
  'proxy-asked': { kind: 'done', title: 'They can vote for you now', text: 'You can still vote yourself, and your own last word counts.' },
  'proxy-ended': { kind: 'done', title: 'You vote yourself', text: 'Nobody votes for you any more.' },
  'paper-typed': { kind: 'done', title: 'The vote is typed in', text: 'The person can read it on their own page. Type in the next one.' },
  decided: { kind: 'done', title: 'The vote has ended', text: 'What came out stands below.' },
  'taken-back': { kind: 'done', title: 'The question is taken back', text: 'Nothing was decided.' },
  'sheet-typed': { kind: 'done', title: 'The paper is typed in', text: 'The person is told, and can say if it is wrong. Type in the next one.' },
  'assent-taken-back': { kind: 'done', title: 'It does not count any more', text: 'If you want to agree later, you can do so here.' },
  'broker-told': { kind: 'done', title: 'The broker can read it now', text: 'Nobody else can. They answer you here.' },
  'talk-begun': { kind: 'done', title: 'The talk has begun', text: 'The member can read what you wrote, and answer.' },
  'voice-given': {
    kind: 'done',
    title: 'What you said is written down',
    text: 'Nobody else can see it before this part is over. Until then you can change it.',
  },
  'answer-given': { kind: 'done', title: 'Your answer is written down', text: 'You can say more at any time.' },
  appealed: { kind: 'done', title: 'You said that it is not right', text: 'Nothing more happens until that is answered.' },
  'stage-opened': { kind: 'done', title: 'The next part has begun', text: 'The member and the others are told.' },
  'stage-closed': { kind: 'done', title: 'This part is over', text: 'What came out stands below.' },
  settled: { kind: 'done', title: 'The talk is over', text: 'Everyone can read how you go on.' },
  away: { kind: 'done', title: 'It is written down', text: 'What it means for each day stands below.' },
  answered: { kind: 'done', title: 'Your answer is written down' },
  'membership-ended': { kind: 'done', title: 'The membership has ended', text: 'The member has their statement, and their money goes home.' },
  'taken-on': { kind: 'done', title: 'You help this pool now' },
  'pool-freeze': { kind: 'done', title: 'The pool is stopped', text: 'Everyone in it can read why, and until when. After the last day it goes on by itself.' },
  'pool-extend': { kind: 'done', title: 'It is longer now', text: 'Everyone in the pool can read the new reason.' },
  'pool-end': { kind: 'done', title: 'The pool goes on', text: 'Money can go in again, and the group can buy.' },
  'part-freeze': { kind: 'done', title: 'This part is stopped', text: 'Nothing new is spent from it or put in. After the last day it goes on by itself.' },
  'part-extend': { kind: 'done', title: 'It is longer now', text: 'The new reason is written down.' },
  'part-end': { kind: 'done', title: 'This part goes on', text: 'Money can go in again, and it can be used.' },
  brings: { kind: 'done', title: 'Thank you', text: 'Everyone in the pool can see what you bring.' },
  'gift-back': { kind: 'done', title: 'It is taken back', text: 'The others do not see it any more.' },
  'pledges-asked': { kind: 'done', title: 'Everyone can see this now', text: 'They can pledge until the day you chose. You can pledge too.' },
  pledged: { kind: 'done', title: 'Your pledge is written down', text: 'The money is set aside in your budget. It has not gone anywhere yet.' },
  'pledge-back': { kind: 'done', title: 'Your pledge is taken back', text: 'The money is free in your budget again.' },
  'sum-changed': { kind: 'done', title: 'The sum is changed', text: 'Nobody had pledged yet. Everyone sees the new sum.' },
  'pledges-back': { kind: 'done', title: 'It is taken back', text: 'Everyone’s money is free again.' },
  'put-in': { kind: 'done', title: 'Your money is in the pool', text: 'It stays yours until it is spent.' },
  sent: { kind: 'done', title: 'Your money is on its way', text: 'It counts in the pool when it has arrived. This page shows where it is.' },
  pay: { kind: 'note', title: 'One more step: pay by card', text: 'The money is kept for this now. It counts in the pool when you have paid.' },
  asked: { kind: 'done', title: 'We asked for a quote', text: 'It will show here when the provider answers.' },
  quoted: { kind: 'done', title: 'The quote is there', text: 'The members can see it and choose.' },
  chose: {
    kind: 'done',
    title: 'You said yes to this quote',
    text: 'When enough of you have chosen the same one, the group can buy it. Until then you can change your mind.',
  },
  objected: {
    kind: 'done',
    title: 'You said that you could not live with it',
    text: 'Nobody is told that it was you. Talk to the others or the broker about what would help.',
  },
  chosen: { kind: 'done', title: 'The group has chosen', text: 'Now the days can be set, and the money set aside.' },
  committed: { kind: 'done', title: 'The sessions are booked', text: 'Each person’s part is promised now: it is set aside for these days.' },
  recorded: { kind: 'done', title: 'The session is recorded', text: 'The members are asked if it happened.' },
  confirmed: { kind: 'done', title: 'Thank you: you said it happened', text: 'Now the provider can send the bill for it.' },
  disputed: {
    kind: 'note',
    title: 'You said it was not right',
    text: 'Nobody is paid for this session until it is sorted out. You can change your mind here.',
  },
};
