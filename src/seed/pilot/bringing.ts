import type { PersonId, PoolId } from '../../kernel/index.js';
import { addDays, addMonths } from '../../kernel/index.js';
import type { GiftKind } from '../../pools/index.js';
import { Agreements, Gifts, PoolQueries, Pools } from '../../pools/index.js';
import type { Until } from '../diary.js';
import { addStaff } from './bodies.js';
import { poolOf } from './funders.js';
import type { PoolPlan } from './pool-steps.js';
import type { Holder, World } from './world.js';

type Brought = readonly [
  member: { readonly id: PersonId },
  kind: GiftKind,
  words: string,
  more?: { readonly untilMonths?: number; readonly helpedBy?: string },
];

async function offerGift(house: World['house'], pool: PoolId, [member, kind, words, { untilMonths, helpedBy } = {}]: Brought): Promise<void> {
  await house.get(Gifts).offer(await house.actor(member.id), pool, {
    kind,
    words,
    fromDay: house.today,
    ...(untilMonths ? { untilDay: addMonths(house.today, untilMonths) } : {}),
    ...(helpedBy ? { helpedBy } : {}),
  });
}

/** What gardeners bring beside money: one takes it back. A neighbour without any budget, who has a van, joins them without putting money in. */
export async function gardenersBring(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const { house } = world;
  await until(addDays(world.today, -ago), 13);
  const pool = await poolOf(world, plan);
  const neighbour = { id: await addStaff(house, world.random.branch('neighbour'), { grants: [] }) };
  await house.get(Pools).invite(await house.actor(plan.broker), pool, { personId: neighbour.id, withoutMoney: true });
  const me = await house.actor(neighbour.id);
  const [agreement] = (await house.get(PoolQueries).pool(me, pool)).agreements.filter((each) => each.state === 'in-force');
  await house.get(Agreements).assent(me, agreement!.id, { contentHash: agreement!.contentHash, format: 'standard' });
  const [ann, bo, cy] = plan.members as [Holder, Holder, Holder];
  const brought: readonly Brought[] = [
    [ann, 'skill', 'I know when to sow what. My father was a gardener.'],
    [bo, 'time', 'I water on days when nobody else can.', { untilMonths: 6, helpedBy: 'his support worker' }],
    [cy, 'space', 'In winter we can sit in my kitchen.'],
    [neighbour, 'transport', 'My van, for compost and for people. It has a ramp.'],
  ];
  for (const each of brought) await offerGift(house, pool, each);
  await until(addDays(world.today, 3 - ago), 13);
  const cys = await house.actor(cy.id);
  const kitchen = (await house.get(Gifts).ofPool(cys, pool)).find((gift) => gift.isMine)!;
  await house.get(Gifts).takeBack(cys, pool, kitchen.id, {});
}

/** What swimmers bring beside money. */
export async function swimmersBring(world: World, pool: PoolId, members: readonly Holder[]): Promise<void> {
  const { house } = world;
  const brought: readonly Brought[] = [
    [members[0]!, 'skill', 'I was a swimming teacher. I can show you how to float.'],
    [members[1]!, 'time', 'I am there first, and see that the door is open.', { helpedBy: 'his support worker' }],
    [members[2]!, 'transport', 'There is one more seat in my car.', { untilMonths: 6 }],
  ];
  for (const each of brought) await offerGift(house, pool, each);
}

/** Somebody brought a skill to a group that they left since. */
export async function leaverBrought(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const { house } = world;
  await until(addDays(world.today, -ago), 13);
  const leaver = plan.members.at(-1)!;
  await house
    .get(Gifts)
    .offer(await house.actor(leaver.id), await poolOf(world, plan), { kind: 'skill', words: 'I know a lot about old films.', fromDay: house.today });
}
