import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { StaffScene } from './pages/staff-scene.js';

jest.setTimeout(120_000);
const browser = oneBrowser();

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a provider in the directory, %s', (_name, javaScriptEnabled) => {
  let scene: StaffScene;
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    for (const name of ['Wren', 'Otis']) {
      const { id } = await scene.house.person(name);
      scene.names.set(name.toLowerCase(), id);
      await scene.caller(name.toLowerCase());
    }
  }, 120_000);
  afterAll(() => scene?.close());

  it('begins a listing, finishes it another time, confirms it, takes it off and comes back', async () => {
    const wren = await company.as('wren');
    await wren.open('/provider/listings');
    await wren.says('You are not in the directory');
    await company.look(wren, 'listings-empty');
    await wren.follow('Begin and finish later');
    await wren.press('Save');
    expect(await wren.page.title()).toMatch(/^Error: /);
    await wren.says('Choose what you are');
    await wren.fill('Your name, or the name of your group or business', 'Leaf and Spade');
    await wren.tick('One person');
    await company.look(wren, 'begin-listing');
    await wren.press('Save');
    await wren.says('Your listing is begun');
    await wren.says('Begun: only you see it');
    await company.look(wren, 'listing-draft');
    const address = new URL(wren.page.url()).pathname;

    await wren.open('/');
    await wren.follow('Finish the listing of Leaf and Spade');
    await wren.follow('Finish it and put it in the directory');
    expect(await wren.page.getByLabel('Your name, or the name of your group or business').inputValue()).toBe('Leaf and Spade');
    expect(await wren.page.getByLabel('One person').isChecked()).toBe(true);
    await wren.fill('What you offer, in a few words', 'Gardening together');
    await wren.press('Put me in the directory');
    await wren.says('Enter the first half of your postcode, like M33');
    await wren.fill('One word people would search for', 'gardening');
    await wren.fill('Tell people about it', 'We dig, and we drink tea.');
    await wren.fill('The first half of the postcode', 'm33');
    await wren.tick('Monday');
    await wren.fill(/Your price/, '59');
    await wren.tick('For a session');
    await company.look(wren, 'publish-listing');
    await wren.press('Put me in the directory');
    await wren.says('You are in the directory');
    await wren.says('£59.00, for a session');
    await wren.says('20 November 2027');
    await company.look(wren, 'listing-listed');

    scene.house.clock.set(new Date('2026-12-01T10:00:00Z'));
    const again = await company.as('wren');
    await again.open(address);
    await again.press('Everything here is still right');
    await again.says('Thank you for checking');
    await again.says('1 December 2027');

    await again.follow('Take it off the directory');
    await company.look(again, 'withdraw-listing');
    await again.fill(/^Why/, 'x'.repeat(501));
    await again.press('Take it off');
    await again.says('Say why in 500 characters or fewer');
    await again.fill(/^Why/, 'I go away for the winter.');
    await again.press('Take it off');
    await again.says('You are no longer in the directory');
    await company.look(again, 'listing-withdrawn');
    await again.follow('Put it back in the directory');
    await again.says('Put Leaf and Spade in the directory');
    await again.open('/');
    await again.follow('Your listings in the directory');
    await again.says('Not in the directory');
    await company.look(again, 'listings');

    const otis = await company.as('otis');
    for (const path of ['', '/publish', '/withdraw']) expect([path, (await otis.page.goto(`${scene.url}${address}${path}`))?.status()]).toEqual([path, 404]);
  });
});
