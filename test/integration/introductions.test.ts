/** Finding each other: a one-sided yes and a no are seen by nobody else (truth 11), and two yeses introduce. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GOAL_TERMS, introductionChecks, Introductions, Pairing, SUGGESTION_DAYS } from '../../src/introductions/index.js';
import type { Choice } from '../../src/introductions/index.js';
import type { PersonId, PoolId } from '../../src/kernel/index.js';
import { addDays, addMonths, dayOf, newId, systemActor } from '../../src/kernel/index.js';
import { Matching } from '../../src/matching/index.js';
import { Relay } from '../../src/platform/index.js';
import type { CardOver, IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

/** Ten in the morning, today. */
const morning = new Date(`${dayOf(new Date())}T10:00:00Z`);
const evening = new Date(`${dayOf(new Date())}T18:30:00Z`);

const suggest = (house: IntroductionsHouse): Promise<void> => house.app.get(Matching).suggestAll();
const pair = (house: IntroductionsHouse): Promise<void> => house.app.get(Pairing).pairAnswers(house.clock.now());
const suggestionsOf = async (house: IntroductionsHouse, who: Neighbour): Promise<{ id: string; who: string; reasons: string[] }[]> =>
  (await house.call(who, 'GET', `people/${who.id}/suggestions`)).json.items;
const answer = (house: IntroductionsHouse, who: Neighbour, id: string, choice: Choice): ReturnType<IntroductionsHouse['call']> =>
  house.call(who, 'POST', `suggestions/${id}/answer`, { answer: choice });

