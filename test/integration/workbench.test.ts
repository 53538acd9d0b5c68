/** The broker's workbench: only people who agreed, no name of anybody who did not ask this broker, no number that picks somebody out. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Brokers } from '../../src/brokers/index.js';
import { Blocks, Cards, GroupQueries, introductionChecks, WaitingQueries } from '../../src/introductions/index.js';
import type { PersonId } from '../../src/kernel/index.js';
import { Clusters } from '../../src/matching/index.js';
import type { CardOver, IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

const GOALS = ['bowls', 'gardening', 'pottery', 'singing', 'swimming', 'walking'];

describe('the workbench', () => {
  let house: IntroductionsHouse;
  let bea: PersonId, other: PersonId;
  const people: Record<string, Neighbour> = {};
  const broker = async (firstName: string): Promise<PersonId> =>
    (await house.app.get(Brokers).registerBroker(await house.actor(house.officer.id), { icbId: house.icb, firstName, familyName: 'Broker' })).brokerId;
  const person = async (name: string, over: CardOver = {}): Promise<Neighbour> => {
    people[name] = await house.neighbour(name);
    await house.card(people[name], { goals: GOALS, days: ['2'], agrees: ['brokers', 'groups'], ...over });
    return people[name];
  };
  const appoint = async (name: string, brokerId: PersonId, covers: ('card' | 'plan')[] = ['card']): Promise<void> => {
    await house.app.get(Brokers).appoint(await house.actor(people[name]!.id), people[name]!.id, { brokerId, covers });
  };
  const around = async () => house.app.get(Clusters).around(await house.actor(bea), 'M33');
  const asked = async (name: string) => (await house.app.get(GroupQueries).groupsOf(await house.actor(people[name]!.id), people[name]!.id)).asked.length;

  beforeAll(async () => {
    house = await introductionsHouse(new Date('2026-11-20T10:00:00Z'));
    [bea, other] = [await broker('Bea'), await broker('Otto')];
    await person('Ann');
    await person('Raj');
    await person('Mei');
    await person('Tom', { agrees: ['groups'] });
    await person('Zoe', { agrees: ['brokers'] });
    await person('Kit');
    await appoint('Ann', bea);
    await appoint('Kit', other);
  }, 60_000);
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });

  it('shows clusters of those who agreed to both and whom no other broker serves, and names its own alone', async () => {
    const clusters = await around();
    expect(clusters).toEqual([
      {
        key: expect.any(String),
        goals: GOALS.map((id) => ({ id, words: id })),
        days: ['2'],
        places: ['Sale'],
        widest: 0,
        size: 3,
        own: [{ personId: people['Ann']!.id, firstName: 'Ann' }],
      },
    ]);
    for (const name of ['Raj', 'Mei', 'Tom', 'Zoe', 'Kit']) {
      expect(JSON.stringify(clusters)).not.toContain(name);
      expect(JSON.stringify(clusters)).not.toContain(people[name]!.id);
    }
  });

  it('is a broker’s alone, and knows only places there are', async () => {
    const [actor, ann] = [await house.actor(bea), await house.actor(people['Ann']!.id)];
    const clusters = house.app.get(Clusters);
    await expect(clusters.around(ann, 'M33')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(clusters.unmetGoals(ann, 'M33')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(clusters.propose(ann, 'M33', 'k')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(clusters.around(actor, 'ZZ9')).rejects.toMatchObject({ code: 'place-not-known' });
    await expect(clusters.propose(actor, 'M33', 'no-such-key')).rejects.toMatchObject({ code: 'cluster-changed' });
  });

  it('says who of its own waits, and since when, where the card is its business', async () => {
    await appoint('Raj', bea, ['plan']);
    const waiting = await house.app.get(WaitingQueries).waitingOf(await house.actor(bea), [people['Ann']!.id, people['Raj']!.id, people['Mei']!.id]);
    expect(waiting).toEqual([{ personId: people['Ann']!.id, card: 'open', openSince: new Date('2026-11-20T10:00:00Z'), met: 0 }]);
  });

  it('asks with one press; asking again asks nobody twice and says the same', async () => {
    const clusters = house.app.get(Clusters);
    const [{ key }] = (await around()) as unknown as [{ key: string }];
    const first = await clusters.propose(await house.actor(bea), 'M33', key);
    expect(await around()).toHaveLength(1);
    expect(await clusters.propose(await house.actor(bea), 'M33', key)).toEqual(first);
    expect(first).toEqual({ revealOn: '2026-12-05' });
    for (const [name, count] of [
      ['Ann', 1],
      ['Raj', 1],
      ['Mei', 1],
      ['Tom', 0],
      ['Zoe', 0],
      ['Kit', 0],
    ] as const)
      expect([name, await asked(name)]).toEqual([name, count]);
    const seen = await house.database.read(await house.actor(bea), async (tx) => [
      await tx.rows('select 1 from group_proposal'),
      await tx.rows('select 1 from group_ask where person_id <> $1', [people['Ann']!.id]),
    ]);
    expect(seen.map((rows) => rows.length)).toEqual([0, 1]); // Raj appointed her too
  });

  it('counts what people wait for only from eight people on, to the nearest five', async () => {
    const clusters = house.app.get(Clusters);
    expect(await clusters.unmetGoals(await house.actor(bea), 'M33')).toEqual([]);
    for (const name of ['A', 'B']) await person(name, { goals: ['bowls'], agrees: [] });
    expect(await clusters.unmetGoals(await house.actor(bea), 'M33')).toEqual([{ goal: 'bowls', district: 'M33', people: 10 }]);
  });

  it('looks to the broker of who was blocked as if the card had been taken down', async () => {
    for (const name of ['Cat', 'Dan', 'Eve']) await person(name);
    const before = await around();
    const mei = await house.actor(people['Mei']!.id);
    await house.database.transaction(mei, (tx) => house.app.get(Blocks).put(tx, mei, people['Mei']!.id, people['Ann']!.id, 'card'));
    const blocked = await around();
    expect(blocked).not.toEqual(before);
    await house.app.get(Cards).takeDown(mei, people['Mei']!.id);
    expect(await around()).toEqual(blocked);
  });
});
