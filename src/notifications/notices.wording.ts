import { decisionWording } from './decision.wording.js';
import { FREEZE_WORDS } from './freeze.wording.js';
import type { NoticeFacts, NoticeKind } from './notice.types.js';
import { OWN_MONEY_WORDS } from './own-money.wording.js';
import { PAPER_WORDS } from './paper.wording.js';
import { PLEDGE_WORDS } from './pledge.wording.js';
import { REVIEW_WORDS } from './review.wording.js';
import type { Words, WordingNames, Wording } from './wording.facts.js';
import { dayIn, poolOf, sumIn } from './wording.facts.js';

const ALERTS: Readonly<Record<string, Words>> = {
  'over-pace': {
    standard: (facts) => ({
      title: 'Your money is going fast',
      sentences: [
        `At this pace it would be gone ${dayIn(facts, 'runOutOn') ? `by ${dayIn(facts, 'runOutOn')}` : 'before the end of its time'}.`,
        'You do not have to do anything today. You can look at it and talk to somebody.',
      ],
    }),
    easy: () => ({ title: 'Your money is going fast', sentences: ['Your money may run out soon.', 'Look at it.', 'Talk to somebody you trust.'] }),
  },
  low: {
    standard: (facts) => ({
      title: 'There is not much money left',
      sentences: [`You have ${sumIn(facts, 'freePence', 'little')} free to spend.`, 'Talk to your care co-ordinator if you need more.'],
    }),
    easy: (facts) => ({
      title: 'Not much money is left',
      sentences: [`You have ${sumIn(facts, 'freePence', 'little')} left.`, 'Ask for help if you need more.'],
    }),
  },
  surplus: {
    standard: () => ({
      title: 'You have money you have not used',
      sentences: ['That is fine. You may need it later in the year.', 'If something makes it hard to use, tell us.'],
    }),
    easy: () => ({ title: 'You have money left', sentences: ['That is fine.', 'You can still use it.', 'Tell us if it is hard to use.'] }),
  },
};

