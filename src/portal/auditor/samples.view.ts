import type { OpenedItem, SampleItem, SampleSummary } from '../../finance/index.js';
import { formatDay, formatInstant } from '../../kernel/index.js';
import { html, type Printable } from '../../platform/index.js';
import { money, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';

/** Kinds of movement that a sample may be drawn from. */
export const SAMPLED_KINDS = [
  { value: '', text: 'Everything that moved' },
  { value: 'payment', text: 'Payments that left' },
  { value: 'contribution', text: 'Money put into pools, in one book' },
  { value: 'remittance-sent', text: 'Money sent to another book' },
  { value: 'invoice', text: 'Parts of invoices' },
  { value: 'refund', text: 'Refunds' },
  { value: 'correction', text: 'Corrections' },
];
const kindWords = (kind: string | null): string => SAMPLED_KINDS.find((each) => each.value === (kind ?? ''))?.text ?? kind!;

export const samplesTable = (samples: readonly SampleSummary[]): TableOptions => ({
  caption: 'Samples drawn from this book, the newest first',
  head: [{ text: 'Drawn' }, { text: 'From' }, { text: 'Seed' }, { text: 'Items', isNumber: true }],
  rows: samples.map((sample) => [
    html`<a href="${paths.sample(sample.id)}">${formatInstant(sample.drawnAt)}</a>`,
    html`${kindWords(sample.kind)}<br><span class="cp-small">${formatDay(sample.fromDay)} until before ${formatDay(sample.untilDay)}</span>`,
    sample.seed,
    `${Math.min(sample.size, sample.population)} of ${sample.population}`,
  ]),
  hasRowHeaders: true,
  empty: 'None yet. A sample is drawn at random, and its seed draws it again.',
});

export const sampleFacts = (sample: SampleSummary): SummaryRow[] => [
  { key: 'What', value: kindWords(sample.kind) },
  { key: 'Booked', value: `${formatDay(sample.fromDay)} until before ${formatDay(sample.untilDay)}` },
  { key: 'Drawn from', value: `${sample.population} transfers` },
  { key: 'Seed', value: html`${sample.seed}<br><span class="cp-small">The same seed, days, kind and number draw the same items again.</span>` },
];

export const itemsTable = (sample: SampleSummary, items: readonly SampleItem[]): TableOptions => ({
  caption: 'Items, in the order drawn',
  head: [{ text: 'Item' }, { text: 'Day' }, { text: 'What' }, { text: 'Whose' }, { text: 'Sum', isNumber: true }, { text: 'Look' }],
  rows: items.map((item): Printable[] => [
    String(item.n),
    formatDay(item.effectiveOn),
    html`${item.kind}<br><span class="cp-small cp-trail__reference">${item.reference}</span>`,
    item.owner ?? 'Nobody’s yet',
    money(item.amount),
    html`<a href="${paths.follow('transfer', item.transferId)}">Follow it<span class="nhsuk-u-visually-hidden">, item ${item.n}</span></a><br><a href="${paths.openSampleItem(sample.id, item.n)}">${item.openedAt ? 'Opened before' : 'Open it'}<span class="nhsuk-u-visually-hidden">, item ${item.n}</span></a>`,
  ]),
  hasRowHeaders: true,
  empty: 'Nothing of this kind moved in these days.',
});

export const openedFacts = (item: OpenedItem): SummaryRow[] => [
  { key: 'Whose money', value: item.personName ?? 'Not a person’s' },
  ...(item.owner ? [{ key: 'Reference', value: item.owner }] : []),
  ...(item.payeeName ? [{ key: 'Paid to', value: item.payeeName }] : []),
  { key: 'What', value: item.kind },
  { key: 'Day', value: formatDay(item.effectiveOn) },
  { key: 'Sum', value: money(item.amount) },
  { key: 'Entry', value: item.reference },
  { key: 'Why you opened it', value: item.why },
  { key: 'Open until', value: formatInstant(item.shownUntil) },
];
