import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { readingAge } from '../support/reading-age.js';
import { Company, oneBrowser } from './pages/company.js';
import type { Visitor } from './pages/page.js';
import { Scene } from './pages/scene.js';

let scene: Scene;
const company = Company.of(oneBrowser(), () => scene);

beforeAll(async () => {
  scene = await Scene.open('2026-11-20T10:00:00Z');
}, 120_000);
afterAll(() => scene?.close());

const PHONE = { width: 375, height: 800 };

/** From the first words to a person met: every page opened is checked by axe (see Visitor). */
async function holderJourney(visitor: Visitor, me: PersonId, myName: string, username: string, other: PersonId, otherName: string): Promise<void> {
  await visitor.signIn(username);
  expect(await visitor.heading()).toBe(`Hello ${myName}`);
  await visitor.says('No money has been agreed yet');

  await visitor.follow('Say what a good life looks like for you');
  await visitor.follow('Write it down');
  await visitor.press('Save');
  await visitor.says('There is a problem');
  expect(await visitor.page.title()).toMatch(/^Error: /);
  await visitor.fill(/What does a good life look like/, 'I want to be in the water every week.\nAnd a friend who laughs.');
  await visitor.press('Save');
  await visitor.says('Your words are saved');
  await visitor.says('And a friend who laughs.');

  await visitor.follow('Add a first goal');
  await visitor.fill('What matters to you?', 'Swim with others');
  await visitor.fill('Day', '30');
  await visitor.fill('Month', '2');
  await visitor.fill('Year', '2027');
  await visitor.press('Save this goal');
  await visitor.says('Enter a real date, like 27 3 2027, or leave it empty');
  expect(await visitor.page.getByLabel('What matters to you?').inputValue()).toBe('Swim with others');
  await visitor.fill('Day', '27');
  await visitor.fill('Month', '3');
  await visitor.press('Save this goal');
  await visitor.follow('Swim with others');
  await visitor.says('27 March 2027');
  await visitor.press('Save my number');
  await visitor.says('Choose a number from 0 to 10');
  await visitor.tick('3');
  await visitor.press('Save my number');
  await visitor.says('You said 3 out of 10.');
  await visitor.says('Just begun');

  await visitor.follow('Find others');
  await visitor.says('First, make a card');
  await visitor.follow('Make a card');
  await visitor.follow('Make the card');
  await visitor.press('Save and go on');
  await visitor.says('Choose 1 to 8 things');
  await visitor.tick('Swimming');
  await visitor.tick('Gardening');
  await visitor.press('Save and go on');
  for (const day of ['Monday', 'Wednesday', 'Friday', 'Saturday', 'Sunday']) await visitor.page.getByLabel(day).uncheck();
  await visitor.press('Save and go on');
  await visitor.tick('Gentle: plenty of time and rests');
  await visitor.press('Save and go on');
  await visitor.fill('First part of the postcode', 'M99');
  await visitor.press('Save and go on');
  await visitor.says('Enter the first part of a postcode near you, like M33.');
  await visitor.fill('First part of the postcode', 'm33 7aa');
  await visitor.press('Save and go on');
  await visitor.tick('A quiet place');
  await visitor.press('Save and go on');
  await visitor.press('Save and go on');
  await visitor.fill('Anything else to say?', 'Phone me on 0161 496 0000');
  await visitor.press('Save and go on');
  await visitor.says('Leave out phone numbers, addresses and links.');
  await visitor.fill('Anything else to say?', 'I like bad jokes.');
  await visitor.press('Save and go on');
  await visitor.press('Save and go on');
  await visitor.says('Tuesday, Thursday');
  await visitor.press('Open the card');
  await visitor.says('Your card is open');

  await scene.openCard(other, { words: 'I grow beans.' });
  await scene.night();
  await visitor.follow('See who we found');
  await visitor.says('both: gardening');
  await visitor.saysNothingOf(otherName);
  await visitor.press(/^Not now/);
  await visitor.says('Thank you. Your answer is saved');
  const whenNotNow = await visitor.page.locator('.cp-flash').innerText();
  await scene.saysYes(other);
  await visitor.press(/^Yes, I would like to meet/);
  expect(await visitor.page.locator('.cp-flash').innerText()).toBe(whenNotNow);
  await visitor.saysNothingOf(otherName);
  await scene.evening();

  await visitor.signIn(username);
  await visitor.follow(/You have \d new message/);
  await visitor.says('You both said yes');
  await visitor.follow('Say hello');
  expect(await visitor.heading()).toBe(`You and ${otherName}`);
  await visitor.press('Send');
  await visitor.says('Write a message');
  await visitor.fill(`Write to ${otherName}`, 'Hello! Shall we try Tuesday?');
  await visitor.press('Send');
  await visitor.says('Hello! Shall we try Tuesday?');
  await visitor.tick('Meet for the first time');
  for (const [part, value] of [
    ['Day', '8'],
    ['Month', '12'],
    ['Year', '2026'],
  ] as const)
    await visitor.fill(part, value);
  await visitor.press('Save the day');
  await visitor.says('8 December 2026 (to come)');
  await visitor.follow('Step back');
  await visitor.press('Yes, step back');
  await visitor.says('You have stepped back');
  expect(await visitor.page.getByRole('button', { name: 'Send' }).count()).toBe(0);
  expect(me).not.toBe(other);
}