const WORDS: Readonly<Record<NoticeKind, Words>> = {
  'introduction-made': {
    standard: () => ({
      title: 'You both said yes',
      sentences: [
        'You and another person near you both said yes.',
        'Now you can see their first name and write to each other.',
        'You can step back at any time.',
      ],
    }),
    easy: () => ({
      title: 'You both said yes',
      sentences: ['Somebody near you wants to meet you.', 'You can write to each other.', 'You can stop at any time.'],
    }),
  },
  'group-found': {
    standard: () => ({
      title: 'A group near you has come together',
      sentences: [
        'You said yes to a group, and so did others.',
        'Now you can see their first names and start something together.',
        'You can step back at any time.',
      ],
    }),
    easy: () => ({
      title: 'Your group is here',
      sentences: ['You said yes to a group.', 'Other people said yes too.', 'You can see their first names.', 'You can stop at any time.'],
    }),
  },
  invitation: {
    standard: () => ({
      title: 'Somebody you know asks to do things with you',
      sentences: [
        'You can see who it is when you sign in.',
        'You can say yes or no. If you say no, or nothing, they are not told: it ends by itself after six weeks.',
      ],
    }),
    easy: () => ({
      title: 'Somebody you know asks for you',
      sentences: ['They want to do things with you.', 'You can say yes.', 'You can say no.', 'We do not tell them about a no.'],
    }),
  },
  'invitation-ended': {
    standard: () => ({
      title: 'An invitation you sent has ended',
      sentences: ['Six weeks are over. You can ask again, and you can ask the person yourself.'],
    }),
    easy: () => ({ title: 'Your invitation has ended', sentences: ['Six weeks are over.', 'You can ask again.'] }),
  },
  message: {
    standard: () => ({ title: 'You have a new message', sentences: ['Somebody you met here wrote to you.'] }),
    easy: () => ({ title: 'You have a message', sentences: ['Somebody wrote to you.'] }),
  },
  'pool-invited': {
    standard: (_facts, names) => ({
      title: names.pool ? `You are asked to join ${names.pool}` : 'You are asked to join a pool',
      sentences: [
        'A pool is a group that buys something together. Each puts in some money.',
        'Look at what it is for. You can say yes or no. You pay nothing until you say yes.',
      ],
    }),
    easy: () => ({
      title: 'Will you join a group?',
      sentences: ['Some people want to buy something together.', 'They ask you to join.', 'You can say yes or no.'],
    }),
  },
  'agreement-offered': {
    standard: (_facts, names) => ({
      title: `Please read the agreement of ${poolOf(names)}`,
      sentences: ['It says what you buy together, what each pays, and how to leave.', 'Take your time. It counts only when all have said yes.'],
    }),
    easy: () => ({ title: 'Please read the agreement', sentences: ['It says what the group will do.', 'It says what you pay.', 'You can say yes or no.'] }),
  },
  'pool-started': {
    standard: (_facts, names) => ({
      title: names.pool ? `${names.pool} has started` : 'Your pool has started',
      sentences: ['All of you said yes. Now you can put money in.'],
    }),
    easy: () => ({ title: 'Your group has started', sentences: ['Everybody said yes.', 'Now you can put money in.'] }),
  },
  'agreement-review': {
    standard: (_, names) => ({
      title: `It is time to look at the agreement of ${names.pool ?? 'your pool'} again`,
      sentences: [
        'When you all agreed, you said that you would look at the agreement again today.',
        'Talk about what goes well and what does not. The agreement stays as it is until everyone has agreed to a new one.',
      ],
    }),
    easy: () => ({
      title: 'Time to look at your agreement again',
      sentences: ['Talk with your group.', 'What goes well? What does not?', 'Nothing changes unless everyone says yes.'],
    }),
  },
  'question-asked': {
    standard: (facts, names) => ({
      title: `${names.pool ?? 'Your pool'} is asked to decide something`,
      sentences: [
        'Somebody in your pool asks all of you something. You have one vote, as the others have.',
        `You can vote${dayIn(facts, 'closesOn') ? ` until ${dayIn(facts, 'closesOn')}` : ''}: yourself, with help, on paper, or by asking somebody in the pool to vote for you.`,
      ],
    }),
    easy: (facts) => ({
      title: 'Your group wants to decide something',
      sentences: ['You can vote.', ...(dayIn(facts, 'closesOn') ? [`You have until ${dayIn(facts, 'closesOn')}.`] : []), 'Somebody can help you.'],
    }),
  },
  'question-decided': {
    standard: (_facts, names) => ({
      title: `${names.pool ?? 'Your pool'} has decided`,
      sentences: ['The vote is over. You can see what came out, and why.'],
    }),
    easy: () => ({ title: 'Your group has decided', sentences: ['The vote is over.', 'You can see what came out.'] }),
  },
  ...PAPER_WORDS,
  ...REVIEW_WORDS,
  ...PLEDGE_WORDS,
  ...OWN_MONEY_WORDS,
  'money-arrived': {
    standard: (facts, names) => ({
      title: `Your money has arrived in ${poolOf(names)}`,
      sentences: [`${sumIn(facts, 'amountPence', 'The money')} is there. It is still yours until it is spent.`],
    }),
    easy: (facts) => ({ title: 'Your money is in the pool', sentences: [`${sumIn(facts, 'amountPence', 'The money')} is there.`, 'It is still your money.'] }),
  },
  'surplus-home': {
    standard: (facts, names) => ({
      title: `Money from ${poolOf(names)} has gone home`,
      sentences: [`What you bought together is over. ${sumIn(facts, 'amountPence', 'What was left')} went back to you, as your agreement says.`],
    }),
    easy: (facts) => ({
      title: 'Money came back to you',
      sentences: ['What you bought together is over.', `${sumIn(facts, 'amountPence', 'What was left')} is yours again.`],
    }),
  },
  'money-agreed': {
    standard: () => ({ title: 'Your money has been agreed', sentences: ['You can see how much it is, and what you can use it for.'] }),
    easy: () => ({ title: 'Your money is agreed', sentences: ['You can look at it now.'] }),
  },
  'session-to-confirm': {
    standard: (facts, names) => ({
      title: `Did it happen${dayIn(facts, 'day') ? ` on ${dayIn(facts, 'day')}` : ''}?`,
      sentences: [
        `The provider says a session of ${poolOf(names)} took place.`,
        'Please say if it did. If it did not, or it was not good, say so and nothing is paid yet.',
      ],
    }),
    easy: (facts) => ({
      title: 'Did it happen?',
      sentences: [...(dayIn(facts, 'day') ? [`It was on ${dayIn(facts, 'day')}.`] : []), 'Say yes if it did.', 'Say no if it did not.'],
    }),
  },
  'line-alert': {
    standard: (facts, names) => (ALERTS[String(facts['alert'])] ?? ALERTS['surplus']!).standard(facts, names),
    easy: (facts, names) => (ALERTS[String(facts['alert'])] ?? ALERTS['surplus']!).easy(facts, names),
  },
  'review-due': {
    standard: (facts) => ({
      title: 'It is time to look at your plan again',
      sentences: [
        `Your care co-ordinator will look at it with you${dayIn(facts, 'dueOn') ? ` by ${dayIn(facts, 'dueOn')}` : ''}.`,
        'Think of what went well and what you would change. Your payments go on.',
      ],
    }),
    easy: (facts) => ({
      title: 'We look at your plan again',
      sentences: [...(dayIn(facts, 'dueOn') ? [`It will be by ${dayIn(facts, 'dueOn')}.`] : []), 'Tell us what went well.', 'Tell us what to change.'],
    }),
  },
  'payment-returned': {
    standard: (facts) => ({
      title: 'A payment came back',
      sentences: [`The bank sent ${sumIn(facts, 'amountPence', 'it')} back. It is safe. We find out why, and pay it again.`, 'You do not have to do anything.'],
    }),
    easy: (facts) => ({
      title: 'A payment came back',
      sentences: [`The bank sent ${sumIn(facts, 'amountPence', 'it')} back.`, 'The money is safe.', 'We will pay it again.'],
    }),
  },
  'broker-appointed': {
    standard: () => ({
      title: 'A broker helps you now',
      sentences: ['You signed that a broker may help you. They see only what you signed for.', 'You can end it on any day, and you do not have to say why.'],
    }),
    easy: () => ({
      title: 'A broker helps you now',
      sentences: ['You said yes to a broker.', 'They help you find and buy things.', 'You can stop it on any day.'],
    }),
  },
  'nomination-turned-down': {
    standard: () => ({
      title: 'Your board did not agree to the person you named',
      sentences: [
        'You named somebody to look after your direct payment. Your NHS board did not agree.',
        'It wrote down why, and you can read it.',
        'You can name somebody else at any time.',
      ],
    }),
    easy: () => ({
      title: 'They said no to the person you named',
      sentences: ['You named somebody to look after your money.', 'The NHS said no.', 'You can read why.', 'You can name somebody else.'],
    }),
  },
  ...FREEZE_WORDS,
  decision: { standard: (facts, names) => decisionWording(facts, names, false), easy: (facts, names) => decisionWording(facts, names, true) },
};

/** The words for a reader: Easy Read for those who asked for it. */
export const wordingOf = (kind: NoticeKind, facts: NoticeFacts, format: string, names: WordingNames = {}): Wording =>
  WORDS[kind][format === 'easy-read' ? 'easy' : 'standard'](facts, names);

/** The same for the post: no names, and where to look. */
export function postOf(kind: NoticeKind, facts: NoticeFacts, format: string, reason?: string): { subject: string; body: string } {
  const { title, sentences } = wordingOf(kind, facts, format, { reason });
  return {
    subject: title,
    body: [...sentences, 'Sign in to Commonpurse to see more. If you cannot, phone us or ask your broker.'].join(format === 'easy-read' ? '\n\n' : '\n'),
  };
}
