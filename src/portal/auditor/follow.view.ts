import type { Decider, PennyPromise, PennyStep, PennyTrail } from '../../insight/index.js';
import { formatDay, formatPounds, NO_PENCE, plus, sumPence, type Pence } from '../../kernel/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { money, sentence, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { BOX, flowPicture } from './follow-picture.view.js';
import { asideWords, placeWords, RULE, sourceWords, titleOf, type Voice } from './follow.words.js';

/** A page shows the newest steps of a long way; the sums are of all of it. Our judgement, November 2026: a page stays under 100 kB. */
const MOST_STEPS = 100;

export interface FollowView {
  readonly finding: string;
  /** Said when not every step is shown. */
  readonly hidden: string | null;
  readonly rule: string;
  /** What funders promised, before any of it moved. */
  readonly promises: readonly { readonly title: string; readonly rows: readonly SummaryRow[]; readonly follow: string }[];
  /** Where the money is now, and that it is all of it. */
  readonly now: TableOptions;
  readonly picture: Html | null;
  readonly steps: Html;
  readonly behind: TableOptions;
  readonly asides: TableOptions | null;
}

/** A trail as the page prints it: the finding, the picture, each step in words, and the table behind them. */
export function followView({ steps, asides, promises }: PennyTrail, voice: Voice): FollowView {
  const starts = steps.filter((step) => step.isStart);
  const followed = sumPence(starts.filter((step) => !step.before.some((edge) => starts.some((start) => start.id === edge.id))).map((step) => step.amount));
  const numbers = new Map(steps.map((step, index) => [step.id, index + 1]));
  const shown = steps.slice(-MOST_STEPS);
  return {
    hidden:
      steps.length > shown.length
        ? `There are ${steps.length} steps. These are the last ${shown.length} of them; follow one movement to see its whole way.`
        : null,
    finding: steps.length === 0 && promises.length > 0 ? 'Nothing of what was promised has come yet.' : findingOf(steps, followed, voice),
    rule: RULE[voice],
    promises: promises.map(promiseOf),
    now: nowTable(steps, voice),
    picture: pictureOf(steps, voice),
    steps: html`<ol class="cp-trail">${shown.map((step) => stepOf(step, numbers, voice))}</ol>`,
    behind: tableBehind(shown, numbers, voice),
    asides: asides.length === 0 ? null : asidesTable(asides),
  };
}

const promiseOf = (promise: PennyPromise): FollowView['promises'][number] => ({
  title: `What ${promise.funderName} promised`,
  rows: [
    { key: 'Promised', value: html`${money(promise.promised)} on ${formatDay(promise.offeredOn)}` },
    { key: 'For', value: promise.purpose },
    { key: 'Until', value: `${formatDay(promise.endsOn)}. ${REST[promise.rest]}` },
    { key: 'Reference', value: promise.reference },
    { key: 'Now', value: PROMISE_STATES[promise.state] },
  ],
  follow: paths.follow('funder-share', promise.shareId),
});

const REST: Readonly<Record<PennyPromise['rest'], string>> = {
  'back-at-end': 'What is left then goes back to the funder.',
  'back-when-pool-ends': 'What is left goes back to the funder when the pool ends.',
};
export const PROMISE_STATES: Readonly<Record<PennyPromise['state'], string>> = {
  promised: 'Promised, and nothing has come yet',
  held: 'Money has come',
  ended: 'Ended: nothing is left of it here',
};

function findingOf(steps: readonly PennyStep[], followed: Pence, voice: Voice): string {
  const [first] = steps;
  const rests = restsOf(steps, voice);
  if (!first || rests.length === 0) return 'Nobody’s money has moved here yet. A fee, or what only settles with the bank, moves none.';
  const places = rests.map(([words, sum]) => `${formatPounds(sum)} is ${words}`).join(', ');
  return voice === 'staff'
    ? `${formatPounds(followed)} followed through ${steps.length} steps since ${formatDay(first.on)}. Now ${places}.`
    : `${formatPounds(followed)} has come in since ${formatDay(first.on)}. Now ${places}.`;
}

/** What stays in each kind of place: together all that was followed. */
function restsOf(steps: readonly PennyStep[], voice: Voice): [string, Pence][] {
  const sums = new Map<string, Pence>();
  for (const step of steps)
    if (step.stillHere > 0n) sums.set(placeWords(step.to, voice), plus(sums.get(placeWords(step.to, voice)) ?? NO_PENCE, step.stillHere));
  return [...sums];
}

function nowTable(steps: readonly PennyStep[], voice: Voice): TableOptions {
  const rests = restsOf(steps, voice);
  const sources = new Map<string, Pence>();
  for (const step of steps)
    if (step.fromOutside > 0n) sources.set(sourceWords(step.from, voice), plus(sources.get(sourceWords(step.from, voice)) ?? NO_PENCE, step.fromOutside));
  const came = sumPence(sources.values());
  return {
    caption: voice === 'staff' ? 'Where it came from, and where it is now' : 'Where it came from and where it is',
    head: [{ text: 'Where' }, { text: 'Came in', isNumber: true }, { text: 'Is there now', isNumber: true }],
    rows: [
      ...[...sources].map(([words, sum]): Printable[] => [`From ${words}`, money(sum), '']),
      ...rests.map(([words, sum]): Printable[] => [sentence(words), '', money(sum)]),
    ],
    foot: ['All together', money(came), money(sumPence(rests.map(([, sum]) => sum)))],
    hasRowHeaders: true,
  };
}

