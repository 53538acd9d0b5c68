import { formatDay, type LocalDate, type Pence } from '../../kernel/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { icon } from './icon.js';
import { counted, heading, linkOr, sentence, spoken, type HeadingLevel } from './markup.js';
import { money } from './money.js';
import { stateTag } from './state-tag.js';

export interface DecisionCardOptions {
  readonly question: string;
  readonly href?: string;
  /** Left out with `reasonsAgainst` where nobody is asked for reasons. */
  readonly reasonsFor?: readonly string[];
  readonly reasonsAgainst?: readonly string[];
  readonly answered: number;
  readonly of: number;
  /** How it is decided: `Everyone must say yes`. */
  readonly rule: string;
  /** Left out when it stays open until all have answered. */
  readonly closesOn?: LocalDate;
  /** My own answer in words, when given. */
  readonly mine?: string;
  /** How it ended, when it has. */
  readonly outcome?: string;
  readonly actions?: Printable;
  readonly headingLevel?: HeadingLevel;
}

/** A question a group decides: for and against, how many have answered, when it closes. */
export function decisionCard(options: DecisionCardOptions): Html {
  const level = options.headingLevel ?? 3;
  const side = (title: string, reasons: readonly string[], kind: string): Html =>
    html`<div class="cp-decision__side cp-decision__side--${kind}"><p class="cp-decision__label">${icon(kind === 'for' ? 'tick' : 'cross')}${title}</p>${
      reasons.length ? html`<ul class="nhsuk-list">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>` : html`<p>Nobody has said anything yet.</p>`
    }</div>`;
  return html`<article class="cp-card cp-card--decision"><div class="cp-card__body">
${heading(level, 'cp-card__title', linkOr(options.href, options.question, 'cp-card__link'))}
<p class="cp-card__state">${stateTag(options.outcome ? { state: options.outcome, tone: 'good' } : { state: options.closesOn ? `Closes on ${formatDay(options.closesOn)}` : 'Open until everyone has answered', tone: 'waiting' })}</p>
${options.reasonsFor && options.reasonsAgainst ? html`<div class="cp-decision__sides">${side('Reasons for', options.reasonsFor, 'for')}${side('Reasons against', options.reasonsAgainst, 'against')}</div>` : null}
<p class="cp-decision__count">${icon('people')}<span>${options.answered} of ${counted(options.of, 'person has', 'people have')} answered. ${options.rule}.</span></p>
${options.mine ? html`<p class="cp-decision__mine">${icon('tick')}<span>Your answer: <strong>${options.mine}</strong></span></p>` : null}
${options.actions ? html`<div class="cp-card__actions">${options.actions}</div>` : null}</div></article>`;
}

export interface Quote {
  readonly provider: string;
  readonly href?: string;
  readonly whole: Pence;
  readonly eachSession: Pence;
  /** What one person pays each session. */
  readonly eachPerson: Pence;
  readonly sessions?: number;
  /** What the provider said of it, where we were told; rows we know nothing of are left out. */
  readonly includes?: readonly string[];
  readonly leavesOut?: readonly string[];
  readonly startsOn?: LocalDate;
  readonly validUntil?: LocalDate;
  /** First names of those who said yes. */
  readonly yes?: readonly string[];
  readonly actions?: Printable;
  readonly isChosen?: boolean;
}

/** The places of the lowest whole price; several when they are equal. */
export function lowestOf(quotes: readonly Quote[]): readonly number[] {
  const lowest = quotes.reduce<Pence | null>((low, quote) => (low === null || quote.whole < low ? quote.whole : low), null);
  return quotes.flatMap((quote, index) => (quote.whole === lowest ? [index] : []));
}

