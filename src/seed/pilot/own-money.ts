import { OwnLines, OwnMoneyQueries } from '../../budgets/index.js';
import type { BookId } from '../../kernel/index.js';
import { addDays, invariant, pence } from '../../kernel/index.js';
import { Payees, PayIns } from '../../payments/index.js';
import type { OwnWay, TopUpId } from '../../pools/index.js';
import { Freezes, OwnTopUps } from '../../pools/index.js';
import { bankDetailsFor } from '../../district/index.js';
import type { Until } from '../diary.js';
import { poolOf } from './funders.js';
import type { PoolPlan } from './pool-steps.js';
import type { Holder, World } from './world.js';

/** Gardeners put money of their own into their pool: by card, by a Direct Debit that fails, by a bank transfer that is still to come. One changes her mind
 *  and has it sent home; one's own part was stopped when his money came, so it is kept for him; one thinks again before he has paid. */
export async function gardenersOwnMoney(world: World, until: Until, plan: PoolPlan, ago: number): Promise<void> {
  const { house } = world;
  await until(addDays(world.today, -ago), 13);
  const pool = await poolOf(world, plan);
  const [ann, bo, cy, dee] = plan.members as [Holder, Holder, Holder, Holder];
  const topUps = house.get(OwnTopUps);
  const ask = async (who: Holder, sum: number, by: OwnWay): Promise<{ id: TopUpId; page?: string }> => {
    const me = await house.actor(who.id);
    const { topUpId, paymentId } = await topUps.put(me, pool, { amountPence: pence(sum), by });
    return { id: topUpId, ...(paymentId ? { page: await house.get(PayIns).address(me, paymentId, '/money') } : {}) };
  };
  const pay = async ({ page }: { page?: string }, method: string): Promise<void> => {
    await house.payOnPage(page!, method);
    await house.settle();
  };
  await knowAccount(world, bo, world.moneyHolder.book);
  await pay(await ask(ann, 3_000, 'card'), 'pm_card_visa');
  const bos = await ask(bo, 1_000, 'card');
  await pay(bos, 'pm_card_mastercard');
  await pay(await ask(cy, 2_500, 'bacs-debit'), 'pm_bacs_debit_fails');
  await topUps.withdraw(await house.actor(dee.id), pool, (await ask(dee, 600, 'card')).id, {});
  await house.get(Freezes).freezePart(await house.actor(dee.id), pool, { reason: 'I want to look at my money first.' });
  await until(addDays(world.today, 2 - ago), 13);
  await topUps.takeBack(await house.actor(bo.id), pool, bos.id, {});
  await house.get(Freezes).unfreezePart(await house.actor(dee.id), pool, { reason: 'I have looked at it.' });
  const dees = await ask(dee, 1_200, 'card');
  await house.get(Freezes).freezePart(await house.actor(dee.id), pool, { reason: 'I am in hospital until Friday.' });
  await pay(dees, 'pm_card_visa');
  await until(addDays(world.today, 6 - ago), 13);
  await house.get(Freezes).unfreezePart(await house.actor(dee.id), pool, { reason: 'I am back.' });
  await ask(ann, 1_500, 'bank');
  await sendHome(world, bo);
}

/** Where to pay is entered by one officer and checked by another, in good time: new details wait before they may be used, and a pay run with one that
 *  still waits is not approved. */
async function knowAccount(world: World, who: Holder, book: BookId): Promise<void> {
  const { house, moneyHolder } = world;
  const payee = await house.get(Payees).enter(await house.actor(moneyHolder.maker), {
    book,
    kind: 'person',
    subject: who.id,
    person: who.id,
    name: 'A gardener of Coppice End',
    ...bankDetailsFor(741),
  });
  await house.get(Payees).check(await house.actor(moneyHolder.checker), { payee: payee.id, version: payee.version, how: 'call-back' });
}

/** The next pay run takes it. */
async function sendHome(world: World, who: Holder): Promise<void> {
  const me = await world.house.actor(who.id);
  const line = (await world.house.get(OwnMoneyQueries).ofPerson(me)).find((each) => each.here > 0n);
  invariant(line, 'what was taken back is kept');
  await world.house.get(OwnLines).sendHome(me, line.id, {});
}
