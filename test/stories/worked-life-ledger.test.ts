/** Every figure of the worked life, as bare ledger entries: three members, three books, every kind of movement.
 *  The same life through the services is told in `one-life.test.ts`. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import type { BookId, BudgetLineId, Id, LocalDate, OrganisationId, Pence, PersonId, PoolId, ReservationId } from '../../src/kernel/index.js';
import { newId, parsePounds, splitEqually, systemActor } from '../../src/kernel/index.js';
import type { AccountKey, NewEntry, NewTransfer } from '../../src/ledger/index.js';
import { Ledger, ledgerChecks } from '../../src/ledger/index.js';
import { appDataSource, Database, SetClock } from '../../src/platform/index.js';
import { testDatabase } from '../support/database.js';
import { ledgerTable, queries } from '../support/ledger-table.js';

const day = '2026-05-01' as LocalDate;
const pounds = (text: string): Pence => parsePounds(text);
const [N, T, D] = [newId<'book'>(), newId<'book'>(), newId<'book'>()] as [BookId, BookId, BookId];
const pool = newId<'pool'>() as PoolId;
const people = { A: newId<'person'>(), B: newId<'person'>(), C: newId<'person'>() } as Record<'A' | 'B' | 'C', PersonId>;
const lines = { A: newId<'budget-line'>(), B: newId<'budget-line'>(), C: newId<'budget-line'>() } as Record<'A' | 'B' | 'C', BudgetLineId>;
const names = new Map(Object.entries(people).map(([letter, id]) => [id as string, letter]));

const line = (book: BookId, who: 'A' | 'B' | 'C'): AccountKey => ({ book, kind: 'line', subject: people[who], line: lines[who] });
const share = (book: BookId, who: 'A' | 'B' | 'C'): AccountKey => ({ book, kind: 'share', subject: people[who], line: lines[who], pool });
const plain = (book: BookId, kind: AccountKey['kind']): AccountKey => ({ book, kind });
const clearing = (book: BookId, channel: 'bank' | 'stripe' = 'stripe'): AccountKey => ({ book, kind: 'clearing', channel });
const owner = (who: 'A' | 'B' | 'C'): NewTransfer['owner'] => ({ subject: people[who], line: lines[who], pool });
const move = (debit: AccountKey, credit: AccountKey, amount: string, whose?: 'A' | 'B' | 'C', reservation?: ReservationId): NewTransfer => ({
  debit,
  credit,
  amount: pounds(amount),
  ...(whose ? { owner: owner(whose) } : {}),
  ...(reservation ? { reservation } : {}),
});

describe('one life in figures', () => {
  let source: DataSource;
  let database: Database;
  let drop: () => Promise<void>;
  const ledger = new Ledger();
  const actor = systemActor('story', { books: [N, T, D], pools: [pool], people: Object.values(people) });
  let step = 0;
  const record = (book: BookId, kind: NewEntry['kind'], ...transfers: NewTransfer[]): Promise<unknown> =>
    database.transaction(actor, (tx) => ledger.record(tx, [{ book, reference: `story:${++step}`, kind, effectiveOn: day, transfers }]));
  const tables = (): Promise<Record<string, Record<string, string>>> =>
    database.read(actor, async (tx) => ({ N: await ledgerTable(tx, N, names), T: await ledgerTable(tx, T, names), D: await ledgerTable(tx, D, names) }));

  beforeAll(async () => {
    const made = await testDatabase();
    drop = made.drop;
    source = await appDataSource(made.appUrl, 4).initialize();
    database = new Database(source, new SetClock(new Date('2026-05-01T10:00:00Z')));
    await database.transaction(actor, async (tx) => {
      const organisation = newId() as unknown as OrganisationId;
      await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'An ICB', '2022-07-01')`, [organisation]);
      for (const [id, basis] of [
        [N, 'allocation'],
        [T, 'cash'],
        [D, 'cash'],
      ])
        await tx.run(`insert into book (id, basis, name, organisation_id, opened_on) values ($1, $2, 'a book', $3, '2026-04-01')`, [id, basis, organisation]);
    });
  });
  afterAll(async () => {
    await source.destroy();
    await drop();
  });

  const reserved = { A: newId<'reservation'>(), B: newId<'reservation'>(), C: newId<'reservation'>() } as Record<'A' | 'B' | 'C', ReservationId>;

  it('1: budgets are agreed, and money arrives', async () => {
    await record(N, 'agreed', move(plain(N, 'agreed'), line(N, 'A'), '1200'));
    await record(T, 'arrival', move(plain(T, 'bank'), plain(T, 'unallocated'), '400'));
    await record(T, 'allocated', move(plain(T, 'unallocated'), line(T, 'B'), '400'));
    await record(D, 'arrival', move(plain(D, 'bank'), line(D, 'C'), '300'));
    expect(await tables()).toEqual({
      N: { agreed: '1200.00', 'line A': '1200.00' },
      T: { bank: '400.00', 'line B': '400.00' },
      D: { bank: '300.00', 'line C': '300.00' },
    });
  });

  it('2: each puts in 120.00; C by card, where it buys nothing until it has arrived', async () => {
    await record(N, 'contribution', move(line(N, 'A'), share(N, 'A'), '120'));
    await record(T, 'contribution', move(line(T, 'B'), share(T, 'B'), '120'));
    await record(D, 'remittance-sent', move(line(D, 'C'), plain(D, 'remitting'), '120'));
    const waiting = await database.read(actor, (tx) => queries.figuresOf(tx, [lines.C]));
    expect(waiting.get(lines.C)).toMatchObject({ free: pounds('180'), committed: pounds('120'), spent: 0n });
    await record(T, 'remittance-received', move(clearing(T), share(T, 'C'), '120'));
    await record(T, 'fee', move(plain(T, 'fees-due'), clearing(T), '2'));
    await record(D, 'remittance-arrived', move(plain(D, 'remitting'), clearing(D, 'bank'), '120', 'C'));
    await record(D, 'bank-line', move(clearing(D, 'bank'), plain(D, 'bank'), '120', 'C'));
    expect(await tables()).toEqual({
      N: { agreed: '1200.00', 'line A': '1080.00', 'share A': '120.00' },
      T: { bank: '400.00', clearing: '118.00', 'fees-due': '2.00', 'line B': '280.00', 'share B': '120.00', 'share C': '120.00' },
      D: { bank: '180.00', 'line C': '180.00' },
    });
  });

  it('3: C puts in 60.00 by Direct Debit', async () => {
    await record(D, 'remittance-sent', move(line(D, 'C'), plain(D, 'remitting'), '60'));
    await record(T, 'remittance-received', move(clearing(T), share(T, 'C'), '60'));
    await record(T, 'fee', move(plain(T, 'fees-due'), clearing(T), '0.60'));
    await record(D, 'remittance-arrived', move(plain(D, 'remitting'), clearing(D, 'bank'), '60', 'C'));
    await record(D, 'bank-line', move(clearing(D, 'bank'), plain(D, 'bank'), '60', 'C'));
    expect((await tables())['T']).toMatchObject({ clearing: '177.40', 'share C': '180.00', 'fees-due': '2.60' });
  });

  it('4: 100.00 is reserved for the sessions to come, and cannot be reserved twice', async () => {
    const sessions = newId<'purchase'>() as Id<string>;
    const parts = splitEqually(pounds('300'), 3);
    await database.transaction(actor, (tx) =>
      ledger.record(tx, [
        {
          book: N,
          reference: 'commit:N',
          kind: 'commitment',
          effectiveOn: day,
          reservations: [{ id: reserved.A, account: share(N, 'A'), amount: parts[0]!, purpose: sessions, forDay: day, endsOn: day }],
        },
        {
          book: T,
          reference: 'commit:T',
          kind: 'commitment',
          effectiveOn: day,
          reservations: [
            { id: reserved.B, account: share(T, 'B'), amount: parts[1]!, purpose: sessions, forDay: day, endsOn: day },
            { id: reserved.C, account: share(T, 'C'), amount: parts[2]!, purpose: sessions, forDay: day, endsOn: day },
          ],
        },
      ]),
    );
    const balance = await database.read(actor, (tx) => queries.balanceOf(tx, share(T, 'B')));
    expect(balance).toEqual({ posted: pounds('120'), reserved: pounds('100'), free: pounds('20') });
    const tooMuch: NewEntry = {
      book: T,
      reference: 'commit:again',
      kind: 'commitment',
      effectiveOn: day,
      reservations: [{ id: newId(), account: share(T, 'B'), amount: pounds('20.01'), purpose: newId(), forDay: day, endsOn: day }],
    };
    await expect(database.transaction(actor, (tx) => ledger.record(tx, [tooMuch]))).rejects.toMatchObject({ code: 'not-enough-free' });
  });

  it('5: the invoice of 100.00 is split to the penny', async () => {
    const [a, b, c] = splitEqually(pounds('100'), 3);
    expect([a, b, c]).toEqual([3334n, 3333n, 3333n]);
    await record(N, 'invoice', move(share(N, 'A'), plain(N, 'payable'), '33.34', undefined, reserved.A));
    await record(
      T,
      'invoice',
      move(share(T, 'B'), plain(T, 'payable'), '33.33', undefined, reserved.B),
      move(share(T, 'C'), plain(T, 'payable'), '33.33', undefined, reserved.C),
    );
    expect(await tables()).toMatchObject({ N: { 'share A': '86.66', payable: '33.34' }, T: { 'share B': '86.67', 'share C': '146.67', payable: '66.66' } });
  });

  it('6: two payments, a file from N and Stripe from T', async () => {
    await record(N, 'payment', move(plain(N, 'payable'), plain(N, 'spent'), '33.34', 'A'));
    await record(T, 'payment', move(plain(T, 'payable'), clearing(T), '33.33', 'B'), move(plain(T, 'payable'), clearing(T), '33.33', 'C'));
    expect(await tables()).toMatchObject({ N: { spent: '33.34' }, T: { clearing: '110.74' } });
  });

  it('7: a refund of 50.00 lands in T and is split over what is unrefunded; A’s part goes on to N', async () => {
    await record(
      T,
      'refund',
      move(clearing(T), share(T, 'B'), '16.67'),
      move(clearing(T), share(T, 'C'), '16.66'),
      move(clearing(T), plain(T, 'remitting'), '16.67', 'A'),
    );
    const onItsWay = (await database.read(actor, (tx) => queries.figuresOf(tx, [lines.A]))).get(lines.A)!;
    expect([onItsWay.spent, onItsWay.remitting]).toEqual([1667n, 1667n]);
    await record(T, 'bank-line', move(clearing(T, 'bank'), plain(T, 'bank'), '16.67', 'A'));
    await record(N, 'remittance-received', move(plain(N, 'spent'), share(N, 'A'), '16.67'));
    await record(T, 'remittance-arrived', move(plain(T, 'remitting'), clearing(T, 'bank'), '16.67', 'A'));
    expect(await tables()).toMatchObject({ N: { 'share A': '103.33', spent: '16.67' }, T: { 'share B': '103.34', 'share C': '163.33', bank: '383.33' } });
  });

  it('8: C leaves: 33.34 of her reservation is voided, 130.00 goes back, the notice session is paid', async () => {
    const left = await database.read(actor, (tx) => tx.row<{ left: Pence }>('select left_pence as left from reservation where id = $1', [reserved.C]));
    expect(left!.left).toBe(pounds('66.67'));
    await database.transaction(actor, (tx) =>
      ledger.record(tx, [
        {
          book: T,
          reference: 'leave:C',
          kind: 'commitment-ended',
          effectiveOn: day,
          endings: [{ reservation: reserved.C, amount: pounds('33.34'), as: 'void' }],
        },
      ]),
    );
    await record(T, 'remittance-sent', move(share(T, 'C'), plain(T, 'remitting'), '130'));
    await record(T, 'bank-line', move(clearing(T, 'bank'), plain(T, 'bank'), '130', 'C'));
    await record(D, 'remittance-received', move(plain(D, 'bank'), line(D, 'C'), '130'));
    await record(T, 'remittance-arrived', move(plain(T, 'remitting'), clearing(T, 'bank'), '130', 'C'));
    await record(T, 'invoice', move(share(T, 'C'), plain(T, 'payable'), '33.33', undefined, reserved.C));
    await record(T, 'payment', move(plain(T, 'payable'), clearing(T), '33.33', 'C'));
  });

  it('9: months later the Direct Debit is claimed back: a receivable from C and from nobody else', async () => {
    await record(T, 'receivable', move(plain(T, 'receivable'), clearing(T), '60', 'C'));
    await record(D, 'arrival', move(plain(D, 'bank'), plain(D, 'unallocated'), '60'));
  });

  it('ends where the worked life ends, to the penny', async () => {
    const end = await tables();
    expect(end['N']).toEqual({ agreed: '1200.00', 'line A': '1080.00', 'share A': '103.33', spent: '16.67' });
    expect(end['T']).toEqual({ bank: '253.33', clearing: '67.41', 'line B': '280.00', 'share B': '103.34', receivable: '60.00', 'fees-due': '2.60' });
    expect(end['D']).toEqual({ bank: '310.00', 'line C': '250.00', unallocated: '60.00' });
    const numbers = await database.read(actor, (tx) => queries.figuresOf(tx, [lines.A, lines.B, lines.C]));
    expect(numbers.get(lines.C)).toMatchObject({ free: pounds('250'), reserved: 0n, remitting: 0n, payable: 0n, spent: pounds('50') });
    const owned = await database.read(actor, (tx) => queries.ownedIn(tx, T));
    expect(owned.reduce((sum, each) => sum + each.owned, 0n)).toBe(pounds('383.34'));
    expect(owned.find((each) => each.subject === people.B)).toMatchObject({ owned: pounds('383.34'), owes: 0n });
    expect(owned.find((each) => each.subject === people.C)).toMatchObject({ owned: 0n, owes: pounds('60') });
    for (const check of ledgerChecks) expect({ [check.name]: await database.read(actor, (tx) => check.find(tx)) }).toEqual({ [check.name]: [] });
  });

  it('gives a repeat the same answer, and refuses the same reference for something else', async () => {
    const entry: NewEntry = { book: N, reference: 'story:1', kind: 'agreed', effectiveOn: day, transfers: [move(plain(N, 'agreed'), line(N, 'A'), '1200')] };
    expect(await database.transaction(actor, (tx) => ledger.record(tx, [entry]))).toEqual(['replay']);
    const other = { ...entry, transfers: [move(plain(N, 'agreed'), line(N, 'A'), '1201')] };
    await expect(database.transaction(actor, (tx) => ledger.record(tx, [other]))).rejects.toMatchObject({ code: 'reference-reused' });
    expect((await tables())['N']).toMatchObject({ agreed: '1200.00' });
  });
});
