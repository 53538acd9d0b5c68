/** Proposed groups: who is asked, how many, and what each said is seen by nobody (truth 11); on its day a group is revealed to its yeses alone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Choice, SeenAs } from '../../src/introductions/index.js';
import { Blocks, datesOf, GroupReveal, introductionChecks } from '../../src/introductions/index.js';
import { addDays, dayOf, startOfDay, systemActor } from '../../src/kernel/index.js';
import { Matching } from '../../src/matching/index.js';
import type { CardOver, IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

const START = '2026-11-20';
const morning = new Date(`${START}T10:00:00Z`);
const { answerUntil, revealOn } = datesOf(START as never);
/** Enough in common to suit each other well, however few cards there are. */
const GOALS = ['bowls', 'gardening', 'pottery', 'singing', 'swimming', 'walking'];
const NAMES = ['Ann', 'Raj', 'Mei', 'Tom'] as const;
type Name = (typeof NAMES)[number];
type Four = Readonly<Record<Name, Neighbour>>;

const night = (house: IntroductionsHouse): Promise<void> => house.app.get(Matching).suggestAll();
/** Moves the clock, on which sessions end, and lets everybody sign in again. */
async function at(house: IntroductionsHouse, day: string, hour = 10, people: Partial<Four> = known.get(house) ?? {}): Promise<void> {
  house.clock.set(new Date(startOfDay(day as never).getTime() + hour * 3_600_000));
  for (const who of Object.values(people)) Object.assign(who, await house.session(who.id));
}
const known = new WeakMap<IntroductionsHouse, Four>();
const reveal = async (house: IntroductionsHouse): Promise<void> => {
  await at(house, revealOn, 18);
  await house.app.get(GroupReveal).revealDue(dayOf(house.clock.now()));
};
const groupsOf = async (house: IntroductionsHouse, who: Neighbour) => (await house.call(who, 'GET', `people/${who.id}/groups`)).json;
const answer = (house: IntroductionsHouse, who: Neighbour, id: string, choice: Choice) =>
  house.call(who, 'POST', `group-asks/${id}/answer`, { answer: choice });
const says = async (house: IntroductionsHouse, who: Neighbour, choice: Choice): Promise<void> => {
  expect((await answer(house, who, (await groupsOf(house, who)).asked[0].id, choice)).status).toBe(200);
};

/** Four neighbours with the same card, who agreed to be asked, after a night. */
async function four(house: IntroductionsHouse, over: Partial<Record<Name, CardOver>> = {}): Promise<Four> {
  const people = {} as Record<Name, Neighbour>;
  for (const [n, name] of NAMES.entries()) {
    const place = n % 2 === 0 ? 'M33' : 'M32';
    people[name] = await house.neighbour(name, { place });
    await house.card(people[name], { goals: GOALS, days: ['2', '4'], place, agrees: ['groups'], ...over[name] });
  }
  await night(house);
  known.set(house, people);
  return people;
}

async function blocks(house: IntroductionsHouse, who: Neighbour, other: Neighbour, seenAs: SeenAs): Promise<void> {
  const actor = await house.actor(who.id);
  await house.database.transaction(actor, (tx) => house.app.get(Blocks).put(tx, actor, who.id, other.id, seenAs));
}

async function inAHouse(run: (house: IntroductionsHouse) => Promise<void>): Promise<void> {
  const house = await introductionsHouse(morning);
  try {
    await run(house);
    expect(await house.faults(introductionChecks)).toEqual([]);
  } finally {
    await house.close();
  }
}

