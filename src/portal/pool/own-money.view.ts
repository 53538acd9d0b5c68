import { formatDay, formatPounds } from '../../kernel/index.js';
import type { LocalDate } from '../../kernel/index.js';
import type { OwnMoneyInPool, OwnWay, TopUpState, TopUpView } from '../../pools/index.js';
import type { StateTagOptions } from '../blocks/index.js';
import { paths } from '../paths.js';

/** First name of the person whose money it is; undefined for themselves. */
type About = string | undefined;

const WAY_TEXT: Readonly<Record<OwnWay, (own: OwnMoneyInPool, about: About) => { readonly text: string; readonly hint: string }>> = {
  here: (own, about) => ({
    text: `From ${about === undefined ? 'my' : `${about}’s`} money that is here`,
    hint: `${own.holder ?? 'The money-holder'} keeps ${formatPounds(own.here)} for ${about ?? 'you'}. It is in the pool at once.`,
  }),
  card: () => ({ text: 'By card', hint: 'You pay on a safe page. It is there in a minute.' }),
  'bacs-debit': () => ({ text: 'By Direct Debit', hint: 'You say yes on a safe page. It takes about 4 working days.' }),
  bank: (_own, about) => ({
    text: 'By bank transfer',
    hint:
      about === undefined
        ? 'You send it from your bank account. We tell you what to write.'
        : `It is sent from ${about}’s bank account. We tell you what to write.`,
  }),
};

export const wayItems = (own: OwnMoneyInPool, about?: string) => own.ways.map((way) => ({ value: way, ...WAY_TEXT[way](own, about) }));

const STATES: Readonly<Record<TopUpState, StateTagOptions>> = {
  asked: { state: 'On its way', tone: 'waiting' },
  'in-pool': { state: 'In the pool', tone: 'good' },
  kept: { state: 'Kept by the money-holder', tone: 'attention' },
  failed: { state: 'It did not come', tone: 'stopped' },
  withdrawn: { state: 'Not wanted any more', tone: 'quiet' },
  'taken-back': { state: 'Taken back out', tone: 'quiet' },
};

export interface TopUpLine {
  readonly amount: TopUpView['amount'];
  readonly state: StateTagOptions;
  readonly words: string;
  /** What to write in a bank transfer. */
  readonly reference: string | null;
  readonly payHref: string | null;
  readonly withdrawHref: string | null;
  readonly takeBackHref: string | null;
}

/** Each sum of the person's own, with what they can do about it today. */
export const topUpLines = (pool: string, own: OwnMoneyInPool, today: LocalDate, about?: string): TopUpLine[] =>
  own.topUps.map((topUp) => {
    const waits = topUp.state === 'asked';
    return {
      amount: topUp.amount,
      state: STATES[topUp.state],
      words: wordsOf(topUp, today, about === undefined ? TO_THE_PERSON : ABOUT_THE_PERSON),
      reference: waits && topUp.by === 'bank' ? topUp.reference : null,
      payHref: waits && topUp.paymentId ? paths.payOwnMoney(pool, topUp.id) : null,
      withdrawHref: waits ? paths.ownMoneyStep(pool, topUp.id, 'withdraw') : null,
      takeBackHref: topUp.takeBackUntil !== null && topUp.takeBackUntil >= today ? paths.ownMoneyStep(pool, topUp.id, 'take-back') : null,
    };
  });

/** What is said of a payment on its way and afterwards; days come in words. */
interface Sentences {
  readonly promisedByBank: (asked: string) => string;
  readonly promised: (asked: string) => string;
  readonly canBeTakenBack: (until: string) => string;
  readonly kept: string;
  readonly failed: string;
  readonly withdrawn: string;
  readonly takenBack: string;
}

const TO_THE_PERSON: Sentences = {
  promisedByBank: (asked) => `You said on ${asked} that you send it from your bank. When it comes, it goes into the pool.`,
  promised: (asked) => `You said it on ${asked}. It goes into the pool when you have paid.`,
  canBeTakenBack: (until) => `You can take it back until ${until}, if none of it was used.`,
  kept: 'It is yours, and kept for you.',
  failed: 'Your bank or card did not pay it. Nothing was taken from you.',
  withdrawn: 'You said that you do not want to put it in any more.',
  takenBack: 'You changed your mind. It is yours, and kept for you.',
};

const ABOUT_THE_PERSON: Sentences = {
  promisedByBank: (asked) => `It was said on ${asked} that it comes from the bank. When it comes, it goes into the pool.`,
  promised: (asked) => `It was said on ${asked}. It goes into the pool when it is paid.`,
  canBeTakenBack: (until) => `It can be taken back until ${until}, if none of it was used.`,
  kept: 'It is theirs, and kept for them.',
  failed: 'The bank or card did not pay it. Nothing was taken.',
  withdrawn: 'It was said that it is not to be put in any more.',
  takenBack: 'It was taken back out. It is theirs, and kept for them.',
};

function wordsOf({ state, by, askedOn, arrivedOn, takeBackUntil }: TopUpView, today: LocalDate, say: Sentences): string {
  const came = arrivedOn ? formatDay(arrivedOn) : '';
  switch (state) {
    case 'asked':
      return (by === 'bank' ? say.promisedByBank : say.promised)(formatDay(askedOn));
    case 'in-pool':
      return `In the pool since ${came}.${takeBackUntil !== null && takeBackUntil >= today ? ` ${say.canBeTakenBack(formatDay(takeBackUntil))}` : ''}`;
    case 'kept':
      return `It came on ${came}, but the pool could not take it. ${say.kept}`;
    case 'failed':
      return say.failed;
    case 'withdrawn':
      return say.withdrawn;
    case 'taken-back':
      return say.takenBack;
  }
}
