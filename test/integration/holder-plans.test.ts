/** The drill (features.md, C16): a money-holder closes with payments in flight. From its last copy and its statement the successor's shares are opened,
 *  equal to the penny what was there; nothing is paid twice, and what comes late lands where it belongs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants } from '../../src/identity/index.js';
import type { BookId, LocalDate, PaymentId, PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, pence, systemActor } from '../../src/kernel/index.js';
import { PaymentFiles, Payments, PayOuts } from '../../src/payments/index.js';
import { asEvent, EVENT_COLUMNS } from '../../src/platform/outbox/delivery.js';
import type { EventRow } from '../../src/platform/outbox/delivery.js';
import type { CopyId } from '../../src/pools/index.js';
import { copyFrom, HolderClosings, HolderCopies, HolderPlanQueries, openingOf, shareAccount } from '../../src/pools/index.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
const START = '2026-11-20T10:00:00Z';
beforeAll(async () => {
  house = await poolingHouse();
  await house.knowPayees();
}, 90_000);
afterAll(() => house?.close());

const operator = systemActor('operator', {});
const monday = '2026-11-23' as LocalDate;

const tom = async () => {
  const row = await house.database.read(house.everything(), (tx) => tx.row<{ id: PersonId }>(`select id from person where first_name = 'Tom'`));
  return house.as(row!.id);
};

/** Prepared, approved and in a file of the bank, but not settled: in flight. */
async function send(payment: PaymentId, book: BookId): Promise<void> {
  await house.app.get(Payments).prepare(await house.as(house.tess), { payments: [payment] });
  await house.app.get(Payments).approve(await tom(), { payments: [payment] });
  for (const event of await house.database.read(systemActor('test', {}), (tx) =>
    tx.rows<EventRow>(`select ${EVENT_COLUMNS} from outbox_event where name = 'paymentApproved' and payload->>'paymentId' = $1`, [payment]),
  ))
    await house.app.get(PayOuts).dispatch(asEvent(event));
  await house.app.get(PaymentFiles).release(await tom(), book);
  await house.deliver();
}

const settle = async (payment: PaymentId): Promise<void> => {
  await house.database.transaction(house.everything(), (tx) => house.app.get(PayOuts).settled(tx, house.everything(), payment));
  await house.deliver();
};

async function putInByBank(pool: PoolId, who: Holder, amount: number): Promise<void> {
  const made = await house.contributions.contribute(await house.as(who), { poolId: pool, lineId: who.lineId, amountPence: pence(amount), by: 'bank' });
  if (made.remittanceId) await house.arriveByBank(made.remittanceId);
  await house.deliver();
}

/** Bola's and Carys's money lies with the body; Asha's in the ICB's own book. All has arrived, one session is billed, one is to come. */
async function poolWith(book: BookId, successor: BookId): Promise<{ pool: PoolId; payment: PaymentId; invoice: string }> {
  house.clock.set(new Date(START));
  const pool = await house.startedPool(house.members, { moneyHolderBook: book, ...(successor ? { successorBook: successor } : {}) });
  await house.putIn(pool, house.asha, 60);
  for (const who of [house.bola, house.carys]) await putInByBank(pool, who, 6_000);
  const purchase = await house.committed(pool, 3_001, 2);
  const session = await house.attended(purchase, 0);
  const { invoiceId } = await house.invoices.receive(await house.as(house.pat), purchase.purchaseId, {
    number: `H-${pool.slice(24)}`,
    amountPence: pence(3_001),
    dated: house.today,
    sessionIds: [session],
  });
  await house.deliver();
  const [payment] = await house.database.read(house.everything(), (tx) =>
    tx.rows<{ id: PaymentId }>('select id from payment where purpose_id = $1 and book_id = $2', [invoiceId, book]),
  );
  return { pool, payment: payment!.id, invoice: invoiceId };
}

const inBook = (who: Holder, pool: PoolId, book: BookId) =>
  shareAccount({ poolId: pool, personId: who.id, lineId: who.lineId, planLineId: who.planLineId, lineBookId: who.bookId, bookId: book });
const standing = (who: Holder, pool: PoolId, book: BookId) =>
  house.database.read(systemActor('test', { books: [book], pools: [pool], people: [who.id] }), (tx) => house.ledger.balanceOf(tx, inBook(who, pool, book)));
