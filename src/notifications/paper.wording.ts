import type { Words } from './wording.facts.js';
import { dayIn, poolOf, sumIn } from './wording.facts.js';

/** What a paper was about. */
const PAPERS: Readonly<Record<string, string>> = {
  agreement: 'the agreement',
  vote: 'a vote',
  session: 'a session',
  money: 'putting money in',
  quote: 'choosing a quote',
};

/** What was typed in of a signed paper, for the person to hold against what they wrote. */
const signedIn = (facts: Parameters<typeof dayIn>[0]): string[] => {
  const [sum, day] = [sumIn(facts, 'amountPence', ''), dayIn(facts, 'signedOn')];
  return day ? [`It says ${sum ? `${sum}, ` : ''}signed on ${day}.`] : [];
};

/** A paper that was typed in, a statement that is signed, and a money-holder that closes. */
export const PAPER_WORDS: Readonly<Record<'paper-typed' | 'statement-signed' | 'holder-closing', Words>> = {
  'paper-typed': {
    standard: (facts, names) => ({
      title: 'Your paper has been typed in',
      sentences: [
        `The broker of ${poolOf(names)} typed in what is on your paper. It was about ${PAPERS[String(facts['what'])] ?? 'your pool'}.`,
        ...signedIn(facts),
        'Is it wrong? Tell the broker, or say it yourself on your page.',
      ],
    }),
    easy: (facts) => ({
      title: 'Your paper has been typed in',
      sentences: [`It was about ${PAPERS[String(facts['what'])] ?? 'your group'}.`, ...signedIn(facts), 'Is it wrong? Tell your broker.'],
    }),
  },
  'statement-signed': {
    standard: (_facts, names) => ({
      title: `Your statement of ${poolOf(names)} is signed`,
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
  'holder-closing': {
    standard: (_facts, names) => ({
      title: `Somebody else will hold the money of ${poolOf(names)}`,
      sentences: ['The one who holds it now is closing. Your money stays yours, to the penny.', 'You can see who is next, and when the last copy was made.'],
    }),
    easy: () => ({
      title: 'Somebody else will hold your money',
      sentences: ['The one who holds it now is closing.', 'The money is still yours.', 'You can see who is next.'],
    }),
  },
};
