/** A group decides together in the portal: a question with reasons, a vote that somebody else brings, one on paper, and a sum for several ideas. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Jobs } from '../../src/platform/index.js';
import type { PoolId } from '../../src/kernel/index.js';
import { DecisionQueries } from '../../src/pools/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('deciding together, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool = '';
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people } = scene;
    const rosaId = await scene.scene.supporter('Rosa', 'rosa', 'representative', people.bola);
    const asha = await scene.house.signedIn(people.asha, 'asha');
    const carys = await scene.house.signedIn(people.carys, 'carys');
    const rosa = await scene.house.signedIn(rosaId, 'rosa');
    const femi = await scene.house.signedIn(people.femi, 'femi');
    pool = await scene.started(femi, [asha, [people.bola, rosa], carys], { terms: { decide: 'no-strong-objection' } });
  }, 120_000);
  afterAll(() => scene?.close());

  it('from a question to an answer, with a representative, a proxy and a paper', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}`);
    await asha.follow('Decisions');
    await asha.says('Nothing has been asked yet');
    await asha.check();
    await asha.follow('Ask everyone something');
    await asha.press('Ask everyone');
    await asha.says('Write a question of 1 to 300 letters');
    await asha.check();
    await asha.fill('What do you want to ask?', 'Shall we keep hens?');
    await asha.fillDay('Which is the last day to vote?', ['22', '11', '2026']);
    await asha.fillDay('When will you look at it again?', ['1', '6', '2027']);
    await asha.press('Ask everyone');
    await asha.says('Choose a day that is 7 days away or more');
    await asha.fillDay('Which is the last day to vote?', ['4', '12', '2026']);
    await asha.press('Ask everyone');
    await asha.says('Everyone can see your question now');
    expect(await asha.heading()).toBe('Shall we keep hens?');
    await asha.check();
    await asha.press('Give this vote');
    await asha.says('Choose one of the answers');
    await asha.tick('Yes');
    await asha.fill('Why? (you can leave this out)', 'Eggs!');
    await asha.press('Give this vote');
    await asha.says('You said: Yes.');
    await company.look(asha, 'decision-open');

    const rosa = await company.as('rosa');
    await rosa.open(`/pools/${pool}/decisions`);
    await rosa.follow('Shall we keep hens?');
    await rosa.says('for Bola');
    await rosa.says('Eggs!');
    await rosa.saysNothingOf('Asha said');
    await rosa.tick('No');
    await rosa.press('Give this vote');
    await rosa.says('You said: No.');

    const femi = await company.as('femi');
    await femi.open(`/pools/${pool}/decisions`);
    await femi.check();
    await femi.follow('Shall we keep hens?');
    await femi.press('Make papers to print');
    await femi.says('For Carys');
    await femi.check();
    await company.look(femi, 'decision-papers');
    const [decision] = await scene.house.app.get(DecisionQueries).ofPool(await scene.scene.actor(scene.people.femi), pool as PoolId);
    const papers = await scene.house.app.get(DecisionQueries).papers(await scene.scene.actor(scene.people.femi), decision!.id);
    await femi.open(`/pools/${pool}/decisions/type-in`);
    await femi.fill('What is the reference on the paper?', 'VOT-2222-2222');
    await femi.press('Find the paper');
    await femi.says('No paper of this group has that reference');
    await femi.fill('What is the reference on the paper?', papers.find((paper) => paper.firstName === 'Carys')!.reference);
    await femi.press('Find the paper');
    await femi.says('Carys: Shall we keep hens?');
    await femi.check();
    await femi.tick('No, I could not live with it');
    await femi.fill('The reason, as it is written', 'I am afraid of birds.');
    await femi.press('Type in this vote');
    await femi.says('The vote is typed in');

    const carys = await company.as('carys');
    await carys.open(`/pools/${pool}/decisions/${decision!.id}`);
    await carys.says('It was typed in from your paper by the broker.');
    await carys.tick('Asha');
    await carys.press('Ask them');
    await carys.says('You asked Asha to vote for you.');

    scene.house.clock.set(new Date('2026-12-05T00:15:00Z'));
    await scene.house.app.get(Jobs).runJob('pools.close-decisions', scene.house.clock.now());
    const later = await company.as('asha');
    await later.open(`/pools/${pool}/decisions/${decision!.id}`);
    await later.says('3 of 3 people voted.');
    await later.says('1 said yes, 1 said no, 1 could not live with it.');
    await later.check();
    await company.look(later, 'decision-over');
    scene.house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });

  it('about a sum that several ideas share', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}/decisions`);
    await asha.follow('Share out a sum');
    await asha.fill('What is the money for?', 'What shall we do with £90?');
    await asha.fill('How much is there, in pounds?', '90');
    for (const [n, words, cost] of [
      [1, 'The cinema', '50'],
      [2, 'A trip to the sea', '40'],
      [3, 'Plants for the garden', 'lots'],
    ] as const) {
      const idea = asha.page.getByRole('group', { name: `Idea ${n}` });
      await idea.getByLabel('What it is').fill(words);
      await idea.getByLabel('What it costs, in pounds').fill(cost);
    }
    await asha.fillDay('Which is the last day to vote?', ['4', '12', '2026']);
    await asha.fillDay('When will you look at it again?', ['1', '6', '2027']);
    await asha.press('Ask everyone');
    await asha.says('Enter what idea 3 costs, like 120 or 120.50');
    await asha.check();
    await company.look(asha, 'decision-new');
    await asha.page.getByRole('group', { name: 'Idea 3' }).getByLabel('What it costs, in pounds').fill('30');
    await asha.press('Ask everyone');
    await asha.tick('The cinema');
    await asha.tick('A trip to the sea');
    await asha.press('Give this vote');
    await asha.says('You would like: The cinema; A trip to the sea.');
    const url = new URL(asha.page.url()).pathname;
    for (const [who, wants] of [
      ['rosa', ['The cinema', 'A trip to the sea']],
      ['carys', ['Plants for the garden']],
    ] as const) {
      const other = await company.as(who);
      await other.open(url);
      for (const idea of wants) await other.tick(idea);
      await other.press('Give this vote');
    }
    await asha.open(url);
    await asha.press('End the vote now');
    await asha.says('The vote has ended');
    await asha.says('Everyone gets something they wanted. It costs £70.00.');
    await asha.says('1 person gets nothing they wanted, and it would cost £90.00.');
    await asha.check();
    await company.look(asha, 'decision-shared-out');
  });
});
