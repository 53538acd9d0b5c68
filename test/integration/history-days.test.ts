/** What happened in a pool is told back to its first day, some whole days at a time. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolId } from '../../src/kernel/index.js';
import { pence } from '../../src/kernel/index.js';
import { callsOf } from '../support/pooling-calls.js';
import type { PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

/** The pool began on the day before these. */
const BUSY = ['2026-11-21', '2026-11-22', '2026-11-24'] as const;
const ON_EACH = 60;

let house: PoolingHouse;
let pool: PoolId;
const call = callsOf(() => house);

beforeAll(async () => {
  house = await poolingHouse();
  pool = await house.startedPool();
  const asha = await house.as(house.asha);
  for (const day of BUSY) {
    house.clock.set(new Date(`${day}T10:00:00Z`));
    const puts = Array.from({ length: ON_EACH }, () =>
      house.contributions.contribute(asha, { poolId: pool, lineId: house.asha.lineId, amountPence: pence(100) }),
    );
    await Promise.all(puts);
  }
  await house.deliver();
});
afterAll(() => house.close());

const told = async (last?: string) => {
  const { status, json } = await call(house.asha, 'get', `pools/${pool}/history${last === undefined ? '' : `?last=${last}`}`);
  expect(status).toBe(200);
  return {
    days: (json['items'] as { at: string; sentence: string }[]).map(({ at, sentence }) => `${at.slice(0, 10)} ${sentence}`),
    since: json['since'] as string | null,
  };
};

describe('what happened in a busy pool', () => {
  it('comes in whole days, what somebody did on one day as one sentence, back to the first', async () => {
    expect(await told()).toEqual({ days: ['2026-11-24 Money from you arrived.'], since: '2026-11-23' });
    expect(await told('2026-11-22')).toEqual({ days: ['2026-11-22 Money from you arrived.'], since: '2026-11-22' });
    const first = await told('2026-11-21');
    expect(first.since).toBeNull();
    expect(first.days[0]).toBe('2026-11-21 Money from you arrived.');
    expect(first.days).toContain('2026-11-20 The pool was proposed.');
    expect(await told('9999-12-31')).toEqual(await told());
    expect(await told('2026-11-01')).toEqual({ days: [], since: null });
  });

  it('is no history of whoever is not in it, nor of a day that is none', async () => {
    expect((await call(house.asha, 'get', `pools/${pool}/history?last=2026-02-30`)).status).toBe(422);
    expect((await call(house.pat, 'get', `pools/${pool}/history`)).status).toBe(404);
  });
});
