import type { PayRun } from '../../finance/index.js';
import type { StateTotal } from '../../insight/index.js';
import { dayOf, formatDay, type LocalDate } from '../../kernel/index.js';
import { html, type Html } from '../../platform/index.js';
import { counted, money, stateTag, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { runState } from './finance.words.js';

export const runsTable = (runs: readonly PayRun[], names: ReadonlyMap<string, string>): TableOptions => ({
  caption: 'Pay runs, the newest first',
  isCaptionHidden: true,
  head: [{ text: 'Proposed' }, { text: 'Due by' }, { text: 'State' }, { text: 'Lines', isNumber: true }, { text: 'Sum', isNumber: true }],
  rows: runs.map((run) => [
    html`<a href="${paths.payRun(run.id)}">${formatDay(dayOf(run.proposedAt))}</a><br><span class="cp-small">by ${nameIn(names, run.proposedBy)}</span>`,
    formatDay(run.cutOffOn),
    stateTag(runState(run.state)),
    String(run.lineCount),
    money(run.total),
  ]),
  hasRowHeaders: true,
  empty: 'No pay run yet. Propose one: it collects every payment that is due by a day you choose.',
});

/** `You` and colleagues by name; somebody who has left the book as a colleague. */
export const nameIn = (names: ReadonlyMap<string, string>, person: string): string => {
  const name = names.get(person);
  return name === undefined ? 'a colleague' : name === 'You' ? 'you' : name;
};

/** What waits to be collected, in a sentence. */
export function waitingWords(totals: readonly StateTotal[], today: LocalDate): { readonly words: Html; readonly isLate: boolean } {
  const planned = totals.find((each) => each.state === 'planned');
  const held = totals.find((each) => each.state === 'held');
  const isLate = planned !== undefined && planned.firstDueOn < today;
  const waits =
    planned &&
    html`${counted(planned.count, 'payment waits', 'payments wait')} to be collected, ${money(planned.total)} in all. The first ${isLate ? 'was due on' : 'is due on'} ${formatDay(planned.firstDueOn)}.`;
  const stopped =
    held &&
    html` ${counted(held.count, 'payment is', 'payments are')} held, ${money(held.total)} in all. They come into the run as held lines, so that nobody forgets them.`;
  return { words: html`${waits ?? 'No payment waits to be collected.'}${stopped}`, isLate };
}
