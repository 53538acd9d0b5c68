import { describe, expect, it } from '@jest/globals';
import { readingAge } from '../../../test/support/reading-age.js';
import type { LineView } from '../../budgets/index.js';
import { pence, sumPence, type BudgetLineId, type LocalDate, type Pence, type PersonId } from '../../kernel/index.js';
import { another, own } from '../acting-for/whose.js';
import type { Check } from '../blocks/index.js';
import type { LineReads } from './money.reads.js';
import { checkOf, lineView, madeOf, moneyView, movementSentence, standingOf } from './money.view.js';

const ME = own('018f0000-0000-7000-8000-000000000001' as PersonId);
const ANA = another('018f0000-0000-7000-8000-000000000002' as PersonId, 'Ana', 'Invented', 'representative');
const sums = (agreed: number, free: number, committed: number, spent: number): LineView['numbers'] => ({
  line: 'l' as BudgetLineId,
  agreed: pence(agreed),
  free: pence(free),
  committed: pence(committed),
  spent: pence(spent),
  stillToCome: pence(agreed - free - committed - spent),
});
const line = (over: Partial<LineView> = {}): LineView => ({
  id: '018f0000-0000-7000-8000-00000000000a' as BudgetLineId,
  budgetId: 'b' as never,
  personId: ME.id,
  planId: 'p' as never,
  name: 'My care budget',
  reference: 'LIN-AAAA-AAAA',
  managed: 'notional',
  bookId: 'k' as never,
  bookName: 'The ICB',
  funderId: 'f' as never,
  funderName: 'An ICB',
  agreed: pence(120_000),
  fromDay: '2026-04-01' as LocalDate,
  untilDay: '2027-04-01' as LocalDate,
  state: 'open',
  suspendedOn: null,
  numbers: sums(120_000, 60_000, 20_000, 40_000),
  ...over,
});
const reads = (over: Partial<LineReads> = {}): LineReads => ({
  line: line(),
  movements: [],
  days: [],
  forecast: undefined,
  inPools: [],
  poolNames: new Map([['p1', 'Thursday swimming']]),
  checked: new Map(),
  ...over,
});
const TODAY = '2026-10-01' as LocalDate;
const NONE = new Map<string, Check>();

describe('all my money', () => {
  it('shows the sums of several lines, and none for one', () => {
    expect(moneyView(ME, [line()], NONE).total).toBeNull();
    expect(moneyView(ME, [line(), line({ numbers: sums(10_000, 10_000, 0, 0) })], NONE).total).toMatchObject({
      agreed: 130_000n,
      free: 70_000n,
      committed: 20_000n,
      spent: 40_000n,
      stillToCome: 0n,
    });
  });

  it('keeps lines of before apart', () => {
    const view = moneyView(ME, [line(), line({ state: 'ended', name: 'Last year' })], NONE);
    expect(view.lines.map((each) => each.name)).toEqual(['My care budget']);
    expect(view.ended).toEqual([expect.objectContaining({ name: 'Last year', period: '1 April 2026 to 31 March 2027', endedOn: '1 April 2027' })]);
  });

  it('says in plain words that money is suspended or has ended, to the person or of them', () => {
    const suspended = line({ suspendedOn: '2026-05-05' as LocalDate });
    expect(moneyView(ME, [line(), suspended], NONE).lines.map((each) => each.standing?.state)).toEqual([undefined, 'Suspended']);
    expect(standingOf(ME, suspended)?.text).toMatch(
      /^Suspended means: since 5 May 2026 you cannot buy anything new with this money, for now\. What you said yes to/,
    );
    expect(standingOf(ANA, line({ state: 'ended' }))).toEqual({
      state: 'Ended',
      tone: 'quiet',
      text: 'This money ended on 1 April 2027. Ana cannot buy anything new with it. What Ana said yes to before is still paid.',
    });
    for (const each of [suspended, line({ state: 'ended' })]) expect(readingAge(standingOf(ME, each)!.text)).toBeLessThanOrEqual(11);
  });

  it.each([
    ['notional', 'The NHS keeps this money'],
    ['third-party', 'The ICB keeps this money for you'],
    ['direct-payment', 'in your own account'],
  ] as const)('says who keeps it: %s', (managed, words) => {
    expect(moneyView(ME, [line({ managed })], NONE).lines[0]!.keeper).toContain(words);
  });
});

