/** Pledging together (features.md C2, C3, C11): the same pound is never pledged twice, a round is called whole or let go whole, and nobody sees
 *  what another pledged. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BudgetLines } from '../../src/budgets/index.js';
import { Grants } from '../../src/identity/index.js';
import type { LocalDate, PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, newId, pence, systemActor } from '../../src/kernel/index.js';
import type { AccountKey } from '../../src/ledger/index.js';
import { Ledger } from '../../src/ledger/index.js';
import type { RoundId } from '../../src/pools/index.js';
import { Freezes, PersonDepartures, PledgeCalls, Pledges } from '../../src/pools/index.js';
import { callsOf } from '../support/pooling-calls.js';
import type { Holder, PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
let calls: PledgeCalls;
const morning = new Date('2026-11-20T10:00:00Z');
const start = '2026-11-20' as LocalDate;
beforeAll(async () => {
  house = await poolingHouse();
  calls = house.app.get(PledgeCalls, { strict: false });
});
afterAll(() => house.close());
afterEach(async () => {
  await house.deliver();
  expect(await house.faults()).toEqual([]);
  house.clock.set(morning);
  // One test's money is not set aside in the next.
  const open = await house.database.read(house.everything(), (tx) =>
    tx.rows<{ id: RoundId }>(`select id from pledge_round where state in ('open', 'extended')`),
  );
  for (const { id } of open) await house.app.get(Pledges, { strict: false }).withdraw(await house.as(house.femi), id);
});

const call = callsOf(() => house);
const [freeUntil, reachBy, extendTo] = [addDays(start, 10), addDays(start, 20), addDays(start, 40)];
const asked = (thresholdPence: number, more: object = {}) => ({
  purpose: 'A hoist for the warm pool',
  thresholdPence,
  freeUntil,
  reachBy,
  ending: 'release',
  ...more,
});
const ask = async (who: Holder | PersonId, pool: PoolId, thresholdPence: number, more: object = {}): Promise<string> => {
  const { status, json } = await call(who, 'post', `pools/${pool}/pledge-rounds`, asked(thresholdPence, more));
  expect([status, json['code']]).toEqual([201, undefined]);
  return json['roundId'];
};
const from = (who: Holder) => ({ lineId: who.lineId, planLineId: who.planLineId, ...(who.bookId === house.d ? { by: 'bank' } : {}) });
const pledge = (who: Holder, round: string, amountPence: number, more: object = {}, key?: string) =>
  call(who, 'post', `pledge-rounds/${round}/pledges`, { ...from(who), amountPence, ...more }, key);
const seen = async (who: Holder | PersonId, round: string) => (await call(who, 'get', `pledge-rounds/${round}`)).json;
const on = (day: LocalDate): void => house.clock.set(new Date(`${day}T00:13:00Z`));
/** Just after midnight in London, `after` days from the first. */
const dayCloses = async (day: LocalDate): Promise<number> => {
  on(day);
  return calls.closeDue(day);
};
const firm = addDays(freeUntil, 1);
const over = addDays(reachBy, 1);
const free = async (who: Holder): Promise<number> => (await house.balance(house.line(who))).free;
const held = async (who: Holder): Promise<number> => (await house.balance(house.line(who))).reserved;

/** A card payment was claimed back: a debt to the treasurer, or, below zero, what is paid back of it. */
const owe = (who: Holder, sum: number) =>
  house.database.transaction(house.everything(), (tx) => {
    const debt: AccountKey = { book: house.t, kind: 'receivable', subject: who.id };
    const clearing: AccountKey = { book: house.t, kind: 'clearing', channel: 'stripe' };
    const [debit, credit] = sum > 0 ? [debt, clearing] : [clearing, debt];
    const kind = sum > 0 ? ('receivable' as const) : ('receivable-settled' as const);
    const transfers = [{ debit, credit, amount: pence(Math.abs(sum)), owner: { subject: who.id, line: who.lineId } }];
    return house.app.get(Ledger, { strict: false }).record(tx, [{ book: house.t, reference: `test:${newId()}:debt`, kind, effectiveOn: start, transfers }]);
  });

