import { formatDay, type LocalDate } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { icon } from './icon.js';
import { heading, linkOr, spoken, type HeadingLevel } from './markup.js';

/** How close a person feels to a goal, in their own judgement. */
export const CLOSENESS = ['Not started', 'Just begun', 'Getting there', 'Nearly there', 'There'] as const;

export interface GoalStripOptions {
  readonly goal: string;
  readonly href?: string;
  /** 0 to 4, a place in `CLOSENESS`; null when never asked. */
  readonly now: number | null;
  readonly first?: { readonly place: number; readonly on: LocalDate };
  readonly askedOn?: LocalDate;
  readonly headingLevel?: HeadingLevel;
}

/** A goal and how close it is, as five steps and in words. */
export const goalStrip = (options: GoalStripOptions): Html => html`<div class="cp-goal">
${heading(options.headingLevel ?? 3, 'cp-goal__title', linkOr(options.href, options.goal))}
<ol class="cp-goal__steps" aria-hidden="true">${CLOSENESS.map((_, place) => html`<li class="cp-goal__step${options.now !== null && place <= options.now ? ' cp-goal__step--reached' : ''}${options.now === place ? ' cp-goal__step--now' : ''}">${options.now === place ? icon(place === 4 ? 'tick' : 'heart') : null}</li>`)}</ol>
<p class="cp-goal__words">${
  options.now === null
    ? 'We have not asked you about this yet.'
    : html`<strong>${CLOSENESS[options.now]}</strong>${options.askedOn ? `, you said on ${formatDay(options.askedOn)}` : null}.${
        options.first && options.first.place !== options.now ? ` On ${formatDay(options.first.on)} it was “${CLOSENESS[options.first.place]}”.` : null
      }`
}</p></div>`;

export interface CirclesOptions {
  readonly id: string;
  /** Whose circles: `Your circles`. */
  readonly label: string;
  /** From the closest outwards, each with the people in it by first name or by how they are known. */
  readonly circles: readonly { readonly name: string; readonly people: readonly string[] }[];
  readonly headingLevel?: HeadingLevel;
}

const RADII = [34, 62, 90, 118] as const;

/** The people in someone's life, from the closest outwards: a picture, and the same in a list. */
export function circlesPicture(options: CirclesOptions): Html {
  const circles = options.circles.slice(0, RADII.length);
  return html`<div class="cp-circles" role="group" aria-label="${options.label}"><svg class="cp-circles__picture" viewBox="-124 -124 248 248" width="248" height="248" aria-hidden="true" focusable="false">
${circles.map((_, index) => html`<circle class="cp-circles__ring cp-circles__ring--${circles.length - 1 - index}" r="${RADII[circles.length - 1 - index]!}"/>`)}
<circle class="cp-circles__me" r="12"/>${circles.map((circle, ring) => circle.people.slice(0, 12).map((_, index) => dotOf(ring, index, Math.min(circle.people.length, 12))))}</svg>
<dl class="cp-circles__list">${options.circles.map((circle) => html`<div><dt>${circle.name} ${spoken('has ')}<span class="cp-circles__count">${circle.people.length}</span></dt><dd>${circle.people.length ? circle.people.join(', ') : 'Nobody yet'}</dd></div>`)}</dl></div>`;
}

function dotOf(ring: number, index: number, count: number): Html {
  const distance = RADII[ring]! - 14;
  const angle = (index / count) * 2 * Math.PI - Math.PI / 2 + ring * 0.5;
  return html`<circle class="cp-circles__person" r="6" cx="${(Math.cos(angle) * distance).toFixed(1)}" cy="${(Math.sin(angle) * distance).toFixed(1)}"/>`;
}
