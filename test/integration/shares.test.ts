/** Everything that can become of a share, through the services on a real database: funders' money, other splits, absences, money that does not
 *  reach, a death, a move of area, another money-holder, and the end of a pool. After each test every check of these rooms holds. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AreaMoves, Deaths } from '../../src/commissioning/index.js';
import { Grants, People } from '../../src/identity/index.js';
import type { Actor, BookId, Id, LocalDate, PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, pence } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { FunderShareQueries, FunderShares, ShareMoves, WindingUp } from '../../src/pools/index.js';
import { Tidying } from '../../src/pools/tidying.service.js';
import { Absences, InvoiceRefunds, Shortfalls } from '../../src/purchasing/index.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
beforeAll(async () => {
  house = await poolingHouse();
  await house.knowPayees();
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
});

const get = <T>(type: new (...args: never[]) => T): T => house.app.get(type);
const later = (days: number): LocalDate => addDays(house.today, days);
const shares = async (pool: PoolId) => Promise.all(house.members.map((member) => house.balance(house.share(pool, member))));
const posted = async (pool: PoolId) => (await shares(pool)).map((each) => each.posted);
const reserved = async (pool: PoolId) => (await shares(pool)).map((each) => each.reserved);
const funderAccount = (pool: PoolId, subject: string, book: BookId): AccountKey => ({ book, kind: 'share', subject, pool });

let numbers = 0;
const invoice = async (purchaseId: Id<'purchase'>, sessionIds: string[], amount: number) =>
  house.invoices.receive(await house.as(house.pat), purchaseId, { number: `SH-${(numbers += 1)}`, amountPence: pence(amount), dated: house.today, sessionIds });

/** A new version of the agreement to which everybody agrees. */
async function agree(pool: PoolId, over: object, who: readonly Holder[] = house.members): Promise<void> {
  const { agreementId, contentHash } = await house.offer(pool, over);
  for (const each of who) await house.agreements.assent(await house.as(each), agreementId, { contentHash, format: 'easy-read' });
  await house.deliver();
}

async function commit(pool: PoolId, price: number, sessions: number, who: readonly Holder[] = house.members) {
  const quote = await house.chosenQuote(pool, who, price, sessions);
  return house.purchases.commit(await house.as(house.femi), quote, { days: Array.from({ length: sessions }, (_, n) => later(6 + n * 28)) });
}

const promise = async (actor: Actor, pool: PoolId, over: object = {}) =>
  get(FunderShares).promise(actor, pool, {
    funderId: house.icb,
    purpose: 'A warm place to swim in winter.',
    amountPence: pence(15_000),
    endsOn: later(100),
    rest: 'back-at-end',
    bookId: house.n,
    ...over,
  } as Parameters<FunderShares['promise']>[2]);

describe('other ways to divide a price', () => {
  it('divides by a ratio, and refuses a price that fixed sums do not make', async () => {
    const pool = await house.fundedPool(100);
    const [asha, bola, carys] = house.members.map((member) => member.id) as [PersonId, PersonId, PersonId];
    const parts = [
      { personId: asha, part: 2 },
      { personId: bola, part: 1 },
      { personId: carys, part: 1 },
    ];
    await expect(house.offer(pool, { split: 'ratio' })).rejects.toMatchObject({ code: 'parts-do-not-fit' });
    await expect(house.offer(pool, { split: 'equal', parts })).rejects.toMatchObject({ code: 'parts-do-not-fit' });
    await agree(pool, { split: 'ratio', parts });
    const purchase = await commit(pool, 10_001, 1);
    expect(await reserved(pool)).toEqual([5_001, 2_500, 2_500]);
    await agree(pool, { split: 'fixed', parts: parts.map((each) => ({ ...each, part: each.part * 1_000 })) });
    await expect(commit(pool, 4_001, 1)).rejects.toMatchObject({ code: 'parts-are-not-the-price', facts: { partsPence: '4000', pricePence: '4001' } });
    await commit(pool, 4_000, 1);
    expect(await reserved(pool)).toEqual([7_001, 3_500, 3_500]);
    const session = await house.attended(purchase, 0);
    await invoice(purchase.purchaseId, [session], 10_001);
    expect(await posted(pool)).toEqual([4_999, 7_500, 7_500]);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });
});

