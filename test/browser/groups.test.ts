import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Brokers } from '../../src/brokers/index.js';
import { datesOf, GroupQueries, Groups } from '../../src/introductions/index.js';
import type { LocalDate, PersonId } from '../../src/kernel/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();
const START = '2026-11-20';
const GOALS = ['bowls', 'gardening', 'pottery', 'singing', 'swimming', 'walking'];

describe.each([
  ['with scripts switched off', { javaScriptEnabled: false }],
  ['with scripts', {}],
] as const)('a group comes together, %s', (_how, options) => {
  let scene: Scene;
  const company = Company.of(browser, () => scene, options);
  beforeAll(async () => {
    scene = await Scene.open(`${START}T10:00:00Z`);
  }, 120_000);
  afterAll(() => scene?.close());

  it('from a box on the card and a broker’s one press to first names and a pool', async () => {
    const people: PersonId[] = [];
    for (const name of ['Asha', 'Bola', 'Carl', 'Dee']) {
      const person = await scene.holder(name, name.toLowerCase());
      people.push(person);
      await scene.openCard(person, { goals: GOALS, ...(name === 'Asha' ? {} : { agrees: ['groups', 'brokers'] }) });
    }
    const [asha, bola, carl, dee] = people as [PersonId, PersonId, PersonId, PersonId];
    const { brokerId } = await scene.house.app
      .get(Brokers)
      .registerBroker(await scene.actor(scene.officer), { icbId: scene.icb, firstName: 'Bea', familyName: 'Broker' });
    await scene.house.signedIn(brokerId, 'bea');
    await scene.house.app.get(Brokers).appoint(await scene.actor(bola), bola, { brokerId, covers: ['card', 'pools'] });

    const ashas = await company.as('asha');
    await ashas.open(`/people/${asha}/suggestions`);
    await ashas.follow('Groups near you');
    await ashas.says('No group yet');
    await ashas.check();
    await ashas.follow('Look at the card');
    expect(await ashas.heading()).toBe('Groups and brokers');
    await ashas.check();
    await ashas.tick('Ask me about groups');
    await ashas.tick('Brokers may see my card, without my name');
    await ashas.press('Save');
    await ashas.says('Brokers may see this card without a name and I may be asked about groups');

    const beas = await company.as('bea');
    await beas.follow('Together');
    await beas.says('Bola Invented');
    await beas.says('Looking for others');
    await beas.says('4 people in Sale');
    await beas.says('Of your own people: Bola.');
    for (const name of ['Asha', 'Carl', 'Dee']) await beas.saysNothingOf(name);
    await beas.fill('Price for all together, if you have one in mind', '60');
    await beas.press('Look');
    await beas.says('With 4 people each pays £15.00 at most');
    await beas.says('With 2 people each pays £30.00 at most');
    await beas.check();
    await company.look(beas, 'workbench');
    await beas.press(/^Ask them/);
    await beas.says('We ask them');

    await ashas.open(`/people/${asha}/groups`);
    await ashas.says('near Sale');
    await ashas.saysNothingOf('Bola');
    await ashas.check();
    await company.look(ashas, 'group-asked');
    await ashas.press(/^Not now/);
    const flash = await ashas.page.locator('.cp-flash').innerText();
    for (const person of [bola, carl, dee]) {
      const actor = await scene.actor(person);
      const [ask] = (await scene.house.app.get(GroupQueries).groupsOf(actor, person)).asked;
      await scene.house.app.get(Groups).answer(actor, ask!.id, { answer: person === dee ? 'no' : 'yes' });
    }
    await ashas.press(/^Yes, I would like that/);
    expect(await ashas.page.locator('.cp-flash').innerText()).toBe(flash);
    await ashas.says('You said yes');

    scene.house.clock.set(new Date(`${datesOf(START as LocalDate).revealOn}T18:00:00Z`));
    await scene.house.run('introductions-reveal-groups');
    await scene.house.settle();
    const later = await company.as('asha');
    await later.open('/inbox');
    await later.follow('See your group');
    await later.says('Bola and Carl');
    await later.saysNothingOf('Dee');
    await later.check();
    await company.look(later, 'group-found');
    await later.follow(/^Start a pool/);
    expect(await later.page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    // The broker who carries it may begin the pool as well.
    const broker = await company.as('bea');
    await broker.open('/pools/new');
    for (const name of ['Asha', 'Bola', 'Carl']) await broker.page.getByLabel(name).waitFor();
    await later.open(`/people/${asha}/groups`);
    await later.press(/^Leave this group/);
    await later.says('You have left the group');
  }, 180_000);
});
