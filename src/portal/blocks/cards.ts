import { formatDay, type LocalDate, type Pence } from '../../kernel/index.js';
import { attributes, html, type Html, type Printable } from '../../platform/index.js';
import { reasonChips, type Reason } from './chips.js';
import { icon, type IconName } from './icon.js';
import { counted, heading, linkOr, type HeadingLevel } from './markup.js';
import { money } from './money.js';
import { stateTag, type StateTagOptions } from './state-tag.js';

export interface Picture {
  readonly src: string;
  /** What it shows; empty only when it adds nothing. */
  readonly alt: string;
}

export interface PoolCardOptions {
  readonly name: string;
  readonly href: string;
  readonly purpose: string;
  readonly state: Pick<StateTagOptions, 'state' | 'tone'>;
  readonly members: number;
  /** How many it needs to start, and how many there is room for. */
  readonly needs?: number;
  readonly room?: number;
  readonly when?: string;
  readonly where?: string;
  readonly eachSession?: Pence;
  /** What I have in it that is not used yet. */
  readonly mine?: Pence;
  readonly nextSession?: LocalDate;
  readonly reasons?: readonly Reason[];
  readonly picture?: Picture;
  readonly headingLevel?: HeadingLevel;
}

/** One pool, as a card: what for, who, when, what it costs, and why it is shown. */
export function poolCard(options: PoolCardOptions): Html {
  const needs =
    options.needs !== undefined && options.members < options.needs
      ? ` of the ${options.needs} it needs to start`
      : options.room !== undefined
        ? `, room for ${options.room}`
        : '';
  return html`<article class="cp-card cp-card--pool">${pictureOf(options.picture)}
<div class="cp-card__body">${heading(options.headingLevel ?? 3, 'cp-card__title', html`<a class="cp-card__link" href="${options.href}">${options.name}</a>`)}
<p class="cp-card__state">${stateTag(options.state)}</p>
<p class="cp-card__lead">${options.purpose}</p>
${factsOf([
  ['people', 'People', `${counted(options.members, 'person', 'people')}${needs}`],
  ['calendar', 'When', options.when],
  ['place', 'Where', options.where],
  ['pound', 'Cost for you', options.eachSession !== undefined && money(options.eachSession, { per: 'each session' })],
  ['heart', 'Your money in it', options.mine !== undefined && html`${money(options.mine)} not used yet`],
  ['clock', 'Next session', options.nextSession && formatDay(options.nextSession)],
])}
${reasonChips(options.reasons ?? [])}</div></article>`;
}

interface PersonCardCommon {
  /** What the person is looking for, in their words or ours. */
  readonly looksFor: string;
  readonly offers?: string;
  readonly reasons: readonly Reason[];
  readonly headingLevel?: HeadingLevel;
  /** Buttons or links: "Yes, I would like to meet", "Not for me". */
  readonly actions?: Printable;
}

/** Before both said yes no name and no face can be given: the type has no room for them. `area` is no nearer than a district. */
export type PersonCardOptions =
  | (PersonCardCommon & { readonly isRevealed: false; readonly area: string })
  | (PersonCardCommon & {
      readonly isRevealed: true;
      readonly name: string;
      readonly area: string;
      readonly picture?: Picture;
      readonly hello?: string;
      readonly href?: string;
    });

/** A person one might meet, before and after the two have both said yes. */
export function personCard(options: PersonCardOptions): Html {
  const title = options.isRevealed ? linkOr(options.href, options.name, 'cp-card__name') : html`Someone ${options.area}`;
  return html`<article class="cp-card cp-card--person${options.isRevealed ? ' cp-card--revealed' : ''}">
<div class="cp-card__body"><div class="cp-card__head">${faceOf(options)}${heading(options.headingLevel ?? 3, 'cp-card__title', title)}</div>
${options.isRevealed ? html`<p class="cp-card__where">${icon('place')}<span>${options.area}</span></p>` : null}
${options.isRevealed && options.hello ? html`<blockquote class="cp-card__hello">${options.hello}</blockquote>` : null}
${factsOf([
  ['heart', 'Would like', options.looksFor],
  ['speech', 'Can offer', options.offers],
])}
${reasonChips(options.reasons)}
${options.isRevealed ? null : html`<p class="cp-card__promise">${icon('lock')}<span>You will see each other’s names only if you both say yes. If one of you says no, the other is not told.</span></p>`}
${options.actions ? html`<div class="cp-card__actions">${options.actions}</div>` : null}</div></article>`;
}

