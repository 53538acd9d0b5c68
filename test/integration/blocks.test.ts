/** Blocks: made from a card, an invitation or an introduction; listed without naming who was only a card; taken back; and never seen by the other. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { introductionChecks, Pairing } from '../../src/introductions/index.js';
import { Matching } from '../../src/matching/index.js';
import type { IntroductionsHouse, Neighbour } from '../support/introductions-house.js';
import { introductionsHouse } from '../support/introductions-house.js';

describe('somebody who is blocked', () => {
  let house: IntroductionsHouse;
  beforeAll(async () => {
    house = await introductionsHouse(new Date('2026-11-20T10:00:00Z'));
  }, 60_000);
  afterAll(async () => {
    expect(await house.faults(introductionChecks)).toEqual([]);
    await house.close();
  });

  const items = async (who: Neighbour, what: string) => (await house.call(who, 'GET', `people/${who.id}/${what}`)).json.items;
  const blocks = async (who: Neighbour): Promise<{ id: string; firstName: string | null }[]> => items(who, 'blocks');
  const takeBack = (who: Neighbour, id: string) => house.call(who, 'POST', `blocks/${id}/take-back`);
  async function two(goal: string): Promise<{ ann: Neighbour; raj: Neighbour }> {
    const [ann, raj] = [await house.neighbour('Ann'), await house.neighbour('Raj')];
    for (const who of [ann, raj]) await house.card(who, { goals: [goal] });
    await house.app.get(Matching).suggestAll();
    return { ann, raj };
  }
  async function invited(ann: Neighbour, raj: Neighbour): Promise<string> {
    const { code } = (await house.call(ann, 'POST', `people/${ann.id}/friend-code`)).json;
    await house.call(raj, 'POST', `people/${raj.id}/codes`, { firstName: 'Ann', code });
    return (await house.call(ann, 'GET', `people/${ann.id}/invitations`)).json.received[0].id;
  }
  /** Everything that the other one's scope lets SQL read of finding others. */
  const seenBy = async (who: Neighbour): Promise<unknown> =>
    house.database.read(await house.actor(who.id), async (tx) => {
      const seen: Record<string, unknown> = {};
      for (const table of ['card', 'suggestion', 'answer', 'person_block', 'introduction', 'invitation', 'invitation_no', 'group_ask', 'audit_event'])
        seen[table] = (await tx.rows<{ row: string }>(`select t::text as row from ${table} t order by 1`)).map((each) => each.row);
      return seen;
    });

  it('as a card stays without a name in the list, whatever else becomes known of them', async () => {
    const { ann, raj } = await two('gardening');
    await house.call(ann, 'POST', `suggestions/${(await items(ann, 'suggestions'))[0].id}/block`);
    expect(await blocks(ann)).toEqual([{ id: expect.any(String), firstName: null, madeAt: '2026-11-20T10:00:00.000Z' }]);
    const id = await invited(ann, raj);
    expect((await blocks(ann)).map((each) => each.firstName)).toEqual([null]);
    await house.call(ann, 'POST', `invitations/${id}/answer`, { answer: 'no', block: true });
    expect((await blocks(ann)).map((each) => each.firstName).sort()).toEqual(['Raj', null].sort());
    expect((await house.call(ann, 'GET', `people/${ann.id}/blocks`)).body).not.toContain(raj.id);
  });

  it('reads no row more or less by a block or by its being taken back; the card is gone, and there again', async () => {
    const { ann, raj } = await two('bowls');
    const before = [await seenBy(raj), (await house.call(raj, 'GET', `people/${raj.id}/suggestions`)).body];
    await house.call(ann, 'POST', `suggestions/${(await items(ann, 'suggestions'))[0].id}/block`);
    expect([await seenBy(raj), await items(raj, 'suggestions'), await items(ann, 'suggestions')]).toEqual([before[0], [], []]);
    const { id } = (await blocks(ann))[0]!;
    expect((await takeBack(raj, id)).status).toBe(404);
    expect((await takeBack(ann, id)).json).toEqual({ id });
    expect((await takeBack(ann, id)).status).toBe(404);
    expect(await blocks(ann)).toEqual([]);
    expect([await seenBy(raj), (await house.call(raj, 'GET', `people/${raj.id}/suggestions`)).body]).toEqual(before);
    expect(await items(ann, 'suggestions')).toHaveLength(1);
  });

  it('by name can ask in vain until it is taken back; then the invitation that still waits is there', async () => {
    const { ann, raj } = await two('singing');
    const first = await invited(ann, raj);
    await house.call(ann, 'POST', `invitations/${first}/answer`, { answer: 'no', block: true });
    expect(await items(ann, 'suggestions')).toEqual([]);
    expect((await house.call(raj, 'GET', `people/${raj.id}/invitations`)).json.sent[0].state).toBe('waiting');
    await takeBack(ann, (await blocks(ann))[0]!.id);
    expect(await items(ann, 'suggestions')).toHaveLength(1);
    expect((await house.call(ann, 'GET', `people/${ann.id}/invitations`)).json.received).toEqual([]);
  });

  it('after an introduction learns that it has ended, and no more; one who stepped back already learns nothing', async () => {
    const { ann, raj } = await two('swimming');
    for (const who of [ann, raj]) await house.call(who, 'POST', `suggestions/${(await items(who, 'suggestions'))[0].id}/answer`, { answer: 'yes' });
    await house.app.get(Pairing).pairAnswers(house.clock.now());
    const [{ id }] = (await items(ann, 'introductions')) as [{ id: string }];
    expect((await house.call(house.officer, 'POST', `introductions/${id}/block`)).status).toBe(404);
    expect((await house.call(ann, 'POST', `introductions/${id}/block`)).json).toEqual({ id });
    expect((await items(raj, 'introductions'))[0].state).toBe('stepped-back');
    expect((await blocks(ann)).map((each) => each.firstName)).toEqual(['Raj']);
    const before = await seenBy(ann);
    expect((await house.call(raj, 'POST', `introductions/${id}/block`)).status).toBe(200);
    expect(await seenBy(ann)).toEqual(before);
    expect(await blocks(raj)).toHaveLength(1);
  });

  it('is the person’s own business, and of who may answer for them', async () => {
    const { ann } = await two('walking');
    const broker = await house.session(
      (await house.call(house.officer, 'POST', 'brokers', { icbId: house.icb, firstName: 'Bo', familyName: 'Invented' })).json.brokerId,
    );
    for (const who of [house.officer, broker]) expect((await house.call(who, 'GET', `people/${ann.id}/blocks`)).status).toBe(404);
    await house.call(ann, 'POST', `people/${ann.id}/appointments`, { brokerId: broker.id, covers: ['card'] });
    expect((await house.call(broker, 'GET', `people/${ann.id}/blocks`)).json.items).toEqual([]);
  });
});
