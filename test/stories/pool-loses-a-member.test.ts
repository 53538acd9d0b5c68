/** A pool that loses a member in the middle of what it bought: she leaves on a Thursday, her part of what falls within notice stays, the rest goes
 *  home, and nobody else pays a penny of hers. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writtenTable } from '../support/ledger-table.js';
import type { Holder } from '../support/pooling-house.js';
import type { Purchase } from '../support/pool-story.js';
import { accountedFor, PoolStory } from '../support/pool-story.js';

describe('a pool that loses a member', () => {
  let story: PoolStory;
  let asha: Holder, bola: Holder, carys: Holder;
  let purchase: Purchase;

  beforeAll(async () => {
    story = await PoolStory.open();
    ({ asha, bola, carys } = story.house);
  }, 90_000);
  afterAll(() => story?.house.close());

  const shares = () => Promise.all([asha, bola].map((who) => story.house.balance(story.house.share(story.poolId, who))));

  it('given three with 60.00 each, 28 days of notice and four hours of 30.00, when they swam and paid once, 50.00 is left of each', async () => {
    await story.funded(60, { noticeDays: 28 });
    purchase = await story.bought(30, ['2026-12-03', '2026-12-17', '2026-12-31', '2027-01-28']);
    await story.swim(purchase, 0, carys);
    await story.billAndPay(purchase, [0], 30);
    for (const who of story.house.members)
      expect((await story.seen(who))['mine']).toMatchObject({ freePence: 2_000, committedPence: 3_000, spentPence: 1_000 });
  });

  it('when Carys leaves on 10 December, 10.00 for each of two days stays and 30.00 goes home; the others’ shares are as they were', async () => {
    story.on('2026-12-10');
    const before = await shares();
    const { statement } = await story.must(carys, 'post', `pools/${story.poolId}/leave`);
    expect(statement).toMatchObject({
      leftOn: '2026-12-10',
      noticeUntil: '2027-01-07',
      putInPence: 6_000,
      invoices: [{ amountPence: 1_000 }],
      keptForNotice: [
        { forDay: '2026-12-17', amountPence: 1_000 },
        { forDay: '2026-12-31', amountPence: 1_000 },
      ],
      keptPence: 2_000,
      freedPence: 1_000,
      toReturnPence: 3_000,
    });
    expect(accountedFor(statement)).toBe(6_000);
    await story.house.deliver();
    expect(await story.moneyArrives()).toBe(1);
    expect(await shares()).toEqual(before);
    expect((await story.house.balance(story.house.line(carys))).free).toBe(90_000 - 6_000 + 3_000);
  });

  it('then she has that statement on paper with its hash, and the broker signs the very words', async () => {
    const { items } = await story.must(carys, 'get', 'statement-papers');
    expect(items).toMatchObject([{ kind: 'exit', of: { name: 'Carys' }, madeOn: '2026-12-10', isSigned: false }]);
    const paper = await story.must(carys, 'get', `statement-papers/${items[0].id}`);
    const [kept] = await story.house.database.read(story.house.everything(story.poolId), (tx) =>
      tx.rows<{ content: string }>('select content from statement_paper where id = $1', [items[0].id]),
    );
    expect(createHash('sha256').update(kept!.content).digest('hex')).toBe(paper['contentHash']);
    expect(paper['content']).toMatchObject({ statement: { keptPence: 2_000, toReturnPence: 3_000 } });
    const marks = `statement-papers/${items[0].id}/marks`;
    const others = await story.call(story.house.femi, 'post', marks, { side: 'broker', contentHash: 'f'.repeat(64) });
    expect([others.status, others.body['code']]).toEqual([409, 'statement-changed']);
    await story.must(story.house.femi, 'post', marks, { side: 'broker', contentHash: paper['contentHash'] });
    await story.must(carys, 'post', marks, { side: 'reader', contentHash: paper['contentHash'] });
    expect(await story.must(carys, 'get', `statement-papers/${items[0].id}`)).toMatchObject({ isSigned: true, isRead: true, isWhole: true });
  });

  it('when the two swim on, she still pays her part of the days in notice, and of none after', async () => {
    await story.swim(purchase, 1, asha);
    await story.billAndPay(purchase, [1], 30);
    await story.swim(purchase, 2, bola);
    await story.billAndPay(purchase, [2], 30);
    await story.swim(purchase, 3, asha);
    const whole = await story.bill(purchase, [3], 30);
    expect([whole.status, whole.body['code']]).toEqual([409, 'more-than-set-aside']);
    await story.billAndPay(purchase, [3], 20);
  });

  it('when the two buy an hour of the same price again, it is 15.00 for each instead of 10.00', async () => {
    const quote = await story.quote(30, 1);
    expect(await story.choose(quote, [asha, bola])).toBe('chosen');
    await story.book(quote, ['2027-02-11']);
    expect((await shares()).map((each) => each.reserved)).toEqual([1_500, 1_500]);
  });

  it('then this is its ledger: Carys put in 60.00, paid for three of four days, and had 30.00 back', async () => {
    expect(await story.ledger()).toBe(
      writtenTable(`
        2026-11-20 | N | contribution        | line Asha / share Asha     |   60.00
        2026-11-20 | T | contribution        | line Bola / share Bola     |   60.00
        2026-11-20 | D | remittance-sent     | line Carys / remitting     |   60.00
        2026-11-20 | T | remittance-received | bank / share Carys         |   60.00
        2026-11-20 | D | remittance-arrived  | remitting / clearing       |   60.00
        2026-11-20 | N | commitment          | share Asha set aside       |  +10.00 x 4
        2026-11-20 | T | commitment          | share Bola set aside       |  +10.00 x 4
        2026-11-20 | T | commitment          | share Carys set aside      |  +10.00 x 4
        2026-12-03 | N | invoice             | share Asha / payable       |   10.00
        2026-12-03 | T | invoice             | share Bola / payable       |   10.00
        2026-12-03 | T | invoice             | share Carys / payable      |   10.00
        2026-12-03 | N | payment             | payable / spent            |   10.00
        2026-12-03 | T | payment             | payable / clearing         |   10.00 x 2
        2026-12-10 | T | commitment-ended    | share Carys let go         |  -10.00
        2026-12-10 | T | remittance-sent     | share Carys / remitting    |   30.00
        2026-12-10 | D | remittance-received | bank / line Carys          |   30.00
        2026-12-10 | T | remittance-arrived  | remitting / clearing       |   30.00
        2026-12-17 | N | invoice             | share Asha / payable       |   10.00
        2026-12-17 | T | invoice             | share Bola / payable       |   10.00
        2026-12-17 | T | invoice             | share Carys / payable      |   10.00
        2026-12-17 | N | payment             | payable / spent            |   10.00
        2026-12-17 | T | payment             | payable / clearing         |   10.00 x 2
        2026-12-31 | N | invoice             | share Asha / payable       |   10.00
        2026-12-31 | T | invoice             | share Bola / payable       |   10.00
        2026-12-31 | T | invoice             | share Carys / payable      |   10.00
        2026-12-31 | N | payment             | payable / spent            |   10.00
        2026-12-31 | T | payment             | payable / clearing         |   10.00 x 2
        2027-01-28 | N | invoice             | share Asha / payable       |   10.00
        2027-01-28 | T | invoice             | share Bola / payable       |   10.00
        2027-01-28 | N | payment             | payable / spent            |   10.00
        2027-01-28 | T | payment             | payable / clearing         |   10.00
        2027-01-28 | N | commitment          | share Asha set aside       |  +15.00
        2027-01-28 | T | commitment          | share Bola set aside       |  +15.00`),
    );
    const { n, t, d } = story.house;
    expect(await story.balances([n, t, d])).toBe(
      writtenTable(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |  1060.00 |   930.00
        clearing     |          |  -100.00 |   -60.00
        line Asha    |  1140.00 |          |
        line Bola    |          |   940.00 |
        line Carys   |          |          |   870.00
        share Asha   |    20.00 |          |
        share Bola   |          |    20.00 |
        spent        |    40.00 |          |`),
    );
    await story.proves();
  });

  it('and this is what each of them sees', async () => {
    for (const who of [asha, bola]) {
      expect((await story.seen(who))['mine']).toEqual({ putInPence: 6_000, spentPence: 4_000, committedPence: 1_500, freePence: 500 });
      expect(await story.exitStatement(who)).toMatchObject({ keptPence: 1_500, toReturnPence: 500 });
    }
    // Her statement is of the day she left, whatever came after.
    expect(await story.exitStatement(carys)).toMatchObject({ leftOn: '2026-12-10', keptPence: 2_000, toReturnPence: 3_000 });
    expect((await story.history(asha)).slice(-2)).toEqual(['Carys left, with an exit statement.', 'A statement was signed.']);
  });
});
