import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Nominees } from '../../src/holders/index.js';
import type { LocalDate, PersonId } from '../../src/kernel/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();
jest.setTimeout(120_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a direct-payment account, %s', (_name, javaScriptEnabled) => {
  let scene: Scene;
  let gus: PersonId, nia: PersonId, dora: PersonId;

  beforeAll(async () => {
    scene = await Scene.open('2026-05-05T10:00:00Z');
    const { house } = scene;
    gus = await scene.holder('Gus', 'gus');
    dora = await scene.holder('Dora', 'dora');
    await scene.fundedPlan(gus, 1_200);
    await house.signedIn(scene.officer, 'olu');
    const carol = await house.person('Carol', [{ role: 'care-coordinator', on: 'icb', id: scene.icb }]);
    await house.signedIn(carol.id, 'carol');
    nia = (await house.person('Nia')).id;
    await house.signedIn(nia, 'nia');
    const nomination = { nomineeId: nia, nomineeAgreedOn: '2026-05-01' as LocalDate, reason: 'Asked for in writing.' };
    await house.app.get(Nominees, { strict: false }).nominate(await scene.actor(scene.officer), gus, nomination);
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  it('is not opened before there is an agreed plan, nor by a co-ordinator', async () => {
    const olu = await company.as('olu');
    await olu.open(`/people/${dora}/direct-payment`);
    await olu.says('Agree the plan first');
    await olu.saysNothingOf('Open the account');
    await company.look(olu, 'own-account-blocked');
    const carol = await company.as('carol');
    await carol.open(`/people/${gus}`);
    await carol.follow('Look at the direct-payment account');
    await carol.says('There is no account yet. A decision-maker of the board, or its finance officer, opens it.');
    await carol.saysNothingOf('Why does the board approve');
  });

  it('is opened by the decision-maker for the nominee, when all is checked', async () => {
    const olu = await company.as('olu');
    await olu.open(`/people/${gus}`);
    await olu.follow('Open or look at the direct-payment account');
    await company.look(olu, 'own-account');
    await olu.press('Open the account');
    expect(await olu.page.title()).toMatch(/^Error: /);
    await olu.says('Choose who holds the account');
    await olu.says('Check all four and tick them.');
    await olu.says('Say why the account is approved');
    await company.look(olu, 'own-account-faults');
    await olu.tick('Nia Invented');
    for (const name of [/excludes the person/, /Only the people named/, /direct payments and nothing else/, /where money came from/]) await olu.tick(name);
    await olu.fill('Why does the board approve this account?', 'He asked for it.\nIt is a separate account.');
    await olu.fill('Sort code (optional)', '10-88-00');
    await olu.press('Open the account');
    await olu.says('Give this as well.');
    await olu.fill('Account number (optional)', '10000007');
    await olu.press('Open the account');
    await olu.says('The account is open');
    await olu.says('Direct payment account of Gus');
    await olu.says('Nia Invented');
    await company.look(olu, 'own-account-open');
  });

  it('waits for a holder when the nomination has ended, and the page says so', async () => {
    await scene.house.app.get(Nominees, { strict: false }).end(await scene.actor(gus), gus, nia, { reason: 'I do it myself now.' });
    const olu = await company.as('olu');
    await olu.open(`/people/${gus}/direct-payment`);
    await olu.says('Nobody holds this account now');
    await olu.says('From now on it would be held by Gus Invented.');
    await company.look(olu, 'own-account-nobody');
    await olu.press('Make them the holder');
    await olu.says('Say why they hold it now');
    await olu.fill('Why?', 'He does it himself now.');
    await olu.press('Make them the holder');
    await olu.says('The account has a new holder');
    await olu.saysNothingOf('Nobody now');
    const gone = await company.as('nia');
    expect((await gone.page.goto(`${scene.url}/people/${gus}/money`))?.status()).toBe(404);
    const own = await company.as('gus');
    await own.open('/who-looked');
    await own.says('wrote down who holds your direct-payment account');
  });
});
