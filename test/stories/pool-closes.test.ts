/** A pool that closes: three agree to wind it up, the provider is paid first, then everybody's share goes home and the ICB has back what is left of
 *  the money it put beside theirs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Tidying } from '../../src/pools/tidying.service.js';
import { writtenTable } from '../support/ledger-table.js';
import type { Holder } from '../support/pooling-house.js';
import type { Purchase } from '../support/pool-story.js';
import { accountedFor, PoolStory } from '../support/pool-story.js';

describe('a pool that closes', () => {
  let story: PoolStory;
  let asha: Holder, bola: Holder, carys: Holder;
  let purchase: Purchase;
  let beside: string;

  beforeAll(async () => {
    story = await PoolStory.open();
    ({ asha, bola, carys } = story.house);
  }, 90_000);
  afterAll(() => story?.house.close());

  const windUp = (who: Holder) => story.must(who, 'post', `pools/${story.poolId}/wind-up`);
  const papersOf = async (who: Parameters<PoolStory['must']>[0], kind: string) =>
    (
      (await story.must(who, 'get', 'statement-papers'))['items'] as { id: string; kind: string; of: { name: string; kind: string }; isSigned: boolean }[]
    ).filter((paper) => paper.kind === kind);

  it('given three with 50.00 each, 60.00 of the ICB to be spent first, and two hours of 75.00, when one was swum, its bill is to come', async () => {
    await story.funded(50, { funders: 'first' });
    const promise = {
      funderId: story.house.icb,
      purpose: 'A warm place to swim in winter.',
      amountPence: 6_000,
      endsOn: '2027-03-31',
      rest: 'back-at-end',
      bookId: story.house.n,
    };
    beside = (await story.must(story.house.olu, 'post', `pools/${story.poolId}/funder-shares`, promise))['shareId'];
    purchase = await story.bought(75, ['2026-12-03', '2027-01-07']);
    await story.swim(purchase, 0, asha);
  });

  it('when the last of three has said yes, what is owed stays and all else goes home', async () => {
    story.on('2026-12-10');
    expect(await windUp(asha)).toMatchObject({ state: 'active', saidYes: 1, members: 3 });
    await windUp(bola);
    expect(await windUp(carys)).toMatchObject({ state: 'closing', saidYes: 3 });
    await story.house.deliver();
    expect(await story.moneyArrives()).toBe(1);
    const owed = await Promise.all(story.house.members.map((who) => story.house.balance(story.house.share(story.poolId, who))));
    expect(owed).toEqual(Array(3).fill({ posted: 500, reserved: 500, free: 0 }));
    expect(await story.house.balance({ book: story.house.n, kind: 'share', subject: story.house.icb, pool: story.poolId })).toMatchObject({ reserved: 6_000 });
    expect(await story.exitStatement(carys)).toMatchObject({ noticeUntil: '2026-12-10', keptPence: 500, toReturnPence: 4_500 });
  });

  it('when the bill comes with 66.00 instead of 75.00 and is paid, what it cost less goes home too, and that night the ICB has its rest back', async () => {
    await story.billAndPay(purchase, [0], 66);
    expect(await story.moneyArrives()).toBe(1);
    expect(await story.seen(story.house.femi)).toMatchObject({ state: 'closing' });
    story.on('2026-12-11');
    await story.house.app.get(Tidying, { strict: false }).run(() => undefined);
    await story.house.deliver();
    expect(await story.seen(story.house.femi)).toMatchObject({ state: 'closed' });
  });

  it('then everybody has a final statement, which the broker and the money-holder sign', async () => {
    const { femi, tess, olu } = story.house;
    for (const who of story.house.members) {
      const [paper] = await papersOf(who, 'final');
      const { contentHash, content } = await story.must(who, 'get', `statement-papers/${paper!.id}`);
      expect(content.statement).toMatchObject({ putInPence: 5_000, invoices: [{ amountPence: 440 }], returnedBeforePence: 4_560, keptPence: 0 });
      expect(accountedFor(content.statement)).toBe(5_000);
      await story.must(femi, 'post', `statement-papers/${paper!.id}/marks`, { side: 'broker', contentHash });
      await story.must(tess, 'post', `statement-papers/${paper!.id}/marks`, { side: 'money-holder', contentHash });
      expect(await story.must(who, 'get', `statement-papers/${paper!.id}`)).toMatchObject({ isSigned: true, isWhole: true });
    }
    const [funders] = (await papersOf(femi, 'final')).filter((paper) => !paper.isSigned);
    expect(funders).toMatchObject({ of: { kind: 'funder', name: 'An invented ICB' } });
    const { contentHash } = await story.must(femi, 'get', `statement-papers/${funders!.id}`);
    await story.must(femi, 'post', `statement-papers/${funders!.id}/marks`, { side: 'broker', contentHash });
    const { final, statement } = await story.must(olu, 'get', `funder-shares/${beside}/statement`);
    expect([final, statement]).toMatchObject([true, { putInPence: 6_000, invoices: [{ amountPence: 5_280 }], returnedBeforePence: 720 }]);
    expect(accountedFor(statement)).toBe(6_000);
  });

  it('then this is its ledger, and no book holds a penny of it', async () => {
    expect(await story.ledger()).toBe(
      writtenTable(`
        2026-11-20 | N | contribution        | line Asha / share Asha     |   50.00
        2026-11-20 | T | contribution        | line Bola / share Bola     |   50.00
        2026-11-20 | D | remittance-sent     | line Carys / remitting     |   50.00
        2026-11-20 | T | remittance-received | bank / share Carys         |   50.00
        2026-11-20 | D | remittance-arrived  | remitting / clearing       |   50.00
        2026-11-20 | N | agreed              | agreed / share ICB         |   60.00
        2026-11-20 | N | commitment          | share Asha set aside       |   +5.00
        2026-11-20 | N | commitment          | share Asha set aside       |  +25.00
        2026-11-20 | N | commitment          | share ICB set aside        |  +60.00
        2026-11-20 | T | commitment          | share Bola set aside       |   +5.00
        2026-11-20 | T | commitment          | share Bola set aside       |  +25.00
        2026-11-20 | T | commitment          | share Carys set aside      |   +5.00
        2026-11-20 | T | commitment          | share Carys set aside      |  +25.00
        2026-12-10 | N | commitment-ended    | share Asha let go          |  -25.00
        2026-12-10 | N | returned            | share Asha / line Asha     |   45.00
        2026-12-10 | T | commitment-ended    | share Bola let go          |  -25.00
        2026-12-10 | T | returned            | share Bola / line Bola     |   45.00
        2026-12-10 | T | commitment-ended    | share Carys let go         |  -25.00
        2026-12-10 | T | remittance-sent     | share Carys / remitting    |   45.00
        2026-12-10 | D | remittance-received | bank / line Carys          |   45.00
        2026-12-10 | T | remittance-arrived  | remitting / clearing       |   45.00
        2026-12-10 | N | invoice             | share Asha / payable       |    4.40
        2026-12-10 | N | invoice             | share Asha let go          |   -0.60
        2026-12-10 | N | invoice             | share ICB / payable        |   52.80
        2026-12-10 | N | invoice             | share ICB let go           |   -7.20
        2026-12-10 | T | invoice             | share Bola / payable       |    4.40
        2026-12-10 | T | invoice             | share Bola let go          |   -0.60
        2026-12-10 | T | invoice             | share Carys / payable      |    4.40
        2026-12-10 | T | invoice             | share Carys let go         |   -0.60
        2026-12-10 | N | returned            | share Asha / line Asha     |    0.60
        2026-12-10 | T | returned            | share Bola / line Bola     |    0.60
        2026-12-10 | T | remittance-sent     | share Carys / remitting    |    0.60
        2026-12-10 | N | payment             | payable / spent            |    4.40
        2026-12-10 | N | payment             | payable / spent            |   52.80
        2026-12-10 | T | payment             | payable / clearing         |    4.40 x 2
        2026-12-10 | D | remittance-received | bank / line Carys          |    0.60
        2026-12-10 | T | remittance-arrived  | remitting / clearing       |    0.60
        2026-12-11 | N | agreed-less         | share ICB / agreed         |    7.20`),
    );
    const { n, t, d } = story.house;
    expect(await story.balances([n, t, d])).toBe(
      writtenTable(`
                     |        N |        T |        D
        agreed       |  1252.80 |          |
        bank         |          |  1050.00 |   945.60
        clearing     |          |   -54.40 |   -50.00
        line Asha    |  1195.60 |          |
        line Bola    |          |   995.60 |
        line Carys   |          |          |   895.60
        spent        |    57.20 |          |`),
    );
    await story.proves();
  });

  it('and this is what each of them sees', async () => {
    const holding = await story.house.database.read(story.house.everything(story.poolId), (tx) =>
      tx.rows('select 1 from account where pool_id = $1 and (posted_pence <> 0 or reserved_pence <> 0)', [story.poolId]),
    );
    expect(holding).toEqual([]);
    for (const who of story.house.members) expect((await papersOf(who, 'exit')).map((paper) => paper.of.name.toLowerCase())).toEqual([who.name]);
    expect((await story.history(story.house.femi, 'A funder put money beside yours.')).filter((each) => each !== 'A statement was signed.')).toEqual([
      'Everyone agreed to end the pool.',
      'Asha had an exit statement, because the pool was wound up.',
      'Bola had an exit statement, because the pool was wound up.',
      'Carys had an exit statement, because the pool was wound up.',
      'The last member left.',
      'The pool ended.',
    ]);
  });
});
