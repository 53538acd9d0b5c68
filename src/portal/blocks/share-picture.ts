import { arc, pie } from 'd3-shape';
import { formatPounds, penceAsNumber, sumPence, type Pence } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { counted } from './markup.js';
import { money } from './money.js';
import { fillOf, patternDefs, swatch, type Pattern } from './patterns.js';
import { percentOf } from './portion.js';

export interface SharePictureOptions {
  /** Unique on the page. */
  readonly id: string;
  /** What is shared: `Put into Monday Gardeners so far`. */
  readonly label: string;
  /** What I, or the person I act for, put in; left out for those who are no members. */
  readonly mine?: { readonly name: string; readonly sum: Pence };
  /** Everyone else together: never one by one. */
  readonly others: { readonly people: number; readonly sum: Pence };
  /** Shares of funders, by name: a grant is no secret. */
  readonly funders?: readonly { readonly name: string; readonly sum: Pence }[];
}

export interface SharePart {
  readonly name: string;
  readonly sum: Pence;
  readonly percent: string;
  readonly pattern: Pattern;
  readonly isMine: boolean;
}

export interface SharePictureView {
  readonly total: Pence;
  readonly parts: readonly SharePart[];
  readonly finding: string;
}

const FUNDER_PATTERNS: readonly Pattern[] = ['dots', 'grid', 'empty'];

export function sharePictureView(options: SharePictureOptions): SharePictureView {
  const funders = options.funders ?? [];
  const total = sumPence([options.others.sum, ...(options.mine ? [options.mine.sum] : []), ...funders.map((funder) => funder.sum)]);
  const part = (name: string, sum: Pence, pattern: Pattern, isMine = false): SharePart => ({ name, sum, percent: percentOf(sum, total), pattern, isMine });
  const othersName = counted(options.others.people, options.mine ? 'other person' : 'person', options.mine ? 'other people together' : 'people together');
  const parts = [
    ...(options.mine ? [part(options.mine.name, options.mine.sum, 'solid', true)] : []),
    ...(options.others.people > 0 ? [part(othersName, options.others.sum, 'stripes')] : []),
    ...funders.map((funder, index) => part(funder.name, funder.sum, FUNDER_PATTERNS[index % FUNDER_PATTERNS.length]!)),
  ];
  const mine = parts.find((each) => each.isMine);
  const finding =
    total === 0n
      ? 'Nobody has put money in yet.'
      : mine
        ? `${mine.name === 'You' ? 'You have' : `${mine.name} has`} put in ${formatPounds(mine.sum)} of ${formatPounds(total)}, ${mine.percent} of the whole.`
        : `${formatPounds(total)} in all.`;
  return { total, parts, finding };
}

/** Who put in what: mine by itself, others as one sum, funders by name. A ring, and the same in a list. */
export function sharePicture(options: SharePictureOptions): Html {
  const view = sharePictureView(options);
  return html`<div class="cp-share" role="group" aria-label="${options.label}">
<p class="cp-share__label">${options.label}</p>
<p class="cp-share__finding">${view.finding}</p>
<div class="cp-share__both">${view.total > 0n ? ring(options.id, view) : null}
<ul class="cp-share__list">${view.parts.map((each, index) => html`<li class="cp-share__part${each.isMine ? ' cp-share__part--mine' : ''}">${swatch(`${options.id}-${index}`, each.pattern)}<span class="cp-share__name">${each.name}</span><span class="cp-share__sum">${money(each.sum)} <span class="cp-share__percent">(${each.percent})</span></span></li>`)}
<li class="cp-share__part cp-share__part--all"><span class="cp-share__name">All together</span><span class="cp-share__sum">${money(view.total)}</span></li></ul></div>
</div>`;
}

function ring(id: string, view: SharePictureView): Html {
  const slices = pie<SharePart>()
    .sort(null)
    .value((each) => penceAsNumber(each.sum))
    .padAngle(view.parts.length > 1 ? 0.03 : 0)(view.parts.filter((each) => each.sum > 0n));
  const shape = arc<(typeof slices)[number]>().innerRadius(48).outerRadius(78).cornerRadius(3).digits(2);
  return html`<svg class="cp-share__ring" viewBox="-80 -80 160 160" width="160" height="160" aria-hidden="true" focusable="false">${patternDefs(
    id,
    view.parts.map((each) => each.pattern),
  )}
${slices.map((slice) => html`<path class="cp-edge" d="${shape(slice)}" fill="${fillOf(id, slice.data.pattern)}"/>`)}</svg>`;
}
