import { formatDay, formatPounds } from '../../kernel/index.js';
import type { LocalDate } from '../../kernel/index.js';
import type { OwnMoneyInPool, OwnWay, TopUpState, TopUpView } from '../../pools/index.js';
import type { StateTagOptions } from '../blocks/index.js';
import { paths } from '../paths.js';

const WAY_TEXT: Readonly<Record<OwnWay, { readonly text: string; readonly hint: (own: OwnMoneyInPool) => string }>> = {
  here: {
    text: 'From my money that is here',
    hint: (own) => `${own.holder ?? 'The money-holder'} keeps ${formatPounds(own.here)} for you. It is in the pool at once.`,
  },
  card: { text: 'By card', hint: () => 'You pay on a safe page. It is there in a minute.' },
  'bacs-debit': { text: 'By Direct Debit', hint: () => 'You say yes on a safe page. It takes about 4 working days.' },
  bank: { text: 'By bank transfer', hint: () => 'You send it from your bank account. We tell you what to write.' },
};

export const wayItems = (own: OwnMoneyInPool) => own.ways.map((way) => ({ value: way, text: WAY_TEXT[way].text, hint: WAY_TEXT[way].hint(own) }));

const STATES: Readonly<Record<TopUpState, StateTagOptions>> = {
  asked: { state: 'On its way', tone: 'waiting' },
  'in-pool': { state: 'In the pool', tone: 'good' },
  kept: { state: 'Kept for you', tone: 'attention' },
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
export const topUpLines = (pool: string, own: OwnMoneyInPool, today: LocalDate): TopUpLine[] =>
  own.topUps.map((topUp) => {
    const waits = topUp.state === 'asked';
    return {
      amount: topUp.amount,
      state: STATES[topUp.state],
      words: wordsOf(topUp, today),
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
