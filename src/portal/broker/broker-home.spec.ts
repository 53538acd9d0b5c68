import { describe, expect, it } from '@jest/globals';
import type { Actor, PoolId } from '../../kernel/index.js';
import { NO_SCOPE } from '../../kernel/index.js';
import { paths } from '../paths.js';
import { BrokerHome } from './broker-home.js';

const POOLS = Array.from({ length: 14 }, (_, n) => ({ id: `pool-${n}` as PoolId, name: `Pool ${n}`, purpose: '', place: null, state: 'forming', members: 2 }));
const facts = (id: PoolId) => ({ pool: { ...POOLS.find((each) => each.id === id)!, members: [], agreements: [], history: [] }, quotes: [], purchases: [] });

/** The home of a broker with many pools, in one of which somebody asks for help. */
const homeOf = (asking: PoolId) =>
  new BrokerHome(
    { register: () => undefined } as never,
    { caseload: () => Promise.resolve({ items: [], next: null }) } as never,
    { chasing: () => Promise.resolve({ followUps: [], notes: [], advice: [], packs: [] }) } as never,
    { mine: () => Promise.resolve(0) } as never,
    { mine: () => Promise.resolve(POOLS) } as never,
    { waiting: () => Promise.resolve(new Map([[asking, 1]])) } as never,
    { today: () => '2026-11-20', facts: (_: Actor, id: PoolId) => Promise.resolve(facts(id)) } as never,
  );

describe('the first page of a broker', () => {
  it.each(['pool-0', 'pool-13'] as PoolId[])('says that somebody in %s asks for help, however many pools there are', async (asking) => {
    const { view } = await homeOf(asking).view({ id: 'b', kind: 'person', grants: [], scope: NO_SCOPE } as never);
    expect((view as { needs: object[] }).needs).toContainEqual(expect.objectContaining({ href: paths.poolReviews(asking) }));
  });
});