describe('a proposed group', () => {
  it(
    'says what, on which days, near where and how far: not who, and not how many',
    () =>
      inAHouse(async (house) => {
        const { Raj, Ann } = await four(house);
        const { body, json } = await house.call(Raj, 'GET', `people/${Raj.id}/groups`);
        expect(json).toEqual({
          asked: [
            {
              id: expect.any(String),
              near: 'Stretford',
              goals: GOALS.map((id) => ({ id, words: id })),
              days: ['2', '4'],
              miles: 0,
              answerUntil,
              revealOn,
              mayAnswer: true,
              myAnswer: null,
            },
          ],
          ended: [],
          found: [],
        });
        for (const hidden of ['Ann', 'Mei', Ann.id]) expect(body).not.toContain(hidden);
        expect((await groupsOf(house, Ann)).asked[0]).toMatchObject({ near: 'Stretford', miles: 2 });
        // Nor by SQL of any table: no row of the proposal, and of the asks only his own.
        const actor = await house.actor(Raj.id);
        const seen = await house.database.read(actor, async (tx) => [
          await tx.rows('select 1 from group_proposal'),
          await tx.rows('select person_id as p from group_ask'),
          await tx.rows('select 1 from found_group'),
        ]);
        expect(seen).toEqual([[], [{ p: Raj.id }], []]);
      }),
    60_000,
  );

  it(
    'is made of those alone who agreed to be asked, and of three at least',
    () =>
      inAHouse(async (house) => {
        const people = await four(house, { Tom: { agrees: [] }, Mei: { agrees: ['brokers'] } });
        for (const who of Object.values(people)) expect((await groupsOf(house, who)).asked).toEqual([]);
        await house.card(await house.neighbour('Zoe'), { goals: GOALS, days: ['2', '4'], agrees: ['groups'] });
        await at(house, '2026-11-21');
        await night(house);
        expect((await groupsOf(house, people.Ann)).asked).toHaveLength(1);
        expect((await groupsOf(house, people.Tom)).asked).toEqual([]);
      }),
    60_000,
  );

  it(
    'is revealed on its day to those who said yes, by first names',
    () =>
      inAHouse(async (house) => {
        const { Ann, Raj, Mei, Tom } = await four(house);
        for (const who of [Ann, Raj, Mei]) await says(house, who, 'yes');
        await says(house, Tom, 'no');
        await at(house, answerUntil, 20);
        await house.app.get(GroupReveal).revealDue(dayOf(house.clock.now()));
        expect((await groupsOf(house, Ann)).found).toEqual([]);
        await reveal(house);
        await house.app.get(GroupReveal).revealDue(revealOn);
        const { found, asked } = await groupsOf(house, Ann);
        expect([found[0].others.map((each: { firstName: string }) => each.firstName), asked]).toEqual([['Mei', 'Raj'], []]);
        expect(await groupsOf(house, Tom)).toEqual({ asked: [], ended: [], found: [] });
        expect((await house.call(Tom, 'POST', `groups/${found[0].id}/step-back`)).status).toBe(404);
        expect((await house.call(Mei, 'POST', `groups/${found[0].id}/step-back`)).status).toBe(200);
        expect((await groupsOf(house, Ann)).found[0].others).toEqual([{ personId: Raj.id, firstName: 'Raj' }]);
        expect((await groupsOf(house, Mei)).found).toEqual([]);
      }),
    60_000,
  );

  it(
    'comes to nothing when fewer than three said yes: that is all anybody sees, and only who said yes',
    () =>
      inAHouse(async (house) => {
        const { Ann, Raj, Mei, Tom } = await four(house);
        for (const who of [Ann, Raj]) await says(house, who, 'yes');
        await says(house, Mei, 'not-now');
        await reveal(house);
        for (const who of [Ann, Raj]) {
          const { asked, ended, found } = await groupsOf(house, who);
          expect([asked, ended.length, Object.keys(ended[0]).sort(), found]).toEqual([[], 1, ['days', 'goals', 'id', 'near', 'revealOn'], []]);
        }
        for (const who of [Mei, Tom]) expect(await groupsOf(house, who)).toEqual({ asked: [], ended: [], found: [] });
        await at(house, addDays(revealOn, 20));
        expect((await groupsOf(house, Ann)).ended).toEqual([]);
      }),
    60_000,
  );

  it.each(['a card taken down', 'no longer agreeing', 'a block'] as const)(
    'lets who it is about fall out silently: %s',
    (how) =>
      inAHouse(async (house) => {
        const { Ann, Raj, Mei, Tom } = await four(house);
        for (const who of [Ann, Raj, Mei, Tom]) await says(house, who, 'yes');
        const before = await groupsOf(house, Ann);
        if (how === 'a card taken down') await house.call(Tom, 'POST', `people/${Tom.id}/card/take-down`);
        else if (how === 'no longer agreeing')
          await house.call(Tom, 'PUT', `people/${Tom.id}/card`, { goals: GOALS, days: ['2', '4'], pace: 'gentle', groupSize: 'few', distanceMiles: 5 });
        else await blocks(house, Tom, Ann, 'name');
        expect(await groupsOf(house, Ann)).toEqual(before);
        await reveal(house);
        for (const [who, others] of [
          [Ann, ['Mei', 'Raj']],
          [Raj, ['Ann', 'Mei']],
        ] as const)
          expect((await groupsOf(house, who)).found[0].others.map((each: { firstName: string }) => each.firstName)).toEqual(others);
        const toms = await groupsOf(house, Tom);
        expect([toms.found, toms.ended.length]).toEqual([[], 1]);
      }),
    60_000,
  );

  it.each(['card', 'name'] as const)(
    'is built around nobody who blocked another of it, met as a %s, but of those who are left',
    (seenAs) =>
      inAHouse(async (house) => {
        const lists = { Ann: GOALS, Raj: [...GOALS, 'cooking'], Mei: [...GOALS, 'cooking'], Tom: [...GOALS.slice(2), 'cooking'] };
        const people = {} as Record<Name, Neighbour>;
        for (const name of NAMES) {
          people[name] = await house.neighbour(name);
          // Ann and Tom share no day: with Raj and Mei each would make three, and Ann's three would be liked best.
          const days = name === 'Ann' ? (['2'] as const) : name === 'Tom' ? (['4'] as const) : (['2', '4'] as const);
          await house.card(people[name], { goals: lists[name], days: [...days], agrees: ['groups'] });
        }
        const { Ann, Raj, Mei, Tom } = people;
        await blocks(house, Ann, Raj, seenAs);
        await night(house);
        expect((await groupsOf(house, Ann)).asked).toEqual([]);
        for (const who of [Raj, Mei, Tom]) expect((await groupsOf(house, who)).asked[0].days).toEqual(['4']);
        expect((await house.call(Ann, 'GET', `people/${Ann.id}/suggestions`)).json.items).toHaveLength(1);
      }),
    60_000,
  );

  it('is asked of who is blocked as if the one who blocked had taken their card down: who blocked has their turn after', async () => {
    const asked: number[][] = [];
    for (const does of ['block', 'take-down'] as const)
      await inAHouse(async (house) => {
        const people: Neighbour[] = [];
        // Ann with the last three would be as good a group as Raj with them, and comes before it by her id.
        for (const name of ['Ann', 'Raj', 'Mei', 'Tom', 'Zoe']) {
          people.push(await house.neighbour(name));
          await house.card(people.at(-1)!, { goals: GOALS, days: ['2', '4'], agrees: ['groups'] });
        }
        const [Ann, Raj] = people as [Neighbour, Neighbour];
        if (does === 'block') await blocks(house, Ann, Raj, 'card');
        else await house.call(Ann, 'POST', `people/${Ann.id}/card/take-down`);
        await night(house);
        asked.push(await Promise.all(people.slice(1).map(async (who) => (await groupsOf(house, who)).asked.length)));
      });
    expect(asked[0]).toEqual(asked[1]);
    expect(asked[0]![0]).toBe(1);
  }, 60_000);

  it(
    'is asked of nobody twice at once, nor again within six weeks, whatever they said',
    () =>
      inAHouse(async (house) => {
        const { Ann } = await four(house);
        await says(house, Ann, 'yes');
        await night(house);
        expect((await groupsOf(house, Ann)).asked).toHaveLength(1);
        await reveal(house);
        await at(house, addDays(START as never, 41));
        await night(house);
        expect((await groupsOf(house, Ann)).asked).toEqual([]);
        await at(house, addDays(START as never, 42));
        await night(house);
        expect((await groupsOf(house, Ann)).asked).toHaveLength(1);
      }),
    60_000,
  );
});

