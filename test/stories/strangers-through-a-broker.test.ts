/** Strangers meet through a broker: Ann asked Bren to look after her card; Raj does it by himself. They know nothing of each other until both said
 *  yes, and even then Bren reads no word of what they write. After each step stands what each side sees. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FindingStory } from '../support/finding-story.js';
import type { Caller } from '../support/house.js';

describe('strangers who meet through a broker', () => {
  let story: FindingStory;
  let ann: Caller, raj: Caller, broker: Caller;
  let introductionId: string;
  const firstOf = async (who: Caller, of: Caller): Promise<string> => (await who.get(`people/${of.id}/suggestions`)).body.items[0].id as string;

  beforeAll(async () => {
    story = await FindingStory.begin();
    [ann, raj] = [await story.holder('Ann'), await story.holder('Raj', { place: 'M32' })];
    broker = await story.broker('Bren');
  }, 120_000);
  afterAll(async () => expect(await story.end()).toEqual({}));

  it('1. Ann signs what Bren may do; before that he can do nothing for her', async () => {
    expect((await broker.send('post', `people/${ann.id}/card/open`)).status).toBe(404);
    await ann.must('post', `people/${ann.id}/appointments`, { brokerId: broker.id, covers: ['goals', 'card'] });
    expect((await broker.get(`people/${ann.id}/card`)).status).toBe(404);
  });

  it('2. Bren writes her card with her, and Raj his: each is shown somebody, without a name', async () => {
    await story.card(broker, ann.id, { goals: ['gardening', 'singing'], words: 'I grow beans.' });
    await story.card(raj, raj.id, { goals: ['gardening', 'bowls'], words: 'Flowers and tea.', place: 'M32' });
    expect(await story.seenBy(broker, ann.id)).toMatchObject({ people: ['someone in Stretford: Flowers and tea.'], myAnswers: [null], met: [] });
    expect(await story.seenBy(raj, raj.id)).toEqual({ people: ['someone in Sale: I grow beans.'], myAnswers: [null], met: [], told: [] });
  });

  it('3. Ann tells Bren yes on the phone, and he writes it down: Raj sees nothing of it', async () => {
    await story.later(1);
    const before = [await story.seenBy(raj, raj.id), (await raj.get('me/looks')).body];
    await broker.must('post', `suggestions/${await firstOf(broker, ann)}/answer`, { answer: 'yes' });
    await story.evening();
    expect([await story.seenBy(raj, raj.id), (await raj.get('me/looks')).body]).toEqual(before);
    expect(await story.seenBy(ann, ann.id)).toMatchObject({ myAnswers: ['yes'], met: [], told: expect.not.arrayContaining(['You both said yes']) });
    const looks = (await ann.get('me/looks')).body.items as { action: string; who: string }[];
    expect(looks.map((look) => look.action)).toContain('introduction:answer');
  });

  it('4. Raj says yes two days later, and at six in the evening both are told: first names', async () => {
    await story.later(2);
    await raj.must('post', `suggestions/${await firstOf(raj, raj)}/answer`, { answer: 'yes' });
    expect((await story.seenBy(ann, ann.id)).met).toEqual([]);
    await story.evening();
    expect(await story.seenBy(raj, raj.id)).toEqual({ people: [], myAnswers: [], met: ['Ann, introduced'], told: ['You both said yes'] });
    expect(await story.seenBy(ann, ann.id)).toMatchObject({ people: [], met: ['Raj, introduced'] });
    expect((await story.seenBy(broker, ann.id)).met).toEqual(['Raj, introduced']);
    introductionId = (await raj.get(`people/${raj.id}/introductions`)).body.items[0].id as string;
  });

  it('5. they write to each other; Bren reads none of it, nor writes in her name', async () => {
    await raj.must('post', `introductions/${introductionId}/messages`, { words: 'Hello Ann! Shall we see the allotments?' });
    await ann.must('post', `introductions/${introductionId}/messages`, { words: 'Yes please.' });
    expect((await ann.get(`introductions/${introductionId}/messages`)).body.items.map((each: { words: string }) => each.words)).toEqual([
      'Yes please.',
      'Hello Ann! Shall we see the allotments?',
    ]);
    expect((await broker.get(`introductions/${introductionId}/messages`)).status).toBe(404);
    expect((await broker.send('post', `introductions/${introductionId}/messages`, { words: 'It is Bren' })).status).toBe(403);
  });

  it('6. they plan to meet, try it, and look back after six weeks; how Ann gets home is hers', async () => {
    for (const [kind, onDay] of [
      ['meet', '2026-05-14'],
      ['trial', '2026-05-21'],
      ['review', '2026-06-25'],
    ] as const)
      await raj.must('post', `introductions/${introductionId}/steps`, { kind, onDay, words: kind === 'meet' ? 'The gate of the allotments, at two' : '' });
    await broker.must('put', `introductions/${introductionId}/meeting`, { company: 'Bren the broker', wayHome: 'Bren drives' });
    expect((await raj.get(`people/${raj.id}/introductions/${introductionId}/meeting`)).body).toEqual({
      company: '',
      othersCompany: 'Bren the broker',
      wayHome: '',
    });
    const { steps } = (await ann.get(`people/${ann.id}/introductions`)).body.items[0];
    expect(steps.map((step: { kind: string; onDay: string }) => `${step.kind} ${step.onDay}`)).toEqual([
      'meet 2026-05-14',
      'trial 2026-05-21',
      'review 2026-06-25',
    ]);
  });

  it('7. Ann thanks Bren and ends his help: he sees nothing of it any more, and the two go on', async () => {
    await story.later(60);
    const [appointment] = (await ann.get(`people/${ann.id}/appointments`)).body.items as { id: string }[];
    await ann.must('post', `appointments/${appointment!.id}/end`);
    expect((await broker.get(`people/${ann.id}/introductions`)).status).toBe(404);
    expect((await story.seenBy(raj, raj.id)).met).toEqual(['Ann, introduced']);
    await raj.must('post', `introductions/${introductionId}/messages`, { words: 'Beans are up!' });
  });
});