describe('a round of pledges', () => {
  it('sets money aside in each line, and when the sum is there and firm becomes contributions of all at once', async () => {
    const pool = await house.startedPool();
    const before = { asha: await free(house.asha), carys: await free(house.carys) };
    const round = await ask(house.asha, pool, 30_000);
    expect((await pledge(house.asha, round, 10_000)).json).toMatchObject({ state: 'open', amountPence: 10_000, isFirm: false });
    expect((await pledge(house.bola, round, 12_000, { helpedBy: 'my sister' })).status).toBe(201);
    expect((await pledge(house.carys, round, 8_000)).status).toBe(201);
    expect([await free(house.asha), await held(house.asha)]).toEqual([before.asha - 10_000, 10_000]);
    // Everybody sees who is in and how much there is together; each sees their own sum alone.
    const open = await seen(house.bola, round);
    expect(open).toMatchObject({
      pledgedPence: 30_000,
      thresholdPence: 30_000,
      pledgers: ['Asha', 'Bola', 'Carys'],
      members: 3,
      isFirm: false,
      freeUntil,
      reachBy,
    });
    expect(open['mine']).toMatchObject({ amountPence: 12_000, service: 'Swimming with others', helpedBy: 'my sister', state: 'open' });
    for (const secret of ['10000', '8000', house.asha.id, house.carys.id, house.asha.lineId]) expect(JSON.stringify(open)).not.toContain(secret);
    expect((await seen(house.femi, round))['mine']).toBeNull();
    // On the last free day nothing happens, whatever the sum.
    expect(await dayCloses(freeUntil)).toBe(0);
    expect(await dayCloses(firm)).toBe(1);
    await house.deliver();
    const reached = await seen(house.carys, round);
    expect(reached).toMatchObject({ state: 'reached', pledgedPence: 30_000, isOpen: false, mayPledge: false });
    expect(reached['mine']).toMatchObject({ state: 'called' });
    expect([await held(house.asha), await held(house.bola), await held(house.carys)]).toEqual([0, 0, 0]);
    expect((await house.balance(house.share(pool, house.asha))).posted).toBe(10_000);
    expect((await house.balance(house.share(pool, house.bola))).posted).toBe(12_000);
    // Carys’s line is in another book: her money is on its way, as with any contribution.
    expect((await house.balance(house.share(pool, house.carys))).posted).toBe(0);
    expect(await free(house.carys)).toBe(before.carys - 8_000);
    const [sent] = (await call(house.carys, 'get', `pools/${pool}`)).json['contributions'];
    expect(sent).toMatchObject({ state: 'on-its-way', amountPence: 8_000, by: 'bank' });
    await house.arriveByBank(sent.remittanceId);
    expect((await house.balance(house.share(pool, house.carys))).posted).toBe(8_000);
    expect(await dayCloses(over)).toBe(0);
    const statement = (await call(house.carys, 'get', `pools/${pool}/exit-statement`)).json['statement'];
    expect(statement).toMatchObject({ putInPence: 8_000, toReturnPence: 8_000 });
  });

  it('is called as soon as a firm pledge makes it whole, and nobody waits for the day', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.femi, pool, 20_000);
    await pledge(house.asha, round, 12_000);
    on(firm);
    expect(await calls.closeDue(firm)).toBe(0);
    expect((await pledge(house.bola, round, 8_000)).json).toMatchObject({ isFirm: true });
    await house.deliver();
    expect(await seen(house.asha, round)).toMatchObject({ state: 'reached', pledgedPence: 20_000 });
  });

  it.each([
    ['lets all go', { ending: 'release' }, 20_000, 'released', 0],
    ['goes on with less', { ending: 'shrink', smallestPence: 5_000 }, 20_000, 'shrunk', 5_000],
    ['lets all go where there is less than the least', { ending: 'shrink', smallestPence: 5_001 }, 20_000, 'released', 0],
  ] as const)('that is not reached %s, as was chosen beforehand', async (_what, ending, threshold, state, inPool) => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const before = await free(house.asha);
    const round = await ask(house.asha, pool, threshold, ending);
    await pledge(house.asha, round, 5_000);
    expect(await dayCloses(reachBy)).toBe(0);
    expect(await dayCloses(over)).toBe(1);
    expect(await seen(house.bola, round)).toMatchObject({ state, pledgedPence: inPool });
    expect([(await house.balance(house.share(pool, house.asha))).posted, await held(house.asha), await free(house.asha)]).toEqual([inPool, 0, before - inPool]);
  });

  it('has more time once, until the day that was named beforehand', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const ends = await Promise.all([
      ask(house.asha, pool, 20_000, { ending: 'extend', extendTo }),
      ask(house.bola, pool, 50_000, { ending: 'extend', extendTo }),
    ]);
    for (const round of ends) await pledge(house.asha, round, 5_000);
    expect(await dayCloses(over)).toBe(2);
    expect(await seen(house.asha, ends[0]!)).toMatchObject({ state: 'extended', lastDay: extendTo, pledgedPence: 5_000, mayPledge: true });
    expect(await held(house.asha)).toBe(10_000);
    await pledge(house.bola, ends[0]!, 15_000);
    await house.deliver();
    expect((await seen(house.asha, ends[0]!))['state']).toBe('reached');
    expect(await dayCloses(addDays(extendTo, 1))).toBe(1);
    expect((await seen(house.asha, ends[1]!))['state']).toBe('released');
    expect(await held(house.asha)).toBe(0);
  });

  it('can be changed and taken back freely until the day that all can see, and only made larger afterwards', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const before = await free(house.asha);
    const round = await ask(house.asha, pool, 100_000);
    await pledge(house.asha, round, 20_000);
    on(freeUntil);
    expect((await pledge(house.asha, round, 5_000)).json).toMatchObject({ amountPence: 5_000 });
    expect([await held(house.asha), (await seen(house.asha, round))['pledgedPence']]).toEqual([5_000, 5_000]);
    expect((await call(house.asha, 'post', `pledge-rounds/${round}/take-back`)).json).toMatchObject({ state: 'taken-back' });
    expect([await held(house.asha), await free(house.asha)]).toEqual([0, before]);
    expect((await call(house.asha, 'post', `pledge-rounds/${round}/take-back`)).json['code']).toBe('no-pledge');
    await pledge(house.asha, round, 7_000);
    on(firm);
    expect((await pledge(house.asha, round, 6_999)).json['code']).toBe('pledge-firm');
    expect((await call(house.asha, 'post', `pledge-rounds/${round}/take-back`)).json['code']).toBe('pledge-firm');
    expect((await pledge(house.asha, round, 9_000)).status).toBe(201);
    expect(await held(house.asha)).toBe(9_000);
  });

  it('keeps to the cap per person, to what is free to the last penny, and to the rules of putting money in', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 100_000);
    const capped = await ask(house.asha, pool, 4_000, { mostPence: 2_000 });
    expect((await pledge(house.asha, capped, 2_001)).json['code']).toBe('pledge-too-large');
    expect((await pledge(house.asha, capped, 2_000)).status).toBe(201);
    const all = await free(house.asha);
    expect((await pledge(house.asha, round, all + 1)).json['code']).toBe('not-enough-free');
    expect((await pledge(house.asha, round, all)).status).toBe(201);
    expect(await free(house.asha)).toBe(0);
    // The whole line in one pledge, and then in another one of the same round.
    expect((await pledge(house.asha, round, all)).status).toBe(201);
    expect((await pledge(house.asha, round, 0)).status).toBe(422);
    expect((await pledge(house.asha, round, 100, { planLineId: house.bola.planLineId })).json['code']).toBe('plan-line-of-another-plan');
    expect((await pledge(house.asha, round, 100, { lineId: house.bola.lineId })).status).toBe(404);
    expect((await call(house.asha, 'post', `pledge-rounds/${round}/take-back`)).status).toBe(201);
    await call(house.asha, 'post', `pledge-rounds/${capped}/take-back`);
  });

  it('takes no other sum once somebody has pledged: everyone is asked anew', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 10_000);
    const change = (who: Holder | PersonId, thresholdPence: number) => call(who, 'post', `pledge-rounds/${round}/threshold`, { thresholdPence });
    expect((await change(house.bola, 12_000)).status).toBe(403);
    expect((await change(house.asha, 12_000)).json).toMatchObject({ thresholdPence: 12_000 });
    await pledge(house.bola, round, 1_000);
    expect((await change(house.asha, 15_000)).json['code']).toBe('pledged-already');
    expect((await change(house.femi, 9_000)).json['code']).toBe('pledged-already');
    // Nor past the services.
    const sql = `update pledge_round set threshold_pence = 15000 where id = '${round}'`;
    await expect(house.database.transaction(house.everything(pool), (tx) => tx.run(sql))).rejects.toMatchObject({ driverError: { code: 'CP003' } });
    expect((await call(house.bola, 'post', `pledge-rounds/${round}/withdraw`)).status).toBe(403);
    expect((await call(house.asha, 'post', `pledge-rounds/${round}/withdraw`)).json).toMatchObject({ state: 'withdrawn' });
    expect(await held(house.bola)).toBe(0);
    expect((await seen(house.bola, round))['mine']).toMatchObject({ state: 'released', because: 'withdrawn' });
  });

  it('is refused with days and endings that do not fit, in a pool that has not started, and to a stranger', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const code = async (more: object) => (await call(house.asha, 'post', `pools/${pool}/pledge-rounds`, asked(10_000, more))).json['code'];
    expect(await code({ freeUntil: addDays(start, 6) })).toBe('free-days-too-few');
    expect(await code({ ending: 'extend' })).toBe('ending-needs-more');
    expect(await code({ ending: 'shrink', smallestPence: 10_000 })).toBe('ending-needs-more');
    expect(await code({ mostPence: 4_999 })).toBe('cap-too-low');
    const round = await ask(house.asha, pool, 10_000);
    expect((await call(house.pat, 'get', `pledge-rounds/${round}`)).status).toBe(404);
    expect((await pledge(house.carys, round, 100)).status).toBe(404);
    expect((await call(house.carys, 'post', `pools/${pool}/pledge-rounds`, asked(100))).status).toBe(404);
    const forming = await house.propose();
    expect((await call(house.asha, 'post', `pools/${forming}/pledge-rounds`, asked(10_000))).json['code']).toBe('pool-not-active');
  });

  it('are not asked for by who was only asked to join', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    await house.pools.invite(await house.as(house.femi), pool, { personId: house.carys.id });
    const { status, json } = await call(house.carys, 'post', `pools/${pool}/pledge-rounds`, asked(1_000));
    expect([status, json['code']]).toEqual([409, 'not-a-member']);
  });

  it('is given and taken back by a representative, with who helped; and not by a nominee or a broker', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 10_000);
    const grants = house.app.get(Grants, { strict: false });
    const give = (role: 'representative' | 'nominee', person: PersonId) =>
      house.database.transaction(systemActor('test', { people: [house.bola.id] }), (tx) =>
        grants.give(tx, systemActor('test', {}), { person, role, on: 'person', id: house.bola.id, reason: 'a test' }),
      );
    await give('representative', house.olu);
    await give('nominee', house.tess);
    const body = { ...from(house.bola), amountPence: 3_000, helpedBy: 'Olu read it out' };
    expect((await call(house.tess, 'post', `pledge-rounds/${round}/pledges`, body)).status).toBe(403);
    expect((await call(house.femi, 'post', `pledge-rounds/${round}/pledges`, body)).status).toBe(403);
    expect((await call(house.olu, 'post', `pledge-rounds/${round}/pledges`, body)).status).toBe(201);
    expect((await seen(house.bola, round))['mine']).toMatchObject({ amountPence: 3_000, isGivenByOther: true, helpedBy: 'Olu read it out' });
    expect((await call(house.olu, 'post', `pledge-rounds/${round}/take-back`, { personId: house.bola.id })).status).toBe(201);
    expect(await held(house.bola)).toBe(0);
  });
});

