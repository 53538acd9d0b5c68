import { Brokers, type Cover, COVERS } from '../../brokers/index.js';
import type { Random } from '../../district/index.js';
import { Goals } from '../../holders/index.js';
import { AREAS } from '../../holders/index.js';
import { Cards, GOAL_TERMS, IntroductionQueries, Introductions, type SuggestionId, Suggestions } from '../../introductions/index.js';
import type { PersonId } from '../../kernel/index.js';
import { addDays } from '../../kernel/index.js';
import { giveSignIn } from './bodies.js';
import type { Holder, World } from './world.js';

const GOOD_LIVES = [
  'A good life is a week with something in it that is not an appointment.',
  'I want to wake up when I like, see my sister on Sundays, and be in the water once a week.',
  'Company that I chose. A garden. Nobody in a hurry.',
  'To be asked, and then to be listened to. Music on Fridays.',
  'My own front door, my own kettle, and somebody to laugh with.',
] as const;
const MATTERS = [
  'I want to swim again',
  'I want to cook for my friends',
  'I want to go out in the evening',
  'I want to know my neighbours',
  'I want to get stronger',
  'I want to make something with my hands',
] as const;
const SIGNS = ['I went three weeks running', 'I know two names', 'I was tired in a good way', 'Somebody asked me back'] as const;

/** Good-life statements, goals in all their states with ratings, and what people can offer. */
export async function writeGoodLives(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const goals = house.get(Goals);
  await house.forEach(holders, async (holder, index) => {
    const draw = world.random.branch(`goals-${index}`);
    const me = await house.actor(holder.id);
    await goals.writeGoodLife(me, holder.id, { words: draw.pick(GOOD_LIVES) });
    const { id } = await goals.addGoal(me, holder.id, {
      matters: draw.pick(MATTERS),
      why: 'It makes the week worth having.',
      firstStep: 'Ask who else would come.',
      signs: draw.some(SIGNS, 2),
      areas: draw.some(AREAS, 2).sort(),
    });
    await goals.rateGoal(me, id, { rating: 2 + draw.int(4), wasHelped: draw.chance(0.3) });
    if (index % 10 === 3) await goals.changeGoal(me, id, { state: 'met' });
    if (index % 10 === 7) await goals.changeGoal(me, id, { state: 'let-go' });
    if (draw.chance(0.5))
      await goals.addOffer(me, holder.id, { kind: draw.pick(['skill', 'time', 'space', 'lift'] as const), words: 'Happy to help when I can.' });
  });
}

/** Brokers of the district; the first of them can sign in. */
export async function registerBrokers(world: World, count: number): Promise<PersonId[]> {
  const { house } = world;
  const officer = await house.actor(world.home.officer);
  const names = [
    ['Marguerite', 'Fairwater'],
    ['Isaac', 'Dovecote'],
    ['Lerato', 'Hollowmere'],
  ] as const;
  const brokers: PersonId[] = [];
  for (const [firstName, familyName] of names.slice(0, count)) {
    const { brokerId } = await house.get(Brokers).registerBroker(officer, {
      icbId: world.home.id,
      firstName,
      familyName,
      bodyId: world.brokerBody,
      about: 'Helps people plan, find each other and buy well.',
    });
    brokers.push(brokerId);
  }
  await giveSignIn(house, brokers[0]!, 'broker');
  return brokers;
}

export async function appoint(world: World, holder: Holder, broker: PersonId, covers: readonly Cover[] = COVERS): Promise<void> {
  await world.house.get(Brokers).appoint(await world.house.actor(holder.id), holder.id, { brokerId: broker, covers: [...covers] });
}

/** People whose appointment of a broker has ended since. */
export async function appointAndEnd(world: World, holders: readonly Holder[], broker: PersonId): Promise<void> {
  const { house } = world;
  for (const holder of holders) {
    const me = await house.actor(holder.id);
    const { id } = await house.get(Brokers).appoint(me, holder.id, { brokerId: broker, covers: ['goals', 'plan'], untilDay: addDays(house.today, 90) });
    await house.get(Brokers).end(me, id, { why: 'I know my way now.' });
  }
}

