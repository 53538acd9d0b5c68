import type { PayRunLine, PayRunView } from '../../finance/index.js';
import { dayOf, formatDay, formatInstant, formatPounds, plus, sumPence, type LocalDate, type PersonId } from '../../kernel/index.js';
import { html, type Html, type Printable } from '../../platform/index.js';
import { counted, money, sentence, spoken, stateTag, type StateTagOptions, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Flashes } from '../shell/index.js';
import { lineState, paymentState, runState } from './finance.words.js';
import { nameIn } from './pay-runs.view.js';

export interface RunMay {
  readonly prepare: boolean;
  readonly approve: boolean;
  readonly hold: boolean;
}

export interface PayRunPageView {
  readonly state: StateTagOptions;
  readonly facts: readonly SummaryRow[];
  readonly totals: TableOptions;
  readonly lines: TableOptions;
  /** The one step that is next, if this person may do it; else why not. */
  readonly step: { readonly action: string; readonly text: string; readonly explains: string } | null;
  readonly waitsFor: string | null;
  readonly addsUp: boolean;
  /** Money of the run is on its way out at this moment: the page looks again by itself. */
  readonly isUnderWay: boolean;
}

export function payRunView(run: PayRunView, names: ReadonlyMap<string, string>, may: RunMay, me: PersonId, today: LocalDate): PayRunPageView {
  const { step, waitsFor } = nextStep(run, names, may, me);
  const sum = sumPence([run.totals.included.total, run.totals.held.total, run.totals.dropped.total]);
  return {
    state: { ...runState(run.state), ...ownerOf(run, today) },
    facts: factsOf(run, names, may.approve),
    totals: totalsTable(run),
    lines: linesTable(run, names, may),
    step,
    waitsFor,
    addsUp: sum === run.total && run.lines.length === run.lineCount,
    isUnderWay: run.lines.some(
      (line) => line.state === 'included' && (line.paymentState === 'sending' || (run.state === 'released' && line.paymentState === 'approved')),
    ),
  };
}

function ownerOf(run: PayRunView, today: LocalDate): { owner?: string; next?: { what: string; on: LocalDate } } {
  const on = run.cutOffOn > today ? run.cutOffOn : today;
  if (run.state === 'proposed')
    return { owner: 'The finance officers of this book', next: { what: 'One of them looks at each line and prepares the run, best', on } };
  if (run.state === 'prepared') return { owner: 'A second finance officer', next: { what: 'They approve it, best', on } };
  if (run.state === 'approved') return { owner: 'A finance officer', next: { what: 'They release it, best', on } };
  return {};
}

/** The file itself is for those who release it. */
function factsOf(run: PayRunView, names: ReadonlyMap<string, string>, mayApprove: boolean): SummaryRow[] {
  const by = (person: string | null): Printable => (person === null ? 'Nobody yet' : sentence(nameIn(names, person)));
  return [
    { key: 'Payments due by', value: formatDay(run.cutOffOn) },
    { key: 'Proposed', value: `${sentence(nameIn(names, run.proposedBy))}, ${formatInstant(run.proposedAt)}` },
    { key: 'Prepared by', value: by(run.maker) },
    { key: 'Approved by', value: by(run.checker) },
    ...(run.fileId && mayApprove ? [{ key: 'Payment file', value: html`<a href="${paths.paymentFile(run.fileId)}">Download the file</a>` }] : []),
  ];
}

/** What is to be done next, and whether this person is the one to do it (RULE 31 is kept by the command; this only spares a refusal). */
function nextStep(run: PayRunView, names: ReadonlyMap<string, string>, may: RunMay, me: PersonId): Pick<PayRunPageView, 'step' | 'waitsFor'> {
  const { count, total } = run.totals.included;
  const what = `${counted(count, 'payment', 'payments')}`;
  const none = { step: null, waitsFor: null };
  if (run.state === 'released') return none;
  if (count === 0) return { step: null, waitsFor: 'No line is left to be paid. Let a held line back in, or propose a new run.' };
  const sum = formatPounds(total);
  if (run.state === 'proposed')
    return may.prepare
      ? {
          step: {
            action: 'prepare',
            text: `Prepare ${what}`,
            explains: `You stand behind ${what} of ${sum} in all. Somebody else then approves ${count === 1 ? 'it' : 'them'}.`,
          },
          waitsFor: null,
        }
      : none;
  if (!may.approve) return none;
  if (run.state === 'prepared') {
    if (run.maker === me) return { step: null, waitsFor: 'You prepared this run, so somebody else has to approve it.' };
    return {
      step: {
        action: 'approve',
        text: `Approve ${what}`,
        explains: `${sentence(nameIn(names, run.maker ?? ''))} prepared ${count === 1 ? 'it' : 'them'}. After you approve, ${what} of ${sum} in all can leave.`,
      },
      waitsFor: null,
    };
  }
  return {
    step: {
      action: 'release',
      text: 'Release this run',
      explains: 'Payments by bank leave in one file. Payments by Stripe were sent when they were approved.',
    },
    waitsFor: null,
  };
}

