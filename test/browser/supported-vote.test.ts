/** A vote with support, by keyboard alone: who helped is written down, what was said is read back, and one person brings the votes of two others at most. */
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import type { LocalDate, PersonId, PoolId } from '../../src/kernel/index.js';
import { Agreements, Decisions, Pools } from '../../src/pools/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Keyboard } from './pages/keyboard.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a supported vote, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let page = '';
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people, house } = scene;
    const dev = await scene.scene.holder('Dev', 'dev');
    const members = [people.asha, people.bola, people.carys, dev];
    const as = (person: PersonId) => scene.scene.actor(person);
    const { poolId } = await house.app.get(Pools).propose(await as(people.femi), {
      name: 'Friday Gardeners',
      purpose: 'Grow food and have company.',
      members: members.map((personId) => ({ personId })),
    });
    const agreements = house.app.get(Agreements);
    const { agreementId, contentHash } = await agreements.offer(await as(people.femi), poolId as PoolId, {
      split: 'equal',
      absence: 'pay-if-you-come',
      noticeDays: 28,
      decide: 'no-strong-objection',
      feesOwedBy: 'icb',
      reviewOn: '2027-05-20' as LocalDate,
      text: 'We garden on Fridays.',
    });
    for (const person of members) await agreements.assent(await as(person), agreementId, { contentHash, format: 'standard' });
    await house.settle();
    const decisions = house.app.get(Decisions);
    const { decisionId } = await decisions.raise(await as(people.carys), poolId, {
      question: 'Shall we keep hens?',
      closesOn: '2026-12-04' as LocalDate,
      reviewOn: '2027-06-01' as LocalDate,
    });
    for (const person of [people.bola, people.carys, dev]) await decisions.askProxy(await as(person), decisionId, { toMember: 1 });
    page = `/pools/${poolId}/decisions/${decisionId}`;
  }, 120_000);
  afterAll(() => scene?.close());

  it('is given by the person, with the helper’s name, and read back to them', async () => {
    const bola = await company.as('bola');
    await bola.open(page);
    const keys = new Keyboard(bola);
    await keys.choose('Yes');
    await keys.fill('textarea', /^Why/, 'Eggs for breakfast.');
    await keys.fill('input[text]', /^Did someone help you/, 'my sister Ngozi');
    await keys.push('Give this vote');
    await bola.says('Your vote is written down');
    for (const words of [
      'You said: Yes.',
      'Your reason: Eggs for breakfast.',
      'You were helped by: my sister Ngozi.',
      'You can change your mind until 4 December 2026',
    ])
      await bola.says(words);
    await company.look(bola, 'supported-vote');
    // The others read the reason, and neither who said it nor who helped.
    const dev = await company.as('dev');
    await dev.open(page);
    await dev.says('Eggs for breakfast.');
    await dev.saysNothingOf('Ngozi');
  });

  it('is brought for two others at most; the third has to ask somebody else, and each has the last word', async () => {
    const asha = await company.as('asha');
    await asha.open(page);
    const bring = async (whose: string): Promise<void> => {
      const keys = new Keyboard(asha);
      await keys.choose(whose);
      await keys.choose('No');
      await keys.push('Give this vote');
    };
    await bring('Carys’s, who asked me to');
    await asha.says('Your vote is written down');
    await bring('Dev’s, who asked me to');
    await asha.says('Your vote is written down');
    await bring('Bola’s, who asked me to');
    await asha.says('One person can bring the votes of 2 others.');
    await company.look(asha, 'supported-too-many');
    await asha.open(page);
    const own = new Keyboard(asha);
    await own.choose('My own');
    await own.choose('I am happy either way');
    await own.push('Give this vote');
    await asha.says('You said: I am happy either way.');

    const carys = await company.as('carys');
    await carys.open(page);
    await carys.says('You said: No.');
    await carys.says('It was brought by Asha. If it is wrong, vote again: your own last word counts.');
    const keys = new Keyboard(carys);
    await keys.choose('No, I could not live with it');
    await keys.push('Give this vote');
    await carys.says('You said: No, I could not live with it.');
    await carys.saysNothingOf('It was brought by Asha');
    const bola = await company.as('bola');
    await bola.open(page);
    await bola.says('You said: Yes.');
    await bola.open(page.replace(/\/[^/]+$/, ''));
    await bola.says('4 of 4 people have voted.');
  });
});
