import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetQueries } from '../../src/budgets/index.js';
import type { LocalDate } from '../../src/kernel/index.js';
import { addDays, pence } from '../../src/kernel/index.js';
import { poolJson } from '../../src/pools/index.js';
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

const format = 'easy-read' as const;
const contribute = async (pool: Awaited<ReturnType<PoolingHouse['propose']>>, who: PoolingHouse['asha'], pounds: number, more: object = {}, key?: string) =>
  house.contributions.contribute(await house.as(who), { poolId: pool, lineId: who.lineId, amountPence: pence(pounds * 100), ...more }, key);

describe('forming a pool', () => {
  it('starts when everyone has assented to the same version, and not before (RULE 16)', async () => {
    const pool = await house.propose();
    const { agreementId, contentHash, version } = await house.offer(pool);
    expect(version).toBe(1);
    for (const who of [house.asha, house.bola]) {
      expect(await house.agreements.assent(await house.as(who), agreementId, { contentHash, format })).toMatchObject({ agreementState: 'offered' });
      await expect(contribute(pool, who, 10)).rejects.toMatchObject({ code: 'not-a-member' });
    }
    expect((await house.poolQueries.pool(await house.as(house.asha), pool)).state).toBe('agreeing');
    expect(await house.agreements.assent(await house.as(house.carys), agreementId, { contentHash, format, helpedBy: 'her sister' })).toMatchObject({
      agreementState: 'in-force',
    });
    expect((await house.poolQueries.pool(await house.as(house.asha), pool)).state).toBe('active');
    expect(await contribute(pool, house.asha, 10)).toMatchObject({ state: 'arrived', by: 'same-book' });
  });

  it('refuses an assent to an older version, to other words, and a second one', async () => {
    const pool = await house.propose();
    const first = await house.offer(pool);
    const second = await house.offer(pool, { text: 'We swim on Fridays.' });
    expect(second.contentHash).not.toBe(first.contentHash);
    const asha = await house.as(house.asha);
    await expect(house.agreements.assent(asha, first.agreementId, { contentHash: first.contentHash, format })).rejects.toMatchObject({
      code: 'agreement-changed',
    });
    await expect(house.agreements.assent(asha, second.agreementId, { contentHash: first.contentHash, format })).rejects.toMatchObject({
      code: 'agreement-changed',
    });
    await house.agreements.assent(asha, second.agreementId, { contentHash: second.contentHash, format });
    await expect(house.agreements.assent(asha, second.agreementId, { contentHash: second.contentHash, format })).rejects.toMatchObject({
      code: 'assented-already',
    });
  });

  it('lets no old assent slip in while a new version is offered at the same moment', async () => {
    const pool = await house.propose();
    const first = await house.offer(pool);
    for (const who of [house.asha, house.bola])
      await house.agreements.assent(await house.as(who), first.agreementId, { contentHash: first.contentHash, format });
    const carys = await house.as(house.carys);
    const [assented, offered] = await Promise.allSettled([
      house.agreements.assent(carys, first.agreementId, { contentHash: first.contentHash, format }),
      house.offer(pool, { text: 'Other words.' }),
    ]);
    expect(offered.status).toBe('fulfilled');
    const view = await house.poolQueries.pool(carys, pool);
    const inForce = view.agreements.filter((agreement) => agreement.state === 'in-force');
    if (assented.status === 'fulfilled') expect([inForce[0]?.version, view.state]).toEqual([1, 'active']);
    else expect([assented.reason.code, inForce.length, view.state]).toEqual(['agreement-changed', 0, 'agreeing']);
  });

  it('is hidden from everybody else, and shows members first names, their own numbers and the others’ sum', async () => {
    const pool = await house.fundedPool(20);
    await expect(house.poolQueries.pool(await house.as(house.pat), pool)).rejects.toMatchObject({ kind: 'not-found' });
    const view = await house.poolQueries.pool(await house.as(house.asha), pool);
    const text = JSON.stringify(poolJson(view));
    expect(view.members.map((member) => [member.firstName, member.isMe])).toEqual([
      ['Asha', true],
      ['Bola', false],
      ['Carys', false],
    ]);
    expect([view.mine?.free, view.others.free]).toEqual([2000n, 4000n]);
    for (const secret of ['Invented', house.bola.id, house.carys.id, house.bola.lineId]) expect(text).not.toContain(secret);
    expect(view.history.map((each) => each.sentence)).toEqual(
      expect.arrayContaining(['Everyone had agreed, and the pool started.', 'Money from Bola and you arrived.', 'Bola, Carys and you agreed to version 1.']),
    );
    const shares = await house.poolQueries.shares(await house.as(house.bola), pool);
    expect([shares.mine.map((each) => each.money.free), shares.others.free]).toEqual([[2000n], 4000n]);
    expect((await house.poolQueries.pool(await house.as(house.femi), pool)).mine).toBeNull();
  });

  it('takes a newcomer who assents to what is in force, and stops and goes on', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const femi = await house.as(house.femi);
    expect(await house.pools.invite(femi, pool, { personId: house.carys.id })).toMatchObject({ state: 'invited' });
    await expect(house.pools.invite(await house.as(house.femi), pool, { personId: house.carys.id })).rejects.toMatchObject({ code: 'in-the-pool-already' });
    await expect(contribute(pool, house.carys, 10, { by: 'bank' })).rejects.toMatchObject({ code: 'not-a-member' });
    const carys = await house.as(house.carys);
    const agreement = (await house.poolQueries.pool(carys, pool)).agreements[0]!;
    await house.agreements.assent(carys, agreement.id, { contentHash: agreement.contentHash, format });
    expect((await house.poolQueries.pool(carys, pool)).members.map((member) => member.state)).toEqual(['member', 'member', 'member']);
    await house.freezes.freeze(femi, pool, { reason: 'A question about the money-holder.' });
    await expect(contribute(pool, house.asha, 10)).rejects.toMatchObject({ code: 'pool-not-active' });
    await expect(house.freezes.freeze(femi, pool, { reason: 'again' })).rejects.toMatchObject({ code: 'pool-is-frozen' });
    await house.freezes.unfreeze(femi, pool, { reason: 'Answered.' });
    expect(await contribute(pool, house.asha, 10)).toMatchObject({ state: 'arrived' });
  });

  it('that runs without a broker is set up by its members, and not by who was only asked to join', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await house.pools.invite(await house.as(house.femi), pool, { personId: house.carys.id });
    await house.database.transaction(house.everything(pool), (tx) => tx.run('update pool set broker_id = null where id = $1', [pool]));
    const version = {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      feesOwedBy: 'icb',
      reviewOn: addDays(house.today, 100),
      text: 'We swim on Thursdays.',
    } as const;
    const carys = await house.as(house.carys);
    await expect(house.agreements.offer(carys, pool, version)).rejects.toMatchObject({ code: 'not-a-member' });
    await expect(house.pools.invite(carys, pool, { personId: house.olu })).rejects.toMatchObject({ code: 'not-a-member' });
    expect(await house.agreements.offer(await house.as(house.asha), pool, version)).toMatchObject({ version: 2 });
  });
});

