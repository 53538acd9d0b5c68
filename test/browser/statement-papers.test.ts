/** A member leaves, reads the statement and says so; the broker signs it; and anybody can read what happens if the money-holder fails. */
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { BudgetQueries } from '../../src/budgets/index.js';
import { Jobs } from '../../src/platform/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('statements and the money-holder, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool = '';
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-23T10:00:00Z');
    const { people, treasury } = scene;
    const [asha, bola, femi] = [
      await scene.house.signedIn(people.asha, 'asha'),
      await scene.house.signedIn(people.bola, 'bola'),
      await scene.house.signedIn(people.femi, 'femi'),
    ];
    pool = await scene.started(femi, [asha, bola], { terms: { moneyHolderBook: treasury } });
    const [line] = await scene.house.app.get(BudgetQueries).linesOf(await scene.scene.actor(people.bola), people.bola, 'to put money in');
    await bola.must('post', `pools/${pool}/contributions`, { lineId: line!.id, amountPence: 2_500 });
    await scene.house.settle();
  }, 120_000);
  afterAll(() => scene?.close());

  it('who is next, and the last copy', async () => {
    await scene.house.app.get(Jobs).runJob('pools.copy-holders', scene.house.clock.now());
    const bola = await company.as('bola');
    await bola.open(`/pools/${pool}/money`);
    await bola.follow('What if the one who holds our money fails?');
    await bola.says('Purse Keepers CIC');
    await bola.says('The agreement names nobody');
    await bola.says('£25.00');
    await bola.check();
    await company.look(bola, 'holder-plan');
  });

  it('a statement is read, signed and kept', async () => {
    const bola = await company.as('bola');
    await bola.open('/pool-statements');
    await bola.says('No statement yet');
    await bola.check();
    await bola.open(`/pools/${pool}/leave`);
    await bola.tick('Yes, I want to leave Friday Gardeners');
    await bola.press('Leave this pool');
    await bola.says('You have left');
    await scene.house.settle();
    await bola.open('/pool-statements');
    await bola.check();
    await company.look(bola, 'statement-list');
    await bola.page.getByRole('link', { name: /Bola: Friday Gardeners/ }).click();
    await bola.says('Nobody has signed it yet');
    await bola.press('I have read it');
    await bola.says('you have read it');
    await bola.check();

    const femi = await company.as('femi');
    await femi.open('/pool-statements');
    await femi.says('To sign');
    await femi.page.getByRole('link', { name: /Bola: Friday Gardeners/ }).click();
    await femi.check();
    await femi.press('Sign it as the broker');
    await femi.says('It is signed');
    await company.look(femi, 'statement-paper');
    await scene.house.settle();
    await bola.open('/inbox');
    await bola.says('is signed');
  });

  it('whoever keeps the book finds the statements from their home page, and reads whose they are by name', async () => {
    const { id } = await scene.house.person('Tess', [{ role: 'finance-officer', on: 'book', id: scene.treasury }]);
    await scene.house.signedIn(id, 'tess');
    const tess = await company.as('tess');
    await tess.follow('Statements of pools, to read and to sign');
    await tess.page.getByRole('link', { name: /Bola: Friday Gardeners/ }).click();
    await tess.says('What Bola put in');
    await tess.saysNothingOf('What you put in');
    await tess.press('Sign it for the money-holder');
    await tess.says('It is signed');
    await company.look(tess, 'statement-paper-officer');
    const bola = await company.as('bola');
    await bola.open('/pool-statements');
    await bola.page.getByRole('link', { name: /Bola: Friday Gardeners/ }).click();
    await bola.says('What you put in');
  });
});
