/** Scope: a transaction reads only what it was given, whatever the query forgot (truth 14). Raw SQL on the app's own connection. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { BookId, BudgetLineId, LocalDate, OrganisationId, PersonId, ReservationId } from '../../src/kernel/index.js';
import { newId, NO_SCOPE, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { Ledger, Seals } from '../../src/ledger/index.js';
import { appDataSource, Database, ownerDataSource, refuseStrongRole, SetClock, UNWALLED } from '../../src/platform/index.js';
import type { TestDatabase } from '../support/database.js';
import { testDatabase } from '../support/database.js';

const day = '2026-05-01' as LocalDate;

describe('the walls', () => {
  let made: TestDatabase;
  let source: DataSource;
  let database: Database;
  const [icb1, icb2] = [newId(), newId()] as unknown as [OrganisationId, OrganisationId];
  const [ann, raj] = [newId<'person'>(), newId<'person'>()] as [PersonId, PersonId];
  const [book1, book2] = [newId<'book'>(), newId<'book'>()] as [BookId, BookId];

  const everything = systemActor('test', { icbs: [icb1, icb2], people: [ann, raj], books: [book1, book2] });
  const lines = new Map([ann, raj].map((person) => [person, newId() as BudgetLineId]));
  const line = (book: BookId, person: PersonId): AccountKey => ({ book, kind: 'line', subject: person, line: lines.get(person) });

  /** As the role that owns the tables, with both books in scope. */
  async function asOwner(sql: string): Promise<void> {
    const owner = await ownerDataSource(made.adminUrl).initialize();
    try {
      await owner.query(`select set_config('app.books', '{${book1},${book2}}', false)`);
      await owner.query(sql);
    } finally {
      await owner.destroy();
    }
  }

  beforeAll(async () => {
    Logger.overrideLogger(false);
    made = await testDatabase();
    source = await appDataSource(made.appUrl, 4).initialize();
    database = new Database(source, new SetClock(new Date('2026-05-01T10:00:00Z')));
    await database.transaction(systemActor('test', { icbs: [icb1, icb2], people: [ann, raj], books: [book1, book2] }), async (tx) => {
      for (const [icb, person, book, name] of [
        [icb1, ann, book1, 'Ann'],
        [icb2, raj, book2, 'Raj'],
      ] as const) {
        await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An ICB', '2022-07-01')`, [icb]);
        await tx.run(`insert into person (id, first_name, family_name, created_at) values ($1, $2, 'Invented', now())`, [person, name]);
        await tx.run(`insert into responsibility (person_id, icb_id, from_day) values ($1, $2, '2026-04-01')`, [person, icb]);
        await tx.run(`insert into book (id, basis, name, organisation_id, opened_on) values ($1, 'allocation', 'A book', $2, '2026-04-01')`, [book, icb]);
        const held = newId<'reservation'>() as ReservationId;
        await new Ledger().record(tx, [
          {
            book,
            reference: `test:${name}`,
            kind: 'agreed',
            effectiveOn: day,
            transfers: [{ debit: { book, kind: 'agreed' }, credit: line(book, person), amount: pence(1000) }],
            reservations: [{ id: held, account: line(book, person), amount: pence(10), purpose: newId(), forDay: day, endsOn: day }],
          },
          { book, reference: `test:${name}:ended`, kind: 'commitment-ended', effectiveOn: day, endings: [{ reservation: held, as: 'void' }] },
        ]);
      }
    });
    await new Seals(database).sealWaiting();
  });
  afterAll(async () => {
    await source.destroy();
    await made.drop();
  });

  it('stand around every table but those listed with a reason', async () => {
    const tables = await database.read(systemActor('test', {}), (tx) =>
      tx.rows<{ table: string; walled: boolean; policies: bigint }>(
        `select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as walled, (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
         from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
      ),
    );
    const open = tables.filter((each) => !each.walled || each.policies === 0n).map((each) => each.table);
    expect(open).toEqual(UNWALLED.map((each) => each.table).sort());
    for (const each of UNWALLED) expect(each.reason.length).toBeGreaterThan(5);
  });

  it('show nothing when no scope is set, on a fresh connection and on a used one', async () => {
    const walled = ['person', 'responsibility', 'access_grant', 'account', 'entry', 'transfer', 'audit_event'];
    for (let turn = 0; turn < 2; turn++)
      for (const table of walled) {
        const [row] = (await source.query(`select count(*)::int as n from ${table}`)) as [{ n: number }];
        expect([table, row.n]).toEqual([table, 0]);
        expect(await database.read(systemActor('test', NO_SCOPE), (tx) => tx.rows(`select 1 from ${table}`))).toHaveLength(0);
      }
  });

  it('show an ICB its own people and not the next one’s', async () => {
    const names = (scope: object): Promise<{ name: string }[]> =>
      database.read(systemActor('test', scope), (tx) => tx.rows('select first_name as name from person order by 1'));
    expect(await names({ icbs: [icb1] })).toEqual([{ name: 'Ann' }]);
    expect(await names({ icbs: [icb2] })).toEqual([{ name: 'Raj' }]);
    expect(await names({ people: [raj] })).toEqual([{ name: 'Raj' }]);
    expect(await names({ books: [book1] })).toEqual([]);
  });

  it('show a book its own rows, and a person the rows of their own money', async () => {
    const transfers = (scope: object): Promise<{ book: string }[]> =>
      database.read(systemActor('test', scope), (tx) => tx.rows('select book_id as book from transfer'));
    expect(await transfers({ books: [book2] })).toEqual([{ book: book2 }]);
    expect(await transfers({ people: [ann] })).toEqual([{ book: book1 }]);
    expect(await transfers({ icbs: [icb1, icb2] })).toEqual([]);
  });

  it('refuse a row written outside the scope', async () => {
    const outside = database.transaction(systemActor('test', { people: [ann] }), (tx) =>
      tx.run(`insert into responsibility (person_id, icb_id, from_day) values ($1, $2, '2027-04-01')`, [raj, icb1]),
    );
    await expect(outside).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  const PART = 'its part of the year and book';
  const appendOnly = ['entry', 'transfer', PART, 'reservation_end', 'ledger_batch', 'seal'];
  /** Each has rows: a trigger for each row would have nothing to refuse where there is none. */
  const named = async (table: string): Promise<string> => {
    const of = table === PART ? 'transfer' : table;
    const [row] = await database.read(everything, (tx) => tx.rows<{ name: string }>(`select tableoid::regclass::text as name from ${of} limit 1`));
    return table === PART ? row!.name : table;
  };
  const changes = (table: string): string[] => [`update ${table} set book_id = book_id`, `delete from ${table}`, `truncate ${table} cascade`];

  it.each(appendOnly)('let nobody add, change or remove a row of %s by hand: not the app', async (name) => {
    const table = await named(name);
    for (const sql of [...changes(table), `insert into ${table} overriding system value select * from ${table}`])
      await expect(database.transaction(everything, (tx) => tx.run(sql))).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it.each(appendOnly)('let nobody change or remove a row of %s: not the owner of the table either', async (name) => {
    for (const sql of changes(await named(name))) await expect(asOwner(sql)).rejects.toMatchObject({ driverError: { code: 'CP003' } });
  });

  it('let nobody change or remove what was done or seen', async () => {
    for (const sql of ['update audit_event set id = id', 'delete from audit_event', 'truncate audit_event'])
      await expect(database.transaction(everything, (tx) => tx.run(sql))).rejects.toMatchObject({ driverError: { code: '42501' } });
    await expect(asOwner('truncate audit_event')).rejects.toMatchObject({ driverError: { code: 'CP003' } });
  });

  it('give the app nothing but reading of the ledger, and nothing at all of its parts by year', async () => {
    const rights = (tables: string): Promise<{ table: string; right: string }[]> =>
      database.read(systemActor('test', {}), (tx) =>
        tx.rows(
          `select c.relname as table, p.name as "right" from pg_class c cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p(name)
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and ${tables} and has_table_privilege(current_user, c.oid, p.name) order by 1, 2`,
        ),
      );
    expect(await rights('c.relispartition')).toEqual([]);
    const parts = await database.read(systemActor('test', {}), (tx) =>
      tx.rows('select 1 from pg_class where relispartition and relkind in ($1, $2)', ['r', 'p']),
    );
    expect(parts.length).toBeGreaterThanOrEqual(9); // the year in hand and two to come, each in two parts
    const ledger = [
      'account',
      'entry',
      'transfer',
      'reservation',
      'reservation_end',
      'ledger_batch',
      'unsealed_batch',
      'seal',
      'sealed_sum',
      'period_close',
      'closing_sum',
      'closing_balance',
    ];
    const found = await rights(`c.relname = any('{${ledger.join(',')}}')`);
    expect(found).toEqual([...ledger].sort().map((table) => ({ table, right: 'select' })));
  });

  it('keep the app from starting as a role that could pass them by', async () => {
    await expect(refuseStrongRole(source)).resolves.toBeUndefined();
    const owner = await ownerDataSource(made.adminUrl).initialize();
    await expect(refuseStrongRole(owner)).rejects.toThrow(/owns our tables/);
    await owner.destroy();
    const superuser = await ownerDataSource(made.superuserUrl).initialize();
    await expect(refuseStrongRole(superuser)).rejects.toThrow(/superuser/);
    await superuser.destroy();
  });
});
