import { formatDay, formatInstant, formatPounds, minus, NO_PENCE, type Pence } from '../../kernel/index.js';
import { html, type Printable } from '../../platform/index.js';
import type { BankAccountView, StatementLineView, StatementView } from '../../reconciliation/index.js';
import { counted, money, stateTag, type SummaryRow, type TableOptions } from '../blocks/index.js';
import { paths } from '../paths.js';
import { lineStateWords, ruleWords } from './statements.words.js';

export const accountWordsOf = (account: BankAccountView): string =>
  `${account.name}, ${account.sortCode.replace(/(\d\d)(?=\d)/g, '$1-')}, account ending ${account.last4}`;

export const accountFacts = (account: BankAccountView): SummaryRow[] => [
  { key: 'Account', value: accountWordsOf(account) },
  { key: 'Reference', value: account.reference },
  {
    key: 'Stood at',
    value: html`${money(account.closing)} ${account.statements > 0 ? `when the last statement closed on ${formatDay(account.closingOn)}` : `when we began on ${formatDay(account.openedOn)}`}`,
  },
];

export const statementsTable = (statements: readonly StatementView[]): TableOptions => ({
  caption: 'Statements, the newest first',
  isCaptionHidden: true,
  head: [
    { text: 'Statement' },
    { text: 'Days' },
    { text: 'Lines', isNumber: true },
    { text: 'Opened with', isNumber: true },
    { text: 'Closed with', isNumber: true },
    { text: 'State' },
  ],
  rows: statements.map((statement) => [
    html`<a href="${paths.statement(statement.id)}">Number ${statement.number}</a>`,
    daysOf(statement),
    html`${statement.lines}${statement.knownLines > 0 ? html`<br><span class="cp-small">and ${statement.knownLines} known</span>` : null}`,
    money(statement.opening),
    money(statement.closing),
    openTag(statement),
  ]),
  hasRowHeaders: true,
  empty: 'No statement yet. Bring the first one, as the bank gives it: a camt.053 file or a CSV file.',
});

const daysOf = ({ from, until }: StatementView): string => (from === until ? formatDay(from) : `${formatDay(from)} to ${formatDay(until)}`);

const openTag = ({ open }: StatementView): Printable =>
  stateTag(open === 0 ? { state: 'All explained', tone: 'good' } : { state: `${counted(open, 'line', 'lines')} not explained`, tone: 'stopped' });

export interface StatementPageView {
  readonly facts: readonly SummaryRow[];
  readonly lines: TableOptions;
  /** Opening, what moved, and closing, as a sentence; only when all lines are shown. */
  readonly proof: { readonly words: string; readonly holds: boolean } | null;
  readonly hasNew: boolean;
}

export function statementPageView(statement: StatementView, lines: readonly StatementLineView[]): StatementPageView {
  const moved = lines.reduce((sum, line) => sum + (line.direction === 'credit' ? line.amount : -line.amount), 0n) as Pence;
  const expected = minus(statement.closing, statement.opening);
  const isWhole = lines.length === statement.lines;
  return {
    facts: [
      { key: 'Days', value: daysOf(statement) },
      { key: 'Opened with', value: money(statement.opening) },
      { key: 'Closed with', value: money(statement.closing) },
      { key: 'Brought', value: formatInstant(statement.importedAt) },
      { key: 'State', value: openTag(statement) },
    ],
    lines: {
      caption: 'Lines as the bank wrote them',
      head: [{ text: 'Day' }, { text: 'What the bank wrote' }, { text: 'What it is, and why' }, { text: 'In or out', isNumber: true }],
      rows: lines.map((line) => [
        formatDay(line.bookedOn),
        html`<a href="${paths.statementLine(line.id)}">${titleOf(line)}</a>${line.counterparty && line.words !== line.counterparty ? html`<br><span class="cp-small">${line.words}</span>` : null}`,
        html`${stateTag(lineStateWords(line.state))}${line.reasons.map((reason) => html`<br><span class="cp-small">${reason}</span>`)}`,
        money(signedOf(line), { signed: true }),
      ]),
      ...(isWhole ? { foot: ['All lines', '', '', money(moved, { signed: true })] } : {}),
      empty: 'Nothing moved in these days.',
    },
    proof: isWhole ? proofOf(statement, moved, moved === expected) : null,
    hasNew: lines.some((line) => line.state === 'new'),
  };
}

const proofOf = (statement: StatementView, moved: Pence, holds: boolean): { words: string; holds: boolean } => ({
  holds,
  words: holds
    ? `${formatPounds(statement.opening)} and ${moved < NO_PENCE ? `${formatPounds(-moved as Pence)} out` : `${formatPounds(moved)} in`} make ${formatPounds(statement.closing)}: the statement adds up.`
    : `The lines make ${formatPounds(moved)}, and the statement says ${formatPounds(minus(statement.closing, statement.opening))}.`,
});

/** Above zero for money in, below for money out. */
export const signedOf = (line: Pick<StatementLineView, 'direction' | 'amount'>): Pence => (line.direction === 'credit' ? line.amount : (-line.amount as Pence));

/** What names a line best. */
export const titleOf = (line: Pick<StatementLineView, 'counterparty' | 'reference' | 'words'>): string =>
  (line.counterparty || line.reference || line.words || 'A line without words').slice(0, 100);

/** How a match was made, with how sure the rule is. */
export const matchWords = (line: Pick<StatementLineView, 'rule' | 'score'>): string =>
  `${ruleWords(line.rule)}${line.score !== null && line.rule !== 'by-hand' ? `, ${line.score} of 100 sure` : ''}`;
