import { AdviceDesk, Brokers, Cases, HandOvers, PaperPacks, type RecordAdvice, Visits } from '../../brokers/index.js';
import type { LocalDate, PersonId, ProviderId } from '../../kernel/index.js';
import { addDays, newId, pence } from '../../kernel/index.js';
import type { Until } from '../diary.js';
import type { Holder, ListedProvider, World } from './world.js';

const VISITED = [
  'She showed me the photographs of the choir. She would like that again, in the afternoon.',
  'The stairs are harder than in spring. We went down together and looked at the bus times.',
  'He wants to cook for others. The kitchen at the hall has a low worktop.',
] as const;

const edit = (part: string, words: string, base: readonly string[] = []) => ({ id: newId() as string, part, base: [...base], words });

/** What a broker writes down in a year: visits on one device and on two, calls and promises, options and what was chosen, sheets of paper. */
export async function brokerDays(world: World, broker: PersonId, people: readonly Holder[], listed: readonly ListedProvider[], until: Until): Promise<void> {
  const { house } = world;
  const me = () => house.actor(broker);
  const [first, second, third, fourth] = people as [Holder, Holder, Holder, Holder];
  const [, brothers, other] = listed as [ListedProvider, ListedProvider, ListedProvider];
  await house.get(Brokers).declareConflict(await me(), { providerId: brothers.id, kind: 'family', words: 'My brother drives for them.' });
  for (const [n, holder] of people.slice(0, 12).entries()) await visit(world, broker, holder, VISITED[n % VISITED.length]!);
  const advice = house.get(AdviceDesk);
  const chosen = await advice.record(await me(), first.id, options('Fridays outside', brothers.id, other.id));
  await advice.record(await me(), second.id, options('Somebody to sing with', other.id, undefined, 'Nobody else comes this far out.'));
  const taken = await advice.record(await me(), third.id, options('A lift to the pool', other.id, brothers.id));
  await advice.withdraw(await me(), taken.id);
  await advice.answer(await house.actor(first.id), chosen.id, { words: 'None of these. I would rather ask my neighbour first.' });
  const packs = house.get(PaperPacks);
  const back = await packs.make(await me(), first.id);
  const lost = await packs.make(await me(), third.id);
  await packs.takeBack(await me(), lost.id);
  await until(addDays(house.today, 6), 11);
  await packs.typeBack(await me(), back.id, {
    onDay: house.today,
    who: first.firstName,
    matters: 'My garden, and that somebody comes.',
    next: 'I ask about the bus.',
  });
  await twoDevices(world, broker, fourth);
  await until(addDays(world.today, -20), 11);
  await packs.make(await me(), second.id);
  const cases = house.get(Cases);
  const call = async (holder: Holder, what: string, waitsOn: 'broker' | 'person' | 'other', byDay: LocalDate) =>
    (
      await cases.logCall(await me(), holder.id, {
        onDay: house.today,
        withWhom: holder.firstName,
        agreed: `We talked about it. ${what}.`,
        next: { what, waitsOn, byDay },
      })
    ).followUpId!;
  await call(first, 'I ask the hall what a Friday costs', 'broker', addDays(world.today, -6));
  await call(second, 'The council answers about the ramp', 'other', addDays(world.today, 10));
  await cases.endFollowUp(await me(), await call(third, 'I send the bus times', 'broker', addDays(world.today, -12)), 'finish');
  await cases.endFollowUp(await me(), await call(fourth, 'They ask their sister', 'person', addDays(world.today, -12)), 'drop');
  await house
    .get(Cases)
    .makeFollowUp(await me(), fourth.id, { what: 'They look for the letter about the review', waitsOn: 'person', byDay: addDays(world.today, 3) });
  const handOvers = house.get(HandOvers);
  const note = await handOvers.write(await me(), first.id, {
    words: 'Ring in the afternoon. The neighbour has a key. The hall on Fridays is the next thing to try.',
  });
  await handOvers.comment(await house.actor(first.id), note.id, { kind: 'correction', words: 'The neighbour gave the key back.' });
  await house.job('brokers-count-served');
}

async function visit(world: World, broker: PersonId, holder: Holder, words: string): Promise<void> {
  const { house } = world;
  await house.get(Visits).keep(await house.actor(broker), holder.id, newId<'visit-note'>(), {
    edits: [edit('day', house.today), edit('who', holder.firstName), edit(newId(), words), edit('next', 'I come again in 2 months.')],
  });
}

/** One note, changed on the telephone and at the desk while neither heard of the other: it waits to be settled. */
async function twoDevices({ house }: World, broker: PersonId, holder: Holder): Promise<void> {
  const me = await house.actor(broker);
  const note = newId<'visit-note'>();
  const paragraph = edit(newId(), 'The group meets on Mondays.');
  await house.get(Visits).keep(me, holder.id, note, { edits: [edit('day', house.today), paragraph] });
  await house.get(Visits).keep(me, holder.id, note, { edits: [edit(paragraph.part, 'The group meets on Mondays at 2.', [paragraph.id])] });
  await house.get(Visits).keep(me, holder.id, note, { edits: [edit(paragraph.part, 'The group meets on Tuesdays now.', [paragraph.id])] });
}

function options(about: string, one: ProviderId, other: ProviderId | undefined, whyFew?: string): RecordAdvice {
  return {
    about,
    feePence: pence(4_500),
    feeFor: 'For this plan, once, from the plan’s own line for help',
    options: [
      {
        kind: 'provider',
        providerId: one,
        what: 'Two hours with others on Fridays',
        costPence: pence(3_200),
        per: 'week',
        good: 'They collect people',
        bad: 'Fixed hours',
      },
      ...(other
        ? [
            {
              kind: 'provider' as const,
              providerId: other,
              what: 'One to one, at home',
              costPence: pence(5_600),
              per: 'week' as const,
              good: 'At any hour',
              bad: 'Nobody else is met',
            },
            {
              kind: 'community' as const,
              what: 'The group at the library',
              costPence: pence(0),
              per: 'once' as const,
              good: 'Free, and near',
              bad: 'No help with getting there',
            },
          ]
        : []),
      { kind: 'nothing', what: 'Change nothing', costPence: pence(0), per: 'once', good: 'Nothing to arrange', bad: 'Fridays stay as they are' },
    ],
    ...(whyFew ? { whyFew } : {}),
  };
}
