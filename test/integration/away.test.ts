/** Somebody who cannot come on several days says it once: each session is decided by itself, by the agreement, and nothing is half told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolId } from '../../src/kernel/index.js';
import { addDays, newId } from '../../src/kernel/index.js';
import { Absences } from '../../src/purchasing/index.js';
import type { Answered, Who } from '../support/pooling-calls.js';
import { callsOf } from '../support/pooling-calls.js';
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

const call = callsOf(() => house);
const away = (who: Who, pool: PoolId, body: object, key?: string) => call(who, 'post', `pools/${pool}/absences`, body, key);
const day = (days: number) => addDays(house.today, days);
/** A pool in which everybody has 100.00, and three sessions of 30.00 after 6, 34 and 62 days. */
async function threeSessions(over: object): Promise<{ pool: PoolId; sessions: string[] }> {
  const pool = await house.startedPool(house.members, over);
  for (const who of house.members) await house.putIn(pool, who, 100);
  const { sessions } = await house.committed(pool, 3_000, 3);
  return { pool, sessions: sessions.map((each) => each.sessionId) };
}
const setAside = async (pool: PoolId): Promise<number[]> =>
  Promise.all(house.members.map(async (who) => (await house.balance(house.share(pool, who))).reserved));

describe('not coming on several days', () => {
  it('in hospital frees every session of those days at once, whatever the agreement says, and no other', async () => {
    const { pool, sessions } = await threeSessions({ absence: 'pay-to-hold-place' });
    const key = newId();
    const stay = { reason: 'hospital', fromDay: day(0), untilDay: day(34) };
    const weighed = await house.app.get(Absences).weighRange(await house.as(house.asha), pool, stay as never);
    expect(weighed.map(({ sessionId, outcome }) => [sessionId, outcome])).toEqual([
      [sessions[0], 'excused'],
      [sessions[1], 'excused'],
    ]);
    expect(await setAside(pool)).toEqual([3_000, 3_000, 3_000]);
    const told = await away(house.asha, pool, stay, key);
    expect([told.status, told.json['told'].map((each: Answered) => [each['sessionId'], each['outcome'], each['freedPence']])]).toEqual([
      201,
      [
        [sessions[0], 'excused', 1_000],
        [sessions[1], 'excused', 1_000],
      ],
    ]);
    expect((await away(house.asha, pool, stay, key)).json).toEqual(told.json);
    expect(await setAside(pool)).toEqual([1_000, 3_000, 3_000]);
    // The stay grows: only what was not said yet is told.
    const longer = await away(house.asha, pool, { ...stay, untilDay: day(70) });
    expect(longer.json['told'].map((each: Answered) => each['sessionId'])).toEqual([sessions[2]]);
    expect((await away(house.asha, pool, stay)).json['code']).toBe('no-session-then');
    expect((await house.app.get(Absences).said(await house.as(house.asha), pool)).map((each) => each.reason)).toEqual(['hospital', 'hospital', 'hospital']);
    expect(await house.app.get(Absences).said(await house.as(house.bola), pool)).toEqual([]);
  });

  it('is decided day by day: too late for the first session, in time for the others', async () => {
    const { pool } = await threeSessions({ absence: 'pay-if-you-come', absenceDays: 7 });
    const told = await away(house.bola, pool, { reason: 'away', fromDay: day(1), untilDay: day(62) });
    expect(told.json['told'].map((each: Answered) => each['outcome'])).toEqual(['pays', 'excused', 'excused']);
    expect(await setAside(pool)).toEqual([3_000, 1_000, 3_000]);
    const held = await threeSessions({ absence: 'pay-to-hold-place' });
    const holiday = await away(house.bola, held.pool, { reason: 'away', fromDay: day(1), untilDay: day(62) });
    expect(holiday.json['told'].map((each: Answered) => each['outcome'])).toEqual(['pays', 'pays', 'pays']);
  });

  it('is said for oneself or by who stands at one’s place, for days that can be', async () => {
    const { pool, sessions } = await threeSessions({ absence: 'pay-to-hold-place' });
    const stay = { reason: 'hospital', fromDay: day(0), untilDay: day(34) };
    expect((await away(house.asha, pool, { ...stay, personId: house.bola.id })).status).toBe(404);
    expect((await away(house.femi, pool, stay)).status).toBe(403);
    expect((await away(house.pat, pool, stay)).status).toBe(404);
    expect((await away(house.asha, pool, { ...stay, untilDay: day(-1) })).json['code']).toBe('days-wrong');
    expect((await away(house.asha, pool, { ...stay, untilDay: day(400) })).json['code']).toBe('days-wrong');
    for (const wrong of [{ reason: 'tired' }, { fromDay: 'soon' }, { untilDay: '2026-02-30' }])
      expect((await away(house.asha, pool, { ...stay, ...wrong })).status).toBe(422);
    expect((await away(house.asha, pool, { reason: 'away', fromDay: day(7), untilDay: day(33) })).json['code']).toBe('no-session-then');
    expect(await setAside(pool)).toEqual([3_000, 3_000, 3_000]);
    // One day alone; and twice at once it is told once.
    const both = await Promise.all([
      away(house.asha, pool, { reason: 'hospital', fromDay: day(6) }),
      away(house.asha, pool, { reason: 'hospital', fromDay: day(6) }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 201)!.json['told'].map((each: Answered) => each['sessionId'])).toEqual([sessions[0]]);
  });
});