export type CheckState = 'in-date' | 'ends-soon' | 'lapsed' | 'not-seen' | 'not-needed';

export interface ProviderCheck {
  readonly name: string;
  readonly state: CheckState;
  /** Until when it holds; for a lapsed one, since when it does not. */
  readonly on?: LocalDate;
}

export interface ProviderCardOptions {
  readonly name: string;
  readonly href?: string;
  /** `Community micro-enterprise`, `Shared Lives scheme`. */
  readonly kind: string;
  readonly what: string;
  readonly where?: string;
  readonly price?: { readonly sum: Pence; readonly per: string };
  /** In words, with how many answered: `9 of 11 people would choose them again`. */
  readonly score?: string;
  readonly checks: readonly ProviderCheck[];
  readonly picture?: Picture;
  readonly headingLevel?: HeadingLevel;
}

const CHECK_WORDS: Readonly<Record<CheckState, { tone: StateTagOptions['tone']; words: (day?: string) => string }>> = {
  'in-date': { tone: 'good', words: (day) => (day ? `In date until ${day}` : 'Seen') },
  'ends-soon': { tone: 'waiting', words: (day) => (day ? `Ends soon: ${day}` : 'Ends soon') },
  lapsed: { tone: 'stopped', words: (day) => (day ? `Out of date since ${day}` : 'Out of date') },
  'not-seen': { tone: 'attention', words: () => 'Not seen yet' },
  'not-needed': { tone: 'quiet', words: () => 'Not needed for this' },
};

/** A provider with what they do, what it costs, what people say, and each check with its date. */
export const providerCard = (options: ProviderCardOptions): Html => html`<article class="cp-card cp-card--provider">${pictureOf(options.picture)}
<div class="cp-card__body">${heading(options.headingLevel ?? 3, 'cp-card__title', linkOr(options.href, options.name, 'cp-card__link'))}
<p class="cp-card__kind">${options.kind}</p><p class="cp-card__lead">${options.what}</p>
${factsOf([
  ['place', 'Where', options.where],
  ['pound', 'Price', options.price && money(options.price.sum, { per: options.price.per })],
  ['speech', 'What people say', options.score ?? 'Nobody has answered yet'],
])}
<p class="cp-card__label">Checks</p>
${
  options.checks.length === 0
    ? html`<p>No checks have been recorded yet.</p>`
    : html`<ul class="cp-checks">${options.checks.map(
        (check) =>
          html`<li class="cp-checks__item"><span class="cp-checks__name">${check.name}</span>${stateTag({
            state: CHECK_WORDS[check.state].words(check.on && formatDay(check.on)),
            tone: CHECK_WORDS[check.state].tone,
          })}</li>`,
      )}</ul>`
}
</div></article>`;

/** Cards beside each other where there is room. */
export const cardGrid = (cards: readonly Html[]): Html => html`<ul class="cp-grid">${cards.map((card) => html`<li class="cp-grid__item">${card}</li>`)}</ul>`;

const pictureOf = (picture?: Picture): Printable =>
  picture && html`<img class="cp-card__picture"${attributes({ src: picture.src, loading: 'lazy', width: 640, height: 360 })} alt="${picture.alt}">`;

function faceOf(options: PersonCardOptions): Html {
  if (options.isRevealed && options.picture)
    return html`<img class="cp-card__face" src="${options.picture.src}" alt="${options.picture.alt}" width="72" height="72">`;
  return html`<span class="cp-card__face" aria-hidden="true">${options.isRevealed ? options.name.slice(0, 1) : icon('person')}</span>`;
}

function factsOf(facts: readonly (readonly [IconName, string, Printable])[]): Html | null {
  const known = facts.filter(([, , value]) => value !== undefined && value !== null && value !== false && value !== '');
  if (known.length === 0) return null;
  return html`<dl class="cp-facts">${known.map(([name, key, value]) => html`<div class="cp-facts__row"><dt>${icon(name)}${key}</dt><dd>${value}</dd></div>`)}</dl>`;
}