/** Quotes side by side, each with the same rows in the same order. The lowest price is named; it need not be the best. */
export function quoteComparison(options: { readonly quotes: readonly Quote[]; readonly headingLevel?: HeadingLevel }): Html {
  if (options.quotes.length === 0) return html`<p>No quotes yet. Providers can answer the brief until it closes.</p>`;
  const lowest = options.quotes.length > 1 ? lowestOf(options.quotes) : [];
  const things = (list: readonly string[], nothing: string): Html =>
    list.length ? html`<ul class="cp-quote__things">${list.map((thing) => html`<li>${thing}</li>`)}</ul>` : html`${nothing}`;
  const row = (name: string, value: Printable): Html => html`<div class="cp-quote__row"><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<ul class="cp-quotes">${options.quotes.map(
    (quote, index) => html`<li class="cp-quote${quote.isChosen ? ' cp-quote--chosen' : ''}">
${heading(options.headingLevel ?? 3, 'cp-quote__title', linkOr(quote.href, quote.provider))}
<p class="cp-quote__tags">${quote.isChosen ? stateTag({ state: 'Chosen', tone: 'good' }) : null}${lowest.includes(index) ? stateTag({ state: 'Lowest price', tone: 'quiet' }) : null}</p>
<dl class="cp-quote__rows">${row('You would pay', money(quote.eachPerson, { per: 'each session' }))}${row('For the group', money(quote.eachSession, { per: 'each session' }))}${row(quote.sessions ? `In all, for ${counted(quote.sessions, 'session', 'sessions')}` : 'In all', money(quote.whole))}${
      quote.includes && row('Includes', things(quote.includes, 'Not said'))
    }${quote.leavesOut && row('Leaves out', things(quote.leavesOut, 'Nothing we know of'))}${quote.startsOn && row('Can start', formatDay(quote.startsOn))}${
      quote.validUntil && row('Price holds until', formatDay(quote.validUntil))
    }${quote.yes && row('Said yes', quote.yes.length ? quote.yes.join(', ') : 'Nobody yet')}</dl>
${quote.actions ? html`<div class="cp-card__actions">${quote.actions}</div>` : null}</li>`,
  )}</ul>`;
}

export interface ConsentRow {
  /** What is shared: `My goals and what I can offer`. */
  readonly what: string;
  readonly withWhom: string;
  readonly why: string;
  readonly since?: LocalDate;
  readonly until?: LocalDate;
  readonly state: 'yes' | 'no' | 'ended';
  readonly change?: string;
}

const CONSENT_WORDS = {
  yes: { state: 'You said yes', tone: 'good' },
  no: { state: 'You said no', tone: 'quiet' },
  ended: { state: 'Ended', tone: 'quiet' },
} as const;

/** What a person agreed to share, with whom, why, until when, and how to change it. */
export const consentSummary = (rows: readonly ConsentRow[], level: HeadingLevel = 3): Html =>
  rows.length === 0
    ? html`<p>You have not been asked to share anything yet. We will always ask first.</p>`
    : html`<ul class="cp-consents">${rows.map(
        (row) => html`<li class="cp-consent">
${heading(level, 'cp-consent__what', row.what)}<p class="cp-consent__state">${stateTag(CONSENT_WORDS[row.state])}</p>
<dl class="cp-consent__facts"><div><dt>${icon('eye')}Who can see it</dt><dd>${row.state === 'yes' ? sentence(row.withWhom) : html`Nobody${row.state === 'ended' ? ` now. It was ${row.withWhom}` : `. You were asked for ${row.withWhom}`}`}</dd></div><div><dt>${icon('question')}Why</dt><dd>${row.why}</dd></div>${
          row.since || row.until
            ? html`<div><dt>${icon('calendar')}How long</dt><dd>${row.since ? `From ${formatDay(row.since)}` : null}${row.until ? `${row.since ? ' until' : 'Until'} ${formatDay(row.until)}` : row.state === 'yes' ? ', until you change your mind' : null}</dd></div>`
            : null
        }</dl>
${row.change ? html`<p class="cp-consent__change"><a class="cp-action" href="${row.change}">Change your mind${spoken(` about: ${row.what}`)} ${icon('arrow')}</a></p>` : null}</li>`,
      )}</ul>`;
