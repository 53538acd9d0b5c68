import { IntroductionQueries } from '../../introductions/index.js';
import type { LocalDate } from '../../kernel/index.js';
import { addDays } from '../../kernel/index.js';
import { Freezes, Leaving, Pools } from '../../pools/index.js';
import { Quotes, Sessions } from '../../purchasing/index.js';
import type { Life, Until } from '../diary.js';
import { askForQuote, assent, attend, choose, commit, fund, invoice, offer, openPage, payByPage, propose, putIn, record } from './pool-steps.js';
import { holdAndRecall } from './last-days.js';
import { payFromOwnAccount, readyOwnAccount } from './own-account.js';
import type { PoolPlan, Purchase, RunningPool } from './pool-steps.js';
import type { Holder, ListedProvider, World } from './world.js';

export interface TimedLife {
  readonly life: Life;
  readonly from: LocalDate;
}

/** From the first idea to a chosen quote and dates: two weeks. */
export async function begin(
  world: World,
  until: Until,
  plan: PoolPlan,
  startsAgo: number,
  whenAgreed: (pool: RunningPool) => Promise<void> = () => Promise.resolve(),
): Promise<{ pool: RunningPool; purchase: Purchase }> {
  const ago = (days: number): LocalDate => addDays(world.today, -days);
  await until(ago(startsAgo));
  const pool = await propose(world, plan);
  await until(ago(startsAgo - 2));
  await assent(world, pool.members, await offer(world, pool));
  await whenAgreed(pool);
  await until(ago(startsAgo - 6));
  await fund(world, pool, plan.sessions + 1);
  await until(ago(startsAgo - 10));
  const quote = await askForQuote(world, pool, plan.provider, plan.price, plan.sessions);
  await until(ago(startsAgo - 11));
  await choose(world, pool.members, quote);
  return { pool, purchase: await commit(world, pool, quote, ago(startsAgo - 14), plan.sessions) };
}

/** A steady pool: meets weekly and is invoiced every four sessions. */
export async function steady(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { sessions } = plan;
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  for (let from = 0; from < sessions; from += 4) {
    await attend(world, until, pool, purchase, from, from + 4);
    await until(addDays(world.house.today, 1), 15);
    await invoice(world, pool, purchase, from, Math.min(from + 4, sessions));
  }
}

/** Nobody holds money together: members with a direct payment pay their part of each invoice from their own account, alone. */
export async function apart(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { house } = world;
  const direct = plan.members.filter((member) => member.managed === 'direct-payment');
  await until(addDays(world.today, -startsAgo - 1));
  for (const [n, member] of direct.entries()) await readyOwnAccount(world, member, plan.provider, n === 0);
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  await attend(world, until, pool, purchase, 0, 6);
  await until(addDays(house.today, 1), 15);
  await invoice(world, pool, purchase, 0, 6);
  await until(addDays(house.today, 1), 12);
  for (const member of direct) await payFromOwnAccount(world, member);
}

/** One member leaves in the middle, with notice; the rest of their money goes home. */
export async function withLeaver(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  await attend(world, until, pool, purchase, 0, 4);
  const leaver = plan.members.at(-1)!;
  await until(addDays(world.house.today, 1), 12);
  await invoice(world, pool, purchase, 0, 4);
  await world.house.get(Leaving).leave(await world.house.actor(leaver.id), pool.id, {});
  const staying = { ...pool, members: plan.members.slice(0, -1) };
  await attend(world, until, staying, purchase, 4, 8);
}

/** Stopped by its broker while a question is open: one session is disputed. */
export async function frozen(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  const { house } = world;
  await attend(world, until, pool, purchase, 0, 2);
  await until(addDays(house.today, 1), 15);
  await holdAndRecall(world, await invoice(world, pool, purchase, 0, 2));
  const third = purchase.sessions[2]!;
  await until(third.day, 18);
  await record(world, pool, purchase, third.sessionId);
  await until(addDays(third.day, 1), 10);
  await house.get(Sessions).dispute(await house.actor(plan.members[0]!.id), third.sessionId, 'The hall was locked and nobody came.');
  await until(addDays(third.day, 3));
  const femi = await house.actor(plan.broker);
  await house.get(Freezes).freeze(femi, pool.id, { reason: 'We sort out first who opens the hall.', lastDay: addDays(house.today, 20) });
  await until(addDays(house.today, 17));
  await house.get(Freezes).extend(femi, pool.id, 'pool', { reason: 'The new keyholder starts next month.', lastDay: addDays(house.today, 25) });
  const last = plan.members.at(-1)!;
  await until(addDays(house.today, 4));
  await house.get(Freezes).freezePart(await house.actor(last.icb.coordinator), pool.id, {
    personId: last.id,
    reason: 'We look again at what this money is for, together with you.',
    lastDay: addDays(house.today, 21),
  });
}

