import { afterAll, beforeAll, describe, it, jest } from '@jest/globals';
import { SignIn } from '../../src/identity/index.js';
import { DisputedLife } from '../support/disputed-life.js';
import type { Caller, House } from '../support/house.js';
import { Company, oneBrowser } from './pages/company.js';

const browser = oneBrowser();
jest.setTimeout(180_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('who owes a book, %s', (_name, javaScriptEnabled) => {
  let disputed: DisputedLife;
  let book = '';

  beforeAll(async () => {
    disputed = await DisputedLife.open();
    const { life } = disputed;
    book = life.books.T;
    await named(life.people.maker, 'mona');
    await named(life.people.icbMaker, 'nadia');
    await named(await life.house.person('Adil', [{ role: 'auditor', on: 'book', id: life.books.T }]), 'adil');
  }, 150_000);
  afterAll(() => disputed?.life.house.close());
  const company = Company.of(browser, () => ({ house: house(), url: house().url }), { javaScriptEnabled });

  const house = (): House => disputed.life.house;
  const named = ({ id }: Caller, username: string): Promise<void> =>
    house().database.transaction(house().system({ people: [id] }), (tx) =>
      house().app.get(SignIn, { strict: false }).setPassword(tx, id, username, 'a password of theirs'),
    );

  it('an officer reads on the first page that a debt stops payments, and who owes it', async () => {
    const mona = await company.as('mona');
    await mona.says('Members owe this book £120.00 that nobody has made good');
    await mona.follow(/Members owe this book/);
    await mona.says('Who owes this book');
    await mona.says('Carys Invented');
    await mona.says('£22.00');
    await company.look(mona, 'debts');
    await mona.follow('Carys Invented');
    await mona.says('No money waits in this book.');
    await mona.saysNothingOf('Plan the payment to the money-holder');
    await company.look(mona, 'debt-nothing-waits');
    await mona.follow('Look at what is not matched');
  });

  it('the money-holder covers the gap; what is wrong is said beside the fields', async () => {
    await disputed.comesIn(3_333, 'The treasurer', 'OUR OWN MONEY');
    const mona = await company.as('mona');
    await mona.open(`/debts?book=${book}`);
    await mona.follow('Carys Invented');
    await mona.press('Book it');
    await mona.says('Choose which money it is');
    await mona.says('Choose what this money is');
    await company.look(mona, 'debt-faults');
    await mona.tick(/£33\.33 on/);
    await mona.tick(/The money-holder has put in its own money/);
    await company.look(mona, 'debt-cover');
    await mona.press('Book it');
    await mona.says('The gap is covered');
    await mona.says('£86.67');
  });

  it('the member pays back what she owes; then the cover goes home', async () => {
    await disputed.comesIn(12_000, 'Carys Invented', 'PAYING BACK');
    const mona = await company.as('mona');
    await mona.open('/proof');
    await mona.follow('See who owes this book');
    await mona.follow('Carys Invented');
    await mona.tick(/£120\.00 on/);
    await mona.tick(/The member has paid it back/);
    await mona.press('Book it');
    await mona.says('It is paid back');
    await mona.follow('Carys Invented');
    await mona.saysNothingOf('Money has come in for it');
    await company.look(mona, 'debt-give-back');
    await mona.press('Plan the payment to the money-holder');
    await mona.says('The cover goes back');
    await mona.says('Nobody owes this book anything.');
  });

  it('fees are paid by whom the agreement names, and no more than is due', async () => {
    await disputed.comesIn(2_201, 'The treasurer', 'FEES');
    const mona = await company.as('mona');
    await mona.open(`/debts?book=${book}`);
    await mona.follow('Fees were paid');
    await mona.says('The money-holder pays these fees: £22.00 due.');
    await mona.tick(/£22\.01 on/);
    await mona.press('Book the fees as paid');
    await mona.says('The fees due from them are £22.00.');
    await company.look(mona, 'fees-too-much');
    await disputed.comesIn(2_200, 'The treasurer', 'FEES');
    const later = await company.as('mona'); // the day has changed, and her session with it
    await later.open(`/fees-due?book=${book}`);
    await later.tick(/£22\.00 on/);
    await company.look(later, 'fees-due');
    await later.press('Book the fees as paid');
    await later.says('The fees are paid');
    await later.says('No fees are due.');
    await company.look(later, 'debts-none');
    await later.open(`/fees-due?book=${book}`);
    await later.says('No fees are due.');
  });

  it('an auditor reads and books nothing; an officer of another book finds nothing', async () => {
    const adil = await company.as('adil');
    await adil.open(`/debts?book=${book}`);
    await adil.saysNothingOf('Carys');
    await adil.saysNothingOf('Fees were paid');
    const nadia = await company.as('nadia');
    const answer = await nadia.page.goto(`${house().url}/debts?book=${book}`);
    if (answer?.status() !== 404) throw new Error(`an officer of another book gets ${answer?.status()}`);
  });
});
