import { Worries, WorryDesk, WorryQueries } from '../../concerns/index.js';
import type { Actor, PersonId } from '../../kernel/index.js';
import { Addresses, Letters, Post, type PostItemId } from '../../notifications/index.js';
import type { SeedHouse } from '../house.js';
import type { Holder, World } from './world.js';

/** The first letters have arrived, three messages could not be delivered, ten letters went out today, two came back, and the rest waits:
 *  the worker hands emails and texts to the demonstration mailbox, and an operator prints the letters. */
export async function carryPost(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const people = holders.map((holder) => holder.id);
  const operator = await house.actor(world.operator);
  const ids = (where: string, limit: number): Promise<{ id: PostItemId; reference: string }[]> =>
    house.read({ people }, (tx) => tx.rows(`select id, reference from post_item where ${where} order by id limit ${limit}`));
  await house.write({ people }, async (tx, actor) => {
    for (const [n, holder] of holders.entries()) {
      const address = [`${1 + (n % 90)} Invented Row`, 'Merebrook', `${holder.place} 9ZZ`];
      if (n % 12 !== 11) await house.get(Addresses).put(tx, holder.id, address, actor.id);
    }
  });
  const oldest = await ids(`state = 'waiting'`, 150);
  await house.write({ people }, async (tx) => {
    for (const [n, { id }] of oldest.entries()) await house.get(Post).settle(tx, id, n % 50 === 7 ? 'failed' : 'delivered');
  });
  const letters = (await ids(`state = 'waiting' and by = 'letter'`, 10)).map((each) => each.id);
  if (letters.length > 0) await house.get(Letters).post(operator, { letters, postedOn: house.today });
  for (const { reference } of await ids(`state = 'delivered' and by = 'letter'`, 2))
    await house.get(Letters).cameBack(operator, { reference, reason: 'gone-away' });
  await house.settle();
}

/** A worry of the summer that was looked into and closed, and one that is still with the lead. */
export async function earlierWorries(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const lead = await leadOf(house);
  const [one, other] = ofHome(world, holders);
  const first = await raise(world, lead, one.id, {
    words: 'My neighbour asks me for money every week. I do not like to say no.',
    reach: 'Thursday mornings, at home',
  });
  await house.get(WorryDesk).take(lead, first);
  await house.get(WorryDesk).note(lead, first, { words: 'Visited on Thursday. She would like help to say no. The bank has set a limit with her.' });
  await house.get(WorryDesk).close(lead, first, { outcome: 'support-changed', words: 'She feels safe, and knows whom to phone.' });
  const second = await raise(world, lead, other.id, { words: 'The driver shouts at us. I am afraid to go.', withoutName: true });
  await house.get(WorryDesk).take(lead, second);
  await house.get(WorryDesk).note(lead, second, { words: 'Asked the provider who drove that week. Next: speak with the two others who were there.' });
}

/** Today somebody who gave no name wrote, and a holder did. Nobody has read it yet. */
export async function worriesOfToday(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  await house.get(Worries).raise(undefined, { words: 'I work in the shop. A man always takes the change of a lady who comes with him.', from: '/help' });
  await house
    .get(Worries)
    .raise(await house.actor(ofHome(world, holders)[2].id), { words: 'I am not sure my helper writes down the right hours.', from: '/inbox' });
}

/** Raises a worry as a holder, and answers its id as the lead finds it. */
async function raise({ house }: World, lead: Actor, by: PersonId, worry: { words: string; reach?: string; withoutName?: boolean }): Promise<Id> {
  const { reference } = await house.get(Worries).raise(await house.actor(by), worry);
  const { items } = await house.get(WorryQueries).list(lead, { which: 'open' });
  return items.find((each) => each.reference === reference)!.id;
}
type Id = Parameters<WorryDesk['take']>[1];

/** Three people of the home ICB, whose lead there is a sign-in for. */
const ofHome = (world: World, holders: readonly Holder[]): [Holder, Holder, Holder] =>
  holders.filter((holder) => holder.icb === world.home).slice(3, 6) as [Holder, Holder, Holder];

async function leadOf(house: SeedHouse): Promise<Actor> {
  const row = await house.read({}, (tx) => tx.row<{ id: PersonId }>(`select person_id as id from sign_in where username = 'safeguarding-lead'`));
  return house.actor(row!.id);
}
