import type { WaitingNomination } from '../../holders/index.js';
import type { IcbPerson, WaitingPlan } from '../../insight/index.js';
import { daysBetween, formatDay, NO_PENCE, type LocalDate } from '../../kernel/index.js';
import { html } from '../../platform/index.js';
import { money, spoken, stateTag, type NeedItem, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { reachWords } from './people.words.js';

/** A review that falls due, with the person's name where it may be seen. */
export interface ReviewDue {
  readonly personId: string;
  readonly name: string;
  readonly step: string;
  readonly dueOn: LocalDate;
}

/** After so many days a plan that waits is said to wait long. Our judgement, November 2026. */
const LONG_WAIT_DAYS = 14;

export function peopleTable(people: readonly IcbPerson[], name: string): TableOptions {
  return {
    caption: name ? `People whose name begins with “${name}”` : 'Everybody the board is responsible for today',
    head: [{ text: 'Name' }, { text: 'Born' }, { text: 'How to reach them' }, { text: 'Plan' }, { text: 'Agreed now', isNumber: true }],
    rows: people.map((person) => [
      html`<a href="${paths.person(person.id)}">${person.familyName}, ${person.firstName}</a>${person.diedOn ? html` ${stateTag({ state: 'Has died', tone: 'quiet' })}` : null}`,
      person.bornOn ? formatDay(person.bornOn) : html`${spoken('Not known')}–`,
      reachWords(person.reachBy, person.reachFormat),
      planTag(person),
      person.agreed === NO_PENCE ? 'Nothing yet' : money(person.agreed),
    ]),
    hasRowHeaders: true,
    empty: name
      ? 'Nobody’s first or family name begins so. Check the spelling, or type fewer letters.'
      : 'The board is responsible for nobody yet. People appear here on the day they are registered.',
  };
}

function planTag(person: IcbPerson) {
  if (person.hasDraft) return stateTag({ state: person.hasAgreedPlan ? 'New draft waits' : 'Draft waits', tone: 'waiting' });
  return person.hasAgreedPlan ? stateTag({ state: 'Agreed', tone: 'good' }) : stateTag({ state: 'No plan', tone: 'quiet' });
}

/** Plans that wait for a decision, as things to do. */
export const waitingNeeds = (waiting: readonly WaitingPlan[], today: LocalDate): NeedItem[] =>
  waiting.map((plan) => {
    const days = daysBetween(plan.since, today);
    const isLong = days > LONG_WAIT_DAYS;
    return {
      text: plan.state === 'draft' ? `Decide about the plan of ${plan.firstName} ${plan.familyName}` : `Fund the plan of ${plan.firstName} ${plan.familyName}`,
      href: paths.planStep(plan.personId, plan.planId, plan.state === 'draft' ? 'agree' : 'fund'),
      hint: `${plan.state === 'draft' ? 'Drafted' : 'Agreed'} on ${formatDay(plan.since)}. ${waits(days)}${isLong ? ', which is long' : ''}.`,
      isUrgent: isLong,
    };
  });

/** People who asked for somebody to manage their direct payment: the board answers. */
export const nominationNeeds = (waiting: readonly WaitingNomination[], today: LocalDate): NeedItem[] =>
  waiting.map(({ personId, firstName, familyName, askedOn }) => {
    const days = daysBetween(askedOn, today);
    return {
      text: `Answer whom ${firstName} ${familyName} wants as nominee`,
      href: paths.nominees(personId),
      hint: `Asked on ${formatDay(askedOn)}. ${waits(days)}.`,
      isUrgent: days > LONG_WAIT_DAYS,
    };
  });

const waits = (days: number): string => (days <= 0 ? 'It came today' : days === 1 ? 'It has waited 1 day' : `It has waited ${days} days`);

export const reviewsTable = (reviews: readonly ReviewDue[], today: LocalDate): TableOptions => ({
  caption: 'Reviews that are due',
  isCaptionHidden: true,
  head: [{ text: 'Person' }, { text: 'Review due' }, { text: 'State' }, { text: 'Why' }],
  rows: [...reviews]
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .map((review) => [
      html`<a href="${paths.person(review.personId)}">${review.name}</a>`,
      formatDay(review.dueOn),
      stateTag(review.dueOn < today ? { state: 'Late', tone: 'attention' } : { state: review.dueOn === today ? 'Due today' : 'Due soon', tone: 'waiting' }),
      review.step === 'nomination-ended' ? 'A nominee stopped acting for them' : `At ${review.step}`,
    ]),
  hasRowHeaders: true,
  empty:
    'No review is due. The first falls 90 days after the first payment and the next 12 months after it. We remind you from 60 days on. A late review stops no payment.',
});
