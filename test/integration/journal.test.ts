/** A book read out as a file: the worked life's three books, as CSV and as a journal that hledger and ledger read; what they say is what the
 *  ledger says, account by account. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Journal } from '../../src/insight/index.js';
import type { BookId, Pence } from '../../src/kernel/index.js';
import { decimalPounds, newId, pence, spokenReference } from '../../src/kernel/index.js';
import type { AccountKind } from '../../src/ledger/index.js';
import { Ledger, LedgerQueries } from '../../src/ledger/index.js';
import type { Caller } from '../support/house.js';
import { balancesOf, readJournal } from '../support/journal-reader.js';
import { livedLife } from '../support/lived-life.js';
import type { WorkedLife } from '../support/worked-life-house.js';

const TREE: Record<string, string> = { agreed: 'assets', bank: 'assets', clearing: 'assets', receivable: 'assets', 'fees-due': 'assets' };
const PLURAL: Record<string, string> = { line: 'lines', share: 'shares' };

const runs = (program: string): boolean => {
  try {
    return execFileSync(program, ['--version'], { stdio: 'pipe' }).length > 0;
  } catch {
    console.warn(`${program} is not on this machine: the journal was not tried on it.`);
    return false;
  }
};

describe('the journal of a book', () => {
  let life: WorkedLife;
  let auditor: Caller;
  let folder: string;

  beforeAll(async () => {
    ({ life } = await livedLife());
    folder = await mkdtemp(join(tmpdir(), 'commonpurse-journal-'));
    auditor = await life.house.person(
      'Adil',
      Object.values(life.books).map((id) => ({ role: 'auditor' as const, on: 'book' as const, id })),
    );
    await seal();
  }, 120_000);
  afterAll(async () => {
    await life.house.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Sets the seals that wait. */
  async function seal(): Promise<void> {
    for (const book of Object.values(life.books))
      await life.house.database.transaction(life.house.system({ books: [book] }), (tx) => tx.call('ledger_seal', [book, 10_000, tx.now]));
  }

  /** What each account stands at, debits above zero, asked of the ledger and named here by itself. */
  async function ledgerSays(book: BookId): Promise<Record<string, bigint>> {
    const rows = await life.house.database.read(life.everything, (tx) =>
      tx.rows<{
        kind: AccountKind;
        subject: string | null;
        line: string | null;
        pool: string | null;
        plan: string | null;
        channel: string | null;
        reference: string | null;
        net: bigint;
      }>(
        `select a.kind, a.subject_id as subject, a.line_id as line, a.pool_id as pool, a.plan_line_id as plan, a.channel, b.reference,
           (coalesce((select sum(amount_pence) from transfer where debit_account_id = a.id), 0) - coalesce((select sum(amount_pence) from transfer where credit_account_id = a.id), 0))::bigint as net
         from account a left join budget_line b on b.id = a.line_id where a.book_id = $1`,
        [book],
      ),
    );
    const named = rows
      .filter((row) => row.net !== 0n)
      .map((row): [string, bigint] => [
        [
          TREE[row.kind] ?? 'liabilities',
          PLURAL[row.kind] ?? row.kind,
          row.channel,
          row.pool && spokenReference('POL', row.pool),
          row.kind === 'payable' ? row.subject && spokenReference('PRO', row.subject) : (row.reference ?? (row.subject && spokenReference('PER', row.subject))),
          row.plan && spokenReference('PLA', row.plan),
        ]
          .filter(Boolean)
          .join(':'),
        row.net,
      ]);
    return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async function figures(book: BookId): Promise<Record<string, Pence>> {
    const [found] = await life.house.database.read(life.everything, (tx) => life.house.app.get(LedgerQueries).figuresOfBooks(tx, [book]));
    return found!.of;
  }

  async function fileOf(book: BookId, query: string, who: Caller = auditor): Promise<string> {
    const answer = await who.file(`books/${book}/journal?${query}`);
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return answer.text;
  }

  it.each(['N', 'T', 'D'] as const)('of %s gives every account the balance that the ledger gives it', async (letter) => {
    const text = await fileOf(life.books[letter], 'format=journal');
    const { entries, controls } = readJournal(text);
    expect(balancesOf(entries)).toEqual(await ledgerSays(life.books[letter]));
    expect(entries.length).toBeGreaterThan(3);
    const of = await figures(life.books[letter]);
    for (const [kind, sum] of Object.entries(of)) {
      const said = controls.get(`balance ${kind}`);
      expect([kind, said ?? '£0.00']).toEqual([kind, `£${decimalPounds(sum)}`]);
    }
    expect(controls.get('sum debits')).toBe(controls.get('sum credits'));
    expect(controls.get('seal entries-without')).toBe('0');
    expect(BigInt(controls.get('seal last')!)).toBeGreaterThan(0n);
  });

  it.each(['N', 'T', 'D'] as const)('of %s as CSV has the same transfers and totals', async (letter) => {
    const book = life.books[letter];
    const rows = parse(await fileOf(book, 'format=csv'), { columns: true }) as Record<string, string>[];
    const moved = rows.filter((row) => row['entry_id'] !== 'control');
    const control = (what: string, of: string): Record<string, string> =>
      rows.find((row) => row['entry_id'] === 'control' && row['reference'] === what && row['kind'] === of)!;
    const balances: Record<string, bigint> = {};
    for (const row of moved) {
      const amount = BigInt(row['amount_pence']!);
      expect(row['amount_pounds']).toBe(decimalPounds(amount as Pence));
      balances[row['debit_account']!] = (balances[row['debit_account']!] ?? 0n) + amount;
      balances[row['credit_account']!] = (balances[row['credit_account']!] ?? 0n) - amount;
    }
    expect(
      Object.fromEntries(
        Object.entries(balances)
          .filter(([, sum]) => sum !== 0n)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ).toEqual(await ledgerSays(book));
    expect(control('count', 'transfers')['owner']).toBe(String(moved.length));
    expect(BigInt(control('sum', 'debits')['amount_pence']!)).toBe(moved.reduce((sum, row) => sum + BigInt(row['amount_pence']!), 0n));
    for (const [kind, sum] of Object.entries(await figures(book))) if (sum !== 0n) expect(control('balance', kind)['amount_pence']).toBe(String(sum));
    expect(control('entry', 'first')['owner']).toBe(moved[0]!['entry_id']);
    const dated = await life.house.database.read(life.everything, (tx) =>
      tx.row<{ n: number; on: string; counts: string; corrects: string | null }>(
        'select count(*)::int as n, min(effective_on)::text as on, min(booked_on)::text as counts from transfer where book_id = $1',
        [book],
      ),
    );
    expect(moved).toHaveLength(dated!.n);
    expect([moved.map((row) => row['effective_on']).sort()[0], moved.map((row) => row['booked_on']).sort()[0]]).toEqual([dated!.on, dated!.counts]);
  });

  it('names nobody: no person, no NHS number, no payee', async () => {
    for (const book of Object.values(life.books))
      for (const format of ['csv', 'journal']) {
        const text = await fileOf(book, `format=${format}`);
        expect(text).not.toMatch(/Asha|Bola|Carys|Invented|Otter|999\d{7}/i);
      }
  });

  it('of a period brings its opening balances forward, and two halves make the whole', async () => {
    const book = life.books.T;
    const first = readJournal(await fileOf(book, 'format=journal&until=2026-04-20'));
    const second = readJournal(await fileOf(book, 'format=journal&from=2026-04-20'));
    expect(second.entries[0]!.reference).toBe('opening');
    expect(balancesOf(second.entries)).toEqual(await ledgerSays(book));
    expect(balancesOf(second.entries.slice(0, 1))).toEqual(balancesOf(first.entries));
    expect(second.controls.get('opening line')).toBe(first.controls.get('balance line'));
    expect(first.entries.every((entry) => entry.countsOn < '2026-04-20')).toBe(true);
    const whole = readJournal(await fileOf(book, 'format=journal'));
    expect(Number(first.controls.get('count transfers')) + Number(second.controls.get('count transfers'))).toBe(Number(whole.controls.get('count transfers')));
    const year = readJournal(await fileOf(book, 'format=journal&from=2026-04-01&until=2027-04-01'));
    expect(year.controls.get('count transfers')).toBe(whole.controls.get('count transfers'));
  });

  it('keeps the true day beside the day it counts in, and says what a correction corrects', async () => {
    const book = life.books.N;
    const { database, app } = life.house;
    const actor = life.house.system({ books: [book] });
    const subject = life.people.A.id;
    const key = { book, kind: 'line' as const, subject, line: life.lines.A as never };
    const record = (reference: string, back: boolean, extra: object) =>
      database.transaction(actor, (tx) =>
        app.get(Ledger).record(tx, [
          {
            book,
            reference,
            kind: back ? 'correction' : 'agreed',
            effectiveOn: '2026-04-21' as never,
            transfers: [
              back
                ? { debit: key, credit: { book, kind: 'agreed' }, amount: pence(700) }
                : { debit: { book, kind: 'agreed' }, credit: key, amount: pence(700) },
            ],
            ...extra,
          },
        ]),
      );
    const reference = `late:${newId()}:agreed`;
    await record(reference, false, { bookOn: '2026-05-01' });
    const [made] = await database.read(actor, (tx) => tx.rows<{ id: string }>('select id from entry where reference = $1', [reference]));
    await record(`late:${newId()}:put-right`, true, { corrects: made!.id });
    const text = await fileOf(book, 'format=journal');
    expect(text).toContain(`2026-04-21=2026-05-01 * (${reference}) agreed\n`);
    expect(text).toContain(`    ; corrects: ${made!.id}\n`);
    expect(text).toContain('seal: none yet');
    expect(balancesOf(readJournal(text).entries)).toEqual(await ledgerSays(book));
    const rows = parse(await fileOf(book, 'format=csv'), { columns: true }) as Record<string, string>[];
    expect(rows.find((row) => row['corrects'])).toMatchObject({ corrects: made!.id, kind: 'correction' });
    await seal();
  });

  it('is read by hledger and ledger, which find the same balances', async () => {
    for (const letter of ['N', 'T', 'D'] as const) {
      const path = join(folder, `${letter}.journal`);
      await writeFile(path, await fileOf(life.books[letter], 'format=journal'));
      const expected = await ledgerSays(life.books[letter]);
      const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
      if (runs('hledger')) {
        const csv = execFileSync('hledger', ['-f', path, 'balance', '--flat', '--no-total', '-O', 'csv'], { env }).toString();
        const rows = parse(csv, { columns: true }) as { account: string; balance: string }[];
        expect(Object.fromEntries(rows.map((row) => [row.account, penceOf(row.balance)]))).toEqual(expected);
        execFileSync('hledger', ['-f', path, 'check'], { env });
      }
      if (runs('ledger')) {
        const text = execFileSync('ledger', ['-f', path, 'balance', '--flat', '--no-total', '--balance-format', '%(account)|%(display_total)\\n'], {
          env,
        }).toString();
        const found = text
          .split('\n')
          .filter((line) => line.includes('|'))
          .map((line) => line.split('|') as [string, string]);
        expect(Object.fromEntries(found.map(([account, sum]) => [account, penceOf(sum)]))).toEqual(expected);
      }
    }
  });

  it('is for those who may read the book, and each reading is written down', async () => {
    const { A, maker } = life.people;
    expect((await A.file(`books/${life.books.T}/journal`)).status).toBe(404);
    expect((await maker.file(`books/${life.books.N}/journal`)).status).toBe(404);
    expect((await maker.file(`books/${life.books.T}/journal?from=2026-05-01&until=2026-04-01`)).status).toBe(422);
    expect((await maker.file(`books/${life.books.T}/journal?format=pdf`)).status).toBe(422);
    expect((await maker.file(`books/${life.books.T}/journal`)).headers['content-disposition']).toMatch(/^attachment; filename="boo-/);
    const rows = await life.house.database.read(life.everything, (tx) =>
      tx.rows<{ actor: string }>(`select actor from audit_event where action = 'journal:export' and book_id = $1`, [life.books.T]),
    );
    expect(rows.map((row) => row.actor)).toEqual(expect.arrayContaining([auditor.id, maker.id]));
  });

  it('comes piece by piece, as fast as it is read, and stops when nobody reads', async () => {
    const file = await life.house.app.get(Journal).of(life.everything, { book: life.books.T, format: 'csv' });
    const pieces: string[] = [];
    await file.write(async (text) => void pieces.push(text));
    expect(pieces.length).toBeGreaterThan(2);
    await expect(file.write(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect((await auditor.file(`books/${life.books.T}/journal`)).status).toBe(200);
  });

  it('goes through a batch larger than a page, in pieces of one size', async () => {
    const { house } = life;
    const treasurer = await house.organisation('money-holder', 'A large treasurer');
    const book = await house.book('cash', 'A large book', { organisation: treasurer });
    const entries = Array.from({ length: 1_300 }, (_, n) => ({
      book,
      reference: `large:${n}:arrival`,
      kind: 'arrival' as const,
      effectiveOn: '2026-05-01' as never,
      transfers: [{ debit: { book, kind: 'bank' as const }, credit: { book, kind: 'unallocated' as const }, amount: pence(n + 1), owner: {} }],
    }));
    await house.database.transaction(house.system({ books: [book] }), (tx) => house.app.get(Ledger).record(tx, entries));
    const pieces: string[] = [];
    const file = await house.app.get(Journal).of(house.system({ books: [book] }), { book, format: 'csv' });
    await file.write(async (text) => void pieces.push(text));
    const rows = parse(pieces.join(''), { columns: true }) as Record<string, string>[];
    const moved = rows.filter((row) => row['entry_id'] !== 'control');
    expect(new Set(moved.map((row) => row['reference'])).size).toBe(1_300);
    expect(rows.find((row) => row['reference'] === 'balance' && row['kind'] === 'bank')!['amount_pence']).toBe(String((1_300 * 1_301) / 2));
    expect(pieces.map((piece) => piece.split('\r\n').length - 1).slice(1, -1)).toEqual([500, 500, 300]);
  });
});

const penceOf = (text: string): bigint => BigInt(text.replace(/[£,.\s]/g, ''));
