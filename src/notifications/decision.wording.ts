import type { GROUNDS, LaterKind } from '../commissioning/index.js';
import type { NoticeFacts } from './notice.types.js';
import type { Wording, WordingNames } from './wording.facts.js';
import { dayIn, sumIn, textIn } from './wording.facts.js';

type Grounds = { readonly [Kind in keyof typeof GROUNDS]: Readonly<Record<keyof (typeof GROUNDS)[Kind], readonly [standard: string, easy: string]>> };

const CRIME = ['A crime like theft or fraud may have been done.', 'A crime may have been done.'] as const;
const UNSUITABLE = ['The person who acts for you cannot go on, or does not want to.', 'The person who acts for you cannot go on.'] as const;
const DIED = ['The person whose money it was has died.', 'The person has died.'] as const;

/** The ground of a decision, said to the person it is about. */
const WHY: Grounds = {
  review: {
    'first-months': ['The first three months are over.', 'The first three months are over.'],
    yearly: ['A year is nearly over.', 'A year is nearly over.'],
    'health-changed': ['Your health has changed.', 'Your health has changed.'],
    'money-not-enough': ['The money was not enough.', 'The money was not enough.'],
    asked: ['You, or somebody for you, asked for it.', 'Somebody asked for it.'],
    'representation-changed': ['Somebody else speaks for you now, or looks after the money.', 'Somebody else speaks for you now.'],
  },
  reduce: {
    'still-enough': ['The smaller sum still pays for all that is in your plan.', 'The money still pays for your plan.'],
    unspent: ['More money has built up than your plan needs.', 'You have more money than your plan needs.'],
  },
  reclaim: {
    'circumstances-changed': ['Your plan or your life has changed a lot.', 'Your plan or your life has changed.'],
    unspent: ['A large part of the money was not spent.', 'A lot of the money was not spent.'],
    'outside-plan': ['Money was used for something that is not in your plan.', 'Money was used outside your plan.'],
    offence: CRIME,
    died: DIED,
  },
  suspend: {
    'nomination-ended': ['The person you named to look after the money has changed, or has stopped.', 'Somebody no longer looks after your money.'],
    'representative-unsuitable': UNSUITABLE,
    'outside-plan': ['The money may have been used for something that is not in your plan.', 'The money may be used outside your plan.'],
    offence: CRIME,
    'needs-not-met': ['You may not get what you need in this way.', 'You may not get what you need.'],
  },
  stop: {
    'consent-withdrawn': ['You, or who acts for you, no longer want to get money in this way.', 'You do not want money in this way.'],
    died: DIED,
    'not-eligible': ['By the rules you can no longer get money in this way.', 'The rules have changed for you.'],
    'representative-unsuitable': UNSUITABLE,
    'nomination-ended': ['The person you named to look after the money does not do it any more.', 'Somebody no longer looks after your money.'],
    'outside-plan': ['Money was used for something that is not in your plan.', 'Money was used outside your plan.'],
    offence: CRIME,
    'needs-not-met': ['You do not get what you need in this way.', 'You do not get what you need.'],
  },
};

interface Said {
  readonly title: string;
  /** What happens, and from when. */
  readonly what: readonly string[];
}

const PAID = 'What you have said yes to is still paid.';

const STANDARD: Readonly<Record<LaterKind, (facts: NoticeFacts) => Said>> = {
  review: (facts) => ({
    title: 'Your plan was looked at again',
    what: [`Your plan was looked at again${onDay(facts, 'decidedOn')}. It goes on.`, `The next time is${byDay(facts)}.`],
  }),
  reduce: (facts) => ({
    title: 'Less money is agreed for you',
    what: [
      `From ${dayIn(facts, 'decidedOn') ?? 'now on'} there is ${sumIn(facts, 'amountPence', 'some money')} less for you to use.`,
      `${PAID} Money in a pool stays there.`,
    ],
  }),
  reclaim: (facts) => ({ title: 'You are asked to give money back', what: askedBack(facts) }),
  suspend: (facts) => ({
    title: 'You cannot use your money for now',
    what: [`From ${dayIn(facts, 'decidedOn') ?? 'now on'} you cannot buy anything new with it.`, PAID, `The board looks at this again${byDay(facts)}.`],
  }),
  resume: (facts) => ({
    title: 'You can use your money again',
    what: [`From ${dayIn(facts, 'decidedOn') ?? 'now on'} you can buy new things with it.`],
  }),
  stop: (facts) => ({
    title: 'Your money will stop',
    what: [
      `Your money stops${onDay(facts, 'onDay')}. From that day you cannot buy anything new with it.`,
      PAID,
      'The board must still see that you get the care you need. It talks with you about how.',
    ],
  }),
};

