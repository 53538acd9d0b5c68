import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { LocalDate, PoolId } from '../../src/kernel/index.js';
import { addDays, pence } from '../../src/kernel/index.js';
import { InvoiceRefunds, PurchaseHistory } from '../../src/purchasing/index.js';
import { JobRegistry } from '../../src/platform/index.js';
import type { PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
beforeAll(async () => {
  house = await poolingHouse();
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
});

let numbers = 0;
const send = async (purchaseId: Parameters<PoolingHouse['invoices']['receive']>[1], sessionIds: string[], amount: number, more: object = {}) =>
  house.invoices.receive(await house.as(house.pat), purchaseId, {
    number: `INV-${(numbers += 1)}`,
    amountPence: pence(amount),
    dated: house.today,
    sessionIds,
    ...more,
  });
const shares = async (pool: PoolId) => Promise.all(house.members.map((member) => house.balance(house.share(pool, member))));

describe('quotes', () => {
  it('come from providers that were asked, and are chosen when every member said yes', async () => {
    const pool = await house.startedPool();
    const quote = { providerId: house.provider, service: 'An hour in the warm pool', pricePence: pence(10_000), sessions: 3 };
    await expect(house.quotes.give(await house.as(house.pat), pool, quote)).rejects.toMatchObject({ code: 'quote-not-asked' });
    await house.quotes.ask(await house.as(house.femi), pool, { providerId: house.provider, brief: 'Warm water, Thursdays.' });
    const { quoteId } = await house.quotes.give(await house.as(house.pat), pool, quote);
    const other = await house.quotes.give(await house.as(house.femi), pool, { ...quote, pricePence: pence(9_000) });
    expect(await house.quotes.choose(await house.as(house.asha), other.quoteId)).toMatchObject({ state: 'offered' });
    for (const who of [house.asha, house.bola]) expect(await house.quotes.choose(await house.as(who), quoteId)).toMatchObject({ state: 'offered' });
    await expect(
      house.purchases.commit(await house.as(house.asha), quoteId, { days: [house.today, addDays(house.today, 7), addDays(house.today, 14)] }),
    ).rejects.toMatchObject({ code: 'quote-not-chosen' });
    await expect(house.quotes.choose(await house.as(house.femi), quoteId)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await house.quotes.choose(await house.as(house.carys), quoteId)).toMatchObject({ state: 'chosen' });
    await house.quotes.withdraw(await house.as(house.pat), other.quoteId);
    await expect(house.quotes.choose(await house.as(house.asha), other.quoteId)).rejects.toMatchObject({ code: 'quote-is-withdrawn' });
    const seen = await house.purchasing.quotes(await house.as(house.bola), pool);
    expect(seen.map((each) => [each.state, each.chosenBy])).toEqual([
      ['withdrawn', []],
      ['chosen', expect.arrayContaining(['Asha', 'Bola', 'Carys'])],
    ]);
    expect((await house.purchasing.quotes(await house.as(house.pat), pool))[0]!.chosenBy).toEqual([]);
  });
});

describe('committing', () => {
  it('sets 100.00 aside in each share for three sessions of 100.00, one reservation a session and share', async () => {
    const pool = await house.fundedPool(120);
    const purchase = await house.committed(pool);
    expect(purchase.setAsidePence).toBe(30_000);
    expect((await shares(pool)).map((each) => [each.reserved, each.free])).toEqual([
      [10_000, 2_000],
      [10_000, 2_000],
      [10_000, 2_000],
    ]);
    const rows = await house.database.read(house.everything(), (tx) =>
      tx.rows<{ n: bigint }>('select count(*) as n from reservation where pool_id = $1 group by purpose_id', [pool]),
    );
    expect(rows.map((row) => row.n)).toEqual([3n, 3n, 3n]);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });

  it('refuses when one share is short, and takes nothing from the others (RULE 18)', async () => {
    const pool = await house.fundedPool(20);
    await house.putIn(pool, house.asha, 100);
    const quote = await house.chosenQuote(pool, house.members, 6_003, 1);
    await expect(house.purchases.commit(await house.as(house.femi), quote, { days: [house.today] })).rejects.toMatchObject({
      code: 'share-short',
      facts: { short: 2 },
    });
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([0, 0, 0]);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });

  it('gives the last pound to one of two commitments made at once', async () => {
    const pool = await house.fundedPool(20);
    const first = await house.chosenQuote(pool, house.members, 6_000, 1);
    const second = await house.chosenQuote(pool, house.members, 6_000, 1);
    const [asha, bola] = [await house.as(house.asha), await house.as(house.bola)];
    const outcomes = await Promise.allSettled([
      house.purchases.commit(asha, first, { days: [house.today] }),
      house.purchases.commit(bola, second, { days: [house.today] }),
    ]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'share-short' } });
    expect((await shares(pool)).map((each) => [each.reserved, each.free])).toEqual([
      [2_000, 0],
      [2_000, 0],
      [2_000, 0],
    ]);
  });

  it('and one quote once, when two commit to it at once', async () => {
    const pool = await house.fundedPool(10);
    const quote = await house.chosenQuote(pool, house.members, 300, 1);
    const [asha, bola] = [await house.as(house.asha), await house.as(house.bola)];
    const outcomes = await Promise.allSettled([
      house.purchases.commit(asha, quote, { days: [house.today] }),
      house.purchases.commit(bola, quote, { days: [house.today] }),
    ]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([100, 100, 100]);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });

  it('ends well when somebody leaves at the same moment: either they owe their part in notice, or nothing was committed', async () => {
    const pool = await house.fundedPool(20);
    const quote = await house.chosenQuote(pool, house.members, 3_000, 1);
    const [asha, carys] = [await house.as(house.asha), await house.as(house.carys)];
    const [committed, left] = await Promise.allSettled([
      house.purchases.commit(asha, quote, { days: [addDays(house.today, 3)] }),
      house.leaving.leave(carys, pool, {}),
    ]);
    expect(left.status).toBe('fulfilled');
    const [a, b, c] = await shares(pool);
    if (left.status === 'fulfilled' && left.value.statement.keptPence > 0)
      expect([committed.status, a!.reserved, b!.reserved, c!.reserved, c!.free]).toEqual(['fulfilled', 1_000, 1_000, 1_000, 0]);
    else expect([committed.status, a!.reserved, b!.reserved, c!.posted]).toEqual(['fulfilled', 1_500, 1_500, 0]);
  });
});

