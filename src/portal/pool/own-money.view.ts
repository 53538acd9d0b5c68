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
      words: about === undefined ? wordsOf(topUp, today) : wordsAbout(topUp, today),
      reference: waits && topUp.by === 'bank' ? topUp.reference : null,
      payHref: waits && topUp.paymentId ? paths.payOwnMoney(pool, topUp.id) : null,
      withdrawHref: waits ? paths.ownMoneyStep(pool, topUp.id, 'withdraw') : null,
      takeBackHref: topUp.takeBackUntil !== null && topUp.takeBackUntil >= today ? paths.ownMoneyStep(pool, topUp.id, 'take-back') : null,
    };
  });

function wordsOf({ state, by, askedOn, arrivedOn, takeBackUntil }: TopUpView, today: LocalDate): string {
  const came = arrivedOn ? formatDay(arrivedOn) : '';
  switch (state) {
    case 'asked':
      return by === 'bank'
        ? `You said on ${formatDay(askedOn)} that you send it from your bank. When it comes, it goes into the pool.`
        : `You said it on ${formatDay(askedOn)}. It goes into the pool when you have paid.`;
    case 'in-pool':
      return takeBackUntil !== null && takeBackUntil >= today
        ? `In the pool since ${came}. You can take it back until ${formatDay(takeBackUntil)}, if none of it was used.`
        : `In the pool since ${came}.`;
    case 'kept':
      return `It came on ${came}, but the pool could not take it. It is yours, and kept for you.`;
    case 'failed':
      return 'Your bank or card did not pay it. Nothing was taken from you.';
    case 'withdrawn':
      return 'You said that you do not want to put it in any more.';
    case 'taken-back':
      return 'You changed your mind. It is yours, and kept for you.';
  }
}

/** The same for who acts for the person. */
function wordsAbout({ state, by, askedOn, arrivedOn, takeBackUntil }: TopUpView, today: LocalDate): string {
  const came = arrivedOn ? formatDay(arrivedOn) : '';
  switch (state) {
    case 'asked':
      return by === 'bank'
        ? `It was said on ${formatDay(askedOn)} that it comes from the bank. When it comes, it goes into the pool.`
        : `It was said on ${formatDay(askedOn)}. It goes into the pool when it is paid.`;
    case 'in-pool':
      return takeBackUntil !== null && takeBackUntil >= today
        ? `In the pool since ${came}. It can be taken back until ${formatDay(takeBackUntil)}, if none of it was used.`
        : `In the pool since ${came}.`;
    case 'kept':
      return `It came on ${came}, but the pool could not take it. It is theirs, and kept for them.`;
    case 'failed':
      return 'The bank or card did not pay it. Nothing was taken.';
    case 'withdrawn':
      return 'It was said that it is not to be put in any more.';
    case 'taken-back':
      return 'It was taken back out. It is theirs, and kept for them.';
  }
}
