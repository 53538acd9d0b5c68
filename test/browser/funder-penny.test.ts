/** A funder's money followed at a browser: from the list of what was promised to the last penny, and from a payment back to the promise. */
import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { SignIn } from '../../src/identity/index.js';
import type { FundedLife } from '../support/funded-life.js';
import { fundedLife } from '../support/funded-life.js';
import { Company, oneBrowser } from './pages/company.js';

const browser = oneBrowser();
jest.setTimeout(120_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('an auditor follows a funder’s money, %s', (_name, javaScriptEnabled) => {
  let funded: FundedLife;

  beforeAll(async () => {
    funded = await fundedLife();
    const { house, books } = funded.life;
    const { id } = await house.person('Adil', [
      { role: 'auditor', on: 'book', id: books.T },
      { role: 'auditor', on: 'book', id: books.N },
    ]);
    await house.database.transaction(house.system({ people: [id] }), (tx) => house.app.get(SignIn).setPassword(tx, id, 'adil', 'a password of theirs'));
  }, 120_000);
  afterAll(() => funded?.life.house.close());
  const company = Company.of(browser, () => ({ house: funded.life.house, url: funded.life.house.url }), { javaScriptEnabled });

  it('from what was promised to where it is now', async () => {
    const adil = await company.as('adil');
    await adil.open(`/books/${funded.life.books.T}/funder-money`);
    await adil.says('An invented council');
    await adil.says('Came in');
    await company.look(adil, 'funder-money');
    await adil.follow('An invented charity');
    await adil.says('What An invented charity promised');
    await adil.says('What is left then goes back to the funder.');
    await adil.says('£30.00 is back with the funder.');
    await adil.says('Given to the funder’s share of a pool');
    await adil.says('Not needed, so it is owed to the funder');
    await adil.saysNothingOf('Follow all of it');
    await adil.saysNothingOf('Asha');
    await company.look(adil, 'funder-penny');
  });

  it('and how it stood on a past day', async () => {
    const { charity } = funded.funders;
    const adil = await company.as('adil');
    await adil.follow('A past day');
    await adil.press('Look');
    await adil.saysNothingOf('There is a problem');
    await adil.fill('Reference', 'FUN-AAAA-AAAA');
    await adil.press('Look');
    await adil.says('Enter a real day');
    for (const [part, value] of [
      ['Day', '7'],
      ['Month', '4'],
      ['Year', '2026'],
    ] as const)
      await adil.page.getByLabel(part, { exact: true }).fill(value);
    await adil.press('Look');
    await adil.says('Nothing in this book has this reference.');
    await adil.open(`/books/${funded.life.books.T}/standing?reference=${charity.reference}&on-day=7&on-month=4&on-year=2026&by=effective`);
    await adil.says('True when 7 April 2026 ended');
    await adil.says('£30.00');
    await adil.says('£0.00');
    await company.look(adil, 'standing');
  });

  it('and from a bill back to every promise', async () => {
    const adil = await company.as('adil');
    await adil.open(`/follow/invoice/${funded.invoiceId}`);
    await adil.says('£320.00 is with the payee.');
    await adil.follow('Follow all of it');
    await adil.says('Follow this funder’s money');
    await company.look(adil, 'funder-penny-council');
  });
});