describe('the worked life from commitment to leaving', () => {
  it('splits, refunds and settles to the penny', async () => {
    const pool = await house.startedPool([house.asha, house.bola, house.carys], { noticeDays: 28 });
    await house.putIn(pool, house.asha, 60);
    await house.putIn(pool, house.bola, 60);
    await house.putIn(pool, house.carys, 60);
    const quote = await house.chosenQuote(pool, house.members, 5_000, 3);
    const start = house.today;
    const purchase = await house.purchases.commit(await house.as(house.femi), quote, { days: [start, addDays(start, 14), addDays(start, 60)] });
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([5_000, 5_000, 5_000]);

    await expect(send(purchase.purchaseId, [purchase.sessions[0]!.sessionId], 5_000)).rejects.toMatchObject({ code: 'session-not-confirmed' });
    const session = await house.attended(purchase, 0);
    await expect(send(purchase.purchaseId, [session], 5_001)).rejects.toMatchObject({ code: 'more-than-price' });
    const invoice = await send(purchase.purchaseId, [session], 5_000, { vatPence: pence(833) });
    expect(invoice).toMatchObject({ state: 'split', amountPence: 5_000, payments: 2 });
    expect(await house.purchasing.invoice(await house.as(house.asha), invoice.invoiceId)).toMatchObject({
      mine: 1_667n,
      parts: [1_667n, 1_667n, 1_666n],
      vat: 833n,
    });
    expect(await house.purchasing.invoice(await house.as(house.pat), invoice.invoiceId)).toMatchObject({ mine: null, parts: [] });
    expect((await shares(pool)).map((each) => [each.posted, each.reserved])).toEqual([
      [4_333, 3_333],
      [4_333, 3_333],
      [4_334, 3_334],
    ]);
    const payments = await house.database.read(house.everything(), (tx) =>
      tx.rows<{ book: string; amount: bigint; state: string }>(
        `select book_id as book, amount_pence as amount, state from payment where purpose_id = $1 order by amount_pence`,
        [invoice.invoiceId],
      ),
    );
    expect(payments).toEqual([
      { book: house.n, amount: 1_667n, state: 'held' },
      { book: house.t, amount: 3_333n, state: 'held' },
    ]);

    const carys = await house.as(house.carys);
    const before = (await house.poolQueries.exitStatement(carys, pool)).statement;
    const left = await house.leaving.leave(carys, pool, {});
    expect(left.statement).toEqual(before);
    expect(left.statement).toMatchObject({ putInPence: 6_000, keptPence: 1_667, freedPence: 1_667, toReturnPence: 2_667 });
    expect(left.statement.invoices).toEqual([{ on: start, amountPence: 1_666 }]);
    expect(await house.balance(house.share(pool, house.carys))).toEqual({ posted: 1_667, reserved: 1_667, free: 0 });

    const second = await house.attended(purchase, 1);
    const notice = await send(purchase.purchaseId, [second], 1_667, { forMembers: [house.carys.id] });
    expect(notice.payments).toBe(1);
    expect(await house.balance(house.share(pool, house.carys))).toEqual({ posted: 0, reserved: 0, free: 0 });
    const rest = await send(purchase.purchaseId, [second], 3_333);
    expect(rest.amountPence).toBe(3_333);
    expect((await shares(pool)).map((each) => [each.posted, each.reserved])).toEqual([
      [2_666, 1_666],
      [2_667, 1_667],
      [0, 0],
    ]);

    const third = await house.attended(purchase, 2);
    await expect(send(purchase.purchaseId, [third], 5_000)).rejects.toMatchObject({ code: 'more-than-set-aside' });
    await send(purchase.purchaseId, [third], 3_000);
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([0, 0, 0]);
    expect(
      (await house.purchasing.purchasesOfProvider(await house.as(house.pat), house.provider)).some(
        (each) => each.id === purchase.purchaseId && each.state === 'completed',
      ),
    ).toBe(true);
    expect((await house.purchasing.purchase(await house.as(house.asha), purchase.purchaseId)).state).toBe('completed');

    const told = house.app.get(PurchaseHistory);
    const sentences = (await told.ofPool(await house.as(house.asha), pool)).items.map((each) => each.sentence).reverse();
    expect(sentences.slice(0, 5)).toEqual([
      'A provider said what An hour in the warm pool would cost.',
      'The group chose An hour in the warm pool.',
      'The group agreed to buy An hour in the warm pool, 3 times.',
      'An hour in the warm pool took place on 20 November 2026.',
      'A bill for An hour in the warm pool came, and was shared out as agreed.',
    ]);
    expect(sentences.at(-1)).toBe('An hour in the warm pool is over.');
    expect(sentences.join(' ')).not.toMatch(/£|Asha|Bola|Carys/);
    await expect(told.ofPool(await house.as(house.pat), pool)).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('invoices', () => {
  it('with a number that was received before are refused, however it is typed, also when both come at once', async () => {
    const pool = await house.fundedPool(20);
    const purchase = await house.committed(pool, 1_000, 1);
    const session = await house.attended(purchase, 0);
    const pat = await house.as(house.pat);
    const command = { number: 'PP 2026/77', amountPence: pence(500), dated: house.today, sessionIds: [session] };
    const outcomes = await Promise.allSettled([
      house.invoices.receive(pat, purchase.purchaseId, command),
      house.invoices.receive(pat, purchase.purchaseId, { ...command, number: 'pp-2026-77' }),
    ]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'invoice-twin' } });
    await expect(send(purchase.purchaseId, [session], 500)).rejects.toMatchObject({ code: 'session-not-confirmed' });
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([0, 0, 0]);
    await expect(house.invoices.receive(await house.as(house.asha), purchase.purchaseId, command)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('wait while a member disputes the session', async () => {
    const pool = await house.fundedPool(10);
    const purchase = await house.committed(pool, 300, 1);
    const session = await house.attended(purchase, 0);
    const bola = await house.as(house.bola);
    expect(await house.sessions.dispute(bola, session, 'The pool was closed.')).toMatchObject({ state: 'disputed' });
    expect(await house.sessions.confirm(await house.as(house.carys), session)).toMatchObject({ state: 'disputed' });
    await expect(send(purchase.purchaseId, [session], 300)).rejects.toMatchObject({ code: 'session-not-confirmed' });
    expect(await house.sessions.confirm(bola, session)).toMatchObject({ state: 'confirmed' });
    expect(await send(purchase.purchaseId, [session], 300)).toMatchObject({ state: 'split' });
    // What happened is told once: twice would say that somebody complained.
    const told = (await house.app.get(PurchaseHistory).ofPool(bola, pool)).items.filter(({ sentence }) => sentence.includes('took place'));
    expect(told).toHaveLength(1);
  });

  it('cannot be recorded ahead of the day, or by a member', async () => {
    const pool = await house.fundedPool(10);
    const purchase = await house.committed(pool, 300, 1);
    const { sessionId } = purchase.sessions[0]!;
    await expect(house.sessions.record(await house.as(house.pat), sessionId, purchase.purchaseId)).rejects.toMatchObject({ code: 'session-not-yet' });
    await expect(house.sessions.record(await house.as(house.asha), sessionId, purchase.purchaseId)).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('are refused a refund before anything was paid, and by officers of other books', async () => {
    const pool = await house.fundedPool(10);
    const purchase = await house.committed(pool, 300, 1);
    const session = await house.attended(purchase, 0);
    const { invoiceId } = await send(purchase.purchaseId, [session], 300);
    const refunds = house.app.get(InvoiceRefunds);
    const command = { via: 'bank' as const, amountPence: pence(100), on: house.today, reference: 'credit note 1' };
    await expect(refunds.record(await house.as(house.tess), invoiceId, { ...command, bookId: house.t })).rejects.toMatchObject({ code: 'more-than-was-paid' });
    await expect(refunds.record(await house.as(house.tess), invoiceId, { ...command, bookId: house.d })).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('refunds', () => {
  it('are split over what is unrefunded, go to other books and to leavers’ lines, and make the original split when full', async () => {
    await house.knowPayees();
    const pool = await house.fundedPool(60);
    const purchase = await house.committed(pool, 10_000, 1);
    const session = await house.attended(purchase, 0);
    const { invoiceId } = await send(purchase.purchaseId, [session], 10_000);
    expect((await house.purchasing.invoice(await house.as(house.asha), invoiceId)).parts).toEqual([3_334n, 3_333n, 3_333n]);
    await house.pay(invoiceId);
    expect((await house.purchasing.invoice(await house.as(house.asha), invoiceId)).state).toBe('paid');
    expect((await house.poolQueries.pool(await house.as(house.asha), pool)).mine).toMatchObject({ spent: 3_334n, free: 2_666n });

    const refunds = house.app.get(InvoiceRefunds);
    const tess = await house.as(house.tess);
    const refund = (amount: number, reference: string) =>
      refunds.record(tess, invoiceId, { bookId: house.t, via: 'bank', amountPence: pence(amount), on: house.today, reference });
    expect((await refund(5_000, 'credit note 1')).partsPence).toEqual([1_667, 1_667, 1_666]);
    expect((await refund(5_000, 'credit note 1')).partsPence).toEqual([1_667, 1_667, 1_666]);
    expect((await shares(pool)).map((each) => each.posted)).toEqual([2_666, 4_334, 4_333]);
    expect((await house.poolQueries.pool(await house.as(house.asha), pool)).mine).toMatchObject({ spent: 1_667n, free: 2_666n, committed: 1_667n });
    const [carried] = await house.database.read(house.everything(), (tx) =>
      tx.rows<{ id: string }>(`select id from remittance where pool_id = $1 and carries = 'refund'`, [pool]),
    );
    await house.arriveByBank(carried!.id);
    expect((await shares(pool)).map((each) => each.posted)).toEqual([4_333, 4_334, 4_333]);

    const bola = await house.as(house.bola);
    const left = await house.leaving.leave(bola, pool, {});
    expect(left.statement).toMatchObject({ putInPence: 6_000, toReturnPence: 4_334, invoices: [{ amountPence: 3_333 }], refunds: [{ amountPence: 1_667 }] });
    const line = await house.balance(house.line(house.bola));
    expect((await refund(5_000, 'credit note 2')).partsPence).toEqual([1_667, 1_667, 1_666]);
    expect((await house.balance(house.line(house.bola))).free).toBe(line.free + 1_666);
    await expect(refund(1, 'credit note 3')).rejects.toMatchObject({ code: 'more-than-was-paid' });
    const asha = await house.leaving.leave(await house.as(house.asha), pool, {});
    expect(asha.statement).toMatchObject({ putInPence: 6_000, refunds: [{ amountPence: 1_667 }], toReturnPence: 4_333 });
  });
});

describe('the job that ends old reservations', () => {
  it('frees what nobody invoiced after sixty days, and sends a leaver’s home', async () => {
    const pool = await house.fundedPool(10);
    const purchase = await house.committed(pool, 300, 1);
    await house.leaving.leave(await house.as(house.asha), pool, {});
    expect(await house.balance(house.share(pool, house.asha))).toEqual({ posted: 100, reserved: 100, free: 0 });
    const line = await house.balance(house.line(house.asha));
    const job = house.app.get(JobRegistry).find('purchasing.expire-reservations')!;
    const run = (day: LocalDate) => job.run({ dueAt: new Date(`${day}T03:10:00Z`), day, progress: () => undefined, log: () => undefined });
    const last = addDays(purchase.sessions[0]!.day, 60);
    house.clock.set(new Date(`${addDays(last, 1)}T03:10:00Z`));
    await run(last);
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([100, 100, 100]);
    await run(addDays(last, 1));
    await run(addDays(last, 1));
    await house.deliver();
    expect((await shares(pool)).map((each) => [each.posted, each.reserved])).toEqual([
      [0, 0],
      [1_000, 0],
      [1_000, 0],
    ]);
    expect((await house.balance(house.line(house.asha))).free).toBeGreaterThanOrEqual(line.free + 100);
  });
});

describe('the checks of pools and purchasing', () => {
  it.each([
    ['pool-money-is-its-members', `update account set posted_pence = posted_pence + 1 where kind = 'share'; delete from pool_share`],
    ['assent-before-money', 'delete from assent'],
    ['assents-are-to-what-was-offered', `update assent set content_hash = sha256('other')`],
    ['everyone-assented-to-what-is-in-force', `delete from assent where person_id in (select person_id from pool_member where state = 'member')`],
    ['contributions-are-in-the-ledger', `update contribution set amount_pence = amount_pence + 1 where by = 'same-book'`],
    ['leavers-have-no-free-money', `update account set posted_pence = posted_pence + 1 where kind = 'share'`],
    ['invoices-are-their-parts', 'update invoice_part set amount_pence = amount_pence + 1'],
    ['invoice-parts-are-in-the-ledger', `update transfer set amount_pence = amount_pence + 1 where kind = 'invoice'`],
    ['one-reservation-per-share-and-session', 'update reservation set purpose_id = id'],
    ['sessions-cost-their-price', 'update purchase set price_pence = price_pence + 1'],
    ['invoices-cost-no-more-than-agreed', 'update purchase set price_pence = 1'],
    ['only-confirmed-sessions-are-invoiced', 'delete from session_answer'],
    ['invoice-payments-are-its-parts', `update payment set amount_pence = amount_pence + 1 where purpose_noun = 'invoice'`],
  ])('%s finds what breaks it', async (name, sql) => {
    expect(await house.faultsAfter(sql)).toContain(name);
    expect(await house.faultsAfter('select 1')).toEqual([]);
  });
});
