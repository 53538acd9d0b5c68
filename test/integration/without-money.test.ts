/** Members without a budget, and what people bring beside money (domain 2.1, EXPECT 8): a voice as everybody has, no part of any price, and
 *  nothing of it on the ledger. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, systemActor } from '../../src/kernel/index.js';
import type { Answered } from '../support/pooling-calls.js';
import { callsOf, joins, known } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
let nell: PersonId;
const morning = new Date('2026-11-20T10:00:00Z');
beforeAll(async () => {
  house = await poolingHouse();
  nell = await known(house, 'Nell');
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
  house.clock.set(morning);
});

const call = callsOf(() => house);
const join = (pool: PoolId): Promise<void> => joins(call, house, pool, nell, true);

describe('a neighbour who is not here yet', () => {
  const gil = { firstName: 'Gil', familyName: 'Invented', reachBy: 'phone', reachFormat: 'large-print', phone: '07700 900123', place: 'M33', agreed: true };
  const register = (pool: PoolId, body: object, who: PersonId | Holder = house.femi, key?: string) => call(who, 'post', `pools/${pool}/neighbours`, body, key);

  it('is written down by the pool’s broker with their own yes, asked to join without money, and agrees on paper', async () => {
    const pool = await house.startedPool(house.members);
    expect((await register(pool, gil, house.asha)).status).toBe(403);
    expect((await register(pool, gil, house.pat)).status).toBe(404);
    expect((await register(pool, { ...gil, agreed: false })).json['code']).toBe('neighbour-not-agreed');
    expect((await register(pool, { ...gil, reachBy: 'email' })).json['code']).toBe('reach-needed');
    for (const wrong of [{ firstName: '' }, { phone: 'ring me' }, { reachBy: 'pigeon' }, { place: 'M33 7XX' }])
      expect((await register(pool, { ...gil, ...wrong })).status).toBe(422);
    const key = newId();
    const first = await register(pool, gil, house.femi, key);
    expect([first.status, first.json['state']]).toEqual([201, 'invited']);
    expect((await register(pool, gil, house.femi, key)).json).toEqual(first.json);
    expect((await register(pool, { ...gil, firstName: ' gil ' })).json['code']).toBe('in-the-pool-already');
    const written = await house.database.read(systemActor('test', { people: [first.json['personId']] }), (tx) =>
      tx.rows(
        `select first_name as name, reach_by as by, reach_format as format, nhs_number is null as bare, phone is not null and phone <> $1::text::bytea as hidden from person where id = $2`,
        [gil.phone, first.json['personId']],
      ),
    );
    expect(written).toEqual([{ name: 'Gil', by: 'phone', format: 'large-print', bare: true, hidden: true }]);
    await call(house.femi, 'post', `pools/${pool}/pack`);
    const { agreement } = (await call(house.femi, 'get', `pools/${pool}/pack`)).json;
    expect(agreement).toMatchObject([{ firstName: 'Gil' }]);
    await call(house.femi, 'post', `pools/${pool}/agreement-papers`, { reference: agreement[0].reference, format: 'large-print' });
    const { members } = (await call(house.asha, 'get', `pools/${pool}`)).json;
    expect(members.at(-1)).toMatchObject({ firstName: 'Gil', state: 'member', pays: false });
  });
});

describe('a member without a budget', () => {
  it('is invited, agrees, votes, is counted, and leaves with a statement of nothing', async () => {
    const pool = await house.startedPool(house.members, { decide: 'most-agree' });
    await join(pool);
    const seen = (await call(house.asha, 'get', `pools/${pool}`)).json;
    expect(seen['members']).toMatchObject([{ pays: true }, { pays: true }, { pays: true }, { firstName: 'Nell', state: 'member', pays: false }]);
    expect(seen['history'].map((each: { sentence: string }) => each.sentence)).toContain('Nell was invited to join without putting money in.');
    const raised = await call(nell, 'post', `pools/${pool}/decisions`, {
      question: 'Shall I drive on Saturdays?',
      closesOn: addDays(house.today, 14),
      reviewOn: addDays(house.today, 100),
    });
    expect(raised.status).toBe(201);
    for (const who of [nell, house.asha]) expect((await call(who, 'post', `decisions/${raised.json['decisionId']}/votes`, { choice: 'for' })).status).toBe(201);
    expect((await call(house.bola, 'get', `decisions/${raised.json['decisionId']}`)).json).toMatchObject({ members: 4, voted: 2, needed: 2 });
    expect((await call(nell, 'get', `pools/${pool}/exit-statement`)).json['statement']).toMatchObject({ putInPence: 0, toReturnPence: 0 });
    const left = await call(nell, 'post', `pools/${pool}/leave`);
    expect(left.json['statement']).toMatchObject({ putInPence: 0, toReturnPence: 0 });
  });

  it('has no part of any price: a session falls on those who pay, to the penny', async () => {
    const pool = await house.fundedPool(400);
    await join(pool);
    const quote = await call(house.femi, 'post', `pools/${pool}/quotes`, {
      providerId: house.provider,
      service: 'An hour in the warm pool',
      pricePence: 10_000,
      sessions: 3,
    });
    for (const who of [...house.members, nell]) expect((await call(who, 'post', `quotes/${quote.json['quoteId']}/choose`)).status).toBeLessThan(300);
    const days = [6, 34, 62].map((after) => addDays(house.today, after));
    const bought = await house.purchases.commit(await house.as(house.femi), quote.json['quoteId'], { days });
    expect(bought.setAsidePence).toBe(30_000);
    for (const who of house.members) expect((await house.balance(house.share(pool, who))).reserved).toBe(10_000);
  });

  it('cannot put money in, nor pledge it, and is told what they can bring', async () => {
    const pool = await house.startedPool([house.asha].concat([house.bola]));
    expect((await call(house.femi, 'post', `pools/${pool}/members`, { personId: house.carys.id, withoutMoney: true })).status).toBe(201);
    const { agreements } = (await call(house.carys, 'get', `pools/${pool}`)).json;
    await call(house.carys, 'post', `agreements/${agreements[0].id}/assent`, { contentHash: agreements[0].contentHash, format: 'standard' });
    const money = { lineId: house.carys.lineId, planLineId: house.carys.planLineId, amountPence: 100, by: 'bank' };
    expect((await call(house.carys, 'post', `pools/${pool}/contributions`, money)).json['code']).toBe('comes-without-money');
    const round = await call(house.asha, 'post', `pools/${pool}/pledge-rounds`, {
      purpose: 'A hoist',
      thresholdPence: 1_000,
      freeUntil: addDays(house.today, 10),
      reachBy: addDays(house.today, 20),
      ending: 'release',
    });
    expect((await call(house.carys, 'post', `pledge-rounds/${round.json['roundId']}/pledges`, money)).json['code']).toBe('comes-without-money');
    expect((await call(house.carys, 'get', `pledge-rounds/${round.json['roundId']}`)).json).toMatchObject({ mayPledge: false, members: 2 });
  });

  it('alone with others like them, nobody can be made to pay', async () => {
    const { poolId: pool } = await house.pools.propose(await house.as(house.femi), {
      name: 'Walkers',
      purpose: 'To walk.',
      members: [
        { personId: nell, withoutMoney: true },
        { personId: house.asha.id, withoutMoney: true },
      ],
    });
    const { agreementId, contentHash } = await house.offer(pool);
    for (const who of [nell, house.asha.id]) await call(who, 'post', `agreements/${agreementId}/assent`, { contentHash, format: 'standard' });
    const quote = await call(house.femi, 'post', `pools/${pool}/quotes`, { providerId: house.provider, service: 'A guide', pricePence: 500, sessions: 1 });
    for (const who of [nell, house.asha.id]) await call(who, 'post', `quotes/${quote.json['quoteId']}/choose`);
    await expect(house.purchases.commit(await house.as(house.femi), quote.json['quoteId'], { days: [addDays(house.today, 6)] })).rejects.toMatchObject({
      code: 'nobody-pays',
    });
  });
});

describe('what people bring', () => {
  const bring = (who: PersonId | Holder, pool: PoolId, more: object = {}, key?: string) =>
    call(who, 'post', `pools/${pool}/gifts`, { kind: 'transport', words: 'Room for four in my car', fromDay: house.today, ...more }, key);
  const brought = async (who: PersonId | Holder, pool: PoolId): Promise<Answered[]> => (await call(who, 'get', `pools/${pool}/gifts`)).json['items'];

  it('is seen by all by first name, taken back, over on its day, and never touches the ledger', async () => {
    const pool = await house.startedPool();
    await join(pool);
    const entries = async () => (await house.database.read(house.everything(), (tx) => tx.rows<{ n: number }>('select count(*)::int as n from entry')))[0]!.n;
    const before = await entries();
    const { json } = await bring(nell, pool, { helpedBy: 'my son' });
    expect((await bring(house.asha, pool, { kind: 'skill', words: 'I can float', untilDay: addDays(house.today, 3) })).status).toBe(201);
    expect(await brought(house.bola, pool)).toMatchObject([
      { firstName: 'Asha', kind: 'skill', isMine: false, helpedBy: null },
      { firstName: 'Nell', kind: 'transport', words: 'Room for four in my car', helpedBy: null },
    ]);
    expect((await brought(nell, pool))[1]).toMatchObject({ isMine: true, helpedBy: 'my son' });
    for (const secret of [nell, house.asha.id]) expect(JSON.stringify(await brought(house.bola, pool))).not.toContain(secret);
    expect((await call(house.asha, 'post', `pools/${pool}/gifts/${json['giftId']}/take-back`)).status).toBe(404);
    expect((await call(nell, 'post', `pools/${pool}/gifts/${json['giftId']}/take-back`)).json).toMatchObject({ state: 'taken-back' });
    expect((await call(nell, 'post', `pools/${pool}/gifts/${json['giftId']}/take-back`)).json['code']).toBe('gift-is-taken-back');
    expect(await brought(house.bola, pool)).toHaveLength(1);
    house.clock.set(new Date(`${addDays(house.today, 4)}T10:00:00Z`));
    expect(await brought(house.bola, pool)).toEqual([]);
    expect(await entries()).toBe(before);
  });

  it('is refused of a kind or in days that do not fit, from a stranger, and twice with one key', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    expect((await bring(house.asha, pool, { kind: 'money' })).status).toBe(422);
    expect((await bring(house.asha, pool, { words: '' })).status).toBe(422);
    expect((await bring(house.asha, pool, { untilDay: addDays(house.today, -1) })).json['code']).toBe('gift-ends-before-it-begins');
    expect((await bring(house.asha, pool, { fromDay: addDays(house.today, -1) })).json['code']).toBe('gift-in-the-past');
    expect((await bring(nell, pool)).status).toBe(404);
    const key = newId();
    const [one, two] = await Promise.all([bring(house.asha, pool, {}, key), bring(house.asha, pool, {}, key)]);
    expect(one.json['giftId']).toBe(two.json['giftId']);
    expect(await brought(house.bola, pool)).toHaveLength(1);
  });

  it('ends with leaving, and the check finds what did not', async () => {
    const pool = await house.startedPool();
    await bring(house.carys, pool);
    expect(
      await house.faultsAfter(`update pool_member set state = 'left', left_on = '2026-11-20' where pool_id = '${pool}' and person_id = '${house.carys.id}'`),
    ).toContain('gifts-are-of-members');
    await house.putIn(pool, house.asha, 1);
    expect(await house.faultsAfter(`update pool_member set pays = false where pool_id = '${pool}'`)).toContain('who-does-not-pay-has-no-share');
    await house.leaving.leave(await house.as(house.carys), pool, {});
    expect(await brought(house.asha, pool)).toEqual([]);
  });
});
