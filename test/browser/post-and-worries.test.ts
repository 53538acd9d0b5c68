import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { announce } from '../../src/platform/index.js';
import type { PersonId } from '../../src/kernel/index.js';
import { newId } from '../../src/kernel/index.js';
import { launchChromium } from '../support/chromium.js';
import { Visitor } from './pages/page.js';
import { StaffScene } from './pages/staff-scene.js';

let browser: Browser;
const shots = process.env['SHOTS'];
jest.setTimeout(120_000);

beforeAll(async () => {
  browser = await launchChromium();
}, 120_000);
afterAll(() => browser?.close());

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('the post and the desk of worries, %s', (_name, javaScriptEnabled) => {
  let scene: StaffScene;
  let [asha, bola, cleo, dot] = [] as unknown as [PersonId, PersonId, PersonId, PersonId];
  const visitors: Visitor[] = [];

  const tell = async (person: PersonId): Promise<void> => {
    await scene.house.database.transaction(scene.house.system({ people: [person] }), (tx) =>
      announce(tx, { name: 'budgetOpened', about: { people: [person] }, payload: { budgetId: newId(), personId: person, lineIds: [] } }),
    );
    await scene.house.settle();
  };

  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    asha = await scene.holder('Asha', '9990000018', { reachBy: 'letter', reachFormat: 'large-print' });
    bola = await scene.holder('Bola', '9990000026', { reachBy: 'email', reachFormat: 'easy-read' });
    cleo = await scene.holder('Cleo', '9990000034', { reachBy: 'phone', phone: '07700 900123' });
    dot = await scene.holder('Dot', '9990000042', { reachBy: 'text', phone: '07700 900456', reachFormat: 'easy-read' });
    for (const person of [asha, bola, cleo, dot]) await tell(person);
    const lena = await scene.house.person('Lena', [{ role: 'safeguarding-lead', on: 'icb', id: scene.icb }]);
    scene.names.set('lena', lena.id);
    await scene.caller('lena');
    await scene.house.run('post-carry');
    await scene.house.settle();
  }, 120_000);
  afterAll(() => scene?.close());
  afterEach(async () => {
    for (const visitor of visitors.splice(0)) {
      expect(visitor.complaints).toEqual([]);
      await visitor.close();
    }
    await scene.house.settle();
    expect(await scene.house.faults()).toEqual({});
  });

  async function as(username: string): Promise<Visitor> {
    const visitor = await Visitor.with(browser, scene.url, { javaScriptEnabled });
    visitor.page.setDefaultTimeout(8_000);
    visitors.push(visitor);
    await visitor.signIn(username);
    return visitor;
  }

  async function look(visitor: Visitor, name: string): Promise<void> {
    for (const width of [375, 1280]) {
      await visitor.page.setViewportSize({ width, height: 900 });
      expect({ name, width, fits: await visitor.fits() }).toEqual({ name, width, fits: true });
      if (shots) await visitor.page.screenshot({ path: `${shots}/${name}-${javaScriptEnabled ? 'js' : 'plain'}-${width}.png`, fullPage: true });
    }
  }

  it('lets an operator see what failed, put an address right, print the letters and mark them as posted', async () => {
    const otto = await as('otto');
    await otto.says('1 letter to print and post');
    await otto.says('1 message could not be delivered');
    await look(otto, 'operator-home');
    await otto.follow('Post');
    await otto.says('Emails go to the demonstration mailbox (nothing leaves this machine).');
    await otto.says('We do not know the address or number.');
    await otto.saysNothingOf('Bola');
    await look(otto, 'post');
    await otto.press(/Send as a letter/);
    await otto.says('It goes as a letter');
    await otto.follow('Letters to print and post');
    await otto.says('An address is missing or wrong');
    await look(otto, 'letters-hindered');
    for (let n = 0; n < 2; n++) {
      await otto.follow(/Put the address right/);
      if (n === 0) {
        await otto.press('Save the address');
        await otto.says('Enter the address, one line under the other, with its postcode');
        expect(await otto.page.title()).toMatch(/^Error: /);
      }
      await otto.fill('Address', '7 Invented Row\nMerebrook\nZZ1 1AA');
      await look(otto, 'letter-address');
      await otto.press('Save the address');
      await otto.says('The address is written down');
    }
    await look(otto, 'letters');
    await otto.follow('See the letters and print them');
    await otto.says('7 Invented Row');
    await look(otto, 'letter-pack');
    await otto.page.emulateMedia({ media: 'print' });
    expect(await otto.page.locator('.cp-header').isVisible()).toBe(false);
    expect(await otto.page.locator('form.cp-notprinted').isVisible()).toBe(false);
    expect(await otto.page.evaluate(`getComputedStyle(document.querySelector('.cp-letter--large-print .cp-letter__words p')).fontSize`)).toBe('24px');
    if (shots) await look(otto, 'letters-printed');
    await otto.page.emulateMedia({ media: 'screen' });
    await otto.page.locator('[name="postedOn-day"]').fill('29');
    await otto.press('Printed and posted');
    await otto.says('Enter today or a day before');
    await otto.page.locator('[name="postedOn-day"]').fill('20');
    await otto.press('Printed and posted');
    await otto.says('Marked as posted');
    await otto.says('No letter is ready');
    const [letter] = (await scene.house.database.read(scene.house.system({ people: [asha] }), (tx) =>
      tx.rows<{ reference: string }>('select reference from post_item where person_id = $1', [asha]),
    )) as [{ reference: string }];
    await otto.fill('Reference on the letter', letter.reference);
    await otto.press('Write it down');
    await otto.says('Choose why it came back');
    await otto.tick(/Gone away/);
    await otto.press('Write it down');
    await otto.says('Written down: gone away');
  });

  it('lists calls to make and what lies in the demonstration mailbox', async () => {
    const otto = await as('otto');
    await otto.open('/post/calls');
    await otto.says('Cleo Invented');
    await otto.says('07700 900123');
    await look(otto, 'calls');
    await otto.press(/We spoke/);
    await otto.says('Nobody to phone');
    await otto.open('/post/mailbox');
    await otto.says('Text to 07700 900456');
    await otto.says('nothing leaves this machine');
    await look(otto, 'mailbox');
  });

  it('keeps the post from everybody else', async () => {
    const carol = await as('carol');
    for (const path of ['/post', '/post/letters', '/post/letters/pack', '/post/calls', '/post/mailbox', '/worries'])
      expect([path, (await carol.page.goto(`${scene.url}${path}`))?.status()]).toEqual([path, 404]);
  });

  it('lets a safeguarding lead read a worry, take it, write down what was done and close it', async () => {
    const visitor = await Visitor.with(browser, scene.url, { javaScriptEnabled });
    visitors.push(visitor);
    await visitor.open('/worried?from=/help');
    await visitor.fill('What worries you?', 'Somebody takes my money.');
    await visitor.press('Tell us');
    await visitor.says(/Your reference is WOR-/);
    const lena = await as('lena');
    await lena.says(/Read and take WOR-/);
    await look(lena, 'lead-home');
    await lena.follow('Worries');
    await lena.saysNothingOf('Somebody takes my money.');
    await look(lena, 'worries');
    await lena.follow(/WOR-/);
    await lena.says('Somebody takes my money.');
    await lena.says('Somebody who gave no name');
    await look(lena, 'worry-unanswered');
    await lena.press('I take this');
    await lena.says('You have this worry now');
    await lena.follow('Write down what was done');
    await lena.press('Save');
    await lena.says('Write down what was done, in 4,000 characters or fewer');
    await lena.fill('What you did, and what comes next', 'Phoned the bank with her.\nNext: see her on Monday.');
    await look(lena, 'worry-note');
    await lena.press('Save');
    await lena.says('Lena Invented wrote down what was done.');
    await lena.follow('Close it');
    await lena.fill('Why it can be closed', 'The council looks into it.');
    await lena.press('Close the worry');
    await lena.says('Choose how it ended');
    await lena.tick('The council’s safeguarding team was told');
    await look(lena, 'worry-close');
    await lena.press('Close the worry');
    await lena.says('The worry is closed');
    await look(lena, 'worry-closed');
    await lena.open('/worries?which=closed');
    await lena.says('The council’s safeguarding team was told');
    await lena.open('/');
    await lena.says('No worry waits for you.');
  });
});
