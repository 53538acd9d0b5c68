/** Stopping a pool and one's own part of it in the portal: a member's brake, the broker's stop, making it longer, and letting it go on. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('stopping for a while, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool = '';
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people } = scene;
    await scene.house.signedIn(scene.scene.officer, 'olu');
    const [asha, bola, femi] = [
      await scene.house.signedIn(people.asha, 'asha'),
      await scene.house.signedIn(people.bola, 'bola'),
      await scene.house.signedIn(people.femi, 'femi'),
    ];
    pool = await scene.started(femi, [asha, bola]);
  }, 120_000);
  afterAll(() => scene?.close());

  it('a member brakes, the broker makes it longer, and all read why', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}`);
    await asha.follow('Stop this pool for a while');
    await asha.check();
    await asha.press('Stop the pool');
    await asha.says('Say why, so that people can understand it');
    await asha.check();
    await asha.fill('Why should the pool stop?', 'The shed was broken into.');
    await asha.fillDay('Which is the last day of the stop?', ['4', '12', '2026']);
    await asha.press('Stop the pool');
    await asha.says('Give a day from today until 27 November 2026');
    await asha.fillDay('Which is the last day of the stop?', ['27', '11', '2026']);
    await asha.press('Stop the pool');
    await asha.says('The pool is stopped');
    await asha.says('The next day it goes on by itself');
    await company.look(asha, 'freeze-pool');

    const bola = await company.as('bola');
    await bola.open(`/pools/${pool}`);
    await bola.says('This pool is stopped until the end of 27 November 2026, by Asha, a member');
    await bola.says('The shed was broken into.');
    await bola.check();
    await company.look(bola, 'freeze-banner');
    await bola.saysNothingOf('Put money in');

    const femi = await company.as('femi');
    await femi.open(`/pools/${pool}/stop/pool`);
    await femi.fill('Why does it have to be longer?', 'We wait for a new lock.');
    await femi.fillDay('Which is the new last day?', ['10', '12', '2026']);
    await femi.press('Make it longer');
    await femi.says('It is longer now');
    await femi.says('We wait for a new lock.');
    await femi.check();
    await femi.follow('End the stop before its last day');
    await femi.check();
    await femi.fill('Why can it go on?', 'The lock is there.');
    await femi.press('Let it go on');
    await femi.says('The pool goes on');
    await scene.house.settle();
    await bola.open('/inbox');
    await bola.says('Friday Gardeners goes on');
    await bola.open(`/pools/${pool}/history`);
    await bola.says('The pool went on.');
  });

  it('one stops one’s own part, and the board another’s, which the others do not read', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}`);
    await asha.follow('Stop my part alone');
    await asha.check();
    await asha.fill('Why should this part stop?', 'I want to think.');
    await asha.fillDay('Which is the last day of the stop?', ['1', '12', '2026']);
    await asha.press('Stop this part');
    await asha.says('This part is stopped');
    await company.look(asha, 'freeze-part');

    const olu = await company.as('olu');
    await olu.open(`/people/${scene.people.bola}/pool-parts`);
    await olu.check();
    await olu.follow('Friday Gardeners');
    await olu.fill('Why should this part stop?', 'We look into something for you.');
    await olu.fillDay('Which is the last day of the stop?', ['1', '12', '2026']);
    await olu.press('Stop this part');
    await olu.says('The person is told');
    await olu.check();
    await company.look(olu, 'freeze-board');

    const bola = await company.as('bola');
    await bola.open(`/pools/${pool}`);
    await bola.says('Your part of this pool is stopped');
    await bola.says('We look into something for you.');
    await bola.saysNothingOf('I want to think');
    await bola.open(`/pools/${pool}/stop/part`);
    await bola.says('The NHS team stopped it');
    await bola.check();
    await olu.follow('End the stop before its last day');
    await olu.fill('Why can it go on?', 'All is well.');
    await olu.press('Let it go on');
    await olu.says('This part goes on');
    await asha.open(`/pools/${pool}/stop/part/end`);
    await asha.fill('Why can it go on?', 'I have thought.');
    await asha.press('Let it go on');
    await asha.says('This part goes on');
    expect(await asha.heading()).toBe('Friday Gardeners');
  });

  it('a safeguarding lead finds whose part to stop from their home page, and sees nothing else of people', async () => {
    const { id } = await scene.house.person('Lena', [{ role: 'safeguarding-lead', on: 'icb', id: scene.scene.icb }]);
    await scene.house.signedIn(id, 'lena');
    const lena = await company.as('lena');
    await lena.follow('Stop somebody’s part of a pool');
    await lena.check();
    await lena.saysNothingOf('Carys');
    for (const [name, found] of [
      ['b', false],
      ['Car', false],
      ['bol', true],
    ] as const) {
      await lena.fill('Whose part?', name);
      await lena.press('Find');
      if (found) await lena.says('Bola Invented');
      else await lena.says('Nobody in a pool has a name that begins so');
    }
    await company.look(lena, 'find-part');
    await lena.follow('Bola Invented');
    await lena.follow('Friday Gardeners');
    await lena.fill('Why should this part stop?', 'We look into something for you.');
    await lena.fillDay('Which is the last day of the stop?', ['1', '12', '2026']);
    await lena.press('Stop this part');
    await lena.says('The person is told');
    const femi = await company.as('femi');
    expect((await lena.page.request.get(`${scene.url}/people/${scene.people.bola}`)).status()).toBe(403);
    expect((await femi.page.request.get(`${scene.url}/pool-parts?name=bol`)).status()).toBe(403);
    await lena.open(`/people/${scene.people.bola}/pool-parts`);
    await lena.follow('Friday Gardeners');
    await lena.follow('End the stop before its last day');
    await lena.fill('Why can it go on?', 'All is well.');
    await lena.press('Let it go on');
  });
});
