import { formatPounds, NO_PENCE, type LocalDate, type Pence } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { checkedWords, type CheckedBy } from './checked.js';
import { icon } from './icon.js';
import { spoken } from './markup.js';
import { money } from './money.js';
import { fillOf, patternDefs, swatch, type Pattern } from './patterns.js';
import { portionOf } from './portion.js';

export interface FourNumbersOptions {
  /** Unique on the page. */
  readonly id: string;
  /** What the numbers are about: `Your money from 1 April 2026 to 31 March 2027`. */
  readonly label: string;
  /** agreed = still to come + free + committed + spent (design, section 4). */
  readonly agreed: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
  readonly free: Pence;
  readonly stillToCome?: Pence;
  /** Where the lines behind each number are. */
  readonly links?: Partial<Record<'agreed' | 'committed' | 'spent' | 'free' | 'stillToCome', string>>;
  /** The day of the last check; null when there has been none. */
  readonly checkedOn: LocalDate | null;
  /** Against what: the bank, unless something else is said. */
  readonly checkedBy?: CheckedBy;
  /** Holders read "promised", never "committed". */
  readonly voice?: 'holder' | 'staff';
}

interface Part {
  readonly key: 'agreed' | 'committed' | 'spent' | 'free' | 'stillToCome';
  readonly name: string;
  readonly hint: string;
  readonly sum: Pence;
  readonly pattern: Pattern | null;
}

export interface FourNumbersView {
  readonly parts: readonly Part[];
  /** Where each part of the bar begins and how wide it is, in percent of what was agreed. */
  readonly bar: readonly { readonly key: string; readonly from: number; readonly width: number; readonly pattern: Pattern }[];
  readonly addsUp: boolean;
  readonly isOverspent: boolean;
  readonly checked: string;
}

export function fourNumbersView(options: FourNumbersOptions): FourNumbersView {
  const isHolder = options.voice !== 'staff';
  const stillToCome = options.stillToCome ?? NO_PENCE;
  const parts: Part[] = [
    {
      key: 'free',
      name: 'Free to spend',
      hint: options.free < 0n ? 'Nothing is free to spend' : isHolder ? 'Yours to use for your plan' : 'Not reserved',
      sum: options.free,
      pattern: 'empty',
    },
    { key: 'spent', name: 'Spent', hint: isHolder ? 'Already paid out' : 'Sent or instructed, less refunds', sum: options.spent, pattern: 'solid' },
    {
      key: 'committed',
      name: isHolder ? 'Promised' : 'Committed',
      hint: isHolder ? 'Set aside for what you agreed to buy' : 'Reserved, remitting or payable',
      sum: options.committed,
      pattern: 'stripes',
    },
    { key: 'agreed', name: 'Agreed', hint: isHolder ? 'All the money agreed for you' : 'For the whole period', sum: options.agreed, pattern: null },
  ];
  const drawn = [
    { key: 'spent', sum: options.spent, pattern: 'solid' },
    { key: 'committed', sum: options.committed, pattern: 'stripes' },
    { key: 'free', sum: options.free, pattern: 'empty' },
    { key: 'stillToCome', sum: stillToCome, pattern: 'dots' },
  ] as const;
  let from = 0;
  const bar = drawn.map(({ key, sum, pattern }) => {
    const width = Math.min(portionOf(sum, options.agreed), 100 - from);
    from += width;
    return { key, from: from - width, width, pattern };
  });
  return {
    parts,
    bar: bar.filter((each) => each.width > 0),
    addsUp: options.agreed === options.committed + options.spent + options.free + stillToCome,
    isOverspent: options.free < 0n,
    checked: checkedWords({ by: options.checkedBy ?? 'bank', on: options.checkedOn }),
  };
}

/** Agreed, promised, spent and free, as a bar and four numbers that each open the lines behind them. */
export function fourNumbers(options: FourNumbersOptions): Html {
  const view = fourNumbersView(options);
  const rounded = (value: number): string => value.toFixed(2);
  return html`<div class="cp-four" role="group" aria-label="${options.label}">
<p class="cp-four__label">${options.label}</p>
<svg class="cp-bar" width="100%" height="36" aria-hidden="true" focusable="false">${patternDefs(
    options.id,
    view.bar.map((each) => each.pattern),
  )}
${view.bar.map((each) => html`<rect class="cp-bar__part" x="${rounded(each.from)}%" y="0" width="${rounded(each.width)}%" height="36" fill="${fillOf(options.id, each.pattern)}"/>`)}</svg>
<ul class="cp-four__numbers">${view.parts.map((part) => numberOf(options, part))}</ul>
${options.stillToCome ? stillToComeOf(options, options.stillToCome) : null}
${view.isOverspent ? html`<p class="cp-four__warning">${icon('stop')}<span>More is promised or spent than there is: <strong>${formatPounds(-options.free as Pence)}</strong> too much.</span></p>` : null}
${view.addsUp ? null : html`<p class="cp-four__warning">${icon('stop')}<span>These numbers do not add up to what was agreed. We show them as they are, and someone must look into it.</span></p>`}
<p class="cp-four__checked${options.checkedOn ? '' : ' cp-four__checked--not'}">${icon(options.checkedOn ? 'tick' : 'clock')}<span>${view.checked}</span></p>
</div>`;
}

function numberOf(options: FourNumbersOptions, part: Part): Html {
  const href = options.links?.[part.key];
  const content = html`<span class="cp-four__name">${part.pattern ? swatch(`${options.id}-${part.key}`, part.pattern) : null}${part.name}</span>
<span class="cp-four__sum">${money(part.sum)}</span>
<span class="cp-four__hint">${part.hint}</span>`;
  return html`<li class="cp-four__number cp-four__number--${part.key}">${
    href === undefined
      ? html`<div class="cp-four__inside">${content}</div>`
      : html`<a class="cp-four__inside" href="${href}">${content}${spoken('. See what this is made of')}</a>`
  }</li>`;
}

function stillToComeOf(options: FourNumbersOptions, sum: Pence): Html {
  const href = options.links?.stillToCome;
  const words = html`Still to come: ${money(sum)}`;
  return html`<p class="cp-four__later">${swatch(`${options.id}-later`, 'dots')}<span>${href === undefined ? words : html`<a href="${href}">${words}</a>`}. This is agreed and has not arrived yet.</span></p>`;
}