describe('a funder’s money beside the members’', () => {
  it('is taken only when the agreement says so, pays before the members, has its part of a refund, and goes back when its day is over', async () => {
    const pool = await house.fundedPool(100);
    const olu = await house.as(house.olu);
    await expect(promise(olu, pool)).rejects.toMatchObject({ code: 'agreement-takes-no-funders' });
    await agree(pool, { funders: 'first' });
    await expect(promise(await house.as(house.tess), pool)).rejects.toMatchObject({ kind: 'not-found' });
    const { shareId, state } = await promise(olu, pool);
    expect(state).toBe('held');
    await expect(promise(olu, pool)).rejects.toMatchObject({ code: 'funder-share-there-already' });
    const account = funderAccount(pool, house.icb, house.n);
    expect(await house.balance(account)).toEqual({ posted: 15_000, reserved: 0, free: 15_000 });

    const purchase = await commit(pool, 9_000, 2);
    expect([await house.balance(account), await reserved(pool)]).toEqual([{ posted: 15_000, reserved: 15_000, free: 0 }, [1_000, 1_000, 1_000]]);
    const session = await house.attended(purchase, 0);
    const { invoiceId } = await invoice(purchase.purchaseId, [session], 9_000);
    expect([(await house.balance(account)).posted, await posted(pool)]).toEqual([6_000, [10_000, 10_000, 10_000]]);
    await house.pay(invoiceId);
    const refund = { bookId: house.n, via: 'payer' as const, amountPence: pence(3_000), on: house.today, reference: 'CREDIT NOTE' };
    await get(InvoiceRefunds).record(await house.as(house.tess), invoiceId, refund);
    expect((await house.balance(account)).posted).toBe(9_000);

    const member = await get(FunderShareQueries).ofPool(await house.as(house.bola), pool);
    expect(member).toMatchObject([{ funderName: 'An invented ICB', purpose: 'A warm place to swim in winter.', free: 3_000n, reserved: 6_000n }]);
    await expect(get(FunderShareQueries).ofPool(await house.as(house.pat), pool)).rejects.toMatchObject({ kind: 'not-found' });
    const before = await get(FunderShareQueries).statement(olu, shareId);
    expect(before).toMatchObject({ final: false, statement: { putInPence: 15_000, keptPence: 6_000, toReturnPence: 3_000 } });
    expect(before.statement.invoices.map((each) => each.amountPence)).toEqual([9_000]);
    expect(before.statement.refunds.map((each) => each.amountPence)).toEqual([3_000]);

    house.clock.set(new Date(`${later(110)}T09:00:00Z`));
    await get(Tidying).run(() => undefined);
    await get(Tidying).run(() => undefined);
    expect(await house.balance(account)).toEqual({ posted: 6_000, reserved: 6_000, free: 0 });
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });

  it('bridges what a member’s share does not reach, when the agreement draws it last', async () => {
    const pool = await house.startedPool(house.members, { funders: 'last' });
    for (const [who, pounds] of [
      [house.asha, 50],
      [house.bola, 50],
      [house.carys, 10],
    ] as const)
      await house.putIn(pool, who, pounds);
    await expect(commit(pool, 9_000, 1)).rejects.toMatchObject({ code: 'share-short', facts: { short: 1 } });
    await promise(await house.as(house.olu), pool);
    await commit(pool, 9_000, 1);
    expect(await reserved(pool)).toEqual([3_000, 3_000, 1_000]);
    expect((await house.balance(funderAccount(pool, house.icb, house.n))).reserved).toBe(2_000);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });

  it('belongs to its funder: a charity’s or council’s officer promises it to the group’s money-holder, and nobody else', async () => {
    const pool = await house.startedPool(house.members, { funders: 'first' });
    await house.database.transaction(house.everything(), (tx) =>
      get(Grants).give(tx, house.everything(), { person: house.olu, role: 'funder-officer', on: 'icb', id: house.council, reason: 'seconded' }),
    );
    const olu = await house.as(house.olu);
    const { shareId, state, reference } = await promise(olu, pool, { funderId: house.council, bookId: undefined });
    expect([state, reference.slice(0, 4)]).toEqual(['promised', 'FUN-']);
    await expect(promise(olu, pool, { funderId: house.council, bookId: house.n })).rejects.toMatchObject({ code: 'book-does-not-fit' });
    await expect(promise(olu, pool, { funderId: house.otherIcb })).rejects.toMatchObject({ kind: 'not-found' });
    expect((await get(FunderShareQueries).ofFunder(olu, house.council)).map((each) => each.id)).toEqual([shareId]);
    await expect(get(FunderShares).arrived(await house.as(house.tess), house.t, { statementLine: shareId, reference: 'FUN-AAAA-AAAA' })).rejects.toMatchObject({
      code: 'funder-share-not-known',
    });
    await expect(get(FunderShares).arrived(await house.as(house.tess), house.t, { statementLine: shareId, reference })).rejects.toMatchObject({
      kind: 'not-found',
    });
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });
});

