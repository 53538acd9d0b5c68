/** A broker's day and the person's view of it: options with fee and interests first, calls, sheets of paper, hand-over, and an end in one step. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Brokers } from '../../src/brokers/index.js';
import type { LocalDate, PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { readingAge } from '../support/reading-age.js';
import { Company, oneBrowser } from './pages/company.js';
import { Keyboard } from './pages/keyboard.js';
import type { Visitor } from './pages/page.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();

/** The place of words in the page's text: which is read first. */
const placeOf = async (visitor: Visitor, words: string): Promise<number> => (await visitor.page.locator('main').innerText()).indexOf(words);

describe.each([
  ['with scripts switched off', { javaScriptEnabled: false }],
  ['with scripts', {}],
] as const)('a broker and the person they help, %s', (_how, options) => {
  let scene: Scene;
  let asha: PersonId;
  const company = Company.of(browser, () => scene, options);

  beforeAll(async () => {
    scene = await Scene.open('2026-11-20T10:00:00Z');
    asha = await scene.holder('Asha', 'asha');
    for (const [firstName, username] of [
      ['Bea', 'bea'],
      ['Cal', 'cal'],
    ] as const) {
      const { brokerId } = await scene.house.app
        .get(Brokers)
        .registerBroker(await scene.actor(scene.officer), { icbId: scene.icb, firstName, familyName: 'Broker', about: 'Helps with gardens.' });
      await scene.house.signedIn(brokerId, username);
      if (username === 'bea')
        await scene.house.app.get(Brokers).appoint(await scene.actor(asha), asha, { brokerId, covers: ['goals', 'plan'], untilDay: '2027-06-01' as LocalDate });
    }
    await scene.house.database.transaction(scene.house.system({}), async (tx) => {
      const provider = newId<'provider'>();
      await tx.run(`select set_config('app.provider', $1, true)`, [`{${provider}}`]);
      await tx.run(`insert into provider (id, name, kind, tier, state, made_at) values ($1, 'Leaf & Spade', 'micro-enterprise', 1, 'listed', $2)`, [
        provider,
        tx.now,
      ]);
      await tx.run(`insert into provider_service (id, provider_id, name, state) values ($1, $2, 'Gardening with others', 'listed')`, [newId(), provider]);
    });
  }, 120_000);
  afterAll(() => scene?.close());

  it('options: the fee first, then the interest, then the ways; one alone is refused; the person chooses in their words', async () => {
    const bea = await company.as('bea');
    await bea.follow('My interests in providers');
    await bea.tick('Leaf & Spade');
    await bea.tick('Family of mine works there or owns it');
    await bea.fill('In a few words', 'My brother');
    await bea.press('Declare it');
    await bea.says('Bea Broker has family at Leaf & Spade. My brother.');
    await company.look(bea, 'interests');
    await bea.follow('People');
    await bea.says('Waits for a first word from you');
    await company.look(bea, 'caseload');
    await bea.follow(/^Visits and calls/);
    await bea.follow('Options');
    await bea.follow('Put options side by side');
    await bea.fill('What is this about?', 'Fridays outside');
    await bea.fill('What are you paid for this?', '45');
    await bea.fill('What is that for, and who pays it?', 'For this plan, from your own money');
    const one = bea.page.getByRole('group', { name: 'Option 1' });
    await one.getByLabel('Provider').selectOption({ label: 'Leaf & Spade' });
    await one.getByLabel('What is it?').fill('Two hours on Fridays');
    await one.getByLabel('What does it cost?').fill('32');
    await one.getByLabel('What is good about it?').fill('They collect you');
    await one.getByLabel('What is not so good?').fill('Fixed hours');
    await bea.press('Write the options down');
    await bea.says('One option is no choice. Write down at least 2.');
    expect(await one.getByLabel('What is it?').inputValue()).toBe('Two hours on Fridays');
    const two = bea.page.getByRole('group', { name: 'Option 2' });
    await two.getByLabel('What is it?').fill('The allotment society');
    await two.getByLabel('What is good about it?').fill('Free, and near');
    await two.getByLabel('What is not so good?').fill('No help with the bus');
    const three = bea.page.getByRole('group', { name: 'Option 3' });
    await three.getByLabel('What is good about it?').fill('Nothing to arrange');
    await three.getByLabel('What is not so good?').fill('Fridays stay long');
    await bea.tick('Option 1');
    await bea.press('Write the options down');
    await bea.says('You have declared an interest in this provider, so you cannot recommend it');
    await company.look(bea, 'options-new');
    await bea.tick('Option 2');
    await bea.press('Write the options down');
    await bea.says('The options are written down');
    const path = new URL(bea.page.url()).pathname;

    const ashas = await company.as('asha');
    await ashas.open(path);
    for (const visitor of [ashas, bea]) {
      const places = [];
      for (const words of [
        'what Bea Broker is paid for this',
        '£45.00',
        'Bea Broker has family at Leaf & Spade',
        'Two hours on Fridays',
        'The allotment society',
        'Change nothing',
      ])
        places.push(await placeOf(visitor, words));
      expect(places.every((each) => each >= 0)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }
    await ashas.says('Bea Broker would take this');
    await ashas.tick('The allotment society');
    await ashas.press('Write this down');
    await ashas.says('Write it in a few words');
    await ashas.fill('Why, in your own words', 'I want to dig.');
    await ashas.press('Write this down');
    await ashas.says('What you chose');
    await company.look(ashas, 'options-answered');
    await bea.open(path);
    await bea.says('I want to dig.');
  });

  it('a call in one short form, and what is owed shows to both and among what waits', async () => {
    const bea = await company.as('bea');
    await bea.open(`/people/${asha}/calls`);
    await bea.press('Write it down');
    await bea.says('Write who you spoke with');
    await bea.fill('Who did you speak with?', 'Asha’s sister');
    await bea.fill('What was agreed?', 'Bea asks the hall.');
    await bea.fill('What happens next?', 'Ask the hall what a Friday costs');
    await bea.tick('I do');
    const byWhen = bea.page.getByRole('group', { name: 'By when?' });
    for (const [part, value] of [
      ['Day', '24'],
      ['Month', '11'],
      ['Year', '2026'],
    ] as const)
      await byWhen.getByLabel(part).fill(value);
    await bea.press('Write it down');
    await bea.says('The call is written down');
    await company.look(bea, 'calls');
    await bea.follow('Waiting');
    await bea.says('Ask the hall what a Friday costs');
    await company.look(bea, 'waiting');
    await bea.follow('People');
    await bea.says('Waits on you');
    const ashas = await company.as('asha');
    await ashas.open(`/people/${asha}/calls`);
    await ashas.says('Bea Broker, by 24 November 2026');
    expect(await ashas.page.getByRole('button', { name: /^Done/ }).count()).toBe(0);
    await bea.open(`/people/${asha}/calls`);
    await bea.press(/^Done/);
    await bea.says('That is done');
  });

  it('sheets of paper are printed, and typed back in by their code', async () => {
    const bea = await company.as('bea');
    await bea.open(`/people/${asha}/packs`);
    await bea.press('Make sheets to print');
    expect(await bea.heading()).toBe('Sheets to print');
    await bea.says('Bea Broker has family at Leaf & Spade');
    const code = (await bea.page.locator('.cp-code').innerText()).trim();
    await bea.page.emulateMedia({ media: 'print' });
    expect(await bea.page.locator('.cp-letter').count()).toBe(2);
    // A first name and a code: whoever finds the sheets learns no more, from the frame of the page neither.
    await bea.says('For Asha');
    await bea.saysNothingOf('Invented');
    expect(await bea.page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
    if (process.env['SHOTS']) await bea.page.screenshot({ path: `${process.env['SHOTS']}/pack-print.png`, fullPage: true });
    await bea.page.emulateMedia({ media: 'screen' });
    await bea.follow('Waiting');
    await bea.says(`Sheets not typed back: ${code}`);
    await bea.follow('Type in sheets that came back');
    await bea.fill('Code on the sheets', 'PCK-AAAA-AAAA');
    await bea.press('Go on');
    await bea.says('Check the code');
    await bea.fill('Code on the sheets', code.toLowerCase());
    await bea.press('Go on');
    await bea.fill('What matters most to me just now', 'My garden');
    await company.look(bea, 'pack-typed');
    await bea.press('Keep this as a note of the visit');
    await bea.says('Visit on 20 November 2026');
    await bea.open(`/people/${asha}/packs`);
    await bea.says('Typed back');
  });

  it('the next broker reads what was left, with the person’s word; the first is ended in one step and sees nothing', async () => {
    const bea = await company.as('bea');
    await bea.open(`/people/${asha}/hand-over`);
    await bea.fill('Your note', 'Ring before ten. The hall is next.');
    await bea.press('Keep this');
    const ashas = await company.as('asha');
    await ashas.open(`/people/${asha}/hand-over`);
    await ashas.says('Ring before ten');
    await ashas.tick('Something is wrong');
    await ashas.fill('Your words', 'After ten, please.');
    await ashas.press('Put it with the note');
    await ashas.says('Your words stand with it');
    await company.look(ashas, 'hand-over');
    await ashas.open('/');
    await ashas.follow('My brokers');
    await company.look(ashas, 'my-brokers');
    await ashas.press(/^End it now/);
    await ashas.says('That broker sees nothing more');
    for (const path of ['visits', 'options', 'calls', 'hand-over', 'packs'])
      expect((await bea.page.goto(`${scene.url}/people/${asha}/${path}`))?.status()).toBe(404);
    await bea.open('/caseload');
    await bea.saysNothingOf('Asha');
    await ashas.tick(/^Cal Broker/);
    await ashas.press('Sign that they may help');
    await ashas.says('Tick at least one thing');
    await ashas.tick('The plan');
    await ashas.press('Sign that they may help');
    await ashas.says('This broker may help now');
    const cal = await company.as('cal');
    await cal.open(`/people/${asha}/hand-over`);
    await cal.says('Bea Broker, who no longer helps');
    await cal.says('Ring before ten. The hall is next.');
    await cal.says('After ten, please.');
    await cal.open(`/people/${asha}/visits`);
    await cal.says('No visits yet');
  });
});

describe('with a keyboard alone, at 100% and at 400%', () => {
  let scene: Scene;
  let asha: PersonId;
  beforeAll(async () => {
    scene = await Scene.open('2026-11-20T10:00:00Z');
    asha = await scene.holder('Asha', 'asha');
    const { brokerId } = await scene.house.app
      .get(Brokers)
      .registerBroker(await scene.actor(scene.officer), { icbId: scene.icb, firstName: 'Bea', familyName: 'Broker' });
    await scene.house.signedIn(brokerId, 'bea');
    await scene.house.app.get(Brokers).appoint(await scene.actor(asha), asha, { brokerId, covers: ['goals'] });
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene);

  it('every page of it is reached and left, and none scrolls sideways', async () => {
    for (const viewport of [
      { width: 1280, height: 1024 },
      { width: 320, height: 256 },
    ]) {
      const bea = await company.as('bea', { viewport, menu: viewport.width === 320 });
      for (const path of [
        '/',
        '/caseload',
        '/chasing',
        '/interests',
        '/packs',
        ...['visits', 'options', 'options/new', 'calls', 'packs', 'hand-over'].map((part) => `/people/${asha}/${part}`),
      ]) {
        await bea.open(path);
        expect({ path, viewport, fits: await bea.fits() }).toEqual({ path, viewport, fits: true });
        await new Keyboard(bea).walk();
      }
      const ashas = await company.as('asha', { viewport, menu: viewport.width === 320 });
      const ages: Record<string, number> = {};
      for (const part of ['brokers', 'visits', 'options', 'calls', 'hand-over']) {
        await ashas.open(`/people/${asha}/${part}`);
        expect({ part, viewport, fits: await ashas.fits() }).toEqual({ part, viewport, fits: true });
        await new Keyboard(ashas).walk();
        const lines = (await ashas.page.locator('main').innerText()).split('\n').map((line) => line.trim());
        ages[part] = readingAge(
          lines
            .filter(Boolean)
            .map((line) => (/[.?!]$/.test(line) ? line : `${line}.`))
            .join(' '),
        );
      }
      expect(Object.entries(ages).filter(([, age]) => age > 11)).toEqual([]);
    }
  }, 180_000);
});