const remittancesFrom = (book: BookId, pool: PoolId) =>
  house.database.read(systemActor('test', { books: [book] }), (tx) =>
    tx.rows<{ id: string }>(`select id from remittance where from_book_id = $1 and pool_id = $2 and state = 'on-the-way' order by id`, [book, pool]),
  );

async function copyFile(pool: PoolId): Promise<{ id: CopyId; csv: string }> {
  const femi = await house.as(house.femi);
  const plan = await house.app.get(HolderPlanQueries).ofPool(femi, pool);
  const { csv } = await house.app.get(HolderPlanQueries).file(femi, plan.copies[0]!.id);
  return { id: plan.copies[0]!.id, csv };
}

describe('weekly copies', () => {
  it('are made on Mondays, once, and eight are kept', async () => {
    const pool = await house.fundedPool(20);
    const femi = await house.as(house.femi);
    const copies = house.app.get(HolderCopies);
    house.clock.set(new Date(`${monday}T09:00:00Z`));
    expect(await copies.makeDue(addDays(monday, 1))).toBe(0);
    const made = await Promise.all([copies.makeDue(monday), copies.makeDue(monday)]);
    expect(made[0]! + made[1]!).toBeGreaterThan(0);
    expect(await copies.makeDue(monday)).toBe(0);
    for (let week = 1; week <= 9; week += 1) {
      house.clock.set(new Date(`${addDays(monday, 7 * week)}T09:00:00Z`));
      await copies.make(operator, house.t, pool);
    }
    const plan = await house.app.get(HolderPlanQueries).ofPool(femi, pool);
    expect(plan.copies).toHaveLength(8);
    expect([plan.copies[0]!.madeOn, plan.copies[0]!.held]).toEqual([addDays(monday, 63), 4_000n]);
  });

  it('show a member their own rows alone, and others nothing', async () => {
    house.clock.set(new Date(START));
    const pool = await house.fundedPool(20);
    const id = (await house.app.get(HolderCopies).make(operator, house.t, pool))!;
    const queries = house.app.get(HolderPlanQueries);
    const bola = await house.as(house.bola);
    expect((await queries.ofPool(bola, pool)).copies[0]).toMatchObject({ mine: 2_000n, held: null });
    const own = copyFrom((await queries.file(bola, id)).csv);
    expect(own.rows.map((row) => [row.owner, row.amount])).toEqual([[house.bola.id, 2_000n]]);
    expect(copyFrom((await queries.file(await house.as(house.tess), id)).csv).held).toBe(4_000n);
    await expect(queries.file(await house.as(house.pat), id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(queries.ofPool(await house.as(house.pat), pool)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(house.app.get(HolderClosings).close(await house.as(house.tess), house.t, 'x')).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(house.app.get(HolderClosings).close(bola, house.t, 'x')).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are opened by who acts for a member, who sees that they looked', async () => {
    house.clock.set(new Date(START));
    const pool = await house.fundedPool(20);
    const id = (await house.app.get(HolderCopies).make(operator, house.t, pool))!;
    await house.database.transaction(systemActor('test', { people: [house.bola.id, house.olu] }), (tx) =>
      house.app
        .get(Grants, { strict: false })
        .give(tx, systemActor('test', {}), { person: house.olu, role: 'representative', on: 'person', id: house.bola.id, reason: 'a test of who looks' }),
    );
    const looks = () =>
      house.database.read(systemActor('test', { people: [house.bola.id] }), (tx) =>
        tx.rows(`select 1 from audit_event where about_person = $1 and noun_id = $2 and actor = $3`, [house.bola.id, pool, house.olu]),
      );
    const own = copyFrom((await house.app.get(HolderPlanQueries).file(await house.as(house.olu), id, house.bola.id)).csv);
    expect(own.rows.map((row) => [row.owner, row.amount])).toEqual([[house.bola.id, 2_000n]]);
    expect(await looks()).toHaveLength(1);
  });

  it('that were changed are found', async () => {
    expect(await house.faultsAfter(`update holder_copy set content = content || 'x'::bytea`)).toContain('copies-are-as-they-were-made');
    expect(await house.faultsAfter(`update holder_copy set held_pence = 1, rows = 99`)).toContain('copies-are-as-they-were-made');
    expect(
      await house.faultsAfter(
        `insert into holder_closing select money_holder_book_id, 'x', 'x', current_date, now() from pool where state = 'active' and money_holder_book_id is not null limit 1`,
      ),
    ).toContain('nothing-new-with-who-closes');
  });
});

const inFlightOf = (rows: ReturnType<typeof copyFrom>['rows']): bigint =>
  rows.filter((row) => row.kind === 'payment').reduce((sum, row) => sum + row.amount, 0n);

describe('a money-holder closes with payments in flight', () => {
  it('and the successor has every penny that its last copy names, once', async () => {
    const book = house.t;
    const { pool, payment, invoice } = await poolWith(book, house.u);
    await send(payment, book);
    const coming = await house.contributions.contribute(await house.as(house.carys), {
      poolId: pool,
      lineId: house.carys.lineId,
      amountPence: pence(777),
      by: 'bank',
    });
    await house.deliver();

    const closed = await house.app.get(HolderClosings).close(operator, book, 'It is insolvent.');
    expect(closed).toMatchObject({ bookId: book, handedOver: 1 });
    await house.deliver();
    const copy = copyFrom((await copyFile(pool)).csv);
    const stood = openingOf(copy);
    expect([...stood.values()].reduce((a, b) => a + b, 0n) + inFlightOf(copy.rows)).toBe(copy.held);
    expect(stood.size).toBe(2);
    const inFlight = copy.rows.filter((row) => row.kind === 'payment');
    expect(new Set(inFlight.map((row) => row.about))).toEqual(new Set([payment]));
    expect(copy.rows.filter((row) => row.kind === 'coming').map((row) => row.amount)).toEqual([777n]);

    // Nothing has moved yet: the payment is settled first, and what was on its way arrives first.
    expect(await remittancesFrom(book, pool)).toEqual([]);
    // What is put in now goes to the successor.
    const fresh = await house.contributions.contribute(await house.as(house.carys), {
      poolId: pool,
      lineId: house.carys.lineId,
      amountPence: pence(1),
      by: 'bank',
    });
    await house.arriveByBank(fresh.remittanceId!);
    expect((await standing(house.carys, pool, house.u)).posted).toBe(1n);
    await house.arriveByBank(coming.remittanceId!);
    await house.deliver();
    expect(await remittancesFrom(book, pool)).toEqual([]);
    await settle(payment);
    await house.deliver();

    // Now all of it goes, and arrives.
    const going = await remittancesFrom(book, pool);
    expect(going).toHaveLength(2);
    for (const { id } of going) await house.arriveByBank(id);
    await house.deliver();
    for (const who of [house.bola, house.carys]) {
      const [old, now] = [await standing(who, pool, book), await standing(who, pool, house.u)];
      const expected = stood.get([who.id, who.lineId, who.planLineId].join(' '))! + (who === house.carys ? 778n : 0n);
      expect([who.name, old.posted, now.posted]).toEqual([who.name, 0n, expected]);
      const aside = copy.rows.filter((row) => row.kind === 'set-aside' && row.owner === who.id).reduce((sum, row) => sum + row.amount, 0n);
      expect(now.reserved).toBe(aside);
    }
    // The bill was paid once from this book, and by nobody else for these members.
    const paid = await house.database.read(systemActor('test', { books: [book, house.u] }), (tx) =>
      tx.rows<{ book: BookId; state: string }>(`select book_id as book, state from payment where purpose_id = $1 and book_id = any($2)`, [
        invoice,
        [book, house.u],
      ]),
    );
    expect(paid).toEqual([{ book, state: 'settled' }]);
    expect(await house.faults()).toEqual([]);
    // Closing again finds nothing left to do.
    expect(await house.app.get(HolderClosings).close(operator, book, 'Again.')).toMatchObject({ handedOver: 0, stopped: 0 });
    await expect(house.offer(pool, { moneyHolderBook: book })).rejects.toMatchObject({ code: 'money-holder-closing' });
  });

  it('where nobody is next, money goes home and the pool stops until its members agree', async () => {
    const book = house.u;
    const pool = await house.startedPool(house.members, { moneyHolderBook: book });
    for (const who of [house.bola, house.carys]) await putInByBank(pool, who, 1_000);
    const closed = await house.app.get(HolderClosings).close(operator, book, 'It stops.');
    expect([closed.handedOver, closed.stopped > 0]).toEqual([0, true]);
    await house.deliver();
    const view = await house.poolQueries.pool(await house.as(house.asha), pool);
    expect([view.state, view.moneyHolder, view.freeze?.owner]).toEqual(['frozen', null, 'Commonpurse']);
    expect((await remittancesFrom(book, pool)).length).toBeGreaterThan(0);
    await house.offer(pool, { moneyHolderBook: null });
    expect(await house.faults()).toEqual([]);
  });
});
