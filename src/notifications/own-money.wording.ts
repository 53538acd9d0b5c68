import type { NoticeKind } from './notice.types.js';
import type { Words } from './wording.facts.js';

/** What people are told of money of their own; never a sum, since letters are opened by others. */
export const OWN_MONEY_WORDS = {
  'own-money-kept': {
    standard: () => ({
      title: 'Money of your own is kept for you',
      sentences: ['It came, and is in no pool now. The one who holds the money keeps it for you.', 'You can put it in a pool, or have it sent home.'],
    }),
    easy: () => ({ title: 'We keep your own money', sentences: ['It came.', 'It is not in a group now.', 'You can have it back.'] }),
  },
  'own-money-home': {
    standard: () => ({
      title: 'Your own money goes home',
      sentences: [
        'It is paid to your own bank account. Two people check where it goes first, so it takes some days.',
        'If nobody knows your bank account yet, somebody asks you.',
      ],
    }),
    easy: () => ({
      title: 'Your own money goes home',
      sentences: ['It goes to your bank account.', 'It takes some days.', 'Somebody may ask where to pay it.'],
    }),
  },
} as const satisfies Partial<Record<NoticeKind, Words>>;
