import { formatDay } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { details, heading } from './markup.js';
import { money } from './money.js';
import { moneyChartView, PLANE, type MoneyChartOptions, type MoneyChartView } from './money-chart.view.js';
import { table } from './table.js';

export type { ForecastPoint, MoneyChartOptions, MoneyPoint } from './money-chart.view.js';

const TOP = 30;

/** Money over time: the finding as a sentence, the picture (plan, spent, promised, forecast, today), and the table behind it. */
export function moneyChart(options: MoneyChartOptions): Html {
  const view = moneyChartView(options);
  const promised = options.voice === 'staff' ? 'Spent and committed' : 'Spent and promised';
  return html`<div class="cp-chart" role="group" aria-labelledby="${options.id}-heading">
${heading(options.headingLevel ?? 3, 'nhsuk-heading-s cp-chart__heading', html`<span id="${options.id}-heading">${options.title}</span>`)}
<p class="cp-chart__finding">${view.finding}</p>
${picture(options, view, promised)}
<ul class="cp-key">
${keyOf('plan', 'The plan')}${keyOf('spent', 'Spent')}${keyOf('committed', promised)}${view.forecastPath ? keyOf('forecast', 'What may come') : null}${keyOf('agreed', 'All that is agreed')}
</ul>
${details('See these numbers as a table', tableBehind(options, view, promised))}
</div>`;
}

function picture(options: MoneyChartOptions, view: MoneyChartView, promised: string): Html {
  const bottom = TOP + PLANE.height;
  const paths = [
    view.forecastPath && html`<path class="cp-line cp-line--forecast" d="${view.forecastPath}"/>`,
    view.planPath && html`<path class="cp-line cp-line--plan" d="${view.planPath}"/>`,
    view.committedPath && html`<path class="cp-line cp-line--committed" d="${view.committedPath}"/>`,
    view.spentPath && html`<path class="cp-line cp-line--spent" d="${view.spentPath}"/>`,
  ];
  return html`<svg class="cp-chart__picture" width="100%" height="${bottom + 32}" role="img" aria-labelledby="${options.id}-title ${options.id}-desc" focusable="false">
<title id="${options.id}-title">${options.title}</title>
<desc id="${options.id}-desc">${view.finding} Lines show the plan, what is spent, and what is ${promised.toLowerCase()}, from ${formatDay(options.from)} to ${formatDay(options.until)}. The table below has the same numbers.</desc>
${view.sums.map((sum) => html`<line class="cp-chart__rule" x1="0" x2="100%" y1="${TOP + sum.y}" y2="${TOP + sum.y}"/>`)}
<line class="cp-chart__agreed" x1="0" x2="100%" y1="${TOP + view.agreedAt}" y2="${TOP + view.agreedAt}"/>
<svg x="0" y="${TOP}" width="100%" height="${PLANE.height}" viewBox="0 0 ${PLANE.width} ${PLANE.height}" preserveAspectRatio="none">${paths}</svg>
<line class="cp-chart__base" x1="0" x2="100%" y1="${bottom}" y2="${bottom}"/>
${view.todayAt === null ? null : today(view.todayAt, bottom)}
${view.sums.map((sum) => html`<text class="cp-chart__text" x="2" y="${TOP + sum.y - 5}">${sum.label}</text>`)}
${view.months.map(
  (month) => html`<line class="cp-chart__base" x1="${month.at.toFixed(2)}%" x2="${month.at.toFixed(2)}%" y1="${bottom}" y2="${bottom + 6}"/>
<text class="cp-chart__text${month.isMajor ? '' : ' cp-chart__text--minor'}" x="${month.at.toFixed(2)}%" dx="2" y="${bottom + 22}">${month.label}</text>`,
)}
</svg>`;
}

const today = (
  at: number,
  bottom: number,
): Html => html`<line class="cp-chart__today" x1="${at.toFixed(2)}%" x2="${at.toFixed(2)}%" y1="${TOP - 8}" y2="${bottom}"/>
<text class="cp-chart__text cp-chart__text--strong" x="${at.toFixed(2)}%" y="${TOP - 14}" text-anchor="${at < 8 ? 'start' : at > 92 ? 'end' : 'middle'}">Today</text>`;

const keyOf = (kind: string, words: string): Html =>
  html`<li class="cp-key__item"><svg class="cp-key__line" width="36" height="16" aria-hidden="true" focusable="false">${
    kind === 'forecast'
      ? html`<rect class="cp-line cp-line--forecast" x="1" y="2" width="34" height="12"/>`
      : html`<path class="cp-line cp-line--${kind}" d="M1 8H35"/>`
  }</svg>${words}</li>`;

const tableBehind = (options: MoneyChartOptions, view: MoneyChartView, promised: string): Html =>
  table({
    caption: `${options.title}: totals by the end of each day`,
    isCaptionHidden: true,
    head: [
      { text: 'By' },
      { text: 'The plan', isNumber: true },
      { text: 'Spent', isNumber: true },
      { text: promised, isNumber: true },
      ...(view.forecastPath ? [{ text: 'What may come' }] : []),
    ],
    rows: view.rows.map((row) => [
      formatDay(row.day),
      money(row.plan),
      row.spent === null ? 'Not yet' : money(row.spent),
      row.committed === null ? 'Not yet' : money(row.committed),
      ...(view.forecastPath ? [row.forecast] : []),
    ]),
    hasRowHeaders: true,
  });
