import type { FieldFault, LocalDate, Pence, ProviderId } from '../../kernel/index.js';
import { addDays, addMonths, DomainError, isLocalDate, isWorkingDay, parsePounds } from '../../kernel/index.js';
import { readCommand } from '../../platform/index.js';
import type { SpendKind } from '../../pools/index.js';
import { SPEND_KINDS } from '../../pools/index.js';
import { AskForQuote, CommitQuote, GiveQuote } from '../../purchasing/index.js';
import type { DateParts } from '../blocks/index.js';
import { dateParts } from '../blocks/index.js';
import type { FormBody } from '../form-body.js';
import { dayOfParts, listOf, textOf } from '../form-body.js';

/** What was typed into a quote, for the page to show again. */
export interface QuoteTyped {
  readonly provider: string;
  readonly service: string;
  readonly price: string;
  readonly sessions: string;
  readonly terms: string;
  /** `yes` when it sets the group up. */
  readonly setsUp: string;
  readonly kind: string;
}

export const typedQuote = (body: Readonly<FormBody>): QuoteTyped => ({
  provider: textOf(body, 'provider'),
  service: textOf(body, 'service'),
  price: textOf(body, 'price'),
  sessions: textOf(body, 'sessions'),
  terms: textOf(body, 'terms'),
  setsUp: textOf(body, 'setsUp'),
  kind: textOf(body, 'kind'),
});

const QUOTE_MESSAGES: Readonly<Record<string, string>> = {
  provider: 'Choose the provider',
  service: 'Say what the quote is for, like Gardening with support',
  price: 'Enter the price of one session for the whole group, like 59 or 59.50',
  sessions: 'Enter how many sessions, from 1 to 366',
  terms: 'Use 4,000 letters or fewer',
  kind: 'Choose what kind of thing it is',
};
const QUOTE_NAMES: Readonly<Record<string, string>> = { providerId: 'provider', pricePence: 'price' };

/** What a quote is for, as providers choose it and members read it. */
export const KIND_WORDS: Readonly<Record<SpendKind, string>> = {
  activity: 'Something to do, or to have',
  wages: 'Wages of somebody who works for the group',
  safety: 'Something that keeps people safe',
};
export const kindItems = SPEND_KINDS.map((value) => ({ value, text: KIND_WORDS[value] }));

/** A quote as typed by the provider, or by a broker for one. */
export function readQuote(typed: QuoteTyped): { readonly command: GiveQuote; readonly faults: readonly FieldFault[] } {
  const sessions = /^\d{1,3}$/.test(typed.sessions.trim()) ? Number(typed.sessions) : undefined;
  const { command, faults } = readCommand(GiveQuote, {
    providerId: typed.provider,
    service: typed.service,
    pricePence: sumOrNone(typed.price),
    sessions,
    terms: typed.terms,
    setsUp: typed.setsUp === 'yes',
    ...(typed.kind === '' ? {} : { kind: typed.kind }),
  });
  return { command, faults: faults.map((fault) => worded(QUOTE_NAMES[fault.field] ?? fault.field, QUOTE_MESSAGES, fault)) };
}

/** A brief for a provider. */
export function readAsk(body: Readonly<FormBody>): { readonly command: AskForQuote; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(AskForQuote, { providerId: textOf(body, 'provider') as ProviderId, brief: textOf(body, 'brief') });
  const messages = { provider: 'Choose a provider to ask', brief: 'Say what the group would like, in a few words' };
  return { command, faults: faults.map((fault) => worded(fault.field === 'providerId' ? 'provider' : fault.field, messages, fault)) };
}

const worded = (field: string, messages: Readonly<Record<string, string>>, fault: FieldFault): FieldFault => ({
  field,
  message: messages[field] ?? fault.message,
});

/** A sum as people type it; undefined for what is none, so that the command's own check refuses it. */
export function sumOrNone(text: string): Pence | undefined {
  try {
    return parsePounds(text);
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}

/** Monday first, as days are numbered from 1. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/** How often sessions are. */
export const RHYTHMS = ['week', 'two-weeks', 'month', 'working-day'] as const;
export type Rhythm = (typeof RHYTHMS)[number];
export const RHYTHM_WORDS: Readonly<Record<Rhythm, string>> = {
  week: 'Every week',
  'two-weeks': 'Every 2 weeks',
  month: 'Every month',
  'working-day': 'Every working day',
};

export interface DaysTyped {
  readonly first: DateParts;
  readonly every: string;
}

export const typedDays = (body: Readonly<FormBody>): DaysTyped => ({ first: dateParts('first', body), every: textOf(body, 'every') });

/** The days of all sessions from the first on. Months keep the first day's date, or end on the month's last. */
export function readDays(typed: DaysTyped, sessions: number): { readonly days: readonly LocalDate[]; readonly faults: readonly FieldFault[] } {
  const first = dayOfParts(typed.first);
  const faults: FieldFault[] = [];
  if (first === undefined || !isLocalDate(first)) faults.push({ field: 'first', message: 'Enter the day of the first session, like 27 3 2027' });
  if (!(RHYTHMS as readonly string[]).includes(typed.every) && sessions > 1) faults.push({ field: 'every', message: 'Choose how often the sessions are' });
  if (faults.length > 0) return { days: [], faults };
  return { days: daysFrom(first as LocalDate, typed.every as Rhythm, sessions), faults };
}

export function daysFrom(first: LocalDate, every: Rhythm, sessions: number): LocalDate[] {
  if (every === 'working-day') {
    const days: LocalDate[] = [];
    for (let day = first; days.length < sessions; day = addDays(day, 1)) if (isWorkingDay(day)) days.push(day);
    return days;
  }
  return Array.from({ length: sessions }, (_, n) => (every === 'month' ? addMonths(first, n) : addDays(first, n * (every === 'two-weeks' ? 14 : 7))));
}

/** The days as they stand on the check page, each sent by itself. */
export function readCommit(body: Readonly<FormBody>): { readonly command: CommitQuote; readonly faults: readonly FieldFault[] } {
  const { command, faults } = readCommand(CommitQuote, { days: listOf(body, 'days') });
  return { command, faults: faults.length > 0 ? [{ field: '', message: 'Choose the days again' }] : [] };
}
