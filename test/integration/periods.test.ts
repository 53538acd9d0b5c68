/** Periods: closed once and for good; what comes late counts in the first open day, with its true day kept. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { BookId, LocalDate } from '../../src/kernel/index.js';
import { dayOf, financialYearOf } from '../../src/kernel/index.js';
import type { PeriodClose } from '../../src/ledger/index.js';
import { ownerDataSource } from '../../src/platform/index.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { entry, LedgerHouse, lineOf, member, move, plain, pool, shareOf } from '../support/ledger-house.js';

const on = (day: string): LocalDate => day as LocalDate;

describe('periods of a book', () => {
  let house: LedgerHouse;
  let book: BookId;
  const ann = member();
  const group = pool();

  beforeAll(async () => {
    house = await LedgerHouse.open('2026-07-10T10:00:00Z');
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    book = await house.book('cash', '2026-04-01');
  });

  const arrival = (day: string, amount: number, more: object = {}) =>
    entry(book, 'arrival', [move(plain(book, 'bank'), lineOf(book, ann), amount)], { effectiveOn: on(day), ...more });
  const close = async (until: string): Promise<PeriodClose> => {
    await house.seals.sealBook(book);
    return house.database.transaction(house.actor, (tx) => house.books.close(tx, house.actor, book, on(until)));
  };
  const daysOf = (reference: string) =>
    house.sql<{ effective: LocalDate; booked: LocalDate }>(
      'select effective_on as effective, booked_on as booked from entry where book_id = $1 and reference = $2',
      [book, reference],
    );

  it('are closed with the sums of every kind of account, by somebody, at a moment', async () => {
    await house.record(arrival('2026-05-20', 1_000), arrival('2026-06-30', 500), arrival('2026-07-01', 70));
    await house.record(entry(book, 'contribution', [move(lineOf(book, ann), shareOf(book, ann, group), 300)], { effectiveOn: on('2026-06-02') }));
    const owner = { subject: ann.subject };
    const claim = [move({ book, kind: 'receivable', subject: ann.subject }, plain(book, 'clearing', 'stripe'), 40, { owner })];
    await house.record(entry(book, 'receivable', claim, { effectiveOn: on('2026-07-02') }));
    expect(await close('2026-07-01')).toMatchObject({
      book,
      from: '2026-04-01',
      until: '2026-07-01',
      closedBy: 'system:test',
      closedAt: house.clock.now(),
      sums: { bank: 1_500n, line: 1_200n, share: 300n },
    });
    expect(await house.faults()).toEqual({});
  });

  it('take nothing any more: what comes late counts on the first open day, with its true day kept', async () => {
    await house.record(arrival('2026-05-20', 1_000));
    await close('2026-06-01');
    const late = arrival('2026-05-20', 20);
    await house.record(late, arrival('2026-06-03', 30));
    expect(await daysOf(late.reference)).toEqual([{ effective: '2026-05-20', booked: '2026-06-01' }]);
    expect((await close('2026-07-01')).sums).toMatchObject({ bank: 1_050n });
    expect(
      (await house.database.read(house.actor, (tx) => house.books.closes(tx, book, { limit: 5 }))).map((each) => [each.from, each.until, each.sums.bank]),
    ).toEqual([
      ['2026-06-01', '2026-07-01', 1_050n],
      ['2026-04-01', '2026-06-01', 1_000n],
    ]);
    const days = { effective: { effectiveOn: on('2026-05-31') }, booked: { bookedOn: on('2026-05-31') } };
    const bank = (asOf: (typeof days)[keyof typeof days]) => house.database.read(house.actor, (tx) => house.queries.balanceAsOf(tx, plain(book, 'bank'), asOf));
    expect([await bank(days.effective), await bank(days.booked)]).toEqual([1_020n, 1_000n]);
    expect(await house.faults()).toEqual({});
  });

  it('refuse an entry that asks for a closed day outright, and take it on an open one', async () => {
    await close('2026-06-01');
    await expect(house.record(arrival('2026-05-20', 20, { bookOn: on('2026-05-31') }))).rejects.toMatchObject({ code: 'period-closed' });
    const late = arrival('2026-05-20', 20, { bookOn: on('2026-06-15') });
    await house.record(late);
    expect(await daysOf(late.reference)).toEqual([{ effective: '2026-05-20', booked: '2026-06-15' }]);
  });

  it('are never opened again, and not closed before they are over', async () => {
    await close('2026-06-01');
    for (const until of ['2026-06-01', '2026-05-01', '2026-03-01']) await expect(close(until)).rejects.toMatchObject({ code: 'closed-before' });
    await expect(close('2026-07-11')).rejects.toMatchObject({ code: 'day-not-over' });
    expect((await close('2026-07-10')).until).toBe('2026-07-10');
    const back = house.database.transaction(house.actor, (tx) => tx.run(`update book set open_from = '2026-04-01' where id = $1`, [book]));
    await expect(back).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('are not closed over a batch that waits for its seal', async () => {
    await house.record(arrival('2026-05-20', 1_000));
    const unsealed = house.database.transaction(house.actor, (tx) => house.books.close(tx, house.actor, book, on('2026-06-01')));
    await expect(unsealed).rejects.toMatchObject({ code: 'seal-outstanding' });
    await house.record(arrival('2026-06-20', 1));
    await house.seals.sealBook(book);
    await house.record(arrival('2026-06-21', 1));
    await house.database.transaction(house.actor, (tx) => house.books.close(tx, house.actor, book, on('2026-06-01')));
    expect(await house.faults()).toEqual({});
  });

  it('wait for a writer in flight, who keeps the day that was open when it began', async () => {
    await house.record(arrival('2026-05-01', 1));
    await house.seals.sealBook(book);
    const slow = arrival('2026-05-20', 1_000);
    let go = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      go = resolve;
    });
    let written = (): void => undefined;
    const wrote = new Promise<void>((resolve) => {
      written = resolve;
    });
    const writer = house.database.transaction(house.actor, async (tx) => {
      await house.ledger.record(tx, [slow]);
      written();
      await gone;
    });
    await wrote;
    const closing = house.database
      .transaction(house.actor, (tx) => house.books.close(tx, house.actor, book, on('2026-06-01')))
      .then(
        () => 'closed',
        (error: { code: string }) => error.code,
      );
    expect(await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 200, 'waits'))])).toBe('waits');
    go();
    await writer;
    expect(await closing).toBe('seal-outstanding'); // it saw what the writer brought, and that it is not sealed
    expect(await daysOf(slow.reference)).toEqual([{ effective: '2026-05-20', booked: '2026-05-20' }]);
    expect((await close('2026-06-01')).sums).toMatchObject({ bank: 1_001n });
  });

  it.each(['period_close', 'closing_sum', 'closing_balance'])('leave rows of %s that nobody changes: not the app, not the owner', async (table) => {
    await house.record(arrival('2026-05-20', 1_000));
    await close('2026-06-01');
    for (const sql of [
      `update ${table} set book_id = book_id`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
      `insert into ${table} select * from ${table}`,
    ])
      await expect(house.database.transaction(house.actor, (tx) => tx.run(sql))).rejects.toMatchObject({ driverError: { code: '42501' } });
    const owner = await ownerDataSource(house.made.adminUrl).initialize();
    for (const sql of [`update ${table} set book_id = book_id`, `delete from ${table}`, `truncate ${table} cascade`])
      await expect(owner.query(`select set_config('app.books', '{${book}}', false); ${sql}`)).rejects.toMatchObject({ driverError: { code: 'CP003' } });
    await owner.destroy();
  });

  it('that were changed afterwards are named', async () => {
    await house.record(arrival('2026-05-20', 1_000), arrival('2026-06-20', 10));
    await close('2026-06-01');
    await house.tamper(
      `update book set open_from = '2026-05-01' where id = '${book}'`,
      `update transfer set booked_on = '2026-05-20' where book_id = '${book}' and booked_on = '2026-06-20'`,
    );
    expect((await house.faults())['closed-periods-stay']).toEqual(
      expect.arrayContaining([`book ${book}, closed before 2026-06-01: bank stood at -1000 pence and its rows now make -1010`]),
    );
    expect((await house.faults())['periods-follow-each-other']).toEqual([`book ${book} is open from 2026-05-01 but was closed before 2026-06-01`]);
  });
});

describe('financial years of the ledger', () => {
  let house: LedgerHouse;
  beforeAll(async () => {
    house = await LedgerHouse.open('2026-03-31T10:00:00Z');
  });
  afterAll(() => house.close());

  it('do not make a retry new: after 31 March it meets its first answer', async () => {
    const book = await house.book('cash');
    const ann = member();
    const last = entry(book, 'arrival', [move(plain(book, 'bank'), lineOf(book, ann), 100)], { effectiveOn: on('2026-03-31') });
    expect(await house.record(last)).toEqual(['recorded']);
    house.clock.set(new Date('2026-04-02T10:00:00Z'));
    expect(await house.record(last)).toEqual(['replay']);
    await expect(house.record({ ...last, effectiveOn: on('2026-04-01') })).rejects.toMatchObject({ code: 'reference-reused' });
    await house.record(entry(book, 'arrival', [move(plain(book, 'bank'), lineOf(book, ann), 10)], { effectiveOn: on('2026-04-02') }));
    const years = await house.sql<{ part: string }>('select tableoid::regclass::text as part from transfer where book_id = $1 order by booked_on', [book]);
    expect(years.map(({ part }) => part.slice(0, 13))).toEqual(['transfer_2025', 'transfer_2026']);
    expect(await house.faults()).toEqual({});
  });

  it('are made by every migrate, kept like the others, and missed by a check', async () => {
    const superuser = new pg.Client({ connectionString: house.made.superuserUrl });
    await superuser.connect();
    const { year } = financialYearOf(dayOf(new Date()));
    await superuser.query(`drop table transfer_${year + 1}; drop table transfer_${year + 2}`);
    expect((await house.faults())['years-are-ready']).toEqual([`the financial year from 1 April ${year + 1} has no place: run migrate`]);
    await migrate(house.made.adminUrl);
    await migrate(house.made.adminUrl);
    expect(await house.faults()).toEqual({});
    const guards = async (of: number) =>
      (
        await superuser.query<{ name: string }>(
          `select tgname as name from pg_trigger where tgrelid = 'transfer_${of}_0'::regclass and tgenabled = 'O' order by 1`,
        )
      ).rows;
    expect(await guards(year + 2)).toEqual(await guards(year));
    expect(await guards(year)).toHaveLength(2);
    await superuser.end();
  });
});
