import { COUNCIL_NAME } from '../../district/index.js';
import type { LocalDate, OrganisationId, PersonId, PoolId } from '../../kernel/index.js';
import { addDays, pence } from '../../kernel/index.js';
import { FunderShares, PoolQueries } from '../../pools/index.js';
import type { FunderSharePromised } from '../../pools/index.js';
import type { Until } from '../diary.js';
import { CHARITY_NAME } from './bodies.js';
import { knowFunder } from './paying.js';
import type { PoolPlan } from './pool-steps.js';
import type { World } from './world.js';

/** Invented accounts of funders begin here. */
const FUNDERS_ACCOUNTS = 60_000;

interface Funder {
  readonly id: OrganisationId;
  readonly officer: PersonId;
  /** As its own bank names it. */
  readonly atBank: string;
}

export const councilOf = (world: World): Funder => ({ id: world.council, officer: world.councilOfficer, atBank: 'MEREBROOK COUNCIL' });
const charityOf = (world: World): Funder => ({ id: world.charity, officer: world.charityOfficer, atBank: 'ALDERFORD HEARTH FD' });

interface Gift {
  readonly purpose: string;
  /** In pence. */
  readonly amount: number;
  readonly endsOn: LocalDate;
  readonly rest: 'back-at-end' | 'back-when-pool-ends';
}

/** Where the trust sends back what funders' money was not needed for. */
export async function knowFunders(world: World): Promise<void> {
  await knowFunder(world, world.moneyHolder, { id: world.council, name: COUNCIL_NAME, account: FUNDERS_ACCOUNTS });
  await knowFunder(world, world.moneyHolder, { id: world.charity, name: CHARITY_NAME, account: FUNDERS_ACCOUNTS + 1 });
}

/** The council pays for a winter of films, and in autumn once more under the same reference. What is there stays there. */
export async function councilFilms(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const council = councilOf(world);
  await until(addDays(world.today, -ago), 11);
  const { reference } = await promise(world, council, await poolOf(world, plan), {
    purpose: 'A winter of films in good company.',
    amount: 10_000,
    endsOn: addDays(world.today, 120),
    rest: 'back-when-pool-ends',
  });
  await until(addDays(world.today, 1 - ago), 10);
  await pay(world, council, reference, 10_000);
  await until(addDays(world.today, -20), 10);
  await pay(world, council, reference, 5_000);
}

/** The charity pays for the first evening alone, so that nobody has to put money in before they know that they like it. It was cheaper than
 *  thought, and the rest goes back. */
export async function firstEvening(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const charity = charityOf(world);
  const day = (after: number): LocalDate => addDays(world.today, after - ago);
  await until(day(0), 11);
  const evening = { purpose: 'A first evening for everybody to try.', amount: 4_000, endsOn: day(15), rest: 'back-at-end' } as const;
  const { reference } = await promise(world, charity, await poolOf(world, plan), evening);
  await until(day(1), 10);
  await pay(world, charity, reference, evening.amount);
  for (const after of [31, 50]) {
    await until(day(after), 4);
    await world.house.job('pools.tidy');
  }
}

/** The charity has promised a bigger pot; its bank has not paid yet. */
export async function potToCome(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  await until(addDays(world.today, -ago), 11);
  await promise(world, charityOf(world), await poolOf(world, plan), {
    purpose: 'A pot that is big enough for all of us.',
    amount: 15_000,
    endsOn: addDays(world.today, 90),
    rest: 'back-at-end',
  });
}

/** An officer of the funder says for what its money is. It comes by bank to the pool's money-holder. */
export async function promise({ house }: World, funder: Funder, poolId: PoolId, { amount, ...gift }: Gift): Promise<FunderSharePromised> {
  return house.get(FunderShares).promise(await house.actor(funder.officer), poolId, { funderId: funder.id, amountPence: pence(amount), ...gift });
}

/** The funder's bank pays into the trust's client account, quoting what it was told to. */
export async function pay({ house, moneyHolder }: World, funder: Funder, reference: string, amount: number): Promise<void> {
  await house.bank('/bank/credits', { ...moneyHolder.bank, pence: amount, name: funder.atBank, reference, id: `${reference}-${house.today}` });
}

/** The pool as its broker finds it among theirs. */
export async function poolOf({ house }: World, plan: PoolPlan): Promise<PoolId> {
  const pools = await house.get(PoolQueries).mine(await house.actor(plan.broker));
  return pools.find((pool) => pool.name === plan.name)!.id;
}
