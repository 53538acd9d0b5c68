import type { NoticeFacts } from './notice.types.js';
import type { Words, WordingNames } from './wording.facts.js';
import { dayIn, poolOf } from './wording.facts.js';

const until = (facts: NoticeFacts): string => (dayIn(facts, 'lastDay') ? ` until the end of ${dayIn(facts, 'lastDay')}` : ' for now');
const onDay = (facts: NoticeFacts): string => (dayIn(facts, 'lastDay') ? `${dayIn(facts, 'lastDay')} is the last day.` : 'The last day is near.');
const nameOf = (names: WordingNames): string => names.pool ?? 'Your pool';

/** Stops of a pool, and of one person's part of it: begun or made longer, about to end, ended. */
export const FREEZE_WORDS: Readonly<
  Record<'pool-stopped' | 'pool-stop-ending' | 'pool-goes-on' | 'part-stopped' | 'part-stop-ending' | 'part-goes-on', Words>
> = {
  'pool-stopped': {
    standard: (facts, names) => ({
      title: `${nameOf(names)} is stopped for now`,
      sentences: [
        `No new money goes in, and nothing new is bought${until(facts)}.`,
        'What is booked goes on, and what is owed is paid. Your money stays yours. You can read why, and who stopped it.',
      ],
    }),
    easy: (facts) => ({
      title: 'Your group has stopped for now',
      sentences: ['Nothing new is bought.', `It is stopped${until(facts)}.`, 'Your money is still yours.', 'You can read why.'],
    }),
  },
  'pool-stop-ending': {
    standard: (facts, names) => ({
      title: `${nameOf(names)} will go on soon`,
      sentences: [onDay(facts), 'If it should stay stopped, somebody has to say why. If not, it goes on by itself.'],
    }),
    easy: (facts) => ({ title: 'Your group will go on soon', sentences: [onDay(facts), 'Then the group goes on.'] }),
  },
  'pool-goes-on': {
    standard: (_facts, names) => ({ title: `${nameOf(names)} goes on`, sentences: ['The stop is over. You can put money in and choose what to buy.'] }),
    easy: () => ({ title: 'Your group goes on', sentences: ['The stop is over.', 'You can put money in again.'] }),
  },
  'part-stopped': {
    standard: (facts, names) => ({
      title: `Your part of ${poolOf(names)} is stopped for now`,
      sentences: [
        `Nothing new is spent from it or put in${until(facts)}. What is booked goes on.`,
        'The money stays yours. You can read why, and who stopped it. The others cannot read why.',
      ],
    }),
    easy: (facts) => ({
      title: 'Your part is stopped for now',
      sentences: ['We do not spend your money on new things.', `It is stopped${until(facts)}.`, 'The money is still yours.', 'You can read why.'],
    }),
  },
  'part-stop-ending': {
    standard: (facts, names) => ({
      title: `Your part of ${poolOf(names)} will go on soon`,
      sentences: [onDay(facts), 'Then your money can be used again. If you do not want that, you can make the stop longer.'],
    }),
    easy: (facts) => ({ title: 'Your part will go on soon', sentences: [onDay(facts), 'Then your money can be used again.'] }),
  },
  'part-goes-on': {
    standard: (_facts, names) => ({
      title: `Your part of ${poolOf(names)} goes on`,
      sentences: ['The stop is over. Your money can be used again, and you can put more in.'],
    }),
    easy: () => ({ title: 'Your part goes on', sentences: ['The stop is over.', 'Your money can be used again.'] }),
  },
};
