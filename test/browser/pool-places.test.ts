import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LaterDecisions } from '../../src/commissioning/index.js';
import type { LocalDate } from '../../src/kernel/index.js';
import type { Caller } from '../support/house.js';
import { readingAge } from '../support/reading-age.js';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a pool that runs itself, one of whom is represented, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let asha: Caller, carys: Caller;
  let pool = '';
  let agreement: { agreementId: string; contentHash: string };

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people } = scene;
    await scene.scene.supporter('Rosa', 'rosa', 'representative', people.bola);
    await scene.scene.supporter('Nia', 'nia', 'nominee', people.bola);
    asha = await scene.scene.house.signedIn(people.asha, 'asha');
    carys = await scene.scene.house.signedIn(people.carys, 'carys');
    const members = [people.asha, people.bola, people.carys].map((personId) => ({ personId }));
    const proposed = await asha.must<{ poolId: string }>('post', 'pools', {
      name: 'Friday Gardeners',
      purpose: 'Grow food and have company.',
      moneyHolderBookId: scene.treasury,
      members,
    });
    pool = `/pools/${proposed.poolId}`;
    agreement = await asha.must('post', `pools/${proposed.poolId}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      feesOwedBy: 'money-holder',
      reviewOn: '2027-04-01',
      moneyHolderBook: scene.treasury,
      text: 'We garden on Fridays.',
    });
    const petra = await scene.scene.house.person('Petra');
    await petra.must('post', 'providers', {
      name: 'Green Fingers',
      kind: 'community',
      service: 'Gardening with support',
      activity: 'gardening',
      about: 'We dig and sow.',
      place: 'M33',
      days: [5],
      pricePence: 5_900,
      per: 'session',
    });
    await scene.scene.house.settle();
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  it('a representative finds the pool, reads and agrees for the person, and the page says for whom', async () => {
    const rosa = await company.as('rosa');
    await rosa.follow('Their pools');
    await rosa.says('Bola’s pools');
    await company.look(rosa, 'pools-of-another');
    await rosa.follow('Friday Gardeners');
    await rosa.says('You are looking at this pool for Bola, as their representative.');
    await rosa.saysNothingOf('(you)');
    await rosa.follow('Read the agreement and say if you agree');
    await rosa.tick('On this page');
    await company.look(rosa, 'agreement-for-another');
    await rosa.press('I have read it and I agree');
    await rosa.says('Bola has agreed to this version.');
    for (const who of [asha, carys])
      await who.must('post', `agreements/${agreement.agreementId}/assent`, { contentHash: agreement.contentHash, format: 'standard' });
  });

  it('a nominee puts her money in and is asked for nothing else', async () => {
    const nia = await company.as('nia');
    await nia.open(pool);
    await nia.says('You are looking at this pool for Bola, as their nominee.');
    await nia.saysNothingOf('See what leaving would mean');
    await nia.follow('Put money in');
    await nia.says('£1,000.00');
    await company.look(nia, 'put-in-for-another');
    await nia.fill('How much would you like to put in?', '50');
    await nia.press('Put it in');
    await nia.says('Your money is in the pool');
    for (const part of ['', '/agreement', '/money', '/quotes', '/sessions', '/people', '/history']) {
      await nia.open(`${pool}${part}`);
      await nia.says('as their nominee');
    }
    await nia.open(`${pool}/quotes`);
    await nia.saysNothingOf('Ask a provider');
    expect((await nia.page.goto(`${scene.url}${pool}/quotes/ask`))?.status()).toBe(403);
  });

  it('a member without money in cannot ask; one who has, asks from the page', async () => {
    const visitor = await company.as('asha');
    await visitor.open(`${pool}/quotes`);
    await visitor.saysNothingOf('Ask a provider');
    await visitor.open(`${pool}/put-in`);
    await visitor.says('The NHS keeps this money. Not yet checked against its report of payments.');
    await visitor.saysNothingOf('checked against the bank');
    await visitor.fill('How much would you like to put in?', '120');
    await visitor.press('Put it in');
    await visitor.open(pool);
    await visitor.follow('Ask providers for quotes');
    await company.look(visitor, 'ask-by-member');
    await visitor.press('Ask for a quote');
    expect(await visitor.page.title()).toMatch(/^Error: /);
    await visitor.tick('Green Fingers');
    await visitor.fill('What would the group like?', 'Gardening on Fridays for 3 people.');
    await visitor.press('Ask for a quote');
    await visitor.says('Asked, and not answered yet');
    await visitor.says('Green Fingers');
    await company.look(visitor, 'quotes-by-member');
    const lines = (await visitor.page.locator('main').innerText()).split('\n').filter((line) => line.trim() !== '');
    expect(readingAge(lines.map((line) => (/[.?!]$/.test(line) ? line : `${line}.`)).join(' '))).toBeLessThanOrEqual(11);
  });

  it('money that is suspended is not offered, and the page says why in plain words', async () => {
    const { scene: place, house } = scene;
    const later = house.app.get(LaterDecisions, { strict: false });
    const plan = (await asha.get(`people/${asha.id}/plans`)).body.items[0].id;
    await later.suspend(await place.actor(place.officer), plan, { reason: 'We ask first.', ground: 'outside-plan', lookAgainOn: '2026-12-20' as LocalDate });
    const visitor = await company.as('asha');
    await visitor.open(`${pool}/put-in`);
    await visitor.says('No money can be put in now.');
    await visitor.says('My care budget. This money is suspended since 20 November 2026.');
    await visitor.saysNothingOf('How much would you like to put in?');
    await company.look(visitor, 'put-in-suspended');
    const lines = (await visitor.page.locator('main').innerText())
      .replace(/\d+ \w+ 20\d\d/g, '')
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(readingAge(lines.map((line) => (/[.?!]$/.test(line) ? line : `${line}.`)).join(' '))).toBeLessThanOrEqual(11);
    await visitor.follow('Look at the money');
    await visitor.says('Suspended means: since 20 November 2026');
    await later.resume(await place.actor(place.officer), plan, { reason: 'All is well.' });
    await visitor.open(`${pool}/put-in`);
    await visitor.says('How much would you like to put in?');
  });

  it('money says against what it was checked, for each way it is kept', async () => {
    const visitor = await company.as('asha');
    await visitor.open(`${pool}/money`);
    await visitor.says('The NHS keeps this money. Not yet checked against its report of payments.');
    await visitor.open(`/people/${asha.id}/money`);
    await visitor.says('The NHS keeps this money. Not yet checked against its report of payments');
    const own = await company.as('carys');
    await own.open(`/people/${carys.id}/money`);
    await own.says('Not yet checked against the bank');
  });

  it('the representative ends her place, and she sees who looked', async () => {
    const rosa = await company.as('rosa');
    await rosa.open(`${pool}/away`);
    expect(await rosa.heading()).toBe('Bola cannot come');
    await rosa.tick('Bola is in hospital');
    await rosa.fillDay('Which is the first day?', ['21', '11', '2026']);
    await rosa.press('Show me what it means');
    expect(await rosa.page.title()).toMatch(/^Error: /);
    await rosa.says('There is no session on these days for which something is set aside for Bola');
    await rosa.open(pool);
    await rosa.follow('See what leaving would mean');
    await rosa.says('If Bola leaves today');
    await rosa.saysNothingOf('What you put in');
    await rosa.says('You are acting for Bola Invented');
    await company.look(rosa, 'leave-for-another');
    await rosa.tick('Yes, Bola leaves Friday Gardeners');
    await rosa.press('Leave this pool');
    await rosa.says('Bola has left.');
    await rosa.says('Bola left this pool');
    await rosa.open('/pools');
    await rosa.says('Bola is in no pool.');
    const bola = await company.as('bola');
    await bola.open('/who-looked');
    await bola.says('Nia Invented looked at a pool you are in.');
    await bola.says('as your representative');
  });
});
