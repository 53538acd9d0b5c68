import { pence } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { fourNumbers, money, moneyChart, moneyTracker, sharePicture, splitTable, statement, type MoneyChartOptions } from '../blocks/index.js';
import { day, LONG, state, type GallerySection } from './gallery.common.js';

/** Blocks about money. */
export const moneySections = (): readonly GallerySection[] => [
  {
    id: 'money-amounts',
    title: 'Money',
    examples: [
      html`<p>${money(pence(1234550))}, ${money(pence(-1200))}, ${money(pence(4000), { signed: true })}, ${money(pence(1250), { per: 'each session' })}</p><p>${money(pence(41250), { size: 'huge' })}</p>`,
    ],
  },
  { id: 'four', title: 'Four numbers', examples: fourExamples() },
  {
    id: 'chart',
    title: 'Money over time',
    examples: [
      state('Usual', moneyChart({ ...chart, id: 'chart-usual' })),
      state('Empty', moneyChart({ ...chart, id: 'chart-empty', spent: [], committed: [], forecast: [], today: day('2026-03-20') })),
      state(
        'Running out',
        moneyChart({
          ...chart,
          id: 'chart-out',
          voice: 'staff',
          spent: chart.spent.map((point) => ({ ...point, sum: pence(point.sum * 2n) })),
          committed: chart.committed.map((point) => ({ ...point, sum: pence(point.sum * 2n) })),
          runsOutOn: day('2026-12-12'),
          forecast: [],
        }),
      ),
    ],
  },
  {
    id: 'shares',
    title: 'Who put in what',
    examples: [
      state(
        'Usual',
        sharePicture({
          id: 'share-usual',
          label: 'Put into Monday Gardeners so far',
          mine: { name: 'You', sum: pence(12000) },
          others: { people: 4, sum: pence(41350) },
          funders: [{ name: 'Wetherdale social prescribing grant', sum: pence(25000) }],
        }),
      ),
      state(
        'Empty',
        sharePicture({
          id: 'share-empty',
          label: 'Put into Monday Gardeners so far',
          mine: { name: 'You', sum: pence(0) },
          others: { people: 0, sum: pence(0) },
        }),
      ),
    ],
  },
  {
    id: 'split',
    title: 'Split table',
    examples: [
      state(
        'Usual',
        splitTable({
          caption: 'How £100.00 falls on the shares',
          whole: pence(10000),
          rows: [
            { name: 'You', sum: pence(3334), how: 'a third', isMine: true },
            { name: '2 other people together', sum: pence(6666), how: 'a third each' },
          ],
        }),
      ),
      state(
        'Error',
        splitTable({
          caption: 'How £100.00 falls on the shares',
          whole: pence(10000),
          rows: [
            { name: 'You', sum: pence(3333), isMine: true },
            { name: '2 other people together', sum: pence(6666) },
          ],
        }),
      ),
    ],
  },
  {
    id: 'tracker',
    title: 'Where is my money',
    examples: [
      state(
        'Usual',
        moneyTracker({
          sum: pence(14750),
          to: 'Fern Studio',
          reference: 'PAY-7K3M-9QXA',
          step: 'sent',
          reached: { planned: day('2027-02-01'), committed: day('2027-02-08'), approved: day('2027-03-01'), sent: day('2027-03-02') },
          dueOn: day('2027-03-05'),
        }),
      ),
      state(
        'Stopped',
        moneyTracker({
          sum: pence(14750),
          to: 'Fern Studio',
          reference: 'PAY-7K3M-9QXA',
          step: 'approved',
          reached: { planned: day('2027-02-01'), committed: day('2027-02-08'), approved: day('2027-03-01') },
          stopped: { kind: 'held', reason: 'The bank details changed this week', owner: 'Priya Nair, finance officer', nextOn: day('2027-03-04') },
        }),
      ),
    ],
  },
  {
    id: 'statement',
    title: 'Statement',
    examples: [
      state(
        'Usual',
        statement({
          title: 'Your money',
          from: day('2027-02-01'),
          to: day('2027-02-28'),
          opening: pence(40000),
          closing: pence(53250),
          checkedOn: day('2027-03-03'),
          lines: [
            { day: day('2027-02-05'), text: 'Money from Wetherdale ICB', change: pence(28000), href: '#l1' },
            { day: day('2027-02-11'), text: 'Art with Fern Studio', change: pence(-14750), href: '#l2' },
          ],
        }),
      ),
      state(
        'Empty',
        statement({
          title: 'Your money',
          from: day('2027-01-01'),
          to: day('2027-01-31'),
          opening: pence(40000),
          closing: pence(40000),
          checkedOn: null,
          lines: [],
        }),
      ),
    ],
  },
];

function fourExamples(): Html[] {
  const usual = {
    label: 'Your money from 1 April 2026 to 31 March 2027',
    agreed: pence(480000),
    committed: pence(88500),
    spent: pence(212000),
    free: pence(59500),
    stillToCome: pence(120000),
    checkedOn: day('2027-03-03'),
  };
  const links = { agreed: '#agreed', committed: '#promised', spent: '#spent', free: '#free', stillToCome: '#later' };
  return [
    state('Usual', fourNumbers({ ...usual, id: 'four-usual', links })),
    state(
      'Empty',
      fourNumbers({
        id: 'four-empty',
        label: 'Your money from 1 April 2027',
        agreed: pence(0),
        committed: pence(0),
        spent: pence(0),
        free: pence(0),
        checkedOn: null,
      }),
    ),
    state(
      'Long',
      fourNumbers({
        ...usual,
        id: 'four-long',
        voice: 'staff',
        label: LONG,
        agreed: pence(123456789012),
        spent: pence(123456521012),
        checkedOn: day('2027-03-03'),
        links,
      }),
    ),
    state('Error', fourNumbers({ ...usual, id: 'four-error', free: pence(-1200), links })),
  ];
}
const chart: MoneyChartOptions = {
  id: 'chart',
  title: 'Your money this year',
  from: day('2026-04-01'),
  until: day('2027-04-01'),
  today: day('2026-09-20'),
  agreed: pence(480000),
  plan: [
    { day: day('2026-04-01'), sum: pence(0) },
    { day: day('2026-08-01'), sum: pence(140000) },
    { day: day('2027-04-01'), sum: pence(480000) },
  ],
  spent: ['04-20', '05-18', '06-15', '07-13', '08-17', '09-14'].map((text, index) => ({
    day: day(`2026-${text}`),
    sum: pence(32000 * (index + 1)),
  })),
  committed: ['04-10', '06-01', '08-01', '09-10'].map((text, index) => ({
    day: day(`2026-${text}`),
    sum: pence(70000 * (index + 1)),
  })),
  forecast: [
    { day: day('2026-09-20'), low: pence(192000), high: pence(192000) },
    { day: day('2026-12-31'), low: pence(280000), high: pence(330000) },
    { day: day('2027-03-31'), low: pence(370000), high: pence(450000) },
  ],
};