describe('a holder', () => {
  it('goes from a good life to a person met, with scripts switched off', async () => {
    const [asha, bola] = [await scene.holder('Asha', 'asha'), await scene.holder('Bolanle', 'bolanle', 'M32')];
    const visitor = await company.visitor({ javaScriptEnabled: false });
    await holderJourney(visitor, asha, 'Asha', 'asha', bola, 'Bolanle');
  }, 240_000);

  it('does the same on a phone with scripts', async () => {
    const [carys, deepa] = [await scene.holder('Carys', 'carys'), await scene.holder('Deepa', 'deepa')];
    await scene.takesDownAll();
    const visitor = await company.visitor({ viewport: PHONE, menu: true });
    await holderJourney(visitor, carys, 'Carys', 'carys', deepa, 'Deepa');
    expect(await visitor.fits()).toBe(true);
  }, 240_000);

  it('sees all the money, what the plan lets them buy, and who looked', async () => {
    const efe = await scene.holder('Efe', 'efe');
    await scene.fundedPlan(efe, 3_600);
    const visitor = await company.as('efe');
    await visitor.says('£3,600.00');
    await visitor.follow('My money');
    await visitor.says('The NHS keeps this money and pays for what is agreed.');
    await visitor.follow('My care budget');
    await visitor.says(/You have spent 0% with 6\d% of the time gone\./);
    await visitor.says('This money was agreed.');
    await visitor.says('Not in a pool');
    await visitor.saysNothingOf('ommitted');
    await visitor.open(`/people/${efe}/plan`);
    await visitor.says('£12.00 a week');
    await visitor.says('In all about £3,024.00 a year.');
    await visitor.open('/who-looked');
    await visitor.says('Olu Invented wrote a plan for you.');
    await visitor.open('/sessions');
    await visitor.says('Signed in');
    await visitor.open('/inbox');
    await visitor.says('Your money has been agreed');
    await visitor.press('Mark these as read');
    await visitor.says('Read before');
  }, 120_000);

  it('cannot open another person’s pages, nor learn that they are there', async () => {
    const [fay, gus] = [await scene.holder('Fay', 'fay'), await scene.holder('Gus', 'gus')];
    const visitor = await company.as('fay');
    for (const page of ['home', 'good-life', 'goals/new', 'card', 'card/goals', 'suggestions', 'introductions', 'money', 'plan']) {
      for (const person of [gus, '018f0000-0000-7000-8000-00000000ffff', 'nobody']) {
        const answer = await visitor.page.goto(`${scene.house.url}/people/${person}/${page}`);
        expect({ page, status: answer?.status() }).toEqual({ page, status: 404 });
        expect(await visitor.heading()).toBe('We cannot find this page');
      }
    }
    expect(fay).not.toBe(gus);
  }, 120_000);
});

describe('those who act for somebody', () => {
  it('see whose pages these are, and only what each may see', async () => {
    const hana = await scene.holder('Hana', 'hana');
    await scene.fundedPlan(hana, 2_000);
    for (const [name, role] of [
      ['Rosa', 'representative'],
      ['Noor', 'nominee'],
      ['Cal', 'carer'],
    ] as const)
      await scene.supporter(name, name.toLowerCase(), role, hana);
    const sees: Record<string, Record<string, number>> = {};
    for (const username of ['rosa', 'noor', 'cal']) {
      const visitor = await company.as(username);
      expect(await visitor.heading()).toBe('Hana’s home page');
      await visitor.says('You are acting for Hana Invented');
      sees[username] = {};
      for (const page of ['good-life', 'good-life/words', 'card', 'money', 'plan'])
        sees[username][page] = (await visitor.page.goto(`${scene.house.url}/people/${hana}/${page}`))!.status();
      await visitor.open('/acting-for');
    }
    expect(sees).toEqual({
      rosa: { 'good-life': 200, 'good-life/words': 200, card: 200, money: 200, plan: 200 },
      noor: { 'good-life': 403, 'good-life/words': 403, card: 403, money: 200, plan: 200 },
      cal: { 'good-life': 200, 'good-life/words': 403, card: 403, money: 403, plan: 403 },
    });
    const own = await company.as('hana');
    await own.open('/who-looked');
    await own.says('Rosa Invented looked at your money.');
  }, 120_000);
});

describe('pages for anybody', () => {
  it('can be read without signing in, in plain words', async () => {
    const visitor = await company.visitor({ viewport: PHONE });
    const ages: Record<string, number> = {};
    for (const path of ['/help', '/accessibility', '/privacy', '/complain', '/worried']) {
      await visitor.open(path);
      expect({ path, fits: await visitor.fits() }).toEqual({ path, fits: true });
      ages[path] = readingAge(
        (await visitor.page.locator('main').innerText())
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
          .map((line) => (/[.?!]$/.test(line) ? line : `${line}.`))
          .join(' '),
      );
    }
    // The names of the guidelines and of the Ombudsman cannot be put more simply: those pages may read older (house rule 9 to 11, else 11 to 14).
    expect(Object.entries(ages).filter(([path, age]) => age > (path === '/accessibility' || path === '/complain' ? 13 : 11))).toEqual([]);
  }, 60_000);

  it('take a worry that the board cannot read', async () => {
    const visitor = await company.visitor({ javaScriptEnabled: false });
    await visitor.open('/worried?from=/help');
    await visitor.press('Tell us');
    await visitor.says('Tell us what worries you. A few words are enough.');
    await visitor.fill('What worries you?', 'Somebody takes my money.');
    await visitor.press('Tell us');
    await visitor.says(/Your reference is WOR-[A-Z2-9]{4}-[A-Z2-9]{4}/);
    const board = systemActor('test', { people: [scene.officer], icbs: [scene.icb] });
    expect(await scene.house.database.read(board, (tx) => tx.rows('select id from worry'))).toEqual([]);
  }, 60_000);

  it('refuse a form that comes from another site', async () => {
    const answer = await fetch(`${scene.house.url}/worried`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
      body: 'words=hello',
    });
    expect(answer.status).toBe(403);
  });
});
