import type { LocalDate } from '../../kernel/index.js';
import { addDays, pence } from '../../kernel/index.js';
import { FunderShares } from '../../pools/index.js';
import type { Until } from '../diary.js';
import { councilOf, pay, promise } from './funders.js';
import { begin } from './pools.js';
import { assent, attend, invoice, offer, putIn } from './pool-steps.js';
import type { PoolPlan, RunningPool } from './pool-steps.js';
import type { World } from './world.js';

/** Everybody agrees that the second money-holder keeps their money from now on. */
async function change(world: World, pool: RunningPool): Promise<RunningPool> {
  const changed = { ...pool, moneyHolder: world.secondHolder.book };
  await assent(world, pool.members, await offer(world, changed));
  await world.house.settle();
  return changed;
}

/** The second money-holder has had the money for weeks, the council's too: later sessions are paid from there, and a member has put more in. */
export async function changedLongAgo(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { today } = world;
  const ago = (days: number): LocalDate => addDays(today, -days);
  const council = councilOf(world);
  const { pool, purchase } = await begin(world, until, plan, startsAgo, async (started) => {
    const evenings = { purpose: 'Evenings that cost nobody much.', amount: 10_000, endsOn: addDays(today, 60), rest: 'back-when-pool-ends' } as const;
    await pay(world, council, (await promise(world, council, started.id, evenings)).reference, evenings.amount);
  });
  await attend(world, until, pool, purchase, 0, 4);
  await until(ago(68), 15);
  await invoice(world, pool, purchase, 0, 4);
  const changed = await change(world, pool);
  await attend(world, until, pool, purchase, 4, 8);
  await until(ago(40), 15);
  await invoice(world, changed, purchase, 4, 8);
  await until(ago(24), 12);
  await putIn(world, changed, plan.members[0]!, 500);
}

/** The trust has sent the money on, and the second money-holder has not seen it yet. What the ICB itself gives stays in its own book. */
export async function changingNow(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const { house, today, home } = world;
  const ago = (days: number): LocalDate => addDays(today, -days);
  const { pool, purchase } = await begin(world, until, plan, startsAgo, async (started) => {
    await house.get(FunderShares).promise(await house.actor(home.officer), started.id, {
      funderId: home.id,
      bookId: home.book,
      purpose: 'A ramp and a set of balls to begin with.',
      amountPence: pence(3_000),
      endsOn: addDays(today, 60),
      rest: 'back-at-end',
    });
  });
  await attend(world, until, pool, purchase, 0, 4);
  await until(addDays(house.today, 1), 15);
  await invoice(world, pool, purchase, 0, 4);
  await attend(world, until, pool, purchase, 4, 6);
  await until(ago(16), 14);
  await change(world, pool);
}

/** Everybody has just agreed to change; the last invoice that the trust pays is still to be paid. */
export async function settlingStill(world: World, until: Until, plan: PoolPlan, startsAgo: number): Promise<void> {
  const ago = (days: number): LocalDate => addDays(world.today, -days);
  const { pool, purchase } = await begin(world, until, plan, startsAgo);
  await attend(world, until, pool, purchase, 0, 5);
  await until(ago(2), 15);
  await invoice(world, pool, purchase, 0, 5);
  await until(ago(1), 16);
  await change(world, pool);
}
