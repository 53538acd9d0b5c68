/** A broker writes about visits: without scripts, without signal, and on two devices; the person reads it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrokerQueries, Brokers, VisitQueries, wordsIn } from '../../src/brokers/index.js';
import type { PersonId } from '../../src/kernel/index.js';
import { Company, oneBrowser } from './pages/company.js';
import { Keyboard } from './pages/keyboard.js';
import type { Visitor } from './pages/page.js';
import { Scene } from './pages/scene.js';

const browser = oneBrowser();
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

/** What this device holds of notes. */
const onDevice = (visitor: Visitor): Promise<string[]> =>
  visitor.page.evaluate<string[]>(`Object.keys(localStorage).filter((key) => key.startsWith('cp-visit:')).map((key) => localStorage.getItem(key))`);
const status = (visitor: Visitor) => visitor.page.locator('[data-visit-status]');

describe('with scripts switched off', () => {
  const company = Company.of(browser, () => scene, { javaScriptEnabled: false });

  it('a note is an ordinary form; two devices that wrote the same paragraph are both kept, and the broker settles it', async () => {
    const desk = await company.as('bea');
    await desk.follow('People');
    await desk.follow(/^Visits and calls/);
    await desk.follow('Write about a visit');
    await desk.fill('Who was there', 'Asha and her aunt');
    await desk.fill('What we talked about', 'The choir on Mondays.');
    await desk.fill('What happens next', 'Bea rings the choir.');
    await desk.press('Keep this note');
    await desk.says('Your note is kept');
    const phone = await company.as('bea');
    await phone.open(new URL(desk.page.url()).pathname);
    await phone.fill('Paragraph 1', 'The choir on Mondays at 2.');
    await phone.press('Keep this note');
    await desk.fill('Paragraph 1', 'The choir, but not on Mondays.');
    await desk.fill('Who was there', 'Asha, her aunt and Bea');
    await desk.press('Keep this note');
    await desk.says('Settle this: Paragraph 1');
    await desk.says('The choir on Mondays at 2.');
    await desk.says('The choir, but not on Mondays.');
    expect(await desk.page.getByLabel('Who was there').inputValue()).toBe('Asha, her aunt and Bea');
    await company.look(desk, 'visit-to-settle');
    await desk.press(/^Keep all/);
    await desk.says('That is settled');
    expect(await desk.page.getByLabel('Paragraph 1').inputValue()).toBe('The choir, but not on Mondays.\n\nThe choir on Mondays at 2.');
    // Sent once more from the page before: it says nothing new, and asks nothing.
    await desk.press('Keep this note');
    await desk.saysNothingOf('Settle this');

    const ashas = await company.as('asha');
    await ashas.follow('My brokers');
    await ashas.follow('Visits');
    await ashas.follow(/^Visit on 20 November 2026/);
    await ashas.says('Asha, her aunt and Bea');
    await ashas.says('Bea rings the choir.');
    expect(await ashas.page.getByRole('button', { name: 'Keep this note' }).count()).toBe(0);
  });

  it('a day that cannot be comes back with all that was typed', async () => {
    const desk = await company.as('bea');
    await desk.open(`/people/${asha}/visits/new`);
    await desk.fill('Day', '31');
    await desk.fill('Month', '2');
    await desk.fill('What we talked about', 'Stairs.');
    await desk.press('Keep this note');
    await desk.says('Enter a real date');
    expect(
      await desk.page
        .getByLabel(/What we talked about|Another paragraph/)
        .first()
        .inputValue(),
    ).toMatch(/Stairs\.|/);
    expect(await desk.page.locator('textarea').evaluateAll((all) => all.map((each) => (each as unknown as { value: string }).value))).toContain('Stairs.');
  });
});

