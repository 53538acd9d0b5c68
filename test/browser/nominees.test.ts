/** Who acts for a person: named by the person, answered by the co-ordinator, ended in one step; and the review that follows. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();
jest.setTimeout(120_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('who acts for somebody, %s', (_name, javaScriptEnabled) => {
  let scene: Scene;
  let gus: PersonId;

  beforeAll(async () => {
    scene = await Scene.open('2026-05-05T10:00:00Z');
    const { house } = scene;
    gus = await scene.holder('Gus', 'gus');
    await scene.fundedPlan(gus, 1_200);
    const carol = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: scene.icb }]);
    await house.signedIn(carol.id, 'carol');
    await house.signedIn((await house.person('Nia')).id, 'nia');
    await scene.supporter('Finn', 'finn', 'carer', gus);
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  it('the person names somebody; what is missing is said beside the fields', async () => {
    const visitor = await company.as('gus');
    await visitor.follow('Who acts for me');
    await visitor.says('Finn Invented');
    await visitor.says('Sees your goals. Has no right over your money.');
    await visitor.saysNothingOf('stops acting');
    await visitor.follow('Name somebody');
    await visitor.press('Tell the board');
    await visitor.says('Write the name of the person you want');
    await visitor.says('Write how we can reach them');
    await visitor.fill('What is their name?', 'Nia from next door');
    await visitor.fill('How can we reach them?', '01632 960501');
    await visitor.page.locator('#reason').fill('She is good with paper.');
    await visitor.press('Tell the board');
    await visitor.says('Ask them first.');
    await company.look(visitor, 'nominee-name');
    await visitor.tick('Yes, they said yes');
    await visitor.press('Tell the board');
    await visitor.says('We have told the board whom you want');
    await visitor.says('The board has not answered yet');
    await company.look(visitor, 'nominees-asked');
  });

  it('the co-ordinator sees that it waits, and records it', async () => {
    const carol = await company.as('carol');
    await carol.follow('Answer whom Gus Invented wants as nominee');
    await carol.says('Gus asks for Nia from next door');
    await carol.says('01632 960501');
    await carol.press('Record the nomination');
    await carol.says('Enter the name with which they sign in');
    await carol.says('Enter the day on which they agreed in writing');
    await carol.says('Say why the board agrees');
    await company.look(carol, 'nominees-desk-faults');
    await carol.fill('The name they sign in with', 'nobody-here');
    for (const [part, value] of [
      ['Day', '4'],
      ['Month', '5'],
      ['Year', '2026'],
    ] as const)
      await carol.fill(part, value);
    await carol.page.locator('#reason').fill('Both have signed.');
    await carol.press('Record the nomination');
    await carol.says('Nobody signs in with this name.');
    await carol.fill('The name they sign in with', 'nia');
    await carol.press('Record the nomination');
    await carol.says('The nomination is recorded');
    await carol.press('End the nomination of Nia Invented');
    await carol.says('Write who asked for it, and why');
    await company.look(carol, 'nominees-desk');
    const nia = await company.as('nia');
    await nia.follow('Who acts for Gus');
    await nia.says('Stop acting for Gus');
    await nia.saysNothingOf('Finn');
  });

  it('the person ends it in one step, having read what follows; the review is due', async () => {
    const visitor = await company.as('gus');
    await visitor.open(`/people/${gus}/acting`);
    await visitor.says('Nia Invented sees nothing of your plan and money from that moment');
    await visitor.says('The board looks at your plan again within 14 days.');
    await company.look(visitor, 'nominees');
    await visitor.press('Nia Invented stops acting for you');
    await visitor.says('It has ended');
    await visitor.saysNothingOf('Nia Invented');
    await scene.house.settle();
    const nia = await company.as('nia');
    expect((await nia.page.goto(`${scene.url}/people/${gus}/acting`))?.status()).toBe(404);
    const carol = await company.as('carol');
    await carol.open('/reviews');
    await carol.says('A nominee stopped acting for them');
    await carol.says('19 May 2026');
    await company.look(carol, 'reviews-after-nomination');
  });
});
