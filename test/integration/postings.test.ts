/** Entries that share commits (`Postings`) give the rows and answers of the plain path, where each is written by itself. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { BookId, BudgetLineId, LocalDate, OrganisationId, PersonId, PlanLineId, PoolId } from '../../src/kernel/index.js';
import { newId, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey, NewEntry } from '../../src/ledger/index.js';
import { Ledger, ledgerChecks, Postings } from '../../src/ledger/index.js';
import { appDataSource, Database, SetClock } from '../../src/platform/index.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

const day = '2026-06-01' as LocalDate;

describe('postings that come at once', () => {
  let made: TestDatabase;
  let source: DataSource;
  let database: Database;
  const books = new Map<'together' | 'alone', BookId>();
  const people = Array.from({ length: 5 }, () => ({
    subject: newId<'person'>() as PersonId,
    line: newId() as unknown as BudgetLineId,
    planLine: newId() as unknown as PlanLineId,
  }));
  const pool = newId<'pool'>() as PoolId;

  beforeAll(async () => {
    made = await testDatabase();
    source = await appDataSource(made.appUrl, 6).initialize();
    database = new Database(source, new SetClock(new Date('2026-06-01T10:00:00Z')));
    for (const name of ['together', 'alone'] as const) {
      const [book, icb] = [newId<'book'>() as BookId, newId<'organisation'>() as OrganisationId];
      await database.transaction(systemActor('test', { icbs: [icb], books: [book] }), async (tx) => {
        await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An invented ICB', '2022-07-01')`, [icb]);
        await tx.run(`insert into book (id, basis, name, organisation_id, opened_on) values ($1, 'allocation', 'A book', $2, '2026-04-01')`, [book, icb]);
      });
      books.set(name, book);
    }
  });
  afterAll(async () => {
    await source.destroy();
    await made.drop();
  });

  const line = (book: BookId, n: number): AccountKey => ({ book, kind: 'line', subject: people[n]!.subject, line: people[n]!.line });
  const share = (book: BookId, n: number): AccountKey => ({ ...line(book, n), kind: 'share', planLine: people[n]!.planLine, pool });
  const entry = (book: BookId, reference: string, debit: AccountKey, credit: AccountKey, amount: bigint): NewEntry => ({
    book,
    reference,
    kind: debit.kind === 'agreed' ? 'agreed' : debit.kind === 'line' ? 'contribution' : 'returned',
    effectiveOn: day,
    transfers: [{ debit, credit, amount: pence(amount) }],
  });

  /** Money for everybody, then contributions: of person 0 more than there is, one twice, one again with another sum, and some of it back. */
  const history = (book: BookId): NewEntry[][] => [
    people.map((_, n) => entry(book, `agreed:${n}`, { book, kind: 'agreed' }, line(book, n), 1_000n)),
    [
      ...Array.from({ length: 12 }, (_, n) => entry(book, `put-in:0:${n}`, line(book, 0), share(book, 0), 100n)),
      ...[1, 2, 3].map((n) => entry(book, `put-in:${n}`, line(book, n), share(book, n), 250n)),
      entry(book, 'put-in:1', line(book, 1), share(book, 1), 250n),
    ],
    [
      entry(book, 'put-in:2', line(book, 2), share(book, 2), 251n),
      entry(book, 'back:3', share(book, 3), line(book, 3), 50n),
      entry(book, 'back:4', share(book, 4), line(book, 4), 1n),
    ],
  ];

  const told = (work: Promise<string>): Promise<string> => work.catch((error: { code?: string }) => `refused: ${error.code}`);
  const standing = (book: BookId): Promise<unknown[]> =>
    database.read(systemActor('test', { books: [book] }), (tx) =>
      tx.rows(
        `select a.kind, a.subject_id, a.posted_pence as posted from account a where a.book_id = $1 and a.kind <> 'agreed' and a.version > 0
         union all select e.kind, null, sum(t.amount_pence)::bigint from entry e join transfer t on t.entry_id = e.id where e.book_id = $1 group by e.kind order by 1, 2, 3`,
        [book],
      ),
    );

  it('answer and stand as those made one by one', async () => {
    const [together, alone] = [books.get('together')!, books.get('alone')!];
    const shared = new Postings(database, new Ledger());
    const plain = new Postings(database, new Ledger());
    const answers: Record<'together' | 'alone', string[]> = { together: [], alone: [] };
    for (const step of history(together)) answers.together.push(...(await Promise.all(step.map((each) => told(shared.post(each))))));
    for (const step of history(alone)) for (const each of step) answers.alone.push(await told(plain.postAlone(each)));
    expect(answers.together).toEqual(answers.alone);
    expect(answers.alone.filter((answer) => answer !== 'recorded')).toEqual([
      'refused: not-enough-free',
      'refused: not-enough-free',
      'replay',
      'refused: reference-reused',
      'refused: not-enough-free',
    ]);
    const byKind = (rows: unknown[]): unknown[] =>
      rows.map((row) => ({ ...(row as object), subject_id: people.findIndex(({ subject }) => subject === (row as { subject_id: string }).subject_id) }));
    expect(byKind(await standing(together))).toEqual(byKind(await standing(alone)));
  });

  it('share commits: fewer batches than entries', async () => {
    const [count] = await database.read(systemActor('test', { books: [...books.values()] }), (tx) =>
      tx.rows<{ together: bigint; alone: bigint }>(
        'select count(*) filter (where book_id = $1) as together, count(*) filter (where book_id = $2) as alone from ledger_batch',
        [books.get('together'), books.get('alone')],
      ),
    );
    expect(count!.alone).toBe(19n);
    expect(count!.together).toBeLessThan(10n);
  });

  it('leave every check of the ledger standing', async () => {
    const everything = systemActor('test', { books: [...books.values()], people: people.map(({ subject }) => subject), pools: [pool] });
    for (const check of ledgerChecks) expect([check.name, await database.read(everything, (tx) => check.find(tx))]).toEqual([check.name, []]);
  });

  it('are refused outside the scope of their book, whoever calls the ledger’s function', async () => {
    const stranger = systemActor('test', { books: [books.get('alone')!] });
    await expect(new Ledger().recordAlone(database, stranger, books.get('together')!, history(books.get('together')!)[0]!.slice(0, 1))).rejects.toMatchObject({
      driverError: { code: '42501' },
    });
  });
});
