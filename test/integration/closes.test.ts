/** Closing the accounts of a book through the API: by its finance officer, once, for good. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookId, LocalDate } from '../../src/kernel/index.js';
import { newId, pence } from '../../src/kernel/index.js';
import { Ledger } from '../../src/ledger/index.js';
import type { Caller } from '../support/house.js';
import { House } from '../support/house.js';

describe('closing the accounts of a book', () => {
  let house: House;
  let book: BookId;
  let other: BookId;
  let olive: Caller;
  let axel: Caller;
  let nell: Caller;
  const line = newId<'budget-line'>();
  const subject = newId<'person'>();

  const arrive = (day: string, amount: number, into = book): Promise<unknown> =>
    house.database.transaction(house.system({ books: [into] }), (tx) =>
      house.app.get(Ledger).record(tx, [
        {
          book: into,
          reference: `test:${newId()}`,
          kind: 'arrival',
          effectiveOn: day as LocalDate,
          transfers: [{ debit: { book: into, kind: 'bank' }, credit: { book: into, kind: 'line', subject, line }, amount: pence(amount) }],
        },
      ]),
    );

  beforeAll(async () => {
    house = await House.open({ at: '2026-04-01T10:00:00Z' });
    const body = await house.organisation('money-holder', 'A money-holder');
    book = await house.book('cash', 'Their book', { organisation: body });
    other = await house.book('cash', 'Another book', { organisation: body });
    olive = await house.person('Olive', [{ role: 'finance-officer', on: 'book', id: book }]);
    axel = await house.person('Axel', [{ role: 'auditor', on: 'book', id: book }]);
    nell = await house.person('Nell');
    house.clock.set(new Date('2026-07-10T10:00:00Z'));
    await arrive('2026-05-20', 10_000);
    await arrive('2026-07-03', 500);
  });
  afterAll(() => house?.close());

  it('is done by its finance officer, with the sums of that day, who and when', async () => {
    const answer = await olive.send('post', `books/${book}/closes`, { untilOn: '2026-07-01' }, 'close-june-2026');
    expect(answer).toMatchObject({
      status: 201,
      body: {
        book,
        fromOn: '2026-04-01',
        untilOn: '2026-07-01',
        closedBy: olive.id,
        closedAt: '2026-07-10T10:00:00.000Z',
        sumsPence: { bank: 10_000, line: 10_000 },
      },
    });
    expect((await olive.send('post', `books/${book}/closes`, { untilOn: '2026-07-01' }, 'close-june-2026')).body).toEqual(answer.body);
    const { body: list } = await axel.get(`books/${book}/closes`);
    expect(list).toEqual({ openFrom: '2026-07-01', items: [answer.body], next: null });
    const looked = await house.database.read(house.system({ books: [book] }), (tx) =>
      tx.rows<{ action: string; actor: string }>(`select action, actor from audit_event where book_id = $1 and action = 'period:close'`, [book]),
    );
    expect(looked).toEqual([{ action: 'period:close', actor: olive.id }]);
  });

  it('is not done twice, nor for a day to come, nor for no day', async () => {
    const refusal = async (body: object): Promise<unknown> => {
      const answer = await olive.send('post', `books/${book}/closes`, body);
      return [answer.status, answer.body.code];
    };
    expect(await refusal({ untilOn: '2026-07-01' })).toEqual([409, 'closed-before']);
    expect(await refusal({ untilOn: '2026-05-01' })).toEqual([409, 'closed-before']);
    expect(await refusal({ untilOn: '2026-07-11' })).toEqual([422, 'day-not-over']);
    expect((await refusal({ untilOn: '2026-02-30' })) as unknown[]).toEqual([422, expect.any(String)]);
    expect((await refusal({})) as unknown[]).toEqual([422, expect.any(String)]);
  });

  it('is done by nobody else, and seen by nobody else', async () => {
    expect((await axel.send('post', `books/${book}/closes`, { untilOn: '2026-07-02' })).status).toBe(403);
    expect((await nell.send('post', `books/${book}/closes`, { untilOn: '2026-07-02' })).status).toBe(404);
    expect((await nell.get(`books/${book}/closes`)).status).toBe(404);
    expect((await olive.send('post', `books/${other}/closes`, { untilOn: '2026-07-01' })).status).toBe(404);
    expect((await olive.get('books/nonsense/closes')).status).toBe(404);
  });

  it('leaves what comes late on the first open day', async () => {
    await arrive('2026-06-20', 70);
    house.clock.set(new Date('2026-08-05T10:00:00Z'));
    const july = await olive.must('post', `books/${book}/closes`, { untilOn: '2026-08-01' });
    expect(july).toMatchObject({ fromOn: '2026-07-01', sumsPence: { bank: 10_570, line: 10_570 } });
    const page = await olive.get(`books/${book}/closes?limit=1`);
    expect(page.body).toMatchObject({ openFrom: '2026-08-01', items: [{ fromOn: '2026-07-01' }], next: '2026-07-01' });
    expect((await olive.get(`books/${book}/closes?limit=1&before=${page.body.next}`)).body).toMatchObject({ items: [{ fromOn: '2026-04-01' }] });
    expect(await house.faults()).toEqual({});
  });

  it('takes nothing when the book itself is closed, and says so: no money, no close', async () => {
    await house.database.transaction(house.system({ books: [other] }), (tx) => tx.run(`update book set closed_on = '2026-08-04' where id = $1`, [other]));
    await house.grant(olive.id, 'finance-officer', 'book', other);
    expect(await olive.send('post', `books/${other}/closes`, { untilOn: '2026-07-01' })).toMatchObject({ status: 409, body: { code: 'book-closed' } });
    await expect(arrive('2026-08-05', 10, other)).rejects.toMatchObject({ code: 'book-closed' });
    await expect(arrive('2026-08-05', 10)).resolves.toBeDefined();
  });
});
