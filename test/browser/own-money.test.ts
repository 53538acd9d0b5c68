/** A neighbour without any budget puts her own money into a pool in the portal: by card, changes her mind, puts it in from what is kept for her, and has it
 *  sent home; a finance officer sees what the book keeps. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('own money in a pool, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool = '';
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people, house } = scene;
    const nell = (await house.person('Nell')).id;
    const officer = (await house.person('Una')).id;
    await house.grant(officer, 'finance-officer', 'book', scene.treasury);
    const [asha, bola, femi, neighbour] = await Promise.all([
      house.signedIn(people.asha, 'asha'),
      house.signedIn(people.bola, 'bola'),
      house.signedIn(people.femi, 'femi'),
      house.signedIn(nell, 'nell'),
    ]);
    await house.signedIn(officer, 'una');
    const members = [{ personId: people.asha }, { personId: people.bola }, { personId: nell, withoutMoney: true }];
    const { poolId } = await femi.must<{ poolId: string }>('post', 'pools', { name: 'Friday Gardeners', purpose: 'Grow food.', members });
    const { agreementId, contentHash } = await femi.must<{ agreementId: string; contentHash: string }>('post', `pools/${poolId}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'all-agree',
      moneyHolderBook: scene.treasury,
      feesOwedBy: 'money-holder',
      reviewOn: '2027-04-01',
      text: 'We garden on Fridays.',
    });
    await house.settle();
    for (const caller of [asha, bola, neighbour]) await caller.must('post', `agreements/${agreementId}/assent`, { contentHash, format: 'easy-read' });
    await house.settle();
    pool = `/pools/${poolId}`;
  }, 120_000);
  afterAll(() => scene?.close());

  it('a neighbour is told what it means, says that she pays from now on, and pays by card', async () => {
    const nell = await company.as('nell');
    await nell.open(`${pool}/put-in`);
    await nell.says('If you want to pay a part, you can put in money of your own.');
    await nell.follow('Put in your own money, not from a budget');
    await nell.says('The NHS does not get it.');
    await nell.press('Put it in');
    for (const fault of ['Enter an amount, like 20 or 20.50', 'Choose how your money comes', 'Say that you pay your part from now on, or go back'])
      await nell.says(fault);
    await company.look(nell, 'own-money-empty');
    await nell.fill('How much would you like to put in?', '20');
    await nell.tick('By card');
    await nell.tick('From now on I pay my part, as everyone does');
    await nell.press('Put it in');
    const link = nell.page.getByRole('link', { name: 'Pay by card' });
    const address = (await link.getAttribute('href'))!;
    expect(address).toContain(scene.house.sandbox.url);
    await company.look(nell, 'own-money-pay');
    await nell.follow('Back to your own money');
    await nell.says('It goes into the pool when you have paid.');
    const paid = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'method=pm_card_visa',
      redirect: 'manual',
    });
    expect(paid.status).toBe(303);
    await scene.until(async () => {
      await nell.open(`${pool}/own-money`);
      return (await nell.page.locator('body').innerText()).includes('In the pool since');
    });
    await nell.says('You can take it back until 27 November 2026');
    await company.look(nell, 'own-money-in');
    await nell.open(`${pool}/money`);
    await nell.says('Of this, your own money');
    await company.look(nell, 'own-money-in-pool-money');
    await nell.open(`${pool}/history`);
    await nell.says('You put in some of your own money.');
    const asha = await company.as('asha');
    await asha.open(`${pool}/history`);
    await asha.says('Money from Nell arrived.');
    await asha.says('Nell pays their part from now on.');
    await asha.saysNothingOf('own money.');
  });

  it('she takes it back out, puts a part in again, and says that some comes from her bank', async () => {
    const nell = await company.as('nell');
    await nell.open(`${pool}/own-money`);
    await nell.press('Take this back out');
    await nell.says('Your money is out of the pool again');
    await nell.fill('How much would you like to put in?', '50');
    await nell.tick('From my money that is here');
    await nell.press('Put it in');
    await nell.says('There is £20.00 of your own money here.');
    await nell.fill('How much would you like to put in?', '12.50');
    await nell.press('Put it in');
    await nell.says('Your own money is in the pool');
    await nell.fill('How much would you like to put in?', '5');
    await nell.tick('By bank transfer');
    await nell.press('Put it in');
    await nell.says(/Write this in your bank transfer: OWN-/);
    await company.look(nell, 'own-money-bank');
    await nell.press('I do not want to put this in any more');
    await nell.says('You do not put this in any more');
  });

  it('she sees all of it, follows it, and has what is kept sent home; the officer sees what the book keeps', async () => {
    const nell = await company.as('nell');
    await nell.open(`${pool}/own-money`);
    await nell.follow('All my own money, and how to have it back');
    await nell.says('£20.00');
    await nell.says('Kept here');
    await company.look(nell, 'own-money-mine');
    await nell.follow('Follow this money, step by step');
    await nell.says('Paid in');
    await company.look(nell, 'own-money-followed');
    await nell.follow('Back to this money');
    await nell.press('Send what is kept here home');
    await nell.says('It goes home');
    await nell.says('On its way home');
    const una = await company.as('una');
    await una.open('/own-money-kept');
    await una.says('Nell');
    await una.says('£7.50');
    await company.look(una, 'own-money-kept');
    await una.open('/debts');
    await una.follow('People’s own money in this book');
    await una.open('/payees/new');
    const whom = una.page.getByLabel('Whom do we pay?');
    await whom.selectOption({ label: 'Nell Invented, own money (£7.50 waits)' });
    await una.fill('Name on the account', 'N Invented');
    await una.fill('Sort code', '10-88-00');
    await una.fill('Account number', '10000004');
    await una.press('Save the details');
    await una.says('N Invented');
    await company.look(una, 'own-money-payee');
    const response = await nell.page.goto(`${scene.url}/own-money-kept`);
    expect(response!.status()).toBe(403);
  });
});