describe('somebody who does not come', () => {
  const tell = async (who: Holder, session: string, over: object = {}) =>
    get(Absences).tell(await house.as(who), session as Id<'session'>, { reason: 'away', ...over } as Parameters<Absences['tell']>[2]);

  it('pays to hold the place; in hospital the part is free and the price falls by it', async () => {
    const pool = await house.fundedPool(100);
    const purchase = await commit(pool, 9_000, 2);
    const [first, second] = purchase.sessions.map((each) => each.sessionId);
    expect(await tell(house.asha, first!)).toMatchObject({ outcome: 'pays', freedPence: 0, uncoveredPence: 0 });
    await expect(tell(house.asha, first!)).rejects.toMatchObject({ code: 'absence-told-before' });
    expect(await tell(house.bola, first!, { reason: 'hospital' })).toMatchObject({ outcome: 'excused', freedPence: 3_000, uncoveredPence: 3_000 });
    expect(await reserved(pool)).toEqual([6_000, 3_000, 6_000]);
    await expect(tell(house.asha, first!, { personId: house.bola.id })).rejects.toMatchObject({ kind: 'not-found' });
    await house.attended(purchase, 0, house.carys);
    await expect(invoice(purchase.purchaseId, [first!], 9_000)).rejects.toMatchObject({ code: 'more-than-set-aside' });
    await invoice(purchase.purchaseId, [first!], 6_000);
    expect(await posted(pool)).toEqual([7_000, 10_000, 7_000]);
    await expect(tell(house.asha, first!, { reason: 'bereavement' })).rejects.toMatchObject({ code: 'session-is-over' });
    expect(await tell(house.carys, second!, { reason: 'bereavement' })).toMatchObject({ outcome: 'excused', freedPence: 3_000 });
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });

  it('is taken over by those who come, where the agreement says that they share the price', async () => {
    const pool = await house.startedPool(house.members, { split: 'attendance', absence: 'pay-if-you-come' });
    for (const [who, pounds] of [
      [house.asha, 70],
      [house.bola, 110],
      [house.carys, 40],
    ] as const)
      await house.putIn(pool, who, pounds);
    const purchase = await commit(pool, 9_000, 1);
    const session = purchase.sessions[0]!.sessionId;
    // Carys has 10.00 left and would have to take over 15.00: so nobody does, and the price falls by Asha's part.
    expect(await tell(house.asha, session)).toMatchObject({ outcome: 'excused', freedPence: 3_000, uncoveredPence: 3_000 });
    await house.putIn(pool, house.carys, 40);
    const again = await commit(pool, 9_000, 1);
    expect(await tell(house.asha, again.sessions[0]!.sessionId)).toMatchObject({ outcome: 'excused', freedPence: 3_000, uncoveredPence: 0 });
    expect(await reserved(pool)).toEqual([0, 7_500, 7_500]);
    await house.attended(again, 0, house.bola);
    await invoice(again.purchaseId, [again.sessions[0]!.sessionId], 9_000);
    expect(await posted(pool)).toEqual([7_000, 6_500, 3_500]);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });
});

