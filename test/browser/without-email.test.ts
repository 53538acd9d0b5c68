/** A holder without email: Mabel agrees, votes, puts money in, chooses a quote, and says how a session was, all on paper. The broker prints the sheets and types them in by their codes; what Mabel is
 *  told comes by letter. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Holders } from '../../src/holders/index.js';
import type { BudgetLineId, LocalDate, PersonId, PlanLineId, PoolId, ProviderId } from '../../src/kernel/index.js';
import { newId, pence } from '../../src/kernel/index.js';
import { Contributions } from '../../src/pools/index.js';
import type { QuoteId } from '../../src/purchasing/index.js';
import { Purchases, Quotes } from '../../src/purchasing/index.js';
import { inventedNhsNumber } from '../support/introductions-house.js';
import { Company, oneBrowser } from './pages/company.js';
import type { Visitor } from './pages/page.js';
import { PoolScene } from './pages/pool-scene.js';

const browser = oneBrowser();
jest.setTimeout(240_000);

describe.each([
  ['without JavaScript', false],
  ['with JavaScript', true],
])('a holder without email, %s', (_name, javaScriptEnabled) => {
  let scene: PoolScene;
  let pool: PoolId;
  let mabel: PersonId;
  const company = Company.of(browser, () => scene, { javaScriptEnabled });

  beforeAll(async () => {
    scene = await PoolScene.open('2026-11-20T10:00:00Z');
    const { people, house } = scene;
    const { personId } = await house.app.get(Holders).registerHolder(await scene.scene.actor(scene.scene.officer), {
      icbId: scene.scene.icb,
      firstName: 'Mabel',
      familyName: 'Invented',
      bornOn: '1944-02-03' as LocalDate,
      nhsNumber: inventedNhsNumber(77),
      place: 'M33',
      reachBy: 'letter',
      reachFormat: 'large-print',
    });
    mabel = personId;
    await scene.scene.fundedPlan(mabel, 1200);
    const femi = await house.signedIn(people.femi, 'femi');
    const asha = await house.signedIn(people.asha, 'asha');
    ({ poolId: pool } = await femi.must<{ poolId: PoolId }>('post', 'pools', {
      name: 'Friday Gardeners',
      purpose: 'Grow food and have company.',
      members: [people.asha, mabel].map((id) => ({ personId: id })),
    }));
    const { agreementId, contentHash } = await femi.must<{ agreementId: string; contentHash: string }>('post', `pools/${pool}/agreements`, {
      split: 'equal',
      absence: 'pay-to-hold-place',
      noticeDays: 28,
      decide: 'most-agree',
      feesOwedBy: 'icb',
      reviewOn: '2027-04-01',
      text: 'We garden on Fridays.\nWe bring our own gloves, and share the tea.',
    });
    await asha.must('post', `agreements/${agreementId}/assent`, { contentHash, format: 'easy-read' });
    await house.settle();
  }, 120_000);
  afterAll(() => scene?.close());

  const post = () =>
    scene.house.database.read(scene.house.system({ people: [mabel] }), (tx) =>
      tx.rows<{ by: string; format: string; subject: string }>('select by, format, subject from post_item where person_id = $1 order by id', [mabel]),
    );
  /** Prints what is missing, and reads the code on the sheet that bears these words. */
  const printed = async (femi: Visitor, words: string): Promise<string> => {
    await femi.open(`/pools/${pool}/people`);
    await femi.follow('Papers to print');
    await femi.press('Make what is missing');
    const sheet = femi.page.locator('article', { hasText: words }).first();
    return (await sheet.locator('.cp-code').last().innerText()).trim();
  };
  const signedOn = (femi: Visitor, day: readonly [string, string, string]): Promise<void> => femi.fillDay('Which day stands beside the name?', day);
  /** As it comes out of the printer, for whoever wants to look. */
  const onPaper = async ({ page }: Visitor, name: string): Promise<void> => {
    const shots = process.env['SHOTS'];
    if (!shots || !javaScriptEnabled) return;
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path: `${shots}/${name}-printed.png`, fullPage: true });
    await page.emulateMedia({ media: null });
  };
  const find = async (femi: Visitor, code: string): Promise<void> => {
    await femi.open('/papers');
    await femi.fill('What is the code on the paper?', code);
    await femi.press('Find the paper');
  };

  it('agrees on paper', async () => {
    const femi = await company.as('femi');
    await femi.open(`/pools/${pool}/pack`);
    await femi.says('No sheets wait here');
    const code = await printed(femi, 'For Mabel: our agreement');
    await femi.says('We bring our own gloves');
    await company.look(femi, 'pack-agreement');
    await onPaper(femi, 'pack-agreement');
    await find(femi, 'AGR-2222-2222');
    await femi.says('No paper of your pools has that code');
    await find(femi, code.toLowerCase().replaceAll('-', ' '));
    expect(await femi.page.locator('h2').first().innerText()).toBe('Mabel: version 1 of the agreement of Friday Gardeners');
    await femi.press('They agreed: type it in');
    await femi.says('Choose how they read it');
    await company.look(femi, 'paper-agreement');
    await femi.tick('In large print');
    await femi.fill('Who helped, if the paper says', 'her sister Jo');
    await femi.press('They agreed: type it in');
    await femi.says('The paper is typed in');
    await find(femi, code);
    await femi.says('This paper was typed in already');
    await femi.open(`/pools/${pool}/agreement`);
    await femi.says('Asha and Mabel have agreed. That is everyone.');
  });

  it('votes on paper', async () => {
    const asha = await company.as('asha');
    await asha.open(`/pools/${pool}/decisions/new`);
    await asha.fill('What do you want to ask?', 'Shall we grow beans?');
    await asha.fillDay('Which is the last day to vote?', ['4', '12', '2026']);
    await asha.fillDay('When will you look at it again?', ['1', '6', '2027']);
    await asha.press('Ask everyone');
    const femi = await company.as('femi');
    const code = await printed(femi, 'For Mabel');
    expect(code).toMatch(/^VOT-/);
    await femi.follow('Mabel');
    expect(await femi.page.locator('article').count()).toBe(1);
    await find(femi, code);
    await femi.says('Mabel: Shall we grow beans?');
    await femi.tick('Yes');
    await femi.fill('The reason, as it is written', 'My late husband grew beans.');
    await femi.press('Type in this vote');
    await femi.says('The paper is typed in');
    await asha.open(new URL(asha.page.url()).pathname);
    await asha.says('My late husband grew beans.');
  });

  it('puts money in on paper: what was typed is read back before it goes in', async () => {
    const femi = await company.as('femi');
    await femi.open(`/pools/${pool}/pack`);
    await femi.press('Make sheets to put money in as well');
    const sheet = femi.page.locator('article', { hasText: 'For Mabel: do you want to put money in?' });
    const code = (await sheet.locator('.cp-code').innerText()).trim();
    expect(code).toMatch(/^PUT-/);
    await company.look(femi, 'pack-money');
    await onPaper(femi, 'pack-money');
    await find(femi, code);
    await femi.press('Read it back');
    for (const words of [
      'Enter the amount on the paper',
      'Choose what the paper says it is for',
      'Choose who signed it',
      'Enter the day that stands beside the name',
    ])
      await femi.says(words);
    await company.look(femi, 'paper-money-wrong');
    await femi.fill('How much stands on the paper?', '£30');
    await femi.tick('Swimming with others');
    await femi.tick('The person themselves');
    await signedOn(femi, ['20', '11', '2026']);
    await femi.press('Read it back');
    await femi.says('£30.00');
    await femi.press('No, put it right');
    expect(await femi.page.getByLabel('How much stands on the paper?').inputValue()).toBe('£30');
    await femi.press('Read it back');
    await femi.says('£30.00');
    await femi.says('20 November 2026');
    expect(new URL(femi.page.url()).search).toBe('');
    await company.look(femi, 'paper-money-read-back');
    await femi.press('Yes, the paper says this');
    await femi.says('The paper is typed in');
    await find(femi, code);
    await femi.says('This paper was typed in already');
  });

  it('chooses a quote on paper', async () => {
    const { house, people } = scene;
    const { quoteId } = await house.app.get(Quotes).give(await scene.scene.actor(people.femi), pool, {
      providerId: newId<'provider'>() as ProviderId,
      service: 'A morning with a gardener',
      pricePence: pence(4000),
      sessions: 1,
    });
    await house.app.get(Quotes).choose(await scene.scene.actor(people.asha), quoteId);
    const femi = await company.as('femi');
    const code = await printed(femi, 'For Mabel: which quote?');
    expect(code).toMatch(/^QUO-/);
    await company.look(femi, 'pack-quotes');
    await onPaper(femi, 'pack-quotes');
    await find(femi, code);
    await femi.tick('Number 1: A provider, A morning with a gardener');
    await femi.tick('The person themselves');
    await signedOn(femi, ['20', '11', '2027']);
    await femi.press('Read it back');
    await femi.press('Yes, the paper says this');
    await femi.says('Enter the day beside the name, from 20 November 2026 until today');
    await signedOn(femi, ['20', '11', '2026']);
    await company.look(femi, 'paper-quote');
    await femi.press('Read it back');
    await company.look(femi, 'paper-quote-read-back');
    await femi.press('Yes, the paper says this');
    await femi.says('The paper is typed in');
    await femi.open(`/pools/${pool}/history`);
    await femi.says('Mabel signed a paper to choose a quote, and the broker typed it in.');
    await femi.says('Mabel signed a paper to put money in, and the broker typed it in.');
  });

  it('says on paper how a session was', async () => {
    const { house, people } = scene;
    const femiActor = await scene.scene.actor(people.femi);
    const [found] = await house.database.read(house.system({ people: [people.asha], icbs: [scene.scene.icb] }), (tx) =>
      tx.rows<{ line: BudgetLineId; planLine: PlanLineId }>(
        `select b.id as line, l.id as "planLine" from budget_line b join plan_line l on l.plan_id = b.plan_id where b.person_id = $1 order by l.id limit 1`,
        [people.asha],
      ),
    );
    const { line: lineId, planLine: planLineId } = found!;
    await house.app.get(Contributions).contribute(await scene.scene.actor(people.asha), { poolId: pool, lineId, planLineId, amountPence: pence(3000) });
    await house.settle();
    const [quote] = await house.database.read(house.system({ pools: [pool] }), (tx) =>
      tx.rows<{ id: QuoteId }>('select id from quote where pool_id = $1', [pool]),
    );
    await house.app.get(Purchases).commit(femiActor, quote!.id, { days: ['2026-11-27' as LocalDate] });
    const femi = await company.as('femi');
    const code = await printed(femi, 'A morning with a gardener');
    await company.look(femi, 'pack-session');
    await onPaper(femi, 'pack-session');
    house.clock.set(new Date('2026-11-27T18:00:00Z'));
    const evening = await company.as('femi');
    await find(evening, code);
    await evening.says('Friday Gardeners: A morning with a gardener on 27 November 2026');
    await evening.press('Type in this session');
    await evening.says('Type in who came');
    const line = (name: string) => evening.page.getByRole('group', { name });
    await line('Asha').getByLabel('Was not there').check();
    await line('Mabel').getByLabel('Came, and it was not right').check();
    await evening.press('Type in this session');
    await evening.says('Type in what was not right');
    await company.look(evening, 'paper-session');
    await line('Mabel').getByLabel('Came, and it was right').check();
    await evening.press('Type in this session');
    await evening.says('The paper is typed in');
    await evening.open(`/pools/${pool}/sessions`);
    await evening.says('It happened');
    house.clock.set(new Date('2026-11-20T10:00:00Z'));
  });

  it('was told of all of it by letter, in large print, and has neither email nor password', async () => {
    await scene.house.settle();
    const letters = await post();
    expect(new Set(letters.map(({ by, format }) => `${by} ${format}`))).toEqual(new Set(['letter large-print']));
    expect(letters.filter(({ subject }) => subject === 'Your paper has been typed in')).toHaveLength(5);
    const signIn = await scene.house.database.read(scene.house.system({ people: [mabel] }), (tx) =>
      tx.rows('select 1 from sign_in where person_id = $1', [mabel]),
    );
    expect(signIn).toEqual([]);
  });

  it('and a neighbour who is not here yet is written down by the broker, and asked', async () => {
    const femi = await company.as('femi');
    await femi.open(`/pools/${pool}/people/invite`);
    await femi.follow('Somebody who is not here yet: write down a neighbour');
    await femi.press('Write them down, and ask them to join');
    for (const words of ['Choose how they want to hear from the group', 'Choose how they read best']) await femi.says(words);
    await company.look(femi, 'neighbour');
    await femi.fill('First name', 'Gil');
    await femi.fill('Family name', 'Invented');
    await femi.fill('First part of their postcode (you can leave this out)', 'm33');
    await femi.tick('By telephone');
    await femi.tick('Large print');
    await femi.press('Write them down, and ask them to join');
    await femi.says('Write somebody down only when they asked for it');
    await femi.tick('They asked to be written down here, and know that the group and its broker see it');
    await femi.press('Write them down, and ask them to join');
    await femi.says('Enter their telephone number, or choose another way to reach them');
    await femi.fill('Telephone, if they want calls or texts', '07700 900123');
    await femi.press('Write them down, and ask them to join');
    await femi.says('They have been asked');
    await femi.says('Gil');
  });
});
