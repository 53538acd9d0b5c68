/** One's own account at a browser: the password changed, a wrong one refused, and a first one changed before anything else. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SignIn, Staff } from '../../src/identity/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { House } from '../support/house.js';
import { Company, oneBrowser } from './pages/company.js';

const browser = oneBrowser();
jest.setTimeout(120_000);
const FIRST = 'a password of theirs';

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('one’s own account, %s', (_name, javaScriptEnabled) => {
  let house: House;
  beforeAll(async () => {
    house = await House.open({ at: '2026-04-01T10:00:00Z' });
    const { id } = await house.person('Carys');
    await house.database.transaction(house.system({ people: [id] }), (tx) => house.app.get(SignIn).setPassword(tx, id, 'carys', FIRST));
    await house.app.get(Staff).add(systemActor('operator', {}), {
      name: 'New Starter',
      username: 'starter',
      password: FIRST,
      grant: { role: 'operator', object: { on: 'site', id: null } },
    });
  }, 120_000);
  afterAll(() => house?.close());
  const company = Company.of(browser, () => ({ house, url: house.url }), { javaScriptEnabled });

  it('a wrong password changes nothing; the right one does, and signs out everywhere else', async () => {
    const [carys, elsewhere] = [await company.as('carys'), await company.as('carys')];
    await carys.follow(/Signed in as/);
    await carys.says('Your sign-in name');
    await company.look(carys, 'account');
    await carys.follow('Change my password');
    await carys.press('Change my password');
    await carys.says('Enter the password you have now');
    await carys.says('Enter a new password');
    await carys.fill(/The password you have now/, 'not the one');
    await carys.fill(/Your new password/, 'seven green kettles');
    if (javaScriptEnabled) {
      await carys.page.getByRole('button', { name: 'Show password' }).last().click();
      expect(await carys.page.locator('#newPassword').getAttribute('type')).toBe('text');
    } else expect(await carys.page.getByRole('button', { name: 'Show' }).count()).toBe(0);
    await carys.press('Change my password');
    await carys.says('There is a problem');
    await carys.says('This is not the password you have now');
    expect(await carys.page.title()).toContain('Error:');
    expect(await carys.page.locator('#newPassword').inputValue()).toBe('');
    await company.look(carys, 'password-wrong');
    await carys.fill(/The password you have now/, FIRST);
    await carys.fill(/Your new password/, 'Password 1234');
    await carys.press('Change my password');
    await carys.says('Many people would think of this password first');
    await carys.fill(/The password you have now/, FIRST);
    await carys.fill(/Your new password/, 'seven green kettles');
    await carys.press('Change my password');
    await carys.says('Your password is changed');
    await company.look(carys, 'password-changed');
    await elsewhere.page.goto(`${house.url}/account`);
    expect(new URL(elsewhere.page.url()).pathname).toBe('/sign-in');
  });

  it('whoever came in with a first password chooses their own before anything else', async () => {
    const starter = await company.as('starter');
    await starter.says('Choose a password of your own');
    await starter.open('/sessions');
    await starter.says('Choose a password of your own');
    await company.look(starter, 'password-first');
    await starter.fill(/The password we gave you/, FIRST);
    await starter.fill(/Your new password/, 'seven green kettles');
    await starter.press('Save the new password');
    await starter.says('Your password is changed');
    await starter.open('/sessions');
    await starter.says('Where I am signed in');
  });
});
