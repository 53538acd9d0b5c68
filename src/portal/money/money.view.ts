import type { FourNumbers, LineView, Managed } from '../../budgets/index.js';
import { totalOf } from '../../budgets/index.js';
import type { DayView, ForecastView } from '../../insight/index.js';
import { addDays, daysBetween, formatDay, minus, NO_PENCE, plus, smaller, sumPence, type LocalDate, type Pence } from '../../kernel/index.js';
import type { StatementRow } from '../../ledger/index.js';
import type { Printable } from '../../platform/index.js';
import type { Whose } from '../acting-for/whose.js';
import {
  checkedTogether,
  findingOf,
  linkOr,
  money,
  type Check,
  type ForecastPoint,
  type FourNumbersOptions,
  type MoneyChartOptions,
  type StateTone,
} from '../blocks/index.js';
import { paths } from '../paths.js';
import type { Checked, InPool, LineReads } from './money.reads.js';

/** Who looks after the money of a line, in a sentence. */
export function keeperWords(whose: Whose, managed: Managed, keeper: string | null): string {
  if (managed === 'notional') return 'The NHS keeps this money and pays for what is agreed.';
  if (managed === 'third-party') return `${keeper ?? 'A money-holder'} keeps this money for ${whose.you} and pays the bills.`;
  return whose.isMine ? 'This money is in your own account for it. You pay the bills.' : `This money is in ${whose.your} own account for it.`;
}

export const periodWords = (line: { readonly fromDay: LocalDate; readonly untilDay: LocalDate }): string =>
  `${formatDay(line.fromDay)} to ${formatDay(addDays(line.untilDay, -1))}`;

/** That a line is suspended or has ended, and what that means for the person; null for one that can be used. */
export function standingOf(whose: Whose, line: Pick<LineView, 'state' | 'suspendedOn' | 'untilDay'>): Standing | null {
  const [who, nobody] = whose.isMine ? ['you', 'You'] : [whose.name, whose.name];
  const paid = `What ${who} said yes to before is still paid.`;
  if (line.state === 'ended')
    return { state: 'Ended', tone: 'quiet', text: `This money ended on ${formatDay(line.untilDay)}. ${nobody} cannot buy anything new with it. ${paid}` };
  if (line.suspendedOn === null) return null;
  return {
    state: 'Suspended',
    tone: 'stopped',
    text: `Suspended means: since ${formatDay(line.suspendedOn)} ${who} cannot buy anything new with this money, for now. ${paid} The letter about it says why, and how to ask for it to be looked at again.`,
  };
}

export interface Standing {
  readonly state: string;
  readonly tone: StateTone;
  readonly text: string;
}

/** The four numbers of a line or of several, for the block. */
export const numbersOf = (
  id: string,
  label: string,
  numbers: Omit<FourNumbers, 'line'>,
  check: Check,
  links?: FourNumbersOptions['links'],
): FourNumbersOptions => ({
  id,
  label,
  agreed: numbers.agreed,
  committed: numbers.committed,
  spent: numbers.spent,
  free: numbers.free,
  stillToCome: numbers.stillToCome,
  checkedOn: check.on,
  checkedBy: check.by,
  ...(links ? { links } : {}),
});

/** Sums over several lines are checked as of the earliest day of their books; not at all if one of them is not. */
export const checkOf = (lines: readonly Pick<LineView, 'bookId'>[], checked: Checked): Check =>
  checkedTogether(lines.map((line) => checked.get(line.bookId) ?? { by: 'bank', on: null }));

const linksTo = (page: string): FourNumbersOptions['links'] => ({
  agreed: `${page}#agreed`,
  committed: `${page}#made-of`,
  spent: `${page}#made-of`,
  free: `${page}#made-of`,
  stillToCome: `${page}#agreed`,
});

export interface MoneyPageView {
  readonly whose: Whose;
  readonly total: FourNumbersOptions | null;
  readonly lines: readonly {
    readonly name: string;
    readonly href: string;
    readonly keeper: string;
    readonly funder: string;
    readonly standing: Standing | null;
    readonly numbers: FourNumbersOptions;
  }[];
  readonly ended: readonly { readonly name: string; readonly href: string; readonly period: string; readonly endedOn: string }[];
  readonly plan: string;
}

/** All lines; with more than one, their sums first. */
export function moneyView(whose: Whose, lines: readonly LineView[], checked: Checked): MoneyPageView {
  const open = lines.filter((line) => line.state === 'open');
  return {
    whose,
    plan: paths.plan(whose.id),
    total: open.length > 1 ? numbersOf('total', `All ${whose.your} money together`, totalOf(open.map((line) => line.numbers)), checkOf(open, checked)) : null,
    lines: open.map((line, index) => {
      const href = paths.line(whose.id, line.id);
      return {
        name: line.name,
        href,
        keeper: keeperWords(whose, line.managed, line.bookName),
        funder: line.funderName,
        standing: standingOf(whose, line),
        numbers: numbersOf(`line-${index}`, `From ${periodWords(line)}`, line.numbers, checkOf([line], checked), linksTo(href)),
      };
    }),
    ended: lines
      .filter((line) => line.state !== 'open')
      .map((line) => ({ name: line.name, href: paths.line(whose.id, line.id), period: periodWords(line), endedOn: formatDay(line.untilDay) })),
  };
}

export interface MadeOfRow {
  readonly name: string;
  readonly href: string | null;
  readonly free: Pence;
  readonly committed: Pence;
  readonly spent: Pence;
}

