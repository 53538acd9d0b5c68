import type { Choice } from '../../introductions/index.js';
import { ANSWER_DAYS, Cards, GroupQueries, Groups } from '../../introductions/index.js';
import { addDays } from '../../kernel/index.js';
import type { Until } from '../diary.js';
import type { Holder, World } from './world.js';

/** What two groups of neighbours would like: much in common, so that they suit each other well. */
const WANTED = [
  ['knitting', 'lunch-together', 'history', 'reading', 'theatre', 'writing'],
  ['board-games', 'films', 'going-to-gigs', 'photography', 'playing-music', 'video-games'],
] as const;
const ANSWERS: readonly (readonly (Choice | undefined)[])[] = [
  ['yes', 'yes', 'yes', 'no'],
  ['yes', 'not-now', undefined, undefined],
];

/** Eight people agree to be asked about groups; of two proposed groups one comes together and one comes to nothing. */
export async function groupsComeTogether(world: World, people: readonly Holder[], until: Until): Promise<void> {
  const { house } = world;
  const cards = house.get(Cards);
  const half = Math.ceil(people.length / 2);
  for (const [index, holder] of people.entries()) {
    const me = await house.actor(holder.id);
    await cards.write(me, holder.id, {
      goals: [...WANTED[index < half ? 0 : 1]],
      place: people[0]!.place,
      days: ['2', '4', '6'],
      pace: 'gentle',
      groupSize: 'few',
      distanceMiles: 10,
      agrees: ['brokers', 'groups'],
    });
    await cards.open(me, holder.id);
  }
  const asked = addDays(house.today, 1);
  await until(asked, 2);
  await house.job('matching-suggest');
  await until(asked, 12);
  for (const [index, holder] of people.entries()) {
    const me = await house.actor(holder.id);
    const answer = ANSWERS[index < half ? 0 : 1]![index % half];
    for (const ask of (await house.get(GroupQueries).groupsOf(me, holder.id)).asked) if (answer) await house.get(Groups).answer(me, ask.id, { answer });
  }
  await until(addDays(asked, ANSWER_DAYS + 1), 18);
  await house.job('introductions-reveal-groups');
}