describe('money that does not reach', () => {
  it('is told without saying whose, and written down with what the group does about it', async () => {
    const pool = await house.startedPool(house.members, { funders: 'last' });
    for (const [who, pounds] of [
      [house.asha, 50],
      [house.bola, 20],
      [house.carys, 10],
    ] as const)
      await house.putIn(pool, who, pounds);
    const quote = await house.chosenQuote(pool, house.members, 9_000, 1);
    expect(await get(Shortfalls).look(await house.as(house.bola), quote)).toEqual({ missingPence: 3_000, membersShort: 2, minePence: 1_000 });
    expect(await get(Shortfalls).look(await house.as(house.asha), quote)).toMatchObject({ minePence: 0 });
    const femi = await house.as(house.femi);
    await expect(get(Shortfalls).answer(femi, quote, { answer: 'bridge' })).rejects.toMatchObject({ code: 'bridge-not-known' });
    await expect(get(Shortfalls).answer(await house.as(house.pat), quote, { answer: 'reduce' })).rejects.toMatchObject({
      kind: expect.stringMatching(/not-found|forbidden/),
    });
    expect(await get(Shortfalls).answer(femi, quote, { answer: 'put-in-more' })).toMatchObject({ missingPence: 3_000, membersShort: 2 });
    expect(await get(Shortfalls).answer(femi, quote, { answer: 'pause', words: 'Until the new year.' })).toMatchObject({ answer: 'pause' });
    expect((await house.poolQueries.pool(femi, pool)).state).toBe('frozen');
    await house.freezes.unfreeze(femi, pool, { reason: 'A funder helps.' });
    const { shareId } = await promise(await house.as(house.olu), pool);
    await expect(get(Shortfalls).answer(femi, quote, { answer: 'bridge', funderShareId: shareId })).rejects.toMatchObject({ code: 'nothing-short' });
    await house.purchases.commit(femi, quote, { days: [later(6)] });
    expect((await house.balance(funderAccount(pool, house.icb, house.n))).reserved).toBe(3_000);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
  });
});

describe('another money-holder', () => {
  it('settles what is in flight, voids the commitments, moves the money by remittances, and sets as much aside again', async () => {
    const pool = await house.fundedPool(100);
    const purchase = await commit(pool, 9_000, 3);
    const session = await house.attended(purchase, 0);
    const { invoiceId } = await invoice(purchase.purchaseId, [session], 9_000);
    await agree(pool, { moneyHolderBook: house.u });
    const there = (who: Holder): AccountKey => ({ ...house.share(pool, who), book: house.u });
    const moves = async () =>
      house.database.read(house.everything(pool), (tx) =>
        tx.rows<{ id: string; state: string }>(
          `select r.id, c.state from money_holder_change c left join money_holder_part p on p.change_id = c.id left join remittance r on r.id = p.remittance_id
           where c.pool_id = $1 order by p.share_id`,
          [pool],
        ),
      );
    // A payment is in flight: nothing has moved, and nothing new may be committed.
    expect((await moves()).map((each) => [each.id, each.state])).toEqual([[null, 'settling']]);
    expect((await shares(pool)).map((each) => each.reserved)).toEqual([6_000, 6_000, 6_000]);
    await expect(commit(pool, 100, 1)).rejects.toMatchObject({ code: 'money-holder-changing' });

    await house.pay(invoiceId);
    const sent = await moves();
    expect(sent.map((each) => each.state)).toEqual(['moving', 'moving']);
    // Asha is notional: her share stays in the ICB's own book. Bola's and Carys's are on their way.
    expect(await shares(pool)).toEqual([
      { posted: 7_000, reserved: 6_000, free: 1_000 },
      { posted: 0, reserved: 0, free: 0 },
      { posted: 0, reserved: 0, free: 0 },
    ]);
    const bola = await house.as(house.bola);
    expect((await house.poolQueries.exitStatement(bola, pool)).statement).toMatchObject({ putInPence: 10_000, onItsWayPence: 7_000, toReturnPence: 0 });
    await house.attended(purchase, 1);
    await expect(invoice(purchase.purchaseId, [purchase.sessions[1]!.sessionId], 9_000)).rejects.toMatchObject({ code: 'money-holder-changing' });

    for (const each of sent) await house.arriveByBank(each.id);
    expect((await moves()).map((each) => each.state)).toEqual(['done', 'done']);
    for (const who of [house.bola, house.carys]) expect(await house.balance(there(who))).toEqual({ posted: 7_000, reserved: 6_000, free: 1_000 });
    const statement = (await house.poolQueries.exitStatement(bola, pool)).statement;
    expect(statement).toMatchObject({ putInPence: 10_000, onItsWayPence: 0, returnedBeforePence: 0, refunds: [], keptPence: 3_000, toReturnPence: 4_000 });
    expect(await house.database.read(house.everything(pool), (tx) => get(ShareMoves).isMoving(tx, pool))).toBe(false);

    const next = await invoice(purchase.purchaseId, [purchase.sessions[1]!.sessionId], 9_000);
    expect(next.payments).toBe(2);
    expect((await house.balance(there(house.bola))).posted).toBe(4_000);
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });
});

