/** A group pledges in the portal, and says what each brings beside money: a member asks, others pledge with both days before their eyes, one changes their mind, and the money goes in. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Jobs } from '../../src/platform/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('pledging together, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool = '';
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people } = scene;
    const rosaId = await scene.scene.supporter('Rosa', 'rosa', 'representative', people.bola);
    const [asha, carys, rosa, femi] = await Promise.all([
      scene.house.signedIn(people.asha, 'asha'),
      scene.house.signedIn(people.carys, 'carys'),
      scene.house.signedIn(rosaId, 'rosa'),
      scene.house.signedIn(people.femi, 'femi'),
    ]);
    pool = await scene.started(femi, [asha, [people.bola, rosa], carys], { terms: { moneyHolderBook: scene.treasury, feesOwedBy: 'money-holder' } });
  }, 120_000);
  afterAll(() => scene?.close());

  it('from an idea to money in the pool', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}`);
    await asha.follow('Pledges');
    await asha.says('Nothing has been asked for yet');
    await asha.check();
    await asha.follow('Ask everyone to pledge');
    await asha.press('Ask everyone to pledge');
    await asha.says('Say what the money is for, in 1 to 300 letters');
    await asha.says('Choose what happens if there is not enough');
    await asha.check();
    await asha.fill('What is the money for?', 'A greenhouse');
    await asha.fill('How much do you need together, in pounds?', '150');
    await asha.fillDay('Until when can people change their mind?', ['22', '11', '2026']);
    await asha.fillDay('By when does there have to be enough?', ['20', '12', '2026']);
    await asha.tick('We go on with what there is, if it is enough for something smaller');
    await asha.press('Ask everyone to pledge');
    await asha.says('Enter the least that would do, like 80 or 80.50');
    await asha.fill('If you would go on with less: what is the least, in pounds?', '60');
    await asha.press('Ask everyone to pledge');
    await asha.says('Choose a day that is 7 days away or more');
    await asha.fillDay('Until when can people change their mind?', ['1', '12', '2026']);
    await company.look(asha, 'pledge-new');
    await asha.press('Ask everyone to pledge');
    await asha.says('Everyone can see this now');
    expect(await asha.heading()).toBe('A greenhouse');
    await asha.says('£0.00 of £150.00 pledged');
    await asha.says('Nobody has pledged yet.');
    await asha.says('You can change your mind until 1 December 2026.');
    await asha.says('If there is less than £60.00, everyone’s money is free again.');
    await asha.check();
    // As long as nobody has pledged, the sum can change.
    await asha.fill('Another sum, as long as nobody has pledged', '120');
    await asha.press('Change the sum');
    await asha.says('£0.00 of £120.00 pledged');
    await asha.press('Pledge this');
    await asha.says('Enter an amount, like 120 or 120.50');
    await asha.check();
    await asha.fill('How much do you pledge?', '99999');
    await asha.press('Pledge this');
    await asha.says('free in this line');
    await asha.fill('How much do you pledge?', '50');
    await asha.press('Pledge this');
    await asha.says('Your pledge is written down');
    await asha.says('You pledged £50.00');
    await asha.says('People have pledged towards £120.00, so this sum stays.');
    await asha.check();
    await company.look(asha, 'pledge-open');

    const carys = await company.as('carys');
    await carys.open(`/pools/${pool}/pledges`);
    await carys.says('£50.00 of £120.00 pledged');
    await carys.check();
    await carys.follow('A greenhouse');
    await carys.fill('How much do you pledge?', '30');
    await carys.press('Pledge this');
    await carys.says('Choose how to pay');
    await carys.tick('By bank transfer');
    await carys.fill('Did someone help you? (you can leave this out)', 'my brother');
    await carys.press('Pledge this');
    await carys.says('You pledged £30.00');
    await carys.says('Help came from my brother.');
    await carys.press('Take my pledge back');
    await carys.says('Your pledge is taken back');
    await carys.says('You took your pledge back.');
    await carys.fill('How much do you pledge?', '30');
    await carys.tick('By bank transfer');
    await carys.press('Pledge this');

    const rosa = await company.as('rosa');
    await rosa.open(`/pools/${pool}/pledges`);
    await rosa.follow('A greenhouse');
    await rosa.says('for Bola');
    await rosa.says('Asha and Carys have pledged. That is 2 of 3 people.');
    await rosa.saysNothingOf('£50.00');
    await rosa.saysNothingOf('£30.00');
    await rosa.fill('How much do you pledge?', '20');
    await rosa.press('Pledge this');
    await rosa.says('£100.00 of £120.00 pledged');
    await rosa.check();

    // The day after the last free one it is firm; larger it may become.
    scene.house.clock.set(new Date('2026-12-02T09:00:00Z'));
    const later = await company.as('asha');
    await later.open(`/pools/${pool}/pledges`);
    await later.follow('A greenhouse');
    await later.says('A pledge you make now is firm');
    await later.saysNothingOf('Take my pledge back');
    await later.fill('How much do you pledge, in all?', '40');
    await later.press('Change my pledge');
    await later.says('a pledge can be made larger, but not smaller');
    await later.check();
    await company.look(later, 'pledge-firm');

    scene.house.clock.set(new Date('2026-12-21T00:15:00Z'));
    await scene.house.app.get(Jobs).runJob('pools.close-pledges', scene.house.clock.now());
    await scene.house.settle();
    const over = await company.as('asha');
    await over.open(`/pools/${pool}/pledges`);
    await over.says('Going on with less');
    await over.check();
    await over.follow('A greenhouse');
    await over.says('£100.00 of £120.00 went into the pool');
    await over.says('It went into the pool.');
    await over.check();
    await company.look(over, 'pledge-over');
    await over.open('/inbox');
    await over.says('Friday Gardeners goes on with less');
    await over.open(`/pools/${pool}/history`);
    await over.says('Less was pledged than you hoped for.');
    await over.says('You asked everyone to pledge money for something.');
    await over.open(`/pools/${pool}/money`);
    await over.says('£50.00');
    scene.house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });

  it('beside money: a neighbour without a budget joins, and says what she brings', async () => {
    const { house } = scene;
    const nell = (await house.person('Nell')).id;
    const [neighbour, femi] = [await house.signedIn(nell, 'nell'), await house.signedIn(scene.people.femi, 'femi')];
    await femi.must('post', `pools/${pool}/members`, { personId: nell, withoutMoney: true });
    await house.settle();
    const { agreements } = (await neighbour.get<{ agreements: { id: string; contentHash: string }[] }>(`pools/${pool}`)).body;
    const visitor = await company.as('nell');
    await visitor.open('/');
    await visitor.check();
    await visitor.follow('My pools');
    await visitor.follow('Friday Gardeners');
    await visitor.follow('Read the agreement and say if you agree');
    await visitor.check();
    await neighbour.must('post', `agreements/${agreements[0]!.id}/assent`, { contentHash: agreements[0]!.contentHash, format: 'standard' });
    await house.settle();
    await visitor.open(`/pools/${pool}`);
    await visitor.says('In the pool, without putting money in');
    await visitor.saysNothingOf('Put money in');
    await visitor.check();
    await visitor.open(`/pools/${pool}/put-in`);
    await visitor.says('If you want to pay a part, you can put in money of your own.');
    await visitor.open(`/pools/${pool}`);
    await visitor.follow('Say what you bring');
    await visitor.says('Nobody has said yet what they bring');
    await visitor.press('Bring this');
    await visitor.says('Choose what kind of thing it is');
    await visitor.says('Say what you bring, in 1 to 300 letters');
    await visitor.check();
    await visitor.tick('A way to get there');
    await visitor.fill('What is it?', 'Room for four in my car');
    await visitor.press('Bring this');
    await visitor.says('Everyone in the pool can see what you bring.');
    await visitor.check();
    await company.look(visitor, 'gifts');
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}`);
    await asha.says('Room for four in my car');
    await asha.check();
    await company.look(asha, 'gifts-overview');
    await asha.follow('See or say what each brings');
    await asha.saysNothingOf('Take this back');
    await visitor.press('Take this back');
    await visitor.says('The others do not see it any more.');
    await visitor.open(`/pools/${pool}/history`);
    await visitor.says('You bring a way to get there.');
  });
});