describe('in the same second', () => {
  it(
    'a card is taken down while a group is made of it: it is asked of three others or of nobody, and never of who was gone',
    () =>
      inAHouse(async (house) => {
        const people = await four(house, { Ann: { agrees: [] } });
        const { Ann, Raj, Mei, Tom } = people;
        await house.card(await house.neighbour('Zoe'), { goals: GOALS, days: ['2', '4'], agrees: ['groups'], place: 'M32' });
        await reveal(house);
        await at(house, addDays(START as never, 60));
        await Promise.all([night(house), night(house), house.call(Tom, 'POST', `people/${Tom.id}/card/take-down`)]);
        expect((await groupsOf(house, Tom)).asked).toEqual([]);
        expect((await groupsOf(house, Ann)).asked).toEqual([]);
        for (const who of [Raj, Mei]) expect((await groupsOf(house, who)).asked).toHaveLength(1);
        for (const who of [Raj, Mei]) await says(house, who, 'yes');
      }),
    60_000,
  );

  it(
    'a card is taken down, an answer given and the group revealed: found by all who are in it, or by nobody',
    () =>
      inAHouse(async (house) => {
        const { Ann, Raj, Mei, Tom } = await four(house);
        for (const who of [Ann, Raj, Mei, Tom]) await says(house, who, 'yes');
        await at(house, revealOn, 18);
        const run = (): Promise<void> => house.app.get(GroupReveal).revealDue(revealOn);
        await Promise.all([run(), house.call(Tom, 'POST', `people/${Tom.id}/card/take-down`), run()]);
        await run();
        const found = await Promise.all([Ann, Raj, Mei].map(async (who) => (await groupsOf(house, who)).found));
        expect(found.map((groups) => groups.length)).toEqual([1, 1, 1]);
        const isIn = found[0][0].others.some((other: { firstName: string }) => other.firstName === 'Tom');
        expect((await groupsOf(house, Tom)).found).toHaveLength(isIn ? 1 : 0);
      }),
    60_000,
  );
});

