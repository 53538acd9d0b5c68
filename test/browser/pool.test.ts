import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { IntroductionQueries } from '../../src/introductions/index.js';
import { PoolQueries } from '../../src/pools/index.js';
import { Company, oneBrowser } from './pages/company.js';
import type { Visitor } from './pages/page.js';
import { PoolScene } from './pages/pool-scene.js';
import { Scene } from './pages/scene.js';
import { readingAge } from '../support/reading-age.js';

const WORDS =
  'We garden on Fridays at Mill Lane.\n\nPat brings the tools. Each of us brings a lunch.\n\nIf one of us is unhappy we talk about it on the next Friday.';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a pool from the first idea to the bill, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool = '';

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  it('the broker starts a pool for three people and writes the agreement', async () => {
    const femi = await company.as('femi');
    await company.look(femi, 'broker-home-empty');
    await femi.open('/caseload');
    await femi.says('Asha Invented');
    await company.look(femi, 'caseload');
    await femi.open('/pools');
    await femi.says('You do not help any pool yet');
    await company.look(femi, 'pools-empty');
    await femi.follow('Start a new pool');
    await femi.press('Start the pool');
    expect(await femi.page.title()).toMatch(/^Error: /);
    await femi.says('Choose at least 2 people');
    await company.look(femi, 'propose-faults');
    for (const name of ['Asha Invented', 'Bola Invented', 'Carys Invented']) await femi.tick(name);
    await femi.fill('What will you call it?', 'Friday Gardeners');
    await femi.fill('What do you want to do together?', 'Grow food and have company at Mill Lane.');
    await femi.fill('Where will it be?', 'Mill Lane, Sale');
    await femi.press('Start the pool');
    await femi.says('Your pool has begun');
    pool = new URL(femi.page.url()).pathname;
    await company.look(femi, 'pool-new');
    await femi.follow('Write the agreement');
    await femi.press('Offer it to everyone');
    await femi.says('Write the agreement in plain words');
    await femi.fill('The agreement in plain words', WORDS);
    await femi.tick('Everyone has to agree');
    await femi.tick('Purse Keepers CIC');
    await femi.tick('They still pay, to keep their place');
    await femi.fill('Up to which price is one person’s yes enough?', 'a little');
    await femi.tick('We stop for a while');
    await femi.press('Offer it to everyone');
    await femi.says('Enter a sum in pounds, like 20 or 20.50, or leave it empty');
    await femi.fill('Up to which price is one person’s yes enough?', '20');
    await company.look(femi, 'agreement-new');
    await femi.press('Offer it to everyone');
    await femi.says('Nobody has agreed yet. We wait for Asha, Bola and Carys.');
  });

  it('each member reads it and agrees; the last one starts the pool', async () => {
    for (const [username, says] of [
      ['asha', 'You agreed'],
      ['bola', 'You agreed'],
      ['carys', 'Everyone has agreed'],
    ] as const) {
      const member = await company.as(username);
      await member.open(pool);
      await member.follow('Read the agreement and say if you agree');
      if (username === 'asha') {
        await member.press('I have read it and I agree');
        await member.says('Choose how you read it');
        await company.look(member, 'agreement-faults');
      }
      await member.says('Pat brings the tools.');
      if (username === 'bola') {
        await member.follow('Read it in pictures (Easy Read)');
        await member.says('Up to £20.00, one person’s yes is enough.');
        await member.says('We stop for a while.');
        await company.look(member, 'agreement-easy');
        await member.follow('Say if you agree');
      }
      await member.tick(username === 'bola' ? 'In Easy Read, with pictures' : 'On this page');
      await company.look(member, `agreement-${username}`);
      await member.press('I have read it and I agree');
      await member.says(says);
    }
  });

  it('members put money in, one of them by card through the card page', async () => {
    for (const username of ['asha', 'bola']) {
      const member = await company.as(username);
      await member.open(`${pool}/put-in`);
      await member.says(username === 'asha' ? '£1,200.00' : '£1,000.00');
      await member.fill('How much would you like to put in?', '5000');
      await member.press('Put it in');
      await member.says(/There is £1,[02]00\.00 free/);
      await company.look(member, 'put-in-refused');
      await member.fill('How much would you like to put in?', '120');
      await member.press('Put it in');
      await member.says('Your money is in the pool');
      await company.look(member, `contribution-${username}`);
    }
    const carys = await company.as('carys');
    await carys.open(`${pool}/put-in`);
    await carys.fill('How much would you like to put in?', '£120.00');
    await carys.press('Put it in');
    await carys.says('Choose how to pay');
    await carys.tick('By card');
    await company.look(carys, 'put-in-card');
    await carys.press('Put it in');
    await carys.says('One more step: pay by card');
    const here = new URL(carys.page.url()).pathname;
    await company.look(carys, 'contribution-card');
    const link = carys.page.getByRole('link', { name: 'Pay £120.00 by card' });
    expect(await link.getAttribute('href')).toContain(scene.house.sandbox.url);
    const paid = await fetch((await link.getAttribute('href'))!, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'method=pm_card_visa',
      redirect: 'manual',
    });
    expect(paid.status).toBe(303);
    await scene.until(async () => {
      const view = await scene.house.app.get(PoolQueries).pool(await scene.scene.actor(scene.people.carys), pool.split('/').pop() as never);
      return view.contributions[0]?.state === 'arrived';
    });
    await carys.open(here);
    await carys.says('It arrived on 20 November 2026');
    await carys.open(`${pool}/money`);
    await carys.says('You have put in £120.00 of £360.00');
    await carys.saysNothingOf('Asha');
    await company.look(carys, 'money-put-in');
  });

  it('a neighbour lists what she offers, is asked, and quotes', async () => {
    const pat = await company.as('pat');
    await pat.open('/provider/list');
    await pat.press('Put me in the directory');
    await pat.says('Choose at least one day');
    await company.look(pat, 'list-faults');
    await pat.fill('Your name, or the name of your group or business', 'Leaf & Spade');
    await pat.tick('A very small business');
    await pat.fill('What you offer, in a few words', 'Gardening with support');
    await pat.fill('One word people would search for', 'gardening');
    await pat.fill('Tell people about it', 'We dig, sow and eat what we grow. Good for up to 6 people.');
    await pat.fill('The first half of the postcode', 'm33');
    await pat.tick('Friday');
    await pat.fill('Your price', '59');
    await pat.tick('For a session');
    await pat.press('Put me in the directory');
    await pat.says('You are in the directory');
    await company.look(pat, 'provider-home-empty');
    await pat.open('/provider/requests');
    await pat.says('Nobody has asked you yet');
    const femi = await company.as('femi');
    await femi.open(`${pool}/quotes`);
    await femi.says('No quotes yet');
    await femi.follow('Ask a provider');
    await company.look(femi, 'ask');
    await femi.tick('Leaf & Spade');
    await femi.fill('What would the group like?', 'Gardening at Mill Lane on Fridays, 10am to 1pm, for 3 people. One of us needs a raised bed.');
    await femi.press('Ask for a quote');
    await femi.says('Asked, and not answered yet');
    await pat.open('/');
    await pat.follow('Answer Friday Gardeners');
    await pat.press('Send this quote');
    await pat.says('Enter the price of one session for the whole group');
    await pat.fill('What is it for?', 'Gardening with support');
    await pat.fill('Price of one session for the whole group', '100');
    await pat.fill('How many sessions?', '3');
    await pat.fill('What is in the price', 'Tools and seeds\nTea at 11\nA session called off a day before costs nothing');
    await company.look(pat, 'give-quote');
    await pat.press('Send this quote');
    await pat.says('You have answered');
    await company.look(pat, 'requests');
    await femi.open(`${pool}/quotes/new`);
    await femi.tick('Leaf & Spade');
    await femi.fill('What is it for?', 'Gardening, half a day');
    await femi.fill('Price of one session for the whole group', '120.50');
    await femi.fill('How many sessions?', '2');
    await femi.press('Show it to the members');
    await femi.says('Lowest price');
    await company.look(femi, 'quotes-broker');
  });

  it('everyone chooses the same quote, and the broker sets the days', async () => {
    for (const username of ['asha', 'bola', 'carys']) {
      const member = await company.as(username);
      await member.open(`${pool}/quotes`);
      if (username === 'asha') await company.look(member, 'quotes');
      await member.page
        .getByRole('listitem')
        .filter({ hasText: 'for 3 sessions' })
        .getByRole('link', { name: /Look at this quote/ })
        .click();
      await member.check();
      await member.says('£33.34');
      await company.look(member, 'choose');
      await member.press('Yes, I choose this');
      await member.says(username === 'carys' ? 'The group has chosen' : 'You said yes to this quote');
    }
    const femi = await company.as('femi');
    await femi.open(pool);
    await femi.follow('Set the days for Gardening with support');
    await femi.press('Show me the days');
    await femi.says('Enter the day of the first session');
    await femi.page.getByLabel('Day', { exact: true }).fill('20');
    await femi.page.getByLabel('Month', { exact: true }).fill('11');
    await femi.page.getByLabel('Year', { exact: true }).fill('2026');
    await femi.tick('Every week');
    await company.look(femi, 'commit-when');
    await femi.press('Show me the days');
    await femi.says('4 December 2026');
    await company.look(femi, 'commit-check');
    await femi.press('Book these days and set the money aside');
    await femi.says('The sessions are booked');
    await company.look(femi, 'sessions-broker');
  });

  it('the session is recorded, confirmed, billed, and shared out to the penny', async () => {
    const pat = await company.as('pat');
    await pat.says('Record 1 session');
    await company.look(pat, 'provider-home');
    await pat.follow('Record 1 session');
    await pat.follow('20 November 2026');
    await company.look(pat, 'record');
    await pat.press('This session took place');
    await pat.says('Waiting for a member to confirm');
    await company.look(pat, 'provider-sessions');
    const asha = await company.as('asha');
    await asha.open(pool);
    await asha.follow(/Did Gardening with support happen on 20 November 2026/);
    await asha.press('Say that it was not right');
    await asha.says('Say in a few words what was wrong');
    await asha.fill('What was wrong?', 'It began an hour late.');
    await company.look(asha, 'session');
    await asha.press('Say that it was not right');
    await asha.says('Nobody is paid for this session until it is sorted out.');
    await asha.says('You said that it was not right.');
    await asha.press('Yes, it happened');
    await asha.says('Thank you: you said it happened');
    await company.look(asha, 'session-confirmed');
    await pat.open('/');
    await pat.follow('Send an invoice for Gardening with support');
    await pat.press('Send the invoice');
    await pat.says('Enter the number of your invoice');
    await pat.fill('Your invoice’s number', 'LS-001');
    await company.look(pat, 'new-invoice');
    await pat.press('Send the invoice');
    await pat.says('Your invoice is accepted');
    await company.look(pat, 'provider-invoice');
    await pat.open('/provider/money');
    await pat.says('£100.00 is invoiced and not paid yet.');
    await company.look(pat, 'provider-money');
    await pat.open('/provider/invoices');
    await company.look(pat, 'provider-invoices');
    await asha.open(`${pool}/money`);
    await company.look(asha, 'money');
    await asha.follow('20 November 2026');
    await asha.open(await billOf(asha));
    await asha.says('£33.34');
    await asha.says('£66.66');
    await asha.says('The shares add up to £100.00, to the penny.');
    await asha.saysNothingOf('Bola');
    await company.look(asha, 'bill');
    const femi = await company.as('femi');
    await femi.open(await billOf(femi));
    await femi.says('The shares add up to £100.00, to the penny.');
    await company.look(femi, 'bill-broker');
    await femi.open('/');
    await company.look(femi, 'broker-home');
    await femi.open('/pools');
    await company.look(femi, 'pools-broker');
  });

  it('a member says once that he is in hospital for several sessions, and sees what it means before he does', async () => {
    const bola = await company.as('bola');
    await bola.open(`${pool}/sessions`);
    await bola.follow('I cannot come, on one day or on many');
    await bola.press('Show me what it means');
    await bola.says('Choose why, as far as money asks');
    await bola.tick('I am in hospital');
    await bola.fillDay('Which is the first day?', ['21', '11', '2026']);
    await bola.fillDay('And the last day?', ['20', '11', '2026']);
    await bola.press('Show me what it means');
    await bola.says('Enter the same day as the first, or a later one');
    await company.look(bola, 'away');
    await bola.fillDay('And the last day?', ['5', '12', '2026']);
    await bola.press('Show me what it means');
    for (const words of ['27 November 2026', '4 December 2026', 'You do not pay']) await bola.says(words);
    await company.look(bola, 'away-check');
    await bola.press('Say that I cannot come');
    await bola.says('It is written down');
    await bola.says('In hospital');
    await company.look(bola, 'away-said');
  });

  async function billOf(visitor: Visitor): Promise<string> {
    await visitor.open(`${pool}/money`);
    const href = await visitor.page.locator(`a[href^="${pool}/money/"]`).first().getAttribute('href');
    return href!;
  }

  it('a member can read all of it: 9 to 11 years', async () => {
    const bola = await company.as('bola');
    const ages: Record<string, number> = {};
    for (const part of ['', '/agreement', '/put-in', '/money', '/quotes', '/sessions', '/away', '/people', '/history', '/leave']) {
      await bola.open(`${pool}${part}`);
      const lines = (await bola.page.locator('main').innerText())
        .replace(/£[\d,.]+|\d+ \w+ 20\d\d/g, '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      ages[part] = readingAge(lines.map((line) => (/[.?!]$/.test(line) ? line : `${line}.`)).join(' '));
    }
    expect(Object.entries(ages).filter(([, age]) => age > 11)).toEqual([]);
  });

  it('a member sees what leaving would mean, and leaves', async () => {
    const carys = await company.as('carys');
    await carys.open(pool);
    await company.look(carys, 'overview');
    for (const part of ['people', 'history', 'sessions']) {
      await carys.open(`${pool}/${part}`);
      await company.look(carys, part);
    }
    await carys.open(pool);
    await carys.follow('See what leaving would mean');
    await carys.says('If you leave today');
    await carys.says('£20.00');
    await company.look(carys, 'leave');
    await carys.press('Leave this pool');
    await carys.says('Tick the box if you are sure');
    await carys.tick('Yes, I want to leave Friday Gardeners');
    await carys.press('Leave this pool');
    await carys.says('You have left.');
    await carys.says('These lines add up, to the penny.');
    await company.look(carys, 'left');
    await carys.open('/pools');
    await carys.says('You are not in a pool yet');
    const asha = await company.as('asha');
    await asha.open(pool);
    await asha.says('Carys left');
    await company.look(asha, 'overview-after');
    const stranger = await asha.page.goto(`${scene.url}${pool.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`);
    expect(stranger?.status()).toBe(404);
  });
});

