/** A pool that changes its money-holder while a bill is being paid and money is on its way: it waits for both, then what is in T goes to U, and on
 *  the next Monday they swim as before. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pence } from '../../src/kernel/index.js';
import { writtenTable } from '../support/ledger-table.js';
import type { Holder } from '../support/pooling-house.js';
import type { Purchase } from '../support/pool-story.js';
import { PoolStory } from '../support/pool-story.js';

describe('a pool that changes its money-holder', () => {
  let story: PoolStory;
  let asha: Holder, bola: Holder, carys: Holder;
  let purchase: Purchase;
  let bill: string;
  let sent: string;

  beforeAll(async () => {
    story = await PoolStory.open();
    ({ asha, bola, carys } = story.house);
    await story.letPay(story.house.u);
  }, 90_000);
  afterAll(() => story?.house.close());

  const inBook = (who: Holder, book = story.house.u) => story.house.balance({ ...story.house.share(story.poolId, who), book });

  it('given three with 60.00 each and three hours of 30.00, when one is billed and 10.00 of Carys is on its way, both are in flight', async () => {
    await story.funded(60);
    purchase = await story.bought(30, ['2026-11-30', '2026-12-14', '2026-12-28']);
    await story.swim(purchase, 0, bola);
    const billed = await story.bill(purchase, [0], 30);
    expect(billed).toMatchObject({ status: 201, body: { payments: 2 } });
    bill = billed.body['invoiceId'];
    const more = { poolId: story.poolId, lineId: carys.lineId, amountPence: pence(1_000), by: 'bank' as const };
    sent = (await story.house.contributions.contribute(await story.house.as(carys), more)).remittanceId!;
    await story.house.deliver();
  });

  it('when all agree that another treasurer holds the money, nothing moves before both have arrived, and nothing new is bought', async () => {
    await story.agreed({ moneyHolderBook: story.house.u });
    expect(await story.seen(bola)).toMatchObject({ moneyHolderBookId: story.house.u });
    expect((await inBook(bola, story.house.t)).posted).toBe(5_000);
    const quote = await story.quote(3, 1);
    await story.choose(quote, story.house.members);
    const early = await story.call(story.house.femi, 'post', `quotes/${quote}/commit`, { days: ['2027-01-11'] });
    expect([early.status, early.body['code']]).toEqual([409, 'money-holder-changing']);
    await story.house.pay(bill);
    expect((await inBook(bola, story.house.t)).posted).toBe(5_000);
    await story.house.arriveByBank(sent);
    expect((await inBook(bola, story.house.t)).posted).toBe(0);
    expect(await story.exitStatement(carys)).toMatchObject({ putInPence: 7_000, onItsWayPence: 6_000, toReturnPence: 0 });
  });

  it('when their money has arrived at the new one, as much is set aside for the same days, and nobody has a penny less', async () => {
    expect(await story.moneyArrives()).toBe(2);
    expect(await inBook(bola)).toEqual({ posted: 5_000, reserved: 2_000, free: 3_000 });
    expect(await inBook(carys)).toEqual({ posted: 6_000, reserved: 2_000, free: 4_000 });
    expect((await inBook(asha, story.house.n)).posted).toBe(5_000);
    expect((await story.seen(carys))['mine']).toMatchObject({ putInPence: 7_000, spentPence: 1_000, committedPence: 2_000, freePence: 4_000 });
  });

  it('when they swim on, the bills are paid from the new book', async () => {
    await story.swim(purchase, 1, asha);
    await story.billAndPay(purchase, [1], 30);
    await story.swim(purchase, 2, carys);
    await story.billAndPay(purchase, [2], 30);
    expect([(await inBook(bola)).posted, (await inBook(carys)).posted]).toEqual([3_000, 4_000]);
  });

  it('then this is its ledger, in which T holds nothing of the pool any more, and every book is worth what people own in it', async () => {
    expect(await story.ledger()).toBe(
      writtenTable(`
        2026-11-20 | N | contribution        | line Asha / share Asha     |   60.00
        2026-11-20 | T | contribution        | line Bola / share Bola     |   60.00
        2026-11-20 | D | remittance-sent     | line Carys / remitting     |   60.00
        2026-11-20 | T | remittance-received | bank / share Carys         |   60.00
        2026-11-20 | D | remittance-arrived  | remitting / clearing       |   60.00
        2026-11-20 | N | commitment          | share Asha set aside       |  +10.00 x 3
        2026-11-20 | T | commitment          | share Bola set aside       |  +10.00 x 3
        2026-11-20 | T | commitment          | share Carys set aside      |  +10.00 x 3
        2026-11-30 | N | invoice             | share Asha / payable       |   10.00
        2026-11-30 | T | invoice             | share Bola / payable       |   10.00
        2026-11-30 | T | invoice             | share Carys / payable      |   10.00
        2026-11-30 | D | remittance-sent     | line Carys / remitting     |   10.00
        2026-11-30 | N | payment             | payable / spent            |   10.00
        2026-11-30 | T | payment             | payable / clearing         |   10.00 x 2
        2026-11-30 | T | remittance-received | bank / share Carys         |   10.00
        2026-11-30 | D | remittance-arrived  | remitting / clearing       |   10.00
        2026-11-30 | T | commitment-ended    | share Bola let go          |  -10.00 x 2
        2026-11-30 | T | commitment-ended    | share Carys let go         |  -10.00 x 2
        2026-11-30 | T | remittance-sent     | share Bola / remitting     |   50.00
        2026-11-30 | T | remittance-sent     | share Carys / remitting    |   60.00
        2026-11-30 | U | remittance-received | bank / share Bola          |   50.00
        2026-11-30 | T | remittance-arrived  | remitting / clearing       |   50.00
        2026-11-30 | U | commitment          | share Bola set aside       |  +10.00 x 2
        2026-11-30 | U | remittance-received | bank / share Carys         |   60.00
        2026-11-30 | T | remittance-arrived  | remitting / clearing       |   60.00
        2026-11-30 | U | commitment          | share Carys set aside      |  +10.00 x 2
        2026-12-14 | N | invoice             | share Asha / payable       |   10.00
        2026-12-14 | U | invoice             | share Bola / payable       |   10.00
        2026-12-14 | U | invoice             | share Carys / payable      |   10.00
        2026-12-14 | N | payment             | payable / spent            |   10.00
        2026-12-14 | U | payment             | payable / clearing         |   10.00 x 2
        2026-12-28 | N | invoice             | share Asha / payable       |   10.00
        2026-12-28 | U | invoice             | share Bola / payable       |   10.00
        2026-12-28 | U | invoice             | share Carys / payable      |   10.00
        2026-12-28 | N | payment             | payable / spent            |   10.00
        2026-12-28 | U | payment             | payable / clearing         |   10.00 x 2`),
    );
    const { n, t, d, u } = story.house;
    expect(await story.balances([n, t, d, u])).toBe(
      writtenTable(`
                     |        N |        T |        D |        U
        agreed       |  1200.00 |          |          |
        bank         |          |  1070.00 |   900.00 |   110.00
        clearing     |          |  -130.00 |   -70.00 |   -40.00
        line Asha    |  1140.00 |          |          |
        line Bola    |          |   940.00 |          |
        line Carys   |          |          |   830.00 |
        share Asha   |    30.00 |          |          |
        share Bola   |          |          |          |    30.00
        share Carys  |          |          |          |    40.00
        spent        |    30.00 |          |          |`),
    );
    await story.proves();
  });

  it('and this is what each of them sees: all they put in, and each bill once', async () => {
    for (const [who, putInPence] of [
      [asha, 6_000],
      [bola, 6_000],
      [carys, 7_000],
    ] as const) {
      expect((await story.seen(who))['mine']).toEqual({ putInPence, spentPence: 3_000, committedPence: 0, freePence: putInPence - 3_000 });
      const left = { putInPence, refunds: [], returnedBeforePence: 0, onItsWayPence: 0, toReturnPence: putInPence - 3_000 };
      expect(await story.exitStatement(who)).toMatchObject(left);
    }
    expect((await story.history(bola)).slice(-5)).toEqual([
      'Version 2 of the agreement was offered to everyone.',
      'Asha, Carys and you agreed to version 2.',
      'Version 2 of the agreement came into force.',
      'Money from Carys arrived.',
      'Everyone’s money has arrived where it is kept from now on.',
    ]);
  });
});
