import { describe, expect, it } from '@jest/globals';
import { randomFrom } from '../../district/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { pence } from '../../kernel/index.js';
import { drawPeople } from './holders.js';
import { partOf, type PoolPlan } from './pool-steps.js';
import { drawPools } from './wanted.js';
import type { Holder, ListedProvider, World } from './world.js';

const WORLD = { moneyHolder: { book: 'the-trust' } } as unknown as World;
const SEEDS = Array.from({ length: 60 }, (_, n) => String(n + 1));
/** The part of a line of each kind that is there before the second half is paid, less what may be asked back, in hundredths. */
const THERE_EARLY = { notional: 100n, 'third-party': 40n, 'direct-payment': 50n } as const;

function drawn(seed: string, people: number): { holders: Holder[]; plans: Map<string, PoolPlan> } {
  const funded = drawPeople(randomFrom(seed).branch('people'), people, '2026-09-25' as LocalDate).filter((each) => each.state === 'funded');
  const holders = funded.map(({ firstName, managed, agreed }, index) => ({ id: `p${index}`, firstName, managed, agreed }) as unknown as Holder);
  const provider = { find: () => ({}) } as unknown as ListedProvider[];
  return { holders, plans: drawPools(WORLD, holders, provider, ['one', 'other'] as unknown as PersonId[]) };
}
const needOf = (plan: PoolPlan): number => (plan.sessions === 0 ? 0 : partOf(plan.price, plan.sessions + 1, plan.members.length));

describe.each([40, 600])('the pools of %i people, for any of sixty seeds', (people) => {
  it('ask nobody for more than is there, whatever the day', () => {
    const short = SEEDS.flatMap((seed) => {
      const { holders, plans } = drawn(seed, people);
      const asked = new Map<Holder, number>();
      for (const plan of plans.values()) for (const member of plan.members) asked.set(member, (asked.get(member) ?? 0) + needOf(plan));
      // The three of the swimming pool are as everybody knows them: theirs goes into the one pool.
      return [...asked]
        .filter(([holder, need]) => holders.indexOf(holder) > 2 && pence(BigInt(need)) > (holder.agreed * THERE_EARLY[holder.managed]) / 100n)
        .map(([holder, need]) => [seed, holder.id, holder.managed, need]);
    });
    expect(short).toEqual([]);
  });

  it('have members who are all there and all different, and leave eight people with notional money alone', () => {
    for (const seed of SEEDS) {
      const { holders, plans } = drawn(seed, people);
      for (const { members } of plans.values()) expect(new Set(members.map((each) => each.id)).size).toBe(members.length);
      const paying = new Set([...plans.values()].filter((plan) => plan.sessions > 0).flatMap((plan) => plan.members));
      const inPools = new Set([...plans.values()].flatMap((plan) => plan.members));
      const alone = holders.filter((holder) => holder.managed === 'notional' && !paying.has(holder));
      expect(alone.length).toBeGreaterThan(7);
      expect(alone.some((holder) => !inPools.has(holder))).toBe(true);
    }
  });
});
