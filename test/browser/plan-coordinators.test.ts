import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Grants } from '../../src/identity/index.js';
import type { PersonId } from '../../src/kernel/index.js';
import { paths } from '../../src/portal/paths.js';
import { Company, oneBrowser } from './pages/company.js';
import { StaffScene } from './pages/staff-scene.js';

const browser = oneBrowser();
jest.setTimeout(120_000);

describe('who is named as care co-ordinator when a plan is drafted', () => {
  let scene: StaffScene;
  let asha: PersonId, carol: PersonId;

  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    carol = scene.names.get('carol')!;
    asha = await scene.holder('Asha', '9990000018');
    const olu = await scene.house.person('Olu', [{ role: 'icb-officer', on: 'icb', id: scene.icb }]);
    await scene.house.signedIn(olu.id, 'olu');
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled: false });
  const chosen = '#coordinatorId option:checked';

  it('a care co-ordinator finds themself chosen', async () => {
    const page = await company.as('carol');
    await page.open(paths.draftPlan(asha));
    expect(await page.page.locator(chosen).innerText()).toBe('You');
  });

  it('a decision-maker of the ICB chooses one of its care co-ordinators, and is told when nobody is chosen or who was chosen has just left', async () => {
    const page = await company.as('olu');
    await page.open(paths.draftPlan(asha));
    expect(await page.page.locator('#coordinatorId option').allInnerTexts()).toEqual(['Choose', 'Carol Invented']);
    await page.fill('What is the plan about?', 'Asha wants to be outside again.');
    await page.fill(/Which risks are there/, 'None beyond everyday ones.');
    await page.page.locator('#outcome-0').fill('I garden every week');
    await page.page.locator('#service-0').fill('Gardening with support');
    await page.page.locator('#amount-0').fill('40');
    await page.fillDay('On which day did the person say yes to this plan?', ['18', '11', '2026']);
    await page.fillDay('When is the first review?', ['18', '2', '2027']);
    await page.press('Save the draft');
    expect(await page.page.title()).toMatch(/^Error: /);
    await page.says('Choose the care co-ordinator');
    await company.look(page, 'draft-without-coordinator');
    await page.page.locator('#coordinatorId').selectOption({ label: 'Carol Invented' });
    await page.press('Add another service');
    expect(await page.page.locator(chosen).innerText()).toBe('Carol Invented');
    await role('end');
    await page.press('Save the draft');
    await page.says('Choose somebody who is a care co-ordinator of this ICB today.');
    await page.says('The board has no care co-ordinator today.');
    await role('give');
    await page.press('Add another service');
    await page.says('The person to ask about this plan.');
    await page.page.locator('#coordinatorId').selectOption({ label: 'Carol Invented' });
    await page.press('Save the draft');
    await page.says('The draft is saved');
    const all = scene.house.system({ icbs: [scene.icb], people: [asha] });
    expect(await scene.house.database.read(all, (tx) => tx.rows('select coordinator_id as id from plan'))).toEqual([{ id: carol }]);
  });

  async function role(what: 'end' | 'give'): Promise<void> {
    const actor = scene.house.system({ people: [carol], icbs: [scene.icb] });
    const grants = scene.house.app.get(Grants, { strict: false });
    const held = { person: carol, role: 'care-coordinator', id: scene.icb } as const;
    await scene.house.database.transaction(actor, async (tx) => {
      if (what === 'end') await grants.end(tx, actor, { ...held, why: 'works elsewhere now' });
      else await grants.give(tx, actor, { ...held, on: 'icb', reason: 'employed' });
    });
  }
});