describe('a broker who acts for two of those who are asked', () => {
  it(
    'answers for each, sees each one’s own answer, and leaves no trace with the other',
    () =>
      inAHouse(async (house) => {
        const { Ann, Raj, Mei } = await four(house);
        const { brokerId } = (await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName: 'Bo', familyName: 'Invented' })).json;
        const broker = await house.session(brokerId);
        for (const who of [Ann, Raj]) await house.call(who, 'POST', `people/${who.id}/appointments`, { brokerId, covers: ['card'] });
        const asBroker = async (who: Neighbour) => (await house.call(broker, 'GET', `people/${who.id}/groups`)).json.asked[0];
        const before = [(await house.call(Raj, 'GET', `people/${Raj.id}/groups`)).body, (await house.call(Raj, 'GET', 'me/looks')).body];
        expect((await answer(house, broker, (await asBroker(Ann)).id, 'yes')).status).toBe(200);
        expect([(await asBroker(Ann)).myAnswer, (await asBroker(Raj)).myAnswer]).toEqual(['yes', null]);
        expect([(await house.call(Raj, 'GET', `people/${Raj.id}/groups`)).body, (await house.call(Raj, 'GET', 'me/looks')).body]).toEqual(before);
        expect((await house.call(broker, 'GET', `people/${Mei.id}/groups`)).status).toBe(404);
        expect((await answer(house, broker, (await groupsOf(house, Mei)).asked[0].id, 'yes')).status).toBe(404);
      }),
    60_000,
  );
});

describe('answering', () => {
  let house: IntroductionsHouse;
  let people: Four;
  beforeAll(async () => {
    house = await introductionsHouse(morning);
    people = await four(house);
  }, 60_000);
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });

  it('is the person’s alone, until the two weeks are over; the newest counts', async () => {
    const { Ann, Raj } = people;
    const { id } = (await groupsOf(house, Ann)).asked[0];
    expect((await answer(house, Raj, id, 'yes')).status).toBe(404);
    for (const choice of ['yes', 'not-now', 'yes'] as const) {
      await says(house, Ann, choice);
      expect((await groupsOf(house, Ann)).asked[0].myAnswer).toBe(choice);
    }
    expect((await answer(house, Ann, id, 'maybe' as Choice)).status).toBe(422);
    await at(house, answerUntil, 23);
    expect((await answer(house, Ann, id, 'not-now')).json).toEqual({ id, looksAt: `${revealOn}T18:00:00.000Z` });
    await at(house, revealOn, 1);
    expect((await answer(house, Ann, id, 'yes')).status).toBe(404);
    await at(house, START);
  });

  it('changes no row that another asked may read, and does the same whatever others said', async () => {
    const { Mei, Tom } = people;
    const everything = async () =>
      house.database.read(await house.actor(Tom.id), async (tx) => {
        const tables = await tx.rows<{ name: string }>(
          `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select') order by 1`,
        );
        const seen: Record<string, unknown> = {};
        for (const { name } of tables) seen[name] = (await tx.rows<{ row: string }>(`select t::text as row from ${name} t order by 1`)).map((each) => each.row);
        return seen;
      });
    const [before, page] = [await everything(), (await house.call(Tom, 'GET', `people/${Tom.id}/groups`)).body];
    await says(house, Mei, 'yes');
    expect(await everything()).toEqual(before);
    expect((await house.call(Tom, 'GET', `people/${Tom.id}/groups`)).body).toBe(page);
    const events = await house.database.read(systemActor('test', {}), (tx) => tx.rows(`select name from outbox_event where name like 'group%'`));
    expect(events).toEqual([]);
  });
});
