import type { SettingName } from '../../pools/index.js';

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** How the page asks for one setting, and what it says when the answer is no answer. `name` is the form's; that of the setting when left out. */
export interface Field {
  readonly kind: 'choice' | 'number' | 'pounds' | 'date' | 'parts' | 'book' | 'member';
  readonly name?: string;
  readonly label: string;
  readonly hint?: string;
  readonly wrong: string;
  readonly items?: readonly Choice[];
  /** Words for leaving it open; without them an answer is needed. */
  readonly none?: string;
  /** Among the choices that few groups change. */
  readonly isMore?: boolean;
}

/** Every setting, in the order in which the page asks. */
export const FIELDS: Readonly<Record<SettingName, Field>> = {
  split: {
    kind: 'choice',
    label: 'How will you share the cost?',
    wrong: 'Choose how you share the cost',
    items: [
      { value: 'equal', text: 'Everyone pays the same' },
      { value: 'attendance', text: 'Those who come pay the same', hint: 'They share the part of someone who need not pay' },
      { value: 'hours', text: 'By the time of support each person has' },
      { value: 'ratio', text: 'By parts that you agree on', hint: 'Like 2 for one person and 1 for each of the others' },
      { value: 'fixed', text: 'A fixed sum for each session' },
      { value: 'funder', text: 'A sum that each person’s funder named' },
    ],
  },
  parts: {
    kind: 'parts',
    label: 'Each person’s part, if you do not all pay the same',
    hint: 'Minutes of support for each session, a number, or a sum like 12.50: as you chose above',
    wrong: 'Give each person a part above zero, like 90, 2 or 12.50, or leave all empty when you all pay the same',
  },
  decide: {
    kind: 'choice',
    label: 'How will you decide things together?',
    hint: 'Each person has one vote. A new agreement always needs everyone’s yes.',
    wrong: 'Choose how you decide things together',
    items: [
      { value: 'all-agree', text: 'Everyone has to agree' },
      { value: 'most-agree', text: 'More people say yes than no' },
      { value: 'no-strong-objection', text: 'It goes ahead unless someone could not live with it' },
    ],
  },
  moneyHolderBook: { kind: 'book', name: 'moneyHolder', label: 'Who holds the money?', wrong: 'Choose who holds the money' },
  successorBook: {
    kind: 'book',
    name: 'successor',
    label: 'Who holds it if that one fails?',
    hint: 'Each Monday we copy where every penny is, so that they can take over. With nobody named, each person’s money would go to their own account.',
    wrong: 'Choose someone else than who holds the money, or nobody',
  },
  absence: {
    kind: 'choice',
    label: 'What if someone is away?',
    wrong: 'Choose what happens when someone is away',
    items: [
      { value: 'pay-to-hold-place', text: 'They still pay, to keep their place' },
      { value: 'pay-if-you-come', text: 'They pay when they come' },
    ],
  },
  noticeDays: {
    kind: 'number',
    label: 'How many days before leaving takes effect?',
    hint: 'Someone who leaves pays their part of what is booked for these days. 28 is common.',
    wrong: 'Enter a number of days from 0 to 182, like 28',
  },
  feesOwedBy: {
    kind: 'choice',
    label: 'Who pays card fees?',
    hint: 'Card fees never make anyone’s part smaller',
    wrong: 'Choose who pays card fees',
    items: [
      { value: 'money-holder', text: 'The one who holds the money' },
      { value: 'contributor', text: 'The one who pays by card' },
      { value: 'icb', text: 'The NHS' },
    ],
  },
  reviewOn: { kind: 'date', label: 'When will you look at it again?', wrong: 'Enter a real date to look at it again, like 27 3 2027' },
  trialUntil: {
    kind: 'date',
    label: 'Until when do you try it out?',
    hint: 'Until then anyone can leave and owes nothing more. Leave it empty for no trial.',
    wrong: 'Enter a real date to come, like 27 3 2027, or leave it empty',
    none: '',
    isMore: true,
  },
  absenceDays: {
    kind: 'number',
    label: 'How many days before must someone say that they cannot come?',
    hint: 'If you pay only when you come. 1 day when you leave it empty.',
    wrong: 'Enter a number of days from 0 to 30, like 2',
    none: '',
    isMore: true,
  },
  quorumPercent: {
    kind: 'number',
    label: 'How many of 100 people have to vote?',
    hint: 'If not everyone has to agree. 50 when you leave it empty.',
    wrong: 'Enter a number from 1 to 100, like 60',
    none: '',
    isMore: true,
  },
  oneMemberUpToPence: {
    kind: 'pounds',
    name: 'oneMemberUpTo',
    label: 'Up to which price is one person’s yes enough?',
    hint: 'For all sessions together, in pounds. Leave it empty if you always decide together.',
    wrong: 'Enter a sum in pounds, like 20 or 20.50, or leave it empty',
    none: '',
    isMore: true,
  },
  treasurer: {
    kind: 'member',
    label: 'Does one of you look after the money?',
    hint: 'They have to say yes to everything you buy together that is not small',
    wrong: 'Choose one of you, or nobody',
    none: 'Nobody in particular',
    isMore: true,
  },
  shortfall: {
    kind: 'choice',
    label: 'What if the money is not enough?',
    wrong: 'Choose what you do when the money is not enough',
    items: [
      { value: 'pause', text: 'We stop for a while' },
      { value: 'reduce', text: 'We buy less' },
      { value: 're-quote', text: 'We ask others what it would cost' },
      { value: 'put-in-more', text: 'We agree together to put more in' },
      { value: 'bridge', text: 'We ask a funder to help' },
    ],
    none: 'We decide when it happens',
    isMore: true,
  },
  surplusKeepPence: {
    kind: 'pounds',
    name: 'surplusKeep',
    label: 'What may each person leave in the pool when something is over?',
    hint: 'In pounds. What is above it goes home. 0 means all goes home. Leave it empty if all may stay.',
    wrong: 'Enter a sum in pounds, like 0 or 20, or leave it empty',
    none: '',
    isMore: true,
  },
  newcomers: {
    kind: 'choice',
    label: 'Does someone who joins later pay a part of what it cost to start?',
    wrong: 'Choose what someone pays who joins later',
    items: [
      { value: 'nothing', text: 'No. They pay from the day they join' },
      { value: 'share-set-up', text: 'Yes, a part', hint: 'It goes back to those who paid for the start' },
    ],
    none: 'We did not talk about it: no',
    isMore: true,
  },
  funders: {
    kind: 'choice',
    label: 'What if a funder gives money to the group?',
    wrong: 'Choose when a funder’s money is spent',
    items: [
      { value: 'first', text: 'It is spent before our own' },
      { value: 'last', text: 'It is spent only where our own is not enough' },
    ],
    none: 'We take no such money',
    isMore: true,
  },
};