describe('the end of a pool', () => {
  it('comes with the last yes: providers are paid, shares go home, and everybody has a final statement that adds up', async () => {
    const pool = await house.startedPool(house.members, { funders: 'first' });
    for (const who of house.members) await house.putIn(pool, who, 100);
    const { shareId } = await promise(await house.as(house.olu), pool, { amountPence: pence(3_000) });
    const purchase = await commit(pool, 9_000, 2);
    const session = await house.attended(purchase, 0);
    const windUp = async (who: Holder) => get(WindingUp).agree(await house.as(who), pool, {});
    expect(await windUp(house.asha)).toMatchObject({ state: 'active', saidYes: 1, members: 3 });
    await expect(windUp(house.asha)).rejects.toMatchObject({ code: 'said-yes-already' });
    await expect(get(WindingUp).agree(await house.as(house.femi), pool, {})).rejects.toMatchObject({ kind: 'forbidden' });
    await windUp(house.bola);
    expect(await windUp(house.carys)).toMatchObject({ state: 'closing', saidYes: 3 });
    await house.deliver();
    // Session 1 was held: 2,000 of each and the funder's 3,000 stay for its invoice; session 2 is free again.
    expect(await posted(pool)).toEqual([2_000, 2_000, 2_000]);
    const { invoiceId } = await invoice(purchase.purchaseId, [session], 8_000);
    await house.deliver();
    const stateOf = async () =>
      (await house.database.read(house.everything(pool), (tx) => tx.row<{ state: string }>('select state from pool where id = $1', [pool])))!.state;
    expect(await stateOf()).toBe('closing');
    await house.pay(invoiceId);
    await get(Tidying).run(() => undefined);
    for (const { id } of await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ id: string }>(`select id from remittance where pool_id = $1 and state = 'on-the-way'`, [pool]),
    ))
      await house.arriveByBank(id);
    await get(Tidying).run(() => undefined);
    expect([await stateOf(), await posted(pool)]).toEqual(['closed', [0, 0, 0]]);
    expect((await house.balance(funderAccount(pool, house.icb, house.n))).posted).toBe(0);
    const final = await get(FunderShareQueries).statement(await house.as(house.olu), shareId);
    expect(final).toMatchObject({ final: true, statement: { putInPence: 3_000, keptPence: 0, toReturnPence: 0 } });
    const billed = final.statement.invoices.reduce((sum, each) => sum + each.amountPence, 0);
    expect(billed + final.statement.returnedBeforePence).toBe(3_000);
    const mine = (await house.poolQueries.exitStatement(await house.as(house.asha), pool)).statement;
    const paid = mine.invoices.reduce((sum, each) => sum + each.amountPence, 0);
    expect([mine.putInPence, mine.returnedBeforePence + paid, mine.toReturnPence]).toEqual([10_000, 10_000, 0]);
    const all = await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ n: bigint }>('select count(*) as n from final_statement where pool_id = $1', [pool]),
    );
    expect(all).toEqual([{ n: 4n }]);
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });

  it('comes too when the only one who had not said yes leaves', async () => {
    const pool = await house.startedPool(house.members);
    for (const who of house.members) await house.putIn(pool, who, 100);
    const stateOf = async () =>
      (await house.database.read(house.everything(pool), (tx) => tx.row<{ state: string }>('select state from pool where id = $1', [pool])))!.state;
    for (const who of [house.asha, house.bola]) await get(WindingUp).agree(await house.as(who), pool, {});
    await house.deliver();
    expect(await stateOf()).toBe('active');
    await house.leaving.leave(await house.as(house.carys), pool, {});
    await house.deliver();
    expect(await stateOf()).not.toBe('active');
    const states = await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ state: string }>('select state from pool_member where pool_id = $1', [pool]),
    );
    expect(states.map((member) => member.state)).toEqual(['left', 'left', 'left']);
    expect(await posted(pool)).toEqual([0, 0, 0]);
  });
});

