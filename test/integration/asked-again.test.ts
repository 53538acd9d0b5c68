/** Somebody who left a pool, or said no to it, is asked again: once their leaving is whole, with a new yes, and without a word of their exit statement changed. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolId } from '../../src/kernel/index.js';
import { addDays } from '../../src/kernel/index.js';
import type { Answered } from '../support/pooling-calls.js';
import { callsOf } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
const morning = new Date('2026-11-20T10:00:00Z');
beforeAll(async () => {
  house = await poolingHouse();
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
  house.clock.set(morning);
});

const call = callsOf(() => house);
const invite = (pool: PoolId, who: Holder, more: object = {}) => call(house.femi, 'post', `pools/${pool}/members`, { personId: who.id, ...more });
const exits = (pool: PoolId, who: Holder) =>
  house.database.read(house.everything(pool), (tx) =>
    tx.rows<{ statement: Answered }>('select statement from pool_exit where pool_id = $1 and person_id = $2 order by made_at', [pool, who.id]),
  );

describe('somebody who left', () => {
  it('is asked again when nothing of theirs is left, agrees again, puts money in and leaves with a statement of both times', async () => {
    const pool = await house.startedPool(house.members, { noticeDays: 0 });
    await house.putIn(pool, house.bola, 40);
    const { free } = await house.balance(house.line(house.bola));
    await house.leaving.leave(await house.as(house.bola), pool, {});
    await house.deliver();
    expect((await house.balance(house.line(house.bola))).free).toBe(free + 4_000);
    const [first] = await exits(pool, house.bola);
    expect((await invite(pool, house.bola, { withoutMoney: true })).json['code']).toBe('paid-before');
    expect((await invite(pool, house.asha)).json['code']).toBe('in-the-pool-already');
    const both = await Promise.all([invite(pool, house.bola), invite(pool, house.bola)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const view = (await call(house.bola, 'get', `pools/${pool}`)).json;
    expect(view['members'].find((each: Answered) => each['isMe'])).toMatchObject({ state: 'invited', joinOrder: 2 });
    expect(view['agreements'][0]).toMatchObject({ state: 'in-force', iAssented: false });
    const early = await call(house.bola, 'post', `pools/${pool}/contributions`, { lineId: house.bola.lineId, amountPence: 100 });
    expect(early.json['code']).toBe('not-a-member');
    const { id, contentHash } = view['agreements'][0];
    expect((await call(house.bola, 'post', `agreements/${id}/assent`, { contentHash, format: 'easy-read' })).status).toBe(201);
    await house.putIn(pool, house.bola, 25);
    expect((await house.balance(house.share(pool, house.bola))).free).toBe(2_500);
    expect((await exits(pool, house.bola)).map((each) => each.statement)).toEqual([first!.statement]);
    const history = (await call(house.bola, 'get', `pools/${pool}`)).json['history'].map((each: Answered) => each['sentence']);
    expect(history).toEqual(expect.arrayContaining(['You were invited again.', 'You left, with an exit statement.']));
    house.clock.set(new Date('2026-11-21T10:00:00Z'));
    await house.leaving.leave(await house.as(house.bola), pool, {});
    await house.deliver();
    const [kept, second] = await exits(pool, house.bola);
    expect(kept!.statement).toEqual(first!.statement);
    expect(second!.statement).toMatchObject({ putInPence: 6_500, returnedBeforePence: 4_000, toReturnPence: 2_500 });
    expect((await house.balance(house.line(house.bola))).free).toBe(free + 4_000);
  });

  it('is not asked while their notice runs, or anything of theirs is still in the pool', async () => {
    const pool = await house.fundedPool(60);
    await house.committed(pool, 3_000, 2);
    await house.leaving.leave(await house.as(house.asha), pool, {});
    await house.deliver();
    const early = await invite(pool, house.asha);
    expect([early.json['code'], early.json['detail']]).toEqual(['still-leaving', expect.stringContaining('notice ends on')]);
    house.clock.set(new Date(`${addDays(house.today, 29)}T10:00:00Z`));
    expect((await invite(pool, house.asha)).json['code']).toBe('still-leaving');
    expect((await house.balance(house.share(pool, house.asha))).reserved).toBeGreaterThan(0);
  });

  it('or said no, is asked again as if for the first time', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await invite(pool, house.carys);
    await house.leaving.leave(await house.as(house.carys), pool, {});
    expect((await invite(pool, house.carys, { withoutMoney: true })).status).toBe(201);
    const { agreements, members } = (await call(house.carys, 'get', `pools/${pool}`)).json;
    expect(members.at(-1)).toMatchObject({ state: 'invited', pays: false });
    const { id, contentHash } = agreements[0];
    expect((await call(house.carys, 'post', `agreements/${id}/assent`, { contentHash, format: 'spoken' })).status).toBe(201);
  });
});
