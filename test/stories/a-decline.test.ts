/** A decline: Raj says yes to somebody who says no. Through four weeks he sees what he would see had nobody answered; nobody is told, nothing is
 *  counted, and neither is ever asked why. The same when a friend of his says no to an invitation. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FindingStory } from '../support/finding-story.js';
import type { Caller } from '../support/house.js';

describe('a decline', () => {
  let story: FindingStory;
  let ann: Caller, raj: Caller, kit: Caller, planner: Caller;
  const firstOf = async (who: Caller): Promise<string> => (await who.get(`people/${who.id}/suggestions`)).body.items[0].id as string;
  /** All that Raj can read of finding others, but for the clock. */
  const rajReads = async (): Promise<unknown> => [
    (await raj.get(`people/${raj.id}/suggestions`)).body,
    (await raj.get(`people/${raj.id}/introductions`)).body,
    (await raj.get(`people/${raj.id}/invitations`)).body,
    (await raj.get('me/notices')).body,
    (await raj.get('me/looks')).body,
  ];

  beforeAll(async () => {
    story = await FindingStory.begin();
    [ann, raj, kit] = [await story.holder('Ann'), await story.holder('Raj', { place: 'M32' }), await story.holder('Kit')];
    planner = await story.house.person('Pat', [{ role: 'planner', on: 'icb', id: story.icb }]);
    await story.card(ann, ann.id, { goals: ['gardening'], words: 'I grow beans.' });
    await story.card(raj, raj.id, { goals: ['gardening'], words: 'Flowers and tea.', place: 'M32' });
  }, 120_000);
  afterAll(async () => expect(await story.end()).toEqual({}));

  it('1. Raj says yes to somebody in Sale', async () => {
    await raj.must('post', `suggestions/${await firstOf(raj)}/answer`, { answer: 'yes' });
    expect(await story.seenBy(raj, raj.id)).toEqual({ people: ['someone in Sale: I grow beans.'], myAnswers: ['yes'], met: [], told: [] });
    expect(await story.seenBy(ann, ann.id)).toEqual({ people: ['someone in Stretford: Flowers and tea.'], myAnswers: [null], met: [], told: [] });
  });

  it('2. Ann says no: his card is off her list for good, and not one word changes for him', async () => {
    const before = await rajReads();
    await ann.must('post', `suggestions/${await firstOf(ann)}/answer`, { answer: 'no' });
    expect(await rajReads()).toEqual(before);
    await story.evening();
    expect(await rajReads()).toEqual(before);
    expect(await story.seenBy(ann, ann.id)).toEqual({ people: [], myAnswers: [], met: [], told: [] });
  });

  it('3. four weeks on it ends by itself, and both are suggested anew: to Raj, for Ann’s no lasts', async () => {
    await story.later(27);
    expect((await story.seenBy(raj, raj.id)).people).toHaveLength(1);
    await story.later(1);
    expect(await story.seenBy(raj, raj.id)).toEqual({ people: [], myAnswers: [], met: [], told: [] });
    await story.house.run('matching-suggest');
    expect(await story.seenBy(raj, raj.id)).toEqual({ people: ['someone in Sale: I grow beans.'], myAnswers: [null], met: [], told: [] });
    expect((await story.seenBy(ann, ann.id)).people).toEqual([]);
  });

  it('4. Raj asks his friend Kit by name; Kit says no, and for six weeks Raj reads “waiting”, then “ended”', async () => {
    const { code } = await kit.must('post', `people/${kit.id}/friend-code`);
    await raj.must('post', `people/${raj.id}/codes`, { firstName: 'Kit', code });
    const before = await rajReads();
    const [asked] = (await kit.get(`people/${kit.id}/invitations`)).body.received as { id: string }[];
    await kit.must('post', `invitations/${asked!.id}/answer`, { answer: 'no' });
    expect(await rajReads()).toEqual(before);
    await story.later(42, 1);
    await story.house.run('introductions-end-invitations');
    await story.house.settle();
    expect((await raj.get(`people/${raj.id}/invitations`)).body.sent).toMatchObject([{ toName: 'Kit', state: 'ended' }]);
    expect((await story.seenBy(raj, raj.id)).told).toEqual(['An invitation you sent has ended']);
  });

  it('5. a planner of the ICB can read none of it', async () => {
    for (const who of [ann, raj, kit])
      for (const what of ['card', 'suggestions', 'introductions', 'invitations', 'groups'])
        expect([what, (await planner.get(`people/${who.id}/${what}`)).status]).toEqual([what, 404]);
  });
});
