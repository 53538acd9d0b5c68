import type { NoticeFacts } from './notice.types.js';
import type { Wording, WordingNames } from './wording.facts.js';
import { dayIn } from './wording.facts.js';

type Say = (facts: NoticeFacts, names: WordingNames) => Wording;

const until = (facts: NoticeFacts): string => (dayIn(facts, 'lastDay') ? ` until the end of ${dayIn(facts, 'lastDay')}` : ' for now');
const onDay = (facts: NoticeFacts): string => (dayIn(facts, 'lastDay') ? `${dayIn(facts, 'lastDay')} is the last day.` : 'The last day is near.');
const nameOf = (names: WordingNames): string => names.pool ?? 'Your pool';

/** A money-holder that closes. Stops of a pool, and of one person's part of it: begun or made longer, about to end, ended. */
export const FREEZE_WORDS: Readonly<
  Record<
    'holder-closing' | 'statement-signed' | 'pool-stopped' | 'pool-stop-ending' | 'pool-goes-on' | 'part-stopped' | 'part-stop-ending' | 'part-goes-on',
    { readonly standard: Say; readonly easy: Say }
  >
> = {
  'holder-closing': {
    standard: (_facts, names) => ({
      title: `Somebody else will hold the money of ${names.pool ?? 'your pool'}`,
      sentences: ['The one who holds it now is closing. Your money stays yours, to the penny.', 'You can see who is next, and when the last copy was made.'],
    }),
    easy: () => ({
      title: 'Somebody else will hold your money',
      sentences: ['The one who holds it now is closing.', 'The money is still yours.', 'You can see who is next.'],
    }),
  },
  'statement-signed': {
    standard: (_facts, names) => ({
      title: `Your statement of ${names.pool ?? 'your pool'} is signed`,
      sentences: [
        'It says what you put in, what was paid and what went back to you. You can read it, print it and keep it.',
        'If something is wrong, tell us.',
      ],
    }),
    easy: () => ({
      title: 'Your money statement is signed',
      sentences: ['It says what happened to your money.', 'You can read it and print it.', 'Tell us if something is wrong.'],
    }),
  },
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
      title: `Your part of ${names.pool ?? 'your pool'} is stopped for now`,
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
      title: `Your part of ${names.pool ?? 'your pool'} will go on soon`,
      sentences: [onDay(facts), 'Then your money can be used again. If you do not want that, you can make the stop longer.'],
    }),
    easy: (facts) => ({ title: 'Your part will go on soon', sentences: [onDay(facts), 'Then your money can be used again.'] }),
  },
  'part-goes-on': {
    standard: (_facts, names) => ({
      title: `Your part of ${names.pool ?? 'your pool'} goes on`,
      sentences: ['The stop is over. Your money can be used again, and you can put more in.'],
    }),
    easy: () => ({ title: 'Your part goes on', sentences: ['The stop is over.', 'Your money can be used again.'] }),
  },
};