/** What was taken at once, and what is still asked: two sums, and never one where there is none. */
function askedBack(facts: NoticeFacts): string[] {
  const [asked, taken] = [facts['amountPence'], facts['takenPence']];
  const rest = typeof asked === 'number' && typeof taken === 'number' ? asked - taken : null;
  return [
    `The board asks you for ${sumIn(facts, 'amountPence', 'some money')} back.`,
    ...(typeof taken === 'number' && taken > 0 ? [`Of this, ${sumIn(facts, 'takenPence', '')} was not in use. It went back${onDay(facts, 'decidedOn')}.`] : []),
    ...(rest === null || rest > 0
      ? [
          `${rest === null ? 'What is left' : sumIn({ rest }, 'rest', '')} is still to be paid. You have until ${dayIn(facts, 'onDay') ?? 'the day you were told'} to pay it, or to say why not.`,
        ]
      : [`You have until ${dayIn(facts, 'onDay') ?? 'the day you were told'} to say if you think this is wrong.`]),
    'Nothing is taken from a pool.',
  ];
}

const EASY: Readonly<Record<LaterKind, (facts: NoticeFacts) => Said>> = {
  review: (facts) => ({ title: 'We looked at your plan', what: ['Your plan goes on.', `We look again${byDay(facts)}.`] }),
  reduce: (facts) => ({
    title: 'You have less money now',
    what: [`You have ${sumIn(facts, 'amountPence', 'some')} less.`, ...since(facts), 'What you said yes to is still paid.'],
  }),
  reclaim: (facts) => ({
    title: 'We ask for money back',
    what: [
      `We ask for ${sumIn(facts, 'amountPence', 'some money')} back.`,
      ...(typeof facts['takenPence'] === 'number' && facts['takenPence'] > 0 ? [`${sumIn(facts, 'takenPence', '')} has gone back now.`] : []),
      `You have until ${dayIn(facts, 'onDay') ?? 'a day we told you'} to answer.`,
      'We take nothing from a group.',
    ],
  }),
  suspend: (facts) => ({
    title: 'You cannot use your money now',
    what: ['You cannot buy new things.', ...since(facts), 'What you said yes to is still paid.', `We look at this again${byDay(facts)}.`],
  }),
  resume: (facts) => ({ title: 'You can use your money again', what: ['You can buy new things again.', ...since(facts)] }),
  stop: (facts) => ({
    title: 'Your money will stop',
    what: [`It stops${onDay(facts, 'onDay')}.`, 'Then you cannot buy new things.', 'What you said yes to is still paid.', 'You still get the care you need.'],
  }),
};

const onDay = (facts: NoticeFacts, key: string): string => (dayIn(facts, key) ? ` on ${dayIn(facts, key)}` : '');
const byDay = (facts: NoticeFacts): string => ` by ${dayIn(facts, 'onDay') ?? 'the day you were told'}`;
const since = (facts: NoticeFacts): string[] => (dayIn(facts, 'decidedOn') ? [`It began on ${dayIn(facts, 'decidedOn')}.`] : []);

/** `S.I. 2013/1617 reg. 17` as two parts of a sentence. */
const LAW = /^S\.I\. (\d{4}\/\d+) reg\. (\d+)$/;

const kindOf = (facts: NoticeFacts): LaterKind => {
  const kind = textIn(facts, 'decision');
  return kind !== undefined && Object.hasOwn(STANDARD, kind) ? (kind as LaterKind) : 'review';
};

/** The notice of a decision (RULE 11; regs 13 to 17): what, how much, from when, why, by which regulation, and how to have it looked at
 *  again. What the board wrote is printed as it was written, where the reader may see it. */
export function decisionWording(facts: NoticeFacts, names: WordingNames, isEasy: boolean): Wording {
  const kind = kindOf(facts);
  const { title, what } = (isEasy ? EASY : STANDARD)[kind](facts);
  const ground = kind === 'resume' ? undefined : (WHY[kind] as Readonly<Record<string, readonly [string, string]>>)[textIn(facts, 'ground') ?? ''];
  const line = textIn(facts, 'lineReference');
  const law = LAW.exec(textIn(facts, 'statute') ?? '');
  const said = names.reason === undefined ? [] : [`${isEasy ? 'They wrote' : 'The board wrote'}: “${names.reason}”`];
  if (isEasy)
    return {
      title,
      sentences: [
        ...what,
        ...(line ? [`It is about the money called ${line}.`] : []),
        ...(ground ? ['Why?', ground[1]] : []),
        ...said,
        ...(law ? [`The law is regulation ${law[2]} of SI ${law[1]}.`] : []),
        ...(kind === 'resume'
          ? []
          : ['Is this wrong?', 'Ask us to look at it again.', 'Tell us why.', 'Somebody can help you to ask.', 'We write to you what we decide and why.']),
      ],
    };
  return {
    title,
    sentences: [
      ...what,
      ...(kind === 'review' ? [] : [line ? `This is about one part of your money: ${line}.` : 'This is about all the money of your plan.']),
      ...(ground ? [`Why: ${ground[0]}`] : []),
      ...said,
      ...(law ? [`The law for this is regulation ${law[2]} of the rules on money for health care (SI ${law[1]}).`] : []),
      ...(kind === 'resume'
        ? []
        : [
            'Do you think this is wrong? Then ask the board to look at it again. Say why, and send what shows it. Your care co-ordinator, your broker or a friend can help you.',
            'The board looks at it again and writes to you what it decides, and why.',
          ]),
    ],
  };
}
