import { afterAll, beforeAll, describe, jest, it } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { StaffScene } from './pages/staff-scene.js';

const browser = oneBrowser();
jest.setTimeout(120_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('closing the accounts of a month, %s', (_name, javaScriptEnabled) => {
  let scene: StaffScene;
  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    scene.house.clock.set(new Date('2027-01-05T10:00:00Z'));
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  it('the finance officer finds it from the proof, is told what is wrong, and closes December', async () => {
    const una = await company.as('una');
    await una.open('/proof');
    await una.follow('Close the accounts of a month');
    await una.says('The accounts are open from 20 November 2026.');
    await una.says('Nothing was closed yet.');
    await company.look(una, 'closes');
    await una.page.locator('[name="untilOn-month"]').fill('13');
    await una.press('Close the accounts before this day');
    await una.says('Enter the first day that stays open');
    await una.page.locator('[name="untilOn-month"]').fill('2');
    await una.press('Close the accounts before this day');
    await una.says('A period can be closed when its last day is over.');
    await company.look(una, 'closes-fault');
    await una.page.locator('[name="untilOn-month"]').fill('1');
    await una.press('Close the accounts before this day');
    await una.says('The accounts are closed up to the day you chose');
    await una.says('20 November 2026 to 31 December 2026');
    await una.says('5 January 2027 by you');
    await una.says('The accounts are open from 1 January 2027.');
    await company.look(una, 'closes-done');
  });

  it('the auditor sees what was closed and closes nothing', async () => {
    const adil = await company.as('adil');
    await adil.open(`/closes?book=${scene.t}`);
    await adil.says('20 November 2026 to 31 December 2026');
    await adil.saysNothingOf('Close the accounts before this day');
    await company.look(adil, 'closes-auditor');
  });
});
