import type { Pence } from '../kernel/index.js';
import { NO_PENCE, plus, refused } from '../kernel/index.js';
import type { LineState } from './pay-run.lifecycle.js';

/** How many lines and pence of a run are in each state. */
export type RunTotals = Readonly<Record<LineState, { readonly count: number; readonly total: Pence }>>;

/** Truth 8: every line is in exactly one state, so the states' totals add up to the run. */
export function totalsOf(lines: readonly { readonly state: LineState; readonly amount: Pence }[]): RunTotals {
  const of = (state: LineState) => {
    const mine = lines.filter((line) => line.state === state);
    return { count: mine.length, total: mine.reduce((sum, line) => plus(sum, line.amount), NO_PENCE) };
  };
  return { included: of('included'), held: of('held'), dropped: of('dropped') };
}

export const addsUp = (totals: RunTotals, run: { count: number; total: Pence }): boolean => {
  const states = Object.values(totals);
  return states.reduce((sum, each) => sum + each.count, 0) === run.count && states.reduce((sum, each) => plus(sum, each.total), NO_PENCE) === run.total;
};

/** A run with nothing to pay is not prepared, approved or released (`run-is-empty`). */
export function needIncluded(totals: RunTotals): void {
  if (totals.included.count === 0) throw refused('run-is-empty', 'No line of this run is left to be paid.');
}