describe('what comes between', () => {
  it('somebody who leaves is free of their pledge, and the rest is counted without it', async () => {
    const pool = await house.startedPool();
    const round = await ask(house.asha, pool, 30_000, { ending: 'shrink', smallestPence: 15_000 });
    for (const who of house.members) await pledge(who, round, 10_000);
    // Carys pledged from a book in which she has no share yet.
    await house.leaving.leave(await house.as(house.carys), pool, {});
    expect([await held(house.carys), (await seen(house.asha, round))['pledgedPence']]).toEqual([0, 20_000]);
    await house.deliver();
    expect(await dayCloses(firm)).toBe(0);
    expect(await dayCloses(over)).toBe(1);
    expect(await seen(house.asha, round)).toMatchObject({ state: 'shrunk', pledgedPence: 20_000, pledgers: ['Asha', 'Bola'] });
  });

  it('somebody who died is free of it too', async () => {
    const pool = await house.startedPool();
    const round = await ask(house.asha, pool, 30_000);
    await pledge(house.bola, round, 10_000);
    const scope = { pools: [pool], people: [house.bola.id], books: [house.t] };
    await house.database.transaction(systemActor('test', scope), (tx) =>
      house.app.get(PersonDepartures, { strict: false }).died(tx, systemActor('test', scope), house.bola.id, [pool], start),
    );
    expect([await held(house.bola), (await seen(house.asha, round))['pledgedPence']]).toEqual([0, 0]);
  });

  it('a suspended line lets its pledge go, says so to its member alone, and the round waits for its day', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 20_000);
    await pledge(house.asha, round, 10_000);
    await pledge(house.bola, round, 10_000);
    const lines = house.app.get(BudgetLines, { strict: false });
    const hold = async (what: 'suspend' | 'resume') =>
      house.database.transaction(house.everything(pool), async (tx) => {
        const { planId } = (await tx.row<{ planId: string }>('select plan_id as "planId" from budget_line where id = $1', [house.bola.lineId]))!;
        await lines[what](tx, (await lines.ofPlan(tx, planId, house.bola.lineId))[0]!);
      });
    await hold('suspend');
    try {
      // Even if nobody has heard of it yet, it is not called.
      expect(await dayCloses(firm)).toBe(0);
      expect([await held(house.asha), await held(house.bola)]).toEqual([10_000, 0]);
      await house.deliver();
      expect((await seen(house.bola, round))['mine']).toMatchObject({ state: 'released', because: 'line-suspended' });
      const told = await seen(house.asha, round);
      expect(told).toMatchObject({ state: 'open', pledgedPence: 10_000 });
      expect(JSON.stringify([told, (await call(house.asha, 'get', `pools/${pool}`)).json])).not.toContain('suspended');
      expect((await pledge(house.bola, round, 100)).json['code']).toBe('line-suspended');
    } finally {
      await hold('resume');
    }
    expect(await dayCloses(over)).toBe(1);
  });

  it('a debt that has come up since takes a pledge out of the round, and nobody else’s', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 20_000);
    const all = await free(house.bola);
    await pledge(house.asha, round, 20_000);
    await pledge(house.bola, round, all);
    await owe(house.bola, 500);
    try {
      expect(await dayCloses(firm)).toBe(1);
      expect(await seen(house.asha, round)).toMatchObject({ state: 'reached', pledgedPence: 20_000, pledgers: ['Asha'] });
      expect((await seen(house.bola, round))['mine']).toMatchObject({ state: 'released', because: 'not-possible' });
    } finally {
      await owe(house.bola, -500);
    }
  });

  it('a part that is stopped when the round is called lets its own pledge go, with words for that member and none for the others', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 10_000);
    await pledge(house.asha, round, 10_000);
    await pledge(house.bola, round, 2_000);
    const bola = await house.as(house.bola);
    await house.freezes.freezePart(bola, pool, { reason: 'My own reason.', lastDay: addDays(house.today, 28) });
    await house.deliver();
    // It waits: the part may go on before the round is called.
    expect((await seen(house.bola, round))['mine']).toMatchObject({ state: 'open' });
    expect(await dayCloses(firm)).toBe(1);
    expect((await seen(house.bola, round))['mine']).toMatchObject({ state: 'released', because: 'part-stopped' });
    expect(await held(house.bola)).toBe(0);
    const told = [await seen(house.asha, round), (await call(house.asha, 'get', `pools/${pool}`)).json];
    expect(told[0]).toMatchObject({ state: 'reached', pledgedPence: 10_000, pledgers: ['Asha'] });
    expect(JSON.stringify(told)).not.toMatch(/part-stopped|My own reason|stopped|frozen/);
    expect(told[1]!['history'].map((each: { sentence: string }) => each.sentence)).toContain('One pledge no longer counts.');
  });

  it('a pool that is stopped lets everything go', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 20_000);
    await pledge(house.asha, round, 20_000);
    await house.app.get(Freezes).freeze(await house.as(house.femi), pool, { reason: 'The hall is closed.', lastDay: addDays(house.today, 7) });
    expect((await pledge(house.bola, round, 100)).json['code']).toBe('pool-not-active');
    await house.deliver();
    expect(await seen(house.asha, round)).toMatchObject({ state: 'released', pledgedPence: 0 });
    expect((await seen(house.asha, round))['mine']).toMatchObject({ because: 'pool-stopped' });
    expect(await held(house.asha)).toBe(0);
  });

  it('a pool that everybody leaves ends its rounds', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 20_000);
    await pledge(house.asha, round, 20_000);
    for (const who of [house.asha, house.bola]) await house.leaving.leave(await house.as(who), pool, {});
    await house.deliver();
    expect(await held(house.asha)).toBe(0);
    const [row] = await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ state: string }>('select state from pledge_round where id = $1', [round]),
    );
    expect(row!.state).toBe('released');
  });
});

