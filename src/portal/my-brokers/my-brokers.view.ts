import type { AppointmentView, BrokerView, Cover, InterestView } from '../../brokers/index.js';
import { ENDS_SOON_DAYS } from '../../brokers/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { addDays, FEWEST_SHOWN, formatDay } from '../../kernel/index.js';
import type { ChoiceItem } from '../blocks/index.js';
import { counted, inARow } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';

export const BROKERS_DONE: Flashes = {
  ended: { kind: 'done', title: 'That broker sees nothing more', text: 'It holds from now. What they wrote stays yours to read.' },
  appointed: { kind: 'done', title: 'This broker may help now', text: 'They see what was signed, and nothing else. You can end it here at any time.' },
};

export const COVER_WORDS: Readonly<Record<Cover, string>> = {
  goals: 'the good life page and goals',
  card: 'finding others',
  plan: 'the plan',
  pools: 'pools',
};

const INTEREST_WORDS: Readonly<Record<InterestView['kind'], string>> = {
  ownership: 'owns part of',
  employment: 'works for',
  family: 'has family at',
  'referral-fee': 'is paid for sending people to',
  'also-provider': 'is also a provider as',
};

/** An interest in a sentence that says it before anything else is said: "Bea Broker has family at Leaf & Spade." */
export const interestSentence = (broker: string, { kind, providerName, words }: Pick<InterestView, 'kind' | 'providerName' | 'words'>): string =>
  `${broker} ${INTEREST_WORDS[kind]} ${providerName}.${words ? ` ${words}${/[.!?]$/.test(words) ? '' : '.'}` : ''}`;

export interface MyBroker {
  readonly name: string;
  readonly may: string;
  readonly until: string | null;
  readonly endsSoon: boolean;
  readonly end: string | null;
}

export function myBrokers(
  appointments: readonly AppointmentView[],
  person: PersonId,
  mayEnd: boolean,
  today: LocalDate,
): { now: MyBroker[]; before: string[] } {
  const inForce = appointments.filter((each) => each.state === 'in-force');
  return {
    now: inForce.map((each) => ({
      name: each.brokerName,
      may: inARow(each.covers.map((cover) => COVER_WORDS[cover])),
      until: each.untilDay && formatDay(each.untilDay),
      endsSoon: each.untilDay !== null && each.untilDay <= addDays(today, ENDS_SOON_DAYS),
      end: mayEnd ? paths.endBroker(person, each.id) : null,
    })),
    before: appointments.filter((each) => each.state === 'ended').map((each) => `${each.brokerName}, from ${formatDay(each.signedOn)}`),
  };
}

/** A broker on the register: what they do, and how many people they helped, where that may be shown. Sums of money are not compared. */
export const choiceOf = (broker: BrokerView): ChoiceItem => ({
  value: broker.id,
  text: broker.body ? `${broker.name}, ${broker.body}` : broker.name,
  hint: [broker.about, servedWords(broker)].filter(Boolean).join(' '),
});

export const servedWords = ({ served, servedOn }: Pick<BrokerView, 'served' | 'servedOn'>): string => {
  if (servedOn === null) return '';
  return served === null ? `Helped fewer than ${FEWEST_SHOWN} people in a year, or is new.` : `Helped about ${counted(served, 'person', 'people')} in a year.`;
};
