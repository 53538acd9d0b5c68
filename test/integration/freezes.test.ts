/** Stops of a pool and of one member's part through the real database: who may, for how long, what stops and what goes on, and what happens at once. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants, People } from '../../src/identity/index.js';
import { IcbPeople } from '../../src/insight/index.js';
import type { LocalDate, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, pence, systemActor } from '../../src/kernel/index.js';
import { Organisations } from '../../src/organisations/index.js';
import { FreezeDays, FreezeQueries } from '../../src/pools/index.js';
import type { SpendKind } from '../../src/pools/index.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
let freezeDays: FreezeDays;
beforeAll(async () => {
  house = await poolingHouse();
  freezeDays = house.app.get(FreezeDays, { strict: false });
}, 90_000);
afterAll(() => house?.close());

const later = (days: number): LocalDate => addDays(house.today, days);
const contribute = async (pool: PoolId, who: Holder, pounds: number) =>
  house.contributions.contribute(await house.as(who), { poolId: pool, lineId: who.lineId, amountPence: pence(pounds * 100) });
const quoted = async (pool: PoolId, who: readonly Holder[], price: number, kind: SpendKind = 'activity') => {
  const { quoteId } = await house.quotes.give(await house.as(house.femi), pool, {
    providerId: house.provider,
    service: 'An hour',
    pricePence: pence(price),
    sessions: 1,
    kind,
  });
  for (const each of who) await house.quotes.choose(await house.as(each), quoteId);
  return quoteId;
};
const commit = async (quote: Awaited<ReturnType<typeof quoted>>, days = 6) =>
  house.purchases.commit(await house.as(house.femi), quote, { days: [later(days)] });
const views = async (who: Holder | typeof house.femi, pool: PoolId) => house.app.get(FreezeQueries).ofPool(await house.as(who), pool);
const jump = (days: number): void => house.clock.set(new Date(`${later(days)}T09:00:00Z`));

describe('a stop of the pool', () => {
  it('is not begun, and not ended, by who was only asked to join', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await house.pools.invite(await house.as(house.femi), pool, { personId: house.carys.id });
    const carys = await house.as(house.carys);
    await expect(house.freezes.freeze(carys, pool, { reason: 'I want to look at it first.' })).rejects.toMatchObject({ code: 'not-a-member' });
    await house.freezes.freeze(await house.as(house.asha), pool, { reason: 'We talk.' });
    await expect(house.freezes.unfreeze(carys, pool, { reason: 'Enough.' })).rejects.toMatchObject({ code: 'not-a-member' });
  });

  it('has a reason, an owner and a last day that everybody reads, and stops money in and new purchases', async () => {
    const pool = await house.fundedPool(60);
    const femi = await house.as(house.femi);
    const before = await quoted(pool, house.members, 3_000);
    const booked = await commit(before);
    const chosen = await quoted(pool, house.members, 3_000);
    await expect(house.freezes.freeze(femi, pool, { reason: 'x', lastDay: later(29) })).rejects.toMatchObject({ code: 'last-day-wrong' });
    await house.freezes.freeze(femi, pool, { reason: 'The hall has no heating.', lastDay: later(10) });
    await expect(house.freezes.freeze(femi, pool, { reason: 'again' })).rejects.toMatchObject({ code: 'pool-is-frozen' });
    for (const who of [house.bola, house.carys])
      expect((await house.poolQueries.pool(await house.as(who), pool)).freeze).toMatchObject({
        reason: 'The hall has no heating.',
        owner: 'the broker',
        lastDay: later(10),
      });
    await expect(contribute(pool, house.asha, 5)).rejects.toMatchObject({ code: 'pool-not-active' });
    await expect(commit(chosen)).rejects.toMatchObject({ code: 'pool-not-active' });
    await house.attended(booked, 0);
    await house.invoices.receive(await house.as(house.pat), booked.purchaseId, {
      number: `INV-${pool.slice(0, 8)}`,
      amountPence: pence(3_000),
      dated: house.today,
      sessionIds: [booked.sessions[0]!.sessionId],
    });
    expect(await house.faults()).toEqual([]);
    await expect(house.freezes.extend(await house.as(house.asha), pool, 'pool', { reason: 'more', lastDay: later(20) })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await house.freezes.extend(femi, pool, 'pool', { reason: 'The boiler is on its way.', lastDay: later(20) });
    expect((await views(house.carys, pool))[0]).toMatchObject({
      reason: 'The boiler is on its way.',
      lastDay: later(20),
      history: [{ action: 'freeze' }, { action: 'extend' }],
    });
    await expect(house.freezes.unfreeze(await house.as(house.asha), pool, { reason: 'no' })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(house.freezes.unfreeze(await house.as(house.pat), pool, { reason: 'no' })).rejects.toMatchObject({ kind: 'not-found' });
    await house.freezes.unfreeze(femi, pool, { reason: 'It is warm.' });
    await commit(chosen);
    expect((await house.poolQueries.pool(femi, pool)).history.map((each) => each.sentence)).toEqual(
      expect.arrayContaining(['The pool was stopped for now.', 'The pool stays stopped for longer, for a new reason.', 'The pool went on.']),
    );
  });

  it('lets wages and what keeps people safe be renewed, and nothing new begin', async () => {
    const pool = await house.fundedPool(60);
    const femi = await house.as(house.femi);
    await commit(await quoted(pool, house.members, 1_500, 'wages'));
    await house.freezes.freeze(femi, pool, { reason: 'We think again.' });
    await commit(await quoted(pool, house.members, 1_500, 'wages'), 13);
    const safety = await house.quotes.give(femi, pool, {
      providerId: house.provider,
      service: 'An alarm',
      pricePence: pence(900),
      sessions: 1,
      kind: 'safety',
    });
    await expect(house.quotes.choose(await house.as(house.asha), safety.quoteId)).rejects.toMatchObject({ code: 'pool-not-active' });
    expect(await house.faults()).toEqual([]);
    await house.freezes.unfreeze(femi, pool, { reason: 'Thought.' });
  });

  it('is a brake in any member’s hand for a week, and not for ever', async () => {
    const pool = await house.fundedPool(10);
    const bola = await house.as(house.bola);
    await expect(house.freezes.freeze(bola, pool, { reason: 'Wait', lastDay: later(8) })).rejects.toMatchObject({ code: 'last-day-wrong' });
    expect(await house.freezes.freeze(bola, pool, { reason: 'Wait, please.' })).toMatchObject({ state: 'frozen', lastDay: later(7) });
    expect((await views(house.asha, pool))[0]).toMatchObject({ owner: 'Bola, a member' });
    await house.freezes.unfreeze(bola, pool, { reason: 'We talked.' });
    await expect(house.freezes.freeze(bola, pool, { reason: 'Again' })).rejects.toMatchObject({ code: 'stopped-lately' });
  });

  it('ends by itself after its last day in London, once, and people are told before', async () => {
    const pool = await house.fundedPool(10);
    await house.freezes.freeze(await house.as(house.femi), pool, { reason: 'A short rest.', lastDay: later(5) });
    const kinds = async (): Promise<string[]> => {
      const rows = await house.database.read(house.everything(pool), (tx) =>
        tx.rows<{ name: string }>(
          `select name from outbox_event where payload->>'poolId' = $1 and name in ('poolFrozen', 'poolFreezeEnding', 'poolUnfrozen') order by seq`,
          [pool],
        ),
      );
      return rows.map((row) => row.name);
    };
    jump(1);
    expect(await freezeDays.thawDue(house.today)).toBe(0);
    expect(await kinds()).toEqual(['poolFrozen']);
    jump(2);
    await freezeDays.thawDue(house.today);
    await freezeDays.thawDue(house.today);
    expect(await kinds()).toEqual(['poolFrozen', 'poolFreezeEnding']);
    jump(2);
    expect(await freezeDays.thawDue(house.today)).toBe(0); // the last day itself is frozen
    await expect(contribute(pool, house.asha, 1)).rejects.toMatchObject({ code: 'pool-not-active' });
    jump(1);
    const ended = await Promise.all([freezeDays.thawDue(house.today), freezeDays.thawDue(house.today)]);
    expect(ended[0]! + ended[1]!).toBe(1);
    expect(await kinds()).toEqual(['poolFrozen', 'poolFreezeEnding', 'poolUnfrozen']);
    expect((await views(house.asha, pool))[0]).toMatchObject({ state: 'ended', endedHow: 'expired' });
    await contribute(pool, house.asha, 1);
  });

  it('and a commitment at the same moment take turns: never both the stop first and the commitment after', async () => {
    for (let round = 0; round < 4; round += 1) {
      const pool = await house.fundedPool(20);
      const quote = await quoted(pool, house.members, 3_000);
      const femi = await house.as(house.femi);
      const [bought, stopped, put] = await Promise.allSettled([
        commit(quote),
        house.freezes.freeze(femi, pool, { reason: 'Stop!' }),
        contribute(pool, house.asha, 1),
      ]);
      expect(stopped.status).toBe('fulfilled');
      for (const each of [bought, put]) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'pool-not-active' });
    }
    expect(await house.faults()).toEqual([]);
  });

  it('ends with the pool, when everybody leaves while it is stopped', async () => {
    const pool = await house.fundedPool(10);
    await house.freezes.freeze(await house.as(house.femi), pool, { reason: 'A rest.' });
    await house.freezes.freezePart(await house.as(house.asha), pool, { reason: 'Mine too.' });
    for (const who of house.members) await house.leaving.leave(await house.as(who), pool, {});
    expect((await views(house.femi, pool))[0]).toMatchObject({ state: 'ended', endedHow: 'over' });
    expect(await house.faults()).toEqual([]);
  });
});

describe('a stop of one member’s part', () => {
  it('keeps their money still, and nobody else pays for them', async () => {
    const pool = await house.fundedPool(60);
    const chosen = await quoted(pool, house.members, 3_000);
    const [asha, femi] = [await house.as(house.asha), await house.as(house.femi)];
    await expect(house.freezes.freezePart(femi, pool, { reason: 'x', personId: house.asha.id })).rejects.toMatchObject({
      kind: expect.stringMatching(/forbidden|not-found/),
    });
    await expect(house.freezes.freezePart(await house.as(house.bola), pool, { reason: 'x', personId: house.asha.id })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await house.freezes.freezePart(asha, pool, { reason: 'I am not sure any more.', lastDay: later(10) });
    await expect(contribute(pool, house.asha, 1)).rejects.toMatchObject({ code: 'part-frozen' });
    await contribute(pool, house.bola, 1);
    await expect(commit(chosen)).rejects.toMatchObject({ code: 'part-frozen' });
    expect(JSON.stringify([await views(house.bola, pool), await views(house.femi, pool)])).not.toContain('not sure');
    expect((await house.poolQueries.pool(asha, pool)).partFreezes).toMatchObject([{ reason: 'I am not sure any more.', owner: 'Asha' }]);
    expect((await house.poolQueries.pool(await house.as(house.bola), pool)).partFreezes).toEqual([]);
    await house.freezes.unfreezePart(asha, pool, { reason: 'I am sure.' });
    await commit(chosen);
    expect(await house.faults()).toEqual([]);
  });

  it('leaves who stopped out where only those who come pay', async () => {
    const pool = await house.startedPool(house.members, { split: 'attendance' });
    for (const each of house.members) await house.putIn(pool, each, 60);
    const chosen = await quoted(pool, house.members, 3_000);
    await house.freezes.freezePart(await house.as(house.asha), pool, { reason: 'Not now.' });
    await commit(chosen);
    expect([(await house.balance(house.share(pool, house.asha))).reserved, (await house.balance(house.share(pool, house.bola))).reserved]).toEqual([0, 1_500]);
    expect(await house.faults()).toEqual([]);
  });

  it('is put and lifted by the board from its own side, told to the person, and hidden from another board', async () => {
    const pool = await house.fundedPool(30);
    const olu = await house.as(house.olu);
    const stranger = newId<'person'>();
    await house.freezes.freezePart(olu, pool, { reason: 'We look into something for you.', personId: house.asha.id, lastDay: later(20) });
    const asha = await house.as(house.asha);
    await expect(house.freezes.unfreezePart(asha, pool, { reason: 'I want to go on.' })).rejects.toMatchObject({ code: 'not-frozen' });
    expect((await house.poolQueries.pool(asha, pool)).partFreezes).toMatchObject([{ owner: 'the ICB decision-maker of the NHS team', side: 'icb' }]);
    await house.freezes.freezePart(asha, pool, { reason: 'I too.' });
    expect(await freezeDays.thawDue(house.today)).toBe(0);
    await house.freezes.unfreezePart(asha, pool, { reason: 'I go on.' });
    await expect(contribute(pool, house.asha, 1)).rejects.toMatchObject({ code: 'part-frozen' });
    expect(await house.app.get(FreezeQueries).partsOf(olu, house.asha.id)).toEqual(expect.arrayContaining([expect.objectContaining({ poolId: pool })]));
    await house.database.transaction(house.everything(pool), async (tx) => {
      await tx.alsoSee({ people: [stranger] });
      await house.app.get(People).register(tx, house.everything(), { id: stranger, firstName: 'Nia', familyName: 'Invented' });
      await house.app.get(Grants).give(tx, house.everything(), { person: stranger, role: 'icb-officer', on: 'icb', id: house.otherIcb, reason: 'employed' });
    });
    const nia = await house.as(stranger);
    await expect(house.app.get(FreezeQueries).partsOf(nia, house.asha.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(house.freezes.freezePart(nia, pool, { reason: 'x', personId: house.asha.id })).rejects.toMatchObject({ kind: 'not-found' });
    await house.freezes.unfreezePart(olu, pool, { reason: 'All is well.', personId: house.asha.id });
    await contribute(pool, house.asha, 1);
    expect(await house.faults()).toEqual([]);
  });

  it('is for somebody who is found by name among many who are called so and in no pool', async () => {
    const people = new IcbPeople(house.database, house.app.get(People, { strict: false }), house.app.get(Organisations, { strict: false }));
    await house.startedPool();
    const namesakes = Array.from({ length: 510 }, () => newId<'person'>());
    await house.database.transaction(systemActor('test', { people: namesakes, icbs: [house.icb] }), async (tx) => {
      await tx.run(`insert into person (id, first_name, family_name, created_at) select id, 'Bolatito', 'Abc', $2 from unnest($1::uuid[]) as n(id)`, [
        namesakes,
        tx.now,
      ]);
      await tx.run(`insert into responsibility (person_id, icb_id, from_day) select id, $2, '2026-01-01' from unnest($1::uuid[]) as n(id)`, [
        namesakes,
        house.icb,
      ]);
    });
    const olu = await house.as(house.olu);
    expect(await people.inPools(olu, 'bol')).toMatchObject({ items: [{ id: house.bola.id, firstName: 'Bola' }], hasMore: false });
    expect(await people.inPools(olu, 'bol abc')).toEqual({ items: [], hasMore: false });
    expect(await people.inPools(olu, 'b')).toEqual({ items: [], hasMore: false });
    await expect(people.inPools(await house.as(house.asha), 'bol')).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('reads none of it to another member, in the database itself', async () => {
    const pool = await house.fundedPool(10);
    await house.freezes.freezePart(await house.as(house.asha), pool, { reason: 'Private.' });
    const seen = await house.database.read(await house.as(house.bola), (tx) => tx.rows('select 1 from pool_freeze where pool_id = $1', [pool]));
    expect(seen).toEqual([]);
  });
});

describe('planted faults', () => {
  it.each([
    ['stops-have-reason-and-end', `update pool set state = 'frozen' where state = 'active'`],
    ['stops-have-reason-and-end', 'update pool_member set is_frozen = true where not is_frozen'],
    [
      'stops-were-kept',
      `update contribution c set made_at = f.began_at + interval '1 second' from pool_freeze f where f.pool_id = c.pool_id and f.ended_at is null`,
    ],
    ['stops-buy-nothing-new', `update pool_freeze set began_at = began_at - interval '1 year'`],
  ])('%s is found', async (check, sql) => {
    expect(await house.faultsAfter(sql)).toContain(check);
  });
});
