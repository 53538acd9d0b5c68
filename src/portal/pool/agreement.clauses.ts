import type { PersonId } from '../../kernel/index.js';
import { formatDay, formatPounds, pence } from '../../kernel/index.js';
import type { SettingName, Terms } from '../../pools/index.js';
import { QUORUM_PERCENT } from '../../pools/index.js';
import type { DrawingName } from '../pictures/drawings.js';

/** Whose eyes read an agreement. */
export interface ClauseReader {
  /** The name of the money-holder it names. */
  readonly holder: string | null;
  /** The name of who is next when that one fails. */
  readonly successor?: string | null;
  /** Whose part is said where not all pay alike. */
  readonly me?: PersonId | undefined;
  /** The first name of who looks after the money. */
  readonly treasurer?: string | null;
}

/** One thing an agreement settles: a question people ask, and what was agreed, in short sentences that stand alone. */
export interface Clause {
  readonly key: string;
  readonly says: readonly string[];
  readonly drawing: DrawingName;
}

type ClauseName = 'sharing' | 'holding' | 'away' | 'deciding' | 'buying' | 'short' | 'surplus' | 'newcomers' | 'leaving' | 'fees' | 'funders' | 'review';

/** Where each setting is said: a setting that nobody is told of does not compile. */
export const SAID_IN: Readonly<Record<SettingName, ClauseName>> = {
  split: 'sharing',
  parts: 'sharing',
  moneyHolderBook: 'holding',
  successorBook: 'holding',
  absence: 'away',
  absenceDays: 'away',
  decide: 'deciding',
  quorumPercent: 'deciding',
  oneMemberUpToPence: 'buying',
  treasurer: 'buying',
  shortfall: 'short',
  surplusKeepPence: 'surplus',
  newcomers: 'newcomers',
  noticeDays: 'leaving',
  trialUntil: 'leaving',
  feesOwedBy: 'fees',
  funders: 'funders',
  reviewOn: 'review',
};

type Writer = (terms: Terms, reader: ClauseReader) => { readonly key: string; readonly says: readonly string[] };

const CLAUSES: Readonly<Record<ClauseName, { readonly drawing: DrawingName; readonly write: Writer }>> = {
  sharing: {
    drawing: 'sharing-cost',
    write: (terms, { me }) => ({ key: 'How do we share the cost?', says: [...sharing(terms, me), 'Nobody pays for anyone else.'] }),
  },
  holding: {
    drawing: 'purse',
    write: ({ moneyHolderBook, successorBook }, { holder, successor }) => ({
      key: 'Who holds the money?',
      says:
        moneyHolderBook === null
          ? ['Nobody.', 'Each person keeps their own, and pays their part of each bill.']
          : [
              `${holder ?? 'The money-holder'}.`,
              'It is kept as your part and my part, never as one pot.',
              ...(successorBook === undefined ? [] : [`If they fail, ${successor ?? 'the next one we named'} holds it.`]),
            ],
    }),
  },
  away: {
    drawing: 'empty-chair',
    write: (terms) => ({ key: 'What if I am away?', says: [...away(terms), 'In hospital, or when someone close to you has died, you never pay.'] }),
  },
  deciding: { drawing: 'ballot', write: (terms) => ({ key: 'How do we decide?', says: [...deciding(terms), 'Each person has one vote.'] }) },
  buying: {
    drawing: 'coin',
    write: ({ oneMemberUpToPence, treasurer }, reader) => ({
      key: 'Who says yes to what we buy?',
      says: [
        ...(oneMemberUpToPence === undefined
          ? []
          : [`Up to ${formatPounds(pence(oneMemberUpToPence))}, one person’s yes is enough.`, 'For more, we all decide.']),
        ...(treasurer === undefined ? [] : [`${reader.treasurer ?? 'The treasurer'} looks after the money, and has to say yes too.`]),
      ],
    }),
  },
  short: {
    drawing: 'empty-pocket',
    write: ({ shortfall }) => ({
      key: 'What if the money is not enough?',
      says: shortfall === undefined ? [] : [SHORT[shortfall], 'Nobody borrows from anyone else.'],
    }),
  },
  surplus: {
    drawing: 'going-home',
    write: ({ surplusKeepPence }) => ({ key: 'What if money is left over?', says: surplusKeepPence === undefined ? [] : surplus(surplusKeepPence) }),
  },
  newcomers: {
    drawing: 'newcomer',
    write: ({ newcomers }) => ({
      key: 'What if someone joins later?',
      says:
        newcomers === 'share-set-up'
          ? ['They pay their part from the day they join.', 'They also pay a part of what it cost to start. It goes back to those who paid.']
          : [],
    }),
  },
  leaving: { drawing: 'way-out', write: (terms) => ({ key: 'What if I leave?', says: leaving(terms) }) },
  fees: {
    drawing: 'bank-card',
    write: ({ feesOwedBy }) => ({
      key: 'Who pays card fees?',
      says: [{ 'money-holder': 'The one who holds the money.', contributor: 'The one who pays by card.', icb: 'The NHS.' }[feesOwedBy]],
    }),
  },
  funders: { drawing: 'given-money', write: ({ funders }) => ({ key: 'What if others give us money?', says: funders ? [FUNDERS[funders]] : [] }) },
  review: { drawing: 'calendar', write: ({ reviewOn }) => ({ key: 'When do we look at this again?', says: [`On ${formatDay(reviewOn)}`] }) },
};

