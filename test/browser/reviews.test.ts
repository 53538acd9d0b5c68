/** When things with one member are hard: telling the broker, a talk in stages, voices, the member's own answer, and what does not belong there. */
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a talk about how things go, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let [pool, small, alone] = ['', '', ''];
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people, house } = scene;
    const dev = await house.signedIn(await scene.scene.holder('Dev', 'dev'), 'dev');
    const femi = await house.signedIn(people.femi, 'femi');
    const [asha, bola, carys] = [
      await house.signedIn(people.asha, 'asha'),
      await house.signedIn(people.bola, 'bola'),
      await house.signedIn(people.carys, 'carys'),
    ];
    const terms = { absence: 'pay-if-you-come', decide: 'most-agree' };
    pool = await scene.started(femi, [asha, bola, carys, dev], { terms });
    small = await scene.started(femi, [asha, carys], { name: 'Two at chess', terms });
    alone = await scene.started(asha, [asha, bola, carys, dev], { name: 'Walkers', terms });
  }, 120_000);
  afterAll(() => scene?.close());

  it('from telling the broker to a way to go on', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}/people`);
    await asha.follow('When things are hard');
    await asha.says('There is no talk');
    await company.look(asha, 'talks-empty');
    await asha.follow('Tell the broker');
    await asha.press('Go on');
    await asha.says('Choose yes or no');
    await company.look(asha, 'talk-harm');
    await asha.tick('Yes, or I am not sure');
    await asha.press('Go on');
    await asha.says('Please do not write about it here');
    await asha.follow('Tell those who keep people safe');
    await asha.says('What worries you?');
    await asha.open(`/pools/${pool}/talks/new`);
    await asha.tick('No, it is about how we get on');
    await asha.press('Go on');
    await asha.press('Tell the broker');
    await asha.says('Choose who it is about');
    await asha.tick('Carys');
    await asha.fill('What does not go well?', 'She comes late every week, and we wait.');
    await asha.press('Tell the broker');
    await asha.says('The broker can read it now');

    const carys = await company.as('carys');
    await carys.open(`/pools/${pool}/talks`);
    await carys.says('There is no talk');
    await carys.saysNothingOf('late every week');

    const femi = await company.as('femi');
    await femi.open('/');
    await femi.follow('Somebody asks for your help');
    await femi.says('She comes late every week');
    await femi.press('Answer Asha');
    await company.look(femi, 'talks-chair');
    await femi.follow('Begin a talk with Carys');
    await femi.fill('What do you say to them?', 'The others wait for you on Fridays. How is it for you?');
    await femi.press('Begin the talk');
    await femi.says('Enter a real last day');
    await femi.fillDay('When do you meet?', ['25', '11', '2026']);
    await femi.fillDay('Until when can the others say how to go on?', ['30', '11', '2026']);
    await femi.press('Begin the talk');
    await femi.says('The talk has begun');
    await company.look(femi, 'talk-chair');

    await scene.house.settle();
    await carys.open('/inbox');
    await carys.says('would like to talk with you');
    await carys.open(`/pools/${pool}/talks`);
    await carys.follow('How things go with you');
    await carys.says('How is it for you?');
    await carys.press('Send my answer');
    await carys.check();
    await carys.fill('What do you want to say?', 'My bus comes late. I could take the one before.');
    await carys.fill('Who supports you? (you can leave this out)', 'my sister Nia');
    await carys.tick('The others can read it too');
    await carys.press('Send my answer');
    await carys.says('Your answer is written down');
    await company.look(carys, 'talk-member');

    const talk = new URL(carys.page.url()).pathname;
    for (const name of ['asha', 'bola', 'dev']) {
      const other = await company.as(name);
      await other.open(`/pools/${pool}/talks`);
      await other.follow('How things go with Carys');
      await other.says('My bus comes late.');
      await other.saysNothingOf('How is it for you?');
      await other.press('Say this');
      await other.says('Choose one of the answers');
      await other.tick('We need clear words that everyone keeps to');
      await other.fill('Why? (you can leave this out)', `A reason of ${name}`);
      await other.press('Say this');
      await other.says('You said: We need clear words that everyone keeps to.');
      if (name === 'dev') await company.look(other, 'talk-other');
    }
    await femi.open(talk);
    await femi.says('3 of 3 have said something.');
    await femi.saysNothingOf('A reason of');
    await femi.press('End this part');
    await femi.says('A reason of bola');
    await femi.tick('What we agreed');
    await femi.fill('What do you say to Carys?', 'We begin at ten past two, and Carys texts when she is late.');
    await femi.fillDay('When do you meet, or until when is it agreed?', ['8', '12', '2026']);
    await femi.fillDay('Until when can the others say how to go on?', ['10', '12', '2026']);
    await femi.press('Begin this step');
    await femi.says('The next part has begun');
    await carys.open(talk);
    await carys.says('The others ask for clear words');
    await carys.saysNothingOf('A reason of');
    await carys.says('ten past two');
    await femi.fill('How do you go on?', 'At ten past two, with a text. It works.');
    await femi.press('End the talk');
    await femi.says('Everyone can read how you go on');
    await company.look(femi, 'talk-over');
    await asha.open(`/pools/${pool}/history`);
    await asha.says('The group talked about how things go.');
    await asha.saysNothingOf('Carys came late');
  });

  it('in a group of two asks nobody to judge, and in a pool without a broker says how to get one', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${small}/talks`);
    await asha.says('In a small group nobody can send another away');
    await company.look(asha, 'talks-small');
    await asha.open(`/pools/${alone}/talks`);
    await asha.says('First you need a broker');
    await company.look(asha, 'talks-no-broker');
    const femi = await company.as('femi');
    await femi.open(`/pools/${alone}/take-on`);
    await femi.press('Help this pool');
    await femi.says('Every member has to name you');
  });
});
