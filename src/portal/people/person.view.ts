import { totalOf, type LineView } from '../../budgets/index.js';
import type { LaterKind } from '../../commissioning/index.js';
import type { Person } from '../../identity/index.js';
import type { DecisionView } from '../../insight/index.js';
import { addDays, formatDay, type LocalDate } from '../../kernel/index.js';
import type { PlanState, PlanView } from '../../plans/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { money, type StateTone, type SummaryRow, type TableOptions, type TimelineItem } from '../blocks/index.js';
import { paths } from '../paths.js';
import { LATER_FORMS } from './later-decision.form.js';
import { CATEGORIES, decisionWords, firstYear, MANAGED_WORDS, PER_WORDS, reachWords, type Per } from './people.words.js';

const STATES: Readonly<Record<PlanState, { readonly state: string; readonly tone: StateTone }>> = {
  draft: { state: 'Draft: not agreed yet', tone: 'waiting' },
  agreed: { state: 'Agreed', tone: 'good' },
  replaced: { state: 'Replaced by a newer plan', tone: 'quiet' },
  ended: { state: 'Ended', tone: 'quiet' },
};

export interface PlanCard {
  readonly id: string;
  readonly title: string;
  readonly state: { readonly state: string; readonly tone: StateTone };
  readonly facts: readonly SummaryRow[];
  readonly services: TableOptions;
  /** The decision that is next, if any. */
  readonly next: { readonly text: string; readonly href: string } | null;
  /** What may be decided about it later. */
  readonly later: readonly { readonly text: string; readonly href: string }[];
}

export interface PersonPageView {
  /** How they asked to be reached: first on the page, so that nobody overlooks it. */
  readonly reach: Html;
  /** A letter came back: nothing reaches them by letter until somebody finds out where they live. */
  readonly goneAway: string | null;
  readonly facts: readonly SummaryRow[];
  readonly plans: readonly PlanCard[];
  /** Plans that a newer one has replaced. */
  readonly past: readonly PlanCard[];
  readonly lines: TableOptions;
  readonly decisions: readonly TimelineItem[];
  readonly draft: string | null;
  /** Their direct-payment account, or opening one. */
  readonly account: { readonly text: string; readonly href: string };
  readonly nominees: string;
  readonly poolParts: string;
}

export interface PersonFacts {
  readonly person: Person;
  readonly isGoneAway: boolean;
  readonly plans: readonly PlanView[];
  readonly lines: readonly LineView[];
  readonly decisions: readonly DecisionView[];
  /** Names of those who decided, as far as they may be seen. */
  readonly names: ReadonlyMap<string, string>;
  readonly may: { readonly write: boolean; readonly agree: boolean; readonly fund: boolean; readonly decide: boolean; readonly openAccount: boolean };
  readonly today: LocalDate;
}

export function personView(facts: PersonFacts): PersonPageView {
  const { person, plans, may } = facts;
  const cards = plans.map((plan) => planCard(plan, facts));
  const isNow = (card: PlanCard): boolean => plans.some((plan) => plan.id === card.id && (plan.state === 'draft' || plan.state === 'agreed'));
  return {
    reach: html`Reach ${person.firstName} <strong>${reachWords(person.reachBy, person.reachFormat)}</strong>.${person.reachFormat === 'standard' ? null : ' They need this format for every letter and every page you hand them.'}`,
    goneAway:
      facts.isGoneAway && !person.diedOn
        ? `A letter to ${person.firstName} came back: gone away. No letter goes to that address any more. Ask where ${person.firstName} lives now and tell your operator, who puts the address right; until then no period of notice begins by letter.`
        : null,
    facts: [
      { key: 'Born', value: person.bornOn ? formatDay(person.bornOn) : 'Not known' },
      ...(person.diedOn ? [{ key: 'Died', value: formatDay(person.diedOn) }] : []),
      { key: 'Lives near', value: person.place ?? 'Not known' },
    ],
    plans: cards.filter(isNow),
    past: cards.filter((card) => !isNow(card)),
    lines: linesTable(facts.lines, facts.today),
    decisions: facts.decisions.map((decision) => ({
      when: decision.decidedOn,
      text: `${facts.names.get(decision.decidedBy) ?? 'A colleague'} ${decisionWords(decision.kind)}.`,
      detail: html`“${decision.reason}” (${decision.statute})`,
    })),
    draft: may.write ? paths.draftPlan(person.id) : null,
    account: { text: may.openAccount ? 'Open or look at the direct-payment account' : 'Look at the direct-payment account', href: paths.ownAccount(person.id) },
    nominees: paths.nominees(person.id),
    poolParts: paths.poolParts(person.id),
  };
}

