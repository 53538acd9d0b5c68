/** Somebody turns 16. Under 16 a representative holds the direct payment ("child" in S.I. 2013/1617, reg. 2); from that day the person may, and it is
 *  they who consent. In finding others nothing changes: adults and under-18s stay apart until 18 (RULE 19). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FindingStory } from '../support/finding-story.js';
import type { Caller } from '../support/house.js';

const CONDITIONS = {
  reason: 'The account is for this alone and its statements are kept.',
  isNotExcluded: true,
  isForNamedPeopleOnly: true,
  isForDirectPaymentsOnly: true,
  canBeAudited: true,
};

describe('somebody turns 16', () => {
  let story: FindingStory;
  let officer: Caller, rita: Caller;
  const people: Record<string, Caller> = {};
  const open = (who: string, over: object = {}) => officer.send('post', `people/${people[who]!.id}/direct-payment-accounts`, { ...CONDITIONS, ...over });

  beforeAll(async () => {
    story = await FindingStory.begin('2026-05-01T10:00:00Z');
    officer = await story.house.person('Olu', [{ role: 'icb-officer', on: 'icb', id: story.icb }]);
    rita = await story.house.person('Rita');
    for (const [name, bornOn] of [
      ['Hal', '2010-05-02'],
      ['Ivy', '2010-05-02'],
      ['Max', '2008-08-08'],
      ['Ann', '1984-02-03'],
    ] as const) {
      people[name] = await story.holder(name, { bornOn });
      await story.card(people[name], people[name].id, { goals: ['gardening', 'singing'], words: `Words of ${name}.` });
    }
    for (const name of ['Hal', 'Ivy']) {
      const { id } = await story.coordinator.must('post', 'plans', {
        personId: people[name]!.id,
        about: 'A plan made together',
        risks: 'None beyond the usual',
        coordinatorId: story.coordinator.id,
        reviewOn: '2026-08-01',
        consentOn: '2026-04-01',
        lines: [{ service: 'Swimming', category: 'activity', amountPence: 120_000, per: 'year', outcome: 'I swim' }],
      });
      await story.coordinator.must('post', `plans/${id}/agree`, { reason: 'It fits' });
    }
    for (const name of ['Hal', 'Ivy']) await story.house.grant(rita.id, 'representative', 'person', people[name]!.id);
  }, 120_000);
  afterAll(async () => expect(await story.end()).toEqual({}));

  it('1. the day before, Rita holds Ivy’s account; Hal may not hold his own', async () => {
    expect((await open('Ivy', { accountHolderId: rita.id })).status).toBe(201);
    expect((await open('Hal')).body.code).toBe('needs-representative');
  });

  it('2. on the day, Hal may; Rita, until the ICB says otherwise, still represents them both', async () => {
    await story.later(1);
    expect((await open('Hal')).status).toBe(201);
    for (const name of ['Hal', 'Ivy']) expect((await rita.get(`people/${people[name]!.id}/card`)).status).toBe(200);
  });

  it('3. who is suggested does not change: others under 18, no adult, the day before and the day after', async () => {
    await story.house.run('matching-suggest');
    expect([...(await story.seenBy(people['Hal']!, people['Hal']!.id)).people].sort()).toEqual([
      'someone in Sale: Words of Ivy.',
      'someone in Sale: Words of Max.',
    ]);
    expect((await story.seenBy(people['Ann']!, people['Ann']!.id)).people).toEqual([]);
  });

  it('4. Max turns 18: from that day they are apart', async () => {
    await story.later(98);
    expect((await story.seenBy(people['Max']!, people['Max']!.id)).people).toEqual([]);
    expect((await story.seenBy(people['Hal']!, people['Hal']!.id)).people).not.toContain('someone in Sale: Words of Max.');
    await story.house.run('matching-suggest');
    expect((await story.seenBy(people['Max']!, people['Max']!.id)).people).toEqual(['someone in Sale: Words of Ann.']);
    expect((await story.seenBy(people['Hal']!, people['Hal']!.id)).people).toEqual(['someone in Sale: Words of Ivy.']);
  });
});