function totalsTable(run: PayRunView): TableOptions {
  const row = (state: 'included' | 'held' | 'dropped'): Printable[] => [
    stateTag(lineState(state)),
    String(run.totals[state].count),
    money(run.totals[state].total),
  ];
  const all = plus(plus(run.totals.included.total, run.totals.held.total), run.totals.dropped.total);
  return {
    caption: 'Every line is in one of these',
    head: [{ text: 'State' }, { text: 'Lines', isNumber: true }, { text: 'Sum', isNumber: true }],
    rows: [row('included'), row('held'), row('dropped')],
    foot: ['Proposed', String(run.lines.length), money(all)],
    hasRowHeaders: true,
  };
}

const linesTable = (run: PayRunView, names: ReadonlyMap<string, string>, may: RunMay): TableOptions => ({
  caption: 'Lines of this run',
  head: [{ text: 'Payee' }, { text: 'State' }, { text: 'Payment' }, { text: 'Sum', isNumber: true }, { text: 'Change' }],
  rows: run.lines.map((line) => [
    html`${line.payeeName ?? 'Payee not known yet'}<br><a class="cp-small" href="${paths.payment(line.payment)}">${line.reference}</a>`,
    whyOf(line, names),
    stateTag(paymentState(line.paymentState)),
    money(line.amount),
    changesOf(run, line, may),
  ]),
  foot: ['All lines', '', '', money(run.total), ''],
  hasRowHeaders: true,
  empty: 'This run has no lines.',
});

const whyOf = (line: PayRunLine, names: ReadonlyMap<string, string>): Html =>
  html`${stateTag(lineState(line.state))}${line.state !== 'included' && line.reason ? html`<br><span class="cp-small">${line.reason}${line.changedBy ? ` Decided by ${nameIn(names, line.changedBy)}.` : null}</span>` : null}`;

function changesOf(run: PayRunView, line: PayRunLine, may: RunMay): Printable {
  if (!may.hold || (run.state !== 'proposed' && run.state !== 'prepared') || line.state === 'dropped') return html`${spoken('Nothing to change')}–`;
  const step = (action: 'hold' | 'include' | 'drop', words: string): Html =>
    html`<a href="${paths.payRunLine(run.id, line.id, action)}">${words}${spoken(` ${line.reference}`)}</a>`;
  return line.state === 'included'
    ? html`${step('hold', 'Hold')}<br>${step('drop', 'Leave out')}`
    : html`${step('include', 'Let back in')}<br>${step('drop', 'Leave out')}`;
}

export const RUN_DONE: Flashes = {
  proposed: { kind: 'done', title: 'The run is proposed', text: 'Look at each line. Hold what should not be paid yet, then prepare the run.' },
  prepare: { kind: 'done', title: 'The run is prepared', text: 'A second finance officer now looks at it and approves it.' },
  approve: {
    kind: 'done',
    title: 'The run is approved',
    text: 'Payments by Stripe are being sent. Release the run to put the others into a file for the bank.',
  },
  release: { kind: 'done', title: 'The run is released', text: 'Each payment below says where it is. It is done when the bank statement shows it.' },
  hold: { kind: 'done', title: 'The line is held', text: 'The run goes on without it. Whoever waits for this money sees your reason.' },
  include: { kind: 'done', title: 'The line is back in the run' },
  drop: { kind: 'done', title: 'The line is left out', text: 'Its payment waits for a later run.' },
};

export const runTitle = (run: Pick<PayRunView, 'proposedAt'>): string => `Pay run of ${formatDay(dayOf(run.proposedAt))}`;
