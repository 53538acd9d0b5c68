/** A life with a keyboard alone, and on a screen enlarged to 400%: what a page must do for people who cannot use a mouse or see small print
 *  (WCAG 2.2: 1.4.10, 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11, 3.3.1). */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { LocalDate, PoolId } from '../../src/kernel/index.js';
import { Agreements, Pools } from '../../src/pools/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Keyboard } from './pages/keyboard.js';
import type { Visitor } from './pages/page.js';
import { preparedPayRun } from './pages/pay-run.js';
import { PoolScene } from './pages/pool-scene.js';
import { StaffScene } from './pages/staff-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);
/** A window of 1280 by 1024 enlarged to 400%. */
const ENLARGED = { width: 320, height: 256 };

describe('a holder with a keyboard alone', () => {
  let scene: PoolScene;
  let pool: PoolId;
  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    pool = await runningPool(scene);
    await scene.scene.openCard(scene.people.bola, { goals: ['gardening'] });
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene);

  it('signs in, is told of faults, and passes the menu by', async () => {
    const visitor = await company.visitor();
    await visitor.open('/sign-in');
    const keys = new Keyboard(visitor);
    expect(await keys.tab()).toMatchObject({ what: 'a', name: 'Skip to main content' });
    await keys.press('Enter', false);
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('maincontent');
    await keys.fill('input[text]', 'Your sign-in name', 'asha');
    await keys.fill('input[password]', 'Your password', 'not this one');
    await keys.press('Enter', true);
    expect(await keys.isToldOfFaults()).toMatchObject({ what: 'input[text]', name: 'Your sign-in name' });
    await keys.fill('input[password]', 'Your password', 'a password of theirs');
    await keys.press('Enter', true);
    expect(await visitor.heading()).toBe('Hello Asha');
  });

  it('is told of faults without scripts too: the summary has the focus, and Tab goes on from there', async () => {
    const visitor = await company.visitor({ javaScriptEnabled: false });
    await visitor.open('/sign-in');
    await visitor.press('Sign in');
    const keys = new Keyboard(visitor);
    expect(await keys.isToldOfFaults()).toMatchObject({ what: 'input[text]', name: 'Your sign-in name' });
  });

  it('reads the four numbers, writes a goal and a card, answers a suggestion and puts money in', async () => {
    const visitor = await company.as('asha');
    const keys = new Keyboard(visitor);
    await keys.follow('My money');
    for (const words of ['Free to spend', 'Spent', 'Promised', 'Agreed', '£1,200.00']) await visitor.says(words);
    await keys.follow(/^My care budget/);
    await visitor.says('This money was agreed.');

    await keys.follow('My good life');
    await keys.follow(/^Add a (first )?goal/);
    await keys.push('Save this goal');
    expect(await keys.isToldOfFaults()).toMatchObject({ what: 'textarea', name: 'What matters to you?' });
    await keys.type('Grow beans with others');
    for (const [part, number] of [
      ['Day', '27'],
      ['Month', '3'],
      ['Year', '2027'],
    ] as const)
      await keys.fill('input[text]', part, number);
    await keys.push('Save this goal');
    await visitor.says('Your goal is saved');
    await keys.follow('Grow beans with others');
    await keys.choose('3');
    await keys.push('Save my number');
    await visitor.says('You said 3 out of 10.');

    await keys.follow('Find others');
    await keys.follow('Make a card');
    await keys.follow('Make the card');
    await keys.push('Save and go on');
    expect(await keys.isToldOfFaults()).toMatchObject({ what: 'input[checkbox]' });
    await keys.tick('Gardening');
    await keys.push('Save and go on');
    await keys.push('Save and go on');
    await keys.choose('Gentle: plenty of time and rests');
    for (const button of [...Array.from({ length: 6 }, () => 'Save and go on'), 'Open the card']) await keys.push(button);
    await visitor.says('Your card is open');

    await scene.house.settle();
    await scene.scene.night();
    await keys.follow('See who we found');
    await visitor.says('both: gardening');
    await keys.push(/^Yes, I would like to meet/);
    await visitor.says('Thank you. Your answer is saved');

    await keys.follow('My pools');
    await keys.follow(/Friday Gardeners/);
    await keys.follow(/^Put money in/);
    await keys.push('Put it in');
    expect(await keys.isToldOfFaults()).toMatchObject({ what: 'input[text]' });
    await keys.type('40');
    await keys.push('Put it in');
    await visitor.says('Your money is in the pool');
  });

  const pages = (): Record<string, string> => {
    const life = `/people/${scene.people.asha}`;
    return {
      home: '/',
      money: `${life}/money`,
      plan: `${life}/plan`,
      'good life': `${life}/good-life`,
      goal: `${life}/goals/new`,
      'finding others': `${life}/suggestions`,
      pool: `/pools/${pool}`,
      'putting money in': `/pools/${pool}/put-in`,
      agreement: `/pools/${pool}/agreement`,
      messages: '/inbox',
    };
  };

  it('reaches everything on each main page, forwards and backwards, and is never held', async () => {
    const visitor = await company.as('asha');
    for (const path of Object.values(pages())) {
      await visitor.open(path);
      await new Keyboard(visitor).walk();
    }
  });

  it('reads each main page at 400% without scrolling sideways', async () => {
    const visitor = await company.as('asha', { viewport: ENLARGED, menu: true });
    for (const [page, path] of Object.entries(pages())) {
      await visitor.open(path);
      expect({ page, tooWide: await tooWide(visitor) }).toEqual({ page, tooWide: [] });
      await new Keyboard(visitor).walk();
    }
  });

  it.each([true, false])('signs in and gets help at 400%, scripts: %p', async (javaScriptEnabled) => {
    const visitor = await company.visitor({ viewport: ENLARGED, javaScriptEnabled });
    for (const path of ['/sign-in', '/help', '/worried', '/accessibility', '/no-such-page']) {
      await visitor.page.goto(`${scene.url}${path}`);
      expect({ path, fits: await visitor.fits() }).toEqual({ path, fits: true });
    }
  });
});

