import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LaterDecisions } from '../../src/commissioning/index.js';
import type { LocalDate, PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { Addresses } from '../../src/notifications/index.js';
import type { PlanId } from '../../src/plans/index.js';
import { readingAge } from '../support/reading-age.js';
import { Company, oneBrowser } from './pages/company.js';
import { Scene } from './pages/scene.js';

jest.setTimeout(120_000);
const browser = oneBrowser();

describe('a decision, as it is told', () => {
  let scene: Scene;
  let [asha, planId] = [] as unknown as [PersonId, PlanId];
  const company = Company.of(browser, () => scene);

  beforeAll(async () => {
    scene = await Scene.open('2026-05-05T10:00:00Z');
    asha = await scene.holder('Asha', 'asha');
    await scene.house.signedIn(scene.officer, 'olu');
    await scene.fundedPlan(asha, 1_200);
    planId = (await scene.house.database.read(scene.house.system({ people: [asha] }), (tx) =>
      tx.row<{ id: PlanId }>('select plan_id as id from budget_line where person_id = $1', [asha]),
    ))!.id;
  }, 120_000);
  afterAll(() => scene?.close());

  const later = (): LaterDecisions => scene.house.app.get(LaterDecisions, { strict: false });
  const decided = { reason: 'We ask first what two payments were for.' };

  it('is in the person’s messages, and their money says in plain words that it is suspended', async () => {
    await later().suspend(await scene.actor(scene.officer), planId, { ...decided, ground: 'outside-plan', lookAgainOn: '2026-06-01' as LocalDate });
    await scene.house.settle();
    const own = await company.as('asha');
    await own.open('/inbox');
    await own.says('You cannot use your money for now');
    await own.says('The board wrote: “We ask first what two payments were for.”');
    await own.says('regulation 17');
    await own.says('ask the board to look at it again');
    await company.look(own, 'inbox-decision');
    const words = (await own.page.locator('.cp-inbox__item').first().locator('p:not(.cp-inbox__when)').allInnerTexts()).filter(
      (text) => !text.startsWith('The board wrote'),
    );
    expect(readingAge(words.join(' '))).toBeLessThanOrEqual(11);
    await own.follow('See the money');
    await own.says('Suspended means: since 5 May 2026 you cannot buy anything new with this money, for now.');
    await company.look(own, 'money-suspended');
    await own.follow('My care budget');
    await own.says('Suspended means: since 5 May 2026');
    await company.look(own, 'line-suspended');
  });

  it('that stops the money shows it as ended', async () => {
    await later().stop(await scene.actor(scene.officer), planId, { ...decided, ground: 'consent-withdrawn', endsOn: '2026-05-05' as LocalDate });
    await scene.house.settle();
    const own = await company.as('asha');
    await own.open(`/people/${asha}/money`);
    await own.says('It ended on 5 May 2026: nothing new can be bought with it.');
    await own.follow('My care budget');
    await own.says('This money ended on 5 May 2026. You cannot buy anything new with it.');
    await company.look(own, 'line-ended');
  });

  it('that nobody can post is seen by the staff of the board: a letter came back', async () => {
    const olu = await company.as('olu');
    await olu.open(`/people/${asha}`);
    await olu.saysNothingOf('gone away');
    await scene.house.database.transaction(scene.house.system({ people: [asha] }), async (tx) => {
      const item = (await tx.row<{ id: string }>('select id from post_item where person_id = $1 limit 1', [asha]))!.id;
      await scene.house.app.get(Addresses, { strict: false }).flag(tx, asha, item as never, newId());
    });
    await olu.open(`/people/${asha}`);
    await olu.says('A letter to Asha came back: gone away.');
    await company.look(olu, 'person-gone-away');
  });
});
