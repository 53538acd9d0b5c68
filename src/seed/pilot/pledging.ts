import type { LocalDate, PoolId } from '../../kernel/index.js';
import { addDays, pence } from '../../kernel/index.js';
import { accountIdOf, LedgerQueries } from '../../ledger/index.js';
import { Pledges, SHORTEST_FREE_DAYS } from '../../pools/index.js';
import type { Ending, RoundId } from '../../pools/index.js';
import type { Until } from '../diary.js';
import { poolOf } from './funders.js';
import type { PoolPlan } from './pool-steps.js';
import type { Holder, World } from './world.js';

interface Hope {
  readonly purpose: string;
  readonly words?: string;
  /** In pence. */
  readonly threshold: number;
  readonly most?: number;
  /** Days from now. */
  readonly reachBy: number;
  readonly ending: Ending;
  readonly extendTo?: number;
  readonly smallest?: number;
}

/** A member asks the others to pledge; they have a week to change their mind. */
async function ask(world: World, pool: PoolId, member: Holder, hope: Hope): Promise<RoundId> {
  const { house } = world;
  const day = (days: number): LocalDate => addDays(house.today, days);
  const asked = await house.get(Pledges).open(await house.actor(member.id), pool, {
    purpose: hope.purpose,
    ...(hope.words ? { words: hope.words } : {}),
    thresholdPence: pence(hope.threshold),
    ...(hope.most ? { mostPence: pence(hope.most) } : {}),
    freeUntil: day(SHORTEST_FREE_DAYS),
    reachBy: day(hope.reachBy),
    ending: hope.ending,
    ...(hope.extendTo ? { extendTo: day(hope.extendTo) } : {}),
    ...(hope.smallest ? { smallestPence: pence(hope.smallest) } : {}),
  });
  return asked.roundId;
}

async function pledge(world: World, round: RoundId, member: Holder, amount: number, helpedBy?: string): Promise<void> {
  const { house } = world;
  await house.get(Pledges).pledge(await house.actor(member.id), round, {
    lineId: member.lineId,
    planLineId: member.together,
    amountPence: pence(amount),
    ...(helpedBy ? { helpedBy } : {}),
  });
}

/** Members whose shares lie in the book of their line, those first who have most left in it. */
async function withMoney({ house }: World, plan: PoolPlan): Promise<Holder[]> {
  const here = plan.members.filter((member) => member.managed === 'notional' || member.lineBook === plan.moneyHolder);
  const accounts = here.map((member) => ({ book: member.lineBook, kind: 'line', subject: member.id, line: member.lineId }) as const);
  const free = await house.read({ people: here.map((member) => member.id) }, (tx) => house.get(LedgerQueries).freeOf(tx, accounts));
  const leftTo = new Map(here.map((member, n) => [member, free.get(accountIdOf(accounts[n]!))!]));
  return here.sort((a, b) => Number(leftTo.get(b)! > leftTo.get(a)!) - Number(leftTo.get(b)! < leftTo.get(a)!));
}

/** Just after midnight, so many days later. */
async function nightOf(world: World, until: Until, day: LocalDate): Promise<void> {
  await until(day, 1);
  await world.house.job('pools.close-pledges');
  await world.house.settle();
}

/** Gardeners bring money together for a greenhouse; for tools there is less than they hoped, and they go on with it; a second plot does not come
 *  about; and a shed was a mistake. */
