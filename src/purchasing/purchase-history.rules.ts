import type { LocalDate } from '../kernel/index.js';
import { formatDay } from '../kernel/index.js';

/** One thing that happened to what a group buys, with what it was. */
export interface PurchaseHappening {
  readonly noun: string;
  readonly action: string;
  readonly service: string;
  /** Of a purchase: how many. */
  readonly sessions: number | null;
  /** Of a session. */
  readonly day: LocalDate | null;
}

/** As sentences without sums or names. Nobody is told that somebody complained about a session: that is theirs to say. */
const SENTENCES: Readonly<Record<string, (what: PurchaseHappening) => string>> = {
  'quote:give': ({ service }) => `A provider said what ${service} would cost.`,
  'quote:choose': ({ service }) => `The group chose ${service}.`,
  'quote:withdraw': ({ service }) => `A provider took its offer of ${service} back.`,
  'purchase:commit': ({ service, sessions }) =>
    `The group agreed to buy ${service}${sessions === null ? '' : sessions === 1 ? ', once' : `, ${sessions} times`}.`,
  'purchase:complete': ({ service }) => `${capital(service)} is over.`,
  'session:confirm': ({ service, day }) => `${capital(service)} took place${day === null ? '' : ` on ${formatDay(day)}`}.`,
  'invoice:receive': ({ service }) => `A bill for ${service} came, and was shared out as agreed.`,
  'invoice:pay': ({ service }) => `A bill for ${service} was paid.`,
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The sentence for what happened; undefined for steps that say nothing new to a reader. */
export const purchaseSentence = (what: PurchaseHappening): string | undefined => SENTENCES[`${what.noun}:${what.action}`]?.(what);
