/** Many put money into one pool at once: they share transactions, and each has the outcome it would have had alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, PoolId } from '../../src/kernel/index.js';
import { pence } from '../../src/kernel/index.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

describe('contributions at the same time', () => {
  let house: PoolingHouse;
  let pool: PoolId;

  beforeAll(async () => {
    house = await poolingHouse();
    pool = await house.startedPool();
    await house.putIn(pool, house.asha, 1); // the pool's share is there
  });
  afterAll(async () => house.close());

  const ask = async (who: Holder, amount: number, key?: string, more: object = {}): Promise<{ contributionId: string; amountPence: number; by: string }> =>
    house.contributions.contribute(await house.as(who), { poolId: pool, lineId: who.lineId, amountPence: pence(amount), ...more }, key);
  const rows = <Row>(sql: string): Promise<Row[]> => house.database.read(house.everything(pool), (tx) => tx.rows<Row>(sql));

  it('share transactions, and every one is there, with history, audit, events and key', async () => {
    const before = await house.balance(house.share(pool, house.asha));
    const made = await Promise.all(Array.from({ length: 60 }, (_, n) => ask(n % 2 ? house.asha : house.bola, 100, `together-${n}`)));
    expect(new Set(made.map((each) => each.contributionId)).size).toBe(60);
    expect((await house.balance(house.share(pool, house.asha))).posted).toBe(before.posted + 3000);
    const ids = `select id from contribution where id in (${made.map((each) => `'${each.contributionId}'`).join(',')})`;
    const [{ n, transactions }] = (await rows<{
      n: bigint;
      transactions: bigint;
    }>(`select count(*) as n, count(distinct xmin::text) as transactions from contribution where id in (${ids})`)) as [{ n: bigint; transactions: bigint }];
    expect(n).toBe(60n);
    expect(transactions).toBeLessThan(60n);
    for (const [table, column] of [
      ['pool_history', 'noun_id'],
      ['audit_event', 'noun_id'],
    ] as const)
      expect(await rows(`select count(*) as n from ${table} where ${column} in (${ids})`)).toEqual([{ n: 60n }]);
    expect(await rows(`select count(*) as n from outbox_event where payload->>'contributionId' in (select id::text from (${ids}) i)`)).toEqual([{ n: 60n }]);
    expect(
      await rows(`select count(*) as n from idempotency_key where key like 'together-%' and answer->>'contributionId' in (select id::text from (${ids}) i)`),
    ).toEqual([{ n: 60n }]);
    expect(await rows(`select count(distinct actor) as n from audit_event where noun_id in (${ids})`)).toEqual([{ n: 2n }]);
  });

  it('give each its own outcome: made, repeated, sent from another book, refused', async () => {
    const { asha, bola, carys } = house;
    const actors = new Map(await Promise.all([asha, bola, carys].map(async (who) => [who, await house.as(who)] as const)));
    // Asked in this order: the first is served alone, the others together.
    const put = (who: Holder, line: Holder, amount: number, key: string, more: object = {}): ReturnType<typeof ask> =>
      house.contributions.contribute(actors.get(who)!, { poolId: pool, lineId: line.lineId, amountPence: pence(amount), ...more }, key);
    const asked = [
      put(asha, asha, 5, 'mixed-1'),
      put(bola, bola, 5, 'mixed-1'),
      put(asha, asha, 5, 'mixed-1'),
      put(asha, asha, 6, 'mixed-1'),
      put(bola, bola, 10_000_000, 'mixed-2'),
      put(carys, carys, 200, 'mixed-3', { by: 'bank' }),
      put(carys, carys, 200, 'mixed-4'),
      put(bola, asha, 1, 'mixed-5'),
      put(bola, bola, 5, 'mixed-6', { planLineId: asha.planLineId }),
      put(bola, bola, 7, 'mixed-7'),
    ];
    const outcomes = await Promise.allSettled(asked);
    const facts = outcomes.map((each) => (each.status === 'fulfilled' ? each.value.by : (each.reason as { code: string }).code));
    expect(facts).toEqual([
      'same-book',
      'same-book',
      'same-book',
      'idempotency-key-reused',
      'not-enough-free',
      'bank',
      'way-of-paying-needed',
      'not-found',
      'plan-line-of-another-plan',
      'same-book',
    ]);
    const [first, , again] = outcomes as {
      value: { contributionId: string };
    }[];
    expect(again!.value).toEqual(first!.value);
    expect(await rows(`select key from idempotency_key where key like 'mixed-%' order by 1`)).toEqual(
      ['mixed-1', 'mixed-1', 'mixed-3', 'mixed-7'].map((key) => ({ key })),
    );
  });

  it('give a first answer again only to who may still ask', async () => {
    const [asha, bola] = [await house.as(house.asha), await house.as(house.bola)];
    const put = (actor: Actor, who: Holder, key: string): Promise<unknown> =>
      house.contributions.contribute(actor, { poolId: pool, lineId: who.lineId, amountPence: pence(3) }, key);
    const first = await put(asha, house.asha, 'still-1');
    expect(await put(asha, house.asha, 'still-1')).toEqual(first);
    const former: Actor = { ...asha, grants: [] };
    await expect(put(former, house.asha, 'still-1')).rejects.toMatchObject({ code: 'not-found' });
    const [again, other] = await Promise.allSettled([put(former, house.asha, 'still-1'), put(bola, house.bola, 'still-2')]);
    expect(again).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } });
    expect(other.status).toBe('fulfilled');
  });

  it('never take more than is free between them', async () => {
    const { free } = await house.balance(house.line(house.bola));
    const half = Math.ceil(free / 3) + 1;
    const outcomes = await Promise.allSettled(Array.from({ length: 9 }, (_, n) => ask(house.bola, half, `drain-${n}`)));
    expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(2);
    for (const each of outcomes) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'not-enough-free' });
    expect((await house.balance(house.line(house.bola))).free).toBe(free - 2 * half);
  });

  it('leave every check without a fault', async () => {
    expect(await house.faults()).toEqual([]);
  });
});