describe('what the keyboard notices', () => {
  const walked = async (page: string): Promise<void> => {
    const context = await browser().newContext();
    try {
      const shown = await context.newPage();
      await shown.setContent(`<title>A page</title><style>a:focus { outline: 3px solid }</style>${page}`);
      await new Keyboard({ page: shown } as Visitor).walk();
    } finally {
      await context.close();
    }
  };

  it('nothing, where all is well', () => walked('<a href="#1">One</a> <a href="#2">Two</a>'));

  it.each([
    ['a focus that is not seen', '<a href="#1">One</a> <a href="#2" style="outline: none">Two</a>', /isSeen/],
    ['a control under something else', '<a href="#1">One</a><div style="position: fixed; inset: 0; background: white"></div>', /isInSight/],
    ['an order of its own', '<a href="#1">One</a> <a href="#2" tabindex="1">Two</a>', /isAfter|places/],
    [
      'a control that is passed by',
      '<a href="#1">One</a> <button>Two</button><script>document.querySelector("button").onfocus = (e) => e.target.blur()</script>',
      /places/,
    ],
    [
      'a trap',
      '<a href="#1">One</a> <a href="#2">Two</a><script>addEventListener("keydown", (e) => { if (document.activeElement.hash === "#2") e.preventDefault(); })</script>',
      /isAfter/,
    ],
  ])('%s', (_name, page, says) => expect(walked(page)).rejects.toThrow(says));
});

describe('a finance officer with a keyboard alone', () => {
  let scene: StaffScene;
  let run = '';
  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    run = await preparedPayRun(scene);
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { outOfSight: true });

  it('finds the pay run that waits, looks at its lines, and approves it', async () => {
    const visitor = await company.as('vera');
    const keys = new Keyboard(visitor);
    await keys.follow(/Approve the pay run of £80\.00/);
    expect(new URL(visitor.page.url()).pathname).toBe(`/pay-runs/${run}`);
    await keys.to('a', /^PAY-/);
    await keys.push('Approve 1 payment');
    await visitor.says('The run is approved');
    await keys.push('Release this run');
    await visitor.says('The run is released');
  });

  it('works on each of the officers’ main pages, at 100% and at 400%', async () => {
    for (const viewport of [{ width: 1280, height: 1024 }, ENLARGED]) {
      const visitor = await company.as('una', { viewport, menu: viewport === ENLARGED });
      for (const path of ['/', '/pay-runs', `/pay-runs/${run}`, '/payments', '/payees', '/statements', '/breaks', '/proof']) {
        await visitor.open(path);
        expect({ path, viewport, tooWide: await tooWide(visitor) }).toEqual({ path, viewport, tooWide: [] });
        await new Keyboard(visitor).walk();
      }
    }
  });
});

/** What makes the page wider than its window; nothing when it fits. */
const tooWide = (visitor: Visitor): Promise<string[]> =>
  visitor.page.evaluate<string[]>(`document.scrollingElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
      .map((each) => each.tagName.toLowerCase() + '.' + each.getAttribute('class')).slice(0, 8)`);

/** A pool of the three neighbours with an agreement that all of them agreed to. */
async function runningPool({ scene, treasury, people }: PoolScene): Promise<PoolId> {
  const { house } = scene;
  const femi = await scene.actor(people.femi);
  const members = [people.asha, people.bola, people.carys];
  const { poolId } = await house.app.get(Pools).propose(femi, {
    name: 'Friday Gardeners',
    purpose: 'Grow food and have company.',
    members: members.map((personId) => ({ personId })),
  });
  const agreements = house.app.get(Agreements);
  const { agreementId, contentHash } = await agreements.offer(await scene.actor(people.femi), poolId, {
    split: 'equal',
    absence: 'pay-to-hold-place',
    noticeDays: 28,
    decide: 'all-agree',
    moneyHolderBook: treasury,
    feesOwedBy: 'money-holder',
    reviewOn: '2027-05-20' as LocalDate,
    text: 'We garden on Fridays.',
  });
  for (const person of members) await agreements.assent(await scene.actor(person), agreementId, { contentHash, format: 'standard' });
  await house.settle();
  return poolId;
}