/** Stopped for a fortnight, then gone on with. */
export async function pausedOnce(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  const { house } = world;
  await attend(world, until, pool, purchase, 0, 2);
  await until(addDays(house.today, 1));
  await house.get(Freezes).freeze(await house.actor(plan.broker), pool.id, { reason: 'The kitchen is being repaired.' });
  await until(addDays(house.today, 4));
  await house.get(Freezes).unfreeze(await house.actor(plan.broker), pool.id, { reason: 'The kitchen is open again.' });
  await attend(world, until, pool, purchase, 2, 8);
  await until(addDays(house.today, 1), 15);
  await invoice(world, pool, purchase, 0, 8);
}

/** Over before its time: a member stops it for two days, another stops her own part, and then everybody leaves. */
export async function emptied(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  await attend(world, until, pool, purchase, 0, 4);
  await until(addDays(world.house.today, 1), 15);
  await invoice(world, pool, purchase, 0, 4);
  const { house } = world;
  const [first, second] = plan.members as [Holder, Holder];
  await house.get(Freezes).freeze(await house.actor(first.id), pool.id, { reason: 'Let us talk before we book more.', lastDay: addDays(house.today, 1) });
  await house.get(Freezes).freezePart(await house.actor(second.id), pool.id, { reason: 'I do not think that I want to go on.' });
  await until(addDays(house.today, 3));
  await house.job('pools.thaw');
  for (const member of plan.members) await house.get(Leaving).leave(await world.house.actor(member.id), pool.id, {});
}

/** It never came about: everybody declined. */
export async function declined(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  await until(addDays(world.today, -startsAgo));
  const pool = await propose(world, plan);
  await until(addDays(world.today, -startsAgo + 5));
  for (const member of plan.members) await world.house.get(Leaving).leave(await world.house.actor(member.id), pool.id, {});
}

/** Half of the people have assented; a newer version replaced the first one on offer. */
export async function agreeing(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  await until(addDays(world.today, -startsAgo));
  const pool = await propose(world, plan);
  await offer(world, pool, 56);
  await until(addDays(world.today, -startsAgo + 4));
  await assent(world, plan.members.slice(0, -1), await offer(world, pool, 28));
}

/** Two who met by an introduction want to begin; nothing is on offer yet. */
export async function forming(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { house } = world;
  await until(addDays(world.today, -startsAgo));
  for (const holder of plan.members) {
    const me = await house.actor(holder.id);
    const met = (await house.get(IntroductionQueries).introductionsOf(me, holder.id)).find((each) => each.state === 'introduced');
    if (!met) continue;
    await house.get(Pools).propose(me, {
      name: plan.name,
      purpose: plan.purpose,
      place: holder.place,
      introductionId: met.id,
      members: [{ personId: holder.id }, { personId: met.otherId }],
    });
    return;
  }
}

/** Money on its way in every shape: asked for, awaited, being collected, refused by the bank, taken back. */
export async function payingIn(world: World, until: Until, plan: PoolPlan, dearer: ListedProvider, startsAgo: number): Promise<void> {
  const ago = (days: number): LocalDate => addDays(world.today, -days);
  const { house } = world;
  await until(ago(startsAgo));
  const pool = await propose(world, plan);
  await assent(world, plan.members, await offer(world, pool));
  const direct = plan.members.filter((member) => member.managed === 'direct-payment');
  await until(ago(startsAgo - 3));
  const [one, two = one, three = one] = direct as [Holder, Holder?, Holder?];
  await payByPage(world, two!, await putIn(world, pool, two!, 2500), 'pm_card_createDispute');
  const failing = await putIn(world, pool, three!, 3000, 'bacs-debit');
  await payByPage(world, three!, failing, 'pm_bacs_debit_fails');
  await until(ago(startsAgo - 6));
  await payByPage(world, one, await putIn(world, pool, one, 4000, 'bacs-debit'), 'pm_bacs_debit');
  await until(ago(startsAgo - 9));
  for (const member of plan.members.filter((each) => each.managed !== 'direct-payment')) await putIn(world, pool, member, 3000);
  const first = await askForQuote(world, pool, plan.provider, plan.price, 4);
  const chosen = await askForQuote(world, pool, dearer, plan.price + 500, 4);
  await until(ago(2));
  await house.get(Quotes).withdraw(await house.actor(plan.provider.person), first);
  await choose(world, plan.members, chosen);
  await until(ago(0), 7);
  await putIn(world, pool, one, 1000);
  await openPage(world, two!, await putIn(world, pool, two!, 1100));
  await house.payOnPage(await openPage(world, three!, await putIn(world, pool, three!, 1200, 'bacs-debit')), 'pm_bacs_debit');
}