export async function gardenersPledge(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const { house } = world;
  const first = addDays(world.today, -ago);
  await until(first, 12);
  const pool = await poolOf(world, plan);
  const [ann, cy, ed] = (await withMoney(world, plan)) as [Holder, Holder, Holder];
  const greenhouse = await ask(world, pool, ann, {
    purpose: 'A small greenhouse',
    words: 'So that we can begin in March. It stands beside the shed of the allotment.',
    threshold: 6_000,
    reachBy: 14,
    ending: 'release',
  });
  const tools = await ask(world, pool, cy, { purpose: 'Tools with long handles', threshold: 9_000, reachBy: 10, ending: 'shrink', smallest: 3_000 });
  const second = await ask(world, pool, plan.members[3]!, { purpose: 'A second plot', threshold: 50_000, reachBy: 10, ending: 'release' });
  const shed = await ask(world, pool, ed, { purpose: 'A shed of our own', threshold: 40_000, reachBy: 20, ending: 'release' });
  await pledge(world, greenhouse, ann, 2_000);
  await pledge(world, greenhouse, ed, 1_500);
  await pledge(world, greenhouse, ed, 2_000, 'his support worker');
  await pledge(world, greenhouse, cy, 2_000);
  for (const member of [ann, cy]) await pledge(world, tools, member, 1_500);
  await pledge(world, second, ed, 1_000);
  await pledge(world, shed, ann, 1_000);
  await until(addDays(first, 1), 12);
  await house.get(Pledges).withdraw(await house.actor(ed.id), shed);
  await nightOf(world, until, addDays(first, SHORTEST_FREE_DAYS + 1));
  await nightOf(world, until, addDays(first, 11));
}

/** Singers have more time for a keyboard, and are asked today for song books. */
export async function choirPledges(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const { house } = world;
  const first = addDays(world.today, -ago);
  await until(first, 12);
  const pool = await poolOf(world, plan);
  const [ann, bo, cy, flo] = (await withMoney(world, plan)) as [Holder, Holder, Holder, Holder];
  const keyboard = await ask(world, pool, bo, { purpose: 'A keyboard with big keys', threshold: 15_000, reachBy: 12, ending: 'extend', extendTo: 60 });
  await pledge(world, keyboard, bo, 2_500);
  await pledge(world, keyboard, ann, 3_000);
  await pledge(world, keyboard, cy, 1_000, 'her daughter');
  await house.get(Pledges).takeBack(await house.actor(cy.id), keyboard, { helpedBy: 'her daughter' });
  await nightOf(world, until, addDays(first, 13));
  await until(addDays(world.today, -3), 12);
  const books = await ask(world, pool, flo, {
    purpose: 'Song books in large print',
    threshold: 8_000,
    most: 2_500,
    reachBy: 21,
    ending: 'shrink',
    smallest: 4_000,
  });
  await pledge(world, books, flo, 2_500);
  await pledge(world, books, cy, 1_200);
}

/** Swimmers bring money together for a hoist; answers when they asked. */
export async function swimmersPledgeForHoist(world: World, pool: PoolId, [first, second]: readonly Holder[]): Promise<LocalDate> {
  const hoist = await ask(world, pool, first!, {
    purpose: 'A hoist to get into the water',
    words: 'The pool lends us one that is too small. This one would be ours.',
    threshold: 3_500,
    reachBy: 14,
    ending: 'release',
  });
  await pledge(world, hoist, first!, 1_500);
  await pledge(world, hoist, second!, 2_000, 'his support worker');
  return world.house.today;
}

/** The night in which nobody can take a pledge back any more, and enough is there. */
export const hoistIsReached = (world: World, until: Until, asked: LocalDate): Promise<void> => nightOf(world, until, addDays(asked, SHORTEST_FREE_DAYS + 1));

/** What swimmers are asked to pledge for today: half of it is there. */
export async function swimmersPledgeForTrip(world: World, pool: PoolId, [first, second]: readonly Holder[]): Promise<void> {
  const trip = await ask(world, pool, second!, {
    purpose: 'A day at the sea in summer',
    words: 'A bus with a lift, and lunch for all of us.',
    threshold: 6_000,
    most: 3_000,
    reachBy: 30,
    ending: 'shrink',
    smallest: 4_000,
  });
  await pledge(world, trip, second!, 1_000);
  await pledge(world, trip, first!, 2_000);
}
