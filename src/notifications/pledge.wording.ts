import type { NoticeKind } from './notice.types.js';
import type { Words } from './wording.facts.js';
import { dayIn, poolOf, textIn } from './wording.facts.js';

/** What people are told of money that their group pledges; never a sum, since letters are opened by others. */
export const PLEDGE_WORDS = {
  'pledge-asked': {
    standard: (facts, names) => ({
      title: `${names.pool ?? 'Your pool'} asks who will pledge money`,
      sentences: [
        'A pledge is a promise: you put in what you say if there is enough from all of you. Until then the money stays in your own budget.',
        `You can change your mind${dayIn(facts, 'freeUntil') ? ` until ${dayIn(facts, 'freeUntil')}` : ' for some days'}. There has to be enough by ${dayIn(facts, 'reachBy') ?? 'the day you can read there'}.`,
        'You do not have to pledge.',
      ],
    }),
    easy: (facts) => ({
      title: 'Your group needs some money',
      sentences: [
        'You can promise to put some in.',
        'You do not have to.',
        ...(dayIn(facts, 'freeUntil') ? [`You can change your mind until ${dayIn(facts, 'freeUntil')}.`] : []),
        'Somebody can help you.',
      ],
    }),
  },
  'pledge-reached': {
    standard: (facts, names) => ({
      title: textIn(facts, 'state') === 'shrunk' ? `${names.pool ?? 'Your pool'} goes on with less` : `Enough was pledged in ${poolOf(names)}`,
      sentences: ['All that was pledged goes into the pool now. If you pledged, you can see where your money is. It is yours until it is spent.'],
    }),
    easy: () => ({
      title: 'There is enough money',
      sentences: ['What people promised goes into the pool now.', 'If you promised some, you can see it there.', 'It is still your money.'],
    }),
  },
  'pledge-not-reached': {
    standard: (facts, names) =>
      textIn(facts, 'state') === 'extended'
        ? {
            title: `There is more time to pledge in ${poolOf(names)}`,
            sentences: [
              `There was not enough yet. There is more time${dayIn(facts, 'until') ? ` until ${dayIn(facts, 'until')}` : ''}, as was said before. What you pledged still counts.`,
            ],
          }
        : {
            title: `The pledges in ${poolOf(names)} are over`,
            sentences: ['It did not come about. If you pledged, your money is free again in your own budget. Nobody has paid anything.'],
          },
    easy: (facts) =>
      textIn(facts, 'state') === 'extended'
        ? {
            title: 'There is more time',
            sentences: ['There is not enough money yet.', ...(dayIn(facts, 'until') ? [`You can still say yes until ${dayIn(facts, 'until')}.`] : [])],
          }
        : { title: 'It did not come about', sentences: ['There was not enough money.', 'You pay nothing.', 'Your money is free again.'] },
  },
  'pledge-released': {
    standard: (_facts, names) => ({
      title: `Your pledge in ${poolOf(names)} does not count any more`,
      sentences: ['Something about your money has changed. What you pledged is not set aside any more. You can see why. The others do not see why.'],
    }),
    easy: () => ({
      title: 'Your promise does not count any more',
      sentences: ['Something about your money has changed.', 'You can read why.', 'The others cannot.'],
    }),
  },
} as const satisfies Partial<Record<NoticeKind, Words>>;
