import { describe, expect, it } from '@jest/globals';
import type { AccountId, EntryId, LocalDate, PlanLineId, PoolId } from '../kernel/index.js';
import { pence, spokenReference } from '../kernel/index.js';
import type { JournalAccount, JournalEntry } from '../ledger/index.js';
import { AccountNames, accountPath, ControlTotals, csvControls, csvRows, csvText, journalControls, journalText } from './journal.rules.js';

const id = (n: number): string => `0190f0e0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const LINE = id(1);
const account = (n: number, over: Partial<JournalAccount>): JournalAccount => ({
  id: id(100 + n) as AccountId,
  kind: 'bank',
  subject: null,
  line: null,
  planLine: null,
  pool: null,
  channel: null,
  ...over,
});
const REFERENCES = new Map([[LINE, 'LIN-7K3M-9QXA']]);

describe('the name of an account', () => {
  it.each([
    [{ kind: 'bank' }, 'assets:bank'],
    [{ kind: 'clearing', channel: 'stripe' }, 'assets:clearing:stripe'],
    [{ kind: 'line', subject: id(7), line: LINE }, 'liabilities:lines:LIN-7K3M-9QXA'],
    [
      { kind: 'share', subject: id(7), line: LINE, pool: id(8) as PoolId, planLine: id(9) as PlanLineId },
      `liabilities:shares:${spokenReference('POL', id(8))}:LIN-7K3M-9QXA:${spokenReference('PLA', id(9))}`,
    ],
    [{ kind: 'share', subject: id(7), pool: id(8) as PoolId }, `liabilities:shares:${spokenReference('POL', id(8))}:${spokenReference('PER', id(7))}`],
    [{ kind: 'payable', subject: id(7) }, `liabilities:payable:${spokenReference('PRO', id(7))}`],
    [{ kind: 'receivable', subject: id(7) }, `assets:receivable:${spokenReference('PER', id(7))}`],
    [{ kind: 'line', subject: id(7), line: id(2) }, `liabilities:lines:${spokenReference('LIN', id(2))}`],
  ] as const)('%j', (over, path) => expect(accountPath(account(1, over), REFERENCES)).toBe(path));

  it('is never shared, even by references that are spoken alike', () => {
    const names = new AccountNames(REFERENCES);
    const [one, two] = [account(1, { kind: 'line', line: LINE }), account(2, { kind: 'line', line: LINE })];
    names.add(one);
    names.add(two);
    expect([names.of(one.id), names.of(two.id)]).toEqual(['liabilities:lines:LIN-7K3M-9QXA', 'liabilities:lines:LIN-7K3M-9QXA:2']);
    expect(names.of(id(3) as AccountId)).toBe(`unknown:${id(3)}`);
  });
});

it.each([
  ['=1+1', `'=1+1`],
  ['+44 161', `'+44 161`],
  ['-5', `'-5`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\tx', `'\tx`],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  ['payment:1:sent:1', 'payment:1:sent:1'],
])('a cell of %j is written %j', (text, cell) => expect(csvText(text)).toBe(cell));

describe('an entry', () => {
  const [line, bank] = [account(1, { kind: 'line', subject: id(7), line: LINE }), account(2, {})];
  const names = new AccountNames(REFERENCES);
  for (const each of [line, bank]) names.add(each);
  const entry = (over: Partial<JournalEntry> = {}): JournalEntry => ({
    id: id(50) as EntryId,
    reference: 'match:1:bank',
    kind: 'arrival',
    effectiveOn: '2026-04-01' as LocalDate,
    bookedOn: '2026-04-01' as LocalDate,
    bookedAt: new Date('2026-04-02T10:00:00Z'),
    corrects: null,
    seal: 3n,
    transfers: [
      {
        id: id(60),
        entry: id(50) as EntryId,
        debit: bank.id,
        credit: line.id,
        amount: pence(12_345),
        owner: line.id,
        subject: id(7),
        pool: null,
        planLine: null,
        reservation: null,
      },
    ],
    reserves: [],
    ...over,
  });

  it('is one row a transfer', () =>
    expect(csvRows(entry(), names)).toBe(
      `${id(50)},match:1:bank,arrival,2026-04-01,2026-04-01,2026-04-02T10:00:00.000Z,assets:bank,liabilities:lines:LIN-7K3M-9QXA,123.45,12345,LIN-7K3M-9QXA,,,,3\r\n`,
    ));

  it('is written with both days, its reference, and debits above zero', () =>
    expect(journalText(entry({ bookedOn: '2026-05-01' as LocalDate }), names)).toBe(
      `2026-04-01=2026-05-01 * (match:1:bank) arrival
    ; entry: ${id(50)}
    ; booked: 2026-04-02T10:00:00.000Z
    ; seal: 3
    assets:bank  £123.45  ; owner: LIN-7K3M-9QXA
    liabilities:lines:LIN-7K3M-9QXA  £-123.45  ; owner: LIN-7K3M-9QXA

`,
    ));

  it('that only sets money aside is a comment, since nothing moves', () => {
    const reserve = {
      entry: id(50) as EntryId,
      what: 'reserved' as const,
      reservation: id(70) as never,
      account: line.id,
      amount: pence(100),
      forDay: '2026-04-16' as LocalDate,
      endsOn: '2026-05-16' as LocalDate,
    };
    const text = journalText(entry({ transfers: [], reserves: [reserve, { ...reserve, what: 'void' }], seal: null }), names);
    expect(
      text
        .trimEnd()
        .split('\n')
        .every((each) => each.startsWith(';')),
    ).toBe(true);
    expect(text).toContain('set aside £1.00 in liabilities:lines:LIN-7K3M-9QXA for 2026-04-16, until 2026-05-16');
    expect(text).toContain('freed £1.00');
    expect(text).toContain('seal: none yet');
  });

  it('is counted: sums, balances by kind on their normal side, first and last', () => {
    const totals = new ControlTotals();
    totals.before(entry());
    totals.within(entry({ id: id(51) as EntryId, seal: 9n }));
    totals.within(entry({ id: id(52) as EntryId, seal: null }));
    const period = { from: '2026-04-01' as LocalDate, until: null };
    const closing = { totals, names, normal: (kind: string) => (kind === 'line' ? ('credit' as const) : ('debit' as const)), period };
    expect(journalControls(closing).trim().split('\n')).toEqual([
      '; control count entries: 2',
      '; control count transfers: 2',
      '; control sum debits: £246.90',
      '; control sum credits: £246.90',
      '; control opening bank: £123.45',
      '; control opening line: £123.45',
      '; control balance bank: £370.35',
      '; control balance line: £370.35',
      '; control seal first: 9',
      '; control seal last: 9',
      '; control seal entries-without: 1',
      `; control entry first: ${id(51)}`,
      `; control entry last: ${id(52)}`,
    ]);
    const rows = csvControls(closing).trim().split('\r\n');
    expect(rows.every((row) => row.split(',').length === 15)).toBe(true);
    expect(rows).toContain('control,balance,line,,,,,,370.35,37035,,,,,');
    expect(rows).toContain('control,count,transfers,,,,,,,,2,,,,');
  });
});
