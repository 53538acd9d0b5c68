import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { Keyboard } from './pages/keyboard.js';
import type { Visitor } from './pages/page.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();

describe.each([
  ['with scripts switched off', { javaScriptEnabled: false }],
  ['with scripts', {}],
] as const)('people find each other, %s', (_how, options) => {
  let scene: Scene;
  const company = Company.of(browser, () => scene, options);
  beforeAll(async () => {
    scene = await Scene.open('2026-11-20T10:00:00Z');
  }, 120_000);
  afterAll(() => scene?.close());

  const sure = async (visitor: Visitor, name: string): Promise<void> => {
    await visitor.check();
    await company.look(visitor, name);
  };

  it('in their own words: asked about, and only what they tick goes on the card', async () => {
    const asha = await scene.holder('Asha', 'asha');
    const visitor = await company.as('asha');
    await visitor.open(`/people/${asha}/card`);
    await visitor.follow('Say it in own words');
    await visitor.press('Go on');
    await visitor.says('Say what you would like to do, in 600 characters or fewer');
    await visitor.fill('What would you like to do?', 'zzzz');
    await visitor.press('Go on');
    await visitor.says('That is our fault, not yours.');
    await visitor.follow('Say it in another way');
    await visitor.fill('What would you like to do?', 'i want to lern to swim agen. not the gym');
    await visitor.press('Go on');
    expect(await visitor.heading()).toBe('Is this what you mean?');
    await visitor.says('i want to lern to swim agen');
    expect(await visitor.page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    expect(await visitor.page.getByLabel('Going to the gym').count()).toBe(0);
    await sure(visitor, 'agree-words');
    await visitor.tick('Swimming');
    await visitor.press('Save and go on');
    await visitor.says('Which days suit you?');
    await visitor.open(`/people/${asha}/card`);
    await visitor.says('Swimming');
    await visitor.follow('Say more in my own words');
    await visitor.fill('What would you like to do?', 'choir');
    await visitor.press('Go on');
    await visitor.press('Save and go on');
    expect(await visitor.heading()).toBe('What would you like to do?');
    await visitor.open(`/people/${asha}/card`);
    await visitor.saysNothingOf('inging');
    await visitor.open(`/people/${asha}/pictures/check`);
    await visitor.press(/^Take off Swimming/);
    expect(await visitor.heading()).toBe('No picture yet');
  }, 120_000);

  it('who know each other already: a code given, a name and a code typed in, a yes, and a plan for the first time', async () => {
    const [bola, carl] = [await scene.holder('Bola', 'bola'), await scene.holder('Carl', 'carl')];
    const carls = await company.as('carl');
    await carls.open(`/people/${carl}/suggestions`);
    await carls.follow('Start with people I already know');
    await carls.press('Make a code');
    await carls.says('The code is ready');
    const code = (await carls.page.locator('.cp-code').innerText()).trim();
    await sure(carls, 'friends-code');
    await carls.open(`/people/${carl}/card`);
    await carls.says(code);

    const visitor = await company.as('bola');
    await visitor.open(`/people/${bola}/friends`);
    await visitor.press('Go on');
    await visitor.says('Write their first name');
    await visitor.fill('Their first name', 'Carol');
    await visitor.fill('Their code', code);
    await visitor.press('Go on');
    await visitor.says('We do not know this name with this code.');
    await visitor.fill('Their first name', 'carl');
    await visitor.press('Go on');
    await visitor.says('We have asked them');
    await visitor.says('You asked Carl');
    await scene.house.settle();

    await carls.open('/inbox');
    await carls.follow('See who it is');
    await carls.says('Bola asks: shall we do things together?');
    await sure(carls, 'friends-asked');
    await carls.press(/^Yes to Bola/);
    await carls.says('You have met here');
    await carls.follow(/^Plan the first time you meet/);
    await carls.press('Save the plan');
    await carls.says('Enter a real date, like 27 3 2027');
    for (const [part, value] of [
      ['Day', '8'],
      ['Month', '12'],
      ['Year', '2026'],
    ] as const)
      await carls.fill(part, value);
    await carls.fill('Where, and at what time?', 'The library at two');
    await carls.fill('Who comes with you?', 'My sister Jo');
    await carls.fill('How do you get home?', 'The 41 bus');
    await sure(carls, 'first-meeting');
    await carls.press('Save the plan');
    await carls.says('The 41 bus');
    await visitor.open(`/people/${bola}/introductions`);
    await visitor.follow('Carl');
    await visitor.says('My sister Jo');
    await visitor.says('The library at two');
    await visitor.saysNothingOf('41 bus');
    await visitor.follow('Start a pool');
  }, 120_000);

  it('by an invitation on paper, printed and taken back', async () => {
    const dee = await scene.holder('Dee', 'dee');
    const visitor = await company.as('dee');
    await visitor.open(`/people/${dee}/friends`);
    await visitor.press('Make a paper to print');
    await visitor.says('Dee would like to do things with you');
    await sure(visitor, 'paper');
    await visitor.follow('Back');
    await visitor.press(/^Take it back/);
    await visitor.says('The invitation is taken back');
    await visitor.saysNothingOf('An invitation on paper');
  }, 120_000);

  it('with two first names and a home that is on no map of ours: a whole postcode will do, and the paper says both names', async () => {
    const mary = await scene.holder('Mary Ann', 'mary', 'ZE9');
    const visitor = await company.as('mary');
    await visitor.open(`/people/${mary}/card/goals`);
    await visitor.fill(/^First, where/, 'm33 4ab');
    await visitor.tick('Going to the gym');
    await visitor.press('Save and go on');
    expect(await visitor.heading()).toBe('Which days suit you?');
    // Nothing is chosen in pictures: there is nothing to put first.
    await visitor.open(`/people/${mary}/pictures`);
    await visitor.follow('Start');
    for (let screen = 0; screen < 20 && (await visitor.heading()) !== 'Is this right?'; screen += 1) await visitor.press(/^(No|I do not mind)/);
    await visitor.press('Yes, make my card');
    expect(await visitor.heading()).toBe('What I am looking for');
    await visitor.open(`/people/${mary}/friends`);
    await visitor.press('Make a paper to print');
    await visitor.says('Mary Ann would like to do things with you');
  }, 120_000);

  it('in pictures: one idea a screen, back and next, nothing lost by stopping half-way, and remembered', async () => {
    const eve = await scene.holder('Eve', 'eve');
    const visitor = await company.as('eve');
    await visitor.open(`/people/${eve}/card`);
    await visitor.follow('Choose with pictures');
    await visitor.follow('Start');
    expect(await visitor.heading()).toBe('Friends and family');
    await sure(visitor, 'picture-area');
    await visitor.press('Yes');
    expect(await visitor.heading()).toBe('Making friends');
    await visitor.press('Yes');
    await visitor.press('No');
    await visitor.follow(/^Back$/);
    expect(await visitor.heading()).toBe('Somebody special');
    await visitor.says('(you said this)');
    await visitor.follow(/^Next$/);
    expect(await visitor.heading()).toBe('Time with family');
    await visitor.follow('Stop for now');
    await visitor.open(`/people/${eve}/pictures`);
    await visitor.follow('Go on');
    expect(await visitor.heading()).toBe('Time with family');
    await visitor.press('No');
    await visitor.press('No');
    for (let screen = 0; screen < 60 && !(await visitor.heading()).startsWith('How fast'); screen += 1) {
      const heading = await visitor.heading();
      await visitor.press(['Being well', 'Swimming', 'Walking'].includes(heading) ? 'Yes' : 'No');
    }
    await sure(visitor, 'picture-pace');
    await visitor.press('Gently');
    await visitor.press('A few');
    expect(await visitor.heading()).toBe('Is this right?');
    await visitor.press(/^Take off Walking/);
    await visitor.saysNothingOf('Walking');
    await sure(visitor, 'picture-check');
    await visitor.press('Yes, make my card');
    expect(await visitor.heading()).toBe('Which one first?');
    await sure(visitor, 'picture-first');
    await visitor.press('Swimming');
    await visitor.says('It is your goal now');
    await sure(visitor, 'card-in-pictures');
    expect(await visitor.page.locator('.cp-pictures .cp-drawing').count()).toBe(2);
    await visitor.press('Open the card');
    await visitor.open(`/people/${eve}/good-life`);
    await visitor.says('Swimming');
    await visitor.open(`/people/${eve}/card`);
    await visitor.press('Show it in words');
    expect(await visitor.page.locator('.cp-pictures').count()).toBe(0);
    await visitor.open(`/people/${eve}/card`);
    expect(await visitor.page.locator('.cp-pictures').count()).toBe(0);
    await visitor.says('Gentle: plenty of time and rests');
  }, 180_000);

  it('and mute a reason, and take it back', async () => {
    const [fay, gus] = [await scene.holder('Fay', 'fay'), await scene.holder('Gus', 'gus')];
    await scene.takesDownAll();
    for (const person of [fay, gus]) await scene.openCard(person, { goals: ['pottery'] });
    await scene.night();
    const visitor = await company.as('fay');
    await visitor.open(`/people/${fay}/suggestions`);
    await visitor.follow(/^Mute the reason “both: pottery”/);
    await sure(visitor, 'mute');
    await visitor.press('Yes, mute it');
    await visitor.follow('Back to the people');
    await visitor.says('No one nearby yet');
    await visitor.follow('Reasons we do not use');
    await visitor.press(/^Use it again/);
    await visitor.follow('Back to the people');
    await visitor.says('both: pottery');
  }, 120_000);

  it('in the words of their area, which its officer adds', async () => {
    await scene.house.signedIn(scene.officer, 'olu');
    const visitor = await company.as('olu');
    await visitor.follow('Words for goals');
    await visitor.press('Add the word');
    await visitor.says('Write the words, 60 characters or fewer');
    await visitor.fill('The word or words', 'mere dip');
    await visitor.tick('Health, in body and mind (b)');
    await visitor.press('Add the word');
    await visitor.says('The word is added');
    await visitor.page.getByLabel('Is the same as').selectOption('swimming');
    await visitor.press('Save what it means');
    await visitor.says('The same as: swimming');
    await sure(visitor, 'goal-words');
    await visitor.press(/^Retire it mere dip/);
    await visitor.says('Retired on');
  }, 120_000);
});

describe('with a keyboard alone', () => {
  let scene: Scene;
  const company = Company.of(browser, () => scene);
  beforeAll(async () => {
    scene = await Scene.open('2026-11-20T10:00:00Z');
  }, 120_000);
  afterAll(() => scene?.close());

  it('pictures are gone through, a code is made, and every control of these pages is reached', async () => {
    const ida = await scene.holder('Ida', 'ida');
    const visitor = await company.as('ida');
    const keys = new Keyboard(visitor);
    await visitor.open(`/people/${ida}/pictures`);
    await keys.walk();
    await keys.follow('Start');
    await keys.push(/^Yes/);
    expect(await visitor.heading()).toBe('Making friends');
    await keys.walk();
    await keys.push(/^No/);
    await keys.follow('Back');
    expect(await visitor.heading()).toBe('Making friends');
    for (const page of ['friends', 'own-words', 'pictures/check', 'suggestions/mutes', 'kept-apart', 'card']) {
      await visitor.open(`/people/${ida}/${page}`);
      await keys.walk();
    }
    await visitor.open(`/people/${ida}/friends`);
    await keys.push('Make a code');
    await visitor.says('The code is ready');
  }, 120_000);
});
