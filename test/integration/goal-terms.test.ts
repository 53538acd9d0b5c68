import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants } from '../../src/identity/index.js';
import { GOAL_TERMS, introductionChecks } from '../../src/introductions/index.js';
import { newId, systemActor } from '../../src/kernel/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';
import { phrasesIn, scoreOf } from '../support/labelled-phrases.js';

const CARD = { days: ['2'], pace: 'gentle', groupSize: 'few', distanceMiles: 5 };

describe('words for goals', () => {
  let house: IntroductionsHouse;
  beforeAll(async () => {
    house = await introductionsHouse(new Date('2026-11-20T09:00:00Z'));
  }, 120_000);
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });
  const add = (words: string, over: object = {}) => house.call(house.officer, 'POST', 'goal-terms', { icbId: house.icb, words, area: 'b', ...over });
  const say = (who: Neighbour, words: string) => house.call(who, 'POST', `people/${who.id}/card-words`, { words });
  const cardGoals = async (who: Neighbour): Promise<string[]> =>
    (await house.call(who, 'GET', `people/${who.id}/card`)).json.goals.map((goal: { id: string }) => goal.id);

  it('are about 300 on a common core, each of one wellbeing area of the Act, and every area has some', () => {
    expect(GOAL_TERMS.length).toBeGreaterThanOrEqual(290);
    expect(new Set(GOAL_TERMS.map((term) => term.id)).size).toBe(GOAL_TERMS.length);
    expect([...new Set(GOAL_TERMS.map((term) => term.area))].sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
    expect(GOAL_TERMS.slice(0, 2).map((term) => term.id)).toEqual(['speaking-up', 'looking-my-best']);
  });

  it('may be added by an ICB for its own people, who see them; others do not, nor may they choose them', async () => {
    const { id } = (await add('wild swimming at the mere', { heard: ['mere dip'] })).json;
    const ann = await house.neighbour('Ann');
    const items = (await house.call(ann, 'GET', `people/${ann.id}/goal-terms`)).json.items;
    expect(items).toContainEqual({ id, words: 'wild swimming at the mere', area: 'b' });
    expect((await say(ann, 'a mere dip')).json.offered[0].id).toBe(id);
    expect((await house.call(ann, 'PUT', `people/${ann.id}/card`, { goals: [id], ...CARD })).status).toBe(200);
    expect((await house.call(ann, 'GET', 'goal-terms')).json.items.map((term: { id: string }) => term.id)).not.toContain(id);

    const elsewhere = newId<'organisation'>();
    const raj = await house.neighbour('Raj');
    await house.database.transaction(systemActor('test', { people: [raj.id], icbs: [elsewhere as never, house.icb] }), async (tx) => {
      await tx.run(`insert into organisation (id, kind, name, valid_from) values ($1, 'icb', 'Another invented ICB', '2022-07-01')`, [elsewhere]);
      await tx.run('update responsibility set icb_id = $2 where person_id = $1', [raj.id, elsewhere]);
    });
    expect((await house.call(raj, 'GET', `people/${raj.id}/goal-terms`)).json.items).toHaveLength(GOAL_TERMS.length);
    expect((await house.call(raj, 'PUT', `people/${raj.id}/card`, { goals: [id], ...CARD })).json.code).toBe('goal-not-known');
  });

  it('are written by those who look after the list, and by nobody else', async () => {
    const ann = await house.neighbour('Ann');
    expect((await house.call(ann, 'POST', 'goal-terms', { icbId: house.icb, words: 'x y', area: 'b' })).status).toBe(404);
    expect((await house.call(ann, 'GET', `icbs/${house.icb}/goal-terms`)).status).toBe(404);
    const planner = await house.neighbour('Pia');
    await house.database.transaction(systemActor('test', { people: [planner.id], icbs: [house.icb] }), (tx) =>
      house.app.get(Grants).give(tx, systemActor('test', {}), { person: planner.id, role: 'planner', on: 'icb', id: house.icb, reason: 'employed' }),
    );
    expect((await house.call(planner, 'POST', 'goal-terms', { icbId: house.icb, words: 'tea dance', area: 'e', sameAs: 'dancing' })).status).toBe(201);
    expect((await add('Tea Dance')).json.code).toBe('goal-said-already');
    expect((await add('swimming')).json.code).toBe('goal-said-already');
    expect((await add('a thing', { sameAs: 'no-such-goal' })).json.code).toBe('goal-not-known');
  });

  it('stand for a common goal when they are mapped to one: cards that hold them are changed, and people meet', async () => {
    const { id } = (await add('tractor rally', { area: 'e' })).json;
    const [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj')];
    await house.card(ann, { goals: [id, 'bowls'] });
    await house.call(raj, 'PUT', `people/${raj.id}/card`, { goals: [id], ...CARD });
    expect((await house.call(house.officer, 'POST', `goal-terms/${id}/map`, { sameAs: 'cars-and-engines' })).status).toBe(200);
    expect(await cardGoals(ann)).toEqual(['bowls', 'cars-and-engines']);
    await house.call(raj, 'POST', `people/${raj.id}/card/open`);
    expect(await cardGoals(raj)).toEqual(['cars-and-engines']);
    expect((await say(raj, 'the tractor rally')).json.offered[0].id).toBe('cars-and-engines');
    expect((await house.call(house.officer, 'POST', `goal-terms/${id}/map`, { sameAs: 'bowls' })).status).toBe(409);
  });

  it('are offered to nobody once retired, and stay on the cards that hold them', async () => {
    const { id } = (await add('duck race', { area: 'e' })).json;
    const ann = await house.neighbour('Ann');
    await house.card(ann, { goals: [id] });
    expect((await house.call(house.officer, 'POST', `goal-terms/${id}/retire`)).json.retiredOn).toBe('2026-11-20');
    expect((await house.call(ann, 'GET', `people/${ann.id}/goal-terms`)).json.items.map((term: { id: string }) => term.id)).not.toContain(id);
    expect((await house.call(ann, 'PUT', `people/${ann.id}/card`, { goals: [id, 'bowls'], ...CARD })).status).toBe(200);
    const raj = await house.neighbour('Raj');
    expect((await house.call(raj, 'PUT', `people/${raj.id}/card`, { goals: [id], ...CARD })).json.code).toBe('goal-not-known');
  });

  it('put nothing on a card that its person did not agree to', async () => {
    const ann = await house.neighbour('Ann');
    await house.card(ann, { goals: ['bowls'] });
    const { id, offered } = (await say(ann, 'i want to lern to swim agen')).json;
    expect(offered[0].id).toBe('swimming');
    expect(await cardGoals(ann)).toEqual(['bowls']);
    const agree = (goals: string[]) => house.call(ann, 'POST', `card-words/${id}/agree`, { goals });
    expect((await agree(['pottery'])).json.code).toBe('goal-not-offered');
    expect(await cardGoals(ann)).toEqual(['bowls']);
    expect((await agree(['swimming'])).json).toEqual({ id, agreed: ['swimming'], onCard: true });
    expect(await cardGoals(ann)).toEqual(['bowls', 'swimming']);
    expect((await agree(['swimming'])).status).toBe(200);
    expect((await agree([])).json.code).toBe('words-answered');
  });

  it('refuse a ninth goal', async () => {
    const ann = await house.neighbour('Ann');
    await house.card(ann, { goals: ['bowls', 'art', 'films', 'gym', 'yoga', 'chess', 'pub', 'baking'] });
    const { id } = (await say(ann, 'swimming')).json;
    expect((await house.call(ann, 'POST', `card-words/${id}/agree`, { goals: ['swimming'] })).json.code).toBe('too-many-goals');
  });

  it('are kept encrypted, and read by the person alone', async () => {
    const [ann, eve] = [await house.neighbour('Ann'), await house.neighbour('Eve')];
    const words = 'I want to go to the pub with Dave like before';
    const { id } = (await say(ann, words)).json;
    expect((await house.call(ann, 'GET', `people/${ann.id}/card-words`)).json.items).toMatchObject([{ id, words, agreed: null }]);
    const [row] = await house.database.read(await house.actor(ann.id), (tx) =>
      tx.rows<{ words: Buffer; row: string }>('select words, w::text as row from card_words w'),
    );
    for (const secret of ['Dave', 'before']) expect(row!.words.toString('utf8') + row!.row).not.toContain(secret);
    expect((await house.call(eve, 'GET', `people/${ann.id}/card-words`)).status).toBe(404);
    expect((await house.call(eve, 'POST', `card-words/${id}/agree`, { goals: [] })).status).toBe(404);
    for (const table of ['card_words', 'icb_goal_term', 'card_mute'])
      expect(await house.database.read(await house.actor(eve.id), (tx) => tx.rows(`select 1 from ${table}`))).toEqual([]);
  });
});

/** Of 50 phrases typed as people type, before anything was tuned, 42 began with the right goal and 47 had it among the first three at the first
 *  run. These floors say that it does not become worse. */
describe('goals in people’s own words', () => {
  it('are understood in 50 labelled phrases at least as well as when this was written', () => {
    const score = scoreOf(phrasesIn('fifty'));
    expect(score.total).toBe(50);
    expect(score.first).toBeGreaterThanOrEqual(45);
    expect(score.withinThree).toBeGreaterThanOrEqual(49);
    expect(score.unwanted).toEqual([]);
  });

  it('were understood in 23 of 30 phrases kept apart, and looked at once when all was written: never fewer', () => {
    const score = scoreOf(phrasesIn('held-out'));
    expect(score.total).toBe(30);
    expect(score.first).toBeGreaterThanOrEqual(23);
    expect(score.withinThree).toBeGreaterThanOrEqual(24);
    expect(score.unwanted).toEqual([]);
  });
});
