/** The auditor at a browser: let in, books, a sample opened, a penny followed, a book taken along; and a holder who follows their own money. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PersonId } from '../../src/kernel/index.js';
import { SignIn } from '../../src/identity/index.js';
import { livedLife } from '../support/lived-life.js';
import { balancesOf, readJournal } from '../support/journal-reader.js';
import type { WorkedLife } from '../support/worked-life-house.js';
import { Company, oneBrowser } from './pages/company.js';

const browser = oneBrowser();
jest.setTimeout(120_000);
const NAMES = ['Asha', 'Bola', 'Carys', 'Mona', 'Chidi', 'Otter Pool'];

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('the auditor, %s', (_name, javaScriptEnabled) => {
  let life: WorkedLife;
  let invoiceId: string;

  beforeAll(async () => {
    ({ life, invoiceId } = await livedLife());
    const { house, books } = life;
    const named = async (username: string, id: PersonId): Promise<void> =>
      house.database.transaction(house.system({ people: [id] }), (tx) => house.app.get(SignIn).setPassword(tx, id, username, 'a password of theirs'));
    await named('adil', (await house.person('Adil')).id);
    await named('lena', (await house.person('Lena', [{ role: 'finance-lead', on: 'book', id: books.T }])).id);
    await named('carys', life.people.C.id);
    await named('mona', life.people.maker.id);
    life.at('2026-05-02');
  }, 120_000);
  afterAll(() => life?.house.close());
  const company = Company.of(browser, () => ({ house: life.house, url: life.house.url }), { javaScriptEnabled });

  it('is let in by the finance lead', async () => {
    const lena = await company.as('lena');
    await lena.follow('Auditors');
    await lena.follow('The treasurer');
    await lena.says('Nobody audits this book.');
    await lena.press('Let them in');
    await lena.says('Enter the name with which they sign in');
    await lena.fill('The name they sign in with', 'adil');
    await lena.page.getByLabel('Why?').fill('The yearly audit of 2026 to 2027');
    await company.look(lena, 'auditors');
    await lena.press('Let them in');
    await lena.says('They may read the book');
    await lena.says('May read');
  });

  it('reads the books of the money-holder, and knows nobody', async () => {
    const adil = await company.as('adil');
    await adil.says('The treasurer');
    await company.look(adil, 'auditor-home');
    await adil.open(`/payments?book=${life.books.T}`);
    for (const name of NAMES) await adil.saysNothingOf(name);
    await adil.follow(/^PRO-/);
    await adil.says('Finance officer PER-');
    for (const name of NAMES) await adil.saysNothingOf(name);
    await adil.open(`/statements?book=${life.books.T}`);
    await adil.follow('Number 1');
    for (const name of NAMES) await adil.saysNothingOf(name);
    expect((await adil.page.request.get(`${life.house.url}/books/${life.books.N}/samples`)).status()).toBe(404);
  });

  it('draws a sample and opens one item of it, saying why', async () => {
    const adil = await company.as('adil');
    await adil.follow('Samples');
    await adil.fill('How many items?', '0');
    await adil.press('Draw the sample');
    await adil.says('There is a problem');
    await adil.fill('How many items?', '5');
    await company.look(adil, 'samples');
    await adil.press('Draw the sample');
    await adil.says('Drawn from');
    for (const name of NAMES) await adil.saysNothingOf(name);
    await company.look(adil, 'sample');
    await adil.follow(/^Open it/);
    await adil.press('Open it');
    await adil.says('There is a problem');
    await adil.page.locator('#why').fill('To hold the invoice against the session');
    await company.look(adil, 'open-item');
    await adil.press('Open it');
    await adil.says(/(Bola|Carys) Invented/);
    await adil.says('Otter Pool');
    await company.look(adil, 'opened-item');
    await adil.follow('Follow this money');
    await adil.says('Follow this movement');
  });

  it('follows an invoice from what was agreed to the bank and back', async () => {
    const adil = await company.as('adil');
    await adil.open(`/follow/invoice/${invoiceId}`);
    await adil.says('first in, first out');
    await adil.says('Owed for an invoice');
    await adil.says('Prepared by finance officer PER-');
    await adil.says('Given back by the payee');
    for (const name of NAMES) await adil.saysNothingOf(name);
    expect(await adil.page.locator('svg.cp-flow__picture title').count()).toBe(1);
    await company.look(adil, 'follow-invoice');
    await adil.page.emulateMedia({ media: 'print' });
    await company.look(adil, 'follow-invoice-print');
    expect((await adil.page.request.get(`${life.house.url}/follow/invoice/${life.people.A.id}`)).status()).toBe(404);
  });

  it('takes the book along as a journal that adds up', async () => {
    const adil = await company.as('adil');
    await adil.follow('Take it along');
    await company.look(adil, 'journal');
    const [download] = await Promise.all([adil.page.waitForEvent('download'), adil.page.getByRole('button', { name: 'Download the file' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^boo-.*\.journal$/);
    const answer = await adil.page.request.get(`${life.house.url}/books/${life.books.T}/journal/file?which=2026&format=journal`);
    const { entries, controls } = readJournal(await answer.text());
    expect(controls.get('balance bank')).toBe('£253.33');
    expect(balancesOf(entries)['assets:bank']).toBe(25_333n);
    expect((await adil.page.request.get(`${life.house.url}/books/${life.books.T}/journal/file?which=days&from=soon`)).status()).toBe(422);
  });

  it('and a holder follows their own money, and an officer a payment', async () => {
    const carys = await company.as('carys');
    await carys.open(`/people/${life.people.C.id}/money/${life.lines.C}`);
    await carys.follow('Follow this money');
    await carys.says('Pennies have no names.');
    await carys.says('Money came into the account');
    await carys.saysNothingOf('Bola');
    await company.look(carys, 'follow-mine');
    const mona = await company.as('mona');
    await mona.open(`/payments?book=${life.books.T}`);
    await mona.follow('Otter Pool');
    await mona.follow('Follow this money');
    await mona.says('You began here');
  });
});
