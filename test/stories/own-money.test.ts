/** Money of one's own: Nell, a neighbour without any budget, and Asha, who adds to hers, put own money into a pool of plan money. It is spent beside theirs
 *  to the penny, stands in no report of the ICB, and what is left goes home to their own bank accounts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Audit } from '../../src/audit/index.js';
import { BudgetQueries, OwnMoneyQueries } from '../../src/budgets/index.js';
import { People } from '../../src/identity/index.js';
import { InsightQueries, Penny, Tracking } from '../../src/insight/index.js';
import type { BudgetLineId, PaymentId, PersonId } from '../../src/kernel/index.js';
import { newId, pence, systemActor } from '../../src/kernel/index.js';
import { LedgerQueries } from '../../src/ledger/index.js';
import { Payees, PayInOutcomes, StripeAccounts } from '../../src/payments/index.js';
import { writtenTable } from '../support/ledger-table.js';
import type { Holder } from '../support/pooling-house.js';
import type { Purchase } from '../support/pool-story.js';
import { accountedFor, PoolStory } from '../support/pool-story.js';

describe('money of one’s own', () => {
  let story: PoolStory;
  let asha: Holder, bola: Holder;
  let nell: PersonId;
  let purchase: Purchase;
  let before: unknown;

  beforeAll(async () => {
    story = await PoolStory.open();
    ({ asha, bola } = story.house);
    nell = newId<'person'>();
    story.knows(nell, 'Nell');
    const nobody = systemActor('test', { people: [nell], books: [story.house.t] });
    await story.house.database.transaction(nobody, async (tx) => {
      await story.house.app.get(People, { strict: false }).register(tx, nobody, { id: nell, firstName: 'Nell', familyName: 'Invented' });
      const account = { book: story.house.t, secretKey: 'sk_test_invented', webhookSecret: 'whsec_invented' };
      await story.house.app.get(StripeAccounts, { strict: false }).connect(tx, systemActor('test', {}), account);
    });
  }, 90_000);
  afterAll(() => story?.house.close());

  /** She pays on the card page, and Stripe says so; it keeps 0.50. */
  async function byCard(who: PersonId | Holder, pounds: number): Promise<void> {
    const { paymentId } = await story.must(who, 'post', `pools/${story.poolId}/own-money`, { amountPence: pounds * 100, by: 'card' });
    const facts = {
      id: `pi_${paymentId as string}`,
      paymentId: paymentId as PaymentId,
      state: 'succeeded' as const,
      amount: pence(pounds * 100),
      fee: pence(50),
      reason: null,
    };
    await story.house.app.get(PayInOutcomes, { strict: false }).applyIntent(story.house.t, facts);
    await story.house.deliver();
  }

  /** The way of one’s own money, penny by penny. */
  async function follows(who: PersonId | Holder, line: BudgetLineId) {
    const of = <T>(type: abstract new (...args: never[]) => T): T => story.house.app.get(type as new (...args: never[]) => T, { strict: false });
    return new Penny(story.house.database, of(BudgetQueries), of(OwnMoneyQueries), of(Audit)).followOwn(await story.house.as(who), line);
  }

  /** What the ICB’s report of its plan money says. */
  const reported = () =>
    story.house.database.transaction(story.house.everything(story.poolId), async (tx) => {
      await new Tracking(story.house.app.get(LedgerQueries, { strict: false })).track(tx, story.house.everything().scope.people);
      return new InsightQueries().funderTotals(tx, story.house.icb);
    });

  it('given two with 20.00 and 60.00 of plan money, and a neighbour who is asked to join and pay as they do', async () => {
    story.poolId = await story.house.startedPool([asha, bola]);
    await story.house.putIn(story.poolId, asha, 20);
    await story.house.putIn(story.poolId, bola, 60);
    await story.must(story.house.femi, 'post', `pools/${story.poolId}/members`, { personId: nell });
    const { agreements } = await story.seen(nell);
    await story.must(nell, 'post', `agreements/${agreements[0].id}/assent`, { contentHash: agreements[0].contentHash, format: 'easy-read' });
    before = await reported();
  });

  it('when Nell puts in 60.00 by card and Asha adds 15.00, the ICB’s report says what it said before', async () => {
    await byCard(nell, 60);
    await byCard(asha, 15);
    expect(await reported()).toEqual(before);
    expect(await story.seen(asha)).toMatchObject({ mine: { putInPence: 3_500 }, mineOwn: { putInPence: 1_500 } });
  });

  it('when two hours of 45.00 are bought and one was swum, Asha’s plan money went first and her own did the rest', async () => {
    const quote = await story.quote(45, 2);
    await story.choose(quote, [asha, bola]);
    await story.must(nell, 'post', `quotes/${quote}/choose`);
    purchase = await story.book(quote, ['2026-12-03', '2027-01-07']);
    await story.swim(purchase, 0, asha);
    await story.billAndPay(purchase, [0], 45);
    expect((await story.seen(asha))['mineOwn']).toMatchObject({ committedPence: 1_000, spentPence: 0 });
  });

  it('when Nell leaves, what is hers goes to her own bank account, once two officers have looked at it', async () => {
    story.on('2026-12-10');
    const { statement } = await story.must(nell, 'post', `pools/${story.poolId}/leave`);
    expect(accountedFor(statement)).toBe(6_000);
    expect(statement).toMatchObject({ putInPence: 6_000, invoices: [{ amountPence: 1_500 }], keptPence: 0, toReturnPence: 4_500 });
    const [line] = (await story.must(nell, 'get', 'own-money'))['items'];
    expect(line).toMatchObject({ broughtInPence: 6_000, inPoolsPence: 0, spentPence: 1_500, goingHomePence: 4_500, herePence: 0 });
    const { payee, purpose } = (await story.house.database.read(story.house.everything(), (tx) =>
      tx.row<{ payee: string; purpose: string; id: string }>(
        `select id, payee_subject_id as payee, purpose_id as purpose from payment where purpose_noun = 'own-money' and state = 'held'`,
      ),
    ))!;
    expect(payee).toBe(nell);
    const bank = { kind: 'person' as const, subject: nell, person: nell, name: 'N Invented', sortCode: '10-88-00', accountNumber: '10000004' };
    const entered = await story.house.app.get(Payees, { strict: false }).enter(await story.house.as(story.house.tess), { book: story.house.t, ...bank });
    await story.house.app
      .get(Payees, { strict: false })
      .check(await story.house.as(story.house.tom), { payee: entered.id, version: entered.version, how: 'call-back' });
    const held = await story.must(story.house.tess, 'get', `books/${story.house.t}/payments`);
    await story.must(
      story.house.tess,
      'post',
      `payments/${(held['items'] as { id: string; purpose: { id: string } }[]).find((each) => each.purpose.id === purpose)!.id}/release`,
    );
    await story.house.pay(purpose);
    expect((await story.must(nell, 'get', 'own-money'))['items'][0]).toMatchObject({ wentHomePence: 4_500, goingHomePence: 0 });
    const { steps } = await follows(nell, line.id as BudgetLineId);
    expect(steps.map((step) => `${step.kind} ${step.from}/${step.to} ${step.amount}`)).toEqual([
      'seen-by-stripe in/came 6000',
      'pay-in came/line 6000',
      'contribution line/share 6000',
      'set-aside share/reserved 1500',
      'set-aside share/reserved 1500',
      'invoice reserved/owed 1500',
      'freed reserved/share 1500',
      'payment owed/payee 1500',
      'returned share/line 4500',
      'returned line/owed 4500',
      'payment owed/home 4500',
    ]);
    expect(new Set(steps.flatMap((step) => step.line ?? []))).toEqual(new Set([line.reference]));
    await expect(follows(asha, line.id as BudgetLineId)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('when the other two wind the pool up, Asha’s plan money is in her budget again, and her own on its way home', async () => {
    for (const who of [asha, bola]) await story.must(who, 'post', `pools/${story.poolId}/wind-up`);
    await story.house.deliver();
    expect(await story.seen(story.house.femi)).toMatchObject({ state: 'closed' });
    const [line] = (await story.must(asha, 'get', 'own-money'))['items'];
    expect(line).toMatchObject({ broughtInPence: 1_500, inPoolsPence: 0, spentPence: 0, goingHomePence: 1_500 });
    expect(await reported()).toMatchObject({ committed: 0n, spent: 3_000n });
  });

  it('then this is its ledger, and the book is as its bank', async () => {
    expect(await story.ledger()).toBe(
      writtenTable(`
        2026-11-20 | N | contribution        | line Asha / share Asha     |   20.00
        2026-11-20 | T | contribution        | line Bola / share Bola     |   60.00
        2026-11-20 | T | fee                 | fees-due / clearing        |    0.50
        2026-11-20 | T | pay-in              | clearing / own line Nell   |   60.00
        2026-11-20 | T | contribution        | own line Nell / own share Nell |   60.00
        2026-11-20 | T | fee                 | fees-due / clearing        |    0.50
        2026-11-20 | T | pay-in              | clearing / own line Asha   |   15.00
        2026-11-20 | T | contribution        | own line Asha / own share Asha |   15.00
        2026-11-20 | N | commitment          | share Asha set aside       |   +5.00
        2026-11-20 | N | commitment          | share Asha set aside       |  +15.00
        2026-11-20 | T | commitment          | own share Asha set aside   |  +10.00
        2026-11-20 | T | commitment          | own share Nell set aside   |  +15.00 x 2
        2026-11-20 | T | commitment          | share Bola set aside       |  +15.00 x 2
        2026-12-03 | N | invoice             | share Asha / payable       |   15.00
        2026-12-03 | T | invoice             | own share Nell / payable   |   15.00
        2026-12-03 | T | invoice             | share Bola / payable       |   15.00
        2026-12-03 | N | payment             | payable / spent            |   15.00
        2026-12-03 | T | payment             | payable / clearing         |   15.00 x 2
        2026-12-10 | T | commitment-ended    | own share Nell let go      |  -15.00
        2026-12-10 | T | returned            | own share Nell / own line Nell |   45.00
        2026-12-10 | T | returned            | own line Nell / payable    |   45.00
        2026-12-10 | T | payment             | payable / clearing         |   45.00
        2026-12-10 | N | commitment-ended    | share Asha let go          |   -5.00
        2026-12-10 | N | returned            | share Asha / line Asha     |    5.00
        2026-12-10 | T | commitment-ended    | own share Asha let go      |  -10.00
        2026-12-10 | T | returned            | own share Asha / own line Asha |   15.00
        2026-12-10 | T | returned            | own line Asha / payable    |   15.00
        2026-12-10 | T | commitment-ended    | share Bola let go          |  -15.00
        2026-12-10 | T | returned            | share Bola / line Bola     |   45.00`),
    );
    expect(await story.balances([story.house.n, story.house.t])).toBe(
      writtenTable(`
                     |        N |        T
        agreed       |  1200.00 |
        bank         |          |  1000.00
        clearing     |          |    -1.00
        fees-due     |          |     1.00
        line Asha    |  1185.00 |
        line Bola    |          |   985.00
        payable      |          |    15.00
        spent        |    15.00 |`),
    );
    await story.proves();
  });
});