function stepOf(step: PennyStep, numbers: ReadonlyMap<string, number>, voice: Voice): Html {
  const part = step.amount < step.whole ? html` <span class="cp-small">of ${formatPounds(step.whole)}</span>` : null;
  const [detail, rest] = [detailsOf(step, voice), onwardOf(step, numbers, voice)];
  return html`<li class="cp-trail__step${step.isStart ? ' cp-trail__step--start' : ''}" id="step-${numbers.get(step.id)!}" value="${numbers.get(step.id)!}">
<p class="cp-trail__what"><span class="cp-trail__n" aria-hidden="true">${numbers.get(step.id)!}</span><span class="cp-trail__title">${titleOf(step, voice)}</span> <span class="cp-trail__sum">${money(step.amount)}${part}</span></p>
<p class="cp-trail__when"><time datetime="${step.on}">${formatDay(step.on)}</time>, in the book of ${step.book.name}${step.isStart && voice === 'staff' ? '. You began here' : ''}</p>
${detail.length > 0 ? html`<p class="cp-trail__detail">${detail}</p>` : null}
<p class="cp-trail__on">${rest}</p></li>`;
}

function detailsOf(step: PennyStep, voice: Voice): Printable[] {
  const who = step.deciders.length === 0 ? null : `${sentence(step.deciders.map((each) => decidedBy(each, voice)).join(', '))}. `;
  if (voice === 'holder') return who === null ? [] : [who];
  const seal = step.seal === null ? 'no seal yet' : `seal ${step.seal}`;
  const line = step.seen?.by === 'bank' ? html` <a href="${paths.statementLine(step.seen.lineId)}">Look at the line</a>` : null;
  return [who, step.line ? `${step.line}. ` : null, html`<span class="cp-trail__reference">${step.reference}</span>, ${seal}.`, line];
}

const decidedBy = ({ did, role, reference }: Decider, voice: Voice): string => `${did} by ${voice === 'staff' ? `${role} ${reference}` : `a ${role}`}`;

/** What became of it: so much to each next step, and the rest is still here. */
function onwardOf(step: PennyStep, numbers: ReadonlyMap<string, number>, voice: Voice): Printable[] {
  const next = step.next.map((edge) => html`${money(edge.amount)} to <a href="#step-${numbers.get(edge.id)!}">step ${numbers.get(edge.id)!}</a>`);
  const rest = step.stillHere > 0n ? [html`<strong>${money(step.stillHere)} is ${placeWords(step.to, voice)}</strong>`] : [];
  return [...next, ...rest].flatMap((part, index): Printable[] => (index === 0 ? ['→ ', part] : ['; ', part]));
}

function pictureOf(steps: readonly PennyStep[], voice: Voice): Html | null {
  const picture = flowPicture(steps);
  if (!picture) return null;
  return html`<figure class="cp-flow"><svg class="cp-flow__picture" viewBox="0 0 ${picture.width} ${picture.height}" width="${picture.width}" role="img" aria-labelledby="flow-title flow-desc" focusable="false">
<title id="flow-title">The way of the money, step by step</title>
<desc id="flow-desc">${steps.length} boxes from above to below, one a step, joined by lines as wide as the money. The steps below say the same in words, and the table behind them in figures.</desc>
${picture.lines.map((line) => html`<path class="cp-flow__line" d="${line.d}" stroke-width="${line.width.toFixed(1)}"/>`)}
${picture.boxes.map(
  (
    box,
  ) => html`<g><rect class="cp-flow__box${box.isStart ? ' cp-flow__box--start' : ''}" x="${box.x}" y="${box.y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>
<text class="cp-flow__n" x="${box.x + 8}" y="${box.y + 16}">${box.n}</text><text class="cp-flow__sum" x="${box.x + BOX.width / 2}" y="${box.y + 32}" text-anchor="middle">${formatPounds(box.amount)}</text>${
    box.stays > 0n ? html`<path class="cp-flow__stays" d="M${box.x + BOX.width - 16} ${box.y + 6}h10v10h-10z"/>` : null
  }</g>`,
)}
</svg><figcaption class="cp-small">${voice === 'staff' ? 'Numbers are the steps below. A square marks where money still is.' : 'The numbers are the steps below. A square shows where money still is.'}</figcaption></figure>`;
}

const tableBehind = (steps: readonly PennyStep[], numbers: ReadonlyMap<string, number>, voice: Voice): TableOptions => ({
  caption: 'Each step in figures: came in = went on + still here',
  head: [
    { text: 'Step' },
    { text: 'Day' },
    { text: 'What' },
    { text: 'Came in', isNumber: true },
    { text: 'Went on', isNumber: true },
    { text: 'Still here', isNumber: true },
  ],
  rows: steps.map((step) => [
    String(numbers.get(step.id)),
    formatDay(step.on),
    html`<span class="cp-trail__wrap">${titleOf(step, voice)}</span>`,
    money(step.amount),
    money(sumPence(step.next.map((edge) => edge.amount))),
    money(step.stillHere),
  ]),
  hasRowHeaders: true,
});

const asidesTable = (asides: PennyTrail['asides']): TableOptions => ({
  caption: 'Beside its way',
  head: [{ text: 'Day' }, { text: 'What' }, { text: 'Sum', isNumber: true }],
  rows: asides.map((aside) => [formatDay(aside.on), html`${asideWords(aside.kind)}<br><span class="cp-small">${aside.reference}</span>`, money(aside.amount)]),
});
