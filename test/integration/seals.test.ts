/** Seals: every committed batch is hashed and chained beside the writes; whatever is changed afterwards, the first broken seal is named. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { BookId, LocalDate } from '../../src/kernel/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { SealWatch } from '../../src/ledger/index.js';
import type { Member } from '../support/ledger-house.js';
import { cliWith, dataFolder } from '../support/program.js';
import { entry, LedgerHouse, lineOf, member, move, plain, pool, reservation, shareOf } from '../support/ledger-house.js';

describe('seals', () => {
  let house: LedgerHouse;
  let book: BookId;
  let ann: Member;
  const group = pool();

  beforeAll(async () => {
    house = await LedgerHouse.open();
  });
  afterAll(() => house.close());

  beforeEach(async () => {
    house.opened.length = 0;
    book = await house.book('cash');
    ann = member();
  });

  /** Five batches, one commit each: arrival, contribution, commitment, invoice with the rest freed, payment. */
  async function life(of = book, who = ann): Promise<void> {
    const [share, set] = [shareOf(of, who, group), reservation()];
    await house.record(entry(of, 'arrival', [move(plain(of, 'bank'), lineOf(of, who), 10_000)]));
    await house.record(entry(of, 'contribution', [move(lineOf(of, who), share, 6_000)]));
    const setAside = {
      id: set,
      account: share,
      amount: 2_000n as never,
      purpose: reservation(),
      forDay: '2026-05-03' as LocalDate,
      endsOn: '2026-06-30' as LocalDate,
    };
    await house.record(entry(of, 'commitment', [], { reservations: [setAside] }));
    const invoiced = move(share, { book: of, kind: 'payable', subject: group }, 1_500, { reservation: set });
    await house.record(entry(of, 'invoice', [invoiced], { endings: [{ reservation: set, as: 'void' }] }));
    const owner = { ...who, pool: group };
    await house.record(entry(of, 'payment', [move({ book: of, kind: 'payable', subject: group }, plain(of, 'clearing', 'bank'), 1_500, { owner })]));
  }
  const broken = () => house.seals.broken([book]);

  it('are set on every batch, in one chain a book, and hold', async () => {
    const other = await house.book('cash');
    await life();
    await life(other, member());
    expect(await house.seals.sealWaiting()).toBe(10);
    expect(await house.seals.sealWaiting()).toBe(0);
    const heads = await house.seals.heads([book, other]);
    expect(heads.map((head) => head.n)).toEqual([5, 5]);
    expect(new Set(heads.map((head) => head.hash)).size).toBe(2);
    expect(await house.faults()).toEqual({});
  });

  it('say the same, whatever the connection has set', async () => {
    await life();
    await house.seals.sealWaiting();
    const canon = await house.sql<{ same: boolean }>(
      `with set as (select set_config('TimeZone', 'Asia/Tokyo', true), set_config('DateStyle', 'German', true), set_config('extra_float_digits', '0', true))
      select bool_and(s.hash = sha256(s.before || c.canon)) as same from set, seal s, lateral ledger_canon(s.book_id, array[s.batch_id], array(select booked_on from entry where batch_id = s.batch_id)) c where s.book_id = $1`,
      [book],
    );
    expect(canon).toEqual([{ same: true }]);
  });

  const nth = (n: number): string => `(select batch_id from seal where book_id = '${book}' and n = ${n})`;
  const entryOf = (n: number): string => `(select id from entry where batch_id = ${nth(n)})`;
  const NOT_AS_SEALED = /are not what was sealed/;
  it.each<[string, number, RegExp, () => string[]]>([
    ['an amount changed', 1, NOT_AS_SEALED, () => [`update transfer set amount_pence = amount_pence + 1 where entry_id = ${entryOf(1)}`]],
    ['money given to another account', 2, NOT_AS_SEALED, () => [`update transfer set credit_account_id = gen_random_uuid() where entry_id = ${entryOf(2)}`]],
    ['whose money it was', 1, NOT_AS_SEALED, () => [`update transfer set subject_id = gen_random_uuid() where entry_id = ${entryOf(1)}`]],
    ['an id moved to the next column', 1, NOT_AS_SEALED, () => [`update transfer set plan_line_id = line_id, line_id = null where entry_id = ${entryOf(1)}`]],
    ['a day changed', 2, NOT_AS_SEALED, () => [`update entry set effective_on = effective_on - 1 where id = ${entryOf(2)}`]],
    ['a moment changed', 2, NOT_AS_SEALED, () => [`update entry set booked_at = booked_at + interval '1 second' where id = ${entryOf(2)}`]],
    ['a reference changed', 2, NOT_AS_SEALED, () => [`update entry set reference = reference || '0' where id = ${entryOf(2)}`]],
    ['a reservation made smaller', 3, NOT_AS_SEALED, () => [`update reservation set amount_pence = 1999, left_pence = 0 where entry_id = ${entryOf(3)}`]],
    ['an ending made larger', 4, NOT_AS_SEALED, () => [`update reservation_end set amount_pence = 501 where entry_id = ${entryOf(4)}`]],
    ['a transfer removed', 5, NOT_AS_SEALED, () => [`delete from transfer where entry_id = ${entryOf(5)}`]],
    ['an entry removed', 4, NOT_AS_SEALED, () => [`delete from entry where id = ${entryOf(4)}`]],
    ['a batch removed', 3, NOT_AS_SEALED, () => [`delete from ledger_batch where id = ${nth(3)}`]],
    [
      'a batch removed with its entry',
      3,
      /its batch \d+ is gone/,
      () => [`delete from entry where batch_id = ${nth(3)}`, `delete from ledger_batch where id = ${nth(3)}`],
    ],
    [
      'an entry added to a sealed batch',
      2,
      NOT_AS_SEALED,
      () => [
        `insert into entry select gen_random_uuid(), book_id, batch_id, 'late:one', kind, effective_on, booked_on, booked_at, null, content_hash from entry where id = ${entryOf(2)}`,
      ],
    ],
    [
      'a transfer added to a sealed entry',
      2,
      NOT_AS_SEALED,
      () => [
        `insert into transfer select gen_random_uuid(), entry_id, book_id, kind, debit_account_id, credit_account_id, debit_kind, credit_kind, 1, owner_account_id, subject_id, line_id, plan_line_id,
         pool_id, null, effective_on, booked_on, booked_at from transfer where entry_id = ${entryOf(2)}`,
      ],
    ],
    ['a link removed', 4, /the seal before it is gone/, () => [`delete from seal where book_id = '${book}' and n = 3`]],
    ['the last links removed', 4, /the seal of batch \d+ is gone/, () => [`delete from seal where book_id = '${book}' and n >= 4`]],
    ['all links removed', 1, /the seal of batch \d+ is gone/, () => [`delete from seal where book_id = '${book}'`]],
    [
      'two links that changed places',
      2,
      /it does not follow the seal before/,
      () => [
        `update seal set n = 99 where book_id = '${book}' and n = 2`,
        `update seal set n = 2 where book_id = '${book}' and n = 3`,
        `update seal set n = 3 where book_id = '${book}' and n = 99`,
      ],
    ],
    [
      'a link made again for changed rows',
      3,
      /it does not follow the seal before/,
      () => [
        `update transfer set amount_pence = amount_pence + 1 where entry_id = ${entryOf(2)}`,
        `update seal s set hash = sha256(s.before || c.canon) from ledger_canon('${book}', array[${nth(2)}], array[(select booked_on from entry where batch_id = ${nth(2)})]) c where s.book_id = '${book}' and s.n = 2`,
      ],
    ],
    ['two faults: the first', 2, NOT_AS_SEALED, () => [`delete from transfer where entry_id in (${entryOf(5)}, ${entryOf(2)})`]],
  ])('name the first one broken: %s', async (_, n, why, statements) => {
    await life();
    await house.seals.sealWaiting();
    expect(await broken()).toEqual([]);
    await house.tamper(...statements());
    const found = await broken();
    expect(found.map((each) => [each.book, each.n])).toEqual([[book, n]]);
    expect(found[0]!.why).toMatch(why);
    expect((await house.faults())['seals-hold']).toEqual([`book ${book}, seal ${n}: ${found[0]!.why}`]);
  });

  it.each<[string, string, string]>([
    ['batches-are-whole', 'an entry less', `delete from entry where batch_id in (select batch_id from seal where book_id = 'BOOK' and n = 5)`],
    ['batches-are-whole', 'a reservation of no entry', `update reservation set entry_id = gen_random_uuid() where book_id = 'BOOK'`],
    ['batches-are-whole', 'an ending of no entry', `update reservation_end set entry_id = gen_random_uuid() where book_id = 'BOOK'`],
    [
      'accounts-are-what-they-are-named-for',
      'a line given to another',
      `update account set subject_id = gen_random_uuid() where book_id = 'BOOK' and kind = 'line'`,
    ],
    ['sealed-sums-are-sums', 'a sum changed', `update sealed_sum set net_pence = net_pence + 1 where book_id = 'BOOK' and kind = 'bank'`],
    ['sealed-sums-are-sums', 'a sum removed', `delete from sealed_sum where book_id = 'BOOK' and kind = 'clearing'`],
  ])('are not the only watch: %s finds %s', async (check, _, sql) => {
    await life();
    await house.seals.sealWaiting();
    await house.tamper(sql.replaceAll('BOOK', book));
    expect(Object.keys(await house.faults())).toContain(check);
  });

  it('made all again for changed rows are found by the heads that were written down', async () => {
    await life();
    await house.seals.sealWaiting();
    const heads = await house.seals.heads([book]);
    expect(await house.seals.missing(heads)).toEqual([]);
    await house.tamper(
      `update transfer set amount_pence = amount_pence + 1 where entry_id = ${entryOf(2)}`,
      `insert into unsealed_batch (batch_id, book_id) select batch_id, book_id from seal where book_id = '${book}'`,
      `delete from seal where book_id = '${book}'`,
      `delete from sealed_sum where book_id = '${book}'`,
    );
    await house.seals.sealWaiting();
    expect(await broken()).toEqual([]);
    expect(await house.seals.missing(heads)).toEqual([{ book, n: 5, why: 'it is not the seal that was written down' }]);
  });

  it('are printed, proved and compared from the command line', async () => {
    await life();
    const folder = await dataFolder();
    const seals = (...words: string[]) => cliWith(folder, { DATABASE_URL: house.made.appUrl }, 'seals', ...words);
    const printed = await seals();
    const [head] = await house.seals.heads([book]);
    expect(printed).toMatchObject({ code: 0 });
    expect(printed.out).toContain(`${book} 5 ${head!.hash}\n`);
    const kept = join(folder, 'heads.txt');
    await writeFile(kept, `${book} 5 ${head!.hash}\n`);
    expect(await seals('--against', kept)).toMatchObject({ code: 0, out: expect.stringContaining('All 1 heads are where they were.') });
    await house.tamper(`update transfer set amount_pence = amount_pence + 1 where entry_id = ${entryOf(2)}`);
    expect(await seals('--verify')).toMatchObject({
      code: 1,
      out: expect.stringMatching(`BROKEN ${book} 2: the rows of its batch \\d+ are not what was sealed`),
    });
    await writeFile(kept, `${book} 5 ${'0'.repeat(64)}\n`);
    const compared = await seals('--against', kept, '--json');
    expect(compared.code).toBe(1);
    expect(JSON.parse(compared.out)).toMatchObject({ ok: false, broken: [{ book, n: 5, why: 'it is not the seal that was written down' }] });
    await writeFile(kept, 'nothing of the kind');
    expect((await seals('--against', kept)).code).toBe(1);
    await rm(folder, { recursive: true });
  }, 60_000);

  it('are set while twenty write, by two sealers at once, each batch once', async () => {
    const who = member();
    await house.record(entry(book, 'arrival', [move(plain(book, 'bank'), lineOf(book, who), 1_000_000)]));
    let writing = true;
    const sealers = [1, 2].map(async () => {
      let sealed = 0;
      while (writing) sealed += await house.seals.sealWaiting();
      return sealed + (await house.seals.sealWaiting());
    });
    await Promise.all(
      Array.from({ length: 20 }, async (_, writer) => {
        for (let n = 0; n < 10; n += 1) await house.record(entry(book, 'contribution', [move(lineOf(book, who), shareOf(book, who, group), writer + n + 1)]));
      }),
    );
    writing = false;
    const sealed = (await Promise.all(sealers)).reduce((sum, each) => sum + each, 0);
    expect(sealed).toBe(201);
    expect((await house.seals.heads([book]))[0]!.n).toBe(201);
    expect(await house.faults()).toEqual({});
  });

  it('are all or none of a round when the sealer is killed in it', async () => {
    await life();
    const client = new pg.Client({ connectionString: house.made.appUrl });
    client.on('error', () => undefined);
    await client.connect();
    const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
    await client.query('begin');
    await client.query(`select set_config('app.books', '{${book}}', true)`);
    expect((await client.query<{ n: number }>('select ledger_seal($1, 3, now()) as n', [book])).rows).toEqual([{ n: 3 }]);
    const waits = house.seals.sealWaiting();
    await house.tamper(`select pg_terminate_backend(${pid})`);
    expect(await waits).toBe(5);
    expect(await broken()).toEqual([]);
    expect(await house.faults()).toEqual({});
    await client.end().catch(() => undefined);
  });

  it('of a book that cannot be sealed hold up no other, and the check says who waits', async () => {
    const other = await house.book('cash');
    await life();
    await life(other, member());
    await house.tamper(
      `update unsealed_batch set waits_since = now() - interval '16 minutes' where book_id = '${book}'`,
      `insert into seal select '${book}', 1, batch_id, '', '', now() from unsealed_batch where book_id = '${book}' order by batch_id limit 1`,
    );
    expect(await house.seals.sealWaiting()).toBe(5);
    expect(await house.seals.broken([other])).toEqual([]);
    expect((await house.faults())['seals-keep-up']![0]).toMatch(`book ${book}: 5 batches wait for their seal`);
    await house.tamper(`delete from seal where book_id = '${book}'`);
    expect(await house.seals.sealWaiting()).toBe(5);
  });

  it('are proved at night page by page, and go on where the proof was stopped', async () => {
    const others = [await house.book('cash'), await house.book('cash')];
    await life();
    for (const other of others) await life(other, member());
    await house.seals.sealWaiting();
    await house.tamper(
      `update transfer set amount_pence = amount_pence + 1 where entry_id = ${entryOf(4)}`,
      `delete from seal where book_id = '${others[1]}' and n = 5`,
    );
    const watch = new SealWatch(house.database);
    const [stopped, whole] = ['2026-05-02', '2026-05-03'] as LocalDate[];
    const all = await watch.prove(whole!, () => undefined, 3);
    const mine = (faults: readonly string[]) => faults.filter((fault) => house.opened.some((id) => fault.startsWith(`book ${id},`)));
    expect(mine(all.faults)).toHaveLength(2);
    expect(mine(all.faults).join()).toMatch(`book ${book}, seal 4`);
    expect(mine(all.faults).join()).toMatch(`book ${others[1]}, seal 5: the seal of batch`);

    let pages = 0;
    const stop = () => {
      pages += 1;
      if (pages === 2) throw new Error('stopped');
    };
    await expect(watch.prove(stopped!, stop, 3)).rejects.toThrow('stopped');
    const [row] = await house.database.read(systemActor('test', {}), (tx) =>
      tx.rows<{ seals: bigint; faults: string[] }>('select seals, faults from seal_watch where due_on = $1', [stopped]),
    );
    expect(row!.seals).toBe(6n);
    expect(await watch.prove(stopped!, () => undefined, 3)).toMatchObject({ seals: all.seals, faults: all.faults });
  });
});