export interface LinePageView {
  readonly whose: Whose;
  readonly standing: Standing | null;
  readonly finding: string;
  readonly numbers: FourNumbersOptions;
  readonly chart: MoneyChartOptions;
  /** The page that follows every penny of it. */
  readonly follow: string;
  readonly keeper: string;
  readonly funder: string;
  readonly period: string;
  readonly reference: string;
  readonly madeOf: readonly MadeOfRow[];
  readonly madeOfRows: readonly (readonly Printable[])[];
  readonly madeOfFoot: readonly Printable[];
  readonly movementRows: readonly (readonly Printable[])[];
  readonly first: string | null;
  readonly next: string | null;
}

export function lineView(whose: Whose, reads: LineReads, today: LocalDate, page: { readonly limit: number; readonly isFirst: boolean }): LinePageView {
  const { line, movements } = reads;
  const here = paths.line(whose.id, line.id);
  const chart = chartOf(whose, reads, today);
  const rows = madeOf(line, reads.inPools);
  return {
    whose,
    standing: standingOf(whose, line),
    chart,
    follow: paths.followLine(whose.id, line.id),
    finding: chart.finding!,
    numbers: numbersOf('line', `From ${periodWords(line)}`, line.numbers, checkOf([line], reads.checked), linksTo(here)),
    keeper: keeperWords(whose, line.managed, line.bookName),
    funder: line.funderName,
    period: periodWords(line),
    reference: line.reference,
    madeOf: rows,
    madeOfRows: rows.map(cellsOf),
    madeOfFoot: cellsOf({ name: 'All together', href: null, ...line.numbers }),
    movementRows: movements.map((row) => [formatDay(row.effectiveOn), movementSentence(whose, row, reads.poolNames), money(row.change, { signed: true })]),
    first: page.isFirst ? null : here,
    next: movements.length === page.limit ? `${here}?before=${movements.at(-1)!.id}#movements` : null,
  };
}

const cellsOf = (row: MadeOfRow): Printable[] => [linkOr(row.href ?? undefined, row.name), money(row.free), money(row.committed), money(row.spent)];

/** Where each number lies: in each pool, and the rest outside pools. The rows sum to the line's own numbers. */
export function madeOf(line: Pick<LineView, 'numbers'>, inPools: readonly InPool[] | undefined): MadeOfRow[] {
  if (!inPools) return [];
  const rest = (whole: Pence, key: 'free' | 'committed' | 'spent'): Pence => minus(whole, sumPence(inPools.map((each) => each.money[key])));
  return [
    {
      name: 'Not in a pool',
      href: null,
      free: rest(line.numbers.free, 'free'),
      committed: rest(line.numbers.committed, 'committed'),
      spent: rest(line.numbers.spent, 'spent'),
    },
    ...inPools.map(({ name, poolId, money }) => ({
      name,
      href: paths.poolPart(poolId, 'money'),
      free: money.free,
      committed: money.committed,
      spent: money.spent,
    })),
  ];
}

function chartOf(whose: Whose, { line, days, forecast }: LineReads, today: LocalDate): MoneyChartOptions {
  const options: MoneyChartOptions = {
    id: 'over-time',
    title: `${line.name} over time`,
    from: line.fromDay,
    until: line.untilDay,
    today,
    agreed: line.agreed,
    plan: [
      { day: line.fromDay, sum: NO_PENCE },
      { day: line.untilDay, sum: line.agreed },
    ],
    spent: days.map((day: DayView) => ({ day: day.day, sum: day.spent })),
    committed: days.map((day) => ({ day: day.day, sum: plus(day.spent, day.committed) })),
    headingLevel: 2,
    ...(forecast ? foreseen(line, forecast, today) : {}),
  };
  const finding = findingOf(options);
  return { ...options, finding: whose.isMine ? finding : finding.replace(/^You have/, whose.youHave) };
}

/** How the total may go on: between 80% and 120% of the pace of the last eight weeks, never above what is agreed. Our judgement, November 2026. */
function foreseen(line: LineView, forecast: ForecastView, today: LocalDate): { forecast?: readonly ForecastPoint[]; runsOutOn?: LocalDate } {
  if (today >= line.untilDay || forecast.daily <= 0n) return {};
  const gone = plus(line.numbers.spent, line.numbers.committed);
  const days = BigInt(daysBetween(today, line.untilDay));
  const at = (percent: bigint): Pence => smaller(plus(gone, ((forecast.daily * days * percent) / 100n) as Pence), line.agreed);
  return {
    forecast: [
      { day: today, low: gone, high: gone },
      { day: line.untilDay, low: at(80n), high: at(120n) },
    ],
    ...(forecast.runOutOn && forecast.runOutOn < line.untilDay ? { runsOutOn: forecast.runOutOn } : {}),
  };
}

/** What happened to the line's own money, as a sentence. */
export function movementSentence(whose: Whose, row: Pick<StatementRow, 'kind' | 'change' | 'poolId'>, poolNames: ReadonlyMap<string, string>): string {
  const pool = (row.poolId && poolNames.get(row.poolId)) ?? 'a pool';
  const who = whose.isMine ? 'You' : whose.name;
  switch (row.kind) {
    case 'agreed':
      return 'This money was agreed.';
    case 'agreed-less':
      return 'Less money was agreed.';
    case 'arrival':
    case 'allocated':
      return 'Money arrived.';
    case 'contribution':
      return `${who} put money into ${pool}.`;
    case 'returned':
      return row.change > 0n ? `Money came back from ${pool}.` : `Money went back to ${pool}.`;
    case 'remittance-sent':
      return `Money was sent to ${pool}.`;
    case 'remittance-received':
    case 'remittance-arrived':
      return `Money arrived from ${pool}.`;
    case 'payment':
    case 'invoice':
      return 'A bill was paid.';
    case 'payment-returned':
      return 'A payment came back.';
    case 'refund':
      return 'Money was given back.';
    case 'correction':
      return 'A mistake was put right.';
    default:
      return row.change > 0n ? 'Money came in.' : 'Money went out.';
  }
}