function planCard(plan: PlanView, { lines, may, person }: PersonFacts): PlanCard {
  const isFunded = lines.some((line) => line.planId === plan.id);
  const next =
    plan.state === 'draft' && may.agree
      ? { text: 'Decide about this plan', href: paths.planStep(person.id, plan.id, 'agree') }
      : plan.state === 'agreed' && !isFunded && may.fund
        ? { text: 'Fund this plan', href: paths.planStep(person.id, plan.id, 'fund') }
        : null;
  return {
    id: plan.id,
    title: plan.agreedOn ? `Plan agreed on ${formatDay(plan.agreedOn)}` : 'Draft of a plan',
    state: STATES[plan.state],
    facts: planFacts(plan),
    services: servicesTable(plan),
    next,
    later: may.decide ? laterLinks(plan, lines, person.id) : [],
  };
}

/** Only an agreed plan is reviewed or stopped as a whole; money that a plan still holds can be decided about as long as it is there. */
function laterLinks(plan: PlanView, lines: readonly LineView[], person: string): PlanCard['later'] {
  const mine = lines.filter((line) => line.planId === plan.id);
  const open = mine.filter((line) => line.state === 'open');
  const kinds: LaterKind[] = [
    ...(plan.state === 'agreed' ? (['review'] as const) : []),
    ...(open.length > 0 ? (['reduce'] as const) : []),
    ...(mine.length > 0 ? (['reclaim'] as const) : []),
    ...(open.some((line) => line.suspendedOn === null) ? (['suspend'] as const) : []),
    ...(open.some((line) => line.suspendedOn !== null) ? (['resume'] as const) : []),
    ...(plan.state === 'agreed' || open.length > 0 ? (['stop'] as const) : []),
  ];
  return kinds.map((kind) => ({ text: LATER_FORMS[kind].link, href: paths.laterDecision(person, plan.id, kind) }));
}

export function planFacts(plan: PlanView): SummaryRow[] {
  return [
    { key: 'What it is about', value: plan.about },
    { key: 'Risks, and what is done about them', value: plan.risks ?? 'Not written yet' },
    { key: plan.state === 'draft' ? 'First review' : 'Next review', value: plan.reviewOn ? formatDay(plan.reviewOn) : 'No date yet' },
    ...(plan.endsOn ? [{ key: plan.state === 'ended' ? 'Ended on' : 'Ends on', value: formatDay(plan.endsOn) }] : []),
  ];
}

export const servicesTable = (plan: Pick<PlanView, 'lines'>): TableOptions => ({
  caption: 'Agreed services and what they cost',
  head: [{ text: 'Outcome' }, { text: 'Service' }, { text: 'Kind' }, { text: 'How often' }, { text: 'Cost', isNumber: true }],
  rows: plan.lines.map((line) => [
    line.outcome,
    line.service,
    CATEGORIES.find((each) => each.value === line.category)?.text ?? line.category,
    PER_WORDS[line.per as Per] ?? line.per,
    money(line.amount),
  ]),
  foot: ['In the first year', '', '', '', money(firstYear(plan.lines))],
  hasRowHeaders: true,
  empty: 'No service is written down yet.',
});

/** Each line of the budget with its numbers; the last row adds them up. */
export function linesTable(lines: readonly LineView[], today: LocalDate): TableOptions {
  const total = totalOf(lines.map((line) => line.numbers));
  const foot: Printable[] = ['All lines', '', money(total.agreed), money(total.stillToCome), money(total.committed), money(total.spent), money(total.free)];
  return {
    caption: `Budget lines as the ledger has them on ${formatDay(today)}`,
    head: [
      { text: 'Line' },
      { text: 'How it is managed' },
      { text: 'Agreed', isNumber: true },
      { text: 'Still to come', isNumber: true },
      { text: 'Committed', isNumber: true },
      { text: 'Spent', isNumber: true },
      { text: 'Free', isNumber: true },
    ],
    rows: lines.map(({ numbers, ...line }) => [
      html`${line.name}<br><span class="cp-small">${line.reference}<br>${formatDay(line.fromDay)} to ${formatDay(addDays(line.untilDay, -1))}${line.state === 'ended' ? ', ended' : line.suspendedOn ? `, suspended since ${formatDay(line.suspendedOn)}` : null}</span>`,
      html`${MANAGED_WORDS[line.managed]}<br><span class="cp-small">${line.bookName ?? 'In their own account'}, paid for by ${line.funderName}</span>`,
      money(numbers.agreed),
      money(numbers.stillToCome),
      money(numbers.committed),
      money(numbers.spent),
      money(numbers.free),
    ]),
    ...(lines.length > 1 ? { foot } : {}),
    hasRowHeaders: true,
    empty: 'No money is agreed yet. Agree a plan first, then fund it.',
  };
}