describe('two neighbours who were introduced', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.open('2026-11-20T10:00:00Z');
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene);

  it('start a pool of their own, and run it without a broker', async () => {
    const [asha, bola] = [await scene.holder('Asha', 'asha'), await scene.holder('Bola', 'bola', 'M32')];
    const visitor = await company.as('asha', { viewport: { width: 375, height: 800 } });
    await visitor.open('/pools/new');
    await visitor.says('You need someone to start a pool with');
    for (const person of [asha, bola]) await scene.openCard(person);
    await scene.night();
    for (const person of [asha, bola]) await scene.saysYes(person);
    await scene.evening();
    const introductions = scene.house.app.get(IntroductionQueries);
    const [introduction] = await introductions.introductionsOf(await scene.actor(asha), asha);
    await visitor.signIn('asha');
    await visitor.open(`/pools/new?introduction=${introduction!.id}`);
    expect(await visitor.page.getByLabel('Bola').isChecked()).toBe(true);
    await visitor.fill('What will you call it?', 'Two spades');
    await visitor.fill('What do you want to do together?', 'Dig.');
    await visitor.press('Start the pool');
    await visitor.says('Your pool has begun');
    expect((await introductions.introductionsOf(await scene.actor(asha), asha))[0]!.state).toBe('became-pool');
    const pool = new URL(visitor.page.url()).pathname;
    await visitor.follow('Write the agreement');
    await visitor.fill('The agreement in plain words', 'We dig on Fridays.');
    await visitor.tick('Everyone has to agree');
    await visitor.tick('Nobody');
    await visitor.tick('They pay when they come');
    await visitor.press('Offer it to everyone');
    await visitor.says('We wait for you and Bola.');
    const other = await company.as('bola');
    await other.open(`${pool}/people`);
    await other.says('This pool has no broker: its members run it.');
    await other.open(`${pool}/put-in`);
    await other.says('You can put money in when you have agreed to the agreement.');
    const nobody = await other.page.goto(`${scene.house.url}${pool}/quotes/ask`);
    expect(nobody?.status()).toBe(403);
  });
});
