import type { Words } from './wording.facts.js';
import { dayIn, poolOf } from './wording.facts.js';

/** When things with one member are hard: what the broker is asked, and what the member and the others are told. */
export const REVIEW_WORDS: Readonly<Record<'review-asked' | 'review-with-you' | 'review-voice' | 'review-heard' | 'review-over', Words>> = {
  'review-asked': {
    standard: (_facts, names) => ({
      title: `Somebody in ${poolOf(names)} asks for your help`,
      sentences: ['They wrote to you about how things go in the group. Only you can read it.', 'You lead the talk, and you say what comes next.'],
    }),
    easy: () => ({ title: 'A group asks for your help', sentences: ['Somebody wrote to you.', 'Only you can read it.'] }),
  },
  'review-with-you': {
    standard: (_facts, names) => ({
      title: `The broker of ${poolOf(names)} would like to talk with you`,
      sentences: [
        'It is about how things go in the group. You can read what the broker says, and answer in your own words.',
        'Somebody you trust can come along and help you. Your money is safe.',
      ],
    }),
    easy: () => ({
      title: 'Your broker wants to talk with you',
      sentences: ['It is about the group.', 'You can say what you think.', 'Somebody can help you.', 'Your money is safe.'],
    }),
  },
  'review-voice': {
    standard: (facts, names) => ({
      title: `You can say how ${poolOf(names)} goes on`,
      sentences: [
        'The broker talks with all of you about how things go in the group.',
        `You have one voice, as the others have${dayIn(facts, 'closesOn') ? `, until ${dayIn(facts, 'closesOn')}` : ''}. Nobody sees what you say before it is over, and no name stands with it.`,
      ],
    }),
    easy: (facts) => ({
      title: 'You can say how your group goes on',
      sentences: [
        'You have one voice.',
        ...(dayIn(facts, 'closesOn') ? [`You have until ${dayIn(facts, 'closesOn')}.`] : []),
        'Your name is not shown.',
        'Somebody can help you.',
      ],
    }),
  },
  'review-heard': {
    standard: (_facts, names) => ({
      title: `The talk in ${poolOf(names)} goes on`,
      sentences: ['One part of it is over. You can read how it goes on, and the broker talks with you about it.'],
    }),
    easy: () => ({ title: 'The talk in your group goes on', sentences: ['One part is over.', 'You can read what comes next.'] }),
  },
  'review-over': {
    standard: (_facts, names) => ({
      title: `The talk in ${poolOf(names)} is over`,
      sentences: ['A way to go on was found. You can read what the broker wrote.'],
    }),
    easy: () => ({ title: 'The talk in your group is over', sentences: ['There is a way to go on.', 'You can read about it.'] }),
  },
};
