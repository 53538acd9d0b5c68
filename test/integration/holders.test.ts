/** Holders and their brokers: what matters in a person's own words, who may read it, and that a broker sees only what was signed for. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokerChecks } from '../../src/brokers/index.js';
import { holderChecks } from '../../src/holders/index.js';
import { Grants } from '../../src/identity/index.js';
import { addDays, dayOf, newId, systemActor } from '../../src/kernel/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse, inventedNhsNumber } from '../support/introductions-house.js';

describe('holders and brokers', () => {
  let house: IntroductionsHouse;
  let ann: Neighbour;
  let broker: Neighbour;

  beforeAll(async () => {
    house = await introductionsHouse();
    ann = await house.neighbour('Ann');
    const made = await house.call(house.officer, 'POST', 'brokers', {
      icbId: house.icb,
      firstName: 'Bo',
      familyName: 'Invented',
      about: 'I help people plan.',
    });
    expect(made.status).toBe(201);
    broker = await house.session(made.json.brokerId);
  });
  afterAll(async () => {
    expect(await house.faults([...holderChecks, ...brokerChecks])).toEqual([]);
    await house.close();
  });

  const path = (rest: string): string => `people/${ann.id}/${rest}`;

  it('registers a holder once for each NHS number, whoever asks', async () => {
    const person = {
      icbId: house.icb,
      firstName: 'Zed',
      familyName: 'Invented',
      bornOn: '1980-01-02',
      nhsNumber: inventedNhsNumber(500),
      place: 'M33',
      reachBy: 'phone',
      reachFormat: 'easy-read',
    };
    const first = await house.call(house.officer, 'POST', 'holders', person);
    expect([first.status, Object.keys(first.json)]).toEqual([201, ['personId']]);
    const again = await house.call(house.officer, 'POST', 'holders', person);
    expect([again.status, again.json.code]).toEqual([409, 'nhs-number-known']);
    expect((await house.call(ann, 'POST', 'holders', { ...person, nhsNumber: inventedNhsNumber(501) })).status).toBe(404);
    expect((await house.call(house.officer, 'POST', 'holders', { ...person, nhsNumber: '9990000000' })).status).toBe(422);
    const listed = await house.call(house.officer, 'GET', 'holders');
    expect(listed.json.items.map((each: { firstName: string }) => each.firstName).sort()).toEqual(['Ann', 'Zed']);
    expect(listed.json.items.find((each: { firstName: string }) => each.firstName === 'Zed')).toMatchObject({ reachBy: 'phone', reachFormat: 'easy-read' });
    expect(listed.body).not.toContain(person.nhsNumber);
  });

  it('keeps the good life in the person’s own words, every wording of it', async () => {
    expect((await house.call(ann, 'GET', path('good-life'))).json).toMatchObject({ words: null, earlierWordings: 0 });
    expect((await house.call(ann, 'PUT', path('good-life'), { words: 'My dog, my garden,\nand people who laugh.' })).json).toEqual({ written: true });
    expect((await house.call(ann, 'PUT', path('good-life'), { words: 'My dog, my garden,\nand people who laugh.' })).json).toEqual({ written: false });
    await house.call(ann, 'PUT', path('good-life'), { words: 'My garden.' });
    expect((await house.call(ann, 'GET', path('good-life'))).json).toMatchObject({ words: 'My garden.', isOwnHand: true, earlierWordings: 1 });
    const rewritten = house.database.transaction(systemActor('test', { people: [ann.id] }), (tx) =>
      tx.run(`update good_life set words = 'Better words' where person_id = $1`, [ann.id]),
    );
    await expect(rewritten).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('holds goals with signs, ratings over time and states', async () => {
    const made = await house.call(ann, 'POST', path('goals'), {
      matters: 'To sing with others',
      why: 'It lifts me',
      signs: ['I go each week', 'I know three names'],
      areas: ['e', 'g'],
      byDay: '2027-05-01',
    });
    expect(made.status).toBe(201);
    const id: string = made.json.id;
    for (const rating of [2, 1, 6]) expect((await house.call(ann, 'POST', `goals/${id}/ratings`, { rating, wasHelped: rating === 1 })).status).toBe(201);
    expect((await house.call(ann, 'POST', `goals/${id}/ratings`, { rating: 11 })).status).toBe(422);
    const [goal] = (await house.call(ann, 'GET', path('goals'))).json.items;
    expect(goal).toMatchObject({
      matters: 'To sing with others',
      signs: ['I go each week', 'I know three names'],
      areas: ['e', 'g'],
      byDay: '2027-05-01',
      closeness: { first: 2, latest: 6, change: 4 },
    });
    expect(goal.ratings.map((each: { rating: number; wasHelped: boolean }) => [each.rating, each.wasHelped])).toEqual([
      [2, false],
      [1, true],
      [6, false],
    ]);
    expect((await house.call(ann, 'PATCH', `goals/${id}`, { state: 'let-go' })).json.state).toBe('let-go');
    expect((await house.call(ann, 'PATCH', `goals/${id}`, { state: 'met' })).status).toBe(409);
    expect((await house.call(ann, 'POST', `goals/${id}/ratings`, { rating: 3 })).json.code).toBe('goal-let-go');
    expect((await house.call(ann, 'PATCH', `goals/${id}`, { state: 'open', firstStep: 'Ring the choir' })).json.state).toBe('open');
  });

  it('holds offers, which can be taken back', async () => {
    const made = await house.call(ann, 'POST', path('offers'), { kind: 'lift', words: 'Two seats on Tuesdays' });
    expect((await house.call(ann, 'GET', path('offers'))).json.items).toEqual([{ id: made.json.id, kind: 'lift', words: 'Two seats on Tuesdays' }]);
    expect((await house.call(ann, 'DELETE', `offers/${made.json.id}`)).status).toBe(204);
    expect((await house.call(ann, 'GET', path('offers'))).json.items).toEqual([]);
  });

  it.each(['good-life', 'goals', 'offers'])('shows %s to no stranger, to no broker not appointed, and to no officer', async (what) => {
    const stranger = await house.neighbour(`Stranger ${what}`);
    for (const other of [stranger, broker, house.officer]) expect((await house.call(other, 'GET', path(what))).status).toBe(404);
    const officer = await house.actor(house.officer.id);
    for (const table of ['good_life', 'goal', 'goal_rating', 'offer'])
      expect(await house.database.read(officer, (tx) => tx.rows(`select 1 from ${table}`))).toEqual([]);
  });

  it('lets a broker see what was signed for and no more, from then until it ends, at once; and the person sees who looked', async () => {
    const appointed = await house.call(ann, 'POST', path('appointments'), { brokerId: broker.id, covers: ['goals'] });
    expect(appointed.status).toBe(201);
    expect((await house.call(ann, 'POST', path('appointments'), { brokerId: broker.id, covers: ['card'] })).json.code).toBe('already-appointed');
    expect((await house.call(broker, 'GET', path('goals'))).status).toBe(200);
    expect((await house.call(broker, 'PUT', path('good-life'), { words: 'Staff words' })).status).toBe(403);
    expect((await house.call(broker, 'GET', path('card'))).status).toBe(403);
    const caseload = await house.call(broker, 'GET', 'brokers/me/caseload');
    expect(caseload.json.items).toMatchObject([{ firstName: 'Ann', covers: ['goals'], reachBy: 'letter' }]);
    const looks = await house.call(ann, 'GET', 'me/looks');
    expect(
      looks.json.items.filter(
        (look: { action: string; actor: string; noun: string }) => look.action === 'record:viewed' && look.actor === broker.id && look.noun === 'goal',
      ),
    ).toHaveLength(1);

    expect((await house.call(ann, 'POST', `appointments/${appointed.json.id}/end`, {})).json.state).toBe('ended');
    expect((await house.call(broker, 'GET', path('goals'))).status).toBe(404);
    expect((await house.call(broker, 'GET', 'brokers/me/caseload')).json.items).toEqual([]);
    expect((await house.call(ann, 'POST', `appointments/${appointed.json.id}/end`, {})).status).toBe(409);
    expect((await house.call(ann, 'GET', path('appointments'))).json.items).toMatchObject([{ brokerName: 'Bo Invented', state: 'ended' }]);
  });

  it('ends an appointment by itself after its last day', async () => {
    const untilDay = addDays(dayOf(house.clock.now()), 3);
    await house.call(ann, 'POST', path('appointments'), { brokerId: broker.id, covers: ['goals', 'card', 'plan', 'pools'], untilDay });
    const before = house.clock.now();
    house.clock.advanceDays(3);
    broker = await house.session(broker.id);
    expect((await house.call(broker, 'GET', path('goals'))).status).toBe(200);
    house.clock.advanceDays(1);
    broker = await house.session(broker.id);
    ann = await house.session(ann.id);
    expect((await house.call(broker, 'GET', path('goals'))).status).toBe(404);
    expect((await house.call(broker, 'GET', 'brokers/me/caseload')).json.items).toEqual([]);
    expect((await house.call(ann, 'POST', path('appointments'), { brokerId: broker.id, covers: ['plan'] })).status).toBe(201);
    house.clock.set(before);
    ann = await house.session(ann.id);
    broker = await house.session(broker.id);
  });

  it('lets nobody appoint for another, nor a broker sign for themselves', async () => {
    expect((await house.call(broker, 'POST', path('appointments'), { brokerId: broker.id, covers: ['goals'] })).status).not.toBe(201);
    const other = await house.neighbour('Other');
    expect((await house.call(other, 'POST', path('appointments'), { brokerId: broker.id, covers: ['goals'] })).status).toBe(404);
    expect((await house.call(ann, 'POST', path('appointments'), { brokerId: other.id, covers: ['goals'] })).json.code).toBe('no-broker');
  });

  it('shows everybody what a broker has declared (RULE 20)', async () => {
    const providerId = newId();
    const declared = await house.call(broker, 'POST', 'brokers/me/conflicts', { providerId, kind: 'family', words: 'My sister runs it' });
    expect(declared.status).toBe(201);
    expect((await house.call(ann, 'GET', `brokers/${broker.id}/conflicts`)).json.items).toMatchObject([{ providerId, kind: 'family', endedOn: null }]);
    expect((await house.call(ann, 'POST', 'brokers/me/conflicts', { providerId, kind: 'family' })).status).toBe(404);
    expect((await house.call(broker, 'DELETE', `brokers/me/conflicts/${declared.json.id}`)).status).toBe(204);
    expect((await house.call(ann, 'GET', `brokers/${broker.id}/conflicts`)).json.items[0].endedOn).toBe(dayOf(house.clock.now()));
  });

  it('lets a representative write but not rate for the person', async () => {
    const rep = await house.neighbour('Rep');
    const grants = house.app.get(Grants);
    await house.database.transaction(systemActor('test', { people: [ann.id, rep.id] }), (tx) =>
      grants.give(tx, systemActor('test', {}), { person: rep.id, role: 'representative', on: 'person', id: ann.id, reason: 'appointed deputy' }),
    );
    const made = await house.call(rep, 'POST', path('goals'), { matters: 'To see the sea' });
    expect(made.status).toBe(201);
    expect((await house.call(rep, 'POST', `goals/${made.json.id}/ratings`, { rating: 5 })).status).toBe(403);
  });
});