describe('putting money in', () => {
  it('moves a line’s money into the share of the same book at once, and a repeat changes nothing', async () => {
    const pool = await house.startedPool();
    const before = await house.balance(house.line(house.asha));
    const first = await contribute(pool, house.asha, 30, {}, 'key-of-asha-1');
    expect(await contribute(pool, house.asha, 30, {}, 'key-of-asha-1')).toEqual(first);
    await expect(contribute(pool, house.asha, 31, {}, 'key-of-asha-1')).rejects.toMatchObject({ code: 'idempotency-key-reused' });
    expect((await house.balance(house.line(house.asha))).free).toBe(before.free - 3000);
    expect(await house.balance(house.share(pool, house.asha))).toEqual({ posted: 3000, reserved: 0, free: 3000 });
  });

  it('sends money of another book on its way; it buys nothing until it arrives', async () => {
    const pool = await house.startedPool();
    await expect(contribute(pool, house.carys, 30)).rejects.toMatchObject({ code: 'way-of-paying-needed' });
    const line = await house.balance(house.line(house.carys));
    const made = await contribute(pool, house.carys, 30, { by: 'bank' });
    expect(made).toMatchObject({ state: 'on-its-way', by: 'bank' });
    expect((await house.balance(house.line(house.carys))).free).toBe(line.free - 3000);
    expect((await house.balance(house.share(pool, house.carys))).posted).toBe(0);
    const mine = async () => (await house.poolQueries.pool(await house.as(house.carys), pool)).mine;
    expect(await mine()).toMatchObject({ putIn: 3000n, free: 0n, committed: 3000n });
    const numbers = async () => (await house.app.get(BudgetQueries).linesOf(await house.as(house.carys), house.carys.id))[0]!.numbers;
    const before = await numbers();
    expect(before.free + before.committed + before.spent + before.stillToCome).toBe(before.agreed);
    expect(before.committed >= 3000n).toBe(true);
    await house.arriveByBank(made.remittanceId!);
    expect((await house.balance(house.share(pool, house.carys))).free).toBe(3000);
    expect(await mine()).toMatchObject({ putIn: 3000n, free: 3000n, committed: 0n });
    expect(await numbers()).toMatchObject({ committed: before.committed - 3000n, free: before.free + 3000n });
    expect((await house.poolQueries.pool(await house.as(house.carys), pool)).contributions[0]).toMatchObject({ state: 'arrived', amount: 3000n });
  });

  it('refuses more than is free, another person’s line, and a line of no plan that is agreed', async () => {
    const pool = await house.startedPool();
    await expect(contribute(pool, house.bola, 40_000)).rejects.toMatchObject({ code: 'not-enough-free' });
    await expect(
      house.contributions.contribute(await house.as(house.bola), { poolId: pool, lineId: house.asha.lineId, amountPence: pence(100) }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    await expect(
      house.contributions.contribute(await house.as(house.femi), { poolId: pool, lineId: house.asha.lineId, amountPence: pence(100) }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(contribute(pool, house.bola, 1, { planLineId: house.asha.planLineId })).rejects.toMatchObject({ code: 'plan-line-of-another-plan' });
  });

  it('gives two contributions of the last pounds at once to one of them', async () => {
    const pool = await house.startedPool();
    const { free } = await house.balance(house.line(house.bola));
    const bola = await house.as(house.bola);
    const all = { poolId: pool, lineId: house.bola.lineId, amountPence: pence(free) };
    const outcomes = await Promise.allSettled([house.contributions.contribute(bola, all), house.contributions.contribute(bola, all)]);
    expect(outcomes.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find((each) => each.status === 'rejected')).toMatchObject({ reason: { code: 'not-enough-free' } });
    expect((await house.balance(house.line(house.bola))).free).toBe(0);
    await house.leaving.leave(bola, pool, {});
    expect((await house.balance(house.line(house.bola))).free).toBe(free);
  });
});

describe('leaving', () => {
  it('sends the free share home on any day, with a statement that adds up', async () => {
    const pool = await house.startedPool();
    await house.putIn(pool, house.asha, 50);
    const before = await house.balance(house.line(house.asha));
    const asha = await house.as(house.asha);
    expect(await house.poolQueries.exitStatement(asha, pool)).toMatchObject({ left: false, statement: { putInPence: 5000, toReturnPence: 5000 } });
    expect(await house.leaving.leave(asha, pool, {}, 'key-of-leaving')).toMatchObject({ statement: { putInPence: 5000, keptPence: 0, toReturnPence: 5000 } });
    expect((await house.balance(house.line(house.asha))).free).toBe(before.free + 5000);
    const after = await house.as(house.asha);
    await expect(house.poolQueries.pool(after, pool)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await house.poolQueries.exitStatement(after, pool)).toMatchObject({ left: true, statement: { toReturnPence: 5000 } });
    await expect(contribute(pool, house.asha, 1)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('sends home what arrives after the member has left', async () => {
    const pool = await house.startedPool();
    const made = await contribute(pool, house.carys, 25, { by: 'bank' });
    expect(await house.leaving.leave(await house.as(house.carys), pool, {})).toMatchObject({ statement: { putInPence: 0, toReturnPence: 0 } });
    await house.arriveByBank(made.remittanceId!);
    expect(await house.balance(house.share(pool, house.carys))).toEqual({ posted: 0, reserved: 0, free: 0 });
    const home = await house.database.read(house.everything(), (tx) =>
      tx.rows<{ amount: bigint }>(`select amount_pence as amount from remittance where pool_id = $1 and carries = 'return'`, [pool]),
    );
    expect(home.map((each) => each.amount)).toEqual([2500n]);
  });

  it('declines an invitation, and the pool goes on with those who agreed', async () => {
    const pool = await house.propose();
    const { agreementId, contentHash } = await house.offer(pool);
    for (const who of [house.asha, house.bola]) await house.agreements.assent(await house.as(who), agreementId, { contentHash, format });
    await house.leaving.leave(await house.as(house.carys), pool, {});
    const view = await house.poolQueries.pool(await house.as(house.asha), pool);
    expect([view.state, view.members.map((member) => member.state)]).toEqual(['active', ['member', 'member', 'left']]);
  });

  it('ends a pool that everybody has left', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    for (const who of [house.asha, house.bola]) await house.leaving.leave(await house.as(who), pool, {});
    const row = await house.database.read(house.everything(), (tx) => tx.row<{ state: string }>('select state from pool where id = $1', [pool]));
    expect(row?.state).toBe('closed');
  });
});

describe('the JSON door', () => {
  it('answers made things with 201, refusals as problem details, and the hidden with 404', async () => {
    const call = async (who: PoolingHouse['asha'], method: 'GET' | 'POST', path: string, payload?: object) => {
      const response = await house.app.inject({
        method,
        url: `/api/v1/${path}`,
        headers: { authorization: `Bearer ${await house.token(who)}`, 'idempotency-key': `door-${path}-${who.name}` },
        ...(payload ? { payload } : {}),
      });
      return { status: response.statusCode, json: response.json() };
    };
    const made = await call(house.asha, 'POST', 'pools', {
      name: 'Gardeners',
      purpose: 'To grow things.',
      members: [{ personId: house.asha.id }, { personId: house.bola.id }],
    });
    expect(made).toMatchObject({ status: 201, json: { state: 'forming' } });
    const { poolId } = made.json;
    const terms = {
      split: 'equal',
      absence: 'pay-if-you-come',
      noticeDays: 14,
      decide: 'all-agree',
      feesOwedBy: 'contributor',
      reviewOn: '2027-05-20' as LocalDate,
      text: 'We dig.',
    };
    const offered = await call(house.bola, 'POST', `pools/${poolId}/agreements`, terms);
    expect(offered).toMatchObject({ status: 201, json: { version: 1 } });
    for (const who of [house.asha, house.bola])
      expect(
        (await call(who, 'POST', `agreements/${offered.json.agreementId}/assent`, { contentHash: offered.json.contentHash, format: 'standard' })).status,
      ).toBe(201);
    expect(await call(house.asha, 'POST', `pools/${poolId}/contributions`, { lineId: house.asha.lineId, amountPence: 12.5 })).toMatchObject({ status: 422 });
    expect(await call(house.bola, 'POST', `pools/${poolId}/contributions`, { lineId: house.bola.lineId, amountPence: 99_999_999 })).toMatchObject({
      status: 409,
      json: { code: 'not-enough-free' },
    });
    expect((await call(house.asha, 'GET', `pools/${poolId}`)).json).toMatchObject({ state: 'active', moneyHolder: null });
    expect((await call(house.carys, 'GET', `pools/${poolId}`)).status).toBe(404);
    expect((await call(house.asha, 'GET', 'pools')).json.items.map((pool: { id: string }) => pool.id)).toContain(poolId);
    expect((await call(house.asha, 'GET', `pools/${poolId}/exit-statement`)).json).toMatchObject({ left: false, statement: { toReturnPence: 0 } });
    expect((await call(house.bola, 'POST', `pools/${poolId}/leave`, {})).status).toBe(201);
  });
});
