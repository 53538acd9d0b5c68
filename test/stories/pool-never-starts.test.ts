/** A pool that never starts: three people are named, one says no, two agree; what they hoped for costs more than they pledge, and everybody goes
 *  home with every penny they came with. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PledgeCalls } from '../../src/pools/index.js';
import { writtenTable } from '../support/ledger-table.js';
import type { Holder } from '../support/pooling-house.js';
import { PoolStory } from '../support/pool-story.js';

describe('a pool that never starts', () => {
  let story: PoolStory;
  let asha: Holder, bola: Holder, carys: Holder;
  let round: string;
  let atFirst: string;

  beforeAll(async () => {
    story = await PoolStory.open();
    ({ asha, bola, carys } = story.house);
    atFirst = await story.balances([story.house.n, story.house.t, story.house.d]);
  }, 90_000);
  afterAll(() => story?.house.close());

  const pledge = (who: Holder, pounds: number) =>
    story.call(who, 'post', `pledge-rounds/${round}/pledges`, { lineId: who.lineId, planLineId: who.planLineId, amountPence: pounds * 100 });

  it('given three who were named and an agreement, when Carys says no, the other two are asked again', async () => {
    await story.gather();
    const first = await story.offer({ noticeDays: 56 });
    await story.agree(asha, first);
    expect((await story.must(carys, 'post', `pools/${story.poolId}/leave`))['statement']).toMatchObject({ putInPence: 0, toReturnPence: 0 });
    expect((await story.call(carys, 'get', `pools/${story.poolId}`)).status).toBe(404);
    const second = await story.offer({ noticeDays: 28 });
    const late = await story.call(bola, 'post', `agreements/${first.agreementId}/assent`, { contentHash: first.contentHash, format: 'standard' });
    expect([late.status, late.body['code']]).toEqual([409, 'agreement-changed']);
    expect(await story.seen(bola)).toMatchObject({ state: 'agreeing' });
    for (const who of [asha, bola]) await story.agree(who, second);
    expect(await story.seen(bola)).toMatchObject({ state: 'active', mine: { putInPence: 0 } });
  });

  it('given that they want a hoist for 300.00, when they pledge 100.00 and 50.00, it is set aside at home and nowhere else', async () => {
    const asked = { purpose: 'A hoist for the warm pool', thresholdPence: 30_000, freeUntil: '2026-11-30', reachBy: '2026-12-10', ending: 'release' };
    round = (await story.must(asha, 'post', `pools/${story.poolId}/pledge-rounds`, asked))['roundId'];
    expect((await pledge(asha, 80)).status).toBe(201);
    expect((await pledge(asha, 100)).status).toBe(201);
    expect((await pledge(bola, 50)).status).toBe(201);
    expect(await story.house.balance(story.house.line(asha))).toEqual({ posted: 120_000, reserved: 10_000, free: 110_000 });
    expect(await story.must(bola, 'get', `pledge-rounds/${round}`)).toMatchObject({
      pledgedPence: 15_000,
      thresholdPence: 30_000,
      mine: { amountPence: 5_000 },
    });
  });

  it('when the day is over and it does not reach, everything is let go; and they part as friends', async () => {
    const calls = story.house.app.get(PledgeCalls, { strict: false });
    story.on('2026-12-11');
    expect(await calls.closeDue(story.house.today)).toBe(1);
    await story.house.deliver();
    expect(await story.must(asha, 'get', `pledge-rounds/${round}`)).toMatchObject({ state: 'released', pledgedPence: 0, mine: { state: 'released' } });
    for (const who of [asha, bola]) await story.must(who, 'post', `pools/${story.poolId}/leave`);
    await story.house.deliver();
    expect(await story.seen(story.house.femi)).toMatchObject({ state: 'closed' });
  });

  it('then its ledger has money that was set aside and let go, and no movement at all; nobody has lost a penny', async () => {
    expect(await story.ledger()).toBe(
      writtenTable(`
        2026-11-20 | N | commitment          | line Asha set aside        |  +80.00
        2026-11-20 | N | commitment-ended    | line Asha let go           |  -80.00
        2026-11-20 | N | commitment          | line Asha set aside        | +100.00
        2026-11-20 | T | commitment          | line Bola set aside        |  +50.00
        2026-12-11 | N | commitment-ended    | line Asha let go           | -100.00
        2026-12-11 | T | commitment-ended    | line Bola let go           |  -50.00`),
    );
    expect(await story.balances([story.house.n, story.house.t, story.house.d])).toBe(atFirst);
    for (const who of story.house.members) expect((await story.house.balance(story.house.line(who))).reserved).toBe(0);
    await story.proves();
  });

  it('and this is what its broker sees; nobody has a statement, for nobody put anything in', async () => {
    expect(await story.history(story.house.femi, 'The pool was proposed.')).toEqual([
      'Version 1 of the agreement was offered to everyone.',
      'Asha agreed to version 1.',
      'Carys chose not to join.',
      'Version 2 of the agreement was offered to everyone.',
      'Asha and Bola agreed to version 2.',
      'Version 2 of the agreement came into force.',
      'Asha and Bola joined.',
      'Everyone had agreed, and the pool started.',
      'Asha asked everyone to pledge money for something.',
      'Asha pledged some money.',
      'Asha changed what they pledged.',
      'Bola pledged some money.',
      'Pledging ended, and what was pledged is free again.',
      'Asha left, with an exit statement.',
      'Bola left, with an exit statement.',
      'The last member left.',
      'The pool ended.',
    ]);
    for (const who of story.house.members) expect((await story.must(who, 'get', 'statement-papers'))['items']).toEqual([]);
  });
});