/** All that the software will obey of an agreement, in the order in which people read it. What was left open is left out. */
export const clausesOf = (terms: Terms, reader: ClauseReader): Clause[] =>
  Object.values(CLAUSES)
    .map(({ drawing, write }) => ({ drawing, ...write(terms, reader) }))
    .filter((clause) => clause.says.length > 0);

const SHORT: Readonly<Record<NonNullable<Terms['shortfall']>, string>> = {
  pause: 'We stop for a while.',
  reduce: 'We buy less.',
  're-quote': 'We ask others what it would cost.',
  'put-in-more': 'We agree together to put more in.',
  bridge: 'We ask a funder to help.',
};

const FUNDERS: Readonly<Record<NonNullable<Terms['funders']>, string>> = {
  first: 'It is spent before our own money.',
  last: 'It is spent only where our own money is not enough.',
};

const surplus = (keep: number): string[] =>
  keep === 0
    ? ['When what we bought is over, all that is left goes back to each person’s own budget.']
    : [`When what we bought is over, each of us may leave up to ${formatPounds(pence(keep))} here.`, 'The rest goes back to each person’s own budget.'];

/** Minutes of support are said in hours, where they are whole. */
function sharing({ split, parts = [] }: Terms, me: PersonId | undefined): string[] {
  const mine = parts.find((each) => each.personId === me)?.part;
  const whole = parts.reduce((sum, each) => sum + each.part, 0);
  const said = (words: string, part: (mine: number) => string): string[] => [words, ...(mine === undefined ? [] : [part(mine)])];
  switch (split) {
    case 'equal':
      return ['Everyone pays the same.'];
    case 'attendance':
      return ['Those who come pay the same.', 'If someone need not pay, those who come share their part.'];
    case 'hours':
      return said('Each person pays by the time of support they have.', (part) => `Your part: ${time(part)} of ${time(whole)}.`);
    case 'ratio':
      return said('Each person pays the part we agreed.', (part) => `Your part: ${part} of ${whole}.`);
    case 'fixed':
      return said('Each person pays a fixed sum for each session.', (part) => `Your sum: ${formatPounds(pence(part))}.`);
    case 'funder':
      return said('Each person pays the sum that their funder named for each session.', (part) => `Your sum: ${formatPounds(pence(part))}.`);
  }
}

const time = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} ${minutes === 60 ? 'hour' : 'hours'}` : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

function away({ absence, absenceDays = 1 }: Terms): string[] {
  if (absence === 'pay-to-hold-place') return ['You still pay, to keep your place.'];
  if (absenceDays === 0) return ['You pay when you come.', 'Say so when you cannot come, or you still pay.'];
  return ['You pay when you come.', `If you cannot come, say so ${absenceDays === 1 ? '1 day' : `${absenceDays} days`} before, or you still pay.`];
}

function deciding({ decide, quorumPercent = QUORUM_PERCENT }: Terms): string[] {
  if (decide === 'all-agree') return ['Together: everyone must say yes.'];
  const must = `At least ${quorumPercent}% of us must vote.`;
  return decide === 'most-agree'
    ? ['Together: more of us must say yes than no.', must]
    : ['Together: it goes ahead unless someone could not live with it.', must];
}

function leaving({ noticeDays, trialUntil }: Terms): string[] {
  const trial = trialUntil === undefined ? [] : [`Until ${formatDay(trialUntil)} we try it out. Until then you owe nothing more when you leave.`];
  if (noticeDays === 0) return ['You can leave on any day.', 'You owe nothing more.'];
  return [
    'You can leave on any day.',
    ...trial,
    `You still pay your part of what is booked for the next ${noticeDays} days.`,
    'The rest of your money goes back to you.',
  ];
}