describe('what happens to a person', () => {
  it('a death: no notice is charged, later sessions are free, and the share goes to its line in another book', async () => {
    const pool = await house.fundedPool(100);
    const purchase = await commit(pool, 9_000, 2);
    await house.attended(purchase, 0, house.bola);
    const olu = await house.as(house.olu);
    const died = (over: object = {}) => get(Deaths).record(olu, house.carys.id, { diedOn: house.today, ...over });
    await expect(died({ diedOn: later(1) })).rejects.toMatchObject({ code: 'day-of-death-wrong' });
    await expect(get(Deaths).record(await house.as(house.femi), house.carys.id, { diedOn: house.today })).rejects.toMatchObject({ kind: 'not-found' });
    const answer = await died();
    expect(answer.returnedPence).toBe(7_000);
    // The session before the death keeps her part; her notice of 28 days would have kept the next one too.
    expect(await house.balance(house.share(pool, house.carys))).toEqual({ posted: 3_000, reserved: 3_000, free: 0 });
    await expect(died()).rejects.toMatchObject({ code: 'death-recorded-already' });
    const exit = await house.database.read(house.everything(pool), (tx) =>
      tx.row<{ how: string; notice: LocalDate; day: LocalDate }>(
        'select how, notice_until as notice, left_on as day from pool_exit where pool_id = $1 and person_id = $2',
        [pool, house.carys.id],
      ),
    );
    expect(exit).toEqual({ how: 'died', notice: house.today, day: house.today });
    const person = await house.database.read(house.everything(), (tx) => get(People).find(tx, house.carys.id));
    expect(person?.diedOn).toBe(house.today);
    await invoice(purchase.purchaseId, [purchase.sessions[0]!.sessionId], 9_000);
    expect(await posted(pool)).toEqual([7_000, 7_000, 0]);
  });

  it('a move of area: the old ICB’s lines end, their shares go back to them, and the person stays', async () => {
    const two = [house.asha, house.bola];
    const pool = await house.startedPool(two);
    for (const who of two) await house.putIn(pool, who, 100);
    await commit(pool, 6_000, 2, two);
    const elsewhere = (await house.database.read(house.everything(), (tx) => house.ledger.figuresOf(tx, [house.asha.lineId]))).get(house.asha.lineId)!;
    const line = (await house.balance(house.line(house.asha))).posted;
    const olu = await house.as(house.olu);
    const move = (over: object = {}) => get(AreaMoves).record(olu, house.asha.id, { icbId: house.otherIcb, fromDay: house.today, ...over });
    await expect(move({ icbId: house.council })).rejects.toMatchObject({ code: 'not-an-icb' });
    await expect(move({ icbId: house.icb })).rejects.toMatchObject({ code: 'same-icb' });
    await expect(move({ fromDay: later(1) })).rejects.toMatchObject({ code: 'moved-in-the-future' });
    await expect(move({ fromDay: '2026-04-01' })).rejects.toMatchObject({ code: 'moved-before' });
    await expect(get(AreaMoves).record(await house.as(house.femi), house.asha.id, { icbId: house.otherIcb, fromDay: house.today })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const moved = await move();
    expect(moved.lineIds).toEqual([house.asha.lineId]);
    expect((await house.balance(house.line(house.asha))).posted).toBe(line + moved.returnedPence);
    const after = (await house.database.read(house.everything(), (tx) => house.ledger.figuresOf(tx, [house.asha.lineId]))).get(house.asha.lineId)!;
    expect([after.spent, after.free + after.committed]).toEqual([elsewhere.spent, elsewhere.free + elsewhere.committed]);
    expect((await shares(pool)).slice(0, 2)).toEqual([
      { posted: 0, reserved: 0, free: 0 },
      { posted: 10_000, reserved: 6_000, free: 4_000 },
    ]);
    const asha = await house.as(house.asha);
    expect((await house.poolQueries.pool(asha, pool)).members.find((member) => member.isMe)?.state).toBe('member');
    await expect(house.contributions.contribute(asha, { poolId: pool, lineId: house.asha.lineId, amountPence: pence(100) })).rejects.toMatchObject({
      code: 'line-ended',
    });
    await expect(move({ icbId: house.icb })).rejects.toMatchObject({ kind: 'not-found' });
    for (const who of two) await house.leaving.leave(await house.as(who), pool, {});
  });
});