describe('what money was checked against', () => {
  const [a, b] = [{ bookId: 'a' as never }, { bookId: 'b' as never }];
  const on = (day: string | null, by: 'bank' | 'payer' = 'bank') => ({ by, on: day as LocalDate | null });

  it('is the earliest day of the books, and none when one is unknown', () => {
    expect(checkOf([a, b], new Map(Object.entries({ a: on('2026-09-30'), b: on('2026-09-02', 'payer') })))).toEqual({ by: 'both', on: '2026-09-02' });
    expect(checkOf([a, b], new Map(Object.entries({ a: on('2026-09-30') })))).toEqual(on(null));
  });

  it('is never the bank for notional money', () => {
    const view = moneyView(ME, [line({ managed: 'notional', bookId: 'a' as never })], new Map([['a', on(null, 'payer')]]));
    expect(view.lines[0]!.numbers).toMatchObject({ checkedBy: 'payer', checkedOn: null });
  });
});

describe('one line', () => {
  const share = (free: number, committed: number, spent: number) => ({
    name: 'Thursday swimming',
    poolId: 'p1',
    money: { free: pence(free), committed: pence(committed), spent: pence(spent), putIn: pence(free + committed + spent) },
  });

  it('is made of what lies in pools and what does not, to the penny', () => {
    const rows = madeOf(line(), [share(10_000, 15_000, 12_345)]);
    for (const key of ['free', 'committed', 'spent'] as const) expect(sumPence(rows.map((row) => row[key]))).toBe(line().numbers[key]);
    expect(rows[0]).toMatchObject({ name: 'Not in a pool', free: 50_000n, committed: 5_000n, spent: 27_655n });
  });

  it('says nothing of pools to who is no member', () => expect(madeOf(line(), undefined)).toEqual([]));

  it('says the finding first, to the person or of them', () => {
    const days = [{ day: '2026-09-01' as LocalDate, free: pence(60_000), committed: pence(20_000), spent: pence(48_000) }];
    expect(lineView(ME, reads({ days }), TODAY, { limit: 20, isFirst: true }).finding).toBe('You have spent 40% with 50% of the time gone.');
    expect(lineView(ANA, reads({ days }), TODAY, { limit: 20, isFirst: true }).finding).toBe('Ana has spent 40% with 50% of the time gone.');
  });

  it('foresees a band about the pace, never above what is agreed', () => {
    const forecast = {
      line: line().id,
      asOf: TODAY,
      spentShare: 0.5,
      timeShare: 0.5,
      daily: pence(1_000),
      runOutOn: '2026-12-01' as LocalDate,
      leftAtEnd: pence(0),
    };
    const { chart } = lineView(ME, reads({ forecast }), TODAY, { limit: 20, isFirst: true });
    expect(chart.forecast).toEqual([
      { day: TODAY, low: 60_000n, high: 60_000n },
      { day: '2027-04-01', low: 120_000n, high: 120_000n },
    ]);
    expect(chart.runsOutOn).toBe('2026-12-01');
    expect(lineView(ME, reads({ forecast: { ...forecast, daily: pence(0) } }), TODAY, { limit: 20, isFirst: true }).chart.forecast).toBeUndefined();
  });

  it('pages on only when a page is full', () => {
    const row = {
      id: '018f0000-0000-7000-8000-0000000000ff' as never,
      entryId: 'e',
      kind: 'agreed',
      effectiveOn: TODAY,
      bookedAt: new Date(),
      change: pence(1),
      otherKind: 'agreed' as const,
      poolId: null,
    };
    const full = reads({ movements: [row, row] });
    expect(lineView(ME, full, TODAY, { limit: 3, isFirst: true })).toMatchObject({ first: null, next: null });
    expect(lineView(ME, full, TODAY, { limit: 2, isFirst: false })).toMatchObject({
      first: expect.stringContaining('/money/'),
      next: expect.stringContaining('?before=018f0000-0000-7000-8000-0000000000ff#movements'),
    });
  });
});

describe('a movement as a sentence', () => {
  const names = new Map([['p1', 'Thursday swimming']]);
  it.each([
    ['agreed', 1n, null, 'This money was agreed.'],
    ['contribution', -1n, 'p1', 'You put money into Thursday swimming.'],
    ['contribution', -1n, 'p2', 'You put money into a pool.'],
    ['returned', 1n, 'p1', 'Money came back from Thursday swimming.'],
    ['remittance-sent', -1n, 'p1', 'Money was sent to Thursday swimming.'],
    ['something-new', -1n, null, 'Money went out.'],
  ])('%s', (kind, change, poolId, sentence) => expect(movementSentence(ME, { kind, change: change as Pence, poolId: poolId as never }, names)).toBe(sentence));
});
