/** A pool that thrives: three neighbours pledge what it needs, choose a quote, swim twice, pay, decide something together, and what is left goes
 *  home. Asha's money is in the ICB's book N, Bola's with the treasurer in T, and Carys's in her own account D. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/kernel/index.js';
import { ReviewDays } from '../../src/pools/review-days.service.js';
import { DecisionOutcomes, PledgeCalls } from '../../src/pools/index.js';
import { writtenTable } from '../support/ledger-table.js';
import type { Holder } from '../support/pooling-house.js';
import type { Purchase } from '../support/pool-story.js';
import { PoolStory } from '../support/pool-story.js';

describe('a pool that thrives', () => {
  let story: PoolStory;
  let asha: Holder, bola: Holder, carys: Holder;
  let purchase: Purchase;

  beforeAll(async () => {
    story = await PoolStory.open();
    ({ asha, bola, carys } = story.house);
  }, 90_000);
  afterAll(() => story?.house.close());

  it('given an agreement with a trial, of which 10.00 each may stay, when all have agreed, it starts', async () => {
    await story.gather();
    await story.agreed({ decide: 'most-agree', trialUntil: '2027-01-15', surplusKeepPence: 1_000, reviewOn: '2027-03-01' });
    expect(await story.seen(carys)).toMatchObject({ state: 'active', members: [{ firstName: 'Asha' }, { firstName: 'Bola' }, { firstName: 'Carys' }] });
  });

  it('when 50.00, 40.00 and 30.00 are pledged towards 120.00 and are firm, they go in, and Carys’s when her bank has sent it', async () => {
    const asked = { purpose: 'Our first winter', thresholdPence: 12_000, freeUntil: '2026-11-30', reachBy: '2026-12-10', ending: 'release' };
    const { roundId } = await story.must(asha, 'post', `pools/${story.poolId}/pledge-rounds`, asked);
    for (const [who, pounds] of [
      [asha, 50],
      [bola, 40],
      [carys, 30],
    ] as const)
      await story.must(who, 'post', `pledge-rounds/${roundId}/pledges`, {
        lineId: who.lineId,
        planLineId: who.planLineId,
        amountPence: pounds * 100,
        ...(who === carys ? { by: 'bank' } : {}),
      });
    expect((await story.seen(asha))['mine']).toMatchObject({ putInPence: 0 });
    story.on('2026-12-01');
    expect(await story.house.app.get(PledgeCalls, { strict: false }).closeDue(story.house.today)).toBe(1);
    await story.house.deliver();
    expect(await story.moneyArrives()).toBe(1);
    expect(await story.must(carys, 'get', `pledge-rounds/${roundId}`)).toMatchObject({ state: 'reached', pledgedPence: 12_000 });
    expect(await story.seen(carys)).toMatchObject({ mine: { putInPence: 3_000 }, others: { putInPence: 9_000 } });
  });

  it('when most choose the quote of 30.00 an hour and it is booked, 10.00 of each is set aside for each of two days', async () => {
    const [dear, good] = [await story.quote(45, 2), await story.quote(30, 2)];
    expect(await story.choose(dear, [bola])).toBe('offered');
    expect(await story.choose(good, [asha, carys])).toBe('chosen');
    purchase = await story.book(good, ['2026-12-10', '2026-12-17']);
    for (const who of story.house.members) expect((await story.seen(who))['mine']).toMatchObject({ committedPence: 2_000 });
    // In the trial nobody owes notice: who left today would take all of it home.
    expect(await story.exitStatement(asha)).toMatchObject({ keptPence: 0, toReturnPence: 5_000 });
    story.on('2026-12-05');
    await story.house.putIn(story.poolId, bola, 15);
  });

  it('when they swim and the bills come, the first of 30.00 and the second of 27.00, both are paid, and what is above 10.00 goes home', async () => {
    await story.swim(purchase, 0, asha);
    await story.billAndPay(purchase, [0], 30);
    await story.swim(purchase, 1, carys);
    await story.billAndPay(purchase, [1], 27);
    expect(await story.moneyArrives()).toBe(1);
    // Bola put 15.00 in for what comes next, after the hours were booked: that stays too.
    const free = await Promise.all(story.house.members.map(async (who) => (await story.seen(who))['mine'].freePence as number));
    expect(free).toEqual([1_000, 2_500, 1_000]);
  });

  it('when Bola asks if they should swim on Saturdays, two are for it and one against, and it stands with its reasons and no names', async () => {
    story.on('2027-01-05');
    const asked = { question: 'Shall we swim on Saturdays?', closesOn: '2027-01-19', reviewOn: '2027-04-19' };
    const { decisionId } = await story.must(bola, 'post', `pools/${story.poolId}/decisions`, asked);
    const vote = (who: Holder, choice: string, reason: string) => story.must(who, 'post', `decisions/${decisionId}/votes`, { choice, reason });
    await vote(asha, 'for', 'The pool is warmer then.');
    await vote(bola, 'for', 'My sister can drive us.');
    await vote(carys, 'against', 'There are so many people.');
    story.on('2027-01-20');
    expect(await story.house.app.get(DecisionOutcomes, { strict: false }).closeDue(story.house.today)).toBe(1);
    const decided = await story.must(carys, 'get', `decisions/${decisionId}`);
    expect(decided).toMatchObject({ state: 'carried', counts: { for: 2, against: 1 }, reviewOn: '2027-04-19' });
    expect([...decided['reasons'].for].sort()).toEqual(['My sister can drive us.', 'The pool is warmer then.']);
    expect(decided['reasons'].against).toEqual(['There are so many people.']);
  });

  it('when the day to look at the agreement comes, they are told once', async () => {
    const reviews = story.house.app.get(ReviewDays, { strict: false });
    story.on('2027-03-01');
    expect(await reviews.tellDue(addDays(story.house.today, -1))).toBe(0);
    expect([await reviews.tellDue(story.house.today), await reviews.tellDue(story.house.today)]).toEqual([1, 0]);
  });

  it('then this is its ledger', async () => {
    expect(await story.ledger()).toBe(
      writtenTable(`
        2026-11-20 | N | commitment          | line Asha set aside        |  +50.00
        2026-11-20 | T | commitment          | line Bola set aside        |  +40.00
        2026-11-20 | D | commitment          | line Carys set aside       |  +30.00
        2026-12-01 | D | remittance-sent     | line Carys / remitting     |   30.00
        2026-12-01 | N | contribution        | line Asha / share Asha     |   50.00
        2026-12-01 | T | contribution        | line Bola / share Bola     |   40.00
        2026-12-01 | T | remittance-received | bank / share Carys         |   30.00
        2026-12-01 | D | remittance-arrived  | remitting / clearing       |   30.00
        2026-12-01 | N | commitment          | share Asha set aside       |  +10.00 x 2
        2026-12-01 | T | commitment          | share Bola set aside       |  +10.00 x 2
        2026-12-01 | T | commitment          | share Carys set aside      |  +10.00 x 2
        2026-12-05 | T | contribution        | line Bola / share Bola     |   15.00
        2026-12-10 | N | invoice             | share Asha / payable       |   10.00
        2026-12-10 | T | invoice             | share Bola / payable       |   10.00
        2026-12-10 | T | invoice             | share Carys / payable      |   10.00
        2026-12-10 | N | payment             | payable / spent            |   10.00
        2026-12-10 | T | payment             | payable / clearing         |   10.00 x 2
        2026-12-17 | N | invoice             | share Asha / payable       |    9.00
        2026-12-17 | N | invoice             | share Asha let go          |   -1.00
        2026-12-17 | T | invoice             | share Bola / payable       |    9.00
        2026-12-17 | T | invoice             | share Bola let go          |   -1.00
        2026-12-17 | T | invoice             | share Carys / payable      |    9.00
        2026-12-17 | T | invoice             | share Carys let go         |   -1.00
        2026-12-17 | N | returned            | share Asha / line Asha     |   21.00
        2026-12-17 | T | returned            | share Bola / line Bola     |   11.00
        2026-12-17 | T | remittance-sent     | share Carys / remitting    |    1.00
        2026-12-17 | N | payment             | payable / spent            |    9.00
        2026-12-17 | T | payment             | payable / clearing         |    9.00 x 2
        2026-12-17 | D | remittance-received | bank / line Carys          |    1.00
        2026-12-17 | T | remittance-arrived  | remitting / clearing       |    1.00`),
    );
    const { n, t, d } = story.house;
    expect(await story.balances([n, t, d])).toBe(
      writtenTable(`
                     |        N |        T |        D
        agreed       |  1200.00 |          |
        bank         |          |  1030.00 |   901.00
        clearing     |          |   -39.00 |   -30.00
        line Asha    |  1171.00 |          |
        line Bola    |          |   956.00 |
        line Carys   |          |          |   871.00
        share Asha   |    10.00 |          |
        share Bola   |          |    25.00 |
        share Carys  |          |    10.00 |
        spent        |    19.00 |          |`),
    );
    await story.proves();
  });

  it('and this is what each of them sees', async () => {
    const sees = async (who: Holder) => ({ ...(await story.seen(who))['mine'], home: (await story.exitStatement(who))['returnedBeforePence'] });
    expect(await sees(asha)).toEqual({ putInPence: 2_900, freePence: 1_000, committedPence: 0, spentPence: 1_900, home: 2_100 });
    expect(await sees(bola)).toEqual({ putInPence: 4_400, freePence: 2_500, committedPence: 0, spentPence: 1_900, home: 1_100 });
    expect(await sees(carys)).toEqual({ putInPence: 2_900, freePence: 1_000, committedPence: 0, spentPence: 1_900, home: 100 });
    expect(await story.history(carys)).toEqual([
      'Asha asked everyone to pledge money for something.',
      'Asha, Bola and you pledged some money.',
      'Money from Asha and Bola arrived.',
      'You sent money to the pool.',
      'Enough was pledged, and the money went into the pool.',
      'Money from you arrived.',
      'Money from Bola arrived.',
      'Bola asked everyone to decide something together.',
      'The group decided something together.',
      'It was time to look at the agreement again.',
    ]);
  });
});