/** Cards: most open, some drafts, some taken down again. Neighbours share a few favourite goals, so that suggestions come.
 *  One after another: matching breaks ties by the order in which cards were made. */
export async function writeCards(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const cards = house.get(Cards);
  for (const [index, holder] of holders.entries()) {
    const me = await house.actor(holder.id);
    await cards.write(me, holder.id, cardOf(world.random.branch(`card-${index}`)));
    if (index % 12 === 5) continue;
    await cards.open(me, holder.id);
    if (index % 12 === 9) await cards.takeDown(me, holder.id);
  }
}

function cardOf(draw: Random): Parameters<Cards['write']>[2] {
  const favourites = ['swimming', 'gardening', 'cooking', 'singing', 'coffee-and-a-chat', 'walking'];
  const goals = [...new Set([...draw.some(favourites, 2), draw.pick(GOAL_TERMS).id])];
  return {
    goals,
    words: draw.pick(['Somebody to go with.', 'I used to do this and miss it.', 'New to it and a bit shy.']),
    days: draw.some(['1', '2', '3', '4', '5', '6', '7'] as const, 3).sort(),
    pace: draw.pick(['gentle', 'steady', 'any'] as const),
    groupSize: draw.pick(['few', 'many', 'any'] as const),
    distanceMiles: 5 + draw.int(10),
    needs: draw.chance(0.3) ? ['step-free'] : [],
    offers: draw.chance(0.4) ? ['lift'] : [],
    seeks: draw.chance(0.3) ? ['lift'] : [],
  };
}

/** Everyone answers some of what was suggested to them, so some pairs both said yes. The pair decides, not the order of a list. */
export async function answerSuggestions(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const place = new Map(holders.map((holder, index) => [holder.id, index]));
  const places = [...new Set(holders.map((holder) => holder.place))];
  const rows = await house.read({ people: holders.map((holder) => holder.id), places }, (tx) =>
    tx.rows<{ id: SuggestionId; mine: PersonId; theirs: PersonId }>(
      'select s.id, s.person_id as mine, c.person_id as theirs from suggestion s join card c on c.id = s.other_card_id',
    ),
  );
  const pairs = rows.map((row) => ({ ...row, from: place.get(row.mine)!, to: place.get(row.theirs)! })).sort((a, b) => a.from - b.from || a.to - b.to);
  for (const { id, mine, from, to } of pairs) {
    const liking = world.random.branch(`liking-${Math.min(from, to)}-${Math.max(from, to)}`).next();
    const mood = world.random.branch(`mood-${from}-${to}`).next();
    if (liking > 0.12) continue;
    const answer = mood < 0.75 ? 'yes' : mood < 0.9 ? 'no' : 'not-now';
    await house.get(Suggestions).answer(await house.actor(mine), id, { answer });
  }
}

/** The introduced write to each other and set a day; a few step back, one and never again. */
export async function liveWithIntroductions(world: World, holders: readonly Holder[]): Promise<void> {
  const { house } = world;
  const service = house.get(Introductions);
  let seen = 0;
  for (const holder of holders) {
    const me = await house.actor(holder.id);
    const mine = await house.get(IntroductionQueries).introductionsOf(me, holder.id);
    for (const introduction of mine.filter((each) => each.state === 'introduced').slice(0, 1)) {
      seen += 1;
      await service.send(me, introduction.id, { words: 'Hello! Shall we have a cup of tea first?' });
      await service.setStep(me, introduction.id, { kind: 'meet', onDay: addDays(house.today, 7), words: 'At the cafe by the library.' });
      if (seen % 4 === 3) await service.stepBack(me, introduction.id, { block: seen % 8 === 7 });
    }
    if (seen >= 16) return;
  }
}