describe('races', () => {
  it('the last pound of a line is pledged once, in whichever of twenty rounds comes first', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const other = await house.startedPool([house.asha, house.bola]);
    const rounds = await Promise.all(Array.from({ length: 20 }, (_, n) => ask(house.asha, n % 2 ? pool : other, 100_000_00)));
    const all = await free(house.asha);
    const answers = await Promise.all(rounds.map((round) => pledge(house.asha, round, all)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ json }) => json['code']))).toEqual(new Set(['not-enough-free']));
    expect([await free(house.asha), await held(house.asha)]).toEqual([0, all]);
    const won = rounds[answers.findIndex(({ status }) => status === 201)]!;
    await call(house.asha, 'post', `pledge-rounds/${won}/take-back`);
  });

  it('a pledge and a contribution of the last pound: one of them', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 100_000_00);
    const all = await free(house.asha);
    const answers = await Promise.all([
      pledge(house.asha, round, all),
      call(house.asha, 'post', `pools/${pool}/contributions`, { lineId: house.asha.lineId, planLineId: house.asha.planLineId, amountPence: all }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await free(house.asha)).toBe(0);
    await house.leaving.leave(await house.as(house.asha), pool, {});
    expect(await free(house.asha)).toBe(all);
  });

  it('twenty changes of one pledge at once leave one pledge, and one sum set aside', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 100_000_00);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => pledge(house.asha, round, 1_000 + n)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const { mine, pledgedPence } = await seen(house.asha, round);
    expect([await held(house.asha), pledgedPence]).toEqual([mine.amountPence, mine.amountPence]);
    await call(house.asha, 'post', `pledge-rounds/${round}/take-back`);
  });

  it('asked twice with one key, at once or later, it is done once', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 100_000_00);
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 5 }, () => pledge(house.asha, round, 4_000, {}, key)));
    expect(new Set(answers.map(({ json }) => json['pledgeId'])).size).toBe(1);
    expect((await pledge(house.asha, round, 4_001, {}, key)).status).toBe(409);
    expect(await held(house.asha)).toBe(4_000);
    await call(house.asha, 'post', `pledge-rounds/${round}/take-back`);
  });

  it('a pledge given while the round closes is in it whole, or refused', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 10_000);
    await pledge(house.asha, round, 10_000);
    on(firm);
    const [given] = await Promise.all([pledge(house.bola, round, 5_000), calls.closeDue(firm), calls.closeDue(firm)]);
    await house.deliver();
    const after = await seen(house.bola, round);
    expect([after['state'], after['pledgedPence'], await held(house.bola)]).toEqual(['reached', given.status === 201 ? 15_000 : 10_000, 0]);
    expect(given.status === 201 || given.json['code'] === 'pledges-over').toBe(true);
  });

  it('leaving while the round closes: the money is in the pool and comes home, or never left', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const before = await free(house.bola);
    const round = await ask(house.asha, pool, 10_000, { ending: 'shrink', smallestPence: 1_000 });
    await pledge(house.asha, round, 5_000);
    await pledge(house.bola, round, 5_000);
    on(over);
    await Promise.all([house.leaving.leave(await house.as(house.bola), pool, {}), calls.closeDue(over)]);
    await house.deliver();
    expect([await free(house.bola), await held(house.bola)]).toEqual([before, 0]);
    expect(['reached', 'shrunk']).toContain((await seen(house.asha, round))['state']);
  });

  it('the night’s work run many times at once calls a round once', async () => {
    const pool = await house.startedPool();
    const round = await ask(house.asha, pool, 3_000);
    for (const who of house.members) await pledge(who, round, 1_000);
    on(firm);
    const closed = await Promise.all(Array.from({ length: 6 }, () => calls.closeDue(firm)));
    expect(closed.filter((count) => count > 0).length).toBeGreaterThan(0);
    const [{ n }] = (await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ n: number }>('select count(*)::int as n from contribution where pool_id = $1', [pool]),
    )) as [{ n: number }];
    expect([n, (await seen(house.asha, round))['state']]).toEqual([3, 'reached']);
  });
});

