import type { AdviceListing, AdviceView, OptionKind, Per } from '../../brokers/index.js';
import { OPTION_KINDS, PER } from '../../brokers/index.js';
import type { PersonId } from '../../kernel/index.js';
import { formatInstant } from '../../kernel/index.js';
import type { ChoiceItem, StateTone } from '../blocks/index.js';
import { interestSentence } from '../my-brokers/my-brokers.view.js';
import { paths } from '../paths.js';

const STATES: Readonly<Record<AdviceListing['state'], { readonly state: string; readonly tone: StateTone }>> = {
  open: { state: 'Not chosen yet', tone: 'waiting' },
  answered: { state: 'Answered', tone: 'good' },
  withdrawn: { state: 'Taken back', tone: 'quiet' },
};

export const PER_WORDS: Readonly<Record<Per, string>> = { once: 'once', session: 'each session', week: 'a week', month: 'a month', year: 'a year' };
export const KIND_WORDS: Readonly<Record<OptionKind, string>> = {
  provider: 'Paid, from the directory',
  community: 'Free or nearly free, run by the community',
  other: 'Paid, somebody else',
  nothing: 'Change nothing',
};

export const PER_ITEMS = PER.map((value) => ({ value, text: PER_WORDS[value] }));
export const KIND_ITEMS = OPTION_KINDS.map((value) => ({ value, text: KIND_WORDS[value] }));

export const adviceCard = (person: PersonId, each: AdviceListing) => ({
  title: each.about,
  by: each.brokerName,
  state: STATES[each.state],
  href: paths.advice(person, each.id),
});

export interface AdvicePageView {
  readonly about: string;
  readonly by: string;
  readonly state: { readonly state: string; readonly tone: StateTone };
  readonly fee: AdviceView['fee'];
  readonly feeFor: string;
  readonly interests: readonly string[];
  readonly whyFew: string | null;
  readonly options: readonly {
    readonly what: string;
    readonly who: string;
    readonly cost: AdviceView['fee'];
    readonly per: string;
    readonly good: string;
    readonly bad: string;
    readonly isRecommended: boolean;
    readonly isChosen: boolean;
  }[];
  readonly chosen: { readonly what: string; readonly words: string; readonly how: string } | null;
  readonly choices: readonly ChoiceItem[];
  readonly mayAnswer: boolean;
  readonly mayWithdraw: boolean;
}

const NONE = 'none';

/** Options as both see them: what the broker is paid, then their interests, then the options in the order they were written. */
export function adviceView(advice: AdviceView, isPerson: boolean): AdvicePageView {
  const { answer, options } = advice;
  const chosen = options.find((each) => each.id === answer?.optionId);
  return {
    about: advice.about,
    by: advice.brokerName,
    state: STATES[advice.state],
    fee: advice.fee,
    feeFor: advice.feeFor,
    interests: advice.interests.map((each) => interestSentence(advice.brokerName, each)),
    whyFew: advice.whyFew,
    options: options.map((each) => ({
      what: each.what,
      who: each.kind === 'nothing' ? '' : (each.providerName ?? KIND_WORDS[each.kind]),
      cost: each.cost,
      per: PER_WORDS[each.per],
      good: each.good,
      bad: each.bad,
      isRecommended: each.isRecommended,
      isChosen: each.id === chosen?.id,
    })),
    chosen: answer && {
      what: chosen?.what ?? 'None of these',
      words: answer.words,
      how: `${answer.byBroker ? `${advice.brokerName} wrote this down` : 'Written'} on ${formatInstant(answer.writtenAt)}`,
    },
    choices: [...options.map((each) => ({ value: each.id, text: each.what })), { value: NONE, text: 'None of these' }],
    mayAnswer: advice.state !== 'withdrawn' && (isPerson || advice.isMine),
    mayWithdraw: advice.state === 'open' && advice.isMine,
  };
}