/** Everything a person's own scope lets raw SQL read, of every table there is. */
async function everythingSeenBy(house: IntroductionsHouse, person: PersonId): Promise<Record<string, string[]>> {
  const actor = await house.actor(person);
  return house.database.read(actor, async (tx) => {
    const tables = await tx.rows<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and has_table_privilege(c.oid, 'select') order by 1`,
    );
    const seen: Record<string, string[]> = {};
    for (const { name } of tables) seen[name] = (await tx.rows<{ row: string }>(`select t::text as row from ${name} t order by 1`)).map((each) => each.row);
    return seen;
  });
}

/** Two people who suit each other, each shown to the other. */
async function twoStrangers(house: IntroductionsHouse, over: CardOver = {}): Promise<{ ann: Neighbour; raj: Neighbour; annSees: string; rajSees: string }> {
  const [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj', { place: 'M32' })];
  await house.card(ann, { words: 'I would like to garden with somebody.', ...over });
  await house.card(raj, { words: 'Flowers and tea.', ...over });
  await suggest(house);
  return { ann, raj, annSees: (await suggestionsOf(house, ann))[0]!.id, rajSees: (await suggestionsOf(house, raj))[0]!.id };
}

describe('what the other person sees (truth 11)', () => {
  const worlds: Record<string, string[]> = {};
  const namesOfIds = (text: string): string => {
    const known: string[] = [];
    return text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `id-${known.includes(id) ? known.indexOf(id) : known.push(id) - 1}`);
  };

  /** Raj's whole day in a world where Ann did `annDoes`; Raj answers yes at noon. */
  async function dayInTheWorldWhere(annDoes: Choice | 'nothing' | 'take-down' | 'block', rajAnswers: Choice): Promise<string[]> {
    const house = await introductionsHouse(morning);
    try {
      const { ann, raj, annSees, rajSees } = await twoStrangers(house);
      const seen: string[] = [];
      const look = async (): Promise<void> => {
        for (const path of [`people/${raj.id}/suggestions`, `people/${raj.id}/introductions`, `people/${raj.id}/card`, 'me/looks']) {
          const { status, body } = await house.call(raj, 'GET', path);
          seen.push(`${path.replace(raj.id, 'raj')} ${status} ${body}`);
        }
      };
      await look();
      if (annDoes === 'take-down') await house.call(ann, 'POST', `people/${ann.id}/card/take-down`);
      else if (annDoes === 'block') expect((await house.call(ann, 'POST', `suggestions/${annSees}/block`)).status).toBe(200);
      else if (annDoes !== 'nothing') expect((await answer(house, ann, annSees, annDoes)).status).toBe(200);
      await look();
      const answered = await answer(house, raj, rajSees, rajAnswers);
      seen.push(`answer ${answered.status} ${answered.body}`);
      await look();
      house.clock.set(evening);
      await pair(house);
      await suggest(house);
      await look();
      expect(await house.faults(introductionChecks)).toEqual([]);
      return seen.map(namesOfIds);
    } finally {
      await house.close();
    }
  }

  beforeAll(async () => {
    for (const ann of ['nothing', 'yes', 'no', 'not-now', 'take-down', 'block'] as const) worlds[ann] = await dayInTheWorldWhere(ann, 'yes');
    for (const ann of ['nothing', 'yes', 'no'] as const) worlds[`${ann}, and Raj says no`] = await dayInTheWorldWhere(ann, 'no');
  }, 120_000);

  it.each(['no', 'not-now'])('is the same whether Ann answered %s or nothing', (ann) => expect(worlds[ann]).toEqual(worlds['nothing']));

  it('is the same until the fixed time when Ann said yes, and then both know', () => {
    const untilEvening = worlds['nothing']!.length - 4;
    expect(worlds['yes']!.slice(0, untilEvening)).toEqual(worlds['nothing']!.slice(0, untilEvening));
    expect(worlds['yes']!.at(-3)).toContain('"firstName":"Ann"');
    expect(worlds['nothing']!.join('')).not.toContain('"Ann"');
  });

  it.each(['yes', 'no'])('is the same for ever when Raj said no and Ann %s', (ann) =>
    expect(worlds[`${ann}, and Raj says no`]).toEqual(worlds['nothing, and Raj says no']),
  );

  it('is the same whether Ann blocked him or took her card down', () => expect(worlds['block']).toEqual(worlds['take-down']));

  it('really shows something', () => {
    expect(worlds['nothing']![0]).toContain('"who":"someone in Sale"');
    expect(worlds['nothing']!.find((line) => line.startsWith('answer'))).toContain('200');
    expect(worlds['block']!.find((line) => line.startsWith('answer'))).toContain('404');
  });

  it.each<Choice | 'block'>(['yes', 'no', 'not-now', 'block'])('by SQL of any table does not change by a single row when Ann says %s', async (annDoes) => {
    const house = await introductionsHouse(morning);
    const { ann, raj, annSees } = await twoStrangers(house);
    const before = await everythingSeenBy(house, raj.id);
    if (annDoes === 'block') await house.call(ann, 'POST', `suggestions/${annSees}/block`);
    else await answer(house, ann, annSees, annDoes);
    expect(await everythingSeenBy(house, raj.id)).toEqual(before);
    expect(before['suggestion']).toHaveLength(1);
    expect(before['card']).toHaveLength(1);
    expect((await everythingSeenBy(house, ann.id))[annDoes === 'block' ? 'person_block' : 'answer']).toHaveLength(1);
    await house.close();
  });
});

describe('finding each other', () => {
  let house: IntroductionsHouse;
  beforeAll(async () => {
    house = await introductionsHouse(morning);
  });
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });

  it('shows a card without name, ids of people, access needs or contact details', async () => {
    const { ann, raj } = await twoStrangers(house, { goals: ['pottery'], needs: ['step-free'] });
    const seen = await house.call(raj, 'GET', `people/${raj.id}/suggestions`);
    expect(seen.json.items[0]).toMatchObject({
      who: 'someone in Sale',
      reasons: ['goal:pottery', 'day:2', 'miles:2'],
      goals: [{ id: 'pottery', words: 'pottery' }],
      sameBroker: false,
      myAnswer: null,
    });
    for (const hidden of ['Ann', ann.id, 'step-free', 'score']) expect(seen.body).not.toContain(hidden);
    const refused = await house.call(ann, 'PUT', `people/${ann.id}/card`, {
      goals: ['pottery'],
      days: ['2'],
      pace: 'any',
      groupSize: 'any',
      distanceMiles: 5,
      words: 'ring 07700 900123',
    });
    expect([refused.status, refused.json.code]).toEqual([422, 'contact-details']);
  });

  it('introduces two who both say yes, at the fixed time and once; then first names, steps and messages', async () => {
    const { ann, raj, annSees, rajSees } = await twoStrangers(house, { goals: ['bowls'] });
    await answer(house, ann, annSees, 'yes');
    await answer(house, raj, rajSees, 'yes');
    expect((await house.call(ann, 'GET', `people/${ann.id}/introductions`)).json.items).toEqual([]);
    await house.app.get(Pairing).pairAnswers(new Date(morning.getTime() - 1));
    expect((await house.call(ann, 'GET', `people/${ann.id}/introductions`)).json.items).toEqual([]);
    await pair(house);
    await pair(house);
    const [introduction] = (await house.call(ann, 'GET', `people/${ann.id}/introductions`)).json.items;
    expect(introduction).toMatchObject({
      state: 'introduced',
      reasons: ['goal:bowls', 'day:2', 'miles:2'],
      other: { firstName: 'Raj', placeName: 'Stretford' },
      steps: [],
    });
    expect(await suggestionsOf(house, ann)).toEqual([]);
    expect((await answer(house, ann, annSees, 'no')).status).toBe(404);

    const at = `introductions/${introduction.id}`;
    expect((await house.call(raj, 'POST', `${at}/messages`, { words: 'Hello Ann!' })).status).toBe(201);
    expect((await house.call(ann, 'POST', `${at}/messages`, { words: 'Hello! Tuesday?' })).status).toBe(201);
    expect((await house.call(raj, 'GET', `${at}/messages`)).json.items.map((m: { isMine: boolean; words: string }) => [m.isMine, m.words])).toEqual([
      [false, 'Hello! Tuesday?'],
      [true, 'Hello Ann!'],
    ]);
    const onDay = addDays(dayOf(morning), 6);
    await house.call(raj, 'POST', `${at}/steps`, { kind: 'meet', onDay, words: 'At the library' });
    expect((await house.call(ann, 'GET', `people/${ann.id}/introductions`)).json.items[0].steps).toEqual([{ kind: 'meet', onDay, words: 'At the library' }]);
    const stranger = await house.neighbour('Eve');
    for (const [method, path, body] of [
      ['GET', 'messages', undefined],
      ['POST', 'messages', { words: 'hi' }],
      ['POST', 'step-back', {}],
    ] as const)
      expect((await house.call(stranger, method, `${at}/${path}`, body)).status).toBe(404);

    expect((await house.call(raj, 'POST', `${at}/step-back`, { block: true })).json.state).toBe('stepped-back');
    expect((await house.call(ann, 'POST', `${at}/messages`, { words: 'Oh' })).json.code).toBe('stepped-back');
    expect((await house.call(ann, 'GET', `${at}/messages`)).json.items).toHaveLength(2);
    expect((await house.call(ann, 'POST', `${at}/step-back`, {})).status).toBe(409);
  });

  it('lets the newest answer count, until answers are looked at', async () => {
    const { ann, raj, annSees, rajSees } = await twoStrangers(house, { goals: ['singing'] });
    await answer(house, raj, rajSees, 'yes');
    await answer(house, ann, annSees, 'yes');
    await answer(house, ann, annSees, 'not-now');
    await pair(house);
    expect((await house.call(raj, 'GET', `people/${raj.id}/introductions`)).json.items).toEqual([]);
    await answer(house, ann, annSees, 'yes');
    await house.call(ann, 'POST', `people/${ann.id}/card/take-down`);
    await pair(house);
    expect((await house.call(raj, 'GET', `people/${raj.id}/introductions`)).json.items).toEqual([]);
    await house.call(ann, 'POST', `people/${ann.id}/card/open`);
    await pair(house);
    expect((await house.call(raj, 'GET', `people/${raj.id}/introductions`)).json.items).toHaveLength(1);
  });

  it('introduces once when the pairing runs twice at one moment, and never beside a block at that moment', async () => {
    for (const blocks of [false, true]) {
      const { ann, raj, annSees, rajSees } = await twoStrangers(house, { goals: [blocks ? 'theatre' : 'films'] });
      await answer(house, ann, annSees, 'yes');
      await answer(house, raj, rajSees, 'yes');
      if (blocks) await house.call(ann, 'POST', `suggestions/${annSees}/block`);
      await Promise.all([pair(house), pair(house), pair(house)]);
      expect((await house.call(raj, 'GET', `people/${raj.id}/introductions`)).json.items).toHaveLength(blocks ? 0 : 1);
    }
  });

  it('ends a suggestion on its own day whatever was answered, and suggests anew to both', async () => {
    const { ann, raj, annSees } = await twoStrangers(house, { goals: ['history'] });
    await answer(house, ann, annSees, 'yes');
    house.clock.advanceDays(SUGGESTION_DAYS);
    const [later, laterRaj] = [await house.session(ann.id), await house.session(raj.id)];
    expect(await suggestionsOf(house, later)).toEqual([]);
    expect((await answer(house, later, annSees, 'yes')).status).toBe(404);
    await suggest(house);
    await suggest(house);
    const again = await suggestionsOf(house, laterRaj);
    expect(again).toHaveLength(1);
    expect((await suggestionsOf(house, later))[0]).toMatchObject({ myAnswer: null });
    await answer(house, laterRaj, again[0]!.id, 'yes');
    await pair(house);
    expect((await house.call(laterRaj, 'GET', `people/${raj.id}/introductions`)).json.items).toEqual([]);
    house.clock.set(morning);
  });

  it('keeps adults and under-18s apart', async () => {
    const today = dayOf(morning);
    const [grown, young, mate] = [
      await house.neighbour('Gus'),
      await house.neighbour('Yan', { bornOn: addDays(addMonths(today, -18 * 12), 1) }),
      await house.neighbour('Mia', { bornOn: addMonths(today, -16 * 12) }),
    ];
    for (const who of [grown, young, mate]) await house.card(who, { goals: ['video-games'] });
    await suggest(house);
    expect(await suggestionsOf(house, grown)).toEqual([]);
    expect(await suggestionsOf(house, young)).toHaveLength(1);
  });

  it('suggests soon after a card is opened, from the event', async () => {
    const [first, second] = [await house.neighbour('One'), await house.neighbour('Two')];
    await house.card(first, { goals: ['dating'] });
    await house.app.get(Relay).drainEvents();
    expect(await suggestionsOf(house, first)).toEqual([]);
    await house.card(second, { goals: ['dating'] });
    await house.app.get(Relay).drainEvents();
    for (const who of [first, second]) expect(await suggestionsOf(house, who)).toHaveLength(1);
  });

  it('tells both when one broker looks after both cards, who sees only those who appointed them', async () => {
    const { ann, raj, annSees } = await twoStrangers(house, { goals: ['knitting'] });
    const broker = await house.session(
      (await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName: 'Bo', familyName: 'Invented' })).json.brokerId,
    );
    expect((await house.call(broker, 'GET', `people/${ann.id}/suggestions`)).status).toBe(404);
    for (const who of [ann, raj])
      expect((await house.call(who, 'POST', `people/${who.id}/appointments`, { brokerId: broker.id, covers: ['card'] })).status).toBe(201);
    for (const who of [ann, raj]) expect((await suggestionsOf(house, who))[0]).toMatchObject({ sameBroker: true });
    expect((await house.call(broker, 'GET', `people/${ann.id}/suggestions`)).json.items).toHaveLength(1);
    expect((await answer(house, broker, annSees, 'yes')).status).toBe(200);
    expect((await house.call(broker, 'GET', `people/${ann.id}/suggestions`)).json.items[0].myAnswer).toBe('yes');
  });

  it('shows a broker the introduction while the appointment covers it, never the messages, and nothing after', async () => {
    const { ann, raj, annSees, rajSees } = await twoStrangers(house, { goals: ['swimming'] });
    await answer(house, ann, annSees, 'yes');
    await answer(house, raj, rajSees, 'yes');
    await pair(house);
    const broker = await house.session(
      (await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName: 'Bea', familyName: 'Invented' })).json.brokerId,
    );
    const appoint = async (covers: string[]): Promise<string> =>
      (await house.call(ann, 'POST', `people/${ann.id}/appointments`, { brokerId: broker.id, covers })).json.id;
    const forCards = await appoint(['card']);
    const [{ id }] = (await house.call(broker, 'GET', `people/${ann.id}/introductions`)).json.items;
    const step = { kind: 'meet', onDay: addDays(dayOf(evening), 7) };
    expect((await house.call(broker, 'POST', `introductions/${id}/steps`, step)).status).toBe(200);
    expect((await house.call(broker, 'GET', `introductions/${id}/messages`)).status).toBe(404);
    expect((await house.call(broker, 'POST', `introductions/${id}/messages`, { words: 'Hello' })).status).toBe(403);
    expect((await house.call(ann, 'GET', `introductions/${id}/messages`)).status).toBe(200);
    expect((await house.call(ann, 'POST', `appointments/${forCards}/end`)).status).toBe(200);
    await appoint(['plan']);
    for (const [method, path] of [
      ['GET', `people/${ann.id}/introductions`],
      ['GET', `introductions/${id}/messages`],
    ] as const)
      expect((await house.call(broker, method, path)).status).toBe(404);
    expect((await house.call(broker, 'POST', `introductions/${id}/steps`, step)).status).toBe(404);
  });

  it('knows the goals that the code lists, word for word', async () => {
    const ann = await house.neighbour('Ann');
    const { items } = (await house.call(ann, 'GET', 'goal-terms')).json as { items: { id: string }[] };
    const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
    expect(items.sort(byId)).toEqual([...GOAL_TERMS].sort(byId));
  });

  it('may become a pool', async () => {
    const { ann, raj, annSees, rajSees } = await twoStrangers(house, { goals: ['cycling'] });
    await answer(house, ann, annSees, 'yes');
    await answer(house, raj, rajSees, 'yes');
    await pair(house);
    const { id } = (await house.call(ann, 'GET', `people/${ann.id}/introductions`)).json.items[0];
    const poolId = newId<'pool'>() as PoolId;
    await house.database.transaction(systemActor('test', { people: [ann.id], pools: [poolId] }), (tx) =>
      house.app.get(Introductions).becamePool(tx, systemActor('test', {}), id, poolId),
    );
    expect((await house.call(raj, 'GET', `people/${raj.id}/introductions`)).json.items[0].state).toBe('became-pool');
  });

  it('never shows a stranger’s card, answer or block by SQL', async () => {
    const eve = await house.actor((await house.neighbour('Eve')).id);
    for (const table of ['card', 'suggestion', 'answer', 'person_block', 'introduction', 'message', 'introduction_step', 'card_change']) {
      expect([table, await house.database.read(eve, (tx) => tx.rows(`select 1 from ${table}`))]).toEqual([table, []]);
    }
  });
});