describe('a worker that dies while it calls a round', () => {
  it('leaves nothing half done, and the next one does all of it', async () => {
    const pool = await house.startedPool();
    const round = await ask(house.asha, pool, 3_000);
    for (const who of house.members) await pledge(who, round, 1_000);
    on(firm);
    const waits = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    // Somebody else holds the account of the treasurer's book, which is written last: what comes before is written and not committed.
    await house.database
      .transaction(house.everything(pool), async (tx) => {
        const account = house.line(house.bola);
        const reservation = { id: newId<'reservation'>(), account, amount: pence(1), purpose: newId(), forDay: start, endsOn: start };
        await house.app
          .get(Ledger, { strict: false })
          .record(tx, [{ book: house.t, reference: `test:${newId()}:held`, kind: 'commitment', effectiveOn: start, reservations: [reservation] }]);
        const dying = expect(calls.closeDue(firm)).rejects.toThrow(/terminat|connection/i);
        for (let isWaiting = false; !isWaiting; )
          isWaiting = await house.database.read(house.everything(), async (other) => (await other.rows(`select 1 ${waits}`)).length > 0);
        await house.database.read(house.everything(), (other) => other.rows(`select pg_terminate_backend(pid) ${waits}`));
        await dying;
        throw new Error('undone');
      })
      .catch((error: unknown) => expect((error as Error).message).toBe('undone'));
    expect(await seen(house.asha, round)).toMatchObject({ state: 'open', pledgedPence: 3_000 });
    expect([await held(house.asha), await held(house.bola), await held(house.carys)]).toEqual([1_000, 1_000, 1_000]);
    expect(await calls.closeDue(firm)).toBe(1);
    expect(await seen(house.asha, round)).toMatchObject({ state: 'reached', pledgedPence: 3_000 });
    expect([await held(house.asha), await held(house.bola), await held(house.carys)]).toEqual([0, 0, 0]);
  });
});

describe('the checks', () => {
  it('find a pledge whose money is not set aside, money set aside for none, and a round that was not called whole', async () => {
    const pool = await house.startedPool([house.asha, house.bola]);
    const round = await ask(house.asha, pool, 100_000);
    const done = await ask(house.asha, pool, 1_000);
    await pledge(house.asha, round, 4_000);
    await pledge(house.bola, done, 1_000);
    expect(await house.faultsAfter('select 1')).toEqual([]);
    expect(await house.faultsAfter(`update pledge set state = 'taken-back', ended_at = now() where round_id = '${round}' and state = 'open'`)).toContain(
      'pledges-are-set-aside',
    );
    expect(await house.faultsAfter(`update pledge set amount_pence = 3999 where round_id = '${round}' and state = 'open'`)).toContain('pledges-are-set-aside');
    expect(await house.faultsAfter(`update pledge_round set state = 'released', closed_at = now() where id = '${round}'`)).toContain(
      'pledges-were-called-whole',
    );
    await dayCloses(firm);
    expect(await house.faultsAfter(`update pledge_round set called_pence = 999 where id = '${done}'`)).toContain('pledges-were-called-whole');
  });
});
