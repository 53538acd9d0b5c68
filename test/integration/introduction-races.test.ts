/** Answers that cross each other, cards that go while they are answered, a broker for both sides, and birthdays in between. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { introductionChecks, Pairing } from '../../src/introductions/index.js';
import type { LocalDate } from '../../src/kernel/index.js';
import { addDays, addMonths, dayOf } from '../../src/kernel/index.js';
import { Matching } from '../../src/matching/index.js';
import type { Answered, IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

const morning = new Date('2026-11-20T10:00:00Z');
const today = dayOf(morning);
/** Born so that they are so many years old tomorrow. */
const turnsTomorrow = (years: number): LocalDate => addMonths(addDays(today, 1), -years * 12);

describe('two who are suggested to each other', () => {
  let house: IntroductionsHouse;
  beforeAll(async () => {
    house = await introductionsHouse(morning);
  });
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });

  const pair = (): Promise<void> => house.app.get(Pairing).pairAnswers(house.clock.now());
  const items = async (who: Neighbour, what: 'suggestions' | 'introductions'): Promise<{ id: string; sameBroker?: boolean }[]> =>
    (await house.call(who, 'GET', `people/${who.id}/${what}`)).json.items;
  const yes = (who: Neighbour, id: string): Promise<Answered> => house.call(who, 'POST', `suggestions/${id}/answer`, { answer: 'yes' });
  const takeDown = (who: Neighbour): Promise<Answered> => house.call(who, 'POST', `people/${who.id}/card/take-down`);

  async function two(goal: string, bornOn?: { ann: LocalDate; raj: LocalDate }): Promise<{ ann: Neighbour; raj: Neighbour; annSees: string; rajSees: string }> {
    const ann = await house.neighbour('Ann', bornOn ? { bornOn: bornOn.ann } : {});
    const raj = await house.neighbour('Raj', bornOn ? { bornOn: bornOn.raj } : {});
    for (const who of [ann, raj]) await house.card(who, { goals: [goal] });
    await house.app.get(Matching).suggestAll();
    return { ann, raj, annSees: (await items(ann, 'suggestions'))[0]!.id, rajSees: (await items(raj, 'suggestions'))[0]!.id };
  }

  /** The next day, with sessions of that day. */
  async function tomorrow(...who: readonly Neighbour[]): Promise<Neighbour[]> {
    house.clock.advanceDays(1);
    return Promise.all(who.map((each) => house.session(each.id)));
  }

  it('and both say yes in the same second, while answers are looked at: introduced once, then or the evening after', async () => {
    for (const goal of ['gardening', 'bowls', 'singing']) {
      const { ann, raj, annSees, rajSees } = await two(goal);
      const answers = await Promise.all([yes(ann, annSees), yes(raj, rajSees), pair(), pair()]);
      expect(answers.slice(0, 2).map((answer) => answer!.status)).toEqual([200, 200]);
      await Promise.all([pair(), pair()]);
      for (const who of [ann, raj]) expect(await items(who, 'introductions')).toHaveLength(1);
    }
  });

  it('and one takes the card down while the other answers: no introduction, and the page of a card that is gone', async () => {
    for (const goal of ['theatre', 'films', 'history']) {
      const { ann, raj, annSees, rajSees } = await two(goal);
      await yes(ann, annSees);
      const [answered, taken] = await Promise.all([yes(raj, rajSees), takeDown(ann)]);
      expect(taken.status).toBe(200);
      expect([200, 404]).toContain(answered.status);
      expect(await items(raj, 'suggestions')).toEqual([]);
      expect((await yes(raj, rajSees)).status).toBe(404);
      await pair();
      for (const who of [ann, raj]) expect(await items(who, 'introductions')).toEqual([]);
    }
  });

  it('and one blocks the other whom they also know by name, before answers are looked at: no introduction', async () => {
    const { ann, raj, annSees, rajSees } = await two('dancing');
    const { code } = (await house.call(ann, 'POST', `people/${ann.id}/friend-code`)).json;
    await house.call(raj, 'POST', `people/${raj.id}/codes`, { firstName: 'Ann', code });
    await yes(ann, annSees);
    await yes(raj, rajSees);
    const { id } = (await house.call(ann, 'GET', `people/${ann.id}/invitations`)).json.received[0];
    expect((await house.call(ann, 'POST', `invitations/${id}/answer`, { answer: 'no', block: true })).status).toBe(200);
    await pair();
    for (const who of [ann, raj]) expect(await items(who, 'introductions')).toEqual([]);
    expect((await house.call(raj, 'GET', `people/${raj.id}/invitations`)).json.sent[0].state).toBe('waiting');
  });

  it('and one’s own card comes down while they answer: kept or refused, and leads to nothing', async () => {
    const { ann, raj, annSees, rajSees } = await two('cycling');
    await yes(ann, annSees);
    const [answered] = await Promise.all([yes(raj, rajSees), takeDown(raj)]);
    expect([200, 404]).toContain(answered.status);
    await pair();
    expect(await items(ann, 'introductions')).toEqual([]);
  });

  it('and have one broker for both: told to both, and to neither what the other’s answer was', async () => {
    const { ann, raj, annSees } = await two('knitting');
    const broker = await house.session(
      (await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName: 'Bo', familyName: 'Invented' })).json.brokerId,
    );
    const before = await house.call(raj, 'GET', `people/${raj.id}/suggestions`);
    expect(before.json.items[0].sameBroker).toBe(false);
    for (const who of [ann, raj]) await house.call(who, 'POST', `people/${who.id}/appointments`, { brokerId: broker.id, covers: ['card'] });
    for (const who of [ann, raj]) expect((await items(who, 'suggestions'))[0]!.sameBroker).toBe(true);
    const [told, looks] = [await house.call(raj, 'GET', `people/${raj.id}/suggestions`), await house.call(raj, 'GET', 'me/looks')];
    expect((await yes(broker, annSees)).status).toBe(200);
    expect((await house.call(raj, 'GET', `people/${raj.id}/suggestions`)).body).toBe(told.body);
    expect((await house.call(raj, 'GET', 'me/looks')).body).toBe(looks.body);
  });

  it.each(['answers', 'pairing'] as const)('and one turns 18 before %s: apart from that day on', async (before) => {
    const { ann, raj, annSees, rajSees } = await two(before === 'answers' ? 'pottery' : 'swimming', {
      ann: turnsTomorrow(18),
      raj: addMonths(today, -16 * 12),
    });
    if (before === 'pairing')
      for (const [who, id] of [
        [ann, annSees],
        [raj, rajSees],
      ] as const)
        expect((await yes(who, id)).status).toBe(200);
    const [grown, young] = (await tomorrow(ann, raj)) as [Neighbour, Neighbour];
    if (before === 'answers')
      for (const [who, id] of [
        [grown, annSees],
        [young, rajSees],
      ] as const)
        expect((await yes(who, id)).status).toBe(404);
    for (const who of [grown, young]) expect(await items(who, 'suggestions')).toEqual([]);
    await pair();
    for (const who of [grown, young]) expect(await items(who, 'introductions')).toEqual([]);
    house.clock.set(morning);
  });

  it('and one turns 16: still two under 18, so nothing changes', async () => {
    const { ann, raj, annSees, rajSees } = await two('photography', { ann: turnsTomorrow(16), raj: turnsTomorrow(17) });
    const [older, other] = (await tomorrow(ann, raj)) as [Neighbour, Neighbour];
    expect([(await yes(older, annSees)).status, (await yes(other, rajSees)).status]).toEqual([200, 200]);
    await pair();
    expect(await items(older, 'introductions')).toHaveLength(1);
    house.clock.set(morning);
  });

  it('or know each other, and one turns 18 between the invitation and the yes: refused, and it ends like any other', async () => {
    const [ann, raj] = [await house.neighbour('Ann', { bornOn: turnsTomorrow(18) }), await house.neighbour('Raj', { bornOn: addMonths(today, -16 * 12) })];
    const { code } = (await house.call(raj, 'POST', `people/${raj.id}/friend-code`)).json;
    expect((await house.call(ann, 'POST', `people/${ann.id}/codes`, { firstName: 'Raj', code })).json).toEqual({ outcome: 'asked' });
    const [grown, young] = (await tomorrow(ann, raj)) as [Neighbour, Neighbour];
    const { id } = (await house.call(young, 'GET', `people/${young.id}/invitations`)).json.received[0];
    expect((await house.call(young, 'POST', `invitations/${id}/answer`, { answer: 'yes' })).json.code).toBe('ages-apart');
    for (const who of [grown, young]) expect(await items(who, 'introductions')).toEqual([]);
    expect((await house.call(young, 'POST', `invitations/${id}/answer`, { answer: 'no' })).status).toBe(200);
    house.clock.set(morning);
  });
});