describe('with scripts', () => {
  const company = Company.of(browser, () => scene);
  /** The browser says so in its console when it has no network: that is all it may say. */
  const offlineComplaints = (visitor: Visitor): void =>
    expect([...new Set(visitor.complaints.splice(0).map((each) => each.replace(/.*net::/, '')))]).toEqual(['ERR_INTERNET_DISCONNECTED']);

  it('without signal the words stay on the device, and are sent and removed from it when there is signal again', async () => {
    const phone = await company.as('bea');
    await phone.open(`/people/${asha}/visits/new`);
    const laptop = await company.as('bea');
    await phone.page.context().setOffline(true);
    await phone.fill('What we talked about', 'Swimming on Sundays.');
    await phone.page.getByRole('button', { name: 'Keep this note' }).click();
    await status(phone).getByText('No signal').waitFor();
    await phone.fill('Another paragraph', 'Her brother drives.');
    expect((await onDevice(phone)).join()).toMatch(/Swimming on Sundays.*Her brother drives/);
    await phone.page.getByRole('button', { name: 'Remove my words from this device' }).waitFor();
    // A second press within a second counts as a slip of the hand.
    await phone.page.waitForTimeout(1_100);
    await phone.page.getByRole('button', { name: 'Keep this note' }).click();
    await phone.page.waitForTimeout(200);
    await phone.page.context().setOffline(false);
    await phone.page.getByText('Your note is kept').waitFor();
    offlineComplaints(phone);
    expect(await onDevice(phone)).toEqual([]);
    await phone.check();
    await phone.says('Nothing of it stays on this device');
    expect(await phone.page.getByLabel('Paragraph 1').inputValue()).toBe('Swimming on Sundays.');
    expect(await phone.page.getByLabel('Paragraph 2').inputValue()).toBe('Her brother drives.');

    // The day on the page went with it, whenever it was sent.
    const note = new URL(phone.page.url()).pathname.split('/').at(-1) as never;
    expect(wordsIn((await scene.house.app.get(VisitQueries).note(await scene.actor(asha), asha, note)).parts, 'day')).toBe('2026-11-20');

    // The same paragraph on both, the telephone out of reach: closed in between, opened again later.
    const path = new URL(phone.page.url()).pathname;
    await laptop.open(path);
    await phone.page.context().setOffline(true);
    await phone.fill('Paragraph 1', 'Swimming on Sundays, with her brother.');
    await laptop.fill('Paragraph 1', 'Swimming, and tea after it.');
    await laptop.page.getByRole('button', { name: 'Keep this note' }).click();
    await laptop.page.getByText('Your note is kept').waitFor();
    await phone.page.context().setOffline(false);
    await phone.open(path);
    await status(phone).getByText('you typed on this device').waitFor();
    expect(await phone.page.getByLabel('Paragraph 1').inputValue()).toBe('Swimming on Sundays, with her brother.');
    await phone.page.getByRole('button', { name: 'Keep this note' }).click();
    await phone.page.getByText('Settle this: Paragraph 1').waitFor();
    await phone.says('Swimming, and tea after it.');
    await phone.says('Swimming on Sundays, with her brother.');
    await phone.check();
    await company.look(phone, 'visit-to-settle');
    await phone.press(/^Keep this one ?: Swimming, and tea/);
    await phone.says('That is settled');
    await phone.says('Earlier words');
    expect(await onDevice(phone)).toEqual([]);
  });

  it('words can be taken off the device again, and a wrong day is said at once', async () => {
    const phone = await company.as('bea');
    await phone.open(`/people/${asha}/visits/new`);
    await phone.fill('What we talked about', 'A secret.');
    await phone.fill('Month', '13');
    await phone.page.getByRole('button', { name: 'Keep this note' }).click();
    await status(phone).getByText('Enter a real date').waitFor();
    expect((await onDevice(phone)).length).toBe(1);
    await phone.page.getByRole('button', { name: 'Remove my words from this device' }).click();
    await phone.page.waitForLoadState();
    expect(await onDevice(phone)).toEqual([]);
  });

  it('who was dismissed meanwhile is told that it was not taken, and can remove it', async () => {
    const phone = await company.as('bea');
    await phone.open(`/people/${asha}/visits/new`);
    await phone.page.context().setOffline(true);
    await phone.fill('What we talked about', 'Too late.');
    await phone.page.getByRole('button', { name: 'Keep this note' }).click();
    await status(phone).getByText('No signal').waitFor();
    const me = await scene.actor(asha);
    const [appointment] = await scene.house.app.get(BrokerQueries).appointmentsOf(me, asha);
    await scene.house.app.get(Brokers).end(me, appointment!.id);
    await phone.page.context().setOffline(false);
    await status(phone).getByText('You no longer help this person').waitFor();
    offlineComplaints(phone);
    expect((await onDevice(phone)).join()).toContain('Too late.');
    await phone.page.getByRole('button', { name: 'Remove my words from this device' }).click();
    await phone.page.waitForLoadState();
    expect(await onDevice(phone)).toEqual([]);
    await scene.house.app.get(Brokers).appoint(await scene.actor(asha), asha, { brokerId: appointment!.brokerId, covers: ['goals'] });
  });

  it('works with a keyboard alone', async () => {
    const desk = await company.as('bea');
    const keys = new Keyboard(desk);
    await keys.follow('People');
    await keys.follow(/^Visits and calls/);
    await keys.follow('Write about a visit');
    await keys.walk();
    await desk.page.evaluate('document.activeElement?.blur(), scrollTo(0, 0)');
    await desk.open(new URL(desk.page.url()).pathname);
    const again = new Keyboard(desk);
    await again.fill('textarea', 'What we talked about', 'The bus.');
    await again.to('button', 'Keep this note');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText('Your note is kept').waitFor();
    await desk.check();
  });
});
