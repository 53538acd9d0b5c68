import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Company, oneBrowser } from './pages/company.js';
import { StaffScene } from './pages/staff-scene.js';

const browser = oneBrowser();
jest.setTimeout(120_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('the officers, from a plan to a matched statement, %s', (_name, javaScriptEnabled) => {
  let scene: StaffScene;
  let person = '';
  let reference = '';
  let line = '';
  let run = '';

  beforeAll(async () => {
    scene = await StaffScene.open('2026-11-20T10:00:00Z');
    await scene.holder('Asha', '9990000018', { reachBy: 'letter', reachFormat: 'large-print' });
    await scene.holder('Bola', '9990000026');
  }, 120_000);
  afterAll(() => scene?.close());
  const company = Company.of(browser, () => scene, { javaScriptEnabled, outOfSight: true });

  it('the care co-ordinator finds a person and sees how to reach them', async () => {
    const carol = await company.as('carol');
    await carol.says('No plan waits for a decision today.');
    await company.look(carol, 'coordinator-home-empty');
    await carol.fill('Name', 'ash inv');
    await carol.press('Find');
    await carol.says('Invented, Asha');
    await carol.saysNothingOf('Invented, Bola');
    await company.look(carol, 'people-found');
    await carol.open('/people');
    await carol.says('Invented, Bola');
    await company.look(carol, 'people');
    await carol.open('/people?name=zz');
    await carol.says('Check the spelling');
    await carol.open('/people?name=ash');
    await carol.follow('Invented, Asha');
    person = new URL(carol.page.url()).pathname;
    await carol.says('No plan yet');
    await company.look(carol, 'person-empty');
  });

  it('drafts a plan, decides about it and funds it', async () => {
    const carol = await company.as('carol');
    await carol.open(person);
    await carol.follow('Draft a plan');
    await carol.press('Save the draft');
    expect(await carol.page.title()).toMatch(/^Error: /);
    await carol.says('Write down at least one service with its cost');
    await company.look(carol, 'draft-faults');
    await carol.fill('What is the plan about?', 'Asha wants to be outside and among people again.');
    await carol.press('Add another service');
    await carol.says('Service 4');
    await carol.page.locator('#outcome-0').fill('I garden every week with people I like');
    await carol.page.locator('#service-0').fill('Gardening with support');
    await carol.page.locator('#amount-0').fill('forty');
    await carol.fill(/Which risks are there/, 'She tires in the afternoon; sessions end at 1pm.');
    for (const [name, parts] of [
      ['consentOn', ['18', '11', '2026']],
      ['reviewOn', ['18', '2', '2027']],
    ] as const) {
      for (const [index, part] of ['day', 'month', 'year'].entries()) await carol.page.locator(`[name="${name}-${part}"]`).fill(parts[index]!);
    }
    await carol.press('Save the draft');
    await carol.says('Enter an amount, like 120 or 120.50');
    expect(await carol.page.locator('#service-0').inputValue()).toBe('Gardening with support');
    await carol.page.locator('#amount-0').fill('40');
    await company.look(carol, 'draft');
    await carol.press('Save the draft');
    await carol.says('The draft is saved');
    await carol.says('£2,080.00');
    await company.look(carol, 'person-draft');
    await carol.open('/');
    await carol.follow('Decide about the plan of Asha Invented');
    await carol.press('Agree this plan');
    await carol.says('Say why the board agrees');
    await carol.fill(/Why does the board agree/, 'It meets the need and costs less than what it replaces.');
    await company.look(carol, 'agree');
    await carol.press('Agree this plan');
    await carol.says('The plan is agreed');
    await carol.follow('Fund this plan');
    await carol.press('Fund this plan');
    await carol.says('Write down at least one line with its sum');
    await company.look(carol, 'fund-faults');
    await carol.page.locator('#name-0').fill('Everyday support');
    await carol.page.locator('#place-0').selectOption({ label: 'Third party – held by Purse Keepers CIC' });
    await carol.page.locator('#amount-0').fill('1,200');
    await carol.page.locator('#name-1').fill('Activities');
    await carol.page.locator('#place-1').selectOption({ label: 'Notional – stays with NHS Greenvale ICB' });
    await carol.page.locator('#amount-1').fill('880');
    await carol.fill(/Why does the board fund/, 'As agreed with Asha.');
    await company.look(carol, 'fund');
    await carol.press('Fund this plan');
    await carol.says('The plan is funded');
    await carol.says('£2,080.00');
    await carol.says('in large print');
    await carol.says('You funded the plan.');
    await company.look(carol, 'person');
    reference = /LIN-[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(await carol.page.getByRole('row', { name: /Everyday support/ }).innerText())![0];
    await carol.open('/reviews');
    await carol.says('No review is due.');
    await company.look(carol, 'reviews');
  });

  it('records a review, suspends a line and lifts that again, each with its ground and its reason', async () => {
    const carol = await company.as('carol');
    const day = async (...parts: string[]): Promise<void> => {
      for (const [index, part] of ['day', 'month', 'year'].entries()) await carol.page.locator(`[name="day-${part}"]`).fill(parts[index]!);
    };
    const decide = async (link: string): Promise<void> => {
      await carol.open(person);
      await carol.page.getByText('Decide something about this plan or its money').click();
      await carol.follow(link);
    };
    await decide('Record a review');
    await carol.press('Record the review');
    expect(await carol.page.title()).toMatch(/^Error: /);
    await carol.says('Choose the reason that the regulation allows');
    await company.look(carol, 'review-faults');
    await carol.tick('It was asked for');
    await day('1', '1', '2029');
    await carol.fill(/Why does the board decide this/, 'Asha asked us to look at the hours together.');
    await carol.press('Record the review');
    await carol.says('Give a day after 20 November 2026 and no later than 20 November 2027');
    await day('1', '6', '2027');
    await carol.press('Record the review');
    await carol.says('The review is recorded');
    await carol.says('You reviewed the plan.');
    await carol.says('1 June 2027');

    await decide('Suspend the money');
    await carol.page.getByLabel(/^Activities/).check();
    await carol.tick('The nomination was withdrawn or changed');
    await day('1', '12', '2026');
    await carol.fill(/Why does the board decide this/, 'Nobody may pay for her until she names somebody new.');
    await company.look(carol, 'suspend');
    await carol.press('Suspend the money');
    await carol.says('The money is suspended');
    await carol.says('suspended since 20 November 2026');
    await company.look(carol, 'person-suspended');
    await decide('Lift the suspension');
    await carol.fill(/Why does the board decide this/, 'She named her sister.');
    await carol.press('Lift the suspension');
    await carol.says('The suspension is lifted');
    await carol.saysNothingOf('suspended since');
    for (const [link, name] of [
      ['Reduce the money', 'reduce'],
      ['Ask for money back', 'reclaim'],
      ['Stop the money', 'stop'],
    ] as const) {
      await decide(link);
      await company.look(carol, name);
    }
  });

  it('money arrives: a statement is brought, and the money gets its owner', async () => {
    await scene.credit(120_000, 'NHS GREENVALE ICB', reference);
    await scene.credit(5_000, 'A KIND NEIGHBOUR', 'For the garden');
    const una = await company.as('una');
    await una.says('Nothing blocks payday in this book.');
    await company.look(una, 'finance-home-empty');
    await una.follow('Statements');
    await una.press('Bring this statement');
    await una.says('Choose the statement’s file');
    await company.look(una, 'statements-empty');
    await una.page
      .getByLabel('The statement, as the bank gives it')
      .setInputFiles({ name: 'holiday.txt', mimeType: 'text/plain', buffer: Buffer.from('This is no statement.') });
    await una.press('Bring this statement');
    expect(await una.page.title()).toMatch(/^Error: /);
    await una.page.getByLabel('The statement, as the bank gives it').setInputFiles(await scene.statement('2026-11-20', '2026-11-21'));
    await una.press('Bring this statement');
    await una.says('The statement is here');
    await una.says('the statement adds up');
    await scene.house.settle();
    const statement = new URL(una.page.url()).pathname;
    await una.open(statement);
    await una.says('Not explained');
    await una.saysNothingOf('Nobody’s yet');
    await company.look(una, 'statement');
    await una.follow('NHS GREENVALE ICB');
    await una.says('It names the reference of a budget line.');
    await una.saysNothingOf('Whose money is it?');
    await una.open('/statements');
    await una.page.getByLabel('The statement, as the bank gives it').setInputFiles(await scene.statement('2026-11-20', '2026-11-21'));
    await una.press('Bring this statement');
    await una.says('Every line of this statement was here already');
    await company.look(una, 'statements');
    await una.open('/breaks');
    await una.says('1 break waits for an answer.');
    await company.look(una, 'breaks');
    await una.follow(/£50\.00 came in and we expected nothing like it/);
    await company.look(una, 'line-break');
    await una.press('Keep my answer');
    await una.says('Say what is being done about it');
    await una.fill('What is being done about it?', 'I asked the neighbour whom it is for.');
    await una.press('Keep my answer');
    await una.says('Your answer is kept');
    await una.press('This is what it is');
    await una.says('Choose what this line is');
    await una.tick(/nobody’s until somebody says/);
    await una.press('This is what it is');
    await una.says('The line is matched');
    await una.press('Undo this match');
    await una.says('Say why the match is wrong');
    await una.fill('Why is the match wrong?', 'It may be for another book.');
    await company.look(una, 'line-matched');
    await una.press('Undo this match');
    await una.says('The match is undone');
    await una.tick(/nobody’s until somebody says/);
    await una.press('This is what it is');
    await una.says('It names no budget line, so somebody has to say whose it is.');
    expect(await una.page.getByLabel('Reference of the budget line').inputValue()).toBe('');
    await una.fill('Reference of the budget line', 'LIN-AAAA-AAAA');
    await una.press('Give it to this line');
    await una.says('Enter the reference of a budget line of this book');
    await company.look(una, 'line-unallocated');
    await una.open('/breaks');
    await una.says('Nothing is open');
    await una.open('/proof');
    await una.says('Everything agrees, to the penny');
    await company.look(una, 'proof');
  });

  it('a payee is entered by one officer and checked by the other', async () => {
    const carol = await scene.caller('carol');
    const items = (await carol.get(`people/${scene.names.get('asha')}/plans`)).body.items as unknown[];
    expect(items).toHaveLength(1);
    line = await lineId();
    await scene.invoice(scene.names.get('asha')!, line, 8_000);
    await scene.invoice(scene.names.get('asha')!, line, 4_550);
    const una = await company.as('una');
    await una.says('1 payee is not known yet');
    await company.look(una, 'finance-home');
    await una.follow('1 payee is not known yet');
    await una.follow('Enter a payee');
    await una.press('Save the details');
    await una.says('Choose whom this is');
    await una.page.getByLabel('Whom do we pay?').selectOption({ label: 'Leaf & Spade (£125.50 waits)' });
    await una.fill('Name on the account', 'Leaf & Spade');
    await una.fill('Sort code', '10-88-00');
    await una.fill('Account number', '1234');
    await una.press('Save the details');
    expect(await una.page.title()).toMatch(/^Error: /);
    await una.fill('Sort code', '10-88-00');
    await una.fill('Account number', '10000009');
    await company.look(una, 'payee-form');
    await una.press('Save the details');
    await una.says('The details are entered');
    const payee = new URL(una.page.url()).pathname;
    await una.press('These details are right');
    await una.says('Say how you checked the details');
    await una.tick('I called back');
    await una.press('These details are right');
    await una.says('You entered these details, so somebody else has to check them.');
    await company.look(una, 'payee-refused');
    const vera = await company.as('vera');
    await vera.open(payee);
    await vera.tick('I called back');
    await vera.press('These details are right');
    await vera.says('Ready to pay');
    await vera.open('/payees');
    await company.look(vera, 'payees');
    await vera.open('/payments?show=blocked');
    await vera.says('We do not know yet where to pay this.');
    await company.look(vera, 'payments-blocked');
    for (let left = 2; left > 0; left -= 1) {
      await vera.open('/payments?show=blocked');
      await vera.follow('Payee not known yet');
      if (left === 2) await company.look(vera, 'payment-held');
      await vera.follow('Let it go on');
      await vera.press('Let it go on');
      await vera.says('The payment goes on');
    }
  });

  it('one officer proposes and prepares a pay run, the other approves and releases it', async () => {
    const una = await company.as('una');
    await una.follow('Pay runs');
    await una.says('2 payments wait to be collected, £125.50 in all.');
    await una.fill('Day', '');
    await una.press('Propose a pay run');
    await una.says('Enter the day by which payments are due');
    await company.look(una, 'pay-runs-fault');
    await una.fill('Day', '20');
    await una.press('Propose a pay run');
    await una.says('The run is proposed');
    run = new URL(una.page.url()).pathname;
    await company.look(una, 'pay-run-proposed');
    await una.follow(/^Hold PAY-/);
    await una.press('Hold it');
    await una.says('Say why, in 3 to 300 characters');
    await una.fill('Why is it held?', 'We wait for the second session to be confirmed.');
    await company.look(una, 'pay-run-hold');
    await una.press('Hold it');
    await una.says('The line is held');
    await una.says('We wait for the second session to be confirmed. Decided by you.');
    await una.press(/^Prepare 1 payment/);
    await una.says('The run is prepared');
    await una.says('You prepared this run, so somebody else has to approve it.');
    await company.look(una, 'pay-run-prepared');
    const vera = await company.as('vera');
    await vera.follow(/Approve the pay run of £125\.50/);
    await vera.says('Una Invented prepared it. After you approve, 1 payment of £45.50 in all can leave.');
    await company.look(vera, 'pay-run-approve');
    await vera.press('Approve 1 payment');
    await vera.says('The run is approved');
    await vera.press('Release this run');
    await vera.says('The run is released');
    await scene.house.settle();
    await vera.open(run);
    await vera.says('Download the file');
    await company.look(vera, 'pay-run-released');
    await vera.page
      .getByRole('row', { name: /Included/ })
      .getByRole('link', { name: /^PAY-/ })
      .click();
    await vera.check();
    await vera.says('You approved it.');
    await vera.says('Una Invented prepared it.');
    await vera.says(reference);
    await company.look(vera, 'payment');
  });

  it('the next statement shows the payment, and it is matched by itself', async () => {
    scene.house.clock.set(new Date('2026-11-23T10:00:00Z'));
    const una = await company.as('una');
    await una.open('/statements');
    await una.page.getByLabel('The statement, as the bank gives it').setInputFiles(await scene.statement('2026-11-20', '2026-11-24'));
    await una.press('Bring this statement');
    await una.says('The statement is here');
    await una.press('Look for matches again');
    await una.says('Matched');
    await una.says('All explained');
    await company.look(una, 'statement-matched');
    await una.follow(/LEAF/i);
    await una.says('Why we think so');
    await company.look(una, 'line-payment');
    await una.follow('A payment of ours');
    await una.says('It was found on the bank statement.');
    await una.open('/proof');
    await una.says('Everything agrees, to the penny');
    await company.look(una, 'proof-after');
  });

  it('the auditor reads and changes nothing', async () => {
    const adil = await company.as('adil');
    await adil.says('Purse Keepers CIC');
    await company.look(adil, 'auditor-home');
    await adil.open(run);
    await adil.saysNothingOf('Let back in');
    await adil.open(`/proof?book=${scene.n}`);
    await adil.says('What was agreed');
    await company.look(adil, 'proof-allocation');
    await adil.open(`/statements?book=${scene.n}`);
    await adil.says('This book has no bank account');
    expect((await adil.page.request.get(`${scene.url}${person}`)).status()).toBe(404);
    expect((await adil.page.request.get(`${scene.url}/jobs`)).status()).toBe(403);
  });

  it('the operator sees jobs and runs the checks', async () => {
    const otto = await company.as('otto');
    await otto.says('What needs an operator');
    await company.look(otto, 'operator-home');
    await otto.follow('Jobs');
    await otto.says('Has not run yet');
    await company.look(otto, 'jobs');
    await otto.open('/checks');
    await otto.says('Not run here yet');
    await otto.press('Run the checks now');
    for (let tries = 0; tries < 40 && !/All \d+ checks hold/.test(await otto.page.locator('body').innerText()); tries += 1) {
      await otto.page.waitForTimeout(250);
      await otto.open('/checks');
    }
    await otto.says(/All \d+ checks hold/);
    await company.look(otto, 'checks');
  });

  /** The line in the money-holder's book, as the ledger knows it. */
  async function lineId(): Promise<string> {
    const rows = await scene.house.database.read(scene.house.system({ books: [scene.t] }), (tx) =>
      tx.rows<{ id: string }>('select id from budget_line where reference = $1', [reference]),
    );
    return rows[0]!.id;
  }
});
