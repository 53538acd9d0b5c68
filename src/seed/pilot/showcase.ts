import { InvoiceRefunds } from '../../purchasing/index.js';
import { addDays, pence } from '../../kernel/index.js';
import type { Until } from '../diary.js';
import { swimmersBring } from './bringing.js';
import { hoistIsReached, swimmersPledgeForHoist, swimmersPledgeForTrip } from './pledging.js';
import { askForQuote, assent, attend, choose, commit, confirm, fund, invoice, offer, propose, putIn, payByPage, record } from './pool-steps.js';
import type { PoolPlan } from './pool-steps.js';
import type { ListedProvider, World } from './world.js';

/** Thursday swimming: three people, three ways of holding money, from the first idea to the last bank line, and a second purchase under
 *  way so that everybody's pages have something to do today. */
export async function thursdaySwimming(world: World, until: Until, plan: PoolPlan, dearer: ListedProvider): Promise<void> {
  const { today, house } = world;
  const ago = (days: number): ReturnType<typeof addDays> => addDays(today, -days);
  const [first, second, direct] = plan.members;
  await until(ago(112));
  const pool = await propose(world, plan);
  const agreement = await offer(world, pool);
  await until(ago(110), 10);
  await assent(world, pool.members, agreement);

  await until(ago(108));
  await fund(world, pool, 9);
  await putIn(world, pool, first!, 1500);
  const declined = await putIn(world, pool, direct!, 2000);
  await payByPage(world, direct!, declined, 'pm_card_chargeDeclined');
  await payByPage(world, direct!, declined, 'pm_card_gb');

  await until(ago(106));
  const quote = await askForQuote(world, pool, plan.provider, plan.price, 8);
  await askForQuote(world, pool, dearer, plan.price * 2, 8);
  await until(ago(105), 12);
  await choose(world, pool.members, quote);
  const purchase = await commit(world, pool, quote, ago(103), 8);
  await attend(world, until, pool, purchase, 0, 4);
  await until(addDays(house.today, 1), 15);
  const paid = await invoice(world, pool, purchase, 0, 4);
  await attend(world, until, pool, purchase, 4, 8);
  await until(addDays(house.today, 1), 15);
  await invoice(world, pool, purchase, 4, 8);

  await until(ago(44), 10);
  await house.bank('/bank/credits', { ...world.moneyHolder.bank, pence: 900, name: plan.provider.facts.name, reference: 'CREDIT NOTE 1', id: 'credit-note-1' });
  await until(ago(43), 10);
  await house.get(InvoiceRefunds).record(await house.actor(world.moneyHolder.checker), paid, {
    bookId: world.moneyHolder.book,
    via: 'bank',
    amountPence: pence(900),
    on: ago(44),
    reference: 'CREDIT NOTE 1',
  });

  await until(ago(40));
  await fund(world, pool, 11);
  const again = await askForQuote(world, pool, plan.provider, plan.price, 10);
  await choose(world, pool.members, again);
  const running = await commit(world, pool, again, ago(36), 10);
  await attend(world, until, pool, running, 0, 4);
  await until(ago(13), 12);
  await swimmersBring(world, pool.id, pool.members);
  const asked = await swimmersPledgeForHoist(world, pool.id, pool.members);
  await until(ago(8), 18);
  await record(world, pool, running, running.sessions[4]!.sessionId);
  await until(ago(7), 10);
  await confirm(world, [second!], running.sessions[4]!.sessionId);
  await invoice(world, pool, running, 0, 4);
  await hoistIsReached(world, until, asked);
  await until(ago(3));
  const newer = await offer(world, pool, 14);
  await assent(world, [second!, direct!], newer);
  await until(ago(2), 12);
  await swimmersPledgeForTrip(world, pool.id, pool.members);
  await until(ago(1), 18);
  await record(world, pool, running, running.sessions[5]!.sessionId);
}
