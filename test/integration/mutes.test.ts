import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { introductionChecks } from '../../src/introductions/index.js';
import { Matching } from '../../src/matching/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

describe('reasons a person does not want', () => {
  let house: IntroductionsHouse;
  let ann: Neighbour, raj: Neighbour;
  beforeAll(async () => {
    house = await introductionsHouse(new Date('2026-11-20T09:00:00Z'));
    [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj', { place: 'M32' })];
    for (const who of [ann, raj]) await house.card(who, { goals: ['bowls', 'singing'], days: ['2', '4'], ...(who === raj ? { place: 'M32' } : {}) });
    await house.app.get(Matching).suggestAll();
  }, 120_000);
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });
  const seenBy = async (who: Neighbour): Promise<string[][]> =>
    (await house.call(who, 'GET', `people/${who.id}/suggestions`)).json.items.map((each: { reasons: string[] }) => each.reasons);
  const mute = (who: Neighbour, reason: string) => house.call(who, 'POST', `people/${who.id}/mutes`, { reason });
  const unmute = (who: Neighbour, reason: string) => house.call(who, 'POST', `people/${who.id}/unmute`, { reason });

  it('are no longer given as a reason, and bring nobody alone', async () => {
    const before = await seenBy(raj);
    expect(await seenBy(ann)).toEqual([expect.arrayContaining(['goal:bowls', 'goal:singing'])]);
    expect((await mute(ann, 'goal:bowls')).status).toBe(200);
    expect((await seenBy(ann))[0]).not.toContain('goal:bowls');
    await mute(ann, 'goal:singing');
    expect(await seenBy(ann)).toEqual([]);
    expect((await house.call(ann, 'GET', `people/${ann.id}/mutes`)).json.items).toEqual(['goal:bowls', 'goal:singing']);
    expect(await seenBy(raj)).toEqual(before);
  });

  it('count again when the person says so', async () => {
    await unmute(ann, 'goal:singing');
    expect(await seenBy(ann)).toHaveLength(1);
    await unmute(ann, 'goal:bowls');
  });

  it.each([
    ['day:2', 1],
    ['miles:9', 1],
    ['miles:2', 0],
  ])('%s leaves %i', async (reason, left) => {
    await mute(ann, reason);
    expect(await seenBy(ann)).toHaveLength(left);
    await unmute(ann, reason);
  });

  it('are a goal, a day or a distance, and nobody else’s to change or see', async () => {
    expect((await mute(ann, 'help:lift')).status).toBe(422);
    expect((await house.call(raj, 'POST', `people/${ann.id}/mutes`, { reason: 'day:2' })).status).toBe(404);
    await mute(ann, 'day:4');
    expect(await house.database.read(await house.actor(raj.id), (tx) => tx.rows('select 1 from card_mute'))).toEqual([]);
  });
});
