import { classes, html, type Html, type Printable } from '../../platform/index.js';

export interface TableHead {
  readonly text: string;
  /** Numbers stand to the right, so that pence line up. */
  readonly isNumber?: boolean;
}

export interface TableOptions {
  readonly caption: string;
  /** Hidden when a heading just above says the same. */
  readonly isCaptionHidden?: boolean;
  readonly head: readonly TableHead[];
  /** Each row has as many cells as the head. */
  readonly rows: readonly (readonly Printable[])[];
  /** The last row: a total. */
  readonly foot?: readonly Printable[];
  /** The first cell of a row names it. */
  readonly hasRowHeaders?: boolean;
  /** Said in place of the rows when there are none. */
  readonly empty?: string;
  /** Gives the row at this place a mark of its own. */
  readonly highlighted?: number;
}

/** A table with nhsuk-frontend's classes. On a phone each row becomes a small list, with the column's name before each value. */
export function table(options: TableOptions): Html {
  const caption = options.isCaptionHidden ? 'nhsuk-u-visually-hidden' : 'nhsuk-table__caption nhsuk-table__caption--s';
  return html`<table role="table" class="nhsuk-table cp-table">
<caption class="${caption}">${options.caption}</caption>
<thead role="rowgroup" class="nhsuk-table__head"><tr role="row">${options.head.map((head) => html`<th role="columnheader" scope="col" class="${classes('nhsuk-table__header', head.isNumber && 'nhsuk-table__header--numeric')}">${head.text}</th>`)}</tr></thead>
<tbody class="nhsuk-table__body">
${options.rows.map(
  (
    row,
    index,
  ) => html`<tr role="row" class="${classes('nhsuk-table__row', options.highlighted === index && 'cp-table__row--mine')}">${row.map((cell, column) => cellOf(options, cell, column))}</tr>
`,
)}${options.rows.length === 0 && options.empty ? html`<tr role="row" class="nhsuk-table__row"><td role="cell" class="nhsuk-table__cell" colspan="${options.head.length}">${options.empty}</td></tr>` : null}</tbody>
${options.foot ? html`<tfoot class="cp-table__foot"><tr role="row" class="nhsuk-table__row">${options.foot.map((cell, column) => cellOf({ ...options, hasRowHeaders: true }, cell, column))}</tr></tfoot>` : null}
</table>`;
}

function cellOf(options: TableOptions, cell: Printable, column: number): Html {
  const head = options.head[column];
  const isHeader = options.hasRowHeaders === true && column === 0;
  const inside = html`<span class="cp-table__heading" aria-hidden="true">${head?.text} </span><span class="cp-table__value">${cell}</span>`;
  if (isHeader) return html`<th role="rowheader" scope="row" class="nhsuk-table__header">${inside}</th>`;
  return html`<td role="cell" class="${classes('nhsuk-table__cell', head?.isNumber && 'nhsuk-table__cell--numeric')}">${inside}</td>`;
}
